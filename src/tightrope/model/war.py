"""Stage 1, how the target's war ends: given from outside, with probabilities that a scenario sets.

Each run draws one of stalemate, defeat, victory and settlement, and the month in which it comes. The war's course
answers to nothing in the model (endogenous war aims are left out on purpose).
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.state import Change, Flow, Month, Setting, State

ONGOING, DEFEAT, VICTORY, SETTLEMENT = range(4)
OUTCOMES = ("stalemate", "defeat", "victory", "settlement")


def ending(lot: Array, defeat: Array, victory: Array, settlement: Array) -> Array:
    """Which ending a uniform draw falls on, 0 to 3; stalemate takes what the three leave. All shapes (R,).

    Chances that come to more than 1 are scaled down to it.
    """
    chances = np.stack([defeat, victory, settlement])
    edges = np.cumsum(chances / np.maximum(1.0, chances.sum(axis=0)), axis=0)
    code = 1.0 + (lot >= edges[:2]).sum(axis=0)
    found: Array = np.where(lot < edges[2], code, float(ONGOING))
    return found


def war(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Let the war end in the month that each run has drawn; nothing happens where no war is known.

    The month is drawn evenly over `war_window`, so that the chance of having ended grows month by month.
    """
    code = ending(
        month.lot("war.ending"), setting["war_defeat"], setting["war_victory"], setting["war_settlement"]
    )
    over = month.index >= np.floor(month.lot("war.month") * setting["war_window"])
    fought = setting.figures["at_war"]
    return Change(state={"war": np.where(over, code, float(ONGOING))[None] * fought})


def share_of(
    state: State, values: tuple[float | Array, float | Array, float | Array, float | Array]
) -> Array:
    """One of four values by how the war stands, (1, R): ongoing, defeat, victory, settlement."""
    found: Array = np.choose(
        state.war.astype(int), [np.broadcast_to(value, state.war.shape) for value in values]
    )
    return found
