"""The reference states: made-up states over which one prior standard deviation of each account is measured.

Their figures are drawn from wide ranges that hold for states at large (declared here, assumptions all), so
that a divisor depends neither on who else is in a case nor on what a user sets, only on the poles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tightrope.model.blueprint import Blueprint
from tightrope.model.choice import Array
from tightrope.model.figures import FURTHER
from tightrope.model.parameters import Range, table
from tightrope.model.state import Schedule, State, Vote, nothing_given
from tightrope.model.stream import CHUNK, stream

STATES = 8
SEED = 0

# Scenario ranges of states at large; percent of GDP unless the name says otherwise.
FIGURES: Mapping[str, tuple[float, float]] = {
    "gdp": (5.0, 500.0),  # bn USD
    "ideal_point": (-1.7, 1.7),  # standard deviation 1 by construction
    "detour": (1.0, 4.0),  # ratio
    "exports_total": (10.0, 60.0),
    "ethnic_russians": (0.0, 30.0),  # percent of the population
    "capability": (0.0, 0.1),  # ratio to the target's military spending
    "selectorate_ratio": (0.05, 0.95),  # fraction
    "resource_rents": (0.0, 30.0),
    "route_dependence": (0.0, 50.0),  # percent of exports
    "sanctioned": (0.0, 0.0),
    "import_ceiling": (60.0, 60.0),
    "secession_exposure": (0.0, 1.0),  # fraction
    "outside_threat": (0.0, 1.0),  # fraction
    "remittances": (0.0, 20.0),
    "energy_dependence": (0.0, 90.0),  # percent of energy imports
    "inequality": (25.0, 50.0),  # percent
    "trade": (0.0, 30.0),
    "imports": (0.0, 15.0),
    "exports": (0.0, 25.0),
}
OF_WORLD = (FURTHER, "world.trade_")
OF_TARGET = ("remittances", "energy_dependence")
PRECEDENT = 1.1  # score units either side: standard deviation .63, that of votes on 68/262
# What states hold in stock, from nothing to plenty: interventions owed, menace, promises.
STOCKS: Mapping[str, tuple[float, float]] = {
    "debt": (0.0, 1.0),
    "menace": (0.0, 1.0),
    "commitments": (0.0, 2.0),
    "stands": (0.0, 2.0),
}
EMERGENCY = (0.5, 0.95)  # mass defection in an emergency, share


def reference(blueprint: Blueprint) -> Blueprint:
    """A blueprint of reference states between the same poles, half of them allied to the target.

    Parameters are those of the table, whatever the user or a scenario set, and base rates anything from 0 to 1,
    whatever the case's precedents are.
    """
    names = tuple(f"Q{place}" for place in range(STATES))
    allies = frozenset((place, blueprint.target) for place in range(0, STATES, 2))
    issues = sorted({issue for _, issue in blueprint.positions} | set(blueprint.distances))
    wide = {(place, issue): Range(-1.0, 1.0) for place in range(STATES) for issue in issues}
    return replace(
        blueprint,
        deciders=names,
        focus=0,
        parameters={name: row.range for name, row in table().items()},
        figures={**_of_others(blueprint), **_figures(names, blueprint)},
        positions=wide,
        opinions=wide,
        voices={},
        events={},
        acts=(),
        commitments=(),
        stands=(),
        threats=(),
        refusals=(),
        allied=allies,
        preferred=allies,
        rivals=frozenset(),
        conditions=frozenset({"western_sanctions", "invasion"}),
        schedule=_schedule(blueprint),
        decided={},
        recognitions={
            pair: part for pair, part in blueprint.recognitions.items() if pair[0] in blueprint.poles
        },
        cohort=frozenset(),
        filled=(),
        origin=None,
    )


def _of_others(blueprint: Blueprint) -> dict[str, Range]:
    """The figures of poles and entities, and what the model reads of the world: no decider's, as they stand in."""
    own = {name.lower() for name in blueprint.deciders} - {name.lower() for name in blueprint.poles}
    kept = {
        name: found for name, found in blueprint.figures.items() if name.split(".")[0] not in (*own, "world")
    }
    return kept | {name: found for name, found in blueprint.figures.items() if name.startswith(OF_WORLD)}


def _figures(names: tuple[str, ...], blueprint: Blueprint) -> dict[str, Range]:
    found: dict[str, Range] = {}
    for name in names:
        for figure, (low, high) in FIGURES.items():
            by_pole = blueprint.poles if figure in ("trade", "imports", "exports") else ()
            of_target = (blueprint.poles[blueprint.target],) if figure in OF_TARGET else ()
            ends = [f"_{pole.lower()}" for pole in (*by_pole, *of_target)] or [""]
            found |= {f"{name.lower()}.{figure}{end}": Range(low, high) for end in ends}
    return found


def _schedule(blueprint: Blueprint) -> Schedule:
    """A calendar with one vote on which the sanctioner says yes, the target no and the others nothing."""
    stance = np.zeros(len(blueprint.poles))
    stance[blueprint.sanctioner], stance[blueprint.target] = 1.0, -1.0
    precedent = np.linspace(-PRECEDENT, PRECEDENT, STATES)
    vote = Vote("reference", "reference", 0, np.log(np.array([0.05, 0.25, 0.6, 0.1])), precedent, stance)
    months = blueprint.schedule["tied_down"].shape[0]
    return Schedule(nothing_given(months, STATES, len(blueprint.poles)), (vote,))


def unsettled(state: State, emergency: bool = False) -> State:
    """The reference states with stocks drawn from nothing to plenty; in an emergency if asked."""
    drawn = {name: _uniform(name, low, high, state.debt.shape) for name, (low, high) in STOCKS.items()}
    drawn["compliance"] = _uniform("compliance", 0.0, 1.0, state.debt.shape)
    drawn["log_odds"] = stream(SEED, 0, "reference", "log_odds").standard_normal(state.log_odds.shape)
    if emergency:
        drawn["defection"] = _uniform("defection", *EMERGENCY, state.defection.shape)
    return replace(state, **drawn)


def _uniform(name: str, low: float, high: float, shape: tuple[int, ...]) -> Array:
    assert shape[-1] == CHUNK
    return stream(SEED, 0, "reference", name).uniform(low, high, shape)
