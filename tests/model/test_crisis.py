"""The crisis game: equation (4) by hand and in its limits, its payoffs, and what a claim does in a month."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.model.shipped import SEED, plain
from tests.model.small import SHAPE, Given, calendar, exactly, flow, only, setting, state

from tightrope.model.choice import logistic, logit
from tightrope.model.crisis import (
    BACKED_DOWN,
    CONCEDED,
    FORCED,
    KEPT,
    challenger_accounts,
    claim_chance,
    crisis,
    decider_accounts,
    expected,
    firm,
    force,
    outcomes,
    payoffs,
    play,
    resist,
    winning,
)
from tightrope.model.draw import draw
from tightrope.model.occasion import occasions
from tightrope.model.state import Change, Setting, State
from tightrope.model.world import sanctions, usual_ties

rates = st.floats(0.05, 0.95)
values = st.floats(-3.0, 3.0)
more = st.floats(0.05, 3.0)
eager = st.floats(0.1, 3.0)
four = st.tuples(values, values, values, values)


def worth(four: tuple[float, ...]) -> np.ndarray:
    return np.array(four).reshape(4, 1)


def test_worked_by_hand() -> None:
    """Bases ½. W1 - B1 = ln 3: p_F = ¾. W2 = -ln 2, V2 = ln 8, C2 = 0: ¾ (-ln 2) + ¼ 3 ln 2 = 0, so p_R = ½.
    W1 = 0, B1 = -ln 3, C1 = ¼ ln 3, SQ1 = -½ ln 3: ½ (-¼ ln 3) + ½ ¼ ln 3 + ½ ln 3 = ½ ln 3.
    """
    three, two = np.log(3.0), np.log(2.0)
    challenger = worth((-0.5 * three, 0.25 * three, -three, 0.0))
    decider = worth((9.0, 0.0, 3.0 * two, -two))
    p_challenge, p_resist, p_force = play(challenger, decider)
    assert p_force == pytest.approx(0.75)
    assert p_resist == pytest.approx(0.5)
    assert p_challenge == pytest.approx(np.sqrt(3.0) / (1.0 + np.sqrt(3.0)))
    # A base rate of 1 in 10 for force: odds 1/9 × 3.
    assert force(0.1, challenger) == pytest.approx(0.25)


@exactly
@given(four, four, rates, rates, rates, st.floats(0.0, 3.0))
def test_closed_form(
    one: tuple[float, ...], two: tuple[float, ...], base_c: float, base_r: float, base_f: float, power: float
) -> None:
    sq1, c1, b1, w1 = one
    _, c2, v2, w2 = two
    p_force = logistic(np.array([logit(base_f) + power * (w1 - b1)]))
    p_resist = logistic(logit(base_r) + power * (p_force * w2 + (1 - p_force) * v2 - c2))
    begun = p_resist * (p_force * w1 + (1 - p_force) * b1) + (1 - p_resist) * c1
    p_challenge = logistic(logit(base_c) + power * (begun - sq1))
    found = play(worth(one), worth(two), (base_c, base_r, base_f), power)
    for probability, wanted in zip(found, (p_challenge, p_resist, p_force), strict=True):
        assert probability == pytest.approx(wanted, abs=1e-12)


@exactly
@given(four, four, rates, rates, rates)
def test_without_intensity_all_are_their_base_rates(
    one: tuple[float, ...], two: tuple[float, ...], base_c: float, base_r: float, base_f: float
) -> None:
    assert [*np.concatenate(play(worth(one), worth(two), (base_c, base_r, base_f), 0.0))] == [
        base_c,
        base_r,
        base_f,
    ]
    assert [*np.concatenate(play(worth(one), worth(two), intensity=0.0))] == [0.5, 0.5, 0.5]
    near = play(worth(one), worth(two), (base_c, base_r, base_f), 1e-9)
    assert np.concatenate(near) == pytest.approx([base_c, base_r, base_f], abs=1e-7)


@exactly
@given(four, four, rates)
def test_great_intensity_is_the_subgame_perfect_outcome(
    one: tuple[float, ...], two: tuple[float, ...], base: float
) -> None:
    """Found by comparing outcomes; ties are left out."""
    last = FORCED if one[FORCED] > one[BACKED_DOWN] else BACKED_DOWN
    reached = last if two[last] > two[CONCEDED] else CONCEDED
    apart = (one[FORCED] - one[BACKED_DOWN], two[last] - two[CONCEDED], one[reached] - one[KEPT])
    assume(min(map(abs, apart)) > 0.05)
    found = play(worth(one), worth(two), (base, base, base), 1e4)
    wanted = (one[reached] > one[KEPT], reached != CONCEDED, last == FORCED)
    assert np.concatenate(found) == pytest.approx(np.array(wanted, dtype=float), abs=1e-9)


def moved(payoffs_: tuple[float, ...], place: int, by: float) -> np.ndarray:
    changed = worth(payoffs_)
    changed[place] += by
    return changed


@exactly
@given(four, rates, eager, more)
def test_force_is_likelier_the_more_it_brings(
    one: tuple[float, ...], base: float, power: float, by: float
) -> None:
    assert force(base, moved(one, FORCED, by), power) > force(base, worth(one), power)
    assert force(base, moved(one, BACKED_DOWN, by), power) < force(base, worth(one), power)


@exactly
@given(four, rates, eager, more, rates)
def test_standing_firm_is_likelier_the_better_one_fares_by_it(
    two: tuple[float, ...], base: float, power: float, by: float, p_force: float
) -> None:
    now = resist(base, np.array([p_force]), worth(two), power)
    assert resist(base, np.array([p_force]), moved(two, FORCED, by), power) > now
    assert resist(base, np.array([p_force]), moved(two, BACKED_DOWN, by), power) > now
    assert resist(base, np.array([p_force]), moved(two, CONCEDED, by), power) < now


@exactly
@given(four, four, rates, eager, more)
def test_one_gives_way_to_who_gains_by_force(
    one: tuple[float, ...], two: tuple[float, ...], base: float, power: float, by: float
) -> None:
    """p_R falls in W1 where force is worse for the decider than the challenger's retreat, and else rises."""
    assume(abs(two[FORCED] - two[BACKED_DOWN]) > 0.05)
    _, before, low = play(worth(one), worth(two), (0.5, base, 0.5), power)
    _, after, high = play(moved(one, FORCED, by), worth(two), (0.5, base, 0.5), power)
    assume(high[0] - low[0] > 1e-6)
    assert np.sign(after - before) == np.sign(two[FORCED] - two[BACKED_DOWN])


@exactly
@given(four, four, rates, eager, more)
def test_a_better_status_quo_keeps_the_peace(
    one: tuple[float, ...], two: tuple[float, ...], base: float, power: float, by: float
) -> None:
    before, after = (
        play(now, worth(two), (base, 0.5, 0.5), power)[0] for now in (worth(one), moved(one, KEPT, by))
    )
    assert after < before


@pytest.mark.parametrize(("won", "cost", "most"), [(0.5, 0.1, 0.4), (0.6, 0.05, 0.5), (0.4, 0.2, 0.3)])
def test_demands_under_uncertainty_are_fearons(won: float, cost: float, most: float) -> None:
    """Who demands x of a pie of 1 from one whose cost of war is uniform on [0, c̄], and always fights if refused,
    demands p + (c̄ - c_A)/2 and has war with chance (c̄ - c_A)/(2 c̄) (Fearon 1995).
    """
    costs = (np.arange(2000) + 0.5) / 2000.0 * most
    fights = force(0.5, outcomes((1,), forced=1.0), 1e6)
    demands = np.linspace(won, won + most, 801)
    wars, gains = [], []
    for demand in demands:
        decider = outcomes(costs.shape, conceded=1.0 - demand, backed_down=1.0, forced=1.0 - won - costs)
        refused = resist(0.5, fights, decider, 1e6).mean()
        wars.append(refused)
        gains.append(refused * (won - cost) + (1.0 - refused) * demand)
    best = int(np.argmax(gains))
    assert demands[best] == pytest.approx(won + (most - cost) / 2.0, abs=0.02 * most)
    assert wars[best] == pytest.approx((most - cost) / (2.0 * most), abs=0.02)


HAND = {
    "help_share": 0.1,
    "force_cost": 0.5,
    "sanctioned_fraction": 0.25,
    "force_hardship": 0.2,
    "humiliation": 0.1,
}


def test_accounts_by_hand() -> None:
    """Free strength ½; own ratio .02, help .1 (.2 × 12 + .1 × 4) = .28: p = .5 / .8 = .625. Stake 1, n ½.

    Force costs .5 / ½ + 1 - ¼ = 1.75. Displeasure .9 × .3 - .1 × .3 = .24, so pride is .124.
    """
    now, given_ = state(menace=0.5, stands=2.0), setting({"minority": 0.1, "capability": 0.2}, **HAND)
    around = flow(tied_down=(0.5, 0.0, 0.0))
    assert winning(now, around, given_) == pytest.approx(np.full(SHAPE, 0.625))
    wanted = {
        "economy": (0.0, 0.0, 0.0, -1.75),
        "security": (0.0, 1.0, 0.0, 0.625),
        "principle": (0.0, 0.0, 0.0, -0.5),
        "reputation": (0.0, 0.0, -1.5, 0.0),
    }
    one = challenger_accounts(now, around, given_)
    assert one.keys() == wanted.keys()
    for name, phi in one.items():
        assert phi[:, 0, 0] == pytest.approx(np.array(wanted[name])), name
    wanted = {
        "economy": (0.0, 0.0, 0.0, -20.0),
        "security": (0.0, -1.0, 0.0, -0.625),
        "domestic": (0.0, -0.124, 0.124, 0.124),
        "principle": (0.0, -0.5, 0.0, 0.0),
        "reputation": (0.0, -3.0, 0.0, 0.0),
    }
    found = decider_accounts(now, around, given_)
    assert found.keys() == wanted.keys()
    for name, phi in found.items():
        assert phi[:, 0, 0] == pytest.approx(np.array(wanted[name])), name
        assert phi.shape == (4, *SHAPE), name


def two_states() -> tuple[State, dict[str, np.ndarray], Setting]:
    """Two states that differ in all that the accounts read."""
    apart = np.array([[1.0], [2.0]])
    now = state(menace=0.2 * apart, stands=apart, share=(0.4, 0.2, 0.1, 0.3))
    now = replace(now, share=now.share * np.array([[1.0], [0.5]]), opinion=now.opinion * apart)
    given_ = setting({"neighbour": apart, "capability": 0.3 * apart, "minority": 0.1 * apart}, **HAND)
    return now, flow(tied_down=(0.3, 0.1, 0.0)), given_


@pytest.mark.parametrize("accounts", [challenger_accounts, decider_accounts])
@pytest.mark.parametrize("place", [0, 1])
def test_accounts_of_columns_are_those_of_the_whole(accounts: object, place: int) -> None:
    now, around, given_ = two_states()
    uniform = np.ones(SHAPE)
    uniform[place] = 0.0
    up = occasions(uniform, 0.5)
    whole = accounts(now, around, given_)  # type: ignore[operator]
    columns = accounts(up.state(now), up.flow(around), up.setting(given_))  # type: ignore[operator]
    for name, phi in whole.items():
        assert phi.shape == (4, *SHAPE), name
        assert columns[name].shape == (4, 1), name
        assert np.array_equal(columns[name], phi[:, place]), name
    other = [name for name, phi in whole.items() if (phi[:, 0] != phi[:, 1]).any()]
    assert set(other) >= {"security", "reputation"}


def p_force(now: State, given_: Setting, **given: object) -> np.ndarray:
    accounts = challenger_accounts(now, flow(**given), given_)
    return force(given_["force_base_rate"], payoffs(accounts, given_, "claim"), 1.0)


def test_what_makes_force_likelier() -> None:
    now, given_ = state(), setting(**HAND)
    usual = p_force(now, given_)
    assert (p_force(now, given_, tied_down=(0.5, 0.0, 0.0)) < usual).all()
    assert (p_force(now, given_, tied_down=(0.0, 0.5, 0.0)) > usual).all()
    assert (p_force(now, given_, sanctions=0.0) < usual).all()
    assert (p_force(state(share=(0.2, 0.4, 0.1, 0.3)), given_) < usual).all()
    assert (p_force(state(rule=1.0), given_) < usual).all()
    assert (p_force(state(menace=1.0), given_) > usual).all()
    assert (p_force(now, setting({"capability": 3.0}, **HAND)) < usual).all()
    assert (p_force(now, setting({"neighbour": 2.0}, **HAND)) > usual).all()
    for name, sign in (("help_share", -1), ("force_cost", -1), ("sanctioned_fraction", 1)):
        changed = setting(**{**HAND, name: HAND[name] + 0.3})
        assert (sign * (p_force(now, changed) - usual) > 0).all(), name


def test_the_chance_to_win_is_a_chance() -> None:
    """Whatever is lent and however tied down: between 0 and 1, and 1 against nobody."""
    now, given_ = two_states()[0], setting({"capability": 0.0}, help_share=0.0)
    for tied in (0.0, 0.7, 1.0):
        assert winning(now, flow(tied_down=(tied, 0.0, 0.0)), given_) == pytest.approx(1.0)
        helped = winning(now, flow(tied_down=(tied, 0.0, 0.0)), setting(**HAND))
        assert (helped > 0.0).all()
        assert (helped < 1.0).all()


CLAIMED = {"claim": 0.0, "stand_firm": 0.0, "force": 0.0}
CALM = {"claim": 0.999, "stand_firm": 0.999, "force": 0.999}


def played(now: State, given_: Setting, uniforms: dict[str, float] | None = None, **given: object) -> Change:
    return crisis(now, flow(**given), given_, Given(uniforms=uniforms or CLAIMED))


def test_a_claim_comes_up_by_neighbour_and_menace() -> None:
    """1 - exp(-.01 × 2 × 1.5); never where there is no neighbour."""
    given_ = setting({"neighbour": 2.0}, claim_rate=0.01)
    assert claim_chance(state(menace=0.5), given_) == pytest.approx(1.0 - np.exp(-0.03))
    assert not claim_chance(state(menace=9.0), setting({"neighbour": 0.0}, claim_rate=1.0)).any()
    huge = claim_chance(state(menace=1e6), given_)
    assert (huge <= 1.0).all()
    below, above = (played(state(menace=0.5), given_, {**CLAIMED, "claim": u}) for u in (0.029, 0.030))
    assert np.array_equal(below.flow["claim"], np.ones(SHAPE))
    assert not above.flow["claim"].any()


def test_without_a_claim_nothing_changes() -> None:
    now = state(menace=0.3, grievance=0.1, hardship=0.2)
    change = played(now, setting(), CALM)
    for name in ("menace", "grievance", "hardship"):
        assert np.array_equal(change.state[name], getattr(now, name))
    for name, value in change.flow.items():
        assert not value.any(), name
    assert change.flow["evidence_crisis"].shape == (2, *SHAPE)
    assert change.flow["reasons.crisis"].shape == (8, 1)


def ordered(**parameter: float) -> Setting:
    """A claim on AAA alone in the first month, from the calendar; nobody else has a neighbour to fear."""
    given = np.zeros((24, 2))
    given[0, 0] = 1.0
    return setting({"neighbour": 0.0, "minority": 0.1}, schedule=calendar(claim=given), **parameter)


def test_the_calendar_forces_a_challenge_in_its_month() -> None:
    given_ = ordered(claim_base_rate=0.001)
    change = played(state(), given_, CALM)
    assert np.array_equal(change.flow["claim"], [[1.0], [0.0]])
    assert np.array_equal(change.flow["challenge"], [[1.0], [0.0]])
    later = crisis(state(), flow(), given_, Given(index=1, uniforms=CLAIMED))
    assert not later.flow["claim"].any()


EFFECTS = {"claim_menace": 0.4, "force_menace": 3.0, "force_hardship": 0.25, "humiliation": 0.1}


@pytest.mark.parametrize(
    ("firm_", "used", "grievance", "menace", "hardship"),
    [
        (0.999, 0.0, 0.5 + 0.124, 1.4, 0.0),  # gives way
        (0.0, 0.999, 0.5 - 0.124, 1.0, 0.0),  # stands firm, the other backs down
        (0.0, 0.0, 0.5 - 0.124, 4.0, 0.25),  # stands firm, force is used
    ],
)
def test_what_each_outcome_does(
    firm_: float, used: float, grievance: float, menace: float, hardship: float
) -> None:
    now, given_ = state(grievance=0.5, menace=1.0), ordered(choice_intensity=0.0, **EFFECTS)
    change = played(now, given_, {"claim": 0.9, "stand_firm": firm_, "force": used})
    stood, forced = float(firm_ == 0.0), float(firm_ == used == 0.0)
    assert change.state["grievance"] == pytest.approx(np.array([[grievance], [0.5]]))
    assert change.state["menace"] == pytest.approx(np.array([[menace], [1.0]]))
    assert change.state["hardship"] == pytest.approx(np.array([[hardship], [0.0]]))
    for name, wanted in (("concession", 1.0 - stood), ("stood_firm", stood), ("force", forced)):
        assert np.array_equal(change.flow[name], [[wanted], [0.0]]), name


def test_without_intensity_the_month_draws_from_the_base_rates() -> None:
    """Claim certain: challenge at .3, standing firm at ½, force at .2."""
    given_ = setting(
        {"neighbour": 50.0}, claim_rate=50.0, choice_intensity=0.0, claim_base_rate=0.3, force_base_rate=0.2
    )
    for kind, rate, name in (
        ("claim", 0.3, "challenge"),
        ("stand_firm", 0.5, "stood_firm"),
        ("force", 0.2, "force"),
    ):
        for draw_, wanted in ((rate - 0.001, 1.0), (rate + 0.001, 0.0)):
            change = played(state(), given_, {**CLAIMED, kind: draw_})
            assert np.array_equal(change.flow[name], np.full(SHAPE, wanted)), (name, draw_)
    assert change.flow["p_force"] == pytest.approx(np.full(SHAPE, 0.2))


def test_the_month_plays_the_game_of_its_accounts() -> None:
    """The challenge and the stand fall just below, and not above, the game's probabilities, state by state."""
    now, around, given_ = two_states()
    given_ = replace(
        given_, divisors={"claim": {"economy": 2.0}, "crisis": {"economy": 9.0, "domestic": 0.2}}
    )
    given_ = replace(given_, parameters={**given_.parameters, "claim_rate": np.array([100.0])})
    one, two = challenger_accounts(now, around, given_), decider_accounts(now, around, given_)
    p_c, p_r, p_f = play(payoffs(one, given_, "claim"), payoffs(two, given_, "crisis"))
    assert (abs(p_r - 0.5) < 0.499).all()
    for kind, name, wanted in (
        ("claim", "challenge", p_c),
        ("stand_firm", "stood_firm", p_r),
        ("force", "force", p_f),
    ):
        for by, happened in ((-1e-6, 1.0), (1e-6, 0.0)):
            change = crisis(now, around, given_, Given(uniforms={**CLAIMED, kind: wanted + by}))
            assert np.array_equal(change.flow[name], np.full(SHAPE, happened)), (name, by)
    assert change.flow["p_force"] == pytest.approx(p_f, abs=1e-12)


def test_the_reasons_sum_to_the_log_odds_of_standing_firm() -> None:
    divisors = {"crisis": {"economy": 9.0, "security": 0.4, "domestic": 0.2, "reputation": 2.0}}
    given_ = replace(ordered(**HAND), divisors=divisors)
    now = state(menace=0.5, stands=1.0)
    table = played(now, given_).flow["reasons.crisis"]
    one, two = challenger_accounts(now, flow(), given_), decider_accounts(now, flow(), given_)
    _, p_resist, p_force_ = play(payoffs(one, given_, "claim"), payoffs(two, given_, "crisis"))
    assert table.shape == (8, 1)
    assert table[-1] == 1.0
    assert table[:-1].sum() == pytest.approx(float(logit(p_resist)[0, 0]), abs=1e-12)
    assert table[1] == pytest.approx(float(p_force_[0, 0]) * -20.0 / 9.0)
    assert table[4] == 0.0  # autonomy is not in this menu
    assert not played(now, replace(given_, focus=1)).flow["reasons.crisis"].any()


def test_firm_is_the_gain_over_giving_way() -> None:
    account = worth((9.0, 1.0, 2.0, 6.0))
    assert expected(account, 0.25) == pytest.approx(3.0)
    assert firm({"economy": account}, np.array([0.25]))["economy"] == pytest.approx(2.0)


def test_standing_firm_tells_of_principle() -> None:
    """Both audiences believe more in who stood firm, less in who gave way; nothing where the types are alike."""
    kinds = {"sincere_economy": 0.5, "gamer_economy": 1.5, "sincere_principle": 2.0, "gamer_principle": 0.0}
    divisors = {"crisis": {"economy": 9.0}}
    given_ = replace(ordered(**HAND, **kinds), divisors=divisors)
    stood, gave = (
        played(state(), given_, {**CLAIMED, "stand_firm": u}).flow["evidence_crisis"] for u in (0.0, 0.999)
    )
    assert (stood[:, 0] > 0.0).all()
    assert (gave[:, 0] < 0.0).all()
    assert not stood[:, 1].any()
    alike = dict.fromkeys(kinds, 1.0)
    assert not played(state(), ordered(**HAND, **alike)).flow["evidence_crisis"].any()
    # Level 0: what one's own reputation is worth does not enter.
    bound = played(state(stands=5.0), given_).flow["evidence_crisis"]
    assert np.array_equal(bound, stood)


@exactly
@given(st.floats(0.1, 0.6), st.floats(0.1, 0.3))
def test_help_keeps_one_firm(share: float, extra: float) -> None:
    """Only security weighed: who leans more to others risks less by standing firm, and is forced less."""
    given_ = setting(**only("security"), **HAND)
    before, after = (
        play(
            payoffs(challenger_accounts(now, flow(), given_), given_, "claim"),
            payoffs(decider_accounts(now, flow(), given_), given_, "crisis"),
        )
        for now in (state(share=(0.1, s, 0.05, 0.85 - s)) for s in (share, share + extra))
    )
    assert (after[1] > before[1]).all()
    assert (after[2] < before[2]).all()


def test_on_the_shipped_case_a_target_tied_down_uses_less_force() -> None:
    start, known = draw(plain(), SEED, 0)
    chances = []
    for tied in (0.1, 0.8):
        ties = usual_ties(start, known)
        ties[known.target] = tied
        around = {"tied_down": ties, "sanctions": sanctions(start, known)}
        worth_ = payoffs(challenger_accounts(start, around, known), known, "claim")
        chances.append(force(known["force_base_rate"], worth_, known["choice_intensity"]))
    free, tied_down = (chance[known.focus] for chance in chances)
    assert (tied_down < free).all()
    assert (free - tied_down).mean() > 0.05
