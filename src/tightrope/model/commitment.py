"""Stage 8, tied hands: what a state has undertaken in public, and how it fades.

τ ← τ 2^{-1/h} + g · (enforcement raised) + Σ pledges of the month's acts                  (Fearon 1997)
"""

from __future__ import annotations

from tightrope.model.state import Change, Flow, Month, Setting, State


def commitment(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Let commitments decay, and add what this month's stricter enforcement and pledges tie."""
    memory = 0.5 ** (1.0 / setting["commitment_half_life"])
    tied = setting["commitment_gain"] * flow["stricter"]
    pledged = flow.get("pledged", 0.0)
    return Change(state={"commitments": state.commitments * memory + tied + pledged})
