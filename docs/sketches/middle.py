"""The middle run of the shipped case: every parameter at its mode, every draw at its median, one run.

What the pictures of the mechanisms are computed on, where a mechanism needs a state and a setting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import cache

import numpy as np

from tightrope.case.knowledge import known
from tightrope.case.load import load_case
from tightrope.cli import SHIPPED
from tightrope.model import opening
from tightrope.model.build import build
from tightrope.model.choice import Array
from tightrope.model.draw import draw
from tightrope.model.opening import quiet
from tightrope.model.parameters import table
from tightrope.model.state import Change, Schedule, Setting, State
from tightrope.model.stream import CHUNK

MONTHS = np.arange(37.0)


class Still:
    """A month in which nothing is drawn."""

    index = 0

    def uniform(self, kind: str) -> Array:
        """Nothing may be drawn here."""
        raise NotImplementedError(kind)

    normal = world = lot = uniform


def mode(name: str) -> float:
    """The middle of a parameter's range."""
    return float(middle()[1][name][0])


def ends(name: str) -> tuple[float, float, float]:
    """Low end, mode and high end of a parameter's range."""
    found = table()[name].range
    return found.low, float(found.mode or 0.0), found.high


def over(mechanism: Callable[..., Change], state: State, setting: Setting, months: int) -> list[State]:
    """The states that a mechanism alone leads through, the start included."""
    found = [state]
    for _ in range(months):
        change = mechanism(found[-1], still(found[-1], setting), setting, Still())
        found.append(replace(found[-1], **change.state))
    return found


@cache
def middle() -> tuple[State, Setting]:
    """State and setting of one run at the start."""
    case = load_case(SHIPPED)
    state, setting = draw(build(known(case, case.about.as_of)), seed=0, chunk=0)
    one = State(**{field.name: _median(getattr(state, field.name)) for field in fields(State)})
    modes = {name: np.array([row.range.mode]) for name, row in table().items() if row.range.mode is not None}
    plain = replace(
        setting,
        runs=1,
        parameters={**_medians(setting.parameters), **modes},
        figures=_medians(setting.figures),
        weights=_medians(setting.weights),
        sincere=_medians(setting.sincere),
        gamer=_medians(setting.gamer),
        schedule=_schedule(setting.schedule),
        menu=tuple(
            replace(act, accounts=_medians(act.accounts), pledge=_median(act.pledge)) for act in setting.menu
        ),
    )
    # The median of the anchors would be no anchor of the medians.
    return one, replace(plain, figures={**plain.figures, "anchor": opening._anchor(one, plain)})


def still(state: State, setting: Setting) -> dict[str, Array]:
    """The month's quantities without any shock."""
    blank = np.zeros_like(state.debt)
    return {**quiet(state, setting), "fuel_step": blank, "price_cap": blank}


def focus(values: Array, setting: Setting) -> Array:
    """What the focus state has of an array (..., N, 1)."""
    found: Array = np.broadcast_to(values, (*values.shape[:-2], len(setting.deciders), 1))[
        ..., setting.focus, 0
    ]
    return found


def given(state: State, setting: Setting, **values: float) -> State:
    """The state with some of its fields set to a value for the focus state alone."""
    changed = {}
    for name, value in values.items():
        whole = np.broadcast_to(getattr(state, name), state.debt.shape).copy()
        whole[setting.focus] = value
        changed[name] = whole
    return replace(state, **changed)


def _schedule(schedule: Schedule) -> Schedule:
    votes = tuple(replace(vote, log_base=_median(vote.log_base)) for vote in schedule.votes)
    return Schedule(schedule.given, votes)


def _medians(found: Mapping[str, Array]) -> dict[str, Array]:
    return {name: _median(values) for name, values in found.items()}


def _median(values: Array) -> Array:
    if values.ndim == 0 or values.shape[-1] != CHUNK:
        return values
    median: Array = np.median(values, axis=-1, keepdims=True)
    return median
