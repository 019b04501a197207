"""Stage 4, what the poles offer: a Tullock contest with the capacity that each has left.

ψ_pi = x_pi^r / Σ_q x_qi^r,  x_pi = B_p (1 - b_p) v_pi / Σ_j v_pj,  offer o_pi = cr_p ψ_pi B
Tying one pole down raises the others' share: filling the void needs no further rule. "Outcompeted" (tied down) and
"excluded itself" (not believed) are two levers: the first moves bids, the second only what is believed of them.

Sources: Tullock 1980; Skaperdas 1996.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array, ArrayLike
from tightrope.model.state import Change, Flow, Month, Setting, State


def win_shares(
    effort: Array, decisiveness: ArrayLike, target: int = 0, together: Array | None = None
) -> Array:
    """ψ: each pole's share of the contest, a Luce ratio in r · log effort; poles on axis 0.

    Where poles act `together` with the target, from 0, each alone, to 1, as one bloc (P, ...), the bloc divides the sum
    of its members' efforts as pays best, evenly where r < 1 and on one where r > 1, and shares what it wins by
    their own strengths; between the two extremes the strengths are mixed in proportion.
    """
    strength = effort ** np.asarray(decisiveness)
    bound = np.zeros(len(effort)) if together is None else together.reshape(-1)
    for partner in np.flatnonzero(bound).tolist():
        pair = [target, partner]
        pooled = effort[pair].sum(axis=0) ** np.asarray(decisiveness)
        joint = pooled * np.maximum(1.0, 2.0 ** (1.0 - np.asarray(decisiveness)))
        strength[pair] *= 1.0 + bound[partner] * (joint / strength[pair].sum(axis=0) - 1.0)
    share: Array = strength / strength.sum(axis=0)
    return share


def credibility(state: State, flow: Flow, setting: Setting, given: Array) -> Array:
    """How far each pole's offers are believed, 0 to 1 (P, 1, R): all but the target's are.

    The target lost `1 - target_credibility` by its war; the more the rule against force has eroded since the start
    the less it is believed, and a pole that acts together with it vouches for it. The calendar may give a value
    instead, `given` (P, 1, 1), NaN where it does not.
    """
    believed = np.ones((len(setting.poles), 1, setting.runs))
    start = setting["rule_strength"]
    worn = (1.0 - state.rule) / np.maximum(1.0 - start, 1e-9)
    lost = setting.figures["at_war"] * (1.0 - setting["target_credibility"]) * worn
    own = np.clip(1.0 - lost, 0.0, 1.0)
    believed[setting.target] = own + flow["coordination"].max() * (1.0 - own)
    held: Array = np.where(np.isnan(given), believed, given)
    return held


def contest(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Flow: `offer` of each pole to each decider, percent of the decider's GDP a year (P, N, R).

    A state under secondary sanctions is offered less by the sanctioner, by the share of trade that it loses; one
    designated unfriendly less by the target, and nothing while the target retaliates against it.
    """
    budget = setting.figures["pole_budget"] * flow["effort"] * (1.0 - flow["tied_down"])
    value = setting.figures["trade"] + setting["contest_floor"]
    effort = budget * value / value.sum(axis=1, keepdims=True)
    share = win_shares(effort, setting["contest_decisiveness"], setting.target, flow["coordination"])
    given = setting.schedule["credibility"][month.index][:, None, None]
    offer = credibility(state, flow, setting, given) * share * setting["offer_total"]
    offer[setting.sanctioner] *= 1.0 - setting["penalty_loss"] * state.penalised
    offer[setting.target] *= (1.0 - setting["unfriendly_loss"] * state.unfriendly) * (1.0 - state.retaliated)
    return Change(flow={"offer": offer})
