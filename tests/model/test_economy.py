"""Currency and prices: pass-through that sums to what it should, and a price index that is exact."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import SHAPE, Given, exactly, flow, setting, state

from tightrope.model.economy import capped, economy, exchange_change, import_prices, pass_through
from tightrope.model.state import LAGS, Change, Setting, State


def test_currency_by_hand() -> None:
    """A rouble 10 % down, oil 20 % up: .5 × .1 - .15 × .2 + .01."""
    found = exchange_change(
        np.array([0.1]), np.array([0.2]), np.array([0.01]), np.array([0.5]), np.array([-0.15])
    )
    assert found == pytest.approx([0.03])


def passed_on(shock: float, impact: float, year: float, months: int) -> np.ndarray:
    """Price changes month by month after one change of the currency."""
    lags, found = np.zeros(LAGS), []
    for month in range(months):
        lags = np.concatenate([[shock if month == 0 else 0.0], lags[:-1]])
        found.append(float(pass_through(lags[:, None], impact, year).item()))
    return np.array(found)


def test_pass_through_by_hand() -> None:
    """.10 at once and (.25 - .10) / 11 in each of eleven months; then it is over."""
    found = passed_on(1.0, 0.10, 0.25, 15)
    assert found == pytest.approx([0.10, *[0.15 / 11] * 11, 0.0, 0.0, 0.0])


@exactly
@given(st.floats(-0.5, 0.5), st.floats(0.05, 0.15), st.floats(0.15, 0.4))
def test_a_shock_ends_in_the_sum_of_the_weights(shock: float, impact: float, year: float) -> None:
    assert passed_on(shock, impact, year, 20).sum() == pytest.approx(shock * year, abs=1e-14)


def test_a_tenge_a_fifth_down_adds_about_five_points() -> None:
    """20 log points × .25 = 5.0; read as 20 % of its value, -ln .8 × .25 = 5.6; never the 20 % of 2022."""
    assert passed_on(0.20, 0.10, 0.25, 12).sum() == pytest.approx(0.05, abs=1e-12)
    assert passed_on(-np.log(0.8), 0.10, 0.25, 12).sum() == pytest.approx(0.0558, abs=5e-5)


def one(x: float) -> np.ndarray:
    return np.array([x])


def test_a_cap_by_hand() -> None:
    """Of a rise of .10 it stores .06; of a fall of .05 it takes .03 back; of a fall of .15 only the .06 it has."""
    for rise, before, wanted in (
        (0.10, 0.0, (0.04, 0.06)),
        (-0.05, 0.06, (-0.02, 0.03)),
        (-0.15, 0.06, (-0.09, 0.0)),
    ):
        passed, after = capped(one(rise), one(before), one(1.0), 0.6, 0.4)
        assert (passed.item(), after.item()) == pytest.approx(wanted, abs=1e-15)


def test_a_cap_lifted_lets_its_store_through() -> None:
    """.4 of the .05 held back comes on top of the month's .01."""
    passed, after = capped(one(0.01), one(0.05), one(0.0), 0.6, 0.4)
    assert (passed.item(), after.item()) == pytest.approx((0.03, 0.03))


months = st.lists(st.tuples(st.floats(-0.2, 0.2), st.booleans()), min_size=1, max_size=30)


@exactly
@given(months, st.floats(0.3, 0.9), st.floats(0.2, 0.7))
def test_what_a_cap_holds_back_is_never_lost(
    path: list[tuple[float, bool]], strength: float, release: float
) -> None:
    """Prices passed on and the store add up to the market's price, so a cap never leaves prices higher."""
    store, passed = one(0.0), one(0.0)
    for change, cap in path:
        now, store = capped(one(change), store, one(float(cap)), strength, release)
        passed = passed + now
        assert store.item() >= 0.0
    market = sum(change for change, _ in path)
    assert (passed + store).item() == pytest.approx(market, abs=1e-12)
    assert passed.item() <= market + 1e-12


def test_without_a_cap_everything_passes() -> None:
    passed, after = capped(one(0.07), one(0.0), one(0.0), 0.6, 0.4)
    assert (passed.item(), after.item()) == (0.07, 0.0)


def column(*values: float) -> np.ndarray:
    return np.array(values).reshape(-1, 1, 1)


def test_import_prices_by_hand() -> None:
    """A quarter of spending doubles in cost at ε = 1: P = 1 / (¾ + ¼ · ½) = 8/7."""
    assert import_prices(column(0.25), column(2.0), 1.0).item() == pytest.approx(np.log(8 / 7))


shares = st.lists(st.floats(0.0, 0.3), min_size=3, max_size=3).map(lambda values: column(*values))
costs = st.lists(st.floats(1.0, 4.0), min_size=3, max_size=3).map(lambda values: column(*values))


@exactly
@given(shares, costs, st.floats(3.0, 8.0))
def test_import_prices_are_exact_and_below_the_linear_rule(
    share: np.ndarray, cost: np.ndarray, elasticity: float
) -> None:
    weights, ratios = np.append(share, 1.0 - share.sum()), np.append(cost, 1.0)
    exact = import_prices(share, cost, elasticity).item()
    assert exact == pytest.approx(np.log((weights @ ratios**-elasticity) ** (-1.0 / elasticity)), abs=1e-12)
    assert -1e-15 <= exact <= float(weights @ np.log(ratios)) + 1e-12


def test_the_linear_rule_would_be_three_times_too_high() -> None:
    """A third of spending doubles in cost, ε = 5: 7.8 log points, not 23."""
    exact = import_prices(column(1 / 3), column(2.0), 5.0).item()
    assert exact == pytest.approx(-np.log(2 / 3 + 1 / 96) / 5.0)
    assert exact < np.log(2.0) / 3.0 / 2.5


@exactly
@given(shares, st.floats(3.0, 8.0))
def test_no_change_of_cost_no_change_of_price(share: np.ndarray, elasticity: float) -> None:
    assert import_prices(share, np.ones_like(share), elasticity).item() == pytest.approx(0.0, abs=1e-15)


@exactly
@given(shares, costs, st.floats(3.0, 8.0), st.floats(0.05, 1.0), st.integers(0, 2))
def test_prices_rise_with_each_cost(
    share: np.ndarray, cost: np.ndarray, elasticity: float, extra: float, pole: int
) -> None:
    share = share + 0.01
    dearer = cost.copy()
    dearer[pole] += extra
    assert import_prices(share, dearer, elasticity).item() > import_prices(share, cost, elasticity).item()


QUIET = {"pass_through_impact": 0.10, "pass_through_year": 0.25, "exchange_sd": 0.0}


def month(now: State, given_: Setting, normal: float = 0.0, **quantities: object) -> Change:
    return economy(now, flow(**quantities), given_, Given(normals={"exchange": normal}))


def after(now: State, change: Change) -> State:
    return replace(now, **change.state)


def test_a_month_by_hand() -> None:
    """Δe = .5 × .2 + .02 × 1 = .12; prices .012 in the first month."""
    given_ = setting(**{**QUIET, "exchange_sd": 0.02, "rouble_beta": 0.5, "oil_beta": -0.1})
    change = month(state(exchange=0.3, prices=0.1), given_, normal=1.0, rouble=np.array([0.2]))
    assert change.state["exchange"] == pytest.approx(np.full(SHAPE, 0.42))
    assert change.flow["inflation"] == pytest.approx(np.full(SHAPE, 0.012))
    assert change.state["prices"] == pytest.approx(np.full(SHAPE, 0.112))
    assert change.state["exchange_lags"][0] == pytest.approx(np.full(SHAPE, 0.12))
    assert not change.state["exchange_lags"][1:].any()


def test_a_rouble_shock_reaches_prices_within_a_year() -> None:
    """Cumulative CPI = β_R × shock × Σψ, and nothing after."""
    now, given_ = state(), setting(**QUIET, rouble_beta=0.5)
    seen = []
    for index in range(20):
        now = after(now, month(now, given_, rouble=np.array([0.4 if index == 0 else 0.0])))
        seen.append(now.prices[0, 0])
    assert seen[11] == pytest.approx(0.5 * 0.4 * 0.25, abs=1e-14)
    assert seen[-1] == pytest.approx(seen[11], abs=1e-14)
    assert np.all(np.diff(seen[:12]) > 0)


def test_dearer_oil_strengthens_an_exporters_currency() -> None:
    assert (month(state(), setting(**QUIET), oil=np.array([0.1])).state["exchange"] < 0).all()


def test_oil_counts_by_the_rents_and_no_more_than_in_full() -> None:
    """-.1 × .2 for an exporter with rents of a tenth of GDP or three, half for one of five per cent."""
    for rents, wanted in ((0.0, 0.0), (0.5, -0.01), (1.0, -0.02), (3.0, -0.02)):
        given_ = setting({"rents": rents}, **{**QUIET, "oil_beta": -0.1})
        found = month(state(), given_, oil=np.array([0.2])).state["exchange"]
        assert found == pytest.approx(np.full(SHAPE, wanted), abs=1e-15)


def test_a_dearer_pump_price_enters_prices_once_and_leaves_them_with_the_step() -> None:
    """A step of .5 at a weight of .04: .02 in its first month, nothing while it lasts, and back when it ends."""
    now, given_ = state(), setting(**QUIET, fuel_weight=0.04)
    seen = []
    for step, before in ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5), (0.0, 0.0)):
        now = after(now, month(now, given_, fuel_step=step, fuel_before=before))
        seen.append(now.prices[0, 0])
    assert seen == pytest.approx([0.0, 0.02, 0.02, 0.0, 0.0], abs=1e-15)


def test_a_cap_holds_the_pump_price_back_too() -> None:
    given_ = setting(**QUIET, fuel_weight=0.04, cap_strength=0.6)
    change = month(state(), given_, fuel_step=0.5, price_cap=1.0)
    assert change.flow["inflation"] == pytest.approx(np.full(SHAPE, 0.008))
    assert change.state["suppressed"] == pytest.approx(np.full(SHAPE, 0.012))


def test_hardship_is_what_households_remember() -> None:
    """Half of it is gone after its half-life."""
    now, given_ = state(hardship=0.2), setting(**QUIET, price_memory=6.0)
    for _ in range(6):
        now = after(now, month(now, given_))
    assert now.hardship == pytest.approx(np.full(SHAPE, 0.1))


def test_secondary_sanctions_raise_import_prices_once() -> None:
    """Imports from BLUE are 10 % of spending; at ε = 5 and cost 1.3: -ln(.9 + .1 × 1.3^-5) / 5."""
    now = state(penalised=np.array([[1.0], [0.0]]))
    given_ = setting(**QUIET, penalty_cost=0.3, trade_elasticity=5.0)
    change = month(now, given_)
    jump = -np.log(0.9 + 0.1 * 1.3**-5.0) / 5.0
    assert change.flow["inflation"][:, 0] == pytest.approx([jump, 0.0], abs=1e-15)
    assert change.state["import_price"][:, 0] == pytest.approx([jump, 0.0], abs=1e-15)
    again = month(after(now, change), given_)
    assert again.flow["inflation"] == pytest.approx(np.zeros(SHAPE), abs=1e-15)
    assert after(after(now, change), again).prices[:, 0] == pytest.approx([jump, 0.0], abs=1e-15)


def test_income_lost_by_hand() -> None:
    """A closed route carries 80 % of exports of 30 % of GDP: 24; the penalty costs .3 of 10 %: 3."""
    given_ = setting(**QUIET, penalty_loss=0.3)
    assert month(state(), given_, route_closed=1.0).state["income_loss"] == pytest.approx(
        np.full(SHAPE, 24.0)
    )
    assert month(state(penalised=1.0), given_).state["income_loss"] == pytest.approx(np.full(SHAPE, 3.0))
    assert not month(state(), given_).state["income_loss"].any()


def test_a_loss_of_income_hurts_when_it_comes() -> None:
    """24 % lost is .24 × weight ½ of hardship in its month; while it lasts nothing is added; its end undoes it."""
    given_ = setting(**QUIET, income_weight=0.5, price_memory=6.0)
    memory = 0.5 ** (1 / 6)
    first = after(state(), month(state(), given_, route_closed=1.0))
    assert first.hardship == pytest.approx(np.full(SHAPE, 0.12))
    second = after(first, month(first, given_, route_closed=1.0))
    assert second.hardship == pytest.approx(np.full(SHAPE, 0.12 * memory))
    third = after(second, month(second, given_))
    assert third.hardship == pytest.approx(np.full(SHAPE, 0.12 * memory**2 - 0.12))


def test_a_cap_costs_the_budget_what_it_saves_households() -> None:
    """A rise of .02 capped by .6 leaves .008; of the .012 saved, on 5 % of GDP, the budget pays .8: .048 %."""
    given_ = setting(**QUIET, rouble_beta=0.5, cap_strength=0.6, cap_fiscal_share=0.8, capped_spending=0.05)
    change = month(state(), given_, rouble=np.array([0.4]), price_cap=1.0)
    assert change.flow["inflation"] == pytest.approx(np.full(SHAPE, 0.008))
    assert change.flow["cap_cost"] == pytest.approx(np.full(SHAPE, 0.048))
    assert change.state["prices"] == pytest.approx(np.full(SHAPE, 0.008))
    assert change.state["hardship"] == pytest.approx(np.full(SHAPE, 0.008))
    assert change.state["suppressed"] == pytest.approx(np.full(SHAPE, 0.012))
    falling = month(state(), given_, rouble=np.array([-0.4]), price_cap=1.0)
    assert falling.flow["inflation"] == pytest.approx(np.full(SHAPE, -0.02))
    assert not falling.flow["cap_cost"].any()
