"""Starting values: the joint mode of points and items, by Newton steps on each in turn."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri  # type: ignore[import-untyped]

from tightrope.measure.array import Array
from tightrope.measure.identify import standardised
from tightrope.measure.lag import Lag
from tightrope.measure.normal import edges
from tightrope.measure.ordinal import NO, YES, Items
from tightrope.measure.panel import Panel
from tightrope.measure.sums import moments
from tightrope.measure.sweep import FARTHEST_CUT, State, bounds, leanings
from tightrope.measure.walk import Walk

ROUNDS, LONGEST, SOFT_LEAN = 12, 1.0, 8.6
CUT_SPREAD, GAP_MEAN, GAP_SPREAD = 3.0, -0.3, 1.0


def first_guess(cells: Panel, dims: int) -> State:
    """Points that do not move, from singular vectors of who says yes where others do not; cuts from the tallies."""
    share = np.stack([cells.by_item((cells.vote == answer).astype(float)) for answer in range(3)], 1) + 0.5
    share /= share.sum(1, keepdims=True)
    mean = share @ np.arange(3.0)
    table = np.zeros((cells.items, len(cells.states)))
    np.add.at(table, (cells.owner, cells.state), cells.vote - mean[cells.owner])
    _, vectors = np.linalg.eigh(table.T @ table)
    still = vectors[:, ::-1][:, :dims] * np.sqrt(len(cells.states))
    point = np.where(cells.present[..., None], still, 0.0)
    low, high = ndtri(share[:, 0]), ndtri(share[:, 0] + share[:, 1])
    cut = np.clip(1.3 * np.stack([low, high], axis=1), 0.01 - FARTHEST_CUT, FARTHEST_CUT - 0.01)
    point = standardised(point, cells.votes > 0)
    return State(point, Items(np.zeros((cells.items, dims)), cut), point)


def mode(
    cells: Panel, prior: Walk, dims: int, slope_variance: float, rounds: int = ROUNDS
) -> tuple[State, Array]:
    """Near the mode: where a chain may start, and the standard deviation of each upper cut given the points (P).

    Every round takes a Newton step of all items given the points and of all points given the items, each at most
    `LONGEST`, and standardises. Priors of items, to keep those without abstentions or noes finite:
    β ~ N(0, `slope_variance`·I), c_1 ~ N(0, `CUT_SPREAD`²), log(c_1 − c_0) ~ N(`GAP_MEAN`, `GAP_SPREAD`²).
    """
    now, spread = first_guess(cells, dims), np.ones(cells.items)
    for _ in range(rounds):
        items, spread = item_step(now, cells, slope_variance)
        point = point_step(State(now.point, items, now.point), cells, prior)
        now = State(point, items, point)
    return now, spread


def item_step(now: State, cells: Panel, slope_variance: float) -> tuple[Items, Array]:
    """All items after a Newton step, and the standard deviation of the upper cut given the points (P).

    The step is taken in (β, c_1, log(c_1 − c_0)); terms of the curvature that could make it indefinite are left out.
    """
    dims = now.point.shape[2]
    voter = np.ascontiguousarray(now.point.reshape(-1, dims))
    gap = now.items.cut[:, 1] - now.items.cut[:, 0]
    lean = leanings(now, cells)
    upper, lower, bend, cross, low_bend = terms(lean, now, cells)
    pull, stiff = _limit(lean)
    gradient, curve = np.empty((cells.items, dims + 2)), np.empty((cells.items, dims + 2, dims + 2))
    group = (voter, cells.place, cells.owner, cells.items)
    gradient[:, :dims], curve[:, :dims, :dims] = moments(*group, pull - upper - lower, bend + stiff)
    gradient[:, dims], gradient[:, dims + 1] = cells.by_item(upper + lower), -gap * cells.by_item(lower)
    for at, value, scale in ((dims, -bend, 1.0), (dims + 1, cross, gap[:, None])):
        curve[:, at, :dims] = curve[:, :dims, at] = scale * moments(*group, value)[0]
    curve[:, dims, dims], curve[:, dims + 1, dims + 1] = cells.by_item(bend), gap**2 * cells.by_item(low_bend)
    curve[:, dims, dims + 1] = curve[:, dims + 1, dims] = -gap * cells.by_item(cross)
    return _stepped(now.items, slope_variance, gradient, curve)


def _stepped(items: Items, slope_variance: float, gradient: Array, curve: Array) -> tuple[Items, Array]:
    dims, gap = items.slope.shape[1], items.cut[:, 1] - items.cut[:, 0]
    precision = np.array([1 / slope_variance] * dims + [CUT_SPREAD**-2, GAP_SPREAD**-2])
    own = np.concatenate([items.slope, items.cut[:, 1:], np.log(gap)[:, None]], axis=1)
    centre = np.array([0.0] * (dims + 1) + [GAP_MEAN])
    total = curve + np.diag(precision)
    step = np.linalg.solve(total, (gradient - precision * (own - centre))[..., None])[..., 0]
    own = own + np.clip(step, -LONGEST, LONGEST)
    edge = FARTHEST_CUT - 0.01
    high = np.clip(own[:, dims], 0.02 - edge, edge)
    low = np.clip(high - np.exp(own[:, dims + 1]), -edge, high - 1e-3)
    spread = np.sqrt(np.linalg.inv(total)[:, dims, dims])
    return Items(own[:, :dims], np.stack([low, high], axis=1)), spread


def point_step(now: State, cells: Panel, prior: Walk | Lag) -> Array:
    """All points after a Newton step, standardised; a `Lag` is centred on the points of `now.centre`."""
    shape = now.point.shape
    lean = leanings(now, cells)
    upper, lower, bend, _, _ = terms(lean, now, cells)
    pull, stiff = _limit(lean)
    slope, curve = moments(
        now.items.slope, cells.owner, cells.place, shape[0] * shape[1], pull - upper - lower, bend + stiff
    )
    weight = curve.reshape(*shape, shape[2])
    known = slope.reshape(shape) + (weight @ now.point[..., None])[..., 0]
    _, goal = prior.draw(known, weight, now.centre, np.zeros(shape))
    return standardised(now.point + np.clip(goal - now.point, -LONGEST, LONGEST), cells.votes > 0)


def terms(lean: Array, now: State, cells: Panel) -> tuple[Array, Array, Array, Array, Array]:
    """Derivatives of each vote's log-probability (C).

    In order: by the upper cut, by the lower; minus the second derivative by moving both cuts, by moving the lower
    with both, and by the lower.
    """
    low, high = (edge - lean for edge in bounds(now.items.cut, cells))
    _, at_low, at_high = edges(low, high)
    bend_low = at_low * (at_low - np.where(np.isfinite(low), low, 0.0))
    bend_high = at_high * (at_high + np.where(np.isfinite(high), high, 0.0))
    no, yes = cells.vote == NO, cells.vote == YES
    upper = np.where(yes, -at_low, np.where(no, 0.0, at_high))
    lower = np.where(no, at_high, np.where(yes, 0.0, -at_low))
    low_bend = np.where(no, bend_high, np.where(yes, 0.0, bend_low))
    mixed = -at_low * at_high
    return upper, lower, bend_low + bend_high + 2 * mixed, low_bend + mixed, low_bend


def _limit(lean: Array) -> tuple[Array, Array]:
    """Slope and stiffness of a square penalty on leanings beyond `SOFT_LEAN`: nearly what the sampler's limit does."""
    over = np.maximum(np.abs(lean) - SOFT_LEAN, 0.0)
    return -np.copysign(over, lean), (over > 0).astype(float)
