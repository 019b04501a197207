"""Stage 1, what is given from outside: rouble, oil, fuel prices, threats, how tied down each pole is."""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.state import Change, Flow, Month, Setting, State, occurred
from tightrope.model.war import share_of


def heard(menace: Array, half_life: Array, threat: Array) -> Array:
    """Menace after a month: the old decays with its half-life (months), what is said now adds to it."""
    result: Array = menace * 0.5 ** (1.0 / half_life) + threat
    return result


def usual_menace(setting: Setting) -> Array:
    """The mean level at which menace settles under the usual rate of threatening words (N, R)."""
    mark = (1.0 - np.exp(-setting["rhetoric_rate"])) * setting["rhetoric_strength"]
    usual: Array = mark * setting.figures["neighbour"] / (1.0 - 0.5 ** (1.0 / setting["menace_half_life"]))
    return usual


def world(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Draw the month's outside shocks and read the schedule.

    Rouble and oil: independent monthly log changes, sd `rouble_sd` and `oil_sd`. Threats by
    legislators or television come as Poisson marks, at most one a month here, of strength
    `rhetoric_strength`; they are cheap talk and feed menace only.
    """
    schedule, now = setting.schedule, month.index
    loud = share_of(state, (1.0, setting["defeat_rhetoric"], setting["victory_rhetoric"], 1.0))
    mark = occurred(month.uniform("rhetoric"), 1.0 - np.exp(-setting["rhetoric_rate"] * loud))
    threat = (
        mark * setting["rhetoric_strength"] * setting.figures["neighbour"] + schedule["threat"][now][:, None]
    )
    given = schedule["tied_down"][now][:, None, None]
    return Change(
        state={"menace": heard(state.menace, setting["menace_half_life"], threat)},
        flow={
            "rouble": setting["rouble_sd"] * month.world("rouble"),
            "oil": setting["oil_sd"] * month.world("oil"),
            "tied_down": np.where(np.isnan(given), usual_ties(state, setting), given),
            "sanctions": sanctions(state, setting),
            "effort": schedule["effort"][now][:, None, None],
            "coordination": schedule["coordination"][now][:, None, None],
            "outside_threat": _outside(schedule["outside_threat"][now][:, None], setting),
            "fuel_step": _by_decider(schedule["fuel_step"][now], setting),
            "fuel_before": _by_decider(schedule["fuel_step"][now - 1] * (now > 0), setting),
            "price_cap": _by_decider(schedule["price_cap"][now], setting),
            "route_closed": _by_decider(schedule["route_closed"][now], setting),
        },
    )


def _outside(given: Array, setting: Setting) -> Array:
    known: Array = np.where(np.isnan(given), setting.figures["outside_threat"], given)
    return known


def tied_down(state: State, setting: Setting) -> Array:
    """How tied down the target is without a scenario (1, R): by the war while it goes on, and more by its defeat.

    A defeat takes `defeat_loss` of what was left. Otherwise as ever: where no war is known and after a victory;
    after a settlement, half-way between.
    """
    fought, usual = setting["tied_down"], setting["tied_down_reference"]
    beaten = fought + setting["defeat_loss"] * (1.0 - fought)
    known = setting.figures["at_war"]
    now = share_of(state, (fought, beaten, usual, 0.5 * (fought + usual)))
    return known * now + (1.0 - known) * usual


def usual_ties(state: State, setting: Setting) -> Array:
    """How tied down each pole is where nothing is given: only the target is (P, 1, R)."""
    usual = np.zeros((len(setting.poles), 1, setting.runs))
    usual[setting.target] = tied_down(state, setting)
    return usual


def sanctions(state: State, setting: Setting) -> Array:
    """How much of the sanctions on the target stands, 0 to 1 (1, R): a settlement eases them."""
    eased = share_of(state, (0.0, 0.0, 0.0, setting["settlement_relief"]))
    standing: Array = setting.figures["sanctions_on"] * (1.0 - eased)
    return standing


def _by_decider(values: Array, setting: Setting) -> Array:
    return np.broadcast_to(values[:, None], (len(setting.deciders), setting.runs))
