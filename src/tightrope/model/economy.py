"""Stage 2, exchange rate and prices: rouble and oil → currency → consumer prices, import prices, income.

Δe = β_R Δrouble + β_O Δoil + u, with β_O < 0 where oil is exported
CPI_t = Σ_k ψ_k Δe_{t-k}, ψ_0 = .10, Σ_{0..11} ψ = .25 (Poghosyan 2020)
P̂_j = (Σ_i λ_ij τ̂_ij^{-ε})^{-1/ε}, wages fixed: the reduced trade block.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array, ArrayLike
from tightrope.model.occasion import occasions
from tightrope.model.retaliation import loss
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


def capped(
    inflation: Array, suppressed: Array, cap: Array, strength: ArrayLike, release: ArrayLike
) -> tuple[Array, Array]:
    """What a price cap lets through, and what it has held back so far (both in log points).

    In force, it multiplies a rise by 1 - η and stores η of it; a fall first runs the store down, so that
    ups and downs of the market price leave no trace. Lifted, it lets `release` of the store through a month.
    """
    held = np.maximum(0.0, suppressed + strength * inflation)
    after: Array = np.where(cap > 0, cap * held + (1.0 - cap) * suppressed, suppressed * (1.0 - release))
    passed: Array = inflation - (after - suppressed)
    return passed, after


def import_prices(shares: Array, costs: Array, elasticity: ArrayLike) -> Array:
    """Log change of the price index of the expenditure on all origins; the home share has cost 1.

    Shapes: `shares` (P, N, R) of total expenditure with sum below 1, `costs` τ̂ (P, N, R). Exact, not linear.
    """
    home = 1.0 - shares.sum(axis=0)
    total = home + (shares * costs ** -np.asarray(elasticity)).sum(axis=0)
    index: Array = -np.log(total) / elasticity
    return index


def economy(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Move currency, prices and hardship one month.

    Hardship is a decaying sum of price rises and of income newly lost: a loss hurts when it comes.
    Flow: `inflation` log points this month and `cap_cost`, percent of GDP a year that the cap costs the
    budget, each (N, R).
    """
    own = setting["exchange_sd"] * month.normal("exchange")
    oil = setting["oil_beta"] * np.minimum(setting.figures["rents"], 1.0)
    change = exchange_change(flow["rouble"], flow["oil"], own, setting["rouble_beta"], oil)
    lags = np.concatenate([change[None], state.exchange_lags[:-1]])
    index = _import_price(state, setting)
    raw = pass_through(lags, setting["pass_through_impact"], setting["pass_through_year"])
    raw = (
        raw + index - state.import_price + setting["fuel_weight"] * (flow["fuel_step"] - flow["fuel_before"])
    )
    cap = np.maximum(flow["price_cap"], state.capped > 0)
    inflation, suppressed = capped(
        raw, state.suppressed, cap, setting["cap_strength"], setting["cap_release"]
    )
    lost = _income_loss(state, flow, setting)
    newly_lost = setting["income_weight"] * (lost - state.income_loss) / 100.0
    memory = 0.5 ** (1.0 / setting["price_memory"])
    return Change(
        state={
            "exchange": state.exchange + change,
            "exchange_lags": lags,
            "import_price": index,
            "suppressed": suppressed,
            "prices": state.prices + inflation,
            "income_loss": lost,
            "hardship": state.hardship * memory + inflation + newly_lost,
        },
        flow={
            "inflation": inflation,
            "cap_cost": 100.0 * suppressed * setting["cap_fiscal_share"] * setting["capped_spending"],
        },
    )


def _income_loss(state: State, flow: Flow, setting: Setting) -> Array:
    """Percent of GDP a year lost through closed routes, retaliation, secondary sanctions, and the state's own steps.

    Who joins the sanctions loses part of the exports to the target, who leaves its union the better terms of trade and
    part of the remittances.
    """
    figures = setting.figures
    route = flow["route_closed"] * figures["route_dependence"] * figures["exports_total"] / 100.0
    barred: Array = state.penalised * setting["penalty_loss"] * figures["exports_west"]
    # Retaliation may stop the same routes as the calendar: what both stop is lost once.
    withheld = np.maximum(route, state.retaliated * loss(setting))
    forgone = setting["joining_loss"] * figures["exports_target"] * state.joined
    terms = setting["preference_margin"] * figures["trade"][setting.target]
    left = np.maximum(figures["union"] - state.union, 0.0)
    lost: Array = withheld + barred + forgone
    lost = lost + left * (terms + setting["migration_loss"] * figures["remittances"])
    return lost


def _import_price(state: State, setting: Setting) -> Array:
    """The index of every state (N, R), worked out where a penalty makes the sanctioner's goods dearer: 0 elsewhere."""
    dearer = occasions(1.0 - state.penalised, 1.0)
    near = dearer.setting(setting)
    shares = near.figures["imports"] / 100.0
    costs = np.ones((len(setting.poles), dearer.run.size))
    costs[setting.sanctioner] += near["penalty_cost"] * dearer.at(state.penalised)
    return dearer.spread(import_prices(shares, costs, near["trade_elasticity"]))
