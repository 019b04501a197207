"""Levels of sessions: moved along what votes cannot tell, to where the prior and shared resolutions want them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.measure.simulated import simulated

from tightrope.measure.ideal_points import fit
from tightrope.measure.lag import Lag, lag
from tightrope.measure.mode import mode
from tightrope.measure.panel import Panel, panel
from tightrope.measure.settle import levelled, prior_pull, settled, shared_pull
from tightrope.measure.sweep import State, bounds, leanings
from tightrope.measure.walk import walk


def started(bridged: bool, dims: int = 1) -> tuple[State, Panel, Lag]:
    cells = panel(simulated(2, sessions=5, states=30, each=30, dims=dims, bridged=bridged).rolls)
    now, _ = mode(cells, walk(cells.votes, cells.present, 0.5), dims, 1.0)
    return now, cells, lag(cells.votes, 0.5)


def moved(now: State, cells: Panel, session: int, by: float) -> State:
    """One session's points moved, and the cuts of its items with them: no vote is any less likely."""
    point = now.point.copy()
    point[session] += by
    here = np.zeros(cells.items)
    here[cells.owner[cells.session == session]] = by
    cut = now.items.cut + (now.items.slope.sum(1) * here)[:, None]
    return State(point, replace(now.items, cut=cut), point)


def levels(now: State) -> np.ndarray:
    """Mean of each session, against all."""
    mean: np.ndarray = now.point.mean(1)[:, 0]
    return mean - mean.mean()


@pytest.mark.parametrize("dims", [1, 2])
def test_levels_do_not_depend_on_where_they_start(dims: int) -> None:
    now, cells, prior = started(bridged=False, dims=dims)
    other = moved(now, cells, 2, 0.6)
    assert abs(levels(other) - levels(now)).max() > 0.4
    for _ in range(30):
        now, other = (levelled(each, cells, prior) for each in (now, other))
    assert levels(other) == pytest.approx(levels(now), abs=0.03)


@pytest.mark.parametrize("dims", [1, 2])
def test_no_vote_is_less_likely_where_sessions_share_no_item(dims: int) -> None:
    now, cells, prior = started(bridged=False, dims=dims)
    found = levelled(moved(now, cells, 2, 0.1), cells, prior)
    low, high = bounds(now.items.cut, cells)
    new_low, new_high = bounds(found.items.cut, cells)
    inner = np.abs(now.items.cut).max(1)[cells.owner] < 6
    lean, new = leanings(now, cells), leanings(found, cells)
    for old, end in ((low, new_low), (high, new_high)):
        there = np.isfinite(old) & inner
        assert (end - new)[there] == pytest.approx((old - lean)[there], abs=1e-9)


def test_shared_items_hold_a_session_to_the_others() -> None:
    """A session moved away from where its shared roll calls put it comes back, with hardly a prior too."""
    now, cells, prior = started(bridged=True)
    for each in (prior, replace(prior, precision=prior.precision * 1e-6)):
        point = now.point.copy()
        point[2] += 0.6
        found = State(point, now.items, point)
        for _ in range(12):
            found = levelled(found, cells, each)
        assert levels(found) == pytest.approx(levels(now), abs=0.1)


def test_the_prior_pulls_less_by_what_levels_move() -> None:
    now, _, prior = started(bridged=False)
    pull, fall = prior_pull(now.point, prior)
    for session in range(5):
        point = now.point.copy()
        point[session] += 0.01
        assert (pull - prior_pull(point, prior)[0]) / 0.01 == pytest.approx(fall[:, session], abs=1e-6)


def test_items_of_one_session_do_not_pull() -> None:
    now, cells, _ = started(bridged=False)
    pull, hold, _ = shared_pull(now, cells)
    assert pull == pytest.approx(np.zeros(5), abs=1e-6)
    assert hold == pytest.approx(np.zeros((5, 5)), abs=1e-6)
    now, cells, _ = started(bridged=True)
    _, hold, _ = shared_pull(now, cells)
    assert hold.sum(1) == pytest.approx(np.zeros(5), abs=1e-6)
    assert np.linalg.eigvalsh(hold)[1] > 1


def test_it_ends_standardised_and_the_chain_can_start_there() -> None:
    now, cells, prior = started(bridged=True, dims=2)
    found = settled(now, cells, prior, 1.0)
    flat = found.point[prior.seen]
    assert flat.mean(0) == pytest.approx([0, 0], abs=1e-9)
    assert np.cov(flat.T) == pytest.approx(np.eye(2), abs=1e-9)
    truth = simulated(2, sessions=5, states=30, each=30, bridged=True)
    made, other = (
        fit(truth.rolls, 1, ("S00", "S01"), draws=60, burn=20, settled=asked) for asked in (True, False)
    )
    assert abs(np.corrcoef(made.mean.ravel(), truth.point.ravel())[0, 1]) > 0.95
    assert not np.array_equal(made.mean, other.mean)
