"""Stage 3, public opinion on the target's war: majority and minority, each drifting back to where it stood.

o ← o + r (o_0 - o) + m (menace - usual menace) (majority)      displeasure = (1 - s) o_majority + s o_minority
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.state import Change, Flow, Month, Setting, State
from tightrope.model.world import usual_menace


def displeasure(state: State, setting: Setting) -> Array:
    """How displeased the people are with the target's war, -1 to 1 (N, R): the two groups by their shares.

    Nothing where no war is known.
    """
    minority = setting.figures["minority"]
    mixed: Array = (1.0 - minority) * state.opinion[0] + minority * state.opinion[1]
    mixed = mixed * setting.figures["at_war"]
    return mixed


def opinion(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Let both groups drift back to where they stood; more threats than usual from the target move the majority."""
    usual = setting.figures["opinion"]
    after = state.opinion + setting["opinion_speed"] * (usual - state.opinion)
    after[0] += setting["opinion_menace"] * (state.menace - usual_menace(setting))
    return Change(state={"opinion": np.clip(after, -1.0, 1.0)})
