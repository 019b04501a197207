"""Several chunks of runs as one: what differs by run lies side by side, what does not is taken once.

Stepping chunks together costs fewer and longer array calls; every run is computed as it is alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.state import Act, Schedule, Setting, State
from tightrope.model.stream import CHUNK


def joined(opened: Sequence[tuple[State, Setting]]) -> tuple[State, Setting]:
    """The starts and the settings of chunks of one blueprint, as those of all their runs in turn."""
    if len(opened) == 1:
        return opened[0]
    states = [state for state, _ in opened]
    state = State(
        **{item.name: _side_by_side([getattr(one, item.name) for one in states]) for item in fields(State)}
    )
    return state, together([setting for _, setting in opened])


def together(settings: Sequence[Setting]) -> Setting:
    """The settings of chunks of one blueprint, as that of all their runs in turn."""
    if len(settings) == 1:
        return settings[0]
    return replace(
        settings[0],
        runs=sum(one.runs for one in settings),
        parameters=_mapping([one.parameters for one in settings]),
        figures=_mapping([one.figures for one in settings]),
        weights=_mapping([one.weights for one in settings]),
        sincere=_mapping([one.sincere for one in settings]),
        gamer=_mapping([one.gamer for one in settings]),
        schedule=_schedule([one.schedule for one in settings]),
        menu=tuple(_act(kinds) for kinds in zip(*(one.menu for one in settings), strict=True)),
    )


def _side_by_side(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts, axis=-1) if parts[0].shape[-1] == CHUNK else parts[0]


def _mapping(parts: Sequence[Mapping[str, Array]]) -> dict[str, Array]:
    return {name: _side_by_side([part[name] for part in parts]) for name in parts[0]}


def _schedule(parts: Sequence[Schedule]) -> Schedule:
    """The calendar is the same for all chunks; the level of a vote is each run's own."""
    votes = tuple(
        replace(same[0], log_base=_side_by_side([vote.log_base for vote in same]))
        for same in zip(*(part.votes for part in parts), strict=True)
    )
    return replace(parts[0], votes=votes)


def _act(parts: Sequence[Act]) -> Act:
    return replace(
        parts[0],
        accounts=_mapping([part.accounts for part in parts]),
        pledge=_side_by_side([part.pledge for part in parts]),
    )
