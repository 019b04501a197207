"""The shipped case, loaded once, and runs of it: 500 runs a blueprint, the same shocks for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from tightrope.case.case import Case
from tightrope.case.knowledge import known
from tightrope.case.load import load_case
from tightrope.case.scenario import Happening, Scenario
from tightrope.engine.shock import Shocks
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import build
from tightrope.model.choice import Array
from tightrope.model.draw import draw
from tightrope.model.parameters import Range
from tightrope.model.state import Setting, State
from tightrope.model.step import step

SEED = 11
MONTHS = 36


@lru_cache(maxsize=1)
def case() -> Case:
    """Kazakhstan 2022 as shipped."""
    return load_case("kazakhstan-2022")


def as_known(when: str | None = None, without: tuple[str, ...] = (), of: Case | None = None) -> Blueprint:
    """The blueprint of what was known at a date, without some sources."""
    whole = of or case()
    return build(known(whole, date.fromisoformat(when) if when else whole.about.as_of, without))


@lru_cache(maxsize=1)
def plain() -> Blueprint:
    """The shipped blueprint without any scenario."""
    return as_known()


def changed(scenario: Scenario | None = None, **settings: float) -> Blueprint:
    """The shipped blueprint under a scenario, or with settings given as parameters__NAME or figures__kaz__NAME."""
    about = case().about
    paths = {name.replace("__", "."): value for name, value in settings.items()}
    return build(known(case(), about.as_of), scenario, paths)


def shipped(name: str) -> Scenario:
    """A scenario of the case by its id."""
    return next(scenario for scenario in case().scenarios if scenario.id == name)


def happening(
    kind: Any, about: str, value: float, first: str = "2022-07-01", months: int | None = None
) -> Scenario:
    """A scenario in which one thing happens."""
    one = Happening.model_validate(
        {
            "kind": kind,
            "about": about,
            "start": date.fromisoformat(first),
            "months": months,
            "value": value,
            "unit": "as the kind says",
            "why": "a test",
        }
    )
    return Scenario(id="test", title="test", meaning="test", scenario=True, happenings=(one,))


def fixed(blueprint: Blueprint, figures: Mapping[str, float] | None = None, **parameters: float) -> Blueprint:
    """The blueprint with some parameters and figures known exactly (as known, not as a scenario)."""
    drawn = {name: Range(value, value) for name, value in parameters.items()}
    known_ = {name: Range(value, value) for name, value in (figures or {}).items()}
    return replace(
        blueprint, parameters={**blueprint.parameters, **drawn}, figures={**blueprint.figures, **known_}
    )


@dataclass(frozen=True)
class Run:
    """Start, setting, and every month's state and quantities."""

    start: State
    setting: Setting
    states: list[State]
    flows: list[dict[str, Array]]

    def at(self, name: str, month: int = -1) -> Array:
        """A field of the state after a month."""
        return np.asarray(getattr(self.states[month], name))

    def ever(self, name: str) -> Array:
        """1 where a quantity of the month was ever above ½ (N, R)."""
        return np.max([flow[name] for flow in self.flows], axis=0)


def run(blueprint: Blueprint, months: int = MONTHS) -> Run:
    """500 runs of a blueprint."""
    state, setting = draw(blueprint, SEED, 0)
    shocks = Shocks(SEED, 0, blueprint.deciders, months)
    start, states, flows = state, [], []
    for index in range(months):
        state, flow = step(state, setting, shocks.month(index))
        states.append(state)
        flows.append(flow)
    return Run(start, setting, states, flows)


@lru_cache(maxsize=1)
def outlook() -> Run:
    """The plain outlook over 36 months."""
    return run(plain())
