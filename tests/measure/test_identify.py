"""Origin, scale, rotation and sign."""

from __future__ import annotations

import numpy as np
import pytest

from tightrope.measure.identify import oriented, standardised, turned

DRAW = np.random.default_rng(1)
POINT = DRAW.standard_normal((3, 20, 2)) @ np.array([[2.0, 1.0], [0.0, 1.0]]) + 3
SEEN = DRAW.random((3, 20)) < 0.9


def test_standardised_points_have_no_mean_and_unit_covariance() -> None:
    found = standardised(POINT, SEEN)[SEEN]
    assert found.mean(0) == pytest.approx([0, 0], abs=1e-12)
    assert np.cov(found.T) == pytest.approx(np.eye(2), abs=1e-12)
    assert standardised(found[None], np.ones((1, len(found)), bool))[0] == pytest.approx(found)


def test_a_rotation_is_undone() -> None:
    angle = 1.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    assert POINT @ turn @ turned(POINT @ turn, POINT, SEEN) == pytest.approx(POINT)


@pytest.mark.parametrize("dims", [1, 2, 3])
def test_anchors_stand_where_they_are_asked_to(dims: int) -> None:
    point = DRAW.standard_normal((2, 9, dims))
    turn = oriented(point, DRAW.standard_normal((12, dims)), np.ones((2, 9), bool), list(range(dims + 1)))
    assert turn.T @ turn == pytest.approx(np.eye(dims))
    mean = (point @ turn).mean(0)
    assert mean[0, 0] > mean[1, 0]
    assert mean[0, 1:] == pytest.approx(mean[1, 1:])
    assert all(mean[dim + 1, dim] > 0 for dim in range(1, dims))


def test_without_more_anchors_the_second_dimension_is_the_one_that_discriminates() -> None:
    point = np.zeros((1, 3, 3))
    point[0] = [[1, 0.2, 0.1], [-1, 0.2, 0.1], [0, 0, 0]]
    slope = np.array([[5.0, 0, 1.0], [-5.0, 0, 2.0], [0, 0.5, 0]])
    turn = oriented(point, slope, np.ones((1, 3), bool), [0, 1])
    assert turn == pytest.approx(np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0]]), abs=1e-9)
