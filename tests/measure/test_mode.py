"""Starting values: near the truth, and where the slopes vanish."""

from __future__ import annotations

import numpy as np
import pytest
from tests.measure.simulated import simulated

from tightrope.measure.mode import item_step, mode
from tightrope.measure.ordinal import Items, chances
from tightrope.measure.panel import panel
from tightrope.measure.sweep import State
from tightrope.measure.walk import walk


@pytest.mark.parametrize("dims", [1, 2])
def test_the_mode_is_near_the_truth(dims: int) -> None:
    truth = simulated(dims=dims, each=50)
    cells = panel(truth.rolls)
    found, spread = mode(cells, walk(cells.votes, cells.present, 0.2), dims, 1.0)
    flat, true = found.point.reshape(-1, dims), truth.point.reshape(-1, dims)
    explained = true - flat @ np.linalg.lstsq(flat, true, rcond=None)[0]
    assert explained.var() < 0.08 * true.var()
    assert (spread > 0).all()


def test_items_end_where_no_step_is_left() -> None:
    """After many steps with the points held, the log-posterior is at its top: no nudge makes it higher."""
    cells = panel(simulated(sessions=1, each=6).rolls)
    now, _ = mode(cells, walk(cells.votes, cells.present, 0.5), 1, 1.0, rounds=4)
    for _ in range(60):
        now = State(now.point, item_step(now, cells, 1.0)[0], now.centre)

    def height(items: Items) -> float:
        lean = (items.slope[cells.owner] * now.point.reshape(-1, 1)[cells.place])[:, 0]
        chance = chances(lean, items.cut[cells.owner])[np.arange(len(lean)), cells.vote]
        gap = np.log(items.cut[:, 1] - items.cut[:, 0])
        prior = (items.slope**2).sum() + (items.cut[:, 1] ** 2).sum() / 9 + ((gap + 0.3) ** 2).sum()
        return float(np.log(chance).sum() - prior / 2)

    best = height(now.items)
    for size in (-0.02, 0.02):
        assert height(Items(now.items.slope + size, now.items.cut)) < best
        assert height(Items(now.items.slope, now.items.cut + size)) < best
        assert height(Items(now.items.slope, now.items.cut + np.array([size, 0.0]))) < best
