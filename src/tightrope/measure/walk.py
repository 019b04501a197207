"""The random walk of each state's point from session to session: its prior, and a draw of whole paths."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tightrope.measure.array import Array, Boolean, Integers

FIRST = 0.01


@dataclass(frozen=True, eq=False)
class Walk:
    """Precisions of the walk of S states over T sessions, the same in every dimension.

    Attributes:
        link: 1 / variance of the step into each session but the first (T−1, S); 0 where a state was not there.
        diagonal: precision of each point given its neighbours (T, S).
        present: where a state has a point (T, S).
    """

    link: Array
    diagonal: Array
    present: Boolean

    def draw(self, pull: Array, weight: Array, centre: Array, normal: Array) -> tuple[Array, Array]:
        """Points (T, S, D) as `paths` draws them, twice, as `Lag.draw` does; `centre` is not looked at."""
        point = paths(self, pull, weight, normal)
        return point, point


def walk(votes: Integers, present: Boolean, smooth: float) -> Walk:
    """The walk of Bailey, Strezhnev & Voeten 2017: θ_t ~ N(θ_{t−1}, smooth · n_t / (n_t + n_{t−1})).

    The first point has a wide prior, N(0, 1/`FIRST`). A session without votes (n_t = 0 or n_{t−1} = 0) counts as one
    with as many as its neighbour, so that uncertainty grows with every session that is missed.

    Args:
        votes: how many votes each state cast in each session (T, S).
        present: sessions from its first vote to its last (T, S).
        smooth: variance of a step is half of it where both sessions have as many votes.
    """
    now, before = votes[1:], votes[:-1]
    both = (now > 0) & (before > 0)
    share = np.where(both, now / np.maximum(now + before, 1), 0.5)
    link = np.where(present[1:] & present[:-1], 1 / (smooth * share), 0.0)
    diagonal = np.zeros(votes.shape)
    diagonal[1:] += link
    diagonal[:-1] += link
    begins = present.copy()
    begins[1:] &= ~present[:-1]
    diagonal += FIRST * begins + 1.0 * ~present
    return Walk(link, diagonal, present)


def paths(prior: Walk, pull: Array, weight: Array, normal: Array | None = None) -> Array:
    """Points (T, S, D) given what the votes say of each: the mean, or a draw where `normal` is given.

    Density ∝ exp(Σ pull·θ − θ'·weight·θ / 2) times the walk's, solved forwards and sampled backwards.

    Args:
        prior: the walk.
        pull: linear term (T, S, D).
        weight: quadratic term (T, S, D, D).
        normal: standard normal draws (T, S, D).
    """
    sessions, _, dims = pull.shape
    block = weight + prior.diagonal[..., None, None] * np.eye(dims)
    spread, centre = np.empty_like(block), np.empty_like(pull)
    for now in range(sessions):
        known, mass = pull[now], block[now]
        if now:
            link = prior.link[now - 1][:, None]
            known = known + link * centre[now - 1]
            mass = mass - (link**2)[..., None] * spread[now - 1]
        spread[now] = np.linalg.inv(mass)
        centre[now] = (spread[now] @ known[..., None])[..., 0]
    point = centre
    if normal is not None:
        point = centre + (np.linalg.cholesky(spread) @ normal[..., None])[..., 0]
    for now in range(sessions - 2, -1, -1):
        ahead = prior.link[now][:, None] * point[now + 1]
        point[now] += (spread[now] @ ahead[..., None])[..., 0]
    point[~prior.present] = 0.0
    return point
