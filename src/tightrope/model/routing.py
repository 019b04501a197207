"""Stage 2, evasion: a sanctioned good goes direct or through one hub, whichever costs less (equation 5).

share_k = A_Wk d_k A_kR / B_WR,   A = t^{-θ},   d_k = e^{-κ c_k},   B = A + A D A   (one hub at most)
τ = B^{-1/θ}, and trade in the good falls with it: volume = volume_0 (B / B_0)^{ε/θ}

Source: Allen & Arkolakis 2022, truncated after one hub; exact on graphs where hubs do not chain. A hub's
weight also grows with the size of its economy, since traders are needed (own assumption, a scenario range).
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array, ArrayLike
from tightrope.model.state import Change, Flow, Month, Setting, State


def route_weight(cost: ArrayLike, elasticity: ArrayLike) -> Array:
    """A = t^{-θ}: how much a route of iceberg cost t ≥ 1 attracts at routing elasticity θ."""
    weight: Array = np.power(cost, -np.asarray(elasticity))
    return weight


def hub_shares(direct: Array, via: Array) -> Array:
    """Share of the flow through each hub; the rest goes direct.

    Shapes: `direct` (R,), `via` (N, R), both route weights. The shares and the direct one sum to 1.
    """
    share: Array = via / (direct + via.sum(axis=0))
    return share


def volume_left(
    weight: ArrayLike, weight_before: ArrayLike, trade: ArrayLike, elasticity: ArrayLike
) -> Array:
    """Fraction of the trade left when the routes' total weight B falls: (B / B_0)^{ε/θ}, at most 1."""
    left: Array = np.minimum(1.0, np.asarray(weight) / weight_before) ** (np.asarray(trade) / elasticity)
    return left


def routing(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Evasion through each decider and through hubs outside the model, at last month's compliance.

    What passed through a hub before the sanctions is no evasion and is taken off, controlled as the rest is.
    Members of the target's customs union have no border to cross. Flow, each (N, R): `evasion_share` of the
    West's sanctioned exports; `evasion` and `evasion_free`, what it would be without compliance, in percent
    of the hub's GDP a year; and `evasion_free_value` in bn USD a year.
    """
    elasticity, trade = setting["routing_elasticity"], setting["trade_elasticity"]
    cost = setting["sanction_cost"] * setting.figures["sanctions_on"]
    direct, elsewhere = (
        route_weight(1.0 + cost, elasticity),
        route_weight(setting["other_route_cost"], elasticity),
    )
    border = setting["border_cost"] * (1.0 - setting.figures["union"])
    detour = setting.figures["detour"] ** setting["distance_elasticity"] * (
        1.0 + setting["transit_cost"] + border
    )
    size = (setting.figures["gdp"] / 100.0) ** setting["hub_size_elasticity"]
    usual = size * route_weight(detour, elasticity)
    open_route = size * route_weight(detour * (1.0 + cost[0] * setting.figures["sanctioned"]), elasticity)
    via = open_route * np.exp(-setting["compliance_friction"] * state.compliance)
    before = 1.0 + elsewhere + usual.sum(axis=0)
    total = direct + elsewhere + via.sum(axis=0)
    loose = total - via + open_route
    share = via / total
    transit, passing = usual / before, via / open_route
    evasion = share * volume_left(total, before, trade, elasticity) - transit * passing
    free = open_route / loose * volume_left(loose, before, trade, elasticity) - transit
    volume = setting.figures["west_exports_to_target"] * setting["sanctioned_fraction"]
    percent = 100.0 * volume / setting.figures["gdp"]
    return Change(
        flow={
            "evasion_share": share,
            "evasion": percent * np.maximum(0.0, evasion),
            "evasion_free": percent * np.maximum(0.0, free),
            "evasion_free_value": volume * np.maximum(0.0, free),
        }
    )
