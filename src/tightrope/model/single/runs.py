"""Many single runs: what they need packed once, then any part of them at a time, and what comes of it by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tightrope.model.choice import Array
from tightrope.model.single import layout, pack
from tightrope.model.single.figures import Packed, packed
from tightrope.model.single.lanes import WIDTH
from tightrope.model.single.month import loop
from tightrope.model.single.run import (
    Cast,
    Desk,
    Figures,
    Kept,
    One,
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

# What a thread writes to while its runs go.
Own = tuple[Scratch, Desk]
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
    packed: Packed
    scales: Scales
    who: Who
    votes: tuple[Vote, ...]

    @property
    def figures(self) -> Figures:
        """What is fixed, as the month reads it."""
        return self.packed.figures


def fixed(setting: Setting, before: Fixed | None = None) -> Fixed:
    """Pack a setting, or what differs in it from another of as many runs."""
    who = Who(setting.target, setting.sanctioner, setting.focus, pack.ORGANS.index(setting.organ))
    figures = packed(setting, before.packed if before else None)
    return Fixed(pack.parameters(setting), figures, pack.scales(setting), who, setting.schedule.votes)


@dataclass(frozen=True)
class Shocked:
    """What differs between runs whatever is changed: the start, the shocks, and the draws of the votes."""

    start: Start
    shocks: Shocks
    ballots: pack.Ballots
    months: int


def shocked(
    state: State, setting: Setting, draws: pack.Draws, months: int, like: Shocked | None = None
) -> Shocked:
    """Pack the start and draw everything that is drawn month by month, unless it was for another one `like` it."""
    deciders, runs = len(setting.deciders), setting.runs
    return Shocked(
        pack.start(state),
        like.shocks if like else pack.shocks(draws, months, deciders, runs),
        pack.ballots(draws, setting.schedule.votes, deciders, runs),
        months,
    )


@dataclass(frozen=True)
class Room:
    """Where runs write, of which deciders by place, and how many kinds of leaning there are."""

    kept: Kept
    wanted: npt.NDArray[np.int64]
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
        found["why_leaning"] = kept.leaning[:, :TOLD]
        found["why_compliance"] = kept.reasons[layout.W_COMPLIANCE, :TOLD]
        return found


def room(what: Fixed, where: Shocked, wanted: npt.NDArray[np.int64], months: int, runs: int) -> Room:
    """Blank arrays for these actors and so many months and runs, with some over to fill the last block."""
    actors, runs = len(wanted), pack.blocks(runs) * WIDTH
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
            np.zeros((kinds, layout.TIMES_ROW, runs), single),
        ),
        wanted,
        kinds,
    )


def read(what: Fixed, where: Shocked, schedule: Schedule) -> Whole:
    """All that runs read under a calendar."""
    poles, deciders = what.figures.q.shape[2], where.start.s.shape[2]
    ballot = pack.ballot(what.votes, where.ballots, poles, deciders)
    given = pack.calendar(schedule)
    return Whole(what.parameters, where.start, what.figures, what.scales, given, where.shocks, ballot)


def part(who: Who, whole: Whole, runs: tuple[int, int], months: int, into: Room, own: Own) -> int:
    """Run the runs from the first, a multiple of `lanes.WIDTH`, to the last, which is left out.

    Returns in how many state-months order at home had not settled. May be called by several threads at once for runs
    of their own, each with what is its `own` alone.
    """
    span = Span(runs[0] // WIDTH, pack.blocks(runs[1]), months, into.wanted)
    held: int = loop(span, who, whole, into.kept, *own)
    return held


def own(what: Fixed, where: Shocked) -> Own:
    """What runs write to while they go."""
    kinds, deciders = where.start.share.shape[1:3]
    entities, items, acts = where.start.recognised.shape[1], len(what.votes), len(what.scales.kinds)

    def new(*shape: int) -> Array:
        return pack.blank(*shape, WIDTH)

    scratch = Scratch(
        s=new(layout.STATE_ROWS, deciders),
        flow=new(layout.FLOW_ROWS, deciders),
        share=new(kinds, deciders),
        tied=new(kinds - 1),
        world=new(layout.WORLD_ROWS),
        offer=new(kinds - 1, deciders),
        after=new(kinds, deciders),
        lags=new(*where.start.lags.shape[1:3]),
        recognised=new(entities, deciders),
        recognised_after=new(entities, deciders),
        phi=new(6),
        told=new(4, 4),
        reasons=new(layout.WHY_ROWS, layout.REASON_ROWS),
        leaning=new(kinds, layout.REASON_ROWS),
        cast=Cast(new(items, deciders), new(items, layout.REASON_ROWS)),
        work=new(3, max(deciders, kinds)),
        room=new(11, max(4, acts + 1)),
        table=new(acts + 1, 6),
        one=One(
            s=new(layout.STATE_ROWS, 1),
            flow=new(layout.FLOW_ROWS, 1),
            f=new(layout.FIGURE_ROWS, 1),
            share=new(kinds, 1),
            shock=new(layout.SHOCK_ROWS, 1),
            due=np.zeros(WIDTH, np.int64),
        ),
    )
    tables = (np.zeros((rows, 6)) for rows in (5, 3, 3))
    return scratch, Desk(np.zeros((9, layout.WIDE)), *tables)


def named(into: Room, votes: Sequence[Vote], months: int, runs: int) -> Mapping[str, Stored]:
    """What was stored of so many runs, by name; votes after the last month are no part of it."""
    found = into.named([vote.month < months for vote in votes])
    whole = next(iter(found.values())).shape[-1] == runs
    return found if whole else {name: values[..., :runs].copy() for name, values in found.items()}
