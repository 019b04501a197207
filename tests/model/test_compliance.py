"""Compliance and its penalty: what enforcement brings, account by account, and who gets punished."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import SHAPE, Given, calendar, exactly, flow, only, setting, state, with_figure

from tightrope.model.account import utility
from tightrope.model.belief import acts_evidence, reputation
from tightrope.model.choice import choice
from tightrope.model.compliance import (
    MENU,
    compliance,
    compliance_accounts,
    penalty,
    penalty_hazard,
    persistence,
)
from tightrope.model.state import Setting, State


def test_persistence_by_hand() -> None:
    """At ½ with k = 2 ln 2: weights ½, 1, ½; at ¼ with k = 4 ln 2: ½, ½ and ⅛."""
    found = persistence(np.array([0.5]), 2.0 * np.log(2.0))
    assert found[:, 0] == pytest.approx([0.25, 0.5, 0.25])
    found = persistence(np.array([0.25]), 4.0 * np.log(2.0))
    assert found[:, 0] == pytest.approx(np.array([4.0, 4.0, 1.0]) / 9.0)


def test_the_stickiest_habit_stays_a_probability() -> None:
    """Where every plain weight would vanish, the nearest share the whole."""
    found = persistence(np.array([0.4, 0.25, 1.0]), 1e5)
    wanted = np.array([[0.0, 1.0, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]])
    assert pytest.approx(wanted) == found.T


@exactly
@given(st.floats(0.0, 1.0), st.floats(0.0, 5.0))
def test_persistence_favours_what_is_near(level: float, stickiness: float) -> None:
    found = persistence(np.array([[level]]), np.array([stickiness]))[:, 0, 0]
    assert found.sum() == pytest.approx(1.0, abs=1e-14)
    order = np.argsort(np.abs(MENU - level))
    assert (np.diff(found[order]) <= 1e-15).all()


def test_hazard_by_hand() -> None:
    """Base odds 1 to 99; sensitivity ½ × evasion 4 × disbelief ½ = 1 nat: e / (99 + e)."""
    assert penalty_hazard(0.01, np.array([4.0]), np.array([0.5]), 0.5) == pytest.approx(np.e / (99 + np.e))


@exactly
@given(
    st.floats(0.0, 10.0), st.floats(0.1, 5.0), st.floats(0.0, 0.8), st.floats(0.05, 0.2), st.floats(0.1, 0.8)
)
def test_hazard_rises_with_evasion_and_falls_with_trust(
    evasion: float, extra: float, trust: float, more: float, sensitivity: float
) -> None:
    def hazard(e: float, b: float) -> float:
        return float(penalty_hazard(0.002, np.array([e]), np.array([b]), sensitivity).item())

    assert hazard(evasion + extra, trust) > hazard(evasion, trust)
    assert hazard(evasion + extra, trust + more) < hazard(evasion + extra, trust)
    assert hazard(0.0, trust) == pytest.approx(0.002)
    assert hazard(evasion, 1.0) == pytest.approx(0.002)


def test_accounts_by_hand() -> None:
    """Belief ½ and evasion of 4 bn USD, 2 % of GDP, at sensitivity ½: hazard e / (99 + e) a month, for a year."""
    given_ = setting(
        {"exports_west": 10.0, "exports_target": 5.0, "stated_compliance": 0.5},
        penalty_base_rate=0.01,
        penalty_sensitivity=0.5,
        penalty_loss=0.3,
        rent_share=0.1,
        retaliation=0.1,
        tied_hands=0.3,
        debt_weight=0.2,
    )
    found = compliance_accounts(
        state(debt=1.0, commitments=2.0, menace=0.5), flow(evasion_free=2.0, evasion_free_value=4.0), given_
    )
    column = {name: phi[:, 0, 0] for name, phi in found.items()}
    gain = 0.1 * 2.0 - (1.0 - (99 / (99 + np.e)) ** 12) * 3.0
    assert column["economy"] == pytest.approx(gain * np.array([1.0, 0.5, 0.0]))
    assert column["security"] == pytest.approx([0.0, -0.5 * 0.75, -0.75])
    assert column["domestic"] == pytest.approx([0.0, 0.15, 0.3])
    assert column["autonomy"] == pytest.approx(np.array([0.0, 0.5, 1.0]) * (0.6 - 0.2 - 0.2))
    assert column["principle"] == pytest.approx([0.0, 0.25, 0.5])


def test_once_penalised_enforcement_buys_relief() -> None:
    """Rent .4 less what full enforcement would win back in a year at .03 a month, of .3 × 10 % of GDP."""
    given_ = setting({"exports_west": 10.0}, rent_share=0.1, penalty_relief=0.03, penalty_loss=0.3)
    found = compliance_accounts(state(penalised=1.0), flow(evasion_free=4.0), given_)
    assert found["economy"][0] == pytest.approx(np.full(SHAPE, 0.4 - (1.0 - 0.97**12) * 3.0))


def test_who_cannot_be_penalised_fears_no_penalty() -> None:
    """Penalisable not at all, by half and in full: the month's hazard of e / (99 + e) counts 0, ½ and 1."""
    for part in (0.0, 0.5, 1.0):
        given_ = setting(
            {"penalisable": part, "exports_west": 10.0},
            penalty_base_rate=0.01, penalty_sensitivity=0.5, penalty_loss=0.3, rent_share=0.1,
        )  # fmt: skip
        found = compliance_accounts(state(), flow(evasion_free=2.0, evasion_free_value=4.0), given_)
        loss = (1.0 - (1.0 - part * np.e / (99 + np.e)) ** 12) * 3.0
        assert found["economy"][0] == pytest.approx(np.full(SHAPE, 0.2 - loss)), part


def test_a_penalty_never_costs_more_than_all_of_it() -> None:
    """Even where it is as good as sure every month, the year's loss is .3 × 10 % of GDP once, not twelve times."""
    given_ = setting({"exports_west": 10.0}, penalty_base_rate=0.9, penalty_loss=0.3, rent_share=0.0)
    assert compliance_accounts(state(), flow(), given_)["economy"][0] == pytest.approx(np.full(SHAPE, -3.0))


def test_the_sanctioners_trust_counts_not_the_targets() -> None:
    given_ = setting()
    trusted = np.stack([np.full(SHAPE, 2.0), np.zeros(SHAPE)])
    economy = {name: compliance_accounts(state(log_odds=odds), flow(), given_)["economy"][0] for name, odds in
               (("none", 0.0), ("sanctioner", trusted), ("target", trusted[::-1]))}  # fmt: skip
    assert (economy["sanctioner"] > economy["none"]).all()
    assert np.array_equal(economy["target"], economy["none"])


def chances(now: State, given_: Setting, **quantities: object) -> np.ndarray:
    """P(0, ½, 1) by the rule, put together here from the accounts."""
    accounts = compliance_accounts(now, flow(**quantities), given_)
    base = persistence(now.compliance, given_["compliance_stickiness"])
    accounts["reputation"] = reputation(now, acts_evidence(base, accounts, given_, "compliance"), given_)
    return choice(
        base,
        utility(accounts, given_.weights, given_.divisors.get("compliance", {})),
        given_["choice_intensity"],
    )


@exactly
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.1, 2.0), st.floats(0.0, 1.0))
def test_the_month_follows_the_rule_and_explains_itself(
    level: float, debt: float, intensity: float, menace: float
) -> None:
    divisors = {"compliance": {"economy": 3.0, "security": 0.6, "autonomy": 0.2, "reputation": 0.03}}
    given_ = setting(divisors=divisors, choice_intensity=intensity)
    now = state(compliance=level, debt=debt, menace=menace, log_odds=0.5)
    found = compliance(now, flow(), given_, Given()).flow
    wanted = chances(now, given_)
    assert found["p_comply"] == pytest.approx(wanted[2], abs=1e-13)
    assert found["why_compliance"].sum(axis=0) == pytest.approx(
        np.log(wanted[2, 0] / wanted[0, 0]), abs=1e-12
    )


def test_without_intensity_the_menu_is_persistence_bit_for_bit() -> None:
    now, given_ = state(compliance=0.3, menace=1.0, commitments=2.0), setting(choice_intensity=0.0)
    found = compliance(now, flow(), given_, Given()).flow
    assert np.array_equal(found["p_comply"], persistence(now.compliance, given_["compliance_stickiness"])[2])
    assert not found["evidence_compliance"].any()


@pytest.mark.parametrize(("draw", "chosen"), [(0.0, 0.0), (0.9999, 1.0)])
def test_practice_goes_a_part_of_the_way(draw: float, chosen: float) -> None:
    """From .4 a quarter of the way; only a move upwards binds further."""
    given_ = setting(compliance_speed=0.25)
    change = compliance(
        state(compliance=0.4, commitments=1.0), flow(), given_, Given(uniforms={"compliance": draw})
    )
    assert change.state["compliance"] == pytest.approx(np.full(SHAPE, 0.4 + 0.25 * (chosen - 0.4)))
    assert change.flow["stricter"] == pytest.approx(np.full(SHAPE, max(0.0, chosen - 0.4)))


def test_who_is_sanctioned_itself_moves_by_what_can_still_be_penalised() -> None:
    """From .4 upwards by a quarter of .6, and by half of that where half is out of reach; the same for words."""
    given_ = setting({"penalisable": np.array([[0.5], [0.0]])}, compliance_speed=0.25)
    change = compliance(state(compliance=0.4), flow(), given_, Given(uniforms={"compliance": 0.9999}))
    assert change.state["compliance"][:, 0] == pytest.approx([0.4 + 0.25 * 0.5 * 0.6, 0.4])
    assert change.flow["stricter"][:, 0] == pytest.approx([0.5 * 0.6, 0.0])


def test_practice_stays_between_nothing_and_all() -> None:
    generator = np.random.default_rng(0)
    now, given_ = state(compliance=0.5), setting(compliance_speed=0.5)
    for _ in range(200):
        month = Given(uniforms={"compliance": generator.random(SHAPE)})
        now = state(compliance=compliance(now, flow(), given_, month).state["compliance"])
        assert ((now.compliance >= 0.0) & (now.compliance <= 1.0)).all()


def full(now: State | None = None, given_: Setting | None = None, **quantities: object) -> np.ndarray:
    month = compliance(now or state(), flow(**quantities), given_ or setting(), Given())
    return np.asarray(month.flow["p_comply"])


PLAIN = only("economy", "security", "domestic", "autonomy", "principle")
size, more = st.floats(0.0, 20.0), st.floats(0.5, 10.0)


@exactly
@given(size, more, st.sampled_from([("exports_west", 1.0), ("exports_target", -1.0)]))
def test_trade_decides_the_direction(trade: float, extra: float, case: tuple[str, float]) -> None:
    """Trade with the sanctioner makes comply, trade with the target does not (Han 2018)."""
    name, sign = case
    base = setting(**PLAIN)
    before, after = (full(given_=with_figure(base, **{name: t})) for t in (trade, trade + extra))
    assert (sign * (after - before) > 0).all()


@exactly
@given(st.floats(0.05, 0.5), st.floats(0.01, 0.3))
def test_penalty_and_rent_pull_apart(level: float, extra: float) -> None:
    for name, sign in (
        ("penalty_loss", 1.0),
        ("rent_share", -1.0),
        ("retaliation", -1.0),
        ("penalty_base_rate", 1.0),
    ):
        before, after = (full(given_=setting(**PLAIN, **{name: x})) for x in (level, level + extra))
        assert (sign * (after - before) > 0).all(), name


@exactly
@given(st.floats(0.0, 2.0), st.floats(0.05, 1.0))
def test_words_bind_and_debt_and_menace_hold_back(stock: float, extra: float) -> None:
    for name, sign in (("commitments", 1.0), ("debt", -1.0), ("menace", -1.0)):
        before, after = (full(state(**{name: x}), setting(**PLAIN)) for x in (stock, stock + extra))
        assert (sign * (after - before) > 0).all(), name


@exactly
@given(st.floats(-1.0, 0.5), st.floats(0.05, 0.5))
def test_opinion_and_principle_make_comply(stance: float, extra: float) -> None:
    said = [full(given_=setting({"stated_compliance": x}, **PLAIN)) for x in (stance, stance + extra)]
    thought = [full(state(opinion=x), setting(**PLAIN)) for x in (stance, stance + extra)]
    for before, after in (said, thought):
        assert (after > before).all()


def test_the_sanctioner_punishes_evasion_at_its_hazard() -> None:
    """Evasion of 2 % of a GDP of 200 is 4 bn: one nat at sensitivity ½ and belief ½, so e / (99 + e)."""
    given_ = setting({"gdp": 200.0}, penalty_base_rate=0.01, penalty_sensitivity=0.5)
    wanted = np.e / (99 + np.e)
    half = penalty(state(), flow(evasion=2.0), with_figure(given_, penalisable=0.5), Given())
    assert half.flow["p_penalty"] == pytest.approx(np.full(SHAPE, wanted / 2.0))
    for draw, imposed in ((wanted - 1e-6, 1.0), (wanted + 1e-6, 0.0)):
        change = penalty(state(), flow(evasion=2.0), given_, Given(uniforms={"penalty": draw}))
        assert change.flow["p_penalty"] == pytest.approx(np.full(SHAPE, wanted))
        assert np.array_equal(change.flow["penalty"], np.full(SHAPE, imposed))
        assert np.array_equal(change.state["penalised"], np.full(SHAPE, imposed))


def test_who_is_sanctioned_already_is_not_punished_again() -> None:
    sure = Given(uniforms={"penalty": 0.0})
    again = penalty(state(penalised=1.0), flow(), setting(), sure)
    assert not again.flow["penalty"].any()
    assert np.array_equal(again.state["penalised"], np.ones(SHAPE))
    assert not penalty(state(), flow(), setting({"penalisable": 0.0}), sure).flow["penalty"].any()


def test_who_enforces_is_released_in_time() -> None:
    """Relief .1 × compliance .5: below .05 the penalty is lifted, above it stays."""
    given_, now = setting(penalty_relief=0.1), state(penalised=1.0, compliance=0.5)
    for draw, kept in ((0.0499, 0.0), (0.0501, 1.0)):
        change = penalty(now, flow(), given_, Given(uniforms={"relief": draw, "penalty": 0.999}))
        assert np.array_equal(change.state["penalised"], np.full(SHAPE, kept))
    never = penalty(state(penalised=1.0), flow(), given_, Given(uniforms={"relief": 0.0, "penalty": 0.999}))
    assert np.array_equal(never.state["penalised"], np.ones(SHAPE))
    order = setting(penalty_relief=0.1, schedule=calendar(secondary_sanctions=1.0))
    held = penalty(now, flow(), order, Given(uniforms={"relief": 0.0, "penalty": 0.999}))
    assert np.array_equal(held.state["penalised"], np.ones(SHAPE))


def test_an_order_on_the_calendar_is_carried_out_in_its_month() -> None:
    order = np.zeros((24, 2))
    order[3, 0] = 1.0
    given_ = setting(schedule=calendar(secondary_sanctions=order))
    never = {"penalty": 0.9999}
    assert not penalty(state(), flow(), given_, Given(2, never)).flow["penalty"].any()
    assert penalty(state(), flow(), given_, Given(3, never)).flow["penalty"].tolist() == [[1.0], [0.0]]


def test_the_penalty_follows_actual_evasion_and_the_sanctioners_trust() -> None:
    trusted = np.stack([np.full(SHAPE, 2.0), np.zeros(SHAPE)])

    def hazard(odds: object, evasion: float) -> float:
        return float(
            penalty(state(log_odds=odds), flow(evasion=evasion), setting(), Given()).flow["p_penalty"][0, 0]
        )

    assert hazard(trusted, 2.0) < hazard(0.0, 2.0)
    assert hazard(trusted[::-1], 2.0) == hazard(0.0, 2.0)
    assert hazard(0.0, 3.0) > hazard(0.0, 2.0)
