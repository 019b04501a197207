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

    Flow: `evasion_share` of the West's sanctioned exports (N, R); `evasion` in percent of the hub's
    GDP a year (N, R); `evasion_free` what it would be without compliance (N, R), same unit.
    """
    elasticity, deterrence = setting["routing_elasticity"], setting["compliance_friction"]
    direct = route_weight(1.0 + setting["sanction_cost"], elasticity)
    detour = setting.figures["detour"] ** setting["distance_elasticity"] * (1.0 + setting["border_cost"])
    open_route = route_weight(
        detour * (1.0 + setting["sanction_cost"] * setting.figures["sanctioned"]), elasticity
    )
    open_route = open_route * (setting.figures["gdp"] / 100.0) ** setting["hub_size_elasticity"]
    via = open_route * np.exp(-deterrence * state.compliance)
    elsewhere = route_weight(setting["other_route_cost"], elasticity)
    hubs = via.sum(axis=0)
    share = hub_shares(direct + elsewhere, via)
    total = direct + elsewhere + hubs
    before, trade = 1.0 + elsewhere + hubs, setting["trade_elasticity"]
    volume = setting.figures["west_exports_to_target"] * setting["sanctioned_fraction"]
    percent = 100.0 * volume / setting.figures["gdp"]
    loose = total - via + open_route
    free = open_route / loose * volume_left(loose, before - via + open_route, trade, elasticity)
    return Change(
        flow={
            "evasion_share": share,
            "evasion": percent * share * volume_left(total, before, trade, elasticity),
            "evasion_free": percent * free,
        }
    )
