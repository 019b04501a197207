"""The common level of a session's points, which votes hardly tell, brought to where the published prior wants it.

Move all points of a session by δ and the cuts of its items by β·δ, and no vote is any less likely; only identical
resolutions and the prior resist. A sampler that draws points given cuts and cuts given points goes that way in steps of
about a hundredth, and forgets the levels that it started with only after a thousand sweeps and more. The published
chain (Bailey, Strezhnev & Voeten 2017) has 24,000. Here its levels are solved for, and a short chain starts there.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tightrope.measure.array import Array
from tightrope.measure.identify import standardised
from tightrope.measure.lag import Lag
from tightrope.measure.mode import item_step, point_step, terms
from tightrope.measure.ordinal import Items
from tightrope.measure.panel import Panel
from tightrope.measure.sweep import FARTHEST_CUT, State, leanings

ROUNDS, LONGEST, LOOSE, NARROWEST = 8, 0.2, 0.1, 1e-3


def settled(now: State, cells: Panel, prior: Lag, slope_variance: float, rounds: int = ROUNDS) -> State:
    """Newton steps of items, of points and of levels in turn, until levels stay where they are; then the scale is set.

    Args:
        now: the mode under a prior that looks both ways, see `mode.mode`.
        cells: the votes.
        prior: the prior that the chain is run with.
        slope_variance: of the prior of directions.
        rounds: how many; with all sessions, no level moves by .02 after the eighth.
    """
    for _ in range(rounds):
        items, _ = item_step(now, cells, slope_variance)
        point = point_step(State(now.point, items, now.point), cells, prior)
        now = levelled(State(point, items, point), cells, prior)
    point = standardised(now.point, prior.seen)
    scale = np.linalg.lstsq(now.point[prior.seen], point[prior.seen])[0]
    return State(point, replace(now.items, slope=now.items.slope @ np.linalg.inv(scale).T), point)


def levelled(now: State, cells: Panel, prior: Lag) -> State:
    """All sessions' points moved by δ_t, and each item's cuts by the mean of β·δ over its voters.

    δ (T, D) is a Newton step of all sessions together: it solves, for every session, that the prior's pull on its
    points, Σ_s (m_before + δ_before − θ_st − δ_t) / v_st, and that of the items it shares with other sessions add up
    to nothing. Items of one session only go along and so do not pull. As nothing holds all sessions together,
    `LOOSE` of the prior's weight is added; no step is longer than `LONGEST`, and all points keep their mean.
    """
    pull, stiff = prior_pull(now.point, prior)
    shared, hold, weight = shared_pull(now, cells)
    loose = LOOSE * np.diag(np.diag(stiff))
    step = np.linalg.solve(stiff + loose + hold, pull + shared).reshape(-1, now.point.shape[2])
    step = np.clip(step, -LONGEST, LONGEST)
    step -= prior.seen.sum(1) @ step / prior.seen.sum()
    along = (now.items.slope * (weight @ step)).sum(1) / weight.sum(1)
    edge = FARTHEST_CUT - 0.01
    low = np.clip(now.items.cut[:, 0] + along, -edge, edge - NARROWEST)
    high = np.clip(now.items.cut[:, 1] + along, low + NARROWEST, edge)
    point = np.where(prior.seen[..., None], now.point + step[:, None], 0.0)
    return State(point, Items(now.items.slope, np.stack([low, high], axis=1)), point)


def prior_pull(point: Array, prior: Lag) -> tuple[Array, Array]:
    """The prior's pull on each session's level (T·D), and how it falls as levels move (T·D, T·D)."""
    states, dims = point.shape[1:]
    precision = np.where(prior.seen, prior.precision, 0.0)
    gap = np.where(prior.before[..., None] < 0, 0.0, point[prior.before, np.arange(states)]) - point
    fall = np.diag(precision.sum(1))
    tied = prior.seen & (prior.before >= 0)
    np.add.at(fall, (np.nonzero(tied)[0], prior.before[tied]), -precision[tied])
    pull: Array = (precision[..., None] * gap).sum(1).ravel()
    stiff = np.asarray(np.kron(fall, np.eye(dims)), float)
    return pull, stiff


def shared_pull(now: State, cells: Panel) -> tuple[Array, Array, Array]:
    """The pull of items with voters in several sessions (T·D), how it falls (T·D, T·D), and weights (P, T).

    An item's cuts go along with the mean of its voters, each weighted by the curvature of its vote's log-probability;
    what is left is what its sessions differ by.
    """
    sessions, slope = len(cells.sessions), now.items.slope
    upper, lower, bend, _, _ = terms(leanings(now, cells), now, cells)
    place, size = cells.owner * sessions + cells.session, cells.items * sessions
    push = np.bincount(place, -upper - lower, size).reshape(-1, sessions).astype(float)
    weight = np.bincount(place, bend + 1e-12, size).reshape(-1, sessions).astype(float)
    share = weight / weight.sum(1, keepdims=True)
    pull: Array = (push - share * push.sum(1, keepdims=True)).T @ slope
    lean = (weight[..., None] * slope[:, None]).reshape(cells.items, -1)
    hold: Array = -lean.T @ (lean / weight.sum(1, keepdims=True))
    own = np.einsum("pt,pa,pb->tab", weight, slope, slope)
    for session in range(sessions):
        here = slice(session * slope.shape[1], (session + 1) * slope.shape[1])
        hold[here, here] += own[session]
    return pull.ravel(), hold, weight
