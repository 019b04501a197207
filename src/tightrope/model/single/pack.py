"""From what `draw` gives to what the compiled month reads: runs first, deciders last, everything contiguous."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri  # type: ignore[import-untyped]

from tightrope.model.choice import Array
from tightrope.model.retaliation import loss
from tightrope.model.routing import CLOSER, route_weight
from tightrope.model.single import layout
from tightrope.model.single.run import Ballot, Figures, Given, Shocks, Start
from tightrope.model.state import ACCOUNTS, BY_DECIDER, BY_POLE, LAGS, Act, Schedule, Setting, State, Vote
from tightrope.model.world import usual_menace

ORGANS = ("consensus", "majority", "leader")
OPEN_TO, NEEDS = ("all", "allies", "cohort"), ("nothing", "war", "sanctions")
# Stocks that halve: the name of what is kept of them in a month, and of the half-life.
KEPT = {
    "kept_menace": "menace_half_life",
    "kept_prices": "price_memory",
    "kept_debt": "debt_half_life",
    "kept_abandoned": "abandon_half_life",
    "kept_commitments": "commitment_half_life",
    "kept_repression": "repression_half_life",
    "kept_concession": "concession_half_life",
    "kept_purge": "purge_half_life",
    "kept_rupture": "rupture_half_life",
}


class Draws(Protocol):
    """Shocks by kind and month (see `tightrope.engine.shock.Shocks`)."""

    def of(self, law: Any, kind: str, index: int, shared: bool = False) -> Array:
        """One month of a kind, (N, R) or (1, R)."""


def refused(setting: Setting) -> str | None:
    """Why a setting cannot be run by the compiled month, or None."""
    if np.any(setting["unrest_by_twin"] > 0):
        return "unrest is decided by the global game"
    if len(setting.menu) >= layout.WIDE:
        return f"the menu has more than {layout.WIDE - 1} kinds of act"
    slope = setting["public_precision"] / np.sqrt(setting["private_precision"])
    if (slope > np.sqrt(2.0 * np.pi)).any():
        return "the global game has several equilibria"
    return None


def _runs(values: Array, runs: int, *shape: int) -> Array:
    """Values with runs last, of which axes may be of length 1, as (R, ...) of this shape."""
    full = np.broadcast_to(values, (*shape, runs))
    return np.ascontiguousarray(np.moveaxis(full, -1, 0))


def parameters(setting: Setting) -> npt.NDArray[Any]:
    """A record a run: every parameter by its name, what is kept of stocks that halve, and what a run needs once."""
    runs = setting.runs
    found = {name: np.broadcast_to(values, (runs,)) for name, values in setting.parameters.items()}
    found |= {name: 0.5 ** (1.0 / setting[half]) for name, half in KEPT.items()}
    elasticity = setting["routing_elasticity"]
    cost = setting["sanction_cost"]
    figures = setting.figures
    on = np.broadcast_to(figures["sanctions_on"], (1, runs))[0]
    found |= {
        "elsewhere": route_weight(setting["other_route_cost"], elasticity),
        "trade_power": np.minimum(setting["trade_elasticity"], CLOSER * elasticity) / elasticity,
        "direct": route_weight(1.0 + cost * on, elasticity),
        "direct_eased": route_weight(1.0 + cost * on * (1.0 - setting["settlement_relief"]), elasticity),
        "volume": np.broadcast_to(figures["west_exports_to_target"], (1, runs))[0]
        * setting["sanctioned_fraction"],
        "at_war": np.broadcast_to(figures["at_war"], (1, runs))[0],
        "sanctions_on": on,
        "further_claims": np.broadcast_to(figures["further_claims"], (1, runs))[0],
        "penalty_logit": np.log(setting["penalty_base_rate"]) - np.log1p(-setting["penalty_base_rate"]),
        "twin_slope": setting["public_precision"] / np.sqrt(setting["private_precision"]),
        "twin_shift": np.sqrt(1.0 + setting["public_precision"] / setting["private_precision"])
        * ndtri(setting["attack_cost"]),
    }
    packed = np.empty(runs, np.dtype([(name, np.float64) for name in sorted(found)]))
    for name, values in found.items():
        packed[name] = values
    return packed


def start(state: State) -> Start:
    """The state at the start."""
    kinds, deciders, runs = state.share.shape
    rows = np.zeros((runs, layout.STATE_ROWS, deciders))
    for name, row in layout.FIELDS:
        rows[:, row] = _runs(getattr(state, name), runs, deciders)
    for name, first, second in layout.PAIRS:
        both = _runs(getattr(state, name), runs, 2, deciders)
        rows[:, first], rows[:, second] = both[:, 0], both[:, 1]
    world = np.zeros((runs, 2))
    world[:, layout.WAR], world[:, layout.RULE] = state.war[0], state.rule[0]
    entities = len(state.recognised)
    return Start(
        rows,
        _runs(state.share, runs, kinds, deciders),
        _runs(state.exchange_lags, runs, LAGS, deciders),
        _runs(state.recognised, runs, entities, deciders),
        world,
    )


def figures(setting: Setting) -> Figures:
    """What stays fixed through each run."""
    runs, deciders, poles = setting.runs, len(setting.deciders), len(setting.poles)
    found, entities = setting.figures, len(setting.entities)
    weights = np.stack(
        [
            np.stack([one[name] for name in ACCOUNTS])
            for one in (setting.weights, setting.sincere, setting.gamer)
        ]
    )
    of_poles = np.stack(
        [_runs(found[name], runs, poles, 1)[:, :, 0] for name in ("pole_budget", "pole_capability")], axis=1
    )
    packed = Figures(
        f=_of_deciders(setting),
        fp=_with_poles(setting),
        q=of_poles,
        anchor=_runs(found["anchor"], runs, poles + 1, deciders),
        steady=_steady(setting),
        w=_runs(weights, runs, 3, len(ACCOUNTS)),
        drawn=_drawn(setting.menu, runs),
        stated=_runs(found["stated_recognition"], runs, entities, deciders),
        recognisers=_runs(found["recognisers"], runs, entities, 1)[:, :, 0],
        first=np.broadcast_to(found["recognises"], (entities, deciders, 1))[..., 0].copy(),
        own_land=np.broadcast_to(found["own_land"], (entities, deciders, 1))[..., 0].copy(),
        recognising=np.array(found["pole_recognises"].reshape(poles, entities), float),
        parent=np.array(found["parent"].reshape(poles, entities), float),
    )
    return Figures(*(np.ascontiguousarray(one) for one in packed))


def _steady(setting: Setting) -> Array:
    """What months do not change of the reward of leaning to each pole, anchor included (R, P+1, N)."""
    runs, deciders, poles = setting.runs, len(setting.deciders), len(setting.poles)
    found, scales = setting.figures, setting.divisors.get("alignment", {})
    weight = {
        name: setting.weights[name] / scales.get(name, 1.0) for name in ("economy", "autonomy", "principle")
    }
    steady = np.array(np.broadcast_to(found["anchor"], (poles + 1, deciders, runs)))
    steady[:-1] += (
        weight["economy"] * found["trade"] * found["preference"] + weight["principle"] * found["affinity"]
    )
    steady[-1] += weight["autonomy"] * found["strength"]
    return _runs(steady, runs, poles + 1, deciders)


def _of_deciders(setting: Setting) -> Array:
    runs, deciders, found = setting.runs, len(setting.deciders), setting.figures
    rows = np.zeros((runs, layout.FIGURE_ROWS, deciders))
    for name, row in layout.FIGURES:
        rows[:, row] = _runs(found[name], runs, deciders)
    opinion = _runs(found["opinion"], runs, 2, deciders)
    rows[:, layout.USUAL_MAJORITY], rows[:, layout.USUAL_MINORITY] = opinion[:, 0], opinion[:, 1]
    for row, values in _worked_out(setting).items():
        rows[:, row] = _runs(values, runs, deciders)
    return rows


def _worked_out(setting: Setting) -> dict[int, Array]:
    """What follows from figures alone and would be worked out again in every month."""
    found, elasticity = setting.figures, setting["routing_elasticity"]
    size = (found["gdp"] / 100.0) ** setting["hub_size_elasticity"]
    way = found["detour"] ** setting["distance_elasticity"]
    cost = setting["sanction_cost"] * found["sanctions_on"]
    eased = cost * (1.0 - setting["settlement_relief"])
    inside, outside = 1.0 + setting["transit_cost"], 1.0 + setting["transit_cost"] + setting["border_cost"]
    return {
        layout.WAY_INSIDE: size * route_weight(way * inside, elasticity),
        layout.WAY_OUTSIDE: size * route_weight(way * outside, elasticity),
        layout.OPENED: route_weight(1.0 + cost * found["sanctioned"], elasticity),
        layout.OPENED_EASED: route_weight(1.0 + eased * found["sanctioned"], elasticity),
        layout.USUAL_MENACE: usual_menace(setting),
        layout.RETALIATION_LOSS: loss(setting),
        layout.TRADE_TARGET: found["trade"][setting.target],
        layout.TRADE_ALL: found["trade"].sum(axis=0),
    }


def _with_poles(setting: Setting) -> Array:
    runs, deciders, poles = setting.runs, len(setting.deciders), len(setting.poles)
    found = setting.figures
    rows = np.zeros((runs, layout.POLE_FIGURE_ROWS, poles, deciders))
    for name, row in layout.WITH_POLES:
        rows[:, row] = _runs(found[name], runs, poles, deciders)
    value = found["trade"] + setting["contest_floor"]
    part = (value / value.sum(axis=1, keepdims=True)) ** setting["contest_decisiveness"]
    rows[:, layout.VALUE] = _runs(part, runs, poles, deciders)
    rows[:, layout.BEYOND_WORLD] = _runs(found["trade"] - found["world_trade"], runs, poles, deciders)
    return rows


def menu(kinds: Sequence[Act]) -> Array:
    """What the kinds of act are, (K, 5)."""
    rows = [
        [
            one.monthly,
            float(one.mediation),
            float(one.pledge_on == "sanctions"),
            float(OPEN_TO.index(one.open_to)),
            float(NEEDS.index(one.needs)),
        ]
        for one in kinds
    ]
    return np.array(rows).reshape(len(kinds), 5)


def _drawn(kinds: Sequence[Act], runs: int) -> Array:
    """The accounts of each kind of act and its pledge, as drawn (R, K, 7)."""
    rows = np.zeros((runs, len(kinds), len(ACCOUNTS) + 1))
    for place, one in enumerate(kinds):
        for name, values in one.accounts.items():
            rows[:, place, ACCOUNTS.index(name)] = values
        rows[:, place, -1] = one.pledge
    return rows


def calendar(schedule: Schedule) -> Given:
    """What is given from outside."""
    return Given(
        np.ascontiguousarray(np.stack([schedule[kind] for kind in BY_DECIDER])),
        np.ascontiguousarray(np.stack([schedule[kind] for kind in BY_POLE])),
    )


def shocks(draws: Draws, months: int, deciders: int, runs: int) -> Shocks:
    """The shocks of every month and decider, of the world, and of the whole run."""
    kinds = (*(("uniform", kind) for kind in layout.UNIFORM), *(("normal", kind) for kind in layout.NORMAL))
    own = np.empty((runs, months, len(kinds), deciders))
    common = np.empty((runs, months, len(layout.WORLD_NORMAL)))
    for month in range(months):
        for row, (law, kind) in enumerate(kinds):
            own[:, month, row] = draws.of(law, kind, month).T
        for row, kind in enumerate(layout.WORLD_NORMAL):
            common[:, month, row] = draws.of("normal", kind, month, True)[0]
    lots = np.stack([draws.of("uniform", kind, 0, True)[0] for kind in layout.LOTS], axis=1)
    return Shocks(own, common, np.ascontiguousarray(lots))


@dataclass(frozen=True)
class Ballots:
    """The draws of the votes on the calendar, (votes, N, R) each: of the state's habit, the format, the vote itself."""

    habit: Array
    of_format: Array
    own: Array


def ballots(draws: Draws, votes: Sequence[Vote], deciders: int, runs: int) -> Ballots:
    """The draws of each vote."""

    def drawn(names: list[str]) -> Array:
        rows = [draws.of("uniform", name, 0) for name in names]
        return np.stack(rows) if rows else np.zeros((0, deciders, runs))

    return Ballots(
        drawn([f"habit.{one.id}" for one in votes]),
        drawn([f"vote.{one.format}" for one in votes]),
        drawn([f"vote.{one.id}" for one in votes]),
    )


def ballot(votes: Sequence[Vote], drawn: Ballots, poles: int, deciders: int) -> Ballot:
    """The votes on the calendar, as the compiled month reads them."""
    runs = drawn.habit.shape[-1]
    return Ballot(
        np.array([one.month for one in votes], np.int64),
        np.array([one.stance for one in votes], float).reshape(len(votes), poles),
        np.array([one.precedent for one in votes], float).reshape(len(votes), deciders),
        np.array([one.log_base for one in votes], float).reshape(len(votes), 4, runs),
        drawn.habit,
        drawn.of_format,
        drawn.own,
    )


def divisors(setting: Setting) -> Array:
    """One prior standard deviation of each account of each menu, 1 where there is none."""
    found = np.ones((len(layout.MENUS), len(ACCOUNTS)))
    for row, menu_ in enumerate(layout.MENUS):
        for name, value in setting.divisors.get(menu_, {}).items():
            found[row, ACCOUNTS.index(name)] = value
    return found
