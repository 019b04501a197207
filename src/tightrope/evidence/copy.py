"""A copy of a text in which characters are replaced, dropped or added, with the way back to where each came from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text and, for each of its characters, the place of the one that it stands for in the text as it was."""

    text: str
    origin: Sequence[int]

    def edited(self, edits: Iterable[Edit]) -> Copy:
        """The copy after edits (start, end, what stands there instead), in order and apart from each other.

        A character that is added stands for the one before it, the first of a replacement for the first replaced.

        >>> Copy("a  b", range(4)).edited([(1, 3, " ")])
        Copy(text='a b', origin=array('I', [0, 1, 3]))
        """
        edits = list(edits)
        if not edits:
            return self
        pieces: list[str] = []
        origin = array("I")
        at = 0
        for start, end, instead in edits:
            pieces.append(self.text[at:start])
            origin.extend(self.origin[at:start])
            pieces.append(instead)
            first = start if end > start else max(start - 1, 0)
            last = max(end - 1, first)
            origin.extend(self.origin[min(first + step, last)] for step in range(len(instead)))
            at = end
        pieces.append(self.text[at:])
        origin.extend(self.origin[at:])
        return Copy("".join(pieces), origin)


def lowered(text: str) -> str:
    """A text in lower case in which every character stands where it stood."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def whole(text: str) -> Copy:
    """A copy in which nothing is changed yet."""
    return Copy(text, range(len(text)))
