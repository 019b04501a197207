"""Many single runs: what they need packed once, then any part of them at a time, and what comes of it by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tightrope.model.single import layout, pack
from tightrope.model.single.month import loop
from tightrope.model.single.run import (
    Cast,
    Desk,
    Figures,
    Kept,
    Scales,
    Scratch,
    Shocks,
    Span,
    Start,
    Stored,
    Who,
    Whole,
)
from tightrope.model.state import ACCOUNTS, Schedule, Setting, State, Vote

# The rows of a table of reasons that are told: baseline, accounts, risk, anchor.
TOLD = len(ACCOUNTS) + 3
MENUS = (
    "request", "recognition", "acts", "reform", "leave_security", "leave_economic", "join_sanctions", "send_troops",
    "crisis", "retaliation",
)  # fmt: skip


@dataclass(frozen=True)
class Fixed:
    """What does not change from month to month: parameters, figures, scales, parties, and votes."""

    parameters: Stored
    figures: Figures
    scales: Scales
    who: Who
    votes: tuple[Vote, ...]


def fixed(setting: Setting) -> Fixed:
    """Pack a setting."""
    scales = Scales(
        pack.menu(setting.menu),
        pack.divisors(setting),
        np.ascontiguousarray(setting.covariance),
        float(setting.divisors.get("compliance", {}).get("reputation", 1.0)),
    )
    who = Who(setting.target, setting.sanctioner, setting.focus, pack.ORGANS.index(setting.organ))
    return Fixed(pack.parameters(setting), pack.figures(setting), scales, who, setting.schedule.votes)


@dataclass(frozen=True)
class Shocked:
    """What differs between runs whatever is changed: the start, the shocks, and the draws of the votes."""

    start: Start
    shocks: Shocks
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
    """Where runs write, and how many kinds of leaning there are."""

    kept: Kept
    kinds: int

    def named(self, votes: Sequence[bool]) -> dict[str, Stored]:
        """The arrays by the names of `engine.record`; `votes` says which of those on the calendar are held in time."""
        kept, numbers, flags, world = self.kept, self.kept.numbers, self.kept.flags, self.kept.world
        held = np.array(votes, bool)
        found: dict[str, Stored] = {
            "alignment": numbers[layout.O_ALIGNMENT : layout.O_ALIGNMENT + self.kinds]
        }
        for name, row, size in layout.NUMBERS:
            found[name] = numbers[row] if size == 1 else numbers[row : row + size]
        found |= {name: flags[row] for row, name in enumerate(layout.FLAGS)}
        found |= {name: world[row] for row, name in enumerate(layout.WORLD_NUMBERS)}
        found |= {
            "war": kept.war,
            "recognised": kept.recognised,
            "vote": kept.cast[held],
            "why_vote": kept.of_votes[held][:, :TOLD],
        }
        found |= {f"why_{menu}": kept.reasons[row, :TOLD] for row, menu in enumerate(MENUS)}
        found |= {f"times_{menu}": kept.times[row] for row, menu in enumerate(MENUS)}
        found["why_alignment"] = kept.reasons[layout.W_ALIGNMENT, :TOLD]
        found["why_compliance"] = kept.reasons[layout.W_COMPLIANCE, :TOLD]
        return found


def room(what: Fixed, where: Shocked, actors: int, months: int, runs: int) -> Room:
    """Blank arrays for so many actors, months and runs."""
    kinds, entities, items = where.start.share.shape[1], where.start.recognised.shape[1], len(what.votes)
    single, small = np.float32, np.int8
    return Room(
        Kept(
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
    wanted: npt.NDArray[np.int64],
    into: Room,
    first: int,
    last: int,
    months: int,
) -> int:
    """Run the runs from `first` to `last`; returns in how many state-months order at home had not settled.

    May be called by several threads at once for runs of their own.
    """
    poles, deciders = what.figures.q.shape[2], where.start.s.shape[2]
    ballot = pack.ballot(what.votes, where.ballots, poles, deciders)
    given = pack.calendar(schedule)
    whole = Whole(what.parameters, where.start, what.figures, what.scales, given, where.shocks, ballot)
    held: int = loop(Span(first, last, months, wanted), what.who, whole, into.kept, _scratch(what, where))
    return held


def _scratch(what: Fixed, where: Shocked) -> Scratch:
    """What a run writes to while it goes."""
    kinds, deciders = where.start.share.shape[1:]
    entities, items, acts = where.start.recognised.shape[1], len(what.votes), len(what.scales.kinds)
    new = np.zeros
    return Scratch(
        s=new((layout.STATE_ROWS, deciders)),
        flow=new((layout.FLOW_ROWS, deciders)),
        share=new((kinds, deciders)),
        tied=new(kinds - 1),
        world=new(layout.WORLD_ROWS),
        offer=new((kinds - 1, deciders)),
        after=new((kinds, deciders)),
        lags=new(where.start.lags.shape[1:]),
        recognised=new((entities, deciders)),
        recognised_after=new((entities, deciders)),
        phi=new(6),
        told=new((2, 4)),
        reasons=new((layout.WHY_ROWS, layout.REASON_ROWS)),
        cast=Cast(new((items, deciders)), new((items, layout.REASON_ROWS))),
        desk=Desk(
            room=new((9, layout.WIDE)),
            work=new((3, max(deciders, kinds))),
            table=new((acts + 1, 6)),
            five=new((5, 6)),
            theirs=new((3, 6)),
            ours=new((3, 6)),
        ),
    )


def named(into: Room, votes: Sequence[Vote], months: int) -> Mapping[str, Stored]:
    """What was stored, by name; votes after the last month are no part of it."""
    return into.named([vote.month < months for vote in votes])
