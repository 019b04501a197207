"""Stage 3, the organ's decision on a request for troops: by consensus, by majority, or by its leader (model 3h).

consensus   P(sent | asked) = p4 Π_j (1 - veto_j),   veto_j = σ(logit π_v + λ U_j)   over the other members
majority    P = σ(logit π4 + λ ν Δlog S),   S = Σ_j w_j [±U_j]⁺   over the other members and the leader
leader      P = p4, the leader's own decision

With π4 = ½ and λ = 1 the middle line is V = S_for^ν / (S_for^ν + S_against^ν). A request has two answers, so one
round of voting decides; repeated voting with damping matters for three or more, and there is none here.

Sources: the ratio of KTAB's voting rule (KAPSARC 2015); Scholz, Calbert & Smith 2011 on a model akin to it.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.account import utility
from tightrope.model.choice import TINY, Array, ArrayLike, Index, tilt_odds
from tightrope.model.occasion import Occasion
from tightrope.model.state import Flow, Setting, State

# Strength counts in tenths of the target's own, so that the leader's is ten.
LEADER = 10.0


def veto_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What a veto is worth to a member when another asks for troops, (N, R) or (M,); `veto` is the menu.

    Security: less, the more it may need the same help, by its own unrest and threats from elsewhere. Autonomy: more,
    the stronger it is and the more it fears the precedent, by threats heard from the leader. Principle: more, the
    stronger the rule against force. All 0 for a calm, weak, unthreatened member under a rule half in force.
    """
    need = state.defection[0] + flow["outside_threat"]
    fear = setting.figures["strength"] + setting["veto_precedent"] * state.menace
    return {"security": -need, "autonomy": fear, "principle": state.rule - 0.5}


def vetoes(worth: Array, setting: Setting) -> Array:
    """Probability that a member vetoes a request, given what that is worth to it, nats."""
    return tilt_odds(setting["veto_base_rate"], worth, setting["choice_intensity"])


def leaning(worth: Array, weight: Array, exponent: ArrayLike) -> Array:
    """ν Δlog S of a vote between yes and no: `worth` of a yes to each voter and its weight, voters on axis 0.

    0 where nobody cares. A side without any support counts as one of 1e-300, so that the result is a number.
    """
    pro, contra = ((weight * np.maximum(sign * worth, 0.0)).sum(axis=0) for sign in (1.0, -1.0))
    result: Array = exponent * (np.log(np.maximum(pro, TINY)) - np.log(np.maximum(contra, TINY)))
    return result


def council(
    state: State, flow: Flow, setting: Setting, request: Occasion, leader: Array
) -> tuple[Array, Array]:
    """P(sent | asked) for each request, and what it is where all decide at their base rates, each (M,).

    `leader` is what sending is worth to the organ's leader, nats (M,). The other members are those still in
    (`state.ally`) without the one that asks. State, flow and setting are those of all states and runs: a request
    is decided by others than the column that it came from.
    """
    base, intensity = request.at(setting["grant_base_rate"]), request.at(setting["choice_intensity"])
    granted = tilt_odds(base, leader, intensity)
    if setting.organ == "leader":
        return granted, np.broadcast_to(base, granted.shape)
    member, column = _others(state, request)
    seats = Occasion(member, request.run[column], np.zeros(len(column)), request.shape)
    seen = seats.setting(setting)
    accounts = veto_accounts(seats.state(state), seats.flow(flow), seen)
    worth = utility(accounts, seen.weights, seen.divisors.get("veto", {}))
    if setting.organ == "consensus":
        free = _by_seat(1.0 - vetoes(worth, seen), 1.0, member, column, request).prod(axis=0)
        usual = _by_seat(1.0 - seen["veto_base_rate"], 1.0, member, column, request).prod(axis=0)
        return granted * free, base * usual
    votes = np.concatenate([_by_seat(-worth, 0.0, member, column, request), leader[None]])
    weights = _by_seat(seen.figures["capability"], 0.0, member, column, request)
    weights = np.concatenate([weights, np.full_like(leader, LEADER)[None]])
    pull = leaning(votes, weights, request.at(setting["council_decisiveness"]))
    return tilt_odds(base, pull, intensity), np.broadcast_to(base, granted.shape)


def _others(state: State, request: Occasion) -> tuple[Index, Index]:
    """Who besides the asker sits in the organ, request by request: places of the members, and of the requests."""
    places = np.arange(request.shape[0])[:, None]
    seated = (state.ally[:, request.run] > 0) & (places != request.decider)
    member, column = np.nonzero(seated)
    return member, column


def _by_seat(values: Array, blank: float, member: Index, column: Index, request: Occasion) -> Array:
    """Values of the seats as a table of states by requests, (N, M); `blank` where nobody sits."""
    table = np.full((request.shape[0], len(request.run)), blank)
    table[member, column] = values
    return table
