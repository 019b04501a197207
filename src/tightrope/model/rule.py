"""Stage 8, the rule against force: a stock that unpunished violence erodes and quiet restores (model 3i).

n ← n + r (1 - n) - ξ · violations · (1 - punished)
Restraint among players who may punish for ever holds where patience δ ≥ (T - R)/(T - P)      (grim trigger)

Sources: Bull 1977 for the concept; Friedman 1971 for the trigger strategy; Kandori 1992 for restraint that a
community enforces where partners change.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array, ArrayLike
from tightrope.model.state import Change, Flow, Month, Setting, State
from tightrope.model.war import share_of


def patience_needed(temptation: ArrayLike, reward: ArrayLike, punishment: ArrayLike) -> Array:
    """The least patience δ* = (T - R)/(T - P) at which a grim trigger sustains restraint, payoffs T > R > P."""
    needed: Array = (np.asarray(temptation) - reward) / (np.asarray(temptation) - punishment)
    return needed


def rule(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Move the stock one month.

    Violations: the war while it goes on, and for good after a victory (a conquest that stands); half of it after a
    settlement; and force used in this month's crises. Punished: by sanctions and aid in the first and third, not at
    all in the second, in full by defeat. Flow: `patience_needed` (1, R), with T the prize of force that goes
    unpunished, R nothing, and P the loss of the order that the rule still upholds.
    """
    punished = share_of(state, (setting["punished_share"], 1.0, 0.0, setting["punished_share"]))
    at_war = setting.figures["at_war"] * share_of(state, (1.0, 1.0, 1.0, 0.5))
    eroded = setting["rule_erosion"] * at_war * (1.0 - punished)
    if "force" in flow:
        eroded = eroded + setting["rule_force"] * np.sum(flow["force"], axis=0, keepdims=True)
    after = state.rule + setting["rule_recovery"] * (1.0 - state.rule) - eroded
    kept = np.clip(after, 0.0, 1.0)
    prize = 1.0 - punished
    return Change(
        state={"rule": kept}, flow={"patience_needed": patience_needed(prize, 0.0, -np.maximum(kept, 1e-6))}
    )
