"""One sweep of the sampler: what it draws, and within what limits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.measure.simulated import simulated

from tightrope.measure import sweep as sampler
from tightrope.measure.mode import mode
from tightrope.measure.panel import panel
from tightrope.measure.sweep import FARTHEST_CUT, Setting, State, sweep
from tightrope.measure.walk import walk


@pytest.fixture(scope="module")
def start() -> tuple[State, Setting]:
    cells = panel(simulated(sessions=2, each=12).rolls)
    prior = walk(cells.votes, cells.present, 0.5)
    now, spread = mode(cells, prior, 1, 1.0)
    return now, Setting(cells, prior, 1.0, np.clip(spread, 0.03, 0.5))


def test_directions_are_drawn_around_a_regression_with_its_spread(start: tuple[State, Setting]) -> None:
    """β | z ~ N(Σθz / (Σθ² + 1), 1 / (Σθ² + 1))."""
    now, setting = start
    cells, draw = setting.cells, np.random.default_rng(1)
    voter = now.point.reshape(-1)[cells.place]
    latent = draw.standard_normal(len(voter)) + voter
    drawn = np.stack([sampler._slopes(latent, now.point, setting, draw)[:, 0] for _ in range(2000)])
    weight = cells.by_item(voter**2) + 1
    assert drawn.mean(0) == pytest.approx(cells.by_item(voter * latent) / weight, abs=0.02)
    assert drawn.std(0) * np.sqrt(weight) == pytest.approx(np.ones(cells.items), abs=0.08)


def test_cuts_keep_their_order_and_their_limits(start: tuple[State, Setting]) -> None:
    now, setting = start
    draw, wide = np.random.default_rng(1), replace(setting, stride=np.full(setting.cells.items, 3.0))
    for _ in range(30):
        now = sweep(now, wide, draw)
        assert (np.diff(now.items.cut, axis=1) > 0).all()
        assert np.abs(now.items.cut).max() <= FARTHEST_CUT


def test_cuts_go_to_where_the_answers_change(start: tuple[State, Setting]) -> None:
    """With the points held and everyone at zero, a cut is the quantile of the shares of the answers."""
    now, setting = start
    cells, draw = setting.cells, np.random.default_rng(1)
    lean = np.zeros(len(cells.vote))
    items, seen = now.items, []
    for step in range(1500):
        items = replace(items, cut=sampler._cuts(items, lean, setting, draw))
        if step >= 300:
            seen.append(items.cut)
    below = np.stack([cells.by_item((cells.vote <= answer).astype(float)) for answer in (0, 1)], axis=1)
    share = below / cells.by_item(np.ones(len(lean)))[:, None]
    some = (share > 0.2) & (share < 0.8)
    assert sampler.ndtr(np.mean(seen, axis=0))[some] == pytest.approx(share[some], abs=0.08)


def test_cuts_that_no_vote_holds_are_spread_evenly(
    start: tuple[State, Setting], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two ordered numbers spread evenly over ±7 the lower has mean −7/3 and the upper 7/3."""
    now, setting = start
    monkeypatch.setattr(sampler, "log_ratio", lambda *ends: np.zeros(len(ends[0])))
    wide, draw = replace(setting, stride=np.full(setting.cells.items, 4.0)), np.random.default_rng(1)
    items, seen = now.items, []
    for step in range(1200):
        items = replace(items, cut=sampler._cuts(items, np.zeros(len(setting.cells.vote)), wide, draw))
        if step >= 100:
            seen.append(items.cut.mean(0))
    assert np.mean(seen, axis=0) == pytest.approx([-7 / 3, 7 / 3], abs=0.12)


def test_points_end_standardised(start: tuple[State, Setting]) -> None:
    now = sweep(*start, np.random.default_rng(1))
    assert now.point.mean() == pytest.approx(0, abs=1e-12)
    assert now.point.std(ddof=1) == pytest.approx(1)
