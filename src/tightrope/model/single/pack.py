"""From what `draw` gives to what the compiled month reads: blocks of runs first, the runs of each side by side last.

What is fixed through each run is packed by `figures`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri  # type: ignore[import-untyped]

from tightrope.model.choice import Array
from tightrope.model.routing import CLOSER, route_weight
from tightrope.model.single import layout
from tightrope.model.single.lanes import WIDTH
from tightrope.model.single.run import Ballot, Given, Scales, Shocks, Start
from tightrope.model.state import ACCOUNTS, BY_DECIDER, BY_POLE, LAGS, Act, Schedule, Setting, State, Vote

# Bytes that a processor reads at once.
LINE = 64
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


def blank(*shape: int) -> Array:
    """Zeros that begin where a line of the processor's cache does, so that eight runs side by side fill one line."""
    count = math.prod(shape)
    room = np.zeros(count + LINE // 8)
    first = -room.ctypes.data % LINE // 8
    return room[first : first + count].reshape(shape)


def by_block(values: Array, runs: int, *shape: int) -> Array:
    """Values with runs last, of which axes may be of length 1, as blocks of this shape (B, ..., L)."""
    found = np.moveaxis(side_by_side(np.broadcast_to(values, (*shape, runs))), -2, 0)
    into = blank(*found.shape)
    into[...] = found
    return into


def side_by_side(values: Array) -> Array:
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
    return by_block(table, runs, len(names)).reshape(blocks(runs), -1).view(kind)[:, 0]


def start(state: State) -> Start:
    """The state at the start."""
    kinds, deciders, runs = state.share.shape
    rows = blank(blocks(runs), layout.STATE_ROWS, deciders, WIDTH)
    for name, row in layout.FIELDS:
        rows[:, row] = by_block(getattr(state, name), runs, deciders)
    for name, first, second in layout.PAIRS:
        both = by_block(getattr(state, name), runs, 2, deciders)
        rows[:, first], rows[:, second] = both[:, 0], both[:, 1]
    entities = len(state.recognised)
    return Start(
        rows,
        by_block(state.share, runs, kinds, deciders),
        by_block(state.exchange_lags, runs, LAGS, deciders),
        by_block(state.recognised, runs, entities, deciders),
        by_block(np.stack([np.broadcast_to(one[0], (runs,)) for one in (state.war, state.rule)]), runs, 2),
    )


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


def calendar(schedule: Schedule) -> Given:
    """What is given from outside."""
    return Given(
        np.ascontiguousarray(np.stack([schedule[kind] for kind in BY_DECIDER])),
        np.ascontiguousarray(np.stack([schedule[kind] for kind in BY_POLE])),
    )


def shocks(draws: Draws, months: int, deciders: int, runs: int) -> Shocks:
    """The shocks of every month and decider, of the world, and of the whole run."""
    kinds = (*(("uniform", kind) for kind in layout.UNIFORM), *(("normal", kind) for kind in layout.NORMAL))
    own = blank(blocks(runs), months, len(kinds), deciders, WIDTH)
    common = blank(blocks(runs), months, len(layout.WORLD_NORMAL), WIDTH)
    for month in range(months):
        for row, (law, kind) in enumerate(kinds):
            own[:, month, row] = by_block(draws.of(law, kind, month), runs, deciders)
        for row, kind in enumerate(layout.WORLD_NORMAL):
            common[:, month, row] = side_by_side(draws.of("normal", kind, month, True)[0])
    lots = np.stack([draws.of("uniform", kind, 0, True)[0] for kind in layout.LOTS])
    return Shocks(own, common, by_block(lots, runs, len(layout.LOTS)))


@dataclass(frozen=True)
class Ballots:
    """The draws of the votes, (B, votes, N, L) each: of the state's habit, of the format, of the vote itself."""

    habit: Array
    of_format: Array
    own: Array


def ballots(draws: Draws, votes: Sequence[Vote], deciders: int, runs: int) -> Ballots:
    """The draws of each vote."""

    def drawn(names: list[str]) -> Array:
        rows = [draws.of("uniform", name, 0) for name in names]
        return by_block(np.array(rows).reshape(len(rows), deciders, runs), runs, len(rows), deciders)

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
        _levels(votes, drawn.habit.shape[0]),
        drawn.habit,
        drawn.of_format,
        drawn.own,
    )


def _levels(votes: Sequence[Vote], count: int) -> Array:
    """Log base rates of the four options of each vote, in so many blocks (B, I, 4, L)."""
    if not votes:
        return blank(count, 0, 4, WIDTH)
    levels = np.array([one.log_base for one in votes], float)
    return by_block(levels, levels.shape[-1], len(votes), 4)


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
