"""Stage 3, public opinion on the target's war: majority and minority, each drifting back to where it stood.

o ← o + r (o_0 - o) + m · menace (majority)        displeasure = (1 - s) o_majority + s o_minority
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.state import Change, Flow, Month, Setting, State


def displeasure(state: State, setting: Setting) -> Array:
    """How displeased the people are with the target's war, -1 to 1 (N, R): the two groups by their shares."""
    minority = setting.figures["minority"]
    mixed: Array = (1.0 - minority) * state.opinion[0] + minority * state.opinion[1]
    return mixed


def opinion(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Let both groups drift back to where they stood; what is threatened from the target moves the majority."""
    usual = setting.figures["opinion"]
    after = state.opinion + setting["opinion_speed"] * (usual - state.opinion)
    after[0] += setting["opinion_menace"] * state.menace
    return Change(state={"opinion": np.clip(after, -1.0, 1.0)})
