"""The baseline without a model: a state will vote as those did that mostly vote like it."""

from __future__ import annotations

import numpy as np

from tightrope.measure.array import Array, Integers
from tightrope.measure.votes import ABSTAIN, NO, YES, RollCalls

SHARPNESS, EVEN = 30.0, 0.03


def chances(known: RollCalls, row: Integers, column: Integers) -> Array:
    """Probabilities of no, abstain and yes (N, 3) of states `column` on roll calls `row`.

    Every other state's known vote on that roll call counts exp(`SHARPNESS` · (agreement − 1)), agreement being the
    share of known votes on which both answered alike; `EVEN` times the roll call's own shares is added.
    """
    votes = [(known.choice == answer).astype(float) for answer in (NO, ABSTAIN, YES)]
    cast = sum(votes[1:], votes[0])
    both = cast.T @ cast
    alike = sum((each.T @ each for each in votes[1:]), votes[0].T @ votes[0]) / np.maximum(both, 1)
    weight = np.exp(SHARPNESS * (alike - 1))
    np.fill_diagonal(weight, 0.0)
    found = np.stack([(each[row] * weight[column]).sum(1) for each in votes], axis=1)
    share = np.stack([each.sum(1) for each in votes], axis=1) + 1.0
    found += EVEN * (share / share.sum(1, keepdims=True))[row]
    result: Array = found / found.sum(1, keepdims=True)
    return result
