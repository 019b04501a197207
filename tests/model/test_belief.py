"""Sincerity: Bayes' rule with a leak, and what cheap and costly acts can tell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import SHAPE, Given, exactly, flow, setting, state

from tightrope.model.belief import acts_evidence, belief, observability, reputation, seen, update
from tightrope.model.choice import Array, choice, evidence, logistic
from tightrope.model.state import AUDIENCES, Setting

alternatives = 3
utilities = st.lists(st.floats(-4, 4), min_size=alternatives, max_size=alternatives).map(np.array)
bases = st.lists(st.floats(0.05, 1.0), min_size=alternatives, max_size=alternatives).map(
    lambda weights: np.array(weights) / np.sum(weights)
)
odds = st.floats(-4, 4)
sight = st.floats(0.05, 1.0)


def test_update_by_hand() -> None:
    """Keeps .9 of 2, is drawn by .1 to -1, and hears .5."""
    assert update(np.array([2.0]), np.array([-1.0]), 0.9, 0.5) == pytest.approx([2.2])


@exactly
@given(st.floats(-1.0, 1.0), st.floats(0.5, 0.95), st.floats(-2.0, 2.0))
def test_the_same_evidence_every_month_rests_where_the_leak_balances_it(
    ratio: float, memory: float, prior: float
) -> None:
    """From a prior of 0 at LLR / (1 - ρ), else beyond the prior by as much."""
    log_odds = np.array([0.0])
    for _ in range(600):
        log_odds = update(log_odds, np.array([prior]), memory, ratio)
    assert log_odds == pytest.approx(prior + ratio / (1.0 - memory), abs=1e-9)


@exactly
@given(bases, utilities, utilities, odds, sight)
def test_belief_is_a_martingale_under_the_audiences_own_forecast(
    base: Array, sincere: Array, gamer: Array, prior: float, seen_: float
) -> None:
    one, other = choice(base, sincere), choice(base, gamer)
    ratio = evidence(base, one, other, seen_)
    belief_ = logistic(np.array([prior])).item()
    unseen = (1.0 - seen_) * base
    forecast = belief_ * (seen_ * one + unseen) + (1.0 - belief_) * (seen_ * other + unseen)
    assert float(forecast @ logistic(prior + ratio)) == pytest.approx(belief_, abs=1e-12)


@exactly
@given(bases, utilities, utilities, sight)
def test_on_average_the_truth_comes_out(base: Array, sincere: Array, gamer: Array, seen_: float) -> None:
    """Expected LLR under the true type is a Kullback-Leibler divergence: never negative."""
    one, other = choice(base, sincere), choice(base, gamer)
    ratio = evidence(base, one, other, seen_)
    for type_, sign in ((one, 1.0), (other, -1.0)):
        true = seen_ * type_ + (1.0 - seen_) * base
        assert sign * float(true @ ratio) >= -1e-13
    kl = float(one @ (np.log(one) - np.log(other)))
    assert float(one @ evidence(base, one, other, 1.0)) == pytest.approx(kl, abs=1e-12)


def menu(**accounts: float) -> dict[str, Array]:
    """Not doing it, and doing it with these accounts, for both deciders."""
    return {
        name: np.broadcast_to(np.reshape([0.0, value], (2, 1, 1)), (2, *SHAPE))
        for name, value in accounts.items()
    }


EVEN = np.full((2, *SHAPE), 0.5)


def told(given_: Setting, **accounts: float) -> Array:
    """What doing it tells each audience of AAA."""
    return acts_evidence(EVEN, menu(**accounts), given_, "menu")[:, 1, 0, 0]


def test_evidence_by_hand() -> None:
    """A cost of 1 weighs ½ with the sincere and 2 with the gamer; the West sees all of it, the target half."""
    given_ = setting(
        sincere_economy=0.5, gamer_economy=2.0, observability_sanctioner=1.0, observability_target=0.5
    )
    sincere, gamer = 1 / (1 + np.exp(0.5)), 1 / (1 + np.exp(2.0))
    wanted = [np.log(sincere / gamer), np.log((0.5 * sincere + 0.25) / (0.5 * gamer + 0.25))]
    assert told(given_, economy=-1.0) == pytest.approx(wanted)
    assert AUDIENCES == ("sanctioner", "target")
    assert [float(o[0]) for o in observability(given_)] == [1.0, 0.5]


@exactly
@given(st.floats(-3.0, 3.0), st.sampled_from(["security", "domestic", "autonomy"]), st.floats(0.1, 2.0))
def test_cheap_talk_tells_nothing(value: float, account: str, weight: float) -> None:
    """Types weigh these accounts alike, so whatever is at stake in them is no evidence."""
    given_ = setting(**{f"weight_{account}": weight})
    assert np.array_equal(told(given_, **{account: value}), np.zeros(2))
    alike = setting(sincere_economy=1.0, gamer_economy=1.0, sincere_principle=1.0, gamer_principle=1.0)
    assert np.array_equal(told(alike, economy=value, principle=value), np.zeros(2))


@exactly
@given(st.floats(0.05, 3.0), st.floats(0.05, 1.0), st.floats(0.05, 0.9), st.floats(1.05, 3.0), sight)
def test_a_costly_act_tells_more_than_a_cheap_one(
    cost: float, extra: float, sincere: float, gamer: float, o: float
) -> None:
    """Positive at any sight, and seen in full the more, the more it costs."""
    types = {"sincere_economy": sincere, "gamer_economy": gamer}
    partly = setting(**types, observability_sanctioner=o)
    assert told(partly, economy=-cost)[0] > 0.0 == told(partly, economy=0.0)[0]
    whole = setting(**types, observability_sanctioner=1.0)
    assert told(whole, economy=-cost - extra)[0] > told(whole, economy=-cost)[0]


@exactly
@given(st.floats(0.05, 3.0), st.floats(0.05, 1.0))
def test_a_stand_on_principle_tells_of_sincerity(principle: float, weight: float) -> None:
    assert (told(setting(weight_principle=weight), principle=principle) > 0.0).all()
    assert (told(setting(weight_principle=weight), principle=-principle) < 0.0).all()


@exactly
@given(st.floats(0.1, 3.0), st.floats(0.05, 0.5), st.floats(0.05, 0.5))
def test_a_closer_look_tells_more(cost: float, sight_: float, extra: float) -> None:
    near, far = (told(setting(observability_target=o), economy=-cost)[1] for o in (sight_ + extra, sight_))
    assert near > far > 0.0


def test_a_menu_without_what_types_weigh_apart_has_evidence_of_its_shape() -> None:
    assert np.array_equal(
        acts_evidence(EVEN, menu(security=1.0), setting(), "menu"), np.zeros((2, 2, *SHAPE))
    )


def test_likelihoods_leave_reputation_out() -> None:
    """Level 0: nobody reasons about reasoning."""
    given_ = setting()
    assert np.array_equal(told(given_, economy=-1.0, reputation=5.0), told(given_, economy=-1.0))


def test_divisors_and_intensity_scale_what_types_feel() -> None:
    divided = setting(divisors={"menu": {"economy": 2.0}})
    assert told(divided, economy=-2.0) == pytest.approx(told(setting(), economy=-1.0))
    assert told(setting(choice_intensity=0.5), economy=-2.0) == pytest.approx(told(setting(), economy=-1.0))
    assert np.array_equal(told(setting(choice_intensity=0.0), economy=-2.0), np.zeros(2))


def test_reputation_by_hand() -> None:
    """Leaning .4 to the target and .2 to the sanctioner, both at even odds; an act that tells ln 3 lifts
    either belief from ½ to ¾: .2 × ¼ - .4 × ¼.
    """
    ratio = np.zeros((2, 2, *SHAPE))
    ratio[:, 1] = np.log(3.0)
    found = reputation(state(), ratio, setting(audience_value=1.0))
    assert found[:, 0, 0] == pytest.approx([0.0, -0.05])
    only_west = ratio.copy()
    only_west[1] = 0.0
    assert reputation(state(), only_west, setting(audience_value=2.0))[:, 0, 0] == pytest.approx([0.0, 0.1])


def test_reputation_counts_from_where_belief_rests() -> None:
    """Memory .5 halves log-odds of 2 to 1 (prior 0) before the act speaks."""
    given_ = setting(belief_memory=0.5, audience_value=1.0)
    now = state(log_odds=2.0, share=(0.0, 1.0, 0.0, 0.0))
    found = reputation(now, np.zeros((2, 1, *SHAPE)), given_)
    assert found[0, 0, 0] == pytest.approx(1 / (1 + np.exp(-1.0)) - 1 / (1 + np.exp(-2.0)))


@exactly
@given(odds, st.floats(0.05, 2.0))
def test_the_west_likes_distance_and_the_target_loyalty(prior: float, ratio: float) -> None:
    telling = np.stack([np.zeros((2, *SHAPE)), np.full((2, *SHAPE), ratio)], axis=1)
    west = reputation(state(log_odds=prior, share=(0.0, 0.5, 0.2, 0.3)), telling, setting())
    east = reputation(state(log_odds=prior, share=(0.5, 0.0, 0.2, 0.3)), telling, setting())
    assert (west[1] > west[0]).all()
    assert (east[1] < east[0]).all()


def test_seen_is_what_was_chosen() -> None:
    ratio = np.arange(12.0).reshape(2, 3, 2, 1)
    chosen = np.array([[2], [0]])
    assert seen(ratio, chosen)[:, :, 0].tolist() == [[4.0, 1.0], [10.0, 7.0]]


def test_the_month_adds_up_all_evidence() -> None:
    """.9 × 1 + .1 × .5 + .3 + .2."""
    given_ = setting({"sincerity_prior": 0.5}, belief_memory=0.9)
    quantities = flow(evidence_compliance=np.full((2, *SHAPE), 0.3), evidence_vote=np.full((2, *SHAPE), 0.2))
    change = belief(state(log_odds=1.0), quantities, given_, Given())
    assert change.state["log_odds"] == pytest.approx(np.full((2, *SHAPE), 1.45))
    quiet = belief(state(log_odds=1.0), flow(), given_, Given())
    assert quiet.state["log_odds"] == pytest.approx(np.full((2, *SHAPE), 0.95))


def test_belief_stays_short_of_certainty() -> None:
    change = belief(state(log_odds=19.9), flow(evidence_vote=np.full((2, *SHAPE), 9.0)), setting(), Given())
    assert np.array_equal(change.state["log_odds"], np.full((2, *SHAPE), 20.0))
