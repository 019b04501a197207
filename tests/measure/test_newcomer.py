"""A resolution of which no vote is known: sorting, level and tally."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.measure.simulated import rolls, simulated

from tightrope.errors import MeasureError
from tightrope.measure.forecast import Fitted, fitted
from tightrope.measure.kind import CONDUCT, FORCE, INTERVENTION, PLACES, REGION, UKRAINE, Kind
from tightrope.measure.newcomer import Sorting, levels, sorting
from tightrope.measure.tally import to_tally

WAR = Kind("war", "war", without="star")


@pytest.fixture(scope="module")
def estimate() -> Fitted:
    truth = simulated(sessions=3, each=40)
    return fitted(
        replace(truth.rolls, title=("war",) * 20 + ("peace",) * 100), 1, ("S00", "S01"), draws=30, burn=20
    )


def test_a_kind_is_told_by_title_or_symbol() -> None:
    some = rolls([[1, 3]] * 4, [1] * 4, titles=("WAR in A", "star wars", "peace", "other"))
    some = replace(some, resolution=("", "", "", "A/RES/68/262"))
    assert WAR.of(some).tolist() == [0]
    assert UKRAINE.of(some).tolist() == [3]
    assert INTERVENTION.of(some).tolist() == [3]


def test_kinds_widen_from_the_state_to_conduct_in_general() -> None:
    titles = (
        "Situation of human rights in Crimea", "ORGANIZATION FOR DEMOCRACY, GUAM", "Question of Guam",
        "Situation of human rights in the Syrian Arab Republic", "The occupied Syrian Golan",
        "HUMAN RIGHTS--REPORTS", "The President: draft IV is entitled Situation of human rights in Iran",
    )  # fmt: skip
    some = rolls([[1, 3]] * 7, [1] * 7, titles=titles)
    some = replace(some, resolution=("",) * 7)
    assert [kind.of(some).tolist() for kind in (UKRAINE, REGION, FORCE, CONDUCT)] == [
        [0], [0, 1], [0, 1, 3], [0, 1, 3, 5],
    ]  # fmt: skip
    assert [kind.of(some).tolist() for kind in PLACES] == [[0], [1], [3], [], []]


def test_chances_add_up_to_the_tally() -> None:
    draw = np.random.default_rng(1)
    lean, missing = draw.standard_normal(60), draw.uniform(0.01, 0.4, 60)
    tally = np.array([5.0, 12.0, 38.0, 5.0])
    found = to_tally(lean, np.full(60, 0.5), missing, tally)
    assert found.sum(0) == pytest.approx(tally, abs=0.05)
    assert found.sum(1) == pytest.approx(np.ones(60))
    taking = found[:, 2] / (1 - found[:, 3])
    assert (np.diff(taking[np.argsort(lean)]) > 0).all()
    assert (np.diff(found[np.argsort(missing), 3]) > 0).all()


def test_states_that_nothing_sorts_all_get_the_shares() -> None:
    found = to_tally(np.zeros(10), np.zeros(10), np.full(10, 0.1), np.array([1.0, 2.0, 6.0, 1.0]))
    assert found == pytest.approx(np.tile([0.1, 0.2, 0.6, 0.1], (10, 1)), abs=1e-6)


def test_a_tally_that_is_none_is_refused() -> None:
    with pytest.raises(MeasureError, match="four counts, none below zero"):
        to_tally(np.zeros(3), np.zeros(3), np.full(3, 0.1), np.array([1.0, -1.0, 1.0, 0.0]))


def test_a_level_that_is_always_the_same_is_expected_again() -> None:
    choice = np.tile(np.repeat([1, 2, 3, 4], [12, 4, 2, 2]), (10, 1))
    drawn = levels(rolls(choice, [1] * 10, titles=("war",) * 10), WAR, np.random.default_rng(1))
    assert drawn.sum(1) == pytest.approx(np.ones(len(drawn)))
    assert drawn.mean(0) == pytest.approx(np.array([2.5, 4.5, 12.5, 2.5]) / 22, abs=1e-6)


def test_levels_that_differ_widen_what_is_expected() -> None:
    draw = np.random.default_rng(1)
    shares = draw.dirichlet([2, 3, 10, 1.5], 40)
    choice = np.stack([draw.choice([3, 2, 1, 4], 190, p=share) for share in shares])
    drawn = levels(rolls(choice, [1] * 40, titles=("war",) * 40), WAR, draw, 2000)
    inside = (shares[:, 2] > np.quantile(drawn[:, 2], 0.05)) & (shares[:, 2] < np.quantile(drawn[:, 2], 0.95))
    assert 0.8 <= inside.mean() <= 1.0


def test_a_level_takes_eight_resolutions() -> None:
    with pytest.raises(MeasureError, match="1 resolutions about war are known; a level takes at least 8"):
        levels(rolls([[1, 3]], [1], titles=("war",)), WAR, np.random.default_rng(1))


def test_sorting_puts_those_high_who_said_yes(estimate: Fitted) -> None:
    found = sorting(estimate, WAR, np.datetime64("2022-03-02"), np.random.default_rng(1))
    yes = (estimate.known.choice[:20] == 1).mean(0)
    assert np.corrcoef(found.lean, yes)[0, 1] > 0.8
    assert found.given(np.array([1.0, 3, 34, 2])).sum(0) == pytest.approx([1, 3, 34, 2], abs=0.05)
    assert found.of(np.array([3])).lean == found.lean[3]


def test_not_knowing_the_level_is_an_average_over_levels() -> None:
    some = Sorting(np.array([-1.0, 0.0, 1.0, 2.0]), np.zeros(4), np.full(4, 0.1))
    two = np.array([[0.3, 0.2, 0.4, 0.1], [0.1, 0.1, 0.7, 0.1]])
    assert some.over(two) == pytest.approx((some.given(two[0]) + some.given(two[1])) / 2)


def test_who_sorts_a_vote_that_was_known_is_refused(estimate: Fitted) -> None:
    with pytest.raises(MeasureError, match="the estimate knows votes up to"):
        sorting(estimate, WAR, estimate.until, np.random.default_rng(1))


def test_a_kind_without_votes_is_refused(estimate: Fitted) -> None:
    with pytest.raises(MeasureError, match="knows no divided vote about trade"):
        sorting(estimate, Kind("trade", "trade"), np.datetime64("2022-03-02"), np.random.default_rng(1))
