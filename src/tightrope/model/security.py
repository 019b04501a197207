"""Stage 3, request and intervention: a client in an emergency may ask its patron for troops.

p4 = σ(logit π4 + λ U_patron);   p2 = σ(logit π2 + λ [p4 U(help) + (1 - p4) U(refused)])
Agent-logit backward induction (Signorino 1999; McKelvey & Palfrey 1998) tilted from base rates that
are counted in a reference class known at `as_of`. U = 0 describes the cases of that class.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.account import utility
from tightrope.model.choice import Array, ArrayLike, tilt_odds
from tightrope.model.state import Change, Flow, Month, Setting, State, occurred

# A pole is never wholly tied down: 1 / (1 - b) stays finite.
ALL_TIED = 0.99
# The emergencies of the reference class: mass defection (share) and capability (tenths of the target's).
TYPICAL = (0.75, 0.2)


def intervene(base_rate: ArrayLike, value: Array, intensity: ArrayLike = 1.0) -> Array:
    """p4: probability that the patron sends troops once asked; `value` of sending over not, nats."""
    return tilt_odds(base_rate, value, intensity)


def request(
    base_rate: ArrayLike,
    p4: Array,
    helped: Array,
    refused: Array,
    intensity: ArrayLike = 1.0,
    usual: ArrayLike = 0.0,
) -> Array:
    """p2: probability that the client asks, given p4 and what help and refusal are worth to it, nats.

    `usual` is what asking was worth in the cases that the base rate counts.
    """
    return tilt_odds(base_rate, p4 * helped + (1.0 - p4) * refused - usual, intensity)


def patron_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What sending troops is worth to the patron, (1, N, R): stake in the client, forces left, standing.

    Security: s_ip beyond the average share, less k (1/(1 - b) - 1) for the capacity tied down elsewhere.
    Reputation: standing of the organisation, 1 for a treaty member.
    """
    tied = np.minimum(flow["tied_down"][setting.target], ALL_TIED)
    stake = setting["patron_stake"] * (state.share[setting.target] - 1.0 / len(state.share))
    cost = setting["intervention_cost"] * (1.0 / (1.0 - tied) - 1.0 / (1.0 - setting["tied_down_reference"]))
    standing = setting["treaty_standing"] * (setting.figures["ally"] - 1.0)
    return {"security": (stake - cost)[None], "reputation": standing[None]}


def client_accounts(state: State, setting: Setting) -> tuple[dict[str, Array], dict[str, Array]]:
    """What help, and being refused, are worth to the client in its emergency, each (1, N, R).

    Help: security gained with the mass in the streets, autonomy lost to a patron to whom one is already
    indebted. Refusal: unrest left alone and seen to be so.
    """
    return _worth(state.defection[0], setting.figures["capability"] + state.debt, setting)


def usual_accounts(setting: Setting) -> tuple[dict[str, Array], dict[str, Array]]:
    """The same for the emergencies that the base rate counts: TYPICAL unrest, strength, and no debt."""
    unrest, strength = (np.full_like(setting.figures["capability"], value) for value in TYPICAL)
    return _worth(unrest, strength, setting)


def _worth(unrest: Array, strength: Array, setting: Setting) -> tuple[dict[str, Array], dict[str, Array]]:
    help_ = {
        "security": (setting["help_value"] * unrest)[None],
        "autonomy": (-setting["autonomy_loss"] * strength)[None],
    }
    return help_, {"domestic": (-setting["refusal_cost"] * unrest)[None]}


def security(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Play the game where an emergency began this month; let troops leave; let the debt decay.

    Intervention multiplies both defections by 1 - ε, adds one to the debt and brings troops, who leave
    at hazard `withdrawal_base` + `withdrawal_calm` (1 - m) a month. Only treaty members may ask.
    Flow: `request`, `intervention` (0/1) and `p_intervene`, `p_request`, each (N, R).
    """
    weights, scales, intensity = setting.weights, setting.divisors, setting["choice_intensity"]
    sending = utility(patron_accounts(state, flow, setting), weights, scales.get("intervene", {}))[0]
    p4 = intervene(setting["grant_base_rate"], sending, intensity)
    helped, refused = (
        utility(one, weights, scales.get("request", {}))[0] for one in client_accounts(state, setting)
    )
    eased, snubbed = (utility(one, weights, scales.get("request", {}))[0] for one in usual_accounts(setting))
    usual = setting["grant_base_rate"] * eased + (1.0 - setting["grant_base_rate"]) * snubbed
    p2 = request(setting["request_base_rate"], p4, helped, refused, intensity, usual)
    asked = (
        flow["emergency"]
        * setting.figures["ally"]
        * (1.0 - state.troops)
        * occurred(month.uniform("request"), p2)
    )
    sent = asked * occurred(month.uniform("intervention"), p4)
    hazard = setting["withdrawal_base"] + setting["withdrawal_calm"] * (1.0 - state.defection[0])
    stay = 1.0 - occurred(month.uniform("withdrawal"), hazard)
    return Change(
        state={
            "defection": state.defection * (1.0 - setting["intervention_effect"] * sent),
            "debt": state.debt * 0.5 ** (1.0 / setting["debt_half_life"]) + sent,
            "troops": state.troops * stay * (1.0 - sent) + sent,
        },
        flow={"request": asked, "intervention": sent, "p_intervene": p4, "p_request": p2},
    )
