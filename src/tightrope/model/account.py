"""The six accounts of a choice, their common scale, and the exact table that explains it.

U(a) = Σ_f θ_f φ_f(a) / d_f                 (equation 2; d_f is one prior standard deviation of φ_f)
log P(a)/P(b) = log π(a)/π(b) + λ Σ_f θ_f [φ_f(a) - φ_f(b)] / d_f        (additive, without remainder)
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.state import ACCOUNTS, Setting

Accounts = Mapping[str, Array]


def utility(accounts: Accounts, weights: Mapping[str, Array], divisors: Mapping[str, float]) -> Array:
    """Σ_f θ_f φ_f / d_f over the accounts that the menu has.

    Shapes: each account (K, N, R) or broadcastable to it, each weight (R,). Returns (K, N, R), nats.
    """
    total: Array | None = None
    for name, phi in accounts.items():
        term = phi * (weights[name] / divisors.get(name, 1.0))
        if total is None:
            total = term
        elif total.shape == term.shape:
            total += term
        else:
            total = total + term
    if total is None:
        raise ValueError("a menu without accounts")
    return total


def explain(base: Array, accounts: Accounts, setting: Setting, menu: str, chosen: int, against: int) -> Array:
    """The table of one decision of the focus actor: baseline, then the six accounts (7, R), in nats.

    Its sum over the first axis is log P(chosen) / P(against).
    """
    rows = np.zeros((1 + len(ACCOUNTS), setting.runs))
    rows[0] = np.log(base[chosen, setting.focus]) - np.log(base[against, setting.focus])
    divisors = setting.divisors.get(menu, {})
    for name, phi in accounts.items():
        scale = setting["choice_intensity"] * setting.weights[name] / divisors.get(name, 1.0)
        rows[1 + ACCOUNTS.index(name)] = scale * _difference(phi, setting.focus, chosen, against)
    return rows


def _difference(values: Array, focus: int, chosen: int, against: int) -> Array:
    one = values[:, focus]
    difference: Array = one[chosen] - one[against]
    return difference


def spread(accounts: Accounts) -> dict[str, float]:
    """One standard deviation of each account over alternatives' differences, deciders and runs.

    An account that does not vary, or that nobody has, gets 1, so that dividing by it changes nothing.
    """
    found = {}
    for name, phi in accounts.items():
        deviation = float(np.std(phi[1:] - phi[:1])) if phi.size else 0.0
        found[name] = deviation if deviation > 1e-12 else 1.0
    return found
