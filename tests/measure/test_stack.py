"""Kinds are weighed by how past resolutions came out, each predicted from earlier sessions alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.measure.simulated import rolls, simulated

from tightrope.errors import MeasureError
from tightrope.measure.forecast import fitted
from tightrope.measure.kind import Kind, together
from tightrope.measure.newcomer import Sorting
from tightrope.measure.stack import Stack, middle, new_sorting, score, stacked
from tightrope.measure.trial import Trial, joined, lag_of, rungs, trials
from tightrope.measure.votes import RollCalls

OWN, OTHER = Kind("own", "^own"), Kind("other", "^other")
BOTH = together("both", OWN, OTHER)


def some_rolls() -> RollCalls:
    made = simulated(sessions=5, each=24).rolls
    title = (("own",) * 2 + ("other",) * 2 + ("rest",) * 20) * 5
    return replace(made, title=title, states=("USA", "RUS", *made.states[2:]))


def changed(some: RollCalls, row: np.ndarray) -> RollCalls:
    """Yes for no and no for yes on these roll calls."""
    choice = some.choice.copy()
    choice[row] = np.array([0, 3, 2, 1, 4], np.int8)[choice[row]]
    return replace(some, choice=choice)


def trials_of(some: RollCalls, lag: int = 1) -> tuple[Trial, ...]:
    return trials(some, lag, 1, (OWN,), (BOTH,))


def made_up(right: np.ndarray, wrong: np.ndarray, answer: np.ndarray, session: int = 5) -> Trial:
    even = np.full(len(right), 0.1)
    said = (Sorting(right, np.full(len(right), 0.3), even), Sorting(wrong, np.full(len(right), 0.3), even))
    return Trial(session, "i", "own", said, answer)


def answers(lean: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    return np.digitize(lean + 0.3 * draw.standard_normal(len(lean)), [-1.0, 0.0])


def test_trials_are_later_than_what_predicts_them() -> None:
    some = some_rolls()
    found = trials_of(some, 2)
    assert {trial.session for trial in found} == {3, 4, 5}
    assert all(some.title[some.items.index(trial.item)] == "own" for trial in found)
    row = some.items.index(found[-1].item)
    assert found[-1].tally.tolist() == [(some.choice[row] == answer).sum() for answer in (3, 2, 1, 4)]


@pytest.mark.parametrize("lag", [1, 2])
def test_what_a_trial_says_does_not_know_its_session_or_later(lag: int) -> None:
    some = some_rolls()
    before = {trial.item: trial for trial in trials_of(some, lag)}
    later = changed(some, some.session >= 5 - lag)
    after = {trial.item: trial for trial in trials_of(later, lag)}
    assert min(trial.session for trial in before.values()) <= 4
    for item, trial in before.items():
        same = all(
            (one.lean == two.lean).all() for one, two in zip(trial.rungs, after[item].rungs, strict=True)
        )
        assert same == (trial.session < 5), trial.session


def test_later_votes_do_not_change_the_weights() -> None:
    some = some_rolls()
    day = some.date[some.session == 5].min()

    def choice(given: RollCalls) -> Stack:
        known = given.known_by(day - 1)
        return stacked(trials_of(known), 2, int(known.session.max()))

    base, late, early = (
        choice(some),
        choice(changed(some, some.session == 5)),
        choice(changed(some, some.session == 4)),
    )
    assert (base.weight == late.weight).all()
    assert (base.steep, base.usual, base.torn) == (late.steep, late.usual, late.torn)
    assert base.steep != early.steep


def test_a_vote_that_is_known_is_not_chosen_for() -> None:
    some = some_rolls()
    estimate = fitted(some.keep(some.session < 5), 1, draws=5, burn=5)
    with pytest.raises(MeasureError, match="are given to choose by"):
        new_sorting(some, estimate, some.date.max(), OWN)


def test_the_rung_that_sorted_the_past_gets_the_weight() -> None:
    draw = np.random.default_rng(1)
    past = []
    for _ in range(6):
        right, wrong = draw.standard_normal((2, 80))
        past.append(made_up(right, wrong, answers(right, draw)))
    found = stacked(past, 2, 5)
    assert found.weight.sum() == pytest.approx(1.0)
    assert found.weight[0] > 0.8
    swapped = stacked([replace(trial, rungs=trial.rungs[::-1]) for trial in past], 2, 5)
    assert swapped.weight[1] > 0.8
    even = [score(joined(trial.rungs, np.full(2, 0.5), 1.0), trial) for trial in past]
    assert np.mean([score(found.of(trial.rungs), trial) for trial in past]) < np.mean(even)


def test_what_is_long_past_counts_little() -> None:
    draw = np.random.default_rng(2)
    right, wrong = draw.standard_normal((2, 80))
    old, new = made_up(wrong, right, answers(right, draw), 1), made_up(right, wrong, answers(right, draw), 11)
    assert stacked([old, new], 2, 11).weight[0] > 0.6


def test_without_a_past_all_rungs_count_alike() -> None:
    found = stacked((), 4, 5)
    assert found.weight == pytest.approx(np.full(4, 0.25), abs=1e-6)
    assert (found.steep, found.usual, found.torn) == pytest.approx((1.0, 1.0, 0.0), abs=1e-6)


def test_staying_away_in_the_middle_is_learned() -> None:
    draw = np.random.default_rng(3)
    past = []
    for _ in range(8):
        lean = draw.standard_normal(150)
        answer = answers(lean, draw)
        answer[draw.uniform(size=150) < 0.4 * middle(lean) ** 2] = 3
        past.append(made_up(lean, lean, answer))
    found = stacked(past, 2, 5)
    assert found.torn > 1.0
    lean = np.linspace(-2, 2, 5)
    said = Sorting(lean, np.zeros(5), np.full(5, 0.1))
    assert found.of((said, said)).missing.argmax() == 2
    assert Stack(np.array([1.0])).of((said,)).missing == pytest.approx(said.missing)


def test_the_middle_is_told_by_rank() -> None:
    assert middle(np.array([9.0, -3.0, 0.0])) == pytest.approx([0.0, 0.0, 1.0])


def test_a_rung_without_votes_takes_the_next() -> None:
    some = some_rolls()
    estimate = fitted(some.keep(some.session < 5), 1, draws=5, burn=5)
    day = some.date.max()
    found = rungs(estimate, Kind("none", "whales"), (BOTH,), day)
    assert found[0] is found[1]
    with pytest.raises(MeasureError, match="knows no divided vote"):
        rungs(estimate, OWN, (Kind("none", "whales"),), day)


@pytest.mark.parametrize(
    ("day", "lag"), [("2019-10-01", 1), ("2020-08-31", 1), ("2022-03-02", 2), ("2035-01-01", 3)]
)
def test_sessions_ahead_are_told_by_the_day(day: str, lag: int) -> None:
    assert lag_of(rolls([[1, 3]], [74]), np.datetime64(day)) == lag
