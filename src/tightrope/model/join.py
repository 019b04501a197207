"""Several chunks of runs as one: what differs by run lies side by side, what does not is taken once.

Stepping chunks together costs fewer and longer array calls; every run is computed as it is alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.remembered import remembered
from tightrope.model.state import Act, Schedule, Setting, State
from tightrope.model.stream import CHUNK


class Joins:
    """What has been joined: parts that come again, the very same objects, are not joined again.

    Of each place in a setting the first joining is kept, and the latest. May be used by several threads at once.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, list[tuple[tuple[Array, ...], Array]]] = {}

    def array(self, place: Hashable, parts: Sequence[Array]) -> Array:
        """Parts side by side, or one of them where runs do not differ."""
        return remembered(
            self._kept.setdefault(place, []),
            lambda before: all(one is other for one, other in zip(parts, before, strict=True)),
            lambda: (
                tuple(parts),
                np.concatenate(parts, axis=-1) if parts[0].shape[-1] == CHUNK else parts[0],
            ),
        )

    def mapping(self, place: Hashable, parts: Sequence[Mapping[str, Array]]) -> dict[str, Array]:
        """The same for arrays by name."""
        return {name: self.array((place, name), [part[name] for part in parts]) for name in parts[0]}


def joined(opened: Sequence[tuple[State, Setting]], joins: Joins | None = None) -> tuple[State, Setting]:
    """The starts and the settings of chunks of one blueprint, as those of all their runs in turn."""
    if len(opened) == 1:
        return opened[0]
    states, each = [state for state, _ in opened], Joins()
    state = State(
        **{
            item.name: each.array(item.name, [getattr(one, item.name) for one in states])
            for item in fields(State)
        }
    )
    return state, together([setting for _, setting in opened], joins)


def together(settings: Sequence[Setting], joins: Joins | None = None) -> Setting:
    """The settings of chunks of one blueprint, as that of all their runs in turn; `joins` holds earlier ones."""
    if len(settings) == 1:
        return settings[0]
    known = joins or Joins()
    return replace(
        settings[0],
        runs=sum(one.runs for one in settings),
        parameters=known.mapping("parameter", [one.parameters for one in settings]),
        figures=known.mapping("figure", [one.figures for one in settings]),
        weights=known.mapping("weight", [one.weights for one in settings]),
        sincere=known.mapping("sincere", [one.sincere for one in settings]),
        gamer=known.mapping("gamer", [one.gamer for one in settings]),
        schedule=_schedule([one.schedule for one in settings], known),
        menu=tuple(_act(kinds, known) for kinds in zip(*(one.menu for one in settings), strict=True)),
    )


def _schedule(parts: Sequence[Schedule], joins: Joins) -> Schedule:
    """The calendar is the same for all chunks; the level of a vote is each run's own."""
    votes = tuple(
        replace(same[0], log_base=joins.array(("vote", same[0].id), [vote.log_base for vote in same]))
        for same in zip(*(part.votes for part in parts), strict=True)
    )
    return replace(parts[0], votes=votes)


def _act(parts: Sequence[Act], joins: Joins) -> Act:
    place = ("act", parts[0].id)
    return replace(
        parts[0],
        accounts=joins.mapping(place, [part.accounts for part in parts]),
        pledge=joins.array((*place, "pledge"), [part.pledge for part in parts]),
    )
