"""Every mechanism of the model has one shape: (state, flow, setting, month) → change, and touches nothing."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from tests.model.shipped import SEED, changed, shipped

from tightrope.engine.shock import Shocks
from tightrope.model.draw import draw
from tightrope.model.state import Change, Mechanism, Setting, State
from tightrope.model.step import STAGES, step

MECHANISMS = [mechanism for stage in STAGES for mechanism in stage]
MONTH = 7  # secondary sanctions are in force by then, and a vote is held


def frozen(value: Any) -> Any:
    """Make every array read-only, however deep it lies."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, dict):
        for item in value.values():
            frozen(item)
    elif isinstance(value, tuple):
        for item in value:
            frozen(item)
    elif is_dataclass(value):
        for item in fields(value):
            frozen(getattr(value, item.name))
    return value


@lru_cache(maxsize=1)
def seen() -> dict[str, tuple[State, dict[str, np.ndarray], Setting, Change]]:
    """What each mechanism read and returned in one month of the shipped case, arrays read-only."""
    blueprint = changed(shipped("secondary_sanctions"))
    state, setting = draw(blueprint, SEED, 0)
    shocks = Shocks(SEED, 0, blueprint.deciders, 12)
    for index in range(MONTH):
        state, _ = step(state, setting, shocks.month(index))
    assert any(vote.month == MONTH for vote in setting.schedule.votes)
    found: dict[str, tuple[State, dict[str, np.ndarray], Setting, Change]] = {}

    def watched(mechanism: Mechanism) -> Mechanism:
        def inner(state: State, flow: Any, setting: Setting, month: Any) -> Change:
            before = frozen(state), frozen(dict(flow)), frozen(setting)
            change = mechanism(*before, month)
            found[mechanism.__name__] = (*before, change)
            return change

        return inner  # type: ignore[return-value]

    step(state, setting, shocks.month(MONTH), tuple(tuple(watched(one) for one in stage) for stage in STAGES))
    return found


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda one: one.__name__)
def test_protocol(mechanism: Mechanism) -> None:
    signature = inspect.signature(mechanism)
    assert list(signature.parameters) == ["state", "flow", "setting", "month"]
    assert signature.return_annotation in (Change, "Change")
    assert (mechanism.__doc__ or "").strip()

    state, flow, _, change = seen()[mechanism.__name__]
    assert isinstance(change, Change)
    assert set(change.state) <= {item.name for item in fields(State)}
    for name, value in change.state.items():
        assert value.shape == getattr(state, name).shape, name
        assert value.dtype == np.float64, name
        assert np.isfinite(value).all(), name
    for name, value in change.flow.items():
        assert isinstance(value, np.ndarray), name
        assert np.isfinite(value).all(), name
        assert value.shape[-1] in (500, 1), name
    assert not set(change.flow) & set(flow)


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda one: one.__name__)
def test_the_same_inputs_give_the_same_change(mechanism: Mechanism) -> None:
    state, flow, setting, change = seen()[mechanism.__name__]
    again = mechanism(state, flow, setting, Shocks(SEED, 0, setting.deciders, 12).month(MONTH))
    for kind in ("state", "flow"):
        one, other = getattr(change, kind), getattr(again, kind)
        assert set(one) == set(other)
        assert all(np.array_equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda one: one.__name__)
def test_each_state_and_run_is_computed_by_itself(mechanism: Mechanism) -> None:
    """Runs do not mix: the first 250 runs alone give what they gave among 500."""
    state, flow, setting, change = seen()[mechanism.__name__]

    def cut(value: np.ndarray) -> np.ndarray:
        return value[..., :250] if value.ndim and value.shape[-1] == 500 else value

    half = replace(
        setting,
        runs=250,
        schedule=replace(
            setting.schedule,
            votes=tuple(replace(one, log_base=cut(one.log_base)) for one in setting.schedule.votes),
        ),
        **{
            part: {name: cut(value) for name, value in getattr(setting, part).items()}
            for part in ("parameters", "figures", "weights", "sincere", "gamer")
        },
    )
    month = Shocks(SEED, 0, setting.deciders, 12).month(MONTH)

    class Half:
        index = MONTH

        def uniform(self, kind: str) -> np.ndarray:
            return month.uniform(kind)[..., :250]

        def normal(self, kind: str) -> np.ndarray:
            return month.normal(kind)[..., :250]

        def world(self, kind: str) -> np.ndarray:
            return month.world(kind)[:250]

        def lot(self, kind: str) -> np.ndarray:
            return month.lot(kind)[:250]

    part = mechanism(
        State(**{name: cut(value) for name, value in vars(state).items()}),
        {name: cut(value) for name, value in flow.items()},
        half,
        Half(),
    )
    for kind in ("state", "flow"):
        for name, value in getattr(part, kind).items():
            if name != "unsettled":
                assert value == pytest.approx(cut(getattr(change, kind)[name]), abs=1e-8), name
