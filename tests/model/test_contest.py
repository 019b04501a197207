"""What the poles offer: Tullock's closed forms, and the void that is filled without a further rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import BLUE, FAR, RED, Given, exactly, flow, setting, state, with_figure

from tightrope.model.choice import choice
from tightrope.model.contest import contest, credibility, win_shares

efforts = st.lists(st.floats(0.1, 10.0), min_size=3, max_size=3).map(np.array)
decisiveness = st.floats(0.1, 3.0)


def test_worked_by_hand() -> None:
    """Efforts 1, 4, 9 with decisiveness ½ have strengths 1, 2, 3."""
    assert win_shares(np.array([1.0, 4.0, 9.0]), 0.5) == pytest.approx([1 / 6, 2 / 6, 3 / 6])


@pytest.mark.parametrize("poles", [2, 3, 5])
def test_equal_poles_make_tullocks_symmetric_effort(poles: int) -> None:
    """With V = 10 and r = 1 nobody gains by leaving (n - 1) V / n², and each has one share of n."""
    prize, step = 10.0, 1e-5
    effort = (poles - 1) * prize / poles**2
    others = np.full(poles, effort)
    assert win_shares(others, 1.0) == pytest.approx(np.full(poles, 1 / poles))

    def gain(mine: float) -> float:
        return prize * float(win_shares(np.array([mine, *others[1:]]), 1.0)[0]) - mine

    assert (gain(effort + step) - gain(effort - step)) / (2 * step) == pytest.approx(0.0, abs=1e-6)
    assert gain(effort) > max(gain(effort * 0.5), gain(effort * 1.5))


@exactly
@given(st.floats(1.0, 10.0), st.floats(1.0, 10.0))
def test_two_unequal_prizes_are_won_in_proportion(first: float, second: float) -> None:
    """Equilibrium efforts v1² v2 / (v1 + v2)² and the mirror image: the first wins with v1 / (v1 + v2)."""
    effort = np.array([first**2 * second, first * second**2]) / (first + second) ** 2
    assert win_shares(effort, 1.0)[0] == pytest.approx(first / (first + second), abs=1e-12)
    step = 1e-6 * effort[0]
    up, down = (win_shares(np.array([effort[0] + sign * step, effort[1]]), 1.0)[0] for sign in (1, -1))
    assert first * (up - down) / (2 * step) == pytest.approx(1.0, abs=1e-6)


@exactly
@given(efforts, decisiveness)
def test_it_is_the_one_rule_in_log_effort(effort: np.ndarray, r: float) -> None:
    share = win_shares(effort, r)
    assert share.sum() == pytest.approx(1.0, abs=1e-14)
    assert share == pytest.approx(choice(np.full(3, 1 / 3), np.log(effort), r), abs=1e-12)


@exactly
@given(efforts, decisiveness, st.floats(0.01, 0.9))
def test_tying_one_pole_down_raises_every_other(effort: np.ndarray, r: float, tied: float) -> None:
    before, after = win_shares(effort, r), win_shares(effort * np.array([1.0 - tied, 1.0, 1.0]), r)
    assert after[0] < before[0]
    assert (after[1:] > before[1:]).all()


def offers(tied: float = 0.0, **parameter: float) -> np.ndarray:
    figures = {"trade": (3.0, 1.0, 1.0), "pole_budget": 100.0}
    usual = {"contest_floor": 1.0, "contest_decisiveness": 1.0, "offer_total": 2.0, "rule_strength": 0.5}
    given_ = setting(figures, **usual, **parameter)
    return contest(state(), flow(tied_down=(tied, 0.0, 0.0)), given_, Given()).flow["offer"]


def test_offers_by_hand() -> None:
    """Budgets 100 each, half spent on each of two equal deciders: shares ⅓, so ⅔ percent each, RED's at ½ credit."""
    assert offers(target_credibility=0.5)[:, 0, 0] == pytest.approx([1 / 3, 2 / 3, 2 / 3])
    assert offers(target_credibility=1.0).sum(axis=0) == pytest.approx(np.full((2, 1), 2.0))
    assert offers(tied=0.5, target_credibility=1.0)[:, 0, 0] == pytest.approx([0.4, 0.8, 0.8])


def test_without_a_war_the_targets_word_is_as_good_as_any() -> None:
    """Credit of ½ counts in full at war, by half where half a war is known, and not at all without one."""
    for war, kept in ((1.0, 1 / 3), (0.5, 0.5), (0.0, 2 / 3)):
        figures = {"trade": (3.0, 1.0, 1.0), "pole_budget": 100.0, "at_war": war}
        usual = {"contest_floor": 1.0, "contest_decisiveness": 1.0, "offer_total": 2.0}
        given_ = setting(figures, **usual, target_credibility=0.5, rule_strength=0.5)
        found = contest(state(), flow(), given_, Given()).flow["offer"]
        assert found[:, 0, 0] == pytest.approx([kept, 2 / 3, 2 / 3])


def test_a_pole_spends_where_it_trades() -> None:
    trade = np.full((3, 2, 1), 4.0)
    trade[RED, 0] = 9.0
    base = setting(contest_floor=1.0, contest_decisiveness=1.0, offer_total=1.0, target_credibility=1.0)
    found = contest(state(), flow(), with_figure(base, trade=trade, pole_budget=100.0), Given()).flow["offer"]
    # RED gives 2/3 of its budget to AAA and 1/3 to BBB; the others half and half.
    assert found[:, 0, 0] == pytest.approx(np.array([4.0, 3.0, 3.0]) / 10.0)
    assert found[:, 1, 0] == pytest.approx(np.array([2.0, 3.0, 3.0]) / 8.0)


@exactly
@given(st.floats(0.0, 0.8), st.floats(0.01, 0.19), st.floats(0.2, 0.8))
def test_the_void_is_filled(tied: float, more: float, r: float) -> None:
    given_ = setting(contest_decisiveness=r)
    before, after = (
        contest(state(), flow(tied_down=(b, 0.0, 0.0)), given_, Given()).flow["offer"]
        for b in (tied, tied + more)
    )
    assert (after[RED] < before[RED]).all()
    assert (after[BLUE] > before[BLUE]).all()
    assert (after[FAR] > before[FAR]).all()


@exactly
@given(st.floats(0.1, 0.8), st.floats(0.01, 0.2))
def test_credibility_lowers_only_the_targets_offer(credit: float, more: float) -> None:
    """Self-excluded is not outcompeted: the others gain nothing from it."""
    before, after = offers(target_credibility=credit + more), offers(target_credibility=credit)
    assert (after[RED] < before[RED]).all()
    assert np.array_equal(after[1:], before[1:])


@exactly
@given(efforts, decisiveness, st.floats(0.1, 1.0))
def test_a_bloc_never_wins_less_and_keeps_its_proportions(effort: np.ndarray, r: float, bound: float) -> None:
    apart, joint = win_shares(effort, r), win_shares(effort, r, RED, np.array([0.0, 0.0, bound]))
    assert joint.sum() == pytest.approx(1.0, abs=1e-14)
    assert joint[[RED, FAR]].sum() >= apart[[RED, FAR]].sum() - 1e-12
    assert joint[RED] / joint[FAR] == pytest.approx(apart[RED] / apart[FAR])


def test_a_bloc_by_hand() -> None:
    """Efforts 1, 2, 3 with r = 2: strengths 1, 4, 9; the first and the last as one bid 4² = 16 against 4."""
    found = win_shares(np.array([1.0, 2.0, 3.0]), 2.0, 0, np.array([0.0, 0.0, 1.0]))
    assert found == pytest.approx([0.8 * 0.1, 0.2, 0.8 * 0.9])


def test_a_bloc_divides_its_effort_evenly_where_many_small_bids_win() -> None:
    """Efforts 1, 1, 7 with r = ½: 4 and 4 have strengths 2 and 2 against 1."""
    found = win_shares(np.array([1.0, 1.0, 7.0]), 0.5, 0, np.array([0.0, 0.0, 1.0]))
    assert found[1] == pytest.approx(0.2)


def believed(given_: float = np.nan, rule: float = 0.5, together: float = 0.0) -> np.ndarray:
    """AAA's credibility of the poles: half lost by the war at the start, where the rule stands at ½."""
    at = setting(target_credibility=0.5, rule_strength=0.5)
    ties = np.reshape((0.0, 0.0, together), (3, 1, 1))
    asked = np.reshape((given_, np.nan, np.nan), (3, 1, 1))
    return credibility(state(rule=rule), flow(coordination=ties), at, asked)[:, 0, 0]


def test_credibility_by_hand() -> None:
    assert believed() == pytest.approx([0.5, 1.0, 1.0])
    assert believed(rule=0.4) == pytest.approx([1.0 - 0.5 * 0.6 / 0.5, 1.0, 1.0])
    assert believed(together=0.4) == pytest.approx([0.5 + 0.4 * 0.5, 1.0, 1.0])
    assert believed(0.2, together=1.0) == pytest.approx([0.2, 1.0, 1.0])


def test_who_is_called_unfriendly_is_offered_less_by_the_target_alone() -> None:
    given_ = setting(unfriendly_loss=0.3)
    before, after = (contest(state(unfriendly=x), flow(), given_, Given()).flow["offer"] for x in (0.0, 1.0))
    assert after[RED] == pytest.approx(0.7 * before[RED])
    assert np.array_equal(after[[BLUE, FAR]], before[[BLUE, FAR]])


def test_effort_fills_the_void_as_far_as_it_goes() -> None:
    more = np.reshape((1.0, 1.0, 3.0), (3, 1, 1))
    before, after = (contest(state(), flow(effort=x), setting(), Given()).flow["offer"] for x in (1.0, more))
    assert (after[FAR] > before[FAR]).all()
    assert (after[[RED, BLUE]] < before[[RED, BLUE]]).all()
