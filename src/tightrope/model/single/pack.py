"""From what `draw` gives to what the compiled month reads: blocks of runs first, the runs of each side by side last."""

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
from tightrope.model.single.lanes import WIDTH
from tightrope.model.single.run import Ballot, Figures, Given, Scales, Shocks, Start
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
    """Values with runs last, of which axes may be of length 1, as blocks of this shape (B, ..., L)."""
    return np.ascontiguousarray(np.moveaxis(_blocks(np.broadcast_to(values, (*shape, runs))), -2, 0))


def _blocks(values: Array) -> Array:
    """Values with runs last as (..., B, L); the last run again and again fills the last block."""
    missing = -values.shape[-1] % WIDTH
    if missing:
        values = np.concatenate([values, np.repeat(values[..., -1:], missing, axis=-1)], axis=-1)
    return values.reshape(*values.shape[:-1], values.shape[-1] // WIDTH, WIDTH)


def blocks(runs: int) -> int:
    """How many blocks so many runs fill."""
    return -(-runs // WIDTH)


def parameters(setting: Setting) -> npt.NDArray[Any]:
    """A record a block: every parameter by its name, what is kept of stocks that halve, and what a run needs once."""
    runs = setting.runs
    found = dict(setting.parameters)
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
    names = sorted(found)
    table = np.empty((len(names), runs))
    for row, name in enumerate(names):
        table[row] = found[name]
    kind = np.dtype([(name, np.float64, (WIDTH,)) for name in names])
    # A block's table, read on, is what a record of it holds.
    return _runs(table, runs, len(names)).reshape(blocks(runs), -1).view(kind)[:, 0]


def start(state: State) -> Start:
    """The state at the start."""
    kinds, deciders, runs = state.share.shape
    rows = np.zeros((blocks(runs), layout.STATE_ROWS, deciders, WIDTH))
    for name, row in layout.FIELDS:
        rows[:, row] = _runs(getattr(state, name), runs, deciders)
    for name, first, second in layout.PAIRS:
        both = _runs(getattr(state, name), runs, 2, deciders)
        rows[:, first], rows[:, second] = both[:, 0], both[:, 1]
    entities = len(state.recognised)
    return Start(
        rows,
        _runs(state.share, runs, kinds, deciders),
        _runs(state.exchange_lags, runs, LAGS, deciders),
        _runs(state.recognised, runs, entities, deciders),
        _runs(np.stack([np.broadcast_to(one[0], (runs,)) for one in (state.war, state.rule)]), runs, 2),
    )


@dataclass(frozen=True)
class Packed:
    """What was packed of a setting, to pack only what differs from it in another one of as many runs."""

    setting: Setting
    figures: Figures

    def same(self, other: Setting, *names: str) -> bool:
        """Whether these figures are what they were."""
        return all(_same(self.setting.figures[name], other.figures[name]) for name in names)

    def set(self, other: Setting, *names: str) -> bool:
        """Whether these parameters are what they were."""
        return all(_same(self.setting[name], other[name]) for name in names)


def _same(one: Array, other: Array) -> bool:
    return one is other or (one.shape == other.shape and np.array_equal(one, other))


def figures(setting: Setting, before: Packed | None = None) -> Figures:
    """What stays fixed through each run; only what differs from `before` is packed anew."""
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
        f=_of_deciders(setting, before),
        fp=_with_poles(setting, before),
        q=of_poles,
        anchor=_runs(found["anchor"], runs, poles + 1, deciders),
        steady=_steady(setting),
        w=_runs(weights, runs, 3, len(ACCOUNTS)),
        drawn=_drawn(setting.menu, runs),
        stated=_runs(found["stated_recognition"], runs, entities, deciders),
        recognisers=_runs(found["recognisers"], runs, entities, 1)[:, :, 0],
    )
    return Figures(*(np.ascontiguousarray(one) for one in packed))


def _steady(setting: Setting) -> Array:
    """What months do not change of the reward of leaning to each pole, anchor included (B, P+1, N, L)."""
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


def _of_deciders(setting: Setting, before: Packed | None) -> Array:
    runs, deciders, found = setting.runs, len(setting.deciders), setting.figures
    shape = (blocks(runs), layout.FIGURE_ROWS, deciders, WIDTH)
    rows = before.figures.f.copy() if before else np.zeros(shape)
    for name, row in layout.FIGURES:
        if not (before and before.same(setting, name)):
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


def _with_poles(setting: Setting, before: Packed | None) -> Array:
    runs, deciders, poles = setting.runs, len(setting.deciders), len(setting.poles)
    found = setting.figures
    read = (*(name for name, _ in layout.WITH_POLES), "trade", "world_trade")
    powers = ("contest_floor", "contest_decisiveness")
    if before and before.same(setting, *read) and before.set(setting, *powers):
        return before.figures.fp
    rows = np.zeros((blocks(runs), layout.POLE_FIGURE_ROWS, poles, deciders, WIDTH))
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
    """The accounts of each kind of act and its pledge, as drawn (B, K, 7, L)."""
    rows = np.zeros((len(kinds), len(ACCOUNTS) + 1, runs))
    for place, one in enumerate(kinds):
        for name, values in one.accounts.items():
            rows[place, ACCOUNTS.index(name)] = values
        rows[place, -1] = one.pledge
    return _runs(rows, runs, *rows.shape[:-1])


def calendar(schedule: Schedule) -> Given:
    """What is given from outside."""
    return Given(
        np.ascontiguousarray(np.stack([schedule[kind] for kind in BY_DECIDER])),
        np.ascontiguousarray(np.stack([schedule[kind] for kind in BY_POLE])),
    )


def shocks(draws: Draws, months: int, deciders: int, runs: int) -> Shocks:
    """The shocks of every month and decider, of the world, and of the whole run."""
    kinds = (*(("uniform", kind) for kind in layout.UNIFORM), *(("normal", kind) for kind in layout.NORMAL))
    own = np.empty((blocks(runs), months, len(kinds), deciders, WIDTH))
    common = np.empty((blocks(runs), months, len(layout.WORLD_NORMAL), WIDTH))
    for month in range(months):
        for row, (law, kind) in enumerate(kinds):
            own[:, month, row] = _runs(draws.of(law, kind, month), runs, deciders)
        for row, kind in enumerate(layout.WORLD_NORMAL):
            common[:, month, row] = _blocks(draws.of("normal", kind, month, True)[0])
    lots = np.stack([_blocks(draws.of("uniform", kind, 0, True)[0]) for kind in layout.LOTS], axis=1)
    return Shocks(own, common, np.ascontiguousarray(lots))


@dataclass(frozen=True)
class Ballots:
    """The draws of the votes, (votes, N, B, L) each: of the state's habit, of the format, of the vote itself."""

    habit: Array
    of_format: Array
    own: Array


def ballots(draws: Draws, votes: Sequence[Vote], deciders: int, runs: int) -> Ballots:
    """The draws of each vote."""

    def drawn(names: list[str]) -> Array:
        rows = [draws.of("uniform", name, 0) for name in names]
        return _blocks(np.stack(rows) if rows else np.zeros((0, deciders, runs)))

    return Ballots(
        drawn([f"habit.{one.id}" for one in votes]),
        drawn([f"vote.{one.format}" for one in votes]),
        drawn([f"vote.{one.id}" for one in votes]),
    )


def ballot(votes: Sequence[Vote], drawn: Ballots, poles: int, deciders: int) -> Ballot:
    """The votes on the calendar, as the compiled month reads them."""
    return Ballot(
        np.array([one.month for one in votes], np.int64),
        np.array([one.stance for one in votes], float).reshape(len(votes), poles),
        np.array([one.precedent for one in votes], float).reshape(len(votes), deciders),
        _levels(votes, drawn.habit.shape[-2:]),
        drawn.habit,
        drawn.of_format,
        drawn.own,
    )


def _levels(votes: Sequence[Vote], shape: tuple[int, ...]) -> Array:
    """Log base rates of the four options of each vote (I, 4, B, L)."""
    levels = [_blocks(np.asarray(one.log_base, float)) for one in votes]
    return np.stack(levels) if levels else np.zeros((0, 4, *shape))


def scales(setting: Setting) -> Scales:
    """What is the same in all runs."""
    found, deciders = setting.figures, len(setting.deciders)
    poles, entities = len(setting.poles), len(setting.entities)
    return Scales(
        kinds=menu(setting.menu),
        per=1.0 / divisors(setting),
        cov=np.ascontiguousarray(setting.covariance),
        first=np.broadcast_to(found["recognises"], (entities, deciders, 1))[..., 0].copy(),
        own_land=np.broadcast_to(found["own_land"], (entities, deciders, 1))[..., 0].copy(),
        recognising=np.array(found["pole_recognises"].reshape(poles, entities), float),
        parent=np.array(found["parent"].reshape(poles, entities), float),
        unit=float(setting.divisors.get("compliance", {}).get("reputation", 1.0)),
    )


def divisors(setting: Setting) -> Array:
    """One prior standard deviation of each account of each menu, 1 where there is none."""
    found = np.ones((len(layout.MENUS), len(ACCOUNTS)))
    for row, menu_ in enumerate(layout.MENUS):
        for name, value in setting.divisors.get(menu_, {}).items():
            found[row, ACCOUNTS.index(name)] = value
    return found
