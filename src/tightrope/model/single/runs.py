"""Many single runs: what they need packed once, then any part of them at a time, and what comes of it by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.model.choice import Array
from tightrope.model.single import layout, pack
from tightrope.model.single.month import loop
from tightrope.model.state import ACCOUNTS, Schedule, Setting, State, Vote

Stored = npt.NDArray[Any]
# The rows of a table of reasons that are told: baseline, accounts, risk, anchor.
TOLD = len(ACCOUNTS) + 3
MENUS = (
    "request", "recognition", "acts", "reform", "leave_security", "leave_economic", "join_sanctions", "send_troops",
    "crisis", "retaliation",
)  # fmt: skip


@dataclass(frozen=True)
class Fixed:
    """What does not change from month to month: parameters, figures, the menu, scales, sides, and votes."""

    parameters: Stored
    figures: tuple[Array, ...]
    menu: Array
    divisors: Array
    unit: float
    covariance: Array
    sides: tuple[int, int, int, int]
    votes: tuple[Vote, ...]


def fixed(setting: Setting) -> Fixed:
    """Pack a setting."""
    sides = (setting.target, setting.sanctioner, setting.focus, pack.ORGANS.index(setting.organ))
    return Fixed(
        pack.parameters(setting),
        _in_rows(pack.figures(setting)),
        pack.menu(setting.menu),
        pack.divisors(setting),
        float(setting.divisors.get("compliance", {}).get("reputation", 1.0)),
        np.ascontiguousarray(setting.covariance),
        sides,
        setting.schedule.votes,
    )


@dataclass(frozen=True)
class Shocked:
    """What differs between runs whatever is changed: the start, the shocks, and the draws of the votes."""

    start: tuple[Array, Array, Array, Array, Array]
    shocks: tuple[Array, Array, Array]
    ballots: pack.Ballots
    months: int


def shocked(state: State, setting: Setting, draws: pack.Draws, months: int) -> Shocked:
    """Pack the start and draw everything that is drawn month by month."""
    deciders, runs = len(setting.deciders), setting.runs
    return Shocked(
        pack.start(state),
        pack.shocks(draws, months, deciders, runs),
        pack.ballots(draws, setting.schedule.votes, deciders, runs),
        months,
    )


@dataclass(frozen=True)
class Room:
    """Where runs write: numbers, flags, world, war, recognition, votes, reasons, their times, reasons of votes."""

    arrays: tuple[Stored, ...]
    poles: int

    def named(self, votes: Sequence[bool]) -> dict[str, Stored]:
        """The arrays by the names of `engine.record`; `votes` says which of those on the calendar are held in time."""
        numbers, flags, world, war, recognised, cast, reasons, times, of_votes = self.arrays
        held = np.array(votes, bool)
        found: dict[str, Stored] = {
            "alignment": numbers[layout.O_ALIGNMENT : layout.O_ALIGNMENT + self.poles]
        }
        for name, row, size in layout.NUMBERS:
            found[name] = numbers[row] if size == 1 else numbers[row : row + size]
        found |= {name: flags[row] for row, name in enumerate(layout.FLAGS)}
        found |= {name: world[row] for row, name in enumerate(layout.WORLD_NUMBERS)}
        found |= {
            "war": war,
            "recognised": recognised,
            "vote": cast[held],
            "why_vote": of_votes[held][:, :TOLD],
        }
        found |= {f"why_{menu}": reasons[row, :TOLD] for row, menu in enumerate(MENUS)}
        found |= {f"times_{menu}": times[row] for row, menu in enumerate(MENUS)}
        found["why_alignment"] = reasons[layout.W_ALIGNMENT, :TOLD]
        found["why_compliance"] = reasons[layout.W_COMPLIANCE, :TOLD]
        return found


def room(what: Fixed, where: Shocked, actors: int, months: int, runs: int) -> Room:
    """Blank arrays for so many actors, months and runs."""
    kinds = where.start[1].shape[1]
    entities, items = where.start[3].shape[1], len(what.votes)
    single, small = np.float32, np.int8
    return Room(
        (
            np.zeros((layout.O_ALIGNMENT + kinds, actors, months, runs), single),
            np.zeros((len(layout.FLAGS), actors, months, runs), small),
            np.zeros((len(layout.WORLD_NUMBERS), months, runs), single),
            np.zeros((months, runs), small),
            np.zeros((entities, actors, runs), small),
            np.full((items, actors, runs), -1, small),
            np.zeros((layout.WHY_ROWS, layout.TIMES_ROW, runs), single),
            np.zeros((layout.WHY_ROWS, runs), single),
            np.zeros((items, layout.TIMES_ROW, runs), single),
        ),
        kinds,
    )


def part(
    what: Fixed,
    where: Shocked,
    schedule: Schedule,
    wanted: Array,
    into: Room,
    first: int,
    last: int,
    months: int,
) -> int:
    """Run the runs from `first` to `last`; returns in how many state-months order at home had not settled.

    May be called by several threads at once for runs of their own.
    """
    poles, deciders = what.figures[2].shape[2], where.start[0].shape[2]
    held: int = loop(
        first, last, months, what.sides, what.parameters, where.start, what.figures, pack.calendar(schedule),
        where.shocks,
        pack.ballot(what.votes, where.ballots, poles, deciders), what.menu, what.divisors, what.unit, what.covariance,
        wanted, into.arrays, _scratch(what, where),
    )  # fmt: skip
    return held


def _scratch(what: Fixed, where: Shocked) -> tuple[Array, ...]:
    """What a run writes to while it goes, in the order in which the loop takes it."""
    kinds, deciders = where.start[1].shape[1:]
    entities, items, acts = where.start[3].shape[1], len(what.votes), len(what.menu)
    shapes: tuple[tuple[int, ...], ...] = (
        (layout.STATE_ROWS, deciders), (kinds, deciders), where.start[2].shape[1:], (entities, deciders),
        (layout.FLOW_ROWS, deciders), (layout.WORLD_ROWS,), (kinds - 1, deciders), (kinds - 1,),
        (6,), (kinds, deciders), (entities, deciders), (9, layout.WIDE),
        (2, 4), (3, max(deciders, kinds)), (acts + 1, 6), (3, 6),
        (3, 6), (5, 6), (layout.WHY_ROWS, layout.REASON_ROWS),
        (items, layout.REASON_ROWS), (items, deciders),
    )  # fmt: skip
    return tuple(np.zeros(shape) for shape in shapes)


def _in_rows(arrays: Iterable[Array]) -> tuple[Array, ...]:
    """The same arrays, laid out row by row: a bare array is read so, whatever it was."""
    return tuple(np.ascontiguousarray(one) for one in arrays)


def named(into: Room, votes: Sequence[Vote], months: int) -> Mapping[str, Stored]:
    """What was stored, by name; votes after the last month are no part of it."""
    return into.named([vote.month < months for vote in votes])
