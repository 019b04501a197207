"""A step of the sampler that moves many sessions at once, because sweeps move their common level only slowly.

All points from some session on are shifted, and with them the cuts of items that were voted on in those sessions only.
No vote on such an item becomes likelier or less likely. What holds a level is the walk into the first session moved,
and identical resolutions that were voted on before and after.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tightrope.measure.array import Array, Boolean, Integers
from tightrope.measure.normal import log_ratio
from tightrope.measure.ordinal import Items
from tightrope.measure.panel import Panel
from tightrope.measure.sweep import FARTHEST_CUT, Setting, State, bounds, leanings
from tightrope.measure.walk import Walk

MOVES, WIDTHS = 8, (0.01, 0.03, 0.1)


def drifted(now: State, setting: Setting, known: Walk, generator: np.random.Generator) -> State:
    """The chain after `MOVES` such shifts, each accepted as Metropolis and others 1953 say; the mean is zero again.

    Args:
        now: where it is.
        setting: its votes.
        known: the walk, which says how likely a common step is.
        generator: where chance comes from.
    """
    cells, sessions = setting.cells, now.point.shape[0]
    if sessions < 2:
        return now
    first, last = _spans(cells)
    for start in generator.integers(1, sessions, MOVES):
        shift = np.asarray(generator.choice(WIDTHS) * generator.standard_normal(now.point.shape[2]))
        moved = _shifted(now, known, int(start), first >= start, shift)
        cell = np.flatnonzero(((first < start) & (last >= start))[cells.owner] & (cells.session >= start))
        ratio = _step_ratio(now, known, int(start), shift) + _vote_ratio(now, moved, cells, cell)
        if np.log(generator.random()) < ratio:
            now = moved
    return _centred(now, known, cells)


def _spans(cells: Panel) -> tuple[Integers, Integers]:
    """First and last session in which each item was voted on (P)."""
    return np.minimum.reduceat(cells.session, cells.start), np.maximum.reduceat(cells.session, cells.start)


def _shifted(now: State, known: Walk, start: int, item: Boolean, shift: Array) -> State:
    later = known.present & (np.arange(len(now.point)) >= start)[:, None]
    step = later[..., None] * shift
    cut = now.items.cut + (item * (now.items.slope @ shift))[:, None]
    return State(now.point + step, Items(now.items.slope, _kept(cut)), now.centre + step)


def _kept(cut: Array) -> Array:
    """Within the limits of cuts, in order."""
    low = np.clip(cut[:, 0], -FARTHEST_CUT, FARTHEST_CUT - 1e-3)
    return np.stack([low, np.clip(cut[:, 1], low + 1e-3, FARTHEST_CUT)], axis=1)


def _step_ratio(now: State, known: Walk, start: int, shift: Array) -> float:
    step, link = now.point[start] - now.point[start - 1], known.link[start - 1]
    return float(-0.5 * (link[:, None] * ((step + shift) ** 2 - step**2)).sum())


def _vote_ratio(now: State, moved: State, cells: Panel, cell: Integers) -> float:
    if not len(cell):
        return 0.0
    part = replace(
        cells,
        vote=cells.vote[cell],
        owner=cells.owner[cell],
        session=cells.session[cell],
        state=cells.state[cell],
    )
    ends = []
    for state in (moved, now):
        lean = leanings(state, part)
        ends += [edge - lean for edge in bounds(state.items.cut, part)]
    return float(log_ratio(*ends).sum())


def _centred(now: State, known: Walk, cells: Panel) -> State:
    mean = now.point[cells.votes > 0].mean(0)
    step = known.present[..., None] * mean
    cut = now.items.cut - (now.items.slope @ mean)[:, None]
    return State(now.point - step, Items(now.items.slope, _kept(cut)), now.centre - step)
