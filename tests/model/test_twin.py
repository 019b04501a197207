"""The global game beside the unrest map: its limits, its citizens, its simulation, and the switch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from tests.model.small import SHAPE, Given, exactly, flow, setting, state

from tightrope.errors import ModelError
from tightrope.model.choice import Array
from tightrope.model.parameters import table
from tightrope.model.stability import group_pulls
from tightrope.model.state import Setting, State
from tightrope.model.twin import UNIQUE, attack, fall, fixed_point, marginal_signal, prior_strength, twin

priors, publics, costs = st.floats(-0.5, 2.0), st.floats(0.5, 9.0), st.floats(0.1, 0.9)
slopes = st.floats(0.1, 2.5)


def one(*values: float) -> Array:
    return np.array(values)


def solved(prior: float, public: float, private: float, cost: float) -> Array:
    return fixed_point(one(prior), one(public), one(private), one(cost))


@exactly
@given(priors, publics, slopes, costs)
def test_the_threshold_solves_its_equation(prior: float, public: float, slope: float, cost: float) -> None:
    private = (public / slope) ** 2
    found = solved(prior, public, private, cost)
    assert attack(found, one(prior), public, private, cost) == pytest.approx(found, abs=1e-12)
    assert 0.0 <= found <= 1.0


@exactly
@given(priors, publics, slopes, costs)
def test_the_marginal_citizen_is_indifferent(prior: float, public: float, slope: float, cost: float) -> None:
    """P(θ < θ* | x*) = c by Bayes' rule, and the mass that attacks at θ*, Φ(√β (x* - θ*)), is θ*."""
    private = (public / slope) ** 2
    found = solved(prior, public, private, cost)
    signal = marginal_signal(found, one(prior), one(public), one(private), one(cost))
    mean = (public * prior + private * signal) / (public + private)
    assert ndtr(np.sqrt(public + private) * (found - mean)) == pytest.approx([cost], abs=1e-9)
    assert ndtr(np.sqrt(private) * (signal - found)) == pytest.approx(found, abs=1e-9)


@pytest.mark.parametrize("cost", [0.2, 0.5, 0.8])
def test_with_sharp_private_signals_the_threshold_is_what_the_cost_leaves(cost: float) -> None:
    for prior in (0.2, 1.0):
        assert solved(prior, 4.0, 1e14, cost) == pytest.approx([1.0 - cost], abs=1e-6)


def roots(slope: float, grid: int = 400_001) -> int:
    """Roots of (8) at c = ½ where the prior sits at ½, by changes of sign on a grid that misses ½ itself."""
    public = 4.0
    private = (public / slope) ** 2
    points = np.linspace(0.0, 1.0, grid + 1)
    gap = attack(points, np.full(grid + 1, 0.5), public, private, 0.5) - points
    sign = np.sign(gap[np.abs(points - 0.5) > 1e-9])
    return int((np.diff(sign) != 0).sum())


def test_one_threshold_up_to_the_bound_and_three_beyond() -> None:
    assert pytest.approx(2.5066, abs=1e-4) == UNIQUE
    assert roots(2.45) == 1
    assert roots(2.55) == 3
    assert solved(0.5, 4.0, (4.0 / 2.45) ** 2, 0.5) == pytest.approx([0.5], abs=1e-12)
    with pytest.raises(ModelError, match="several equilibria"):
        solved(0.5, 4.0, (4.0 / 2.55) ** 2, 0.5)


def test_the_ranges_of_the_table_keep_one_threshold() -> None:
    public, private = table()["public_precision"].range, table()["private_precision"].range
    assert public.high / np.sqrt(private.low) < 2.4


def test_a_simulation_of_citizens_falls_as_often() -> None:
    """Half a million worlds: citizens attack below x*; order falls where they are more than its strength."""
    prior, public, private, cost = 0.8, 6.0, 36.0, 0.45
    found = solved(prior, public, private, cost)
    signal = marginal_signal(found, one(prior), one(public), one(private), one(cost))
    worlds = np.random.default_rng(8)
    strength = prior + worlds.standard_normal(500_000) / np.sqrt(public)
    falls = worlds.binomial(4000, ndtr(np.sqrt(private) * (signal - strength))) / 4000 > strength
    wanted = fall(found, one(prior), public).item()
    assert 0.02 < wanted < 0.5
    assert falls.mean() == pytest.approx(wanted, abs=4.0 * np.sqrt(wanted / 500_000) + 2e-4)


@exactly
@given(priors, publics, slopes, st.floats(0.2, 0.8), st.floats(0.02, 0.3))
def test_a_strong_order_falls_less_and_a_cheap_attack_more(
    prior: float, public: float, slope: float, cost: float, more: float
) -> None:
    private = (public / slope) ** 2

    def risk(prior: float, cost: float) -> Array:
        return fall(solved(prior, public, private, cost), one(prior), public)

    base = risk(prior, cost)
    assert risk(prior + more, cost) <= base
    assert risk(prior, cost + more * 0.3) <= base
    if 1e-6 < base < 1.0 - 1e-6:
        assert risk(prior + more, cost) < base
        assert risk(prior, cost + more * 0.3) < base


def test_many_columns_are_solved_as_one_by_one() -> None:
    worlds = np.random.default_rng(3)
    prior, public, cost = (
        worlds.uniform(-0.5, 2.0, (3, 40)),
        worlds.uniform(1.0, 9.0, 40),
        worlds.uniform(0.1, 0.9, 40),
    )
    private = (public / worlds.uniform(0.1, 2.5, 40)) ** 2
    found = fixed_point(prior, public, private, cost)
    for row in range(3):
        for place in range(40):
            alone = solved(prior[row, place], public[place], private[place], cost[place])
            assert found[row, place] == pytest.approx(alone.item(), abs=1e-12)


GAME = {"public_precision": 6.0, "private_precision": 36.0, "attack_cost": 0.5}


def played(now: State, given_: Setting, lot: object = 0.5, **given: object):  # type: ignore[no-untyped-def]
    quantities = {"pull_mass": np.full(SHAPE, -1.75), "emergency": 0.0} | given
    month = Given(uniforms={"twin": lot})
    return twin(now, flow(**quantities), given_, month)


def test_strength_by_hand() -> None:
    """1.1 - .5 × (.2) - .3 σ(h_elite / τ), the elite's pull read off the map."""
    given_ = setting(mass_pull=-2.0, twin_strength=1.1, twin_scale=0.5, twin_elite=0.3, threshold_spread=0.7)
    now, quantities = state(purged=0.4), flow(pull_mass=np.full(SHAPE, -1.8))
    elite = group_pulls(now, quantities, given_)[1]
    wanted = 1.1 - 0.1 - 0.3 / (1.0 + np.exp(-elite / 0.7))
    assert prior_strength(now, quantities, given_) == pytest.approx(wanted, abs=1e-12)


def test_by_default_the_risk_of_the_focus_actor_is_told_and_nothing_moved() -> None:
    pull = np.array([[-1.4], [-2.5]])
    change = played(state(), setting(**GAME), 0.0, pull_mass=pull)
    assert set(change.flow) == {"twin_risk"}
    assert not change.state
    prior = prior_strength(state(), flow(pull_mass=pull), setting(**GAME))[0]
    found = solved(prior.item(), 6.0, 36.0, 0.5)
    assert change.flow["twin_risk"].shape == (1, 1)
    assert change.flow["twin_risk"][0] == pytest.approx(fall(found, prior, 6.0), abs=1e-12)


@pytest.mark.parametrize(
    ("pulls", "moved"), [((-2.0, -1.5), {}), ((-1.75, -1.75), {"rents": (3.0, 0.1)})], ids=["mass", "elite"]
)
def test_what_pulls_raises_the_risk(
    pulls: tuple[float, float], moved: dict[str, tuple[float, float]]
) -> None:
    """Masses pulled harder; an elite held by rents against one that is not."""
    first, second = (
        played(
            state(),
            setting({name: values[place] for name, values in moved.items()}, **GAME),
            pull_mass=np.full(SHAPE, pulls[place]),
        ).flow["twin_risk"]
        for place in (0, 1)
    )
    assert (second > first).all()


def decided(now: State, lot: object, **given: object):  # type: ignore[no-untyped-def]
    return played(now, setting(**GAME, unrest_by_twin=1.0), lot, **given)


def test_as_a_switch_it_draws_the_emergencies() -> None:
    """One draw below the risk of both and one above: the first fills the streets, the second leaves them."""
    pull = np.full(SHAPE, -1.5)
    risk = played(state(), setting(**GAME), pull_mass=pull).flow["twin_risk"].item()
    lot = np.array([[0.99 * risk], [1.01 * risk]])
    change = decided(state(defection=0.1), lot, pull_mass=pull)
    assert change.flow["emergency"].tolist() == [[1.0], [0.0]]
    defection = change.state["defection"]
    assert defection[0, 1, 0] == 0.1
    assert np.array_equal(defection[1], np.full(SHAPE, 0.1))
    assert change.flow["twin_risk"] == pytest.approx(np.full((1, 1), risk))
    # At the threshold itself the mass that attacks is θ*; the weaker the order, the more attack.
    prior = prior_strength(state(defection=0.1), flow(pull_mass=pull), setting(**GAME))[0].item()
    threshold = solved(prior, 6.0, 36.0, 0.5).item()
    at = decided(state(), np.full(SHAPE, risk * (1.0 - 1e-9)), pull_mass=pull).state["defection"][0]
    assert at == pytest.approx(np.full(SHAPE, threshold), abs=1e-6)
    assert threshold < defection[0, 0, 0] < decided(state(), np.full(SHAPE, 1e-4)).state["defection"][0, 0, 0]
    signal = marginal_signal(one(threshold), one(prior), one(6.0), one(36.0), one(0.5))
    strength = prior + ndtri(lot[0, 0]) / np.sqrt(6.0)
    assert defection[0, 0, 0] == pytest.approx(ndtr(6.0 * (signal - strength)).item(), abs=1e-9)


def test_as_a_switch_it_overrules_the_map() -> None:
    """Whom the map alone brings out stays below one half; who is out already is left alone."""
    crossed = decided(state(defection=0.8), 0.999, emergency=1.0)
    assert not crossed.flow["emergency"].any()
    assert np.array_equal(crossed.state["defection"][0], np.full(SHAPE, 0.5))
    lasting = decided(state(defection=0.8), 0.0, emergency=0.0)
    assert not lasting.flow["emergency"].any()
    assert np.array_equal(lasting.state["defection"][0], np.full(SHAPE, 0.8))
