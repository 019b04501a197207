"""The one rule for a single choice: tilts of a baseline, what they tell an audience, and what that is worth.

The compiled twin of `choice`, `account` and `belief`: the same equations on numbers instead of arrays.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from tightrope.model.choice import TINY
from tightrope.model.single.lanes import exponent, pick, power_of_two, scaled
from tightrope.model.single.layout import (
    ACCOUNTS,
    BASE_ROW,
    BELIEF_SANCTIONER,
    BELIEF_TARGET,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    ODDS_SANCTIONER,
    ODDS_TARGET,
    SINCERITY_PRIOR,
    TIMES_ROW,
    E,
    N,
)
from tightrope.model.single.views import soon

# A stage of the month; and a part of one, which is compiled into what calls it: calls that hand on arrays cost more
# than they do. Nothing asks for memory here, so that numba need not count who holds an array at every step: the caller
# of the loop holds all. A product and the sum that follows it are rounded once, where the processor does both at once;
# nothing else is reordered. Nor is any of it called from Python. What is compiled is kept on disk for the loop alone
# (`month`), which knows when any of this has changed.
OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
    "fastmath": {"contract"},
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
jit = njit(**OPTIONS)
part = njit(**OPTIONS, forceinline=True)


@part
def copy(values, into):
    """Copy a table, number by number: assigning a whole one would ask for memory where the two might overlap."""
    for row in range(values.shape[0]):
        for n in range(values.shape[1]):
            into[row, n] = values[row, n]


# Where log 2 ends and its rest begins; the shift lets a sum's last bits be those of the nearest whole number.
LOG_2, LOG_2_REST, PER_LOG_2 = 0.6931471803691238, 1.9082149292705877e-10, 1.4426950408889634
SHIFT, FURTHEST = 1.5 * 2.0**52, 700.0
# Chebyshev's polynomials of (e^r - 1 - r) / r², and of (2 atanh f / f - 2) / f² in f².
EXP = (
    0.4999999999999998, 0.16666666666648391, 0.041666666666725645, 0.008333333353631959, 0.0013888888870995945,
    0.0001984120892887686, 2.480158738440154e-05, 2.762500788854694e-06, 2.7590927789998427e-07,
)  # fmt: skip
LOG = (
    0.6666666666666655, 0.4000000000026217, 0.2857142841203355, 0.22222262823428324, 0.1817655474528284,
    0.15761522755195997, -0.017576669739097637, 3.28086899093151, -26.914597986385196,
)  # fmt: skip


@part
def series(x, c):
    """c₀ + c₁ x + … of eight or nine, in pairs: what does not wait for one another is worked out at once."""
    square = x * x
    fourth = square * square
    low = (c[0] + c[1] * x) + square * (c[2] + c[3] * x)
    high = (c[4] + c[5] * x) + square * (c[6] + c[7] * x)
    return low + fourth * (high + fourth * c[8])


@part
def exp(x):
    """e^x = 2^k e^r with r within ±½ log 2, by a polynomial; held at e^±700. Within some 5 of the last places."""
    held = max(-FURTHEST, min(FURTHEST, x))
    shifted = held * PER_LOG_2 + SHIFT
    k = shifted - SHIFT
    r = (held - k * LOG_2) - k * LOG_2_REST
    return (1.0 + (r + r * r * series(r, EXP))) * power_of_two(shifted)


@part
def log(x):
    """Log x = k log 2 + 2 atanh f with f = (m - 1) / (m + 1) of x = m 2^k; -709 at 0. Within 2 of the last places."""
    m, k = scaled(x), exponent(x) - SHIFT
    f = (m - 1.0) / (m + 1.0)
    z = f * f
    return k * LOG_2 + (2.0 * f + (f * z * series(z, LOG) + k * LOG_2_REST))


@part
def logistic(x):
    """1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exp(-x))


@part
def logit(p):
    """Log-odds of a probability."""
    return log(p) - log(1.0 - p)


@part
def tilt(base, worth, intensity):
    """Probability of doing rather than not: a base rate tilted by one difference of utility."""
    return logistic(logit(base) + intensity * worth)


@jit
def worth(phi, weights, per):
    """Σ_f θ_f φ_f / d_f of one alternative; `per` is 1 / d."""
    total = 0.0
    for f in range(ACCOUNTS):
        total += weights[f] * phi[f] * per[f]
    return total


@part
def value(by, menu):
    """What one alternative is worth to the state itself, its accounts as they lie in `by.phi`, nats."""
    return worth(by.phi, by.w[0], by.per[menu])


@jit
def tell(p, by, menu, base):
    """What doing (`by.told[:, 1]`) or not doing (`[:, 0]`) a thing tells each audience, nats, at level 0."""
    phi, w, per, out = by.phi, by.w, by.per[menu], by.told
    alike = 0.0
    for f in range(ACCOUNTS - 1):
        if f != E and f != N:
            alike += w[0, f] * phi[f] * per[f]
    sincere = alike + w[1, E] * phi[E] * per[E] + w[1, N] * phi[N] * per[N]
    gamer = alike + w[2, E] * phi[E] * per[E] + w[2, N] * phi[N] * per[N]
    ps, pg = tilt(base, sincere, p.choice_intensity), tilt(base, gamer, p.choice_intensity)
    for audience in range(2):
        seen = observed(audience, p)
        unseen = (1.0 - seen) * base + TINY
        out[audience, 1] = log((seen * ps + unseen) / (seen * pg + unseen))
        unseen = (1.0 - seen) * (1.0 - base) + TINY
        out[audience, 0] = log((seen * (1.0 - ps) + unseen) / (seen * (1.0 - pg) + unseen))


@part
def drawn(now, row, n):
    """A shock of this month; next month's is fetched meanwhile."""
    soon(now.shock, row, n)
    return now.shock[row, n]


@part
def observed(audience, p):
    """How well an audience, sanctioner or target, sees what is done."""
    return p.observability_sanctioner if audience == 0 else p.observability_target


@part
def believed(audience, now, n):
    """How far an audience believes the state sincere, 0 to 1; as of the end of last month."""
    return now.s[BELIEF_SANCTIONER if audience == 0 else BELIEF_TARGET, n]


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
    table, d = by.reasons[row], by.per[menu]
    table[BASE_ROW] += log_odds
    for f in range(ACCOUNTS):
        table[1 + f] += intensity * by.w[0, f] * by.phi[f] * d[f]
    table[TIMES_ROW] += 1.0


@part
def either(mark, first, second, others):
    """Two numbers where marked, else the two others."""
    return pick(mark, first, others[0]), pick(mark, second, others[1])


@part
def by_war(war, ongoing, defeat, victory, settlement):
    """One of four values by how the war stands."""
    return pick(war == 0.0, ongoing, pick(war == 1.0, defeat, pick(war == 2.0, victory, settlement)))
