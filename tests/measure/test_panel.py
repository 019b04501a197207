"""Which votes count, and where they stand."""

from __future__ import annotations

import numpy as np
import pytest
from tests.measure.simulated import rolls

from tightrope.errors import MeasureError
from tightrope.measure.panel import panel

CHOICE = [[1, 3, 2, 4], [1, 1, 1, 1], [1, 1, 0, 1], [3, 1, 1, 0]]


def test_worked_by_hand() -> None:
    """Unanimous roll calls go, absent and missing votes have no cell, no is 0 and yes is 2."""
    cells = panel(rolls(CHOICE, [5, 5, 6, 8]))
    assert cells.sessions == (5, 8)
    assert cells.items == 2
    assert cells.roll == ((0,), (3,))
    assert cells.vote.tolist() == [2, 0, 1, 0, 2, 2]
    assert cells.votes.tolist() == [[1, 1, 1, 0], [1, 1, 1, 0]]
    assert not cells.present[:, 3].any()


def test_identical_resolutions_are_pooled_before_it_is_asked_whether_they_divide() -> None:
    cells = panel(rolls([[1, 1, 1], [1, 1, 2]], [5, 6], bridge=[7, 7]))
    assert cells.items == 1
    assert cells.roll == ((0, 1),)
    assert len(cells.vote) == 6


def test_a_state_is_present_from_its_first_vote_to_its_last() -> None:
    choice = [[1, 3, 1], [1, 3, 4], [3, 1, 4], [1, 3, 2]]
    cells = panel(rolls(choice, [1, 2, 3, 4]))
    assert cells.present[:, 2].tolist() == [True] * 4
    assert cells.votes[:, 2].tolist() == [1, 0, 0, 1]


def test_cells_of_an_item_stand_together() -> None:
    draw = np.random.default_rng(1)
    cells = panel(rolls(draw.integers(0, 5, (30, 9)), np.repeat([1, 2, 3], 10), draw.integers(0, 12, 30)))
    assert (np.diff(cells.owner) >= 0).all()
    assert cells.by_item(np.ones(len(cells.vote))).sum() == len(cells.vote)


def test_votes_on_which_all_agree_are_refused() -> None:
    with pytest.raises(MeasureError, match="no roll call of the 1 given divides"):
        panel(rolls([[1, 1, 4]], [1]))
