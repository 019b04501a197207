"""A small world by hand: two deciders, three poles, plain numbers, nothing drawn; the target at war and sanctioned.

RED is the target of the sanctions, BLUE imposes them, FAR is a third pole; AAA is the focus actor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from hypothesis import settings

from tightrope.model.choice import Array
from tightrope.model.parameters import table
from tightrope.model.state import ACCOUNTS, LAGS, Schedule, Setting, State, Vote, nothing_given

DECIDERS = ("AAA", "BBB")
POLES = ("RED", "BLUE", "FAR")
RED, BLUE, FAR, OWN = 0, 1, 2, 3
SHAPE = (len(DECIDERS), 1)
MONTHS = 24
ENTITIES = ("red_ward", "blue_ward")

# For property tests: the same examples every time, so that a failure is nobody's bad luck.
exactly = settings(max_examples=60, deadline=None, derandomize=True, database=None)

BY_DECIDER = {
    "gdp": 200.0,
    "detour": 1.5,
    "sanctioned": 0.0,
    "penalisable": 1.0,
    "exports_west": 10.0,
    "exports_target": 5.0,
    "exports_total": 30.0,
    "capability": 0.2,
    "strength": 0.2,
    "ideal_point": 0.1,
    "ally": 1.0,
    "threat": 0.4,
    "neighbour": 1.0,
    "union": 0.0,
    "route_dependence": 80.0,
    "selectorate_ratio": 0.5,
    "repression": 0.5,
    "rents": 1.0,
    "inequality": 30.0,
    "minority": 0.0,
    "remittances": 1.0,
    "energy": 20.0,
    "outside_threat": 0.0,
    "secession_exposure": 0.3,
    "stated_leaving": -0.2,
    "stated_joining": -0.5,
    "stated_troops": -0.8,
    "decided_yes": 0.0,
    "decided_no": 4.0,
    "cohort": 1.0,
    "stated_compliance": 0.5,
    "stated_vote": 0.2,
    "sincerity_prior": 0.0,
    "calm": 0.0,
}
BY_POLE = {
    "trade": (20.0, 10.0, 5.0),
    "imports": (15.0, 10.0, 5.0),
    "preference": (0.05, 0.0, 0.0),
    "protection": (1.0, 0.0, 0.0),
    "affinity": (-1.0, -0.5, -0.8),
}
BUDGETS = (2000.0, 30000.0, 15000.0)


def spread_out(values: tuple[float, ...]) -> Array:
    """One value for each pole, the same for every decider and run (P, N, 1)."""
    return np.broadcast_to(np.reshape(values, (-1, 1, 1)), (len(values), *SHAPE)).copy()


def figures(**given: Any) -> dict[str, Array]:
    """The figures of the small world; a number given is that of every decider, a tuple one for each pole."""
    found = {name: np.full(SHAPE, value) for name, value in BY_DECIDER.items()}
    found |= {name: spread_out(values) for name, values in BY_POLE.items()}
    found["pole_budget"] = np.reshape(BUDGETS, (-1, 1, 1))
    found["world_trade"] = np.reshape((10.0, 5.0, 5.0), (-1, 1, 1))
    found["west_exports_to_target"] = np.full((1, 1), 100.0)
    found["sanctions_on"] = found["at_war"] = np.ones((1, 1))
    found["pole_capability"] = np.reshape((1.0, 12.0, 4.0), (-1, 1, 1))
    found["opinion"] = np.broadcast_to(np.reshape((0.3, -0.3), (2, 1, 1)), (2, *SHAPE)).copy()
    found["further_claims"] = np.full((1, 1), 400.0)
    found["recognises"] = np.zeros((len(ENTITIES), len(DECIDERS), 1))
    found["own_land"] = np.zeros((len(ENTITIES), len(DECIDERS), 1))
    found["stated_recognition"] = np.zeros((len(ENTITIES), *SHAPE))
    found["recognisers"] = np.reshape((5.0, 100.0), (-1, 1, 1))
    found["pole_recognises"] = np.reshape(((1.0, 0.0), (0.0, 1.0), (0.0, 0.0)), (3, 2, 1, 1))
    found["parent"] = np.zeros((3, 2, 1, 1))
    found["anchor"] = np.zeros((len(POLES) + 1, *SHAPE))
    for name, value in given.items():
        if name not in found:
            raise KeyError(name)
        found[name] = np.broadcast_to(
            spread_out(value) if isinstance(value, tuple) else value, found[name].shape
        )
    return found


def parameters(**given: float) -> dict[str, Array]:
    """The mode of every parameter of the table (1 for a weight, ½ for a base rate), and what is given."""
    unknown = set(given) - set(table())
    if unknown:
        raise KeyError(unknown)
    usual = {"half_normal": 1.0, "counted": 0.5}
    found = {name: usual.get(row.range.shape, row.range.mode) for name, row in table().items()}
    return {name: np.array([value]) for name, value in {**found, **given}.items()}


def calendar(votes: tuple[Vote, ...] = (), **given: Array | float) -> Schedule:
    """A calendar on which nothing happens, but for what is given (months, N or P)."""
    blank = nothing_given(MONTHS, len(DECIDERS), len(POLES))
    filled = {kind: np.broadcast_to(values, blank[kind].shape) for kind, values in given.items()}
    return Schedule({**blank, **filled}, votes)


def setting(
    figure: Mapping[str, Any] | None = None,
    divisors: Mapping[str, Mapping[str, float]] | None = None,
    schedule: Schedule | None = None,
    covariance: Array | None = None,
    **parameter: float,
) -> Setting:
    """The small world with some figures and parameters given."""
    drawn = parameters(**parameter)
    weights = {name: drawn[f"weight_{name}"] for name in ACCOUNTS}
    types = {
        kind: {**weights, **{f: weights[f] * drawn[f"{kind}_{f}"] for f in ("economy", "principle")}}
        for kind in ("sincere", "gamer")
    }
    if covariance is None:
        covariance = np.diag([1.0, 1.0, 1.0, 0.05])
    return Setting(
        deciders=DECIDERS,
        poles=POLES,
        target=RED,
        sanctioner=BLUE,
        focus=0,
        runs=1,
        months=MONTHS,
        parameters=drawn,
        figures=figures(**(figure or {})),
        weights=weights,
        sincere=types["sincere"],
        gamer=types["gamer"],
        divisors=divisors or {},
        covariance=covariance,
        schedule=schedule or calendar(),
        entities=ENTITIES,
    )


def state(**given: Any) -> State:
    """A quiet state: shares .4 RED, .2 BLUE, .1 FAR, .3 own, and nothing else yet but what is given."""
    blank = {item.name: np.zeros(SHAPE) for item in fields(State)}
    blank["share"] = spread_out((0.4, 0.2, 0.1, 0.3))
    blank["exchange_lags"] = np.zeros((LAGS, *SHAPE))
    blank["defection"] = np.full((2, *SHAPE), 0.1)
    blank["log_odds"] = np.zeros((2, *SHAPE))
    blank["ally"] = np.ones(SHAPE)
    blank["usual_share"] = np.full(SHAPE, 0.4)
    blank["opinion"] = figures()["opinion"].copy()
    blank["recognised"] = np.zeros((len(ENTITIES), *SHAPE))
    blank["war"] = np.zeros((1, 1))
    blank["rule"] = np.full((1, 1), 0.5)
    for name, value in given.items():
        if isinstance(value, tuple):
            value = spread_out(value)
        blank[name] = np.broadcast_to(np.asarray(value, dtype=float), blank[name].shape).copy()
    return State(**blank)


FLOW = {
    "rouble": np.zeros(1),
    "oil": np.zeros(1),
    "tied_down": np.zeros((len(POLES), 1, 1)),
    "effort": np.ones((len(POLES), 1, 1)),
    "coordination": np.zeros((len(POLES), 1, 1)),
    "sanctions": np.ones((1, 1)),
    "outside_threat": np.zeros(SHAPE),
    "stricter": np.zeros(SHAPE),
    "force": np.zeros(SHAPE),
    "intervention": np.zeros(SHAPE),
    "request": np.zeros(SHAPE),
    "fuel_step": np.zeros(SHAPE),
    "fuel_before": np.zeros(SHAPE),
    "price_cap": np.zeros(SHAPE),
    "route_closed": np.zeros(SHAPE),
    "evasion": np.full(SHAPE, 2.0),
    "evasion_free": np.full(SHAPE, 4.0),
    "evasion_free_value": np.full(SHAPE, 8.0),
    "emergency": np.ones(SHAPE),
    "offer": np.zeros((len(POLES), *SHAPE)),
}


def flow(**given: Any) -> dict[str, Array]:
    """A month's quantities: nothing happens, but for what is given."""
    found = dict(FLOW)
    for name, value in given.items():
        if isinstance(value, tuple):
            value = np.reshape(value, (-1,) + (1,) * (FLOW[name].ndim - 1))
        found[name] = np.broadcast_to(value, FLOW[name].shape) if name in FLOW else value
    return found


@dataclass(frozen=True)
class Given:
    """A month whose shocks are given: uniform ½ and normal 0 unless said otherwise."""

    index: int = 0
    uniforms: Mapping[str, Any] = field(default_factory=dict)
    normals: Mapping[str, Any] = field(default_factory=dict)
    worlds: Mapping[str, float] = field(default_factory=dict)

    def uniform(self, kind: str) -> Array:
        return np.broadcast_to(np.asarray(self.uniforms.get(kind, 0.5), dtype=float), SHAPE)

    def normal(self, kind: str) -> Array:
        return np.broadcast_to(np.asarray(self.normals.get(kind, 0.0), dtype=float), SHAPE)

    def world(self, kind: str) -> Array:
        return np.full(1, self.worlds.get(kind, 0.0))

    def lot(self, kind: str) -> Array:
        return np.full(1, self.worlds.get(kind, 0.5))


def only(*names: str, at: float = 1.0) -> dict[str, float]:
    """Account weights of `at` for these accounts and 0 for the others, as parameters."""
    return {f"weight_{name}": at if name in names else 0.0 for name in ACCOUNTS}


def with_figure(base: Setting, **given: Any) -> Setting:
    """The setting with some figures replaced."""
    changed = {name: np.broadcast_to(value, base.figures[name].shape) for name, value in given.items()}
    return replace(base, figures={**base.figures, **changed})
