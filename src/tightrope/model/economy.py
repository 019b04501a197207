"""Stage 2, exchange rate and prices: rouble and oil → currency → consumer prices, import prices, income.

Δe = β_R Δrouble - β_O Δoil + u;  CPI_t = Σ_k ψ_k Δe_{t-k}, ψ_0 = .10, Σ_{0..11} ψ = .25 (Poghosyan 2020)
P̂_j = (Σ_i λ_ij τ̂_ij^{-ε})^{-1/ε}, wages fixed: the reduced trade block.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array, ArrayLike
from tightrope.model.state import LAGS, Change, Flow, Month, Setting, State


def exchange_change(rouble: Array, oil: Array, own: Array, rouble_beta: Array, oil_beta: Array) -> Array:
    """Monthly log change of national currency per dollar; `oil_beta` is negative for an oil exporter."""
    change: Array = rouble_beta * rouble + oil_beta * oil + own
    return change


def pass_through(lags: Array, impact: ArrayLike, year: ArrayLike) -> Array:
    """This month's log change of consumer prices from the last twelve currency changes, newest first.

    ψ_0 = `impact`; the rest of `year` is spread evenly over the eleven months after. (12, ...) → (...).
    """
    later = (np.asarray(year) - impact) / (LAGS - 1)
    inflation: Array = impact * lags[0] + later * lags[1:].sum(axis=0)
    return inflation


def capped(inflation: Array, cap: Array, strength: ArrayLike) -> Array:
    """A price cap multiplies positive pass-through by 1 - η; falling prices pass unhindered."""
    kept: Array = np.where(inflation > 0, inflation * (1.0 - strength * cap), inflation)
    return kept


def import_prices(shares: Array, costs: Array, elasticity: ArrayLike) -> Array:
    """Log change of the price index of the expenditure on all origins; the home share has cost 1.

    Shapes: `shares` (P, N, R) of total expenditure with sum below 1, `costs` τ̂ (P, N, R). Exact, not linear.
    """
    home = 1.0 - shares.sum(axis=0)
    total = home + (shares * costs ** -np.asarray(elasticity)).sum(axis=0)
    index: Array = -np.log(total) / elasticity
    return index


def economy(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Move currency and prices one month.

    Flow: `inflation` log points this month (N, R); `income_loss` percent of GDP a year from closed
    routes and secondary sanctions (N, R); `cap_cost` percent of GDP a year that a cap costs (N, R).
    """
    own = setting["exchange_sd"] * month.normal("exchange")
    route = (
        flow["route_closed"] * setting.figures["route_dependence"] * setting.figures["exports_total"] / 100.0
    )
    barred = state.penalised * setting["penalty_loss"] * setting.figures["exports_west"]
    change = exchange_change(flow["rouble"], flow["oil"], own, setting["rouble_beta"], setting["oil_beta"])
    change = change * setting.figures["floats"]
    lags = np.concatenate([change[None], state.exchange_lags[:-1]])
    raw = pass_through(lags, setting["pass_through_impact"], setting["pass_through_year"])
    index = _import_price(state, setting)
    inflation = capped(raw + index - state.import_price, flow["price_cap"], setting["cap_strength"])
    saved = raw + index - state.import_price - inflation
    return Change(
        state={
            "exchange": state.exchange + change,
            "exchange_lags": lags,
            "import_price": index,
            "prices": state.prices + inflation,
            "price_pressure": state.price_pressure * 0.5 ** (1.0 / setting["price_memory"]) + inflation,
        },
        flow={
            "inflation": inflation,
            "income_loss": route + barred,
            "cap_cost": 100.0 * saved * setting["cap_fiscal_share"],
        },
    )


def _import_price(state: State, setting: Setting) -> Array:
    if not state.penalised.any():
        return np.zeros_like(state.import_price)
    shares = setting.figures["imports"] / 100.0
    costs = np.ones_like(np.broadcast_to(shares, (len(setting.poles), *state.penalised.shape)))
    costs[setting.sanctioner] += setting["penalty_cost"] * state.penalised
    return import_prices(shares, costs, setting["trade_elasticity"])
