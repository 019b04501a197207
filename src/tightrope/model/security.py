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


def intervene(base_rate: ArrayLike, value: Array, intensity: ArrayLike = 1.0) -> Array:
    """p4: probability that the patron sends troops once asked; `value` of sending over not, nats."""
    return tilt_odds(base_rate, value, intensity)


def request(
    base_rate: ArrayLike, p4: Array, helped: Array, refused: Array, intensity: ArrayLike = 1.0
) -> Array:
    """p2: probability that the client asks, given p4 and what help and refusal are worth to it, nats."""
    return tilt_odds(base_rate, p4 * helped + (1.0 - p4) * refused, intensity)


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
    """What help, and being refused, are worth to the client, each (1, N, R).

    Help: security gained with the mass in the streets beyond one half, autonomy lost to a patron to whom
    one is already indebted. Refusal: unrest left alone and seen to be so.
    """
    streets = state.defection[0] - 0.5
    help_ = {
        "security": (setting["help_value"] * streets)[None],
        "autonomy": (-setting["autonomy_loss"] * (setting.figures["capability"] + state.debt))[None],
    }
    refusal = {"domestic": (-setting["refusal_cost"] * state.defection[0])[None]}
    return help_, refusal


def security(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Play the game where an emergency began this month; let troops leave; let the debt decay.

    Intervention multiplies both defections by 1 - ε, adds one to the debt and brings troops, who leave
    at hazard `withdrawal_base` + `withdrawal_calm` (1 - m) a month. Only treaty members may ask.
    Flow: `request`, `intervention` (0/1) and `p_intervene`, `p_request`, each (N, R).
    """
    weights, menu, intensity = (
        setting.weights,
        setting.divisors.get("intervene", {}),
        setting["choice_intensity"],
    )
    p4 = intervene(
        setting["grant_base_rate"],
        utility(patron_accounts(state, flow, setting), weights, menu)[0],
        intensity,
    )
    helped, refused = client_accounts(state, setting)
    menu = setting.divisors.get("request", {})
    p2 = request(
        setting["request_base_rate"],
        p4,
        utility(helped, weights, menu)[0],
        utility(refused, weights, menu)[0],
        intensity,
    )
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
