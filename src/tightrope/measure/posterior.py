"""Draws of points and items, identified alike, from the votes of a panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.array import Array, Boolean
from tightrope.measure.identify import oriented, turned
from tightrope.measure.mode import mode
from tightrope.measure.ordinal import Items
from tightrope.measure.panel import Panel
from tightrope.measure.sweep import State, sweep
from tightrope.measure.walk import walk

SMOOTH, DRAWS, BURN = 0.5, 250, 50
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class Posterior:
    """N draws, all on one scale and turned alike.

    Attributes:
        point: points (N, T, S, D); 0 where a state is not there.
        slope: directions of the items (N, P, D).
        cut: their cuts (N, P, 2).
    """

    point: Array
    slope: Array
    cut: Array


def posterior(
    cells: Panel, dims: int, anchors: list[int], generator: np.random.Generator,
    draws: int = DRAWS, burn: int = BURN, smooth: float = SMOOTH, progress: Progress | None = None,
) -> Posterior:  # fmt: skip
    """Draw from the posterior: `burn` sweeps from the mode are forgotten, then every sweep is kept.

    Args:
        cells: the votes.
        dims: dimensions of the points (D).
        anchors: places of the states that fix sign and rotation, see `identify.oriented`.
        generator: where chance comes from.
        draws: how many sweeps are kept (N).
        burn: how many are not.
        smooth: see `walk.walk`.
        progress: told the name of the step, how many sweeps are done, and of how many.

    Raises:
        MeasureError: fewer than two states or items per dimension.
    """
    _enough(cells, dims)
    seen = cells.votes > 0
    now, setting = mode(cells, walk(cells.votes, cells.present, smooth), dims)
    turn = oriented(now.point, now.items.slope, seen, anchors)
    now = State(now.point @ turn, Items(now.items.slope @ turn, now.items.cut))
    home = now.point
    kept = _empty(draws, cells, dims)
    for step in range(burn + draws):
        now = sweep(now, setting, generator)
        if step >= burn:
            turn = turned(now.point, home, seen)
            kept.point[step - burn] = now.point @ turn
            kept.slope[step - burn] = now.items.slope @ turn
            kept.cut[step - burn] = now.items.cut
        if progress is not None:
            progress("ideal points", step + 1, burn + draws)
    return _finally(kept, seen, anchors)


def _enough(cells: Panel, dims: int) -> None:
    voters = int((cells.votes.sum(0) > 0).sum())
    if voters <= dims + 1 or cells.items <= dims:
        raise MeasureError(
            f"{voters} states and {cells.items} divided roll calls are too few for {dims} "
            f"dimension{'s' * (dims > 1)}; give more votes or ask for fewer dimensions"
        )


def _empty(draws: int, cells: Panel, dims: int) -> Posterior:
    return Posterior(
        np.zeros((draws, *cells.votes.shape, dims), np.float32),
        np.zeros((draws, cells.items, dims), np.float32),
        np.zeros((draws, cells.items, 2), np.float32),
    )


def _finally(kept: Posterior, seen: Boolean, anchors: list[int]) -> Posterior:
    """Turned once more, by what the anchors ask of the posterior means."""
    turn = oriented(kept.point.mean(0), kept.slope.mean(0), seen, anchors)
    return Posterior(kept.point @ turn, kept.slope @ turn, kept.cut)
