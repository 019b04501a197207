"""The one rule and its inverse: hand-worked numbers, then every identity that the documentation claims."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import exactly

from tightrope.model.choice import (
    Array,
    choice,
    evidence,
    inclusive_value,
    logistic,
    logit,
    pick,
    tilt_behind,
    tilt_odds,
)

ALTERNATIVES = 4
utilities = st.lists(st.floats(-5, 5), min_size=ALTERNATIVES, max_size=ALTERNATIVES).map(np.array)
intensities = st.floats(0.01, 3.0)
bases = st.lists(st.floats(0.01, 1.0), min_size=ALTERNATIVES, max_size=ALTERNATIVES).map(
    lambda weights: np.array(weights) / np.sum(weights)
)


def test_worked_by_hand() -> None:
    """.5, .3, .2 tilted by 0, ln 2, 0 weigh .5, .6, .2, which is 1.3 in all."""
    found = choice(np.array([0.5, 0.3, 0.2]), np.array([0.0, np.log(2.0), 0.0]))
    assert found == pytest.approx([5 / 13, 6 / 13, 2 / 13], abs=1e-15)


def test_alternatives_are_on_the_first_axis() -> None:
    """Each column is a choice of its own."""
    base = np.array([[0.5, 0.9], [0.5, 0.1]])
    found = choice(base, np.array([[0.0, 0.0], [np.log(3.0), np.log(3.0)]]))
    assert found == pytest.approx(np.array([[0.25, 0.75], [0.75, 0.25]]))


@exactly
@given(bases, utilities, intensities)
def test_probabilities_sum_to_one(base: Array, utility: Array, intensity: float) -> None:
    found = choice(base, utility, intensity)
    assert found.sum() == pytest.approx(1.0, abs=1e-14)
    assert (found > 0).all()


@exactly
@given(bases, utilities, intensities, st.floats(-50, 50))
def test_a_common_shift_of_utility_changes_nothing(
    base: Array, utility: Array, intensity: float, shift: float
) -> None:
    assert choice(base, utility + shift, intensity) == pytest.approx(
        choice(base, utility, intensity), abs=1e-12
    )


@exactly
@given(bases, utilities, intensities)
def test_log_odds_are_linear_in_the_difference_of_utility(
    base: Array, utility: Array, intensity: float
) -> None:
    found = choice(base, utility, intensity)
    moved = np.log(found[0] / found[1]) - np.log(base[0] / base[1])
    assert moved == pytest.approx(intensity * (utility[0] - utility[1]), abs=1e-12)


@exactly
@given(bases, utilities, intensities, st.floats(-5, 5))
def test_odds_of_two_alternatives_do_not_depend_on_a_third(
    base: Array, utility: Array, intensity: float, other: float
) -> None:
    whole = choice(base, utility, intensity)
    changed = choice(base, np.array([*utility[:-1], other]), intensity)
    fewer = choice(base[:-1] / base[:-1].sum(), utility[:-1], intensity)
    odds = np.log(whole[0] / whole[1])
    assert np.log(changed[0] / changed[1]) == pytest.approx(odds, abs=1e-12)
    assert np.log(fewer[0] / fewer[1]) == pytest.approx(odds, abs=1e-12)


@exactly
@given(bases, utilities)
def test_no_intensity_returns_the_baseline_bit_for_bit(base: Array, utility: Array) -> None:
    assert np.array_equal(choice(base, utility, 0.0), base)
    assert np.array_equal(choice(base, utility, np.zeros(1)), base)
    assert choice(base, utility, 1e-9) == pytest.approx(base, abs=1e-7)


def test_no_intensity_returns_a_copy_of_the_shape_of_the_utility() -> None:
    base = np.array([[0.5], [0.5]])
    found = choice(base, np.zeros((2, 3)), 0.0)
    found[0] = 9.0
    assert found.shape == (2, 3)
    assert np.array_equal(base, [[0.5], [0.5]])


@exactly
@given(bases, st.permutations([0.0, 1.0, 2.0, 3.0]))
def test_a_great_intensity_takes_the_best(base: Array, utility: list[float]) -> None:
    best = (np.array(utility) == 3.0).astype(float)
    assert choice(base, np.array(utility), 1e4) == pytest.approx(best, abs=1e-12)


def test_it_is_the_best_of_utility_and_gumbel_noise() -> None:
    """Of 400,000 draws of argmax(log π + λU + Gumbel) each share is within 4 standard errors of the rule."""
    base, utility, draws = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.0, -1.0, 0.5, 1.5]), 400_000
    noise = np.random.default_rng(3).gumbel(size=(4, draws))
    best = (np.log(base)[:, None] + 0.8 * utility[:, None] + noise).argmax(axis=0)
    share = np.bincount(best, minlength=4) / draws
    wanted = choice(base, utility, 0.8)
    assert (np.abs(share - wanted) < 4.0 * np.sqrt(wanted * (1.0 - wanted) / draws)).all()


@exactly
@given(bases, utilities, intensities)
def test_the_inclusive_value_has_the_probabilities_as_derivative(
    base: Array, utility: Array, intensity: float
) -> None:
    """Williams, Daly and Zachary: ∂V/∂U(a) = P(a), by central differences."""
    step = 1e-5
    slopes = [
        (
            inclusive_value(base, utility + step * one, intensity)
            - inclusive_value(base, utility - step * one, intensity)
        )
        / (2.0 * step)
        for one in np.eye(ALTERNATIVES)
    ]
    assert np.array(slopes) == pytest.approx(choice(base, utility, intensity), abs=1e-7)


@exactly
@given(bases, utilities)
def test_the_inclusive_value_lies_between_mean_and_best(base: Array, utility: Array) -> None:
    mean = float(base @ utility)
    assert inclusive_value(base, utility, 0.0) == pytest.approx(mean, abs=1e-12)
    assert inclusive_value(base, utility, 1e-6) == pytest.approx(mean, abs=1e-4)
    assert mean - 1e-9 <= inclusive_value(base, utility, 1.0) <= utility.max() + 1e-12


@exactly
@given(bases, utilities, intensities)
def test_the_tilt_behind_a_choice_is_the_utility_beyond_the_inclusive_value(
    base: Array, utility: Array, intensity: float
) -> None:
    tilt = tilt_behind(base, choice(base, utility, intensity))
    assert tilt == pytest.approx(intensity * (utility - inclusive_value(base, utility, intensity)), abs=1e-11)
    assert choice(base, tilt) == pytest.approx(choice(base, utility, intensity), abs=1e-12)


def test_logistic_by_hand_and_at_the_ends() -> None:
    found = logistic(np.array([-800.0, 0.0, np.log(3.0), 800.0]))
    assert found == pytest.approx([0.0, 0.5, 0.75, 1.0], abs=1e-15)


@exactly
@given(st.floats(-30, 30))
def test_logit_undoes_logistic(x: float) -> None:
    p = logistic(np.array([x]))
    assert p + logistic(np.array([-x])) == pytest.approx(1.0, abs=1e-15)
    assert logit(p) == pytest.approx(x, rel=1e-9, abs=1e-9 + 4e-16 * np.exp(abs(x)))


@exactly
@given(st.floats(0.01, 0.99), st.floats(-5, 5), st.floats(0.0, 3.0))
def test_two_alternatives_are_the_general_rule(base: float, utility: float, intensity: float) -> None:
    two = choice(np.array([1.0 - base, base]), np.array([0.0, utility]), intensity)
    assert tilt_odds(base, np.array([utility]), intensity) == pytest.approx(two[1], abs=1e-12)


def test_odds_without_intensity_are_the_base_rate_bit_for_bit() -> None:
    assert np.array_equal(tilt_odds(0.3, np.array([5.0, -5.0]), 0.0), [0.3, 0.3])


@exactly
@given(bases, utilities, utilities, st.floats(0.0, 1.0))
def test_evidence_is_a_log_likelihood_ratio_dulled_by_what_is_unseen(
    base: Array, one: Array, other: Array, seen: float
) -> None:
    sincere, gamer = choice(base, one), choice(base, other)
    clear = evidence(base, sincere, gamer, 1.0)
    assert clear == pytest.approx(np.log(sincere) - np.log(gamer), abs=1e-11)
    assert (np.abs(evidence(base, sincere, gamer, seen)) <= np.abs(clear) + 1e-12).all()
    assert np.array_equal(evidence(base, sincere, gamer, 0.0), np.zeros(ALTERNATIVES))
    assert np.array_equal(evidence(base, sincere, sincere, seen), np.zeros(ALTERNATIVES))


def test_evidence_by_hand() -> None:
    """Seen half the time: (½·.8 + ½·.5) / (½·.2 + ½·.5) = .65/.35."""
    found = evidence(np.array([0.5]), np.array([0.8]), np.array([0.2]), 0.5)
    assert found == pytest.approx(np.log(0.65 / 0.35))


def test_picks_follow_the_cumulated_probabilities() -> None:
    probability = np.array([0.2, 0.5, 0.3])[:, None]
    uniform = np.array([0.0, 0.1999, 0.2, 0.6999, 0.7, 0.9999])
    assert pick(probability, uniform).tolist() == [0, 0, 1, 1, 2, 2]


@exactly
@given(bases)
def test_evenly_spaced_draws_pick_in_proportion(probability: Array) -> None:
    draws = (np.arange(10_000) + 0.5) / 10_000
    picked = pick(probability[:, None], draws)
    assert (np.diff(picked) >= 0).all()
    share = np.bincount(picked, minlength=ALTERNATIVES) / len(draws)
    assert share == pytest.approx(probability, abs=1.01e-4)
