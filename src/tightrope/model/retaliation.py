"""Stage 6, economic retaliation and designation: what the target does to a state that displeases it.

The same game as a crisis (equation 4) with other payoffs: the target threatens with pipelines, markets, energy and
remittances; the state gives in, by enforcing the sanctions less, or stands firm; the target imposes, or
does not. Apart from that it may name who has joined the sanctions an unfriendly state, by the one rule.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.compliance import compliance_accounts
from tightrope.model.crisis import EVEN, force, narrowed, outcomes, payoffs, play, stand
from tightrope.model.occasion import Occasion, decide, occasions
from tightrope.model.state import Change, Flow, Month, Setting, State, occurred

# What giving in changes in the compliance menu; the rest of that menu is what this game is about.
RELENTING = ("economy", "domestic", "autonomy", "principle")
# No usual share is nothing, so that the fall from it stays a number.
LEAST = 1e-12


def loss(setting: Setting) -> Array:
    """Percent of GDP a year that retaliation in full costs the state, (N, R) or (M,).

    Exports to the target that it bars, those over its routes that it stops, energy that it withholds and
    remittances that no longer come; goods that count twice, barred and stopped, are few and not taken off.
    """
    figures = setting.figures
    barred = setting["retaliation_trade"] * figures["exports_target"]
    stopped = setting["retaliation_route"] * figures["route_dependence"] / 100.0 * figures["exports_total"]
    withheld = setting["retaliation_energy"] * figures["energy"] / 100.0
    total: Array = barred + stopped + withheld + setting["retaliation_remittances"] * figures["remittances"]
    return total


def offence(state: State, setting: Setting) -> Array:
    """How much a state displeases the target, 0 to about 4 (N, R) or (M,).

    Sanctions joined, or enforced without; institutions of the target left since the start; and the fall of the share
    leaning to it against the usual one (a fraction). Each counts up to one.
    """
    figures = setting.figures
    left = np.maximum(figures["ally"] - state.ally, 0.0) + np.maximum(figures["union"] - state.union, 0.0)
    fallen = 1.0 - state.share[setting.target] / np.maximum(state.usual_share, LEAST)
    enforced = state.compliance * figures["penalisable"]
    total: Array = np.maximum(state.joined, enforced) + left + np.maximum(fallen, 0.0)
    return total


def challenger_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What each outcome is worth to the target (4, N, R) or (4, M).

    Economy, percent of its own GDP a year: goods that reach it again if the state relents, and its sales to the
    state that it cuts itself. Security: the offence ended, or punished as far as the state trades with it rather than
    with other poles, and as far as what it can withhold hurts. Principle: retaliating inside its own union breaks the
    union's law. Reputation: an empty threat, worse the louder it was.
    """
    figures, target, shape = setting.figures, setting.target, state.menace.shape
    size = figures["gdp"] / figures["pole_budget"][target]
    regained = setting["relent"] * (flow["evasion_free"] - flow["evasion"]) * size
    forgone = setting["retaliation_trade"] * figures["imports"][target] * size
    given = offence(state, setting)
    dependence = figures["trade"][target] / figures["trade"].sum(axis=0)
    lever = np.minimum(1.0, loss(setting) / setting["retaliation_lever"])
    return {
        "economy": outcomes(shape, conceded=regained, forced=-forgone),
        "security": outcomes(shape, conceded=given, forced=given * dependence * lever),
        "principle": outcomes(shape, forced=-state.union),
        "reputation": outcomes(shape, backed_down=-(1.0 + state.menace)),
    }


def decider_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What each outcome is worth to the state that is threatened (4, N, R) or (4, M).

    Giving in: what enforcing less by the fraction `relent` brings in the compliance menu. Economy: the `loss` once
    retaliation is imposed, percent of GDP a year. Reputation: giving in to a threat, worse the louder it is.
    """
    shape = state.menace.shape
    menu = compliance_accounts(state, flow, setting)
    accounts = {
        name: outcomes(shape, conceded=setting["relent"] * state.compliance * _relenting(menu[name], shape))
        for name in RELENTING
    }
    accounts["economy"] += outcomes(shape, forced=-loss(setting))
    return {**accounts, "reputation": outcomes(shape, conceded=-(1.0 + state.menace))}


def _relenting(account: Array, shape: tuple[int, ...]) -> Array:
    """An account of no enforcement rather than full, from the compliance menu (3, ...)."""
    gained = account[0] - account[2]
    return np.broadcast_to(gained, np.broadcast_shapes(gained.shape, shape)).reshape(shape)


def designation_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What naming a state unfriendly brings the target rather than not (N, R) or (M,).

    Security: sanctions that are enforced and not only joined. Reputation: a member of its own alliance so named
    shows the alliance up.
    """
    return {"security": state.compliance * setting.figures["penalisable"], "reputation": -state.ally}


def threat_chance(state: State, setting: Setting) -> Array:
    """Monthly probability that the target thinks of retaliation, 1 - exp(-rate · offence), (N, R)."""
    chance: Array = -np.expm1(-setting["displeasure_rate"] * offence(state, setting))
    return chance


def retaliation(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Threaten, give in or stand firm, impose or not; let what is in force end; designate who has joined.

    The calendar's `retaliation` keeps it in force. In force it ends with `retaliation_end` a month. Flow, each (N, R):
    `threat_made`, `gave_in`, `retaliation` (1 in the month of imposition), `designation`;
    `evidence_retaliation` (A, N, R); `reasons.retaliation`, standing firm against
    giving in (8, R).
    """
    held = _threats(state, flow, setting, month)
    now, drawn, around = held.state(state), held.setting(setting), held.flow(flow)
    worth = payoffs(challenger_accounts(now, around, drawn), drawn, "threat")
    p_impose = force(drawn["retaliation_base_rate"], worth, drawn["choice_intensity"])
    accounts = decider_accounts(now, around, drawn)
    stood, table, told = stand(held, accounts, p_impose, drawn, "retaliation")
    imposed = held.spread(stood * occurred(held.at(month.uniform("impose")), p_impose))
    gave_in = held.spread(1.0 - stood)
    ordered = setting.schedule["retaliation"][month.index][:, None]
    # What the calendar imposed it also lifts.
    lifted = (setting.schedule["retaliation"][month.index - 1][:, None] > ordered) & (month.index > 0)
    ends = occurred(month.uniform("retaliation_end"), setting["retaliation_end"])
    kept = state.retaliated * (1.0 - np.maximum(ends, lifted))
    in_force = np.maximum(kept + imposed, ordered)
    named = _designated(state, flow, setting, month)
    return Change(
        state={
            "retaliated": in_force,
            "unfriendly": np.maximum(state.unfriendly, named),
            "compliance": state.compliance - setting["relent"] * state.compliance * gave_in,
        },
        flow={
            "threat_made": held.spread(np.ones(len(held.run))),
            "gave_in": gave_in,
            "retaliation": in_force * (state.retaliated == 0),
            "designation": named,
            "evidence_retaliation": told,
            "reasons.retaliation": table,
        },
    )


def _threats(state: State, flow: Flow, setting: Setting, month: Month) -> Occasion:
    """Where the target threatens, with the decider's own draw; nobody who is retaliated against already."""
    chance = threat_chance(state, setting)
    thought = occasions(month.uniform("displeasure"), chance, state.retaliated == 0)
    now, drawn, around = thought.state(state), thought.setting(setting), thought.flow(flow)
    p_threat, _, _ = play(
        payoffs(challenger_accounts(now, around, drawn), drawn, "threat"),
        payoffs(decider_accounts(now, around, drawn), drawn, "retaliation"),
        (EVEN, EVEN, drawn["retaliation_base_rate"]),
        drawn["choice_intensity"],
    )
    return narrowed(thought, occurred(thought.lot, p_threat), month.uniform("defiance"))


def _designated(state: State, flow: Flow, setting: Setting, month: Month) -> Array:
    """1 where the target names a state unfriendly this month (N, R): only who has joined, and only once."""
    open_to = (state.joined > 0) & (state.unfriendly == 0)
    up = occasions(month.uniform("designation"), 1.0, open_to)
    drawn = up.setting(setting)
    accounts = designation_accounts(up.state(state), up.flow(flow), drawn)
    named, _ = decide(up, drawn["unfriendly_rate"], accounts, drawn, "designation")
    return up.spread(named)
