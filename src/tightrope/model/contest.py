"""Stage 4, what the poles offer: a Tullock contest with the capacity that each has left.

ψ_pi = x_pi^r / Σ_q x_qi^r,  x_pi = B_p (1 - b_p) v_pi / Σ_j v_pj,  offer o_pi = cr_p ψ_pi B
Tying one pole down raises the others' share: filling the void needs no further rule.

Sources: Tullock 1980; Skaperdas 1996.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array, ArrayLike
from tightrope.model.state import Change, Flow, Month, Setting, State


def win_shares(effort: Array, decisiveness: ArrayLike) -> Array:
    """ψ: each pole's share of the contest, a Luce ratio in r · log effort. Poles on axis 0."""
    strength = effort ** np.asarray(decisiveness)
    share: Array = strength / strength.sum(axis=0)
    return share


def contest(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Flow: `offer` of each pole to each decider, percent of the decider's GDP a year (P, N, R).

    A state under secondary sanctions is offered less by the sanctioner, by the share of trade that it loses.
    """
    budget = setting.figures["pole_budget"] * (1.0 - flow["tied_down"])[:, None, :]
    value = setting.figures["trade"] + setting["contest_floor"]
    effort = budget * value / value.sum(axis=1, keepdims=True)
    credibility = np.ones((len(setting.poles), 1, setting.runs))
    lost = setting.figures["at_war"] * (1.0 - setting["target_credibility"])
    credibility[setting.target] = 1.0 - lost
    courted = np.ones((len(setting.poles), *state.penalised.shape))
    courted[setting.sanctioner] -= setting["penalty_loss"] * state.penalised
    share = win_shares(effort, setting["contest_decisiveness"])
    return Change(flow={"offer": credibility * courted * share * setting["offer_total"]})
