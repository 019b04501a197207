"""The walk from session to session, and the published prior."""

from __future__ import annotations

import numpy as np
import pytest

from tightrope.measure.lag import lag
from tightrope.measure.walk import FIRST, paths, walk

VOTES = np.array([[10, 10], [30, 0], [10, 10]])


def test_steps_worked_by_hand() -> None:
    """.5 · 30/40 and .5 · 10/40 where both voted; half of .5 around a session without votes."""
    prior = walk(VOTES, np.ones((3, 2), bool), 0.5)
    assert 1 / prior.link == pytest.approx(np.array([[0.375, 0.25], [0.125, 0.25]]))
    assert prior.diagonal[1] == pytest.approx(prior.link.sum(0))
    assert prior.diagonal[0] == pytest.approx(prior.link[0] + FIRST)


@pytest.mark.parametrize("dims", [1, 2])
def test_paths_solve_the_whole_system(dims: int) -> None:
    draw = np.random.default_rng(1)
    prior = walk(VOTES, np.ones((3, 2), bool), 0.5)
    pull = draw.standard_normal((3, 2, dims))
    root = draw.standard_normal((3, 2, dims, dims))
    weight = root @ np.swapaxes(root, -1, -2)
    found = paths(prior, pull, weight)
    for state in range(2):
        whole = np.zeros((3 * dims, 3 * dims))
        for now in range(3):
            own = slice(now * dims, (now + 1) * dims)
            whole[own, own] = weight[now, state] + prior.diagonal[now, state] * np.eye(dims)
            if now:
                before = slice((now - 1) * dims, now * dims)
                whole[own, before] = whole[before, own] = -prior.link[now - 1, state] * np.eye(dims)
        assert found[:, state].ravel() == pytest.approx(np.linalg.solve(whole, pull[:, state].ravel()))


def test_draws_of_paths_have_the_spread_of_the_walk() -> None:
    """Without votes but in the first session, each step adds .25 to the variance."""
    states = 4000
    prior = walk(np.full((3, states), 10), np.ones((3, states), bool), 0.5)
    weight = np.zeros((3, states, 1, 1))
    weight[0] = 1e6
    drawn = paths(
        prior, np.zeros((3, states, 1)), weight, np.random.default_rng(1).standard_normal((3, states, 1))
    )
    assert drawn.var(1)[:, 0] == pytest.approx([0.0, 0.25, 0.5], abs=0.03)


def test_a_wide_walk_forgets_and_a_narrow_one_does_not_move() -> None:
    pull, weight = np.array([[[2.0]], [[-2.0]]]), np.full((2, 1, 1, 1), 2.0)
    there = np.ones((2, 1), bool)
    wide = paths(walk(np.full((2, 1), 9), there, 1e9), pull, weight)
    assert wide.ravel() == pytest.approx([1, -1], abs=0.01)
    narrow = paths(walk(np.full((2, 1), 9), there, 1e-9), pull, weight)
    assert narrow.ravel() == pytest.approx([0, 0], abs=1e-6)


def test_who_is_not_there_has_no_point() -> None:
    there = np.array([[True], [False]])
    assert paths(walk(np.array([[9], [0]]), there, 0.5), np.ones((2, 1, 1)), np.ones((2, 1, 1, 1)))[1] == 0


def test_the_published_prior_looks_back_but_for_the_first_session() -> None:
    prior = lag(np.array([[10, 0], [30, 5], [0, 5], [10, 5]]), 0.5)
    assert prior.before[:, 0].tolist() == [1, 0, 0, 1]
    assert prior.before[1:, 1].tolist() == [2, 1, 2]
    assert 1 / prior.precision[[0, 1, 3], 0] == pytest.approx([0.125, 0.375, 0.125])


def test_the_published_prior_worked_by_hand() -> None:
    """Weight 4 of the votes, 4 of a prior around 1: the mean of 8/4 and 1 is 1.5, the variance 1/8."""
    votes = np.full((2, 3000), 10)
    centre = np.ones((2, 3000, 1))
    normal = np.random.default_rng(1).standard_normal(centre.shape)
    point, mean = lag(votes, 0.5).draw(
        np.full((2, 3000, 1), 8.0), np.full((2, 3000, 1, 1), 4.0), centre, normal
    )
    assert mean == pytest.approx(np.full((2, 3000, 1), 1.5))
    assert point.var() == pytest.approx(1 / 8, rel=0.05)
