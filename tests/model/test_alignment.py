"""Alignment shares: the repeated tilt, its fixed point, and what moves a state towards a pole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import BLUE, FAR, OWN, RED, SHAPE, Given, exactly, flow, setting, state, with_figure

from tightrope.model.account import utility
from tightrope.model.alignment import alignment, alignment_accounts, hedging_index, tilt_shares
from tightrope.model.choice import Array
from tightrope.model.state import Setting, State

shares = st.lists(st.floats(0.05, 1.0), min_size=4, max_size=4).map(lambda raw: np.array(raw) / np.sum(raw))
rewards = st.lists(st.floats(-2.0, 2.0), min_size=4, max_size=4).map(np.array)
speeds = st.floats(0.02, 0.3)


def covariances(seed: int, size: int = 4) -> Array:
    root = np.random.default_rng(seed).normal(size=(size, size)) / np.sqrt(size)
    return root @ root.T + 0.1 * np.eye(size)


def on_simplex(point: Array) -> Array:
    """The nearest point of the simplex (sort and threshold)."""
    ordered = np.sort(point)[::-1]
    excess = (np.cumsum(ordered) - 1.0) / np.arange(1, len(point) + 1)
    return np.maximum(point - excess[np.flatnonzero(ordered > excess)[-1]], 0.0)


def mean_variance(reward: Array, covariance: Array, aversion: float) -> Array:
    """The best of μ's - γ/2 s'Σs on the simplex by projected gradient, independent of the model's update."""
    share = np.full(len(reward), 1.0 / len(reward))
    length = 1.0 / (aversion * np.linalg.eigvalsh(covariance)[-1])
    for _ in range(20_000):
        share = on_simplex(share + length * (reward - aversion * covariance @ share))
    return share


def test_worked_by_hand() -> None:
    """Speed ½, no aversion, rewards 2 ln 2 and 0: weights .5 × 2 and .5, so ⅔ and ⅓."""
    found = tilt_shares(np.array([0.5, 0.5]), np.array([2.0 * np.log(2.0), 0.0]), np.eye(2), 0.0, 0.5)
    assert found == pytest.approx([2 / 3, 1 / 3])


def test_risk_by_hand() -> None:
    """Equal rewards: the riskier half loses γ s = 2 × ½ of return, so the log ratio falls by β × 1."""
    found = tilt_shares(np.array([0.5, 0.5]), np.zeros(2), np.diag([1.0, 0.0]), 2.0, 0.1)
    assert np.log(found[0] / found[1]) == pytest.approx(-0.1)


@exactly
@given(shares, rewards, speeds, st.integers(1, 120))
def test_without_aversion_log_ratios_drift_at_a_constant_rate(
    share: Array, reward: Array, speed: float, months: int
) -> None:
    now = share
    for _ in range(months):
        now = tilt_shares(now, 0.1 * reward, np.eye(4), 0.0, speed)
    for other in range(1, 4):
        drift = months * speed * 0.1 * (reward[0] - reward[other])
        assert np.log(now[0] / now[other]) == pytest.approx(
            np.log(share[0] / share[other]) + drift, abs=1e-12
        )


@exactly
@given(shares, rewards, st.integers(0, 1000), st.floats(0.1, 6.0), speeds)
def test_no_intensity_leaves_shares_bit_for_bit(
    share: Array, reward: Array, seed: int, aversion: float, speed: float
) -> None:
    assert np.array_equal(tilt_shares(share, reward, covariances(seed), aversion, speed, 0.0), share)


@exactly
@given(st.floats(-1.0, 1.0), st.floats(1.0, 6.0), st.floats(0.5, 2.0), st.floats(-0.5, 0.7))
def test_two_poles_rest_at_the_closed_form(
    gap: float, aversion: float, variance: float, correlation: float
) -> None:
    """s1 = ½ [1 + (μ1 - μ2) / (γ σ² (1 - ρ))] where that lies inside."""
    best = 0.5 * (1.0 + 0.9 * gap)
    reward = np.array([0.9 * gap * aversion * variance * (1.0 - correlation), 0.0])
    covariance = variance * np.array([[1.0, correlation], [correlation, 1.0]])
    share = np.array([0.3, 0.7])
    for _ in range(1500):
        share = tilt_shares(share, reward, covariance, aversion, 1.0 / (aversion * variance))
    assert share[0] == pytest.approx(best, abs=1e-8)


@pytest.mark.parametrize("seed", range(8))
def test_the_resting_point_is_the_mean_variance_optimum(seed: int) -> None:
    covariance, aversion = covariances(seed), 3.0
    reward = np.random.default_rng(seed + 100).normal(size=4)
    share = np.full(4, 0.25)
    speed = 0.9 / (aversion * np.abs(covariance).max())
    for _ in range(20_000):
        share = tilt_shares(share, reward, covariance, aversion, speed)
    assert share == pytest.approx(mean_variance(reward, covariance, aversion), abs=1e-6)


@exactly
@given(shares, rewards, st.integers(0, 1000), st.floats(0.1, 6.0), st.floats(0.05, 1.0))
def test_slow_enough_the_objective_rises_every_month(
    share: Array, reward: Array, seed: int, aversion: float, part: float
) -> None:
    """βγ max|Σ| ≤ 1 ⇒ μ's - γ/2 s'Σs never falls."""
    covariance = covariances(seed)
    speed = part / (aversion * np.abs(covariance).max())

    def objective(s: Array) -> float:
        return float(reward @ s - 0.5 * aversion * s @ covariance @ s)

    for _ in range(40):
        after = tilt_shares(share, reward, covariance, aversion, speed)
        assert objective(after) >= objective(share) - 1e-13
        share = after


@exactly
@given(
    shares,
    rewards,
    st.integers(0, 1000),
    st.floats(0.0, 6.0),
    speeds,
    st.integers(0, 3),
    st.floats(0.01, 1.0),
)
def test_a_share_rises_with_its_own_return(
    share: Array, reward: Array, seed: int, aversion: float, speed: float, pole: int, more: float
) -> None:
    better = reward.copy()
    better[pole] += more
    covariance = covariances(seed)
    before = tilt_shares(share, reward, covariance, aversion, speed)
    after = tilt_shares(share, better, covariance, aversion, speed)
    assert after[pole] > before[pole]
    assert (np.delete(after, pole) < np.delete(before, pole)).all()
    assert after.sum() == pytest.approx(1.0, abs=1e-14)


def test_hedging_index_counts_equal_poles() -> None:
    found = hedging_index(np.array([[1.0, 0.5, 0.25], [0.0, 0.5, 0.25], [0.0, 0.0, 0.25], [0.0, 0.0, 0.25]]))
    assert found == pytest.approx([1.0, 2.0, 4.0])


@exactly
@given(shares)
def test_hedging_index_lies_between_one_and_all(share: Array) -> None:
    assert 1.0 <= float(hedging_index(share)) <= 4.0 + 1e-12


def test_accounts_by_hand() -> None:
    """Economy .05 × 20 + .3; need .4 + 1 × .1, RED's half tied down; .2 × 1 owed; 1 × .5 menace under rule ½."""
    given_ = setting(unrest_need=1.0, debt_pull=0.2, menace_weight=1.0)
    found = alignment_accounts(
        state(debt=1.0, menace=0.5), flow(offer=(0.3, 0.4, 0.1), tied_down=(0.5, 0.0, 0.0)), given_
    )
    column = {name: phi[:, 0, 0] for name, phi in found.items()}
    assert column["economy"] == pytest.approx([1.3, 0.4, 0.1, 0.0])
    assert column["security"] == pytest.approx([0.5 * 0.5 + 0.2 - 0.25, 0.0, 0.0, 0.0])
    assert column["autonomy"] == pytest.approx([0.0, 0.0, 0.0, 0.2])
    assert column["principle"] == pytest.approx([-1.0, -0.5, -0.8, 0.0])
    assert set(column) == {"economy", "security", "autonomy", "principle"}


def month(now: State, given_: Setting, **quantities: object) -> Array:
    return np.asarray(alignment(now, flow(**quantities), given_, Given()).state["share"])


@exactly
@given(st.integers(0, 1000), st.floats(0.0, 6.0), speeds, st.floats(0.1, 2.0))
def test_the_month_is_the_tilt_with_the_anchor_added(
    seed: int, aversion: float, speed: float, intensity: float
) -> None:
    divisors = {"alignment": {"economy": 2.0, "security": 0.5, "autonomy": 0.3, "principle": 1.5}}
    given_ = setting(
        divisors=divisors,
        covariance=covariances(seed),
        risk_aversion=aversion,
        alignment_speed=speed,
        choice_intensity=intensity,
    )
    anchor = np.random.default_rng(seed).normal(size=(4, *SHAPE))
    given_ = with_figure(given_, anchor=anchor)
    now = state(debt=0.3, menace=0.2)
    reward = utility(alignment_accounts(now, flow(), given_), given_.weights, divisors["alignment"])
    wanted = tilt_shares(now.share, reward + anchor, given_.covariance, aversion, speed, intensity)
    change = alignment(now, flow(), given_, Given())
    assert change.state["share"] == pytest.approx(wanted, abs=1e-14)
    share = change.state["share"]
    assert change.flow["why_alignment"].shape == (9, 1)
    assert change.flow["why_alignment"].sum(axis=0) == pytest.approx(
        np.log(share[BLUE, 0] / share[RED, 0]), abs=1e-12
    )
    assert change.flow["why_leaning"].shape == (4, 9, 1)
    whole = change.flow["why_leaning"].sum(axis=1)
    for pole in range(4):
        for other in range(4):
            odds = np.log(share[pole, 0] / share[other, 0])
            assert whole[pole] - whole[other] == pytest.approx(odds, abs=1e-12)


def test_rows_of_the_explanation_by_hand() -> None:
    """Baseline ln(.2/.4); speed .1 × [affinity .5, risk 2 (.4 - .2), anchor .3 - .1]."""
    given_ = setting(
        {"strength": 0.0, "preference": 0.0, "protection": 0.0, "anchor": (0.1, 0.3, 0.0, 0.0)},
        alignment_speed=0.1,
        risk_aversion=2.0,
    )
    found = alignment(state(ally=0.0), flow(), given_, Given()).flow
    assert found["why_alignment"][:, 0] == pytest.approx(
        [np.log(0.5), 0.0, 0.0, 0.0, 0.0, 0.05, 0.0, 0.04, 0.02]
    )
    assert found["why_leaning"][RED, :, 0] == pytest.approx(
        [np.log(0.4), 0.0, 0.0, 0.0, 0.0, -0.1, 0.0, -0.08, 0.01]
    )


def test_strength_speaks_for_own_strength_alone() -> None:
    """Speed .1 × strength .2 in the row of own strength; no pole is given any of it."""
    given_ = setting({"strength": 0.2}, alignment_speed=0.1)
    autonomy = alignment(state(), flow(), given_, Given()).flow["why_leaning"][:, 4, 0]
    assert autonomy == pytest.approx([0.0, 0.0, 0.0, 0.02])


def test_without_intensity_the_month_leaves_shares_bit_for_bit() -> None:
    now = state(menace=2.0, debt=1.0)
    assert np.array_equal(month(now, setting(choice_intensity=0.0)), now.share)


def test_shares_stay_on_the_simplex_for_twenty_years() -> None:
    now = state(menace=0.5)
    for _ in range(240):
        now = state(share=month(now, setting(alignment_speed=0.3)), menace=0.5)
    assert now.share.sum(axis=0) == pytest.approx(np.ones(SHAPE), abs=1e-12)
    assert (now.share > 0).all()


more = st.floats(0.05, 1.0)


@exactly
@given(st.floats(0.0, 1.0), more)
def test_menace_repels(menace: float, extra: float) -> None:
    before, after = (month(state(menace=m), setting()) for m in (menace, menace + extra))
    assert (after[RED] < before[RED]).all()
    assert (after[[BLUE, FAR, OWN]] > before[[BLUE, FAR, OWN]]).all()


@exactly
@given(st.floats(0.0, 0.5), st.floats(0.05, 0.4))
def test_the_rule_against_force_softens_menace(rule: float, extra: float) -> None:
    before, after = (month(state(menace=1.0, rule=r), setting()) for r in (rule, rule + extra))
    assert (after[RED] > before[RED]).all()


@exactly
@given(st.floats(0.0, 1.0), more)
def test_a_debt_draws_to_the_patron(debt: float, extra: float) -> None:
    before, after = (month(state(debt=d), setting()) for d in (debt, debt + extra))
    assert (after[RED] > before[RED]).all()
    assert np.array_equal(*(month(state(debt=d), setting(debt_pull=0.0)) for d in (debt, debt + extra)))


@exactly
@given(st.floats(0.0, 0.5), st.floats(0.05, 0.4))
def test_a_protector_tied_down_protects_less(tied: float, extra: float) -> None:
    before, after = (month(state(), setting(), tied_down=(b, 0.0, 0.0)) for b in (tied, tied + extra))
    assert (after[RED] < before[RED]).all()


@exactly
@given(st.floats(0.0, 1.0), more, st.sampled_from([0.0, 1.0]))
def test_a_threat_draws_to_a_protector_and_only_to_one(
    threat: float, extra: float, protection: float
) -> None:
    before, after = (
        month(state(ally=0.0), setting({"threat": t, "protection": (0.0, 0.0, protection)}))
        for t in (threat, threat + extra)
    )
    if protection:
        assert (after[FAR] > before[FAR]).all()
    else:
        assert np.array_equal(before, after)


@exactly
@given(st.floats(0.0, 0.4), st.floats(0.05, 0.5))
def test_unrest_draws_to_a_protector(mass: float, extra: float) -> None:
    before, after = (month(state(defection=m), setting()) for m in (mass, mass + extra))
    assert (after[RED] > before[RED]).all()


@exactly
@given(st.floats(0.0, 1.0), more)
def test_strength_makes_self_reliant(capability: float, extra: float) -> None:
    before, after = (month(state(), setting({"strength": c})) for c in (capability, capability + extra))
    assert (after[OWN] > before[OWN]).all()


@exactly
@given(st.sampled_from([RED, BLUE, FAR]), st.sampled_from(["trade", "preference", "affinity"]), more)
def test_trade_preference_and_affinity_attract(pole: int, name: str, extra: float) -> None:
    base = setting({"preference": 0.05})
    better = base.figures[name].copy()
    better[pole] += extra
    before, after = month(state(), base), month(state(), with_figure(base, **{name: better}))
    assert (after[pole] > before[pole]).all()


@exactly
@given(st.sampled_from([RED, BLUE, FAR]), more)
def test_an_offer_attracts(pole: int, extra: float) -> None:
    offer = np.zeros(3)
    offer[pole] = extra
    assert (month(state(), setting(), offer=tuple(offer))[pole] > month(state(), setting())[pole]).all()


def test_no_share_vanishes() -> None:
    """However strong the pull of one pole, the others keep 1e-12, whose logarithm is a number."""
    offer = np.array([1e6, 0.0, 0.0])
    after = month(state(), setting(), offer=tuple(offer))
    assert after[RED] == pytest.approx(np.ones(SHAPE), abs=1e-11)
    assert np.array_equal(after[[BLUE, FAR, OWN]], np.full((3, *SHAPE), 1e-12))
    again = alignment(state(share=after), flow(), setting(), Given())
    assert all(np.isfinite(value).all() for value in (*again.state.values(), *again.flow.values()))
