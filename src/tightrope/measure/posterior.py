"""Draws of points and items, identified alike, from the votes of a panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.array import Array, Boolean
from tightrope.measure.identify import oriented, turned
from tightrope.measure.lag import Lag, lag
from tightrope.measure.mode import mode
from tightrope.measure.ordinal import Items
from tightrope.measure.panel import Panel
from tightrope.measure.settle import settled
from tightrope.measure.sweep import Setting, State, sweep
from tightrope.measure.walk import Walk, walk

DRAWS, BURN = 250, 50
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Assumptions:
    """What is taken for granted about points and items.

    Attributes:
        smooth: variance of a state's step from one session to the next is half of it, see `walk` and `lag`.
        slope_variance: of the prior of directions, β ~ N(0, slope_variance·I).
        two_sided: whether a point is drawn given both neighbours, or as published given the one before (`lag`).
        stride: how far cuts are moved at a time; if None, as far as what is known of each allows.
        settled: whether the chain starts where the prior given the session before wants each session's level, see
            `settle`; else near the mode under the walk that looks both ways.
    """

    smooth: float
    slope_variance: float
    two_sided: bool
    stride: float | None
    settled: bool = False


PUBLISHED = Assumptions(0.5, 1.0, False, 0.2 / 3)
FORECAST = Assumptions(0.1, 1.5, True, None)


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
    draws: int = DRAWS, burn: int = BURN, assumed: Assumptions = PUBLISHED, progress: Progress | None = None,
) -> Posterior:  # fmt: skip
    """Draw from the posterior: `burn` sweeps from the mode are forgotten, then every sweep is kept.

    Args:
        cells: the votes.
        dims: dimensions of the points (D).
        anchors: places of the states that fix sign and rotation, see `identify.oriented`.
        generator: where chance comes from.
        draws: how many sweeps are kept (N).
        burn: how many are not.
        assumed: priors.
        progress: told the name of the step, how many sweeps are done, and of how many.

    Raises:
        MeasureError: fewer than two states or items per dimension.
    """
    _enough(cells, dims)
    seen = cells.votes > 0
    now, setting = _start(cells, dims, anchors, assumed)
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


def _start(cells: Panel, dims: int, anchors: list[int], assumed: Assumptions) -> tuple[State, Setting]:
    """Where the chain starts, turned as the anchors ask, and the chain's setting."""
    both = walk(cells.votes, cells.present, assumed.smooth)
    now, spread = mode(cells, both, dims, assumed.slope_variance)
    chosen: Walk | Lag = both
    if not assumed.two_sided:
        chosen = lag(cells.votes, assumed.smooth)
        if assumed.settled:
            now = settled(now, cells, chosen, assumed.slope_variance)
    turn = oriented(now.point, now.items.slope, cells.votes > 0, anchors)
    point = now.point @ turn
    stride = np.clip(spread, 0.03, 0.5) if assumed.stride is None else np.full(cells.items, assumed.stride)
    setting = Setting(cells, chosen, assumed.slope_variance, stride)
    return State(point, Items(now.items.slope @ turn, now.items.cut), point), setting


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
