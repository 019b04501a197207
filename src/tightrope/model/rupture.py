"""Stage 8, rupture with the target: ties that break within about a year, which order at home then feels.

Report 004's thesis is that a break with the great neighbour threatens order at home. Here a rupture is a fall of
the share leaning to the target against its usual level, economic retaliation, or leaving a bloc; it decays.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array, ArrayLike
from tightrope.model.state import Change, Flow, Month, Setting, State

YEAR = 12.0
# A rupture counts as one, for the frequency of unrest after it, from one half on.
BROKEN = 0.5


def fallen(share: Array, usual: Array, even: float, deep: ArrayLike) -> Array:
    """How far the share lies below its usual level, as a part of a fall that counts as full, 0 to 1.

    A fall is measured against the usual level, or against an even share (`even`) where less was usual: who
    hardly leans to the target has little to break.
    """
    gap = np.maximum(0.0, usual - share) / np.maximum(usual, even)
    part: Array = np.minimum(1.0, gap / deep)
    return part


def rupture(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Measure this month's break and let the old one fade; what is worse counts.

    Flow: `broken` 1 in the month in which the rupture comes to count (N, R).
    """
    share = state.share[setting.target]
    now = fallen(share, state.usual_share, 1.0 / len(state.share), setting["rupture_fall"]) + state.retaliated
    for name in ("left_security", "left_economic"):
        now = now + flow.get(name, 0.0)
    faded = state.rupture * 0.5 ** (1.0 / setting["rupture_half_life"])
    after = np.minimum(1.0, np.maximum(faded, now))
    crossing = np.where((after > BROKEN) & (state.rupture <= BROKEN), 1.0, 0.0)
    usual = state.usual_share + (share - state.usual_share) / YEAR
    return Change(state={"rupture": after, "usual_share": usual}, flow={"broken": crossing})
