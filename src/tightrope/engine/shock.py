"""The shocks of one chunk of runs, drawn once for each kind and keyed so that scenarios share them.

A draw depends on the seed, the chunk, the kind and the actor's id, and comes at its month's place in that
stream: more months, more runs or more actors leave every other draw as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.stream import CHUNK, stream

Law = Literal["uniform", "normal"]
WORLD = "world"


class Shocks:
    """All shocks of one chunk of 500 runs; `month(index)` is what a mechanism sees of them.

    A kind with a dot in its name, such as `vote.es_11_1`, happens once: one month of it is drawn, the
    same whichever month asks, so that a vote put off keeps its draw.
    """

    def __init__(self, seed: int, chunk: int, deciders: tuple[str, ...], months: int) -> None:
        self.deciders, self.months = deciders, months
        self._seed, self._chunk = seed, chunk
        self._drawn: dict[tuple[Law, str, bool], Array] = {}

    def month(self, index: int) -> ShockMonth:
        """The shocks of the month `index` (0 is the first)."""
        return ShockMonth(index, self)

    def of(self, law: Law, kind: str, index: int, shared: bool = False) -> Array:
        """One month of a kind: (N, R), or (1, R) for what all deciders share. Not to be written to."""
        key = (law, kind, shared)
        if key not in self._drawn:
            self._drawn[key] = self._draw(law, kind, (WORLD,) if shared else self.deciders)
        drawn = self._drawn[key]
        return drawn[:, 0] if "." in kind else drawn[:, index]

    def _draw(self, law: Law, kind: str, actors: tuple[str, ...]) -> Array:
        months = 1 if "." in kind else self.months
        drawn = np.empty((len(actors), months, CHUNK))
        for row, actor in zip(drawn, actors, strict=True):
            generator = stream(self._seed, self._chunk, kind, actor)
            fill: Callable[..., Array] = generator.random if law == "uniform" else generator.standard_normal
            fill(out=row)
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
