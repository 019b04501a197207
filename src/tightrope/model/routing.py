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

# Routes of one good are closer substitutes than goods of several origins: ε stays below this part of θ.
CLOSER = 0.9


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

    What would pass through a hub without the sanctions, controlled as now, is no evasion and is taken off.
    Members of the target's customs union have no border to cross. Flow, each (N, R): `evasion_share` of the
    West's sanctioned exports; `evasion` and `evasion_free`, what it would be without compliance, in percent
    of the hub's GDP a year; and `evasion_free_value` in bn USD a year.
    """
    elasticity = setting["routing_elasticity"]
    trade = np.minimum(setting["trade_elasticity"], CLOSER * elasticity)
    cost = setting["sanction_cost"] * flow["sanctions"]
    elsewhere = route_weight(setting["other_route_cost"], elasticity)
    usual = _usual_weight(state, setting)
    open_route = usual * route_weight(1.0 + cost * setting.figures["sanctioned"], elasticity)
    passing = np.exp(-setting["compliance_friction"] * state.compliance)
    before = 1.0 + elsewhere + usual.sum(axis=0)
    direct, via = route_weight(1.0 + cost, elasticity) + elsewhere, open_route * passing
    total = direct + via.sum(axis=0)
    usual_total = 1.0 + elsewhere + (usual * passing).sum(axis=0)

    def carried(route: Array, weight: Array) -> Array:
        """Part of the former trade that goes through each hub, given the routes' total weight."""
        return route / weight * volume_left(weight, before, trade, elasticity)

    held = 1.0 - passing
    evasion = carried(via, total) - carried(usual * passing, usual_total)
    free = carried(open_route, total + open_route * held) - carried(usual, usual_total + usual * held)
    evasion = np.maximum(0.0, evasion)
    free = np.maximum(evasion, free)
    volume = setting.figures["west_exports_to_target"] * setting["sanctioned_fraction"]
    percent = 100.0 * volume / setting.figures["gdp"]
    return Change(
        flow={
            "evasion_share": hub_shares(direct, via),
            "evasion": percent * evasion,
            "evasion_free": percent * free,
            "evasion_free_value": volume * free,
        }
    )


def _usual_weight(state: State, setting: Setting) -> Array:
    """The weight of the way through each hub without sanctions or controls (N, R)."""
    border = setting["border_cost"] * (1.0 - state.union)
    way = setting.figures["detour"] ** setting["distance_elasticity"] * (
        1.0 + setting["transit_cost"] + border
    )
    size: Array = (setting.figures["gdp"] / 100.0) ** setting["hub_size_elasticity"]
    return size * route_weight(way, setting["routing_elasticity"])
