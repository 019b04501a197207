"""From a tally to a level: the log-baseline of a vote for a state without leaning of its own.

Find c with c_No = 0 so that ∫ softmax(c + k x) dN(x; 0, σ²) = the shares of the tally, k the score: states
differ in leaning, and the tally is what their mixture gives. With σ = 0 the level is the tally itself; the
larger σ, the more room between the thresholds for abstention.

Method: iterative proportional fitting of the four constants, Gauss-Hermite quadrature over x.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from tightrope.model.choice import Array

SPREADS = np.linspace(0.0, 8.0, 33)
# No, Abstain, Yes, Absent. Absence leans as abstention does: in 68/262 and ES-11/1 absences lie where
# abstentions lie on the scale of ideal points, not where the few No votes do.
SCORE = np.array([0.0, 1.0, 2.0, 1.0])
NODES, ROUNDS, TOLERANCE = 61, 2000, 1e-10


def mixture(level: Array, spread: Array) -> Array:
    """Shares of the options over states whose leaning is N(0, σ²): (4, G) and (G,) → (4, G)."""
    node, weight = np.polynomial.hermite_e.hermegauss(NODES)
    lean = SCORE[:, None, None] * (spread * node[:, None])
    score = level[:, None, :] + lean
    chance = np.exp(score - score.max(axis=0))
    chance /= chance.sum(axis=0)
    shares: Array = np.tensordot(weight / weight.sum(), chance, axes=(0, 1))
    return shares


@lru_cache(maxsize=64)
def _table(tally: tuple[float, ...]) -> Array:
    """The level for each of `SPREADS` (4, G)."""
    wanted = np.log(np.array(tally))[:, None]
    level = np.repeat(wanted, len(SPREADS), axis=1)
    for _ in range(ROUNDS):
        gap = wanted - np.log(mixture(level, SPREADS))
        level += gap
        if np.abs(gap).max() < TOLERANCE:
            break
    table: Array = level - level[:1]
    return table


def level_of(tally: Array, spread: Array) -> Array:
    """The level of a tally of shares (4,) for each run's spread of leanings (R,): (4, R), level of No 0.

    Linear between the tabled spreads, constant beyond the largest.
    """
    table = _table(tuple(tally.tolist()))
    return np.stack([np.interp(spread, SPREADS, row) for row in table])
