"""Stage 3, request and intervention: a client in an emergency may ask its patron's organ for troops.

p4 = σ(logit π4 + λ U_patron), and p = what the organ makes of it (`council`);
p2 = σ(logit π2 + λ [p U(help) + (1 - p) U(refused) - the same in the cases counted])
Agent-logit backward induction (Signorino 1999; McKelvey & Palfrey 1998) tilted from base rates that
are counted in a reference class known at `as_of`. U = 0 describes the cases of that class.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.account import utility
from tightrope.model.choice import Array, Boolean, logit
from tightrope.model.council import council
from tightrope.model.occasion import Occasion, decide, occasions, reasons
from tightrope.model.state import ACCOUNTS, Change, Flow, Month, Setting, State, occurred

# A pole is never wholly tied down: 1 / (1 - b) stays finite.
ALL_TIED = 0.99
# The emergencies of the reference class: mass defection (share) and strength (tenths of the target's, at most 1).
TYPICAL = (0.75, 0.2)


def standing(state: State, setting: Setting) -> Array:
    """What the organ's standing has lost since the start, at most 0 (1, R), in refusals for each member.

    `organ_standing` × (members left - 1) - refusals remembered, both means over the members at the start.
    """
    first = setting.figures["ally"]
    count = np.maximum(first.sum(axis=0, keepdims=True), 1.0)
    left, refused = (
        (first * kept).sum(axis=0, keepdims=True) / count for kept in (state.ally, state.abandoned)
    )
    lost: Array = setting["organ_standing"] * (left - 1.0) - refused
    return lost


def patron_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What sending troops is worth to the patron, (N, R) or (M,): stake in the client, forces left, standing.

    Security: s_ip beyond the average share, less k (1/(1 - b) - 1/(1 - b_0)) for the capacity tied down elsewhere.
    Reputation: the standing that leaving a member alone would cost (flow `standing`). It can only be lost while it
    is there: an organ that members have left, or that has refused some, has less to lose by refusing another.
    """
    tied = np.minimum(flow["tied_down"][setting.target], ALL_TIED)
    stake = setting["patron_stake"] * (state.share[setting.target] - 1.0 / len(state.share))
    cost = setting["intervention_cost"] * (1.0 / (1.0 - tied) - 1.0 / (1.0 - setting["tied_down_reference"]))
    return {"security": stake - cost, "reputation": flow["standing"]}


def client_accounts(state: State, setting: Setting) -> tuple[dict[str, Array], dict[str, Array]]:
    """What help, and being refused, are worth to the client in its emergency, (N, R) or (M,).

    Help: security gained with the mass in the streets, autonomy lost to a patron to whom one is already
    indebted. Refusal: unrest left alone and seen to be so.
    """
    return _worth(state.defection[0], setting.figures["strength"] + state.debt, setting)


def usual_accounts(setting: Setting) -> tuple[dict[str, Array], dict[str, Array]]:
    """The same for the emergencies that the base rate counts: TYPICAL unrest, strength, and no debt."""
    unrest, strength = (np.full_like(setting.figures["strength"], value) for value in TYPICAL)
    return _worth(unrest, strength, setting)


def _worth(unrest: Array, strength: Array, setting: Setting) -> tuple[dict[str, Array], dict[str, Array]]:
    help_ = {"security": setting["help_value"] * unrest, "autonomy": -setting["autonomy_loss"] * strength}
    return help_, {"domestic": -setting["refusal_cost"] * unrest}


def asking_accounts(state: State, setting: Setting, help_: Array, usual: Array) -> dict[str, Array]:
    """What asking is worth to the client, less what it was in the cases counted, (N, R) or (M,); menu `request`.

    `help_` is the probability of being helped and `usual` that in the cases counted: each account is that of help
    times the first, and that of a refusal times the rest.
    """
    helped, refused = client_accounts(state, setting)
    eased, snubbed = usual_accounts(setting)
    asking = {name: help_ * phi - usual * eased[name] for name, phi in helped.items()}
    return asking | {
        name: (1.0 - help_) * phi - (1.0 - usual) * snubbed[name] for name, phi in refused.items()
    }


def granted(state: State, flow: Flow, setting: Setting, request: Occasion) -> tuple[Array, Array]:
    """P(sent | asked) of each request, and that with all at their base rates, (M,); see `council`."""
    flow = {**flow, "standing": standing(state, setting)}
    seen = request.setting(setting)
    sending = patron_accounts(request.state(state), request.flow(flow), seen)
    worth = utility(sending, seen.weights, seen.divisors.get("intervene", {}))
    return council(state, flow, setting, request, np.broadcast_to(worth, request.run.shape))


def security(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Play the game where an emergency began this month; let troops leave; let debt and refusals be forgotten.

    Intervention multiplies both defections by 1 - ε, adds one to the debt and brings troops, who leave
    at hazard `withdrawal_base` + `withdrawal_calm` (1 - m) a month; a refusal adds one to `abandoned`. Only members
    of the organ may ask, and only who has no troops yet.
    Flow: `request`, `intervention` (0/1), each (N, R); `reasons.request` of the focus actor (8, R).
    """
    open_to = (flow["emergency"] > 0) & (state.ally > 0) & (state.troops == 0)
    asked, sent, table = _played(state, flow, setting, month, open_to)
    hazard = setting["withdrawal_base"] + setting["withdrawal_calm"] * (1.0 - state.defection[0])
    stay = 1.0 - occurred(month.uniform("withdrawal"), hazard)
    forgotten = 0.5 ** (1.0 / setting["abandon_half_life"])
    return Change(
        state={
            "defection": state.defection * (1.0 - setting["intervention_effect"] * sent),
            "debt": state.debt * 0.5 ** (1.0 / setting["debt_half_life"]) + sent,
            "troops": state.troops * stay * (1.0 - sent) + sent,
            "abandoned": state.abandoned * forgotten + asked - sent,
        },
        flow={"request": asked, "intervention": sent, "reasons.request": table},
    )


def _played(
    state: State, flow: Flow, setting: Setting, month: Month, open_to: Boolean
) -> tuple[Array, Array, Array]:
    """Who asked and to whom troops were sent (N, R), and the table of the focus actor's requests (8, R)."""
    request = occasions(month.uniform("request"), 1.0, open_to)
    if not request.run.size:
        nothing = np.zeros(open_to.shape)
        return nothing, nothing, np.zeros((len(ACCOUNTS) + 2, open_to.shape[1]))
    seen = request.setting(setting)
    help_, usual = granted(state, flow, setting, request)
    accounts = asking_accounts(request.state(state), seen, help_, usual)
    base = seen["request_base_rate"]
    asks, _ = decide(request, base, accounts, seen, "request")
    sent = asks * occurred(request.at(month.uniform("intervention")), help_)
    table = reasons(request, logit(base), accounts, seen, "request")
    return request.spread(asks), request.spread(sent), table
