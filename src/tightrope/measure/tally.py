"""How many and who, kept apart: chances of single states that add up to a given tally."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq  # type: ignore[import-untyped]
from scipy.special import expit, logit, ndtr  # type: ignore[import-untyped]

from tightrope.errors import MeasureError
from tightrope.measure.array import Array

FEWEST, FAR = 0.3, 60.0


def to_tally(lean: Array, spread: Array, missing: Array, tally: Array) -> Array:
    """Probabilities of no, abstain, yes and absent (S, 4) whose sums over states are the tally.

    Absence of state s has odds proportional to those of `missing`; who takes part answers by an ordinal probit of
    η_s ~ N(lean_s, 1 + spread_s²) with two cuts. One factor of odds and two cuts are solved for, so that only the
    order and the distances of states come from the estimate. With the true tally the result is conditional on the
    margins.

    Args:
        lean: how far each state leans to yes (S).
        spread: what is not known of that (S).
        missing: how likely each state is to be absent at other times (S), between 0 and 1.
        tally: how many, or what shares, of no, abstain, yes and absent (4); each counts as at least `FEWEST` states.

    Raises:
        MeasureError: a tally that is negative or empty.
    """
    if tally.min() < 0 or tally.sum() <= 0:
        raise MeasureError(f"tally is {tally.tolist()}; give four counts, none below zero, not all zero")
    count = np.maximum(tally / tally.sum() * len(lean), FEWEST)
    no, _, yes, absent = count * len(lean) / count.sum()
    odds = logit(missing)
    gone = expit(odds + brentq(lambda move: expit(odds + move).sum() - absent, -FAR, FAR))
    scale = np.sqrt(1 + spread**2)
    upper = brentq(lambda cut: ((1 - gone) * ndtr((lean - cut) / scale)).sum() - yes, -FAR, FAR)
    lower = brentq(lambda cut: ((1 - gone) * ndtr((cut - lean) / scale)).sum() - no, -FAR, FAR)
    below, above = ndtr((lower - lean) / scale), ndtr((lean - upper) / scale)
    middle = np.maximum(1 - below - above, 1e-4)
    found: Array = np.stack([(1 - gone) * below, (1 - gone) * middle, (1 - gone) * above, gone], axis=1)
    found /= found.sum(1, keepdims=True)
    return found
