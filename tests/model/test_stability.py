"""Domestic order: Granovetter's hundred, the tipping point, and the map settled by an independent iteration."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import SHAPE, Given, exactly, flow, setting, state

from tightrope.model.choice import Array, logistic
from tightrope.model.stability import LIMIT, group_pulls, joining, settle, settled, stability, tipping_point

COLD = 1e-3
spreads = st.floats(0.5, 1.0)


def test_joining_by_hand() -> None:
    """Pull -1 + 2 × ¼ + .5 × 1 = 0 for the mass, 1 + 0 for the elite, both at spread ½."""
    level, pull = np.array([[0.25], [1.0]]), np.array([[-1.0], [1.0]])
    coupling = np.array([[2.0, 0.5], [0.0, 0.0]])[:, :, None]
    assert joining(level, pull, coupling, np.array([0.5]))[:, 0] == pytest.approx(
        [0.5, 1 / (1 + np.exp(-2.0))]
    )


def rioters(thresholds: Array) -> float:
    """How many riot in the end, each person being a group that counts the others, at next to no spread."""
    size = len(thresholds)
    coupling = (np.ones((size, size)) - np.eye(size))[:, :, None]
    level, pull = np.zeros((size, 1)), 0.5 - thresholds[:, None]
    for _ in range(size + 1):
        level = joining(level, pull, coupling, np.array([COLD]))
    return float(level.sum())


def test_granovetters_hundred() -> None:
    """Thresholds 0 … 99 bring everybody out; without the one person at threshold 1, one person riots."""
    thresholds = np.arange(100.0)
    assert rioters(thresholds) == pytest.approx(100.0, abs=1e-9)
    thresholds[1] = 2.0
    assert rioters(thresholds) == pytest.approx(1.0, abs=1e-9)


def roots(pull: float, coupling: float, spread: float) -> int:
    """Roots of m = σ((h + J m)/τ) by the changes of sign on a dense grid."""
    grid = np.linspace(0.0, 1.0, 200_002)
    sign = np.sign(grid - logistic((pull + coupling * grid) / spread))
    return int((np.diff(sign[sign != 0]) != 0).sum())


@exactly
@given(spreads, st.floats(0.2, 0.97), st.floats(-1.0, 1.0))
def test_weakly_coupled_groups_have_one_root(spread: float, part: float, offset: float) -> None:
    coupling = part * 4.0 * spread
    assert roots(-coupling / 2.0 + offset, coupling, spread) == 1
    assert np.isnan(tipping_point(np.array([coupling]), np.array([spread]))).all()


@exactly
@given(spreads, st.floats(1.1, 2.5))
def test_strongly_coupled_groups_have_three_up_to_the_tipping_point(spread: float, times: float) -> None:
    coupling = times * 4.0 * spread
    tip = tipping_point(np.array([coupling]), np.array([spread])).item()
    assert roots(-coupling / 2.0, coupling, spread) == 3
    assert roots(tip - 1e-3 * spread, coupling, spread) == 3
    assert roots(tip + 1e-3 * spread, coupling, spread) == 1


def test_tipping_point_by_hand() -> None:
    """J = 16/3, τ = 1: m₋ = ½ (1 - ½) = ¼, h* = ln ⅓ - 4/3."""
    assert tipping_point(np.array([16 / 3]), np.array([1.0])).item() == pytest.approx(-np.log(3.0) - 4 / 3)


def alone(pull: Array, coupling: float, spread: float, start: float = 0.0) -> tuple[Array, int]:
    """`settle` for a mass that no elite disturbs."""
    level = np.stack([np.full(len(pull), start), np.zeros(len(pull))])
    pulls = np.stack([pull, np.full(len(pull), -5.0)])
    matrix = np.array([[coupling, 0.0], [0.0, 0.0]])[:, :, None]
    found, unsettled = settle(level, pulls, matrix, np.full(len(pull), spread))
    return found[0], unsettled


@pytest.mark.parametrize(("coupling", "spread"), [(3.2, 0.7), (4.0, 0.7), (6.0, 1.0)])
def test_the_jump_lies_at_the_tipping_point(coupling: float, spread: float) -> None:
    """Bisected to the pull at which `settle` jumps: the closed form to 2e-3 (300 rounds pass no narrower gap)."""
    tip = tipping_point(np.array([coupling]), np.array([spread])).item()
    low, high = tip - 0.5, tip + 0.5
    for _ in range(30):
        middle = 0.5 * (low + high)
        low, high = (
            (low, middle) if alone(np.array([middle]), coupling, spread)[0].item() > 0.5 else (middle, high)
        )
    assert low == pytest.approx(tip, abs=2e-3)
    assert low > tip - 1e-9


def test_who_is_out_stays_out_until_the_pull_is_far_lower() -> None:
    """Between the two tipping points the past decides (hysteresis)."""
    pull = np.array([-1.6])
    assert alone(pull, 3.2, 0.7, start=0.0)[0].item() < 0.3
    assert alone(pull, 3.2, 0.7, start=1.0)[0].item() > 0.7


def plainly(level: Array, pull: Array, coupling: Array, spread: Array) -> tuple[Array, Array]:
    """The map iterated on its own, no shortcut, 60,000 rounds or until it stands still; who still moved after 300."""
    slow = np.zeros(level.shape[1], dtype=bool)
    for count in range(60_000):
        drive = pull + coupling[:, 0] * level[0] + coupling[:, 1] * level[1]
        after = 1.0 / (1.0 + np.exp(-drive / spread))
        moved = np.abs(after - level).max(axis=0)
        level = after
        if count == LIMIT - 1:
            slow = moved > 1e-10
        if moved.max() < 1e-15:
            break
    return level, slow


def columns(seed: int, count: int) -> tuple[Array, Array, Array, Array]:
    generator = np.random.default_rng(seed)
    coupling = generator.uniform([[2.4, 0.0], [0.3, 1.5]], [[3.3, 0.5], [1.5, 2.6]], (count, 2, 2)).transpose(
        1, 2, 0
    )
    spread = generator.uniform(0.65, 0.75, count)
    tip = np.nan_to_num(tipping_point(coupling[0, 0], spread), nan=-1.4)
    near = np.where(
        generator.random(count) < 0.5, generator.uniform(-0.1, 0.02, count), generator.normal(0, 0.5, count)
    )
    pull = np.stack([tip + near, generator.uniform(-2.0, -0.7, count)])
    return generator.choice([0.0, 1.0], (2, count)), pull, coupling, spread


@pytest.mark.parametrize("seed", range(6))
def test_settling_is_the_plain_iteration_only_faster(seed: int) -> None:
    """3000 columns, half near the fold: the same root wherever plain iteration settles within 300 rounds."""
    case = columns(seed, 3000)
    found, unsettled = settle(*case)
    wanted, slow = plainly(*case)
    assert np.abs(found - wanted)[:, ~slow].max() < 2e-9
    assert unsettled <= slow.sum()
    stands = np.abs(found - joining(found, *case[1:])).max(axis=0) <= 1e-10
    assert unsettled >= (~stands).sum()
    assert (np.abs(found - wanted).max(axis=0)[stands] < 1e-7).all()


def test_columns_that_do_not_settle_are_counted() -> None:
    """At the tipping point itself the approach is like 1/k, far from 1e-10 after 300 rounds."""
    tip = tipping_point(np.array([4.0]), np.array([0.7])).item()
    found, unsettled = alone(np.array([tip, -5.0, tip, 2.0]), 4.0, 0.7)
    assert unsettled == 2
    assert (np.diff(found[[1, 0, 3]]) > 0).all()
    assert alone(np.array([-5.0, 2.0]), 4.0, 0.7)[1] == 0


@exactly
@given(st.integers(0, 10_000), st.floats(0.001, 0.5), st.sampled_from([0, 1]))
def test_the_least_root_rises_with_the_pull(seed: int, extra: float, group: int) -> None:
    """Tarski, Milgrom and Roberts: couplings of no negative sign, from nobody in the streets."""
    _, pull, coupling, spread = columns(seed, 20)
    more = pull.copy()
    more[group] += extra
    still = np.zeros_like(pull)
    lower, higher = (plainly(still, h, coupling, spread) for h in (pull, more))
    before, after = (settle(still, h, coupling, spread)[0] for h in (pull, more))
    sure = ~(lower[1] | higher[1])
    assert (after[group, sure] > before[group, sure] - 1e-9).all()
    assert (after[:, sure] >= before[:, sure] - 1e-9).all()


@exactly
@given(st.integers(0, 10_000))
def test_a_column_does_not_depend_on_its_neighbours(seed: int) -> None:
    level, pull, coupling, spread = columns(seed, 30)
    whole = settle(level, pull, coupling, spread)[0]
    few = slice(0, 3)
    part = settle(level[:, few], pull[:, few], coupling[:, :, few], spread[few])[0]
    assert np.abs(whole[:, few] - part).max() < 1e-8


def test_settled_uses_each_groups_own_couplings() -> None:
    """Mass: J_mm m + J_me e; elite: b_m m + J_ee e; checked by putting the root back into the map."""
    given_ = setting(
        mass_coupling=2.5, elite_to_mass=0.4, mass_to_elite=1.2, elite_coupling=1.6, threshold_spread=0.7
    )
    pull = np.stack([np.full(SHAPE, -1.4), np.full(SHAPE, -1.1)])
    found, unsettled = settled(np.zeros((2, *SHAPE)), pull, given_)
    mass, elite = found[:, 0, 0]
    assert unsettled == 0
    assert mass == pytest.approx(1 / (1 + np.exp(-(-1.4 + 2.5 * mass + 0.4 * elite) / 0.7)), abs=1e-9)
    assert elite == pytest.approx(1 / (1 + np.exp(-(-1.1 + 1.2 * mass + 1.6 * elite) / 0.7)), abs=1e-9)
    assert mass != pytest.approx(elite, abs=0.01)


STOCKS = ("hardship", "troops", "purged", "conceded", "repressed", "capped", "rupture")


def pulls(figure: dict[str, float] | None = None, **given: float) -> Array:
    quantities = {name: given.pop(name) for name in ("fuel_step", "price_cap") if name in given}
    stocks = {name: given.pop(name) for name in STOCKS if name in given}
    found = group_pulls(state(**stocks), flow(**quantities), setting(figure, **given))
    assert found.shape == (2, *SHAPE)
    return found[:, 0, 0]


def test_pulls_by_hand() -> None:
    """Mass -1.7 + 2 × .1 + .5 × .8 (1 - .5) - .1 - .3 (.5 + .2) - .05 (calm) + .15 × .5 (inequality)
    + 1.5 × .2 / 2 (rupture) - .4.

    Elite -1 - .3 × .5 - .15 - .5 - .3.
    """
    found = pulls(
        {
            "calm": -0.05,
            "rents": 1.0,
            "selectorate_ratio": 0.5,
            "repression": 0.5,
            "inequality": 38.0,
            "minority": 0.2,
        },
        hardship=0.1,
        troops=1.0,
        purged=1.0,
        repressed=0.2,
        conceded=0.4,
        rupture=0.5,
        inequality_grievance=0.15,
        inequality_reference=33.0,
        north_grievance=1.5,
        fuel_step=0.8,
        price_cap=1.0,
        mass_pull=-1.7,
        price_grievance=2.0,
        fuel_grievance=0.5,
        cap_strength=0.5,
        cap_relief=0.1,
        repression_effect=0.3,
        elite_pull=-1.0,
        selectorate_effect=0.3,
        rents_effect=0.15,
        troops_effect=0.5,
        purge_effect=0.3,
    )
    mass = -1.7 + 0.2 + 0.2 - 0.1 - 0.21 - 0.05 + 0.075 + 0.15 - 0.4
    assert found == pytest.approx([mass, -1.0 - 0.15 - 0.15 - 0.5 - 0.3])


@exactly
@given(st.floats(0.0, 1.0), st.floats(0.01, 1.0), st.floats(0.0, 0.9))
def test_signs_of_the_pulls(level: float, extra: float, cap: float) -> None:
    def mass(**given: Any) -> float:
        return float(pulls(**given)[0])

    assert mass(hardship=level + extra) > mass(hardship=level)
    assert mass(fuel_step=level + extra, price_cap=cap) > mass(fuel_step=level, price_cap=cap)
    assert mass(fuel_step=level, price_cap=cap + 0.1) < mass(fuel_step=level, price_cap=cap)
    assert pulls(figure={"repression": level + extra})[0] < pulls(figure={"repression": level})[0]
    assert pulls(figure={"rents": level + extra})[1] < pulls(figure={"rents": level})[1]
    assert pulls(purged=level + extra)[1] < pulls(purged=level)[1]
    people = {"minority": 0.2}
    for stock, sign in (("conceded", -1.0), ("repressed", -1.0), ("rupture", 1.0)):
        before, after = (mass(figure=people, **{stock: x}) for x in (level, level + extra))
        assert sign * (after - before) > 0, stock
    assert mass(capped=3.0) < mass(capped=0.0)
    for name in ("inequality", "minority"):
        before, after = (pulls({name: x}, rupture=0.5)[0] for x in (level, level + extra))
        assert after > before, name
    assert (
        pulls(figure={"selectorate_ratio": level + extra})[1] > pulls(figure={"selectorate_ratio": level})[1]
    )
    assert pulls(troops=1.0)[1] < pulls(troops=0.0)[1]


CALM = {"grievance_memory": 0.8, "grievance_sd": 0.1, "exhaustion": 0.2}


def test_grievance_by_hand() -> None:
    """It forgets, is shocked, and is spent in the streets: .8 × .5 + .1 × 2 - .2 × .3."""
    now = state(grievance=0.5, defection=0.3)
    change = stability(now, flow(), setting(**CALM), Given(normals={"grievance": 2.0}))
    assert change.state["grievance"] == pytest.approx(np.full(SHAPE, 0.54))


def test_an_emergency_is_the_crossing_of_one_half() -> None:
    shove = Given(normals={"grievance": np.array([[50.0], [0.0]])})
    change = stability(state(), flow(), setting(**CALM), shove)
    assert change.flow["emergency"].tolist() == [[1.0], [0.0]]
    assert change.state["defection"][0, 0, 0] > 0.9
    assert change.state["defection"][0, 1, 0] < 0.5
    again = stability(state(defection=0.8), flow(), setting(**CALM), Given(normals={"grievance": 50.0}))
    assert not again.flow["emergency"].any()
    assert again.flow["unsettled"].shape == (1,)


def test_grievance_pulls_the_mass() -> None:
    """The level is the root of the map at the quiet pull plus this month's grievance."""
    now, given_ = state(grievance=0.5, defection=0.0), setting(**CALM)
    change = stability(now, flow(), given_, Given())
    pull = group_pulls(now, flow(), given_)
    pull[0] += 0.4
    assert change.state["defection"] == pytest.approx(settled(now.defection, pull, given_)[0], abs=1e-12)
    wanted, _ = settled(now.defection, group_pulls(now, flow(), given_), given_)
    assert (change.state["defection"][0] > wanted[0]).all()


@exactly
@given(st.floats(0.0, 1.0), st.floats(0.05, 1.0), st.floats(0.0, 1.0))
def test_unrest_rises_with_the_fuel_step_and_never_with_the_cap(
    fuel: float, extra: float, cap: float
) -> None:
    def mass(**given: float) -> Array:
        change = stability(state(defection=0.0), flow(**given), setting(**CALM), Given())
        return np.asarray(change.state["defection"][0])

    assert (mass(fuel_step=fuel + extra) >= mass(fuel_step=fuel) - 1e-9).all()
    assert (mass(fuel_step=fuel, price_cap=cap) <= mass(fuel_step=fuel) + 1e-9).all()


@pytest.mark.parametrize("count", [1, 3, 500])
def test_no_pull_is_too_strong(count: int) -> None:
    """Nobody or everybody, without a warning or an error, in few columns as in many."""
    pull = np.linspace(-2000.0, 2000.0, 2 * count)
    found, unsettled = alone(pull, 3.0, 0.7)
    assert unsettled == 0
    assert found == pytest.approx((pull > 0).astype(float), abs=0.2)
