"""General Assembly votes: the ordered choice in closed form, its peak, and what moves a state along it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import BLUE, FAR, RED, SHAPE, Given, calendar, exactly, setting, state, with_figure

from tightrope.model.account import utility
from tightrope.model.choice import Array, choice
from tightrope.model.state import Setting, State, Vote
from tightrope.model.tally import SCORE
from tightrope.model.vote import (
    ABSENT,
    OPTIONS,
    baseline,
    leaning,
    level,
    vote,
    vote_accounts,
)

NO, ABSTAIN, YES = range(3)
positions, sharpness = st.floats(-3.0, 3.0), st.floats(0.2, 3.0)
thresholds = st.tuples(st.floats(-2.0, 2.0), st.floats(-2.0, 2.0))


def expected_score(probability: np.ndarray) -> np.ndarray:
    """E[score | present]: 0 for No to 2 for Yes, given that the state votes."""
    return (probability[1] + 2.0 * probability[2]) / probability[:3].sum(axis=0)


def at(x: float, first: float, second: float, a: float, absent: float = -2.0) -> Array:
    """The probabilities of a state at x, the level as baseline and a x as the tilt by the score."""
    base = np.exp(level(first, second, absent, a))
    return choice(base / base.sum(), SCORE * a * x)


def test_worked_by_hand() -> None:
    """At x = 0 with thresholds -ln 2 and ln 2, a = 1 and absence ln 1: weights 1, 2, 1, 1."""
    assert at(0.0, -np.log(2.0), np.log(2.0), 1.0, 0.0) == pytest.approx([0.2, 0.4, 0.2, 0.2])
    assert OPTIONS == ("no", "abstain", "yes", "absent")


@exactly
@given(positions, thresholds, sharpness)
def test_adjacent_categories_in_closed_form(x: float, cuts: tuple[float, float], a: float) -> None:
    found = at(x, *cuts, a)
    assert np.log(found[ABSTAIN] / found[NO]) == pytest.approx(a * (x - cuts[0]), abs=1e-11)
    assert np.log(found[YES] / found[ABSTAIN]) == pytest.approx(a * (x - cuts[1]), abs=1e-11)


@exactly
@given(thresholds, sharpness, st.floats(0.05, 2.0))
def test_abstention_peaks_between_the_thresholds(cuts: tuple[float, float], a: float, off: float) -> None:
    """At (b1 + b2) / 2 its share of the votes cast is 1 / (1 + 2 e^{-a (b2 - b1) / 2})."""
    middle = sum(cuts) / 2.0

    def share(x: float) -> float:
        found = at(x, *cuts, a)
        return float(found[ABSTAIN] / found[:ABSENT].sum())

    assert share(middle) == pytest.approx(
        1.0 / (1.0 + 2.0 * np.exp(-a * (cuts[1] - cuts[0]) / 2.0)), abs=1e-12
    )
    assert share(middle + off) < share(middle)
    assert share(middle - off) == pytest.approx(share(middle + off), abs=1e-12)


@exactly
@given(positions, st.floats(0.01, 1.0), thresholds, sharpness)
def test_the_expected_score_rises_with_the_position_and_with_the_severity(
    x: float, extra: float, cuts: tuple[float, float], a: float
) -> None:
    """ζ lowers both thresholds alike, which is the same as moving the state."""
    before, after = expected_score(at(x, *cuts, a)), expected_score(at(x + extra, *cuts, a))
    severe = expected_score(at(x, cuts[0] - extra, cuts[1] - extra, a))
    assert after > before
    assert severe == pytest.approx(after, abs=1e-12)
    assert 0.0 <= before <= 2.0


def item(
    month: int = 0, id_: str = "first", precedent: tuple[float, float] = (0.0, 0.0), format_: str = "usual"
) -> Vote:
    base = np.log(np.array([0.1, 0.3, 0.5, 0.1]))
    return Vote(id_, format_, month, base, np.array(precedent), np.array([-1.0, 1.0, 0.0]))


def test_leaning_by_hand() -> None:
    """RED says no, BLUE yes. Trade beyond the world's -.10 + .05; the ally's share -.4; own .1 + 2 × .5 + .2."""
    given_ = setting(precedent_weight=2.0, debt_weight=0.3)
    pulls = leaning(state(debt=2.0), given_, item(precedent=(0.5, 0.0)))
    found = {name: np.broadcast_to(pull, SHAPE)[0, 0] for name, pull in pulls.items()}
    assert found == pytest.approx(
        {"economy": -0.05, "security": -0.4, "domestic": 0.3, "autonomy": -0.6, "principle": 1.3}
    )


def test_accounts_by_hand() -> None:
    """Each pull times 0, 1, 2 and, for absence, 1; staying away relieves who is torn: .3 × 4 × .4 × .2."""
    accounts = vote_accounts(state(debt=1.0), setting(cross_pressure=0.3, debt_weight=0.15), item())
    assert accounts["domestic"][:, 0, 0] == pytest.approx([0.0, 0.3, 0.6, 0.3])
    assert accounts["autonomy"][:, 0, 0] == pytest.approx([0.0, -0.15, -0.3, -0.15 + 0.096])
    assert all(phi.shape == (4, *SHAPE) for phi in accounts.values())


def test_a_baseline_may_differ_between_runs() -> None:
    same = baseline(item(), (4, *SHAPE))
    assert same[:, 0, 0] == pytest.approx([0.1, 0.3, 0.5, 0.1])
    shifted = np.log(np.array([[0.1, 0.2], [0.3, 0.6], [0.5, 1.0], [0.1, 0.2]]))
    found = baseline(Vote("x", "usual", 0, shifted, np.zeros(2), np.zeros(3)), (4, 2, 2))
    assert found == pytest.approx(np.broadcast_to(same[:, :1], (4, 2, 2)))


def held(
    uniform: float, now: State | None = None, given_: Setting | None = None, *votes: Vote
) -> dict[str, Array]:
    given_ = given_ or setting(schedule=calendar(votes or (item(),)))
    draws = {f"vote.{one.format}": uniform for one in given_.schedule.votes}
    return dict(vote(now or state(), {}, given_, Given(0, draws)).flow)


def test_only_the_months_votes_are_held() -> None:
    given_ = setting(schedule=calendar((item(0), item(3, "later"), item(0, "other"))))
    found = held(0.5, None, given_)
    assert set(found) == {"vote.first", "why_vote.first", "vote.other", "why_vote.other", "evidence_vote"}
    one = held(0.5, None, setting(schedule=calendar((item(0),))))["evidence_vote"]
    assert found["evidence_vote"] == pytest.approx(2.0 * one)
    assert vote(state(), {}, given_, Given(1)).flow == {}


def test_without_intensity_votes_are_drawn_from_the_tally() -> None:
    given_ = setting(schedule=calendar((item(),)), choice_intensity=0.0)
    for uniform, option in ((0.05, NO), (0.2, ABSTAIN), (0.5, YES), (0.95, ABSENT)):
        assert np.array_equal(held(uniform, None, given_)["vote.first"], np.full(SHAPE, float(option)))


def test_a_habit_keeps_the_draw_of_the_format() -> None:
    """At habit .7, a lot of .69 takes the format's draw of .05, one of .71 the vote's own of .95; never another's."""
    votes = (item(0, "first"), item(0, "second"), item(0, "third", format_="other"))
    uniforms = {f"habit.{name}": lot for name, lot in (("first", 0.69), ("second", 0.71), ("third", 0.69))}
    uniforms |= {
        "vote.usual": 0.05,
        "vote.other": 0.2,
        "vote.first": 0.5,
        "vote.second": 0.95,
        "vote.third": 0.5,
    }
    given_ = setting(schedule=calendar(votes), choice_intensity=0.0, vote_habit=0.7)
    found = vote(state(), {}, given_, Given(0, uniforms)).flow
    for name, option in (("first", NO), ("second", ABSENT), ("third", ABSTAIN)):
        assert np.array_equal(found[f"vote.{name}"], np.full(SHAPE, float(option))), name


def drawn(now: State, given_: Setting) -> Array:
    """The probabilities that the mechanism draws from, recovered from a grid of 2000 draws."""
    grid = [held((k + 0.5) / 2000, now, given_)["vote.first"] for k in range(2000)]
    return np.array(
        [[np.mean([one[n, 0] == option for one in grid]) for n in range(2)] for option in range(4)]
    )


def test_the_explanation_sums_to_the_log_odds_that_votes_are_drawn_from() -> None:
    divisors = {"vote": {"economy": 0.3, "security": 0.3, "principle": 2.0, "reputation": 0.05}}
    given_ = setting(divisors=divisors, schedule=calendar((item(),)), weight_principle=0.7)
    given_ = with_figure(given_, ideal_point=np.array([[0.1], [-0.5]]))
    now = state(debt=0.5)
    chance = drawn(now, given_)
    found = held(0.5, now, given_)
    assert found["why_vote.first"].shape == (7, 1)
    assert found["why_vote.first"].sum() == pytest.approx(
        np.log(chance[ABSTAIN, 0] / chance[YES, 0]), abs=0.01
    )
    assert np.abs(chance[:, 0] - chance[:, 1]).max() > 0.01  # the table is that of the focus actor alone


def score(now: State, given_: Setting, one: Vote) -> Array:
    accounts = vote_accounts(now, given_, one)
    base = np.broadcast_to(np.exp(one.log_base)[:, None, None], (4, *SHAPE))
    return expected_score(choice(base, utility(accounts, given_.weights, {})))


@exactly
@given(st.floats(-1.0, 1.0), st.floats(0.05, 1.0))
def test_ideal_point_opinion_statement_and_precedent_pull_to_yes(value: float, extra: float) -> None:
    before, after = (score(state(opinion=x), setting(), item()) for x in (value, value + extra))
    assert (after > before).all()
    for name in ("ideal_point", "stated_vote"):
        before, after = (score(state(), setting({name: x}), item()) for x in (value, value + extra))
        assert (after > before).all(), name
    before, after = (score(state(), setting(), item(precedent=(x, x))) for x in (value, value + extra))
    assert (after > before).all()


@exactly
@given(st.floats(0.0, 20.0), st.floats(1.0, 10.0))
def test_trade_pulls_to_the_partners_side(trade: float, extra: float) -> None:
    for pole, sign in ((RED, -1.0), (BLUE, 1.0), (FAR, 0.0)):
        values = [np.full((3, *SHAPE), 5.0) for _ in range(2)]
        values[0][pole], values[1][pole] = trade, trade + extra
        before, after = (score(state(), with_figure(setting(), trade=one), item()) for one in values)
        assert np.array_equal(np.sign(after - before), np.full(SHAPE, sign))


@exactly
@given(st.floats(0.0, 2.0), st.floats(0.05, 1.0))
def test_a_debt_pulls_to_no(debt: float, extra: float) -> None:
    before, after = (score(state(debt=d), setting(), item()) for d in (debt, debt + extra))
    assert (after < before).all()


def test_who_leans_to_its_ally_votes_with_it() -> None:
    red, blue = state(share=(0.6, 0.1, 0.1, 0.2)), state(share=(0.1, 0.6, 0.1, 0.2))
    assert (score(red, setting(), item()) < score(blue, setting(), item())).all()
    alone = setting(weight_autonomy=0.0)
    red, blue = replace(red, ally=np.zeros(SHAPE)), replace(blue, ally=np.zeros(SHAPE))
    assert np.array_equal(score(red, alone, item()), score(blue, alone, item()))


def test_who_is_torn_stays_away() -> None:
    def away(now: State) -> Array:
        given_ = setting(schedule=calendar((item(),)), weight_security=0.0, weight_reputation=0.0)
        accounts = vote_accounts(now, given_, item())
        base = np.broadcast_to(np.exp(item().log_base)[:, None, None], (4, *SHAPE))
        return choice(base, utility(accounts, given_.weights, {}))[ABSENT]

    torn, sure = state(share=(0.4, 0.4, 0.1, 0.1)), state(share=(0.7, 0.1, 0.1, 0.1))
    assert (away(torn) > away(sure)).all()
