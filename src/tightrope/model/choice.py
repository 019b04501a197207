"""The one rule: every choice is an exponential tilt of a baseline, and its inverse.

P(a) = π(a) exp(λ U(a)) / Σ_b π(b) exp(λ U(b))            alternatives on axis 0 (equation 1 of the model)

Sources: Luce 1959; McFadden 1974; the prior-tilted form is Matějka & McKay 2015.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
ArrayLike = Array | float
Boolean = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]
# Keeps the ratio of two vanishing likelihoods a number.
TINY = 1e-300


def choice(base: Array, utility: Array, intensity: ArrayLike = 1.0) -> Array:
    """Probabilities of the alternatives on axis 0; an intensity of 0 returns the baseline exactly.

    Shapes: `base` (K, ...) sums to 1 over axis 0, `utility` (K, ...). Returns (K, ...).
    """
    if not np.any(intensity):
        return np.broadcast_to(base, np.broadcast_shapes(base.shape, utility.shape)).copy()
    tilt = intensity * utility
    tilt -= tilt.max(axis=0)
    weighted: Array = base * np.exp(tilt, out=tilt)
    weighted /= weighted.sum(axis=0)
    return weighted


def logistic(x: Array) -> Array:
    """The rule for two alternatives, 1 / (1 + exp(-x)); an exponent too large for a float gives 0."""
    result: Array = np.negative(x)
    with np.errstate(over="ignore"):
        np.exp(result, out=result)
    result += 1.0
    return np.reciprocal(result, out=result)


def logit(p: ArrayLike) -> Array:
    """Log-odds of a probability, in nats; the inverse of `logistic`."""
    result: Array = np.log(p) - np.log1p(-np.asarray(p))
    return result


def tilt_odds(base_rate: ArrayLike, utility: Array, intensity: ArrayLike = 1.0) -> Array:
    """Probability of doing rather than not: the rule for a base rate and one utility difference."""
    if not np.any(intensity):
        return np.broadcast_to(base_rate, utility.shape).astype(float)
    return logistic(logit(base_rate) + intensity * utility)


def inclusive_value(base: Array, utility: Array, intensity: float = 1.0) -> Array:
    """V = log Σ π exp(λ U) / λ, whose derivative by U(a) is P(a); at λ = 0 the mean of U under π.

    Source: Williams 1977, Daly & Zachary 1978, McFadden 1978.
    """
    if intensity == 0:
        mean: Array = (base * utility).sum(axis=0)
        return mean
    peak = utility.max(axis=0)
    total = (base * np.exp(intensity * (utility - peak))).sum(axis=0)
    value: Array = peak + np.log(total) / intensity
    return value


def tilt_behind(base: Array, probability: Array) -> Array:
    """The inverse of `choice`: λ(U - V) = log P - log π, the tilt that an observed choice reveals."""
    behind: Array = np.log(probability) - np.log(base)
    return behind


def evidence(base: Array, sincere: Array, gamer: Array, observability: ArrayLike) -> Array:
    """Log-likelihood ratio of each alternative between two types who both follow the rule, in nats.

    log (o P_S + (1-o) π) / (o P_G + (1-o) π); 0 where the types choose alike. Shapes (K, ...).
    """
    unseen = (1.0 - observability) * base + TINY
    ratio, against = observability * sincere, observability * gamer
    ratio += unseen
    against += unseen
    ratio /= against
    return np.log(ratio, out=ratio)


def pick(probability: Array, uniform: Array) -> Index:
    """Which alternative a uniform draw falls on, by the inverse of the cumulated probabilities.

    The same draw under a slightly different probability picks mostly the same alternative, which is
    what lets scenarios be compared run by run. Shapes: `probability` (K, ...), `uniform` (...).
    """
    index: Index = np.zeros(np.broadcast_shapes(probability.shape[1:], uniform.shape), np.intp)
    edge: Array = np.zeros(probability.shape[1:])
    for chance in probability[:-1]:
        edge = edge + chance
        index += uniform >= edge
    return index
