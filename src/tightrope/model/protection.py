"""What a protector is worth: how much protection a state needs, and how far the protector's word can be trusted."""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.state import Flow, Setting, State


def protection(state: State, flow: Flow, setting: Setting) -> Array:
    """What the target's alliance protects a member from, in units of need (N, R) or (M,).

    The need of protection in quiet times, from outside and by unrest; less by how tied down the protector is, and
    by e^{-χ} for each request that it refused.
    """
    worth: Array = needed(state, flow, setting) * trusted(state, flow, setting)
    return worth


def needed(state: State, flow: Flow, setting: Setting) -> Array:
    """The need of protection in quiet times, from outside and by unrest (N, R) or (M,)."""
    quiet = setting.figures["threat"] + setting["outside_weight"] * flow["outside_threat"]
    need: Array = quiet + setting["unrest_need"] * state.defection[0]
    return need


def trusted(state: State, flow: Flow, setting: Setting) -> Array:
    """How much the protector's word is worth, 0 to 1: what is not tied down, and requests not refused."""
    word: Array = np.exp(-setting["abandonment"] * state.abandoned) * (
        1.0 - flow["tied_down"][setting.target]
    )
    return word
