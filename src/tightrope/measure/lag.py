"""The published prior of a point: normal around the mean that the last sweep gave to the session before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tightrope.measure.array import Array, Boolean, Integers


@dataclass(frozen=True, eq=False)
class Lag:
    """Where each point's prior has its mean, and how tight it is; the same in every dimension.

    Attributes:
        before: the session with the state's vote before (T, S); for its first, the one after; −1 where it has one
            session only and so N(0, I) for its prior.
        precision: 1 / variance (T, S).
        seen: where a state cast a vote (T, S); elsewhere it has no point.
    """

    before: Integers
    precision: Array
    seen: Boolean

    def draw(self, pull: Array, weight: Array, centre: Array, normal: Array) -> tuple[Array, Array]:
        """Points (T, S, D), and the means around which they are drawn.

        Density ∝ exp(Σ pull·θ − θ'·weight·θ / 2) times the prior's, whose means are those in `centre`.

        Args:
            pull: linear term (T, S, D).
            weight: quadratic term (T, S, D, D).
            centre: means of the last sweep (T, S, D).
            normal: standard normal draws (T, S, D).
        """
        states = np.arange(self.seen.shape[1])
        spread = np.linalg.inv(weight + self.precision[..., None, None] * np.eye(pull.shape[2]))
        around = np.where(self.before[..., None] < 0, 0.0, centre[self.before, states])
        known = pull + self.precision[..., None] * around
        mean = (spread @ known[..., None])[..., 0]
        point = mean + (np.linalg.cholesky(spread) @ normal[..., None])[..., 0]
        point[~self.seen] = mean[~self.seen] = 0.0
        return point, mean


def lag(votes: Integers, smooth: float) -> Lag:
    """θ_t ~ N(m_{t−1}, smooth · n_t / (n_t + n_{t−1})), m_{t−1} the mean given everything else: the published code.

    Sessions without a vote are skipped: the one before is the last with a vote. It is no proper prior, as the first
    session looks ahead to the second and no session looks back; it is what the published estimates were made with.
    A state with one session only had its own last mean for its prior there; here it has N(0, I).

    Args:
        votes: how many votes each state cast in each session (T, S).
        smooth: variance where both sessions have as many votes is half of it.
    """
    seen = votes > 0
    before = np.zeros(votes.shape, np.int64)
    for state in range(votes.shape[1]):
        there = np.flatnonzero(seen[:, state])
        if len(there):
            before[there, state] = [there[1] if len(there) > 1 else -1, *there[:-1]]
    other = votes[before, np.arange(votes.shape[1])]
    share = np.where(seen, votes / np.maximum(votes + other, 1), 1.0)
    return Lag(before, np.where(before < 0, 1.0, 1 / (smooth * share)), seen)
