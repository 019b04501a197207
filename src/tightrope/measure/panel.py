"""Roll calls as flat arrays: one cell per vote that was cast, items that share parameters merged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.array import Array, Boolean, Integers
from tightrope.measure.votes import ABSTAIN, NO, YES, RollCalls


@dataclass(frozen=True, eq=False)
class Panel:
    """C votes cast by S states in T sessions on P items; identical resolutions are one item.

    Attributes:
        sessions: numbers of the sessions that have a vote (T).
        states: their codes (S).
        vote: what was answered (C): 0 no, 1 abstain, 2 yes; cells are sorted by item.
        owner: item of each cell (C).
        session, state: where its voter stands (C): places on the first two axes of the points.
        start: first cell of each item (P).
        roll: places, in the roll calls given, of those that each item stands for (P tuples).
        votes: how many votes each state cast in each session (T, S).
        present: sessions from a state's first vote to its last (T, S).
    """

    sessions: tuple[int, ...]
    states: tuple[str, ...]
    vote: Integers
    owner: Integers
    session: Integers
    state: Integers
    start: Integers
    roll: tuple[tuple[int, ...], ...]
    votes: Integers
    present: Boolean

    @property
    def items(self) -> int:
        """How many items (P)."""
        return len(self.start)

    @cached_property
    def place(self) -> Integers:
        """Row of each cell's voter where the points are laid out as (T·S, D)."""
        return self.session * len(self.states) + self.state

    @cached_property
    def edge(self) -> Integers:
        """Place of the lower bound of each cell's answer where the bounds of all items are laid out as (P·4)."""
        return self.owner * 4 + self.vote

    def by_item(self, values: Array) -> Array:
        """Sum of values given per cell (C, …) over the cells of each item (P, …)."""
        found: Array = np.add.reduceat(values, self.start, axis=0)
        return found


def panel(rolls: RollCalls) -> Panel:
    """The votes of all roll calls on which not everybody gave the same answer.

    Whoever was absent or no member has no cell. An item on which all agreed says nothing about where anyone stands
    and is left out, as in Bailey, Strezhnev & Voeten 2017; identical resolutions are pooled before that is asked.

    Raises:
        MeasureError: no roll call divides the states.
    """
    cast = (rolls.choice >= YES) & (rolls.choice <= NO)
    labels, own = np.unique(rolls.bridge, return_inverse=True)
    tally = np.zeros((len(labels), 3), np.int64)
    for column, answer in enumerate((YES, ABSTAIN, NO)):
        np.add.at(tally[:, column], own, (rolls.choice == answer).sum(1))
    divided = (tally > 0).sum(1) > 1
    row, state = np.nonzero(cast & divided[own][:, None])
    if not len(row):
        raise MeasureError(
            f"no roll call of the {len(rolls)} given divides the states; give votes on which they differ"
        )
    return _sorted(rolls, own, row, state)


def _sorted(rolls: RollCalls, own: Integers, row: Integers, state: Integers) -> Panel:
    order = np.argsort(own[row], kind="stable")
    row, state = row[order], state[order]
    _, start, owner = np.unique(own[row], return_index=True, return_inverse=True)
    sessions, session = np.unique(rolls.session[row], return_inverse=True)
    votes = np.zeros((len(sessions), len(rolls.states)), np.int64)
    np.add.at(votes, (session, state), 1)
    ends = [*start[1:], len(row)]
    return Panel(
        sessions=tuple(int(number) for number in sessions),
        states=rolls.states,
        vote=(NO - rolls.choice[row, state]).astype(np.int64),
        owner=owner,
        session=session,
        state=state,
        start=start,
        roll=tuple(
            tuple(int(place) for place in np.unique(row[first:end]))
            for first, end in zip(start, ends, strict=True)
        ),
        votes=votes,
        present=_between_first_and_last(votes > 0),
    )


def _between_first_and_last(voted: Boolean) -> Boolean:
    begun = np.maximum.accumulate(voted, axis=0)
    ahead = np.maximum.accumulate(voted[::-1], axis=0)[::-1]
    both: Boolean = begun & ahead
    return both
