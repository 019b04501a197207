"""Stage 8, tied hands: what a state has undertaken in public, and how it fades (Fearon 1997).

τ ← τ 2^{-1/h} + g · (enforcement raised) + Σ pledges    in the matter of the sanctions
τ' ← τ' 2^{-1/h} + Σ pledges of the month's acts         in what else the target wants
"""

from __future__ import annotations

from tightrope.model.state import Change, Flow, Month, Setting, State


def commitment(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Let commitments decay, and add what this month's stricter enforcement and pledges tie."""
    memory = 0.5 ** (1.0 / setting["commitment_half_life"])
    tied = setting["commitment_gain"] * flow["stricter"]
    promised, pledged = flow.get("pledged_sanctions", 0.0), flow.get("pledged", 0.0)
    return Change(
        state={
            "commitments": state.commitments * memory + tied + promised,
            "stands": state.stands * memory + pledged,
        }
    )
