"""Stage 1, what is given from outside: rouble, oil, fuel prices, threats, how tied down each pole is."""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.state import Change, Flow, Month, Setting, State, occurred


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
    mark = occurred(month.uniform("rhetoric"), 1.0 - np.exp(-setting["rhetoric_rate"]))
    threat = (
        mark * setting["rhetoric_strength"] * setting.figures["neighbour"] + schedule.threat[now][:, None]
    )
    tied = np.where(
        np.isnan(schedule.tied_down[now])[:, None], _usual(setting), schedule.tied_down[now][:, None]
    )
    return Change(
        state={"menace": heard(state.menace, setting["menace_half_life"], threat)},
        flow={
            "rouble": setting["rouble_sd"] * month.world("rouble"),
            "oil": setting["oil_sd"] * month.world("oil"),
            "tied_down": tied,
            "fuel_step": _by_decider(schedule.fuel_step[now], setting),
            "fuel_before": _by_decider(schedule.fuel_step[now - 1] * (now > 0), setting),
            "price_cap": _by_decider(schedule.price_cap[now], setting),
            "route_closed": _by_decider(schedule.route_closed[now], setting),
        },
    )


def tied_down(setting: Setting) -> Array:
    """How tied down the target is without a scenario: by the war, if one is known, else as ever (R,)."""
    war = setting.figures["at_war"][0]
    usual: Array = war * setting["tied_down"] + (1.0 - war) * setting["tied_down_reference"]
    return usual


def _usual(setting: Setting) -> Array:
    usual = np.zeros((len(setting.poles), setting.runs))
    usual[setting.target] = tied_down(setting)
    return usual


def _by_decider(values: Array, setting: Setting) -> Array:
    return np.broadcast_to(values[:, None], (len(setting.deciders), setting.runs))
