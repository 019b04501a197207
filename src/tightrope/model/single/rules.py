"""The one rule for a single choice: tilts of a baseline, what they tell an audience, and what that is worth.

The compiled twin of `choice`, `account` and `belief`: the same equations on numbers instead of arrays.
"""

from __future__ import annotations

from math import exp, log
from typing import Any

import numpy as np
from numba import njit

from tightrope.model.choice import TINY
from tightrope.model.single.layout import (
    ACCOUNTS,
    BASE_ROW,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    ODDS_SANCTIONER,
    ODDS_TARGET,
    SINCERITY_PRIOR,
    TIMES_ROW,
    E,
    N,
)

# A stage of the month; and a part of one, which is compiled into what calls it: calls that hand on arrays cost more
# than they do. Nothing asks for memory here, so that numba need not count who holds an array at every step: the caller
# of the loop holds all. Nor is any of it called from Python. What is compiled is kept on disk for the loop alone
# (`month`), which knows when any of this has changed.
OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
jit = njit(**OPTIONS)
part = njit(**OPTIONS, forceinline=True)


@part
def copy(values, into):
    """Copy an array, element by element: assigning a whole one would ask for memory where the two might overlap."""
    for place in range(values.size):
        into.flat[place] = values.flat[place]


@part
def logistic(x):
    """1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exp(-x))


@part
def logit(p):
    """Log-odds of a probability."""
    return log(p) - np.log1p(-p)


@part
def tilt(base, worth, intensity):
    """Probability of doing rather than not: a base rate tilted by one difference of utility."""
    if intensity == 0.0:
        return base
    return logistic(logit(base) + intensity * worth)


@jit
def worth(phi, weights, divisors):
    """Σ_f θ_f φ_f / d_f of one alternative."""
    total = 0.0
    for f in range(ACCOUNTS):
        total += weights[f] * phi[f] / divisors[f]
    return total


@part
def value(by, menu):
    """What one alternative is worth to the state itself, its accounts as they lie in `by.phi`, nats."""
    return worth(by.phi, by.w[0], by.divisors[menu])


@jit
def tell(p, by, menu, base):
    """What doing (`by.told[:, 1]`) or not doing (`[:, 0]`) a thing tells each audience, nats, at level 0."""
    phi, w, divisors, out = by.phi, by.w, by.divisors[menu], by.told
    alike = 0.0
    for f in range(ACCOUNTS - 1):
        if f != E and f != N:
            alike += w[0, f] * phi[f] / divisors[f]
    sincere = alike + w[1, E] * phi[E] / divisors[E] + w[1, N] * phi[N] / divisors[N]
    gamer = alike + w[2, E] * phi[E] / divisors[E] + w[2, N] * phi[N] / divisors[N]
    ps, pg = tilt(base, sincere, p.choice_intensity), tilt(base, gamer, p.choice_intensity)
    for audience in range(2):
        seen = observed(audience, p)
        unseen = (1.0 - seen) * base + TINY
        out[audience, 1] = log((seen * ps + unseen) / (seen * pg + unseen))
        unseen = (1.0 - seen) * (1.0 - base) + TINY
        out[audience, 0] = log((seen * (1.0 - ps) + unseen) / (seen * (1.0 - pg) + unseen))


@part
def observed(audience, p):
    """How well an audience, sanctioner or target, sees what is done."""
    return p.observability_sanctioner if audience == 0 else p.observability_target


@part
def believed(audience, now, n):
    """How far an audience believes the state sincere, 0 to 1."""
    return logistic(now.s[ODDS_SANCTIONER if audience == 0 else ODDS_TARGET, n])


@part
def value_of(audience, now, who, n):
    """v_A: what a change of an audience's belief is worth; the target wants loyalty."""
    return now.p.audience_value * (
        now.share[who.sanctioner, n] if audience == 0 else -now.share[who.target, n]
    )


@part
def resting(audience, now, n):
    """An audience's log-odds after a month without evidence."""
    row = ODDS_SANCTIONER if audience == 0 else ODDS_TARGET
    return now.p.belief_memory * now.s[row, n] + (1.0 - now.p.belief_memory) * now.f[SINCERITY_PRIOR, n]


@jit
def standing_gained(now, who, told, n):
    """φ_R of doing rather than not: Σ_A v_A (belief after doing - belief after not doing)."""
    total = 0.0
    for audience in range(2):
        rest = resting(audience, now, n)
        gap = logistic(rest + told[audience, 1]) - logistic(rest + told[audience, 0])
        total += value_of(audience, now, who, n) * gap
    return total


@part
def add_evidence(flow, told, n, done):
    """Add what was done, or not done, to the month's evidence."""
    flow[EVIDENCE_SANCTIONER, n] += told[0, done]
    flow[EVIDENCE_TARGET, n] += told[1, done]


@jit
def add_reasons(by, row, menu, log_odds, intensity):
    """Add one decision of the focus actor to its table: baseline, accounts, and that it came up."""
    table, d = by.reasons[row], by.divisors[menu]
    table[BASE_ROW] += log_odds
    for f in range(ACCOUNTS):
        table[1 + f] += intensity * by.w[0, f] * by.phi[f] / d[f]
    table[TIMES_ROW] += 1.0


@part
def by_war(war, ongoing, defeat, victory, settlement):
    """One of four values by how the war stands."""
    if war == 0.0:
        return ongoing
    if war == 1.0:
        return defeat
    return victory if war == 2.0 else settlement
