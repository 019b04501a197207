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


def together(name: str, *kinds: Kind) -> Kind:
    """What any of these kinds means, except titles that one of them does not."""
    return Kind(
        name,
        "|".join(f"(?:{kind.title})" for kind in kinds),
        without="|".join(kind.without for kind in kinds if kind.without),
        symbols=tuple(symbol for kind in kinds for symbol in kind.symbols),
    )


UKRAINE = Kind("Ukraine", r"ukraine|crimea|sevastopol", without=r"chernobyl", symbols=("68/262",))
GEORGIA = Kind("Georgia", r"abkhazia|ossetia|\bguam\b", without=r"question of guam")
SYRIA = Kind(
    "Syria",
    r"(situation|human rights) in the syrian",
    symbols=("66/176", "66/253", "67/183", "67/262", "68/182"),
)
AZERBAIJAN = Kind("Azerbaijan", r"azerbaijan situation|territories of azerbaijan")
MOLDOVA = Kind("Moldova", r"republic of moldova")
PLACES = (UKRAINE, GEORGIA, SYRIA, AZERBAIJAN, MOLDOVA)
_RIGHTS = Kind(
    "human rights in a state",
    r"situation (of|on) human rights (in|of)|^human rights,? ?-*,? ?reports|^human rights, myanmar"
    r"|^human rights(,|--) ?(iran|iraq|sudan|cuba|nigeria|democratic|kosovo|bosnia|belarus|myanmar)",
    without=r"president\b",
)
REGION = together(
    "territory and force in successors of the Soviet Union", UKRAINE, GEORGIA, AZERBAIJAN, MOLDOVA
)
FORCE = together("territory and the use of force", *PLACES)
CONDUCT = together("the use of force, and human rights in a state", *PLACES, _RIGHTS)
WIDER = (REGION, FORCE, CONDUCT)
INTERVENTION = Kind(
    "armed intervention in a state",
    r"^afghanistan|kampuchea|grenada, foreign troops|panama, military intervention"
    r"|hungary, (soviet|ussr|foreign) (intervention|withdrawal)|territorial integrity of ukraine",
    symbols=("68/262",),
)
