"""Request and intervention: backward induction by hand, its limit, and what troops do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import SHAPE, Given, exactly, flow, only, setting, state

from tightrope.model.choice import Array, logit
from tightrope.model.occasion import Occasion, decide
from tightrope.model.security import (
    TYPICAL,
    asking_accounts,
    client_accounts,
    granted,
    patron_accounts,
    security,
    standing,
    usual_accounts,
)
from tightrope.model.state import Change, Setting, State

rates = st.floats(0.05, 0.95)
values = st.floats(-3.0, 3.0)


ALL = Occasion(np.array([0, 1]), np.array([0, 0]), np.zeros(2), SHAPE)


def by_leader(given_: Setting) -> Setting:
    """The same with an organ whose leader decides, so that p is p4."""
    return replace(given_, organ="leader")


def p4(now: State, given_: Setting, **given: object) -> Array:
    """The patron's own decision on a request of each decider (2,)."""
    return granted(now, flow(**given), by_leader(given_), ALL)[0]


def p2(now: State, given_: Setting, **given: object) -> Array:
    """Whether each decider asks, what the organ will make of it foreseen (2,)."""
    seen = ALL.setting(given_)
    accounts = asking_accounts(ALL.state(now), seen, *granted(now, flow(**given), given_, ALL))
    return decide(ALL, seen["request_base_rate"], accounts, seen, "request")[1]


def worked(help_: float, usual: float, **parameter: float) -> Array:
    """p2 for a given probability of help: help worth +g, a refusal worth -g in the streets of this size (2,)."""
    given_ = setting({"strength": 0.0}, request_base_rate=0.5, **parameter)
    accounts = asking_accounts(state(defection=1.0), given_, np.full(SHAPE, help_), np.full(SHAPE, usual))
    part = {name: np.broadcast_to(phi, SHAPE)[:, 0] for name, phi in accounts.items()}
    return decide(ALL, np.array([0.5]), part, ALL.setting(given_), "request")[1]


def test_worked_by_hand() -> None:
    """Grants 3 of 4 at U = ln 2: odds 6 to 1. Asks 1 of 2 with U = 6/7 ln 3 - 1/7 ln 3, less ¾ of half of it.

    Unrest is 1 now and ¾ in the cases counted, which were granted 1 in 2: those are worth ¾ (½ - ½) ln 3 = 0.
    """
    stake = setting(grant_base_rate=0.75, patron_stake=np.log(2.0) / 0.15, intervention_cost=0.0)
    assert p4(state(), stake) == pytest.approx([6 / 7] * 2)
    ln3 = np.log(3.0)
    found = worked(6 / 7, 0.5, help_value=ln3, refusal_cost=ln3, autonomy_loss=0.0)
    assert found == pytest.approx([3 ** (5 / 7) / (1 + 3 ** (5 / 7))] * 2)
    # Had those cases been granted 5 in 6, asking was worth ¾ (5/6 - 1/6) = ½ ln 3 there, and 3/14 ln 3 are left.
    found = worked(6 / 7, 5 / 6, help_value=ln3, refusal_cost=ln3, autonomy_loss=0.0)
    assert found == pytest.approx([3 ** (3 / 14) / (1 + 3 ** (3 / 14))] * 2)


@exactly
@given(rates, rates, rates, st.floats(0.1, 2.0), st.floats(0.1, 2.0), st.floats(0.0, 3.0))
def test_closed_form(
    grant: float, ask: float, mass: float, helped: float, refused: float, intensity: float
) -> None:
    """Both probabilities from the formulas of the model's definition, weights 1, at the shares of the small world."""
    given_ = setting(
        {"strength": 0.0},
        grant_base_rate=grant,
        request_base_rate=ask,
        help_value=helped,
        refusal_cost=refused,
        patron_stake=2.0,
        intervention_cost=0.3,
        tied_down_reference=0.0,
        autonomy_loss=0.0,
        choice_intensity=intensity,
    )
    now = state(defection=mass)
    odds4 = grant / (1 - grant) * np.exp(intensity * (2.0 * 0.15 - 0.3))
    assert p4(now, given_, tied_down=(0.5, 0.0, 0.0)) == pytest.approx([odds4 / (1 + odds4)] * 2, abs=1e-12)
    helps = odds4 / (1 + odds4)
    worth = mass * (helps * helped - (1 - helps) * refused)
    usual = TYPICAL[0] * (grant * helped - (1 - grant) * refused)
    odds2 = ask / (1 - ask) * np.exp(intensity * (worth - usual))
    found = p2(now, by_leader(given_), tied_down=(0.5, 0.0, 0.0))
    assert found == pytest.approx([odds2 / (1 + odds2)] * 2, abs=1e-12)


@pytest.mark.parametrize("organ", ["consensus", "majority", "leader"])
def test_without_intensity_both_are_their_base_rates(organ: str) -> None:
    """Of grants under consensus: times what the other member's base rate of vetoing leaves."""
    given_ = setting(choice_intensity=0.0, request_base_rate=0.3, grant_base_rate=0.8, veto_base_rate=0.1)
    given_ = replace(given_, organ=organ)
    now = state(defection=0.9, debt=2.0, menace=1.0)
    assert np.array_equal(p2(now, given_, tied_down=(0.7, 0.0, 0.0)), [0.3] * 2)
    assert np.array_equal(p4(now, given_, tied_down=(0.7, 0.0, 0.0)), [0.8] * 2)
    whole = granted(now, flow(), given_, ALL)[0]
    assert whole == pytest.approx([0.72 if organ == "consensus" else 0.8] * 2, abs=1e-15)


@exactly
@given(rates, rates, st.floats(0.1, 3.0), st.floats(0.1, 3.0))
def test_great_intensity_is_the_subgame_perfect_outcome(
    base4: float, base2: float, helped: float, refused: float
) -> None:
    """A patron who loses by helping does not, so nobody asks; one who gains does, so help is asked for."""
    known = {
        "grant_base_rate": base4,
        "request_base_rate": base2,
        "help_value": helped,
        "refusal_cost": refused,
    }
    for tied, wanted in ((0.9, 0.0), (0.0, 1.0)):
        given_ = by_leader(
            setting(
                {"strength": 0.0},
                choice_intensity=1e5,
                autonomy_loss=0.0,
                intervention_cost=0.3,
                tied_down_reference=0.0,
                **known,
            )
        )
        assert p4(state(), given_, tied_down=(tied, 0.0, 0.0)) == pytest.approx([wanted] * 2, abs=1e-12)
        # Where the cases counted were worth nothing, what is left is the outcome of this one.
        accounts = asking_accounts(state(defection=1.0), given_, np.full(SHAPE, wanted), np.zeros(SHAPE))
        gain = {"security": accounts["security"], "domestic": -refused * (1.0 - np.full(SHAPE, wanted))}
        part = {name: phi[:, 0] for name, phi in gain.items()}
        found = decide(ALL, np.array([base2]), part, ALL.setting(given_), "request")[1]
        assert found == pytest.approx([wanted] * 2, abs=1e-12)


@exactly
@given(st.floats(0.0, 0.9), st.floats(0.01, 0.1), rates, st.floats(0.1, 2.0), st.floats(0.1, 2.0))
def test_the_more_likely_help_the_more_it_is_asked_for(
    help_: float, extra: float, usual: float, gain: float, loss: float
) -> None:
    before, after = (worked(p, usual, help_value=gain, refusal_cost=loss) for p in (help_, help_ + extra))
    assert (after > before).all()


def test_accounts_by_hand() -> None:
    """Stake 2 (.4 - ¼) less .3 (1/(1 - ½) - 1/(1 - 0)); standing as given."""
    given_ = setting(patron_stake=2.0, intervention_cost=0.3, tied_down_reference=0.0)
    lost = np.full((1, 1), -0.4)
    patron = patron_accounts(state(), flow(tied_down=(0.5, 0.0, 0.0), standing=lost), given_)
    assert patron["security"] == pytest.approx(np.zeros(SHAPE))
    assert np.array_equal(patron["reputation"], lost)
    given_ = setting(help_value=2.0, autonomy_loss=0.5, refusal_cost=0.25)
    helped, refused = client_accounts(state(defection=0.8, debt=1.0), given_)
    assert helped["security"] == pytest.approx(np.full(SHAPE, 1.6))
    assert helped["autonomy"] == pytest.approx(np.full(SHAPE, -0.5 * 1.2))
    assert refused["domestic"] == pytest.approx(np.full(SHAPE, -0.2))
    eased, snubbed = usual_accounts(given_)
    assert TYPICAL == (0.75, 0.2)
    assert eased["security"] == pytest.approx(np.full(SHAPE, 1.5))
    assert eased["autonomy"] == pytest.approx(np.full(SHAPE, -0.1))
    assert snubbed["domestic"] == pytest.approx(np.full(SHAPE, -0.1875))
    asking = asking_accounts(state(defection=0.8, debt=1.0), given_, np.full(SHAPE, 0.5), np.full(SHAPE, 0.8))
    assert asking["security"] == pytest.approx(np.full(SHAPE, 0.5 * 1.6 - 0.8 * 1.5))
    assert asking["autonomy"] == pytest.approx(np.full(SHAPE, -0.5 * 0.6 + 0.8 * 0.1))
    assert asking["domestic"] == pytest.approx(np.full(SHAPE, -0.5 * 0.2 + 0.2 * 0.1875))


def test_standing_by_hand() -> None:
    """Two members at the start: one gone, the other refused once; then an outsider, who counts for nothing."""
    now = state(ally=np.array([[1.0], [0.0]]), abandoned=np.array([[0.6], [0.2]]))
    given_ = setting(organ_standing=1.5)
    assert standing(now, given_) == pytest.approx(np.full((1, 1), 1.5 * (0.5 - 1.0) - 0.4))
    outside = setting({"ally": np.array([[1.0], [0.0]])}, organ_standing=1.5)
    assert standing(now, outside) == pytest.approx(np.full((1, 1), -0.6))
    assert not standing(state(), given_).any()
    assert not standing(state(ally=0.0), setting({"ally": 0.0}, organ_standing=0.0)).any()


def test_accounts_are_the_same_for_columns() -> None:
    now = state(defection=np.array([[[0.6], [0.8]], [[0.1], [0.3]]]), debt=np.array([[0.3], [1.2]]))
    month, given_ = flow(standing=np.full((1, 1), -0.3)), setting()
    seen, columns = ALL.setting(given_), ALL.state(now)
    whole = [patron_accounts(now, month, given_), *client_accounts(now, given_), *usual_accounts(given_)]
    part = [patron_accounts(columns, ALL.flow(month), seen), *client_accounts(columns, seen)]
    part += usual_accounts(seen)
    for one, other in zip(whole, part, strict=True):
        assert set(one) == set(other)
        for name, phi in one.items():
            assert np.array_equal(np.broadcast_to(phi, SHAPE)[:, 0], np.broadcast_to(other[name], 2)), name


def played(now: State, given_: Setting, **given: object) -> Change:
    uniforms = {"request": 0.0, "intervention": 0.0, "withdrawal": 1.0} | dict(given.pop("uniforms", {}))  # type: ignore[call-overload]
    return security(now, flow(**given), given_, Given(uniforms=uniforms))


def test_a_member_of_the_reference_class_gets_its_base_rate() -> None:
    """At the average share, as tied down as the cases were, the organ whole: U = 0, so p4 is the count."""
    given_ = setting(grant_base_rate=0.6, tied_down_reference=0.1)
    now = state(share=(0.25, 0.25, 0.25, 0.25))
    assert p4(now, given_, tied_down=(0.1, 0.0, 0.0)) == pytest.approx([0.6] * 2, abs=1e-12)


@exactly
@given(rates, rates, st.floats(0.1, 2.0), st.floats(0.1, 2.0), st.floats(0.1, 2.0), st.floats(0.1, 3.0))
def test_a_typical_client_asks_at_the_base_rate(
    grant: float, ask: float, helped: float, loss: float, refused: float, intensity: float
) -> None:
    """Unrest and strength as in the cases counted, no debt, and a patron who grants as usual: U = 0."""
    given_ = setting(
        {"strength": TYPICAL[1]},
        divisors={"request": {"security": 0.3, "autonomy": 0.1, "domestic": 2.0}},
        grant_base_rate=grant,
        request_base_rate=ask,
        help_value=helped,
        autonomy_loss=loss,
        refusal_cost=refused,
        choice_intensity=intensity,
        tied_down_reference=0.1,
    )
    average, tied = {"share": (0.25,) * 4, "rule": 0.5}, {"tied_down": (0.1, 0.0, 0.0), "outside_threat": 0.0}
    now, alone = state(defection=TYPICAL[0], **average), by_leader(given_)
    assert p4(now, given_, **tied) == pytest.approx([grant] * 2, abs=1e-12)
    assert p2(now, alone, **tied) == pytest.approx([ask] * 2, abs=1e-12)
    fuller, strong = state(defection=0.9, **average), state(defection=0.75, debt=0.1, **average)
    assert (p2(strong, alone, **tied) < ask).all()
    wanted = np.sign(grant * helped / 0.3 - (1 - grant) * refused / 2)
    assert (np.sign(p2(fuller, alone, **tied) - ask) == wanted).all()
    # A consensus of members for whom a veto brings nothing either way is the consensus of the cases counted.
    torn = {"veto_precedent": 0.0, "veto_base_rate": 0.2}
    council = replace(given_, parameters={**given_.parameters, **{n: np.array([v]) for n, v in torn.items()}})
    council = replace(council, weights={name: np.zeros(1) for name in council.weights})
    assert p2(now, council, **tied) == pytest.approx([ask] * 2, abs=1e-12)


def test_probabilities_of_the_month_by_hand() -> None:
    """Every weight 1, divisors 2 and 4: p4 from 3 to 1 and (.15 / 2), p2 from p4 (.8/4 - .1) - (1 - p4) .4 × .8
    less what the usual emergency is worth: ¾ (.75/4 - .1) - ¼ .4 × .75 = -.009375.
    """
    divisors = {"intervene": {"security": 2.0}, "request": {"security": 4.0}}
    given_ = setting(
        {"strength": 0.2},
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
    now = state(defection=0.8)
    sends = 3.0 / (3.0 + np.exp(-0.075))
    assert p4(now, given_) == pytest.approx([sends] * 2, abs=1e-12)
    worth = sends * 0.1 - (1.0 - sends) * 0.32 + 0.009375
    asks = 1.0 / (1.0 + np.exp(-worth))
    assert p2(now, by_leader(given_)) == pytest.approx([asks] * 2, abs=1e-12)
    # The month draws from these: a draw just below asks and is helped, one just above is not.
    for place, (ask, send) in enumerate(
        ((asks - 1e-9, sends - 1e-9), (asks + 1e-9, 0.0), (0.0, sends + 1e-9))
    ):
        change = played(now, by_leader(given_), uniforms={"request": ask, "intervention": send})
        assert np.array_equal(change.flow["request"], np.full(SHAPE, float(place != 1)))
        assert np.array_equal(change.flow["intervention"], np.full(SHAPE, float(place == 0)))


def test_the_client_foresees_the_organ() -> None:
    """The likelier a veto, the less is asked for, and p2 is that of the whole probability of help."""
    known = {"grant_base_rate": 0.8, "request_base_rate": 0.4, "refusal_cost": 1.0}
    now = state(defection=0.8, menace=2.0)
    torn = setting(**known, veto_base_rate=0.4, veto_precedent=1.0)
    found = p2(now, torn)
    assert (found < p2(now, by_leader(torn))).all()
    help_, usual = granted(now, flow(), torn, ALL)
    accounts = asking_accounts(ALL.state(now), ALL.setting(torn), help_, usual)
    odds = logit(0.4) + sum(np.broadcast_to(phi, 2) for phi in accounts.values())
    assert logit(found) == pytest.approx(odds, abs=1e-12)


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


def test_an_organ_with_less_standing_helps_less() -> None:
    """A member gone, or one refused before: the word that another refusal would break is worth less."""
    whole = p4(state(), setting())
    assert (p4(state(ally=np.array([[1.0], [0.0]])), setting()) < whole).all()
    assert (p4(state(abandoned=np.array([[0.0], [1.0]])), setting()) < whole).all()


@exactly
@given(st.floats(0.5, 0.8), st.floats(0.05, 0.2))
def test_fuller_streets_make_the_client_ask(mass: float, extra: float) -> None:
    given_ = by_leader(setting(**only("security")))
    before, after = (p2(state(defection=m), given_) for m in (mass, mass + extra))
    assert (after > before).all()


@exactly
@given(st.floats(0.0, 2.0), st.floats(0.05, 1.0))
def test_a_debtor_asks_less(debt: float, extra: float) -> None:
    before, after = (p2(state(debt=d), setting()) for d in (debt, debt + extra))
    assert (after < before).all()


def test_only_a_member_in_an_emergency_without_troops_asks() -> None:
    now = state(defection=0.8)
    assert np.array_equal(played(now, setting()).flow["request"], np.ones(SHAPE))
    outside = played(state(defection=0.8, ally=np.array([[0.0], [1.0]])), setting())
    assert outside.flow["request"].tolist() == [[0.0], [1.0]]
    assert not played(state(defection=0.8, ally=0.0), setting()).flow["request"].any()
    assert not played(now, setting(), emergency=0.0).flow["request"].any()
    assert not played(state(troops=1.0), setting()).flow["request"].any()
    assert not played(now, setting(), uniforms={"request": 0.999}).flow["request"].any()
    refused = played(now, setting(), uniforms={"intervention": 0.999})
    assert np.array_equal(refused.flow["request"], np.ones(SHAPE))
    assert not refused.flow["intervention"].any()
    assert np.array_equal(refused.state["defection"], now.defection)


def test_a_refusal_is_remembered_and_forgotten() -> None:
    """One refused twice a year apart, at a half-life of a year: 1, then ½ + 1; help and quiet add nothing."""
    given_ = setting(abandon_half_life=12.0)
    no = {"intervention": 0.999}
    now = state(defection=0.8)
    first = played(now, given_, uniforms=no).state["abandoned"]
    assert np.array_equal(first, np.ones(SHAPE))
    for _ in range(11):
        now = state(abandoned=first if _ == 0 else now.abandoned, defection=0.1)
        now = state(abandoned=played(now, given_, emergency=0.0).state["abandoned"], defection=0.8)
    again = played(now, given_, uniforms=no).state["abandoned"]
    assert again == pytest.approx(np.full(SHAPE, 1.5))
    helped = played(state(abandoned=1.0, defection=0.8), given_).state["abandoned"]
    assert helped == pytest.approx(np.full(SHAPE, 0.5 ** (1 / 12)))


def test_the_reasons_of_a_request_sum_to_its_log_odds() -> None:
    """The focus actor asks: baseline and accounts sum to the log-odds, one occasion; the other's are not told."""
    now, given_ = state(defection=0.8, debt=0.5), setting(request_base_rate=0.3)
    table = played(now, given_).flow["reasons.request"]
    assert table.shape == (8, 1)
    assert table[0, 0] == pytest.approx(np.log(0.3 / 0.7))
    assert table[:7].sum() == pytest.approx(logit(p2(now, given_)[0]).item(), abs=1e-12)
    assert table[7, 0] == 1.0
    # Reading against not: decided not to ask, the table is the same.
    silent = played(now, given_, uniforms={"request": 0.999}).flow["reasons.request"]
    assert np.array_equal(silent, table)
    other = played(state(defection=0.8, ally=np.array([[0.0], [1.0]])), given_)
    assert not other.flow["reasons.request"].any()
    quiet = played(now, given_, emergency=0.0).flow["reasons.request"]
    assert quiet.shape == (8, 1)
    assert not quiet.any()


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


def test_the_patron_is_the_target_of_the_sanctions() -> None:
    lean = state(share=(0.1, 0.7, 0.1, 0.1))
    assert (p4(lean, setting()) < p4(state(share=(0.7, 0.1, 0.1, 0.1)), setting())).all()
