"""Request and intervention: backward induction by hand, its limit, and what troops do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import SHAPE, Given, exactly, flow, only, setting, state

from tightrope.model.choice import logistic
from tightrope.model.security import (
    TYPICAL,
    client_accounts,
    intervene,
    patron_accounts,
    request,
    security,
    usual_accounts,
)
from tightrope.model.state import Change, Setting, State

rates = st.floats(0.05, 0.95)
values = st.floats(-3.0, 3.0)


def one(x: float) -> np.ndarray:
    return np.array([x])


def test_worked_by_hand() -> None:
    """Grants 3 of 4 at U = ln 2: odds 6 to 1. Asks 1 of 2 with U = 6/7 ln 3 + 1/7 (-ln 3) = 5/7 ln 3."""
    p4 = intervene(0.75, one(np.log(2.0)))
    assert p4 == pytest.approx(6 / 7)
    p2 = request(0.5, p4, one(np.log(3.0)), one(-np.log(3.0)))
    assert p2 == pytest.approx(3 ** (5 / 7) / (1 + 3 ** (5 / 7)))
    # Had asking been worth 3/7 ln 3 in the cases counted, 2/7 ln 3 would be left.
    p2 = request(0.5, p4, one(np.log(3.0)), one(-np.log(3.0)), usual=3 / 7 * np.log(3.0))
    assert p2 == pytest.approx(3 ** (2 / 7) / (1 + 3 ** (2 / 7)))


@exactly
@given(rates, rates, values, values, values, values, st.floats(0.0, 3.0))
def test_closed_form(
    base4: float, base2: float, value: float, helped: float, refused: float, usual: float, intensity: float
) -> None:
    p4 = logistic(one(np.log(base4 / (1 - base4)) + intensity * value))
    worth = p4[0] * helped + (1 - p4[0]) * refused - usual
    p2 = logistic(one(np.log(base2 / (1 - base2)) + intensity * worth))
    assert intervene(base4, one(value), intensity) == pytest.approx(p4, abs=1e-12)
    assert request(base2, p4, one(helped), one(refused), intensity, usual) == pytest.approx(p2, abs=1e-12)


def test_without_intensity_both_are_their_base_rates() -> None:
    assert np.array_equal(intervene(0.7, one(2.0), 0.0), [0.7])
    assert np.array_equal(request(0.2, one(0.9), one(2.0), one(-2.0), 0.0, 0.7), [0.2])


@exactly
@given(rates, rates, st.floats(0.1, 3.0), st.floats(0.1, 3.0), st.floats(0.1, 3.0))
def test_great_intensity_is_the_subgame_perfect_outcome(
    base4: float, base2: float, value: float, helped: float, refused: float
) -> None:
    """A patron who loses by helping does not, so nobody asks; one who gains does, so help is asked for."""
    great = 1e4
    for sign, wanted in ((-1.0, 0.0), (1.0, 1.0)):
        p4 = intervene(base4, one(sign * value), great)
        assert p4 == pytest.approx(wanted, abs=1e-12)
        assert request(base2, p4, one(helped), one(-refused), great) == pytest.approx(wanted, abs=1e-12)


@exactly
@given(rates, st.floats(0.0, 0.9), st.floats(0.01, 0.1), values, st.floats(0.05, 3.0), st.floats(0.1, 3.0))
def test_the_more_likely_help_the_more_it_is_asked_for(
    base: float, p4: float, extra: float, refused: float, better: float, intensity: float
) -> None:
    before, after = (
        request(base, one(p), one(refused + better), one(refused), intensity) for p in (p4, p4 + extra)
    )
    assert after > before


def test_accounts_by_hand() -> None:
    """Stake 2 (.4 - ¼) less .3 (1/(1 - ½) - 1/(1 - 0)); not a member: 1.5 × (0 - 1)."""
    given_ = setting(
        {"ally": 0.0}, patron_stake=2.0, intervention_cost=0.3, tied_down_reference=0.0, treaty_standing=1.5
    )
    patron = patron_accounts(state(), flow(tied_down=(0.5, 0.0, 0.0)), given_)
    assert patron["security"][0, 0, 0] == pytest.approx(0.0)
    assert patron["reputation"][0, 0, 0] == pytest.approx(-1.5)
    given_ = setting(help_value=2.0, autonomy_loss=0.5, refusal_cost=0.25)
    helped, refused = client_accounts(state(defection=0.8, debt=1.0), given_)
    assert helped["security"][0, 0, 0] == pytest.approx(1.6)
    assert helped["autonomy"][0, 0, 0] == pytest.approx(-0.5 * 1.2)
    assert refused["domestic"][0, 0, 0] == pytest.approx(-0.2)
    eased, snubbed = usual_accounts(given_)
    assert TYPICAL == (0.75, 0.2)
    assert eased["security"][0, 0, 0] == pytest.approx(1.5)
    assert eased["autonomy"][0, 0, 0] == pytest.approx(-0.1)
    assert snubbed["domestic"][0, 0, 0] == pytest.approx(-0.1875)
    found = (patron, helped, refused, eased, snubbed)
    assert all(phi.shape == (1, *SHAPE) for accounts in found for phi in accounts.values())


def played(now: State, given_: Setting, **given: object) -> Change:
    uniforms = {"request": 0.0, "intervention": 0.0, "withdrawal": 1.0} | dict(given.pop("uniforms", {}))  # type: ignore[call-overload]
    return security(now, flow(**given), given_, Given(uniforms=uniforms))


def test_a_member_of_the_reference_class_gets_its_base_rate() -> None:
    """At the average share, as tied down as the cases were, an ally: U = 0, so p4 is the count."""
    given_ = setting(grant_base_rate=0.6, tied_down_reference=0.1)
    change = played(state(share=(0.25, 0.25, 0.25, 0.25)), given_, tied_down=(0.1, 0.0, 0.0))
    assert change.flow["p_intervene"] == pytest.approx(np.full(SHAPE, 0.6), abs=1e-12)


@exactly
@given(rates, rates, st.floats(0.1, 2.0), st.floats(0.1, 2.0), st.floats(0.1, 2.0), st.floats(0.1, 3.0))
def test_a_typical_client_asks_at_the_base_rate(
    grant: float, ask: float, helped: float, loss: float, refused: float, intensity: float
) -> None:
    """Unrest and strength as in the cases counted, no debt, and a patron who grants as usual: U = 0."""
    given_ = setting(
        {"capability": TYPICAL[1]},
        divisors={"request": {"security": 0.3, "autonomy": 0.1, "domestic": 2.0}},
        grant_base_rate=grant,
        request_base_rate=ask,
        help_value=helped,
        autonomy_loss=loss,
        refusal_cost=refused,
        choice_intensity=intensity,
        tied_down_reference=0.1,
    )
    now = state(share=(0.25, 0.25, 0.25, 0.25), defection=TYPICAL[0])
    found = played(now, given_, tied_down=(0.1, 0.0, 0.0)).flow
    assert found["p_intervene"] == pytest.approx(np.full(SHAPE, grant), abs=1e-12)
    assert found["p_request"] == pytest.approx(np.full(SHAPE, ask), abs=1e-12)
    fuller = played(state(share=(0.25,) * 4, defection=0.9), given_, tied_down=(0.1, 0.0, 0.0)).flow
    strong = played(
        state(share=(0.25,) * 4, defection=0.75, debt=0.1), given_, tied_down=(0.1, 0.0, 0.0)
    ).flow
    assert (strong["p_request"] < ask).all()
    assert (
        np.sign(fuller["p_request"] - ask) == np.sign(grant * helped / 0.3 - (1 - grant) * refused / 2)
    ).all()


def test_probabilities_of_the_month_by_hand() -> None:
    """Every weight 1, divisors 2 and 4: p4 from 3 to 1 and (.15 / 2), p2 from p4 (.8/4 - .1) - (1 - p4) .4 × .8
    less what the usual emergency is worth: ¾ (.75/4 - .1) - ¼ .4 × .75 = -.009375.
    """
    divisors = {"intervene": {"security": 2.0}, "request": {"security": 4.0}}
    given_ = setting(
        {"capability": 0.2},
        divisors=divisors,
        grant_base_rate=0.75,
        request_base_rate=0.5,
        patron_stake=1.0,
        intervention_cost=0.3,
        tied_down_reference=0.0,
        help_value=1.0,
        autonomy_loss=0.5,
        refusal_cost=0.4,
    )
    change = played(state(defection=0.8), given_)
    p4 = 3.0 / (3.0 + np.exp(-0.075))
    assert change.flow["p_intervene"] == pytest.approx(np.full(SHAPE, p4), abs=1e-12)
    worth = p4 * 0.1 - (1.0 - p4) * 0.32 + 0.009375
    assert change.flow["p_request"] == pytest.approx(np.full(SHAPE, 1.0 / (1.0 + np.exp(-worth))), abs=1e-12)


def p4(now: State, given_: Setting, **given: object) -> np.ndarray:
    return np.asarray(played(now, given_, **given).flow["p_intervene"])


@exactly
@given(st.floats(0.0, 0.5), st.floats(0.05, 0.4))
def test_a_patron_tied_down_helps_less(tied: float, extra: float) -> None:
    before, after = (p4(state(), setting(), tied_down=(b, 0.0, 0.0)) for b in (tied, tied + extra))
    assert (after < before).all()
    elsewhere = (p4(state(), setting(), tied_down=(0.0, b, 0.0)) for b in (tied, tied + extra))
    assert np.array_equal(*elsewhere)


@exactly
@given(st.floats(0.1, 0.4), st.floats(0.05, 0.3))
def test_a_patron_helps_who_leans_to_it(share: float, extra: float) -> None:
    before, after = (p4(state(share=(s, 0.9 - s, 0.05, 0.05)), setting()) for s in (share, share + extra))
    assert (after > before).all()


def test_a_patron_helps_a_treaty_member_sooner() -> None:
    assert (p4(state(), setting({"ally": 1.0})) > p4(state(), setting({"ally": 0.0}))).all()


@exactly
@given(st.floats(0.5, 0.8), st.floats(0.05, 0.2))
def test_fuller_streets_make_the_client_ask(mass: float, extra: float) -> None:
    given_ = setting(**only("security"))
    before, after = (played(state(defection=m), given_).flow["p_request"] for m in (mass, mass + extra))
    assert (after > before).all()


@exactly
@given(st.floats(0.0, 2.0), st.floats(0.05, 1.0))
def test_a_debtor_asks_less(debt: float, extra: float) -> None:
    before, after = (played(state(debt=d), setting()).flow["p_request"] for d in (debt, debt + extra))
    assert (after < before).all()


def test_only_an_ally_in_an_emergency_without_troops_asks() -> None:
    now = state(defection=0.8)
    assert np.array_equal(played(now, setting()).flow["request"], np.ones(SHAPE))
    assert not played(now, setting({"ally": 0.0})).flow["request"].any()
    assert not played(now, setting(), emergency=0.0).flow["request"].any()
    assert not played(state(troops=1.0), setting()).flow["request"].any()
    assert not played(now, setting(), uniforms={"request": 0.999}).flow["request"].any()
    refused = played(now, setting(), uniforms={"intervention": 0.999})
    assert np.array_equal(refused.flow["request"], np.ones(SHAPE))
    assert not refused.flow["intervention"].any()
    assert np.array_equal(refused.state["defection"], now.defection)


def test_an_intervention_empties_the_streets_and_is_owed_for() -> None:
    change = played(state(defection=0.8, debt=1.0), setting(intervention_effect=0.75, debt_half_life=12.0))
    assert change.state["defection"] == pytest.approx(np.full((2, *SHAPE), 0.2))
    assert change.state["debt"] == pytest.approx(np.full(SHAPE, 1.0 + 0.5 ** (1 / 12)))
    assert np.array_equal(change.state["troops"], np.ones(SHAPE))


def test_a_debt_halves_in_its_half_life() -> None:
    now, given_ = state(debt=1.0), setting(debt_half_life=12.0)
    for _ in range(12):
        now = state(debt=played(now, given_, emergency=0.0).state["debt"])
    assert now.debt == pytest.approx(np.full(SHAPE, 0.5))


def test_troops_leave_at_their_hazard() -> None:
    """Hazard .2 + .5 (1 - .4) = .5: a draw below takes them home, one above does not."""
    now, given_ = state(troops=1.0, defection=0.4), setting(withdrawal_base=0.2, withdrawal_calm=0.5)
    for draw, stay in ((0.49, 0.0), (0.51, 1.0)):
        change = played(now, given_, emergency=0.0, uniforms={"withdrawal": draw})
        assert np.array_equal(change.state["troops"], np.full(SHAPE, stay))


def test_without_intensity_the_month_draws_from_the_counts() -> None:
    given_ = setting(choice_intensity=0.0, request_base_rate=0.3, grant_base_rate=0.8)
    change = played(state(defection=0.9, debt=2.0), given_, tied_down=(0.7, 0.0, 0.0))
    assert np.array_equal(change.flow["p_intervene"], np.full(SHAPE, 0.8))
    assert np.array_equal(change.flow["p_request"], np.full(SHAPE, 0.3))


def test_the_patron_is_the_target_of_the_sanctions() -> None:
    lean = state(share=(0.1, 0.7, 0.1, 0.1))
    assert (p4(lean, setting()) < p4(state(share=(0.7, 0.1, 0.1, 0.1)), setting())).all()
