"""Splits of roll calls into what an estimate may know and what it must predict, by seed and by date."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.array import Boolean, Integers
from tightrope.measure.votes import MISSING, NO, YES, RollCalls


@dataclass(frozen=True, eq=False)
class Fold:
    """What is known, and N votes that are not.

    Attributes:
        known: the roll calls with those votes MISSING.
        row, column: roll call and state of each hidden vote (N), places in `known`.
        answer: what it was (N): 0 no, 1 abstain, 2 yes.
    """

    known: RollCalls
    row: Integers
    column: Integers
    answer: Integers


def held_out(rolls: RollCalls, share: float, generator: np.random.Generator) -> Fold:
    """Hide a share of the votes on roll calls that divide the states, drawn at random over all of them."""
    row, column = np.nonzero(divided(rolls))
    place = np.sort(generator.permutation(len(row))[: int(share * len(row))])
    return _hidden(rolls, row[place], column[place])


def newcomers(
    rolls: RollCalls, session: int, count: int, generator: np.random.Generator
) -> tuple[RollCalls, RollCalls, Boolean]:
    """A session to be forecast: what was known before it, its divided roll calls, and which votes are shown.

    The shown votes (I, S) are `count` per roll call, drawn at random among the votes cast.

    Raises:
        MeasureError: the session is not there, or nothing was voted before its first day.
    """
    new = rolls.keep(rolls.session == session)
    if not len(new):
        raise MeasureError(f"no roll call is of session {session}; these are of {rolls.sessions}")
    known = rolls.keep(rolls.date < new.date.min())
    if not len(known):
        raise MeasureError(f"no roll call is older than session {session}; there is nothing to forecast from")
    new = new.keep(np.asarray(divided(new).any(1)))
    cast = divided(new)
    rank = np.where(cast, generator.random(cast.shape), 2.0).argsort(1).argsort(1)
    return known, new, cast & (rank < count)


def divided(rolls: RollCalls) -> Boolean:
    """Which cells (I, S) are votes, on roll calls on which not everybody answered alike."""
    cast = (rolls.choice >= YES) & (rolls.choice <= NO)
    highest = np.where(cast, rolls.choice, 0).max(1)
    lowest = np.where(cast, rolls.choice, NO + 1).min(1)
    found: Boolean = cast & (highest > lowest)[:, None]
    return found


def _hidden(rolls: RollCalls, row: Integers, column: Integers) -> Fold:
    choice = rolls.choice.copy()
    answer = NO - choice[row, column].astype(np.int64)
    choice[row, column] = MISSING
    return Fold(replace(rolls, choice=choice), row, column, answer)
