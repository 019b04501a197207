"""Votes that an estimate has not seen, and what happens to those who ask about others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.measure.simulated import rolls, simulated

from tightrope.errors import MeasureError
from tightrope.measure import neighbours
from tightrope.measure import revealed as resemblance
from tightrope.measure.fold import Fold, divided, held_out, newcomers
from tightrope.measure.forecast import Fitted, fitted, hidden, next_points, shown_answers
from tightrope.measure.habit import around, before, kept, pooled
from tightrope.measure.revealed import revealed

ANCHORS = ("S00", "S01")


@pytest.fixture(scope="module")
def fold() -> Fold:
    return held_out(simulated(sessions=3, each=40).rolls, 0.1, np.random.default_rng(1))


@pytest.fixture(scope="module")
def estimate(fold: Fold) -> Fitted:
    return fitted(fold.known, 1, ANCHORS, draws=60, burn=20)


@pytest.fixture(scope="module")
def past() -> Fitted:
    truth = simulated(sessions=3, each=40)
    return fitted(truth.rolls.keep(truth.rolls.session < 3), 1, ANCHORS, draws=30, burn=20)


def loss(chance: np.ndarray, answer: np.ndarray) -> float:
    return float(-np.log(chance[np.arange(len(answer)), answer]).mean())


def test_a_fold_hides_a_share_of_divided_votes_and_keeps_the_answers(fold: Fold) -> None:
    whole = simulated(sessions=3, each=40).rolls
    assert len(fold.row) == int(0.1 * divided(whole).sum())
    assert (fold.known.choice[fold.row, fold.column] == 0).all()
    assert (3 - whole.choice[fold.row, fold.column] == fold.answer).all()


def test_hidden_votes_are_told_better_than_by_shares_or_neighbours(fold: Fold, estimate: Fitted) -> None:
    found = hidden(estimate, fold.row, fold.column)
    assert found.sum(1) == pytest.approx(np.ones(len(found)))
    share = np.stack([(fold.known.choice == answer).sum(1) for answer in (3, 2, 1)], axis=1) + 0.1
    share = share / share.sum(1, keepdims=True)
    near = neighbours.chances(fold.known, fold.row, fold.column)
    assert loss(found, fold.answer) < loss(near, fold.answer) < loss(share[fold.row], fold.answer)


def test_who_asks_for_a_vote_that_was_fitted_is_refused(estimate: Fitted) -> None:
    row, column = np.nonzero(divided(estimate.known))
    with pytest.raises(MeasureError, match="is one that the estimate was made from; hide it before fitting"):
        hidden(estimate, row[:1], column[:1])


def test_who_forecasts_the_past_is_refused(past: Fitted) -> None:
    """Cheating by fitting on the session that is then forecast, or on a part of it that came first, fails by date."""
    whole = simulated(sessions=3, each=40).rolls
    draw = np.random.default_rng(1)
    for cheated in (past.known, whole.keep(np.arange(len(whole)) >= 79)):
        with pytest.raises(MeasureError, match="the estimate knows votes up to"):
            revealed(past, cheated, np.zeros(cheated.choice.shape, bool), draw)


def test_votes_that_are_not_shown_are_never_read(past: Fitted) -> None:
    _, new, shown = newcomers(simulated(sessions=3, each=40).rolls, 3, 8, np.random.default_rng(1))
    scrambled = np.where(shown, new.choice, 1 + (new.choice % 3)).astype(np.int8)
    other = replace(new, choice=scrambled)
    assert (shown_answers(new, shown)[~shown] == -1).all()
    one, same = (revealed(past, each, shown, np.random.default_rng(2)) for each in (new, other))
    assert np.array_equal(one, same)


def test_more_shown_votes_tell_more(past: Fitted) -> None:
    whole = simulated(sessions=3, each=40).rolls
    losses = []
    for count in (0, 5, 25):
        known, new, shown = newcomers(whole, 3, count, np.random.default_rng(3))
        assert known.date.max() < new.date.min()
        assert (shown.sum(1) == count).all()
        chance = revealed(past, new, shown, np.random.default_rng(4))
        rest = divided(new) & ~newcomers(whole, 3, 25, np.random.default_rng(3))[2]
        losses.append(loss(chance[rest], 3 - new.choice[rest].astype(int)))
    assert losses[0] > losses[1] > losses[2]


def test_the_likeliest_candidates_are_kept(past: Fitted, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = simulated(sessions=3, each=40).rolls
    _, new, shown = newcomers(whole, 3, 25, np.random.default_rng(3))
    all_of_them = revealed(past, new, shown, np.random.default_rng(4))
    monkeypatch.setattr(resemblance, "BEST", 20)
    few = revealed(past, new, shown, np.random.default_rng(4))
    assert np.abs(few - all_of_them).mean() < 0.03


def test_habit_is_the_last_vote_of_the_same_title() -> None:
    known = rolls([[1, 3, 2], [3, 4, 2], [1, 1, 3]], [1, 2, 3], titles=("a", "a", "b"))
    new = rolls([[0, 0, 0], [0, 0, 0]], [4, 4], titles=("a", "c"))
    assert before(known, new).tolist() == [[0, 0, 1], [-1, -1, -1]]


def test_habit_around_is_never_the_vote_itself() -> None:
    """The roll call before counts, else the one after; a vote that nobody knows is passed over."""
    known = rolls([[1, 3, 2], [3, 4, 2], [2, 1, 0], [1, 1, 1]], [1, 2, 3, 4], titles=("a", "a", "a", "b"))
    assert around(known).tolist() == [[0, 2, 1], [2, 0, 1], [0, 0, 1], [-1, -1, -1]]


def test_habit_weighs_what_it_has_been_worth_on_this_roll_call() -> None:
    habit, answers = np.array([[2, 2, 2, 2, -1]]), np.array([[2, 2, 0, -1, 1]])
    share = kept(habit, answers)
    assert share == pytest.approx([(2 + 8) / (3 + 9)])
    even = np.full((1, 5, 3), 1 / 3)
    found = pooled(even, habit, share[:, None])
    assert found[0, 4] == pytest.approx(even[0, 4])
    assert found[0, 3, 2] == pytest.approx(share[0] ** 0.6 / (share[0] ** 0.6 + 2 * (1 / 12) ** 0.6))


def test_a_step_into_the_unknown_widens() -> None:
    truth = simulated(sessions=3, each=40)
    choice = truth.rolls.choice.copy()
    choice[40:, 7] = 0
    gone = fitted(replace(truth.rolls, choice=choice), 1, ANCHORS, draws=40, burn=20)
    drawn = next_points(gone, np.arange(40).repeat(20), np.random.default_rng(1)).std(0)[:, 0]
    assert drawn[7] > 1.3 * np.median(drawn)


def test_neighbours_worked_by_hand() -> None:
    """S02 agreed with S00 always and with S01 never: it is expected to vote like S00."""
    known = rolls([[1, 3, 1], [3, 1, 3], [1, 3, 0]], [1, 1, 1])
    found = neighbours.chances(known, np.array([2]), np.array([2]))
    assert found[0, 2] > 0.97
    assert found.sum() == pytest.approx(1)


def test_sessions_that_cannot_be_forecast_are_refused() -> None:
    whole = simulated(sessions=2).rolls
    with pytest.raises(MeasureError, match="no roll call is of session 9"):
        newcomers(whole, 9, 1, np.random.default_rng(1))
    with pytest.raises(MeasureError, match="no roll call is older than session 1"):
        newcomers(whole, 1, 1, np.random.default_rng(1))
