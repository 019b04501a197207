"""How often two states voted alike: counted, not estimated; the check that any reader can redo by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tightrope.measure.array import Array, Integers
from tightrope.measure.votes import ABSTAIN, NO, YES, RollCalls


@dataclass(frozen=True, eq=False)
class Agreement:
    """Agreement of N states with M others.

    Attributes:
        same: share of the votes that both cast in which both gave the same answer (N, M), or nan.
        near: the same with yes against abstain, and abstain against no, counted as half: 1 − |a − b| / 2 (N, M).
        votes: how many votes both cast (N, M).
    """

    same: Array
    near: Array
    votes: Integers


def agreement(rolls: RollCalls, states: Sequence[str], others: Sequence[str] | None = None) -> Agreement:
    """Agreement of `states` with `others` (all by default) over the roll calls; absences count for nothing.

    `near` is the measure S of Signorino and Ritter for votes on one line, as in Voeten's agreement scores.
    """
    column = {state: place for place, state in enumerate(rolls.states)}
    own = rolls.choice[:, [column[state] for state in states]]
    their = rolls.choice if others is None else rolls.choice[:, [column[state] for state in others]]
    votes = np.zeros((own.shape[1], their.shape[1]), np.int64)
    same, near = votes.astype(float), votes.astype(float)
    for one in (YES, ABSTAIN, NO):
        for other in (YES, ABSTAIN, NO):
            both = (own == one).astype(np.int64).T @ (their == other).astype(np.int64)
            votes += both
            same += both * (one == other)
            near += both * (1.0 - abs(one - other) / 2.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Agreement(same / votes, near / votes, votes)
