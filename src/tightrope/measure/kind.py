"""Kinds of resolutions, told by what they are about and never by who voted how."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from tightrope.measure.array import Integers
from tightrope.measure.votes import RollCalls


@dataclass(frozen=True)
class Kind:
    """Resolutions whose title or symbol fits.

    Attributes:
        name: what they have in common.
        title: pattern of titles, in any case.
        without: pattern of titles that are not meant.
        symbols: resolutions that belong to it though their title is only that of the agenda item.
    """

    name: str
    title: str
    without: str = ""
    symbols: tuple[str, ...] = ()

    def of(self, rolls: RollCalls) -> Integers:
        """Places of the roll calls of this kind."""
        found = [
            place
            for place, (title, symbol) in enumerate(zip(rolls.title, rolls.resolution, strict=True))
            if _bare(symbol) in self.symbols
            or (
                re.search(self.title, title, re.IGNORECASE)
                and not (self.without and re.search(self.without, title, re.IGNORECASE))
            )
        ]
        return np.array(found, np.int64)


def _bare(symbol: str) -> str:
    """A symbol without what files put before it: A/RES/68/262 and R/68/262 are 68/262."""
    return re.sub(r"^(A/)?(RES/|R/)?", "", symbol)


INTEGRITY = Kind(
    "territory and the use of force in Ukraine, Georgia and Syria",
    r"crimea|sevastopol|abkhazia|syrian arab republic|\bsyria\b",
    without=r"golan",
    symbols=("68/262", "68/274"),
)
INTERVENTION = Kind(
    "armed intervention in a state",
    r"^afghanistan|kampuchea|grenada, foreign troops|panama, military intervention"
    r"|hungary, (soviet|ussr|foreign) (intervention|withdrawal)|territorial integrity of ukraine",
    symbols=("68/262",),
)
