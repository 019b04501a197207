"""The ordinal probit of a vote: one line per item, cut twice, read by every state from where it stands.

An item has a direction β (D) and two cuts c_0 < c_1. A state at θ leans η = β·θ, adds a standard normal ε, and answers
no where η + ε < c_0, abstains between the cuts, yes above c_1 (Bailey, Strezhnev & Voeten 2017, with yes upwards).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr  # type: ignore[import-untyped]

from tightrope.measure.array import Array, Integers

NO, ABSTAIN, YES = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Items:
    """Parameters of P items: `slope` (P, D), the direction β, and `cut` (P, 2), lower before upper."""

    slope: Array
    cut: Array

    def take(self, place: Integers) -> Items:
        """These items only."""
        return replace(self, slope=self.slope[place], cut=self.cut[place])


def chances(lean: Array, cut: Array) -> Array:
    """Probabilities of no, abstain and yes (…, 3) of voters who lean η (…), given cuts (…, 2).

    >>> chances(np.array([0.0]), np.array([[-1.0, 1.0]])).round(3)
    array([[0.159, 0.683, 0.159]])
    """
    low, high = ndtr(cut[..., 0] - lean), ndtr(lean - cut[..., 1])
    return np.stack([low, np.maximum(1 - low - high, 0.0), high], axis=-1)
