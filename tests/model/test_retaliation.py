"""Economic retaliation and designation: what it costs, who is threatened, what each outcome does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.shipped import SEED, plain
from tests.model.small import SHAPE, Given, calendar, exactly, flow, setting, state

from tightrope.model.choice import logit
from tightrope.model.crisis import payoffs, play
from tightrope.model.draw import draw
from tightrope.model.occasion import occasions
from tightrope.model.retaliation import (
    challenger_accounts,
    decider_accounts,
    designation_accounts,
    loss,
    offence,
    retaliation,
    threat_chance,
)
from tightrope.model.state import Change, Setting, State

LOSSES = {
    "retaliation_trade": 0.4,
    "retaliation_route": 0.5,
    "retaliation_energy": 5.0,
    "retaliation_remittances": 0.25,
}
TIES = {
    "exports_target": 5.0,
    "exports_total": 30.0,
    "route_dependence": 80.0,
    "energy": 20.0,
    "remittances": 8.0,
}
THREATENED = {
    "displeasure": 0.0,
    "defiance": 0.0,
    "impose": 0.0,
    "retaliation_end": 0.999,
    "designation": 0.999,
}
CALM = {**THREATENED, "displeasure": 0.9999}


def played(now: State, given_: Setting, uniforms: dict[str, float] | None = None, **given: object) -> Change:
    return retaliation(now, flow(**given), given_, Given(uniforms=uniforms or THREATENED))


def test_the_loss_by_hand() -> None:
    """.4 × 5 + .5 × .8 × 30 + 5 × .2 + .25 × 8 = 2 + 12 + 1 + 2."""
    assert loss(setting(TIES, **LOSSES)) == pytest.approx(np.full(SHAPE, 17.0))


@pytest.mark.parametrize("name", sorted(TIES))
def test_who_has_no_tie_loses_nothing_by_it(name: str) -> None:
    """Each tie costs in proportion to its figure, and nothing without it."""
    none = dict.fromkeys(TIES, 0.0)
    assert not loss(setting(none, **LOSSES)).any()
    rest = loss(setting({**TIES, name: 0.0}, **LOSSES))
    assert (rest < loss(setting(TIES, **LOSSES))).all()
    double = loss(setting({**TIES, name: 2.0 * TIES[name]}, **LOSSES))
    assert double - rest == pytest.approx(2.0 * (17.0 - rest))


def test_the_offence_by_hand() -> None:
    """Joined 1, which counts the enforcement in; left the alliance 1 but kept the union; share down from .4 to .3, a
    quarter: 2.25. Who enforces .5 of what can be penalised .8 without joining offends by .4 instead of 1.
    """
    given_ = setting({"penalisable": 0.8, "ally": 1.0, "union": 1.0})
    now = state(joined=1.0, compliance=0.5, ally=0.0, union=1.0, unfriendly=1.0, share=(0.3, 0.3, 0.1, 0.3))
    assert offence(now, given_) == pytest.approx(np.full(SHAPE, 2.25))
    assert offence(replace(now, joined=np.zeros(SHAPE)), given_) == pytest.approx(np.full(SHAPE, 1.65))
    assert threat_chance(
        now, setting({"penalisable": 0.8, "union": 1.0}, displeasure_rate=0.02)
    ) == pytest.approx(1.0 - np.exp(-0.02 * 2.25))
    # Who leans more than usual, or has joined what it was not in, offends no less than not at all.
    loyal = state(share=(0.6, 0.1, 0.1, 0.2), ally=1.0, union=1.0)
    assert not offence(loyal, setting({"ally": 0.0, "union": 0.0})).any()
    assert np.isfinite(offence(state(usual_share=0.0), given_)).all()


def test_accounts_by_hand() -> None:
    """GDP 200 of the target's 2,000: a tenth. Regained ½ (4 - 2) / 10; forgone .4 × 15 / 10. Offence .5 for
    enforcement; of trade 35, 20 with the target.

    Giving in gives up ½ of .5. In the compliance menu no enforcement brings rents .1 × 4 without any penalty, and
    gives up opinion .24, tied hands .3 × 2 less exposure .2 and .1 × 1 of debt, and the stated ½.
    """
    given_ = setting(
        {**TIES, "minority": 0.1, "penalisable": 1.0, "exports_west": 0.0, "stated_compliance": 0.5},
        relent=0.5,
        rent_share=0.1,
        tied_hands=0.3,
        debt_weight=0.1,
        **LOSSES,
    )
    now = state(compliance=0.5, commitments=2.0, debt=1.0, menace=0.5, union=1.0)
    one = challenger_accounts(now, flow(), given_)
    wanted = {
        "economy": (0.0, 0.1, 0.0, -0.6),
        "security": (0.0, 0.5, 0.0, 0.5 * 20.0 / 35.0),
        "principle": (0.0, 0.0, 0.0, -1.0),
        "reputation": (0.0, 0.0, -1.5, 0.0),
    }
    assert one.keys() == wanted.keys()
    for name, phi in one.items():
        assert phi.shape == (4, *SHAPE), name
        assert phi[:, 0, 0] == pytest.approx(np.array(wanted[name])), name
    two = decider_accounts(now, flow(), given_)
    wanted = {
        "economy": (0.0, 0.25 * 0.4, 0.0, -17.0),
        "domestic": (0.0, -0.25 * 0.24, 0.0, 0.0),
        "autonomy": (0.0, -0.25 * (0.6 - 0.3), 0.0, 0.0),
        "principle": (0.0, -0.25 * 0.5, 0.0, 0.0),
        "reputation": (0.0, -1.5, 0.0, 0.0),
    }
    assert two.keys() == wanted.keys()
    for name, phi in two.items():
        assert phi.shape == (4, *SHAPE), name
        assert phi[:, 0, 0] == pytest.approx(np.array(wanted[name])), name


def two_states() -> tuple[State, dict[str, np.ndarray], Setting]:
    """Two states that differ in all that the accounts read."""
    apart = np.array([[1.0], [2.0]])
    figures = {name: value * apart for name, value in TIES.items()}
    figures |= {"gdp": 100.0 * apart, "stated_compliance": 0.3 * apart, "minority": 0.1 * apart}
    now = state(
        compliance=0.4 * apart, commitments=apart, menace=0.3 * apart, union=apart - 1.0, debt=0.5 * apart
    )
    return now, flow(evasion=0.5 * apart), setting(figures, displeasure_rate=100.0, **LOSSES)


@pytest.mark.parametrize("accounts", [challenger_accounts, decider_accounts, designation_accounts])
@pytest.mark.parametrize("place", [0, 1])
def test_accounts_of_columns_are_those_of_the_whole(accounts: object, place: int) -> None:
    now, around, given_ = two_states()
    uniform = np.ones(SHAPE)
    uniform[place] = 0.0
    up = occasions(uniform, 0.5)
    whole = accounts(now, around, given_)  # type: ignore[operator]
    columns = accounts(up.state(now), up.flow(around), up.setting(given_))  # type: ignore[operator]
    for name, phi in whole.items():
        assert np.array_equal(columns[name], phi[..., place, :]), name
        assert (phi[..., 0, :] != phi[..., 1, :]).any() or name == "reputation"


def test_the_month_plays_the_game_of_its_accounts() -> None:
    """Threat, stand and imposition fall just below, and not above, the game's probabilities, state by state."""
    now, around, given_ = two_states()
    given_ = replace(given_, divisors={"retaliation": {"economy": 20.0}, "threat": {"reputation": 2.0}})
    given_ = replace(given_, parameters={**given_.parameters, "retaliation_base_rate": np.array([0.3])})
    one, two = challenger_accounts(now, around, given_), decider_accounts(now, around, given_)
    p_c, p_r, p_f = play(payoffs(one, given_, "threat"), payoffs(two, given_, "retaliation"), (0.5, 0.5, 0.3))
    moves = (
        ("displeasure", "threat_made", p_c),
        ("defiance", "gave_in", p_r),
        ("impose", "retaliation", p_f),
    )
    for kind, name, wanted in moves:
        for by, below in ((-1e-6, 1.0), (1e-6, 0.0)):
            change = retaliation(now, around, given_, Given(uniforms={**THREATENED, kind: wanted + by}))
            happened = 1.0 - below if name == "gave_in" else below
            assert np.array_equal(change.flow[name], np.full(SHAPE, happened)), (name, by)


def test_without_intensity_the_month_draws_from_the_base_rates() -> None:
    """A thought for certain: threat at ½, standing firm at ½, imposing at .2, designation at .7."""
    given_ = setting(
        displeasure_rate=100.0, choice_intensity=0.0, retaliation_base_rate=0.2, unfriendly_rate=0.7
    )
    now = state(joined=1.0)
    for kind, rate, name in (
        ("displeasure", 0.5, "threat_made"),
        ("impose", 0.2, "retaliation"),
        ("designation", 0.7, "designation"),
    ):
        for draw_, wanted in ((rate - 0.001, 1.0), (rate + 0.001, 0.0)):
            change = played(now, given_, {**THREATENED, kind: draw_})
            assert np.array_equal(change.flow[name], np.full(SHAPE, wanted)), (name, draw_)
    for draw_, wanted in ((0.499, 0.0), (0.501, 1.0)):
        change = played(now, given_, {**THREATENED, "defiance": draw_})
        assert np.array_equal(change.flow["gave_in"], np.full(SHAPE, wanted))


OFTEN = {"displeasure_rate": 100.0, "choice_intensity": 0.0}


@pytest.mark.parametrize(
    ("defiance", "impose", "relented", "in_force"),
    [(0.999, 0.0, 0.24, 0.0), (0.0, 0.999, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0)],
)
def test_what_each_outcome_does(defiance: float, impose: float, relented: float, in_force: float) -> None:
    """Giving in takes .4 of .6 off; standing firm brings retaliation, or an empty threat."""
    uniforms = {**THREATENED, "defiance": defiance, "impose": impose}
    change = played(state(compliance=0.6), setting(relent=0.4, **OFTEN), uniforms)
    assert np.array_equal(change.flow["threat_made"], np.ones(SHAPE))
    assert change.state["compliance"] == pytest.approx(np.full(SHAPE, 0.6 - relented))
    assert np.array_equal(change.flow["gave_in"], np.full(SHAPE, float(relented > 0.0)))
    assert np.array_equal(change.state["retaliated"], np.full(SHAPE, in_force))
    assert np.array_equal(change.flow["retaliation"], np.full(SHAPE, in_force))
    assert set(change.state) == {"retaliated", "unfriendly", "compliance"}


def test_who_does_not_offend_is_left_alone() -> None:
    change = played(state(), setting(displeasure_rate=100.0))
    for name, value in change.flow.items():
        assert not value.any(), name
    assert not change.state["retaliated"].any()
    assert change.flow["reasons.retaliation"].shape == (8, 1)
    assert change.flow["evidence_retaliation"].shape == (2, *SHAPE)


def test_retaliation_in_force_is_not_imposed_again_and_ends() -> None:
    given_, now = setting(retaliation_end=0.2, **OFTEN), state(retaliated=1.0, joined=1.0)
    for draw_, stays in ((0.199, 0.0), (0.201, 1.0)):
        change = played(now, given_, {**THREATENED, "retaliation_end": draw_})
        assert np.array_equal(change.state["retaliated"], np.full(SHAPE, stays))
        assert not change.flow["threat_made"].any()
        assert not change.flow["retaliation"].any()


def test_the_calendar_imposes_it_and_keeps_it_in_force() -> None:
    """AAA alone, for two months; 1 in the month in which it begins, and the hazard ends it only afterwards."""
    ordered = np.zeros((24, 2))
    ordered[:2, 0] = 1.0
    given_ = setting(schedule=calendar(retaliation=ordered), retaliation_end=0.2)
    now, found = state(), []
    for index in range(3):
        month = Given(index=index, uniforms={**CALM, "retaliation_end": 0.0})
        change = retaliation(now, flow(), given_, month)
        now = replace(now, **change.state)
        found.append((*change.flow["retaliation"][:, 0], *now.retaliated[:, 0]))
    assert found == [(1.0, 0.0, 1.0, 0.0), (0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 0.0)]


def test_only_who_has_joined_is_named_and_only_once() -> None:
    given_, sure = setting(choice_intensity=0.0, unfriendly_rate=0.7), {**CALM, "designation": 0.0}
    assert not played(state(compliance=1.0), given_, sure).flow["designation"].any()
    named = played(state(joined=1.0), given_, sure)
    assert np.array_equal(named.flow["designation"], np.ones(SHAPE))
    assert np.array_equal(named.state["unfriendly"], np.ones(SHAPE))
    again = played(state(joined=1.0, unfriendly=1.0), given_, sure)
    assert not again.flow["designation"].any()
    assert np.array_equal(again.state["unfriendly"], np.ones(SHAPE))


def test_designation_follows_the_rule() -> None:
    """Odds 1 to 1, .6 of enforcement over 2, less 1 for a member of the alliance."""
    given_ = setting(unfriendly_rate=0.5, divisors={"designation": {"security": 2.0}})
    for member, exponent in ((0.0, 0.3), (1.0, -0.7)):
        now = state(joined=1.0, compliance=0.6, ally=member)
        chance = 1.0 / (1.0 + np.exp(-exponent))
        for by, wanted in ((-1e-6, 1.0), (1e-6, 0.0)):
            change = played(now, given_, {**CALM, "designation": chance + by})
            assert np.array_equal(change.flow["designation"], np.full(SHAPE, wanted)), (member, by)


def chances(now: State, given_: Setting, **given: object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    around = flow(**given)
    return play(
        payoffs(challenger_accounts(now, around, given_), given_, "threat"),
        payoffs(decider_accounts(now, around, given_), given_, "retaliation"),
    )


@exactly
@given(st.sampled_from(sorted(TIES)), st.floats(0.0, 1.0), st.floats(0.5, 2.0))
def test_who_has_more_to_lose_gives_in(name: str, compliance: float, times: float) -> None:
    """p_R falls in every tie, at the same p_F."""
    now, scale = state(compliance=compliance, union=1.0), {"retaliation": {"economy": 20.0}}
    before, after = (
        chances(now, setting({**TIES, "minority": 0.1, name: TIES[name] * by}, scale, **LOSSES))
        for by in (times, times + 0.5)
    )
    assert (after[1] < before[1]).all()
    assert np.array_equal(after[2], before[2])


def test_what_makes_imposing_likelier() -> None:
    """A greater offence, more dependence and louder threats do; a union in common and sales at risk do not."""
    now, given_ = state(compliance=0.5), setting(TIES, **LOSSES)
    usual = chances(now, given_)[2]
    assert (chances(state(compliance=0.5, joined=1.0), given_)[2] > usual).all()
    deep = setting({**TIES, "remittances": 30.0}, **{**LOSSES, "retaliation_lever": 20.0})
    assert (
        chances(now, deep)[2] > chances(now, setting(TIES, **{**LOSSES, "retaliation_lever": 20.0}))[2]
    ).all()
    assert (chances(now, setting({**TIES, "trade": (40.0, 10.0, 5.0)}, **LOSSES))[2] > usual).all()
    assert (chances(state(compliance=0.5, menace=1.0), given_)[2] > usual).all()
    assert (chances(state(compliance=0.5, union=1.0), given_)[2] < usual).all()
    assert (chances(now, setting({**TIES, "imports": (30.0, 10.0, 5.0)}, **LOSSES))[2] < usual).all()


@exactly
@given(st.sampled_from(["joined", "compliance"]), st.floats(0.05, 0.9))
def test_an_offence_brings_threats(name: str, extra: float) -> None:
    before, after = (threat_chance(state(**{name: level}), setting()) for level in (0.0, extra))
    assert (after > before).all()


def test_the_reasons_sum_to_the_log_odds_of_standing_firm() -> None:
    now, around, given_ = two_states()
    given_ = replace(given_, divisors={"retaliation": {"economy": 20.0, "domestic": 0.1}})
    table = retaliation(now, around, given_, Given(uniforms=THREATENED)).flow["reasons.retaliation"]
    one, two = challenger_accounts(now, around, given_), decider_accounts(now, around, given_)
    bases = (0.5, 0.5, given_["retaliation_base_rate"])
    _, p_resist, p_impose = play(payoffs(one, given_, "threat"), payoffs(two, given_, "retaliation"), bases)
    assert table.shape == (8, 1)
    assert table[-1] == 1.0
    assert table[:-1].sum() == pytest.approx(float(logit(p_resist)[0, 0]), abs=1e-12)
    gained = -p_impose[0, 0] * loss(given_)[0, 0] - two["economy"][1, 0, 0]
    assert table[1] == pytest.approx(gained / 20.0)


def test_standing_firm_is_evidence_of_sincerity() -> None:
    """The sincere weigh rents and losses less and principle more; nobody else's act is judged."""
    now, around, given_ = two_states()
    scaled = replace(given_, divisors={"retaliation": {"economy": 20.0}})
    stood, gave = (
        retaliation(now, around, scaled, Given(uniforms={**THREATENED, "defiance": u})).flow
        for u in (0.0, 0.9999)
    )
    assert stood["threat_made"].all()
    assert not stood["gave_in"].any()
    assert gave["gave_in"].all()
    assert (stood["evidence_retaliation"] > 0.0).all()
    assert (gave["evidence_retaliation"] < 0.0).all()
    quiet = retaliation(now, around, scaled, Given(uniforms={**THREATENED, "displeasure": 0.9999999}))
    assert not quiet.flow["evidence_retaliation"].any()


def test_on_the_shipped_case_ties_with_russia_decide_what_it_can_cost() -> None:
    """Kazakhstan, whose oil crosses Russia, loses more than India; the loss is a part of GDP."""
    start, known = draw(plain(), SEED, 0)
    cost = loss(known)
    assert (cost >= 0.0).all()
    assert (cost < 60.0).all()
    assert (cost[known.focus] > cost[known.deciders.index("IND")]).all()
    assert (offence(start, known) >= 0.0).all()
    joined = replace(start, joined=np.ones_like(start.joined))
    assert (threat_chance(joined, known) > threat_chance(start, known)).all()
