"""Estimates for tests that are not about estimating: as many as asked for, made up by a fixed rule."""

from __future__ import annotations

import numpy as np

from tightrope.measure.standing import Standing


def standing(
    states: tuple[str, ...] = ("CHN", "KAZ", "RUS", "USA"),
    sessions: tuple[int, ...] = (72, 73, 74),
    dims: int = 2,
) -> Standing:
    """Points that drift by a little each session; the first state has none in the first session."""
    place = np.linspace(-1.5, 1.5, len(states))
    drift = 0.1 * np.arange(len(sessions))[:, None, None]
    mean = place[None, :, None] * np.array([1.0, -0.5, 0.3])[:dims] + drift
    mean[0, 0] = np.nan
    return Standing(sessions, states, mean, mean - 0.2, mean + 0.2)
