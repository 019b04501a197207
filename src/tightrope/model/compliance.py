"""Stages 5 and 6, compliance with the sanctions regime and the penalty for helping evasion (equation 6).

Menu c ∈ {0, ½, 1}, π(c) ∝ exp(-3 |c - c_{t-1}|).
φ_E = (ρ F - P L) (1 - c),   L = ℓ · exports;   P from P_sec = σ(logit π_sec + λ a₁ F (1 - belief)) a month while
no penalty is in force, and the rate at which full enforcement would lift it once one is, both over a year. A
state that is itself under primary sanctions has little to choose: it moves by what can still be penalised.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.account import explain, utility
from tightrope.model.belief import acts_evidence, reputation, seen
from tightrope.model.choice import Array, ArrayLike, choice, logistic, pick, tilt_odds
from tightrope.model.opinion import displeasure
from tightrope.model.state import Change, Flow, Month, Setting, State, occurred

MENU = np.array([0.0, 0.5, 1.0])
# No enforcement is ruled out altogether, so that its logarithm stays a number.
LEAST = 1e-300


def persistence(level: Array, stickiness: ArrayLike) -> Array:
    """π(c) ∝ exp(-k |c - c_{t-1}|), (3, ...): staying is likeliest, k = `stickiness`."""
    base: Array = np.abs(MENU.reshape(-1, *([1] * level.ndim)) - level)
    base -= base.min(axis=0)
    base = base * -np.asarray(stickiness)
    np.exp(base, out=base)
    base /= base.sum(axis=0)
    return np.maximum(base, LEAST, out=base)


def penalty_hazard(
    base_rate: ArrayLike, evasion: Array, belief: Array, sensitivity: ArrayLike, intensity: ArrayLike = 1.0
) -> Array:
    """P_sec: monthly probability of secondary sanctions, rising in evasion (bn USD a year) that belief doubts."""
    return tilt_odds(base_rate, sensitivity * evasion * (1.0 - belief), intensity)


def hazard_now(state: State, evasion: Array, setting: Setting) -> Array:
    """P_sec at what the sanctioner believes now, for an evasion in bn USD a year (N, R) or (M,)."""
    return penalty_hazard(
        setting["penalty_base_rate"],
        evasion,
        logistic(state.log_odds[0]),
        setting["penalty_sensitivity"],
        setting["choice_intensity"],
    )


def compliance_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What each intensity of enforcement brings, (3, N, R), reputation left out.

    Economy, % of GDP: rents kept less the penalty expected, or, under one, the relief forgone. Security:
    the target's retaliation, which grows with exports to it and with menace. Domestic: opinion on the war.
    Autonomy: debt and exposure to the target against tied hands. Principle: the stated position.
    """
    figures = setting.figures
    free = flow["evasion_free"]
    hazard = hazard_now(state, flow["evasion_free_value"], setting)
    avoidable = np.where(state.penalised > 0, setting["penalty_relief"], hazard * figures["penalisable"])
    loss = (1.0 - (1.0 - avoidable) ** 12) * setting["penalty_loss"] * figures["exports_west"]
    gain = setting["rent_share"] * free - loss
    retaliation = setting["retaliation"] * figures["exports_target"] * (1.0 + state.menace)
    bound = setting["tied_hands"] * state.commitments
    exposure = setting["debt_weight"] * state.debt + figures["trade"][setting.target] / 100.0
    level = MENU[:, None, None]
    return {
        "economy": (1.0 - level) * gain,
        "security": -level * retaliation,
        "domestic": level * displeasure(state, setting),
        "autonomy": level * (bound - exposure),
        "principle": level * figures["stated_compliance"],
    }


def compliance(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Choose enforcement for the month; the level moves a part of the way to it.

    Who has joined the sanctions enforces them in full; a calendar may fix the level (`enforcement`). Flow:
    `p_comply` probability of full enforcement (N, R); `stricter` by how much it aims higher than it stands, which
    ties hands; `evidence_compliance` (A, N, R); `why_compliance` the table of full against no enforcement for the
    focus actor (7, R).
    """
    menu = "compliance"
    accounts = compliance_accounts(state, flow, setting)
    base = persistence(state.compliance, setting["compliance_stickiness"])
    ratio = acts_evidence(base, accounts, setting, menu)
    accounts["reputation"] = reputation(state, ratio, setting)
    chance = choice(
        base, utility(accounts, setting.weights, setting.divisors.get(menu, {})), setting["choice_intensity"]
    )
    chosen = pick(chance, month.uniform(menu))
    ordered = setting.schedule["enforcement"][month.index][:, None]
    fixed = ~np.isnan(ordered)
    # What is seen is what is done: the calendar's level, or that of who has joined, not the draw that it overrules.
    chosen = np.where(state.joined > 0, len(MENU) - 1, chosen)
    chosen = np.where(fixed, np.rint((len(MENU) - 1) * np.nan_to_num(ordered)).astype(np.intp), chosen)
    aim = np.where(fixed, np.nan_to_num(ordered), MENU[chosen])
    gap = (aim - state.compliance) * setting.figures["penalisable"]
    level = state.compliance + setting["compliance_speed"] * gap
    return Change(
        state={"compliance": np.where(fixed, aim, level)},
        flow={
            "p_comply": chance[2],
            "stricter": np.maximum(gap, 0.0),
            "evidence_compliance": seen(ratio, chosen),
            "why_compliance": explain(base, accounts, setting, menu, 2, 0),
        },
    )


def penalty(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Stage 6: the sanctioner may impose secondary sanctions, and lift them from a state that enforces.

    Troops sent to fight beside the target weigh like evasion, `troops_penalty` nats.
    Lifting: `penalty_relief` × enforcement a month, unless the calendar orders them on. Flow: `p_penalty` the
    month's hazard and `penalty` 1 in the month of imposition, (N, R).
    """
    hazard = hazard_now(state, flow["evasion"] * setting.figures["gdp"] / 100.0, setting)
    sent = setting["troops_penalty"] * state.sent
    hazard = tilt_odds(hazard, sent, setting["choice_intensity"]) if state.sent.any() else hazard
    hazard = hazard * setting.figures["penalisable"] * (1.0 - state.joined)
    ordered = setting.schedule["secondary_sanctions"][month.index][:, None]
    imposed = np.maximum(occurred(month.uniform("penalty"), hazard), ordered) * (1.0 - state.penalised)
    relief = setting["penalty_relief"] * state.compliance * (1.0 - ordered)
    kept = state.penalised * (1.0 - occurred(month.uniform("relief"), relief))
    return Change(state={"penalised": kept + imposed}, flow={"p_penalty": hazard, "penalty": imposed})
