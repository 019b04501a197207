"""The shocks of one chunk of runs, drawn once for each kind and keyed so that scenarios share them.

A draw depends on the seed, the chunk, the kind and the actor's id, and comes at its month's place in that
stream: more months, more runs or more actors leave every other draw as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.stream import CHUNK, stream

Law = Literal["uniform", "normal"]
WORLD = "world"


# So many months of a kind are drawn at a time: fewer calls than month by month, less memory than all at once.
AHEAD = 2


class Shocks:
    """All shocks of `chunks` chunks of 500 runs from `chunk` on; `month(index)` is what a mechanism sees of them.

    A kind with a dot in its name, such as `vote.es_11_1`, happens once: one month of it is drawn, the
    same whichever month asks, so that a vote put off keeps its draw.
    """

    def __init__(
        self, seed: int, chunk: int, deciders: tuple[str, ...], months: int, chunks: int = 1
    ) -> None:
        self.deciders, self.months = deciders, months
        self._seed, self._chunks = seed, range(chunk, chunk + chunks)
        self._kinds: dict[tuple[Law, str, bool], _Kind] = {}

    def month(self, index: int) -> ShockMonth:
        """The shocks of the month `index` (0 is the first)."""
        return ShockMonth(index, self)

    def of(self, law: Law, kind: str, index: int, shared: bool = False) -> Array:
        """One month of a kind: (N, R), or (1, R) for what all deciders share. Not to be written to."""
        key = (law, kind, shared)
        if key not in self._kinds:
            actors = (WORLD,) if shared else self.deciders
            streams = partial(_streams, self._seed, self._chunks, kind, actors)
            self._kinds[key] = _Kind(law, streams, 1 if "." in kind else AHEAD)
        return self._kinds[key].month(0 if "." in kind else index)


def _streams(seed: int, chunks: range, kind: str, actors: tuple[str, ...]) -> list[list[np.random.Generator]]:
    """The generators of a kind, by actor and chunk."""
    return [[stream(seed, chunk, kind, actor) for chunk in chunks] for actor in actors]


class _Kind:
    """The draws of one kind, some months at a time; going back begins its streams again."""

    def __init__(self, law: Law, streams: Callable[[], list[list[np.random.Generator]]], ahead: int) -> None:
        self._law, self._open, self._ahead = law, streams, ahead
        self._streams = streams()
        self._next = 0
        self._drawn = np.empty(0)

    def month(self, index: int) -> Array:
        """One month of it, (actors, runs). Not to be written to."""
        if index < self._next - self._ahead:
            self._streams, self._next = self._open(), 0
        while index >= self._next:
            self._drawn = self._draw()
            self._next += self._ahead
        return self._drawn[:, index % self._ahead]

    def _draw(self) -> Array:
        """The next months (actors, months, runs), each chunk's runs beside the last's."""
        drawn = np.empty((len(self._streams), self._ahead, len(self._streams[0]) * CHUNK))
        for row, chunks in zip(drawn, self._streams, strict=True):
            for place, generator in enumerate(chunks):
                draw: Callable[..., Array] = (
                    generator.random if self._law == "uniform" else generator.standard_normal
                )
                row[:, place * CHUNK : (place + 1) * CHUNK] = draw((self._ahead, CHUNK))
        drawn.flags.writeable = False
        return drawn


@dataclass(slots=True)
class ShockMonth:
    """One month of one chunk (see `tightrope.model.state.Month`)."""

    index: int
    shocks: Shocks

    def uniform(self, kind: str) -> Array:
        """Uniform draws on [0, 1), one for each decider and run (N, R)."""
        return self.shocks.of("uniform", kind, self.index)

    def normal(self, kind: str) -> Array:
        """Standard normal draws, one for each decider and run (N, R)."""
        return self.shocks.of("normal", kind, self.index)

    def world(self, kind: str) -> Array:
        """Standard normal draws that all deciders share (R,)."""
        shared: Array = self.shocks.of("normal", kind, self.index, shared=True)[0]
        return shared

    def lot(self, kind: str) -> Array:
        """Uniform draws on [0, 1) that all deciders share (R,)."""
        shared: Array = self.shocks.of("uniform", kind, self.index, shared=True)[0]
        return shared
