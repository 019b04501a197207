"""The words of a report's clean text, with their places, sentences and what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from tightrope.evidence.found import Report
from tightrope.evidence.gazetteer import TOKEN, Gazetteer

_TOKEN = re.compile(f"({TOKEN.pattern})")


def split(pattern: re.Pattern[str], text: str) -> tuple[list[str], list[int], list[int]]:
    r"""What `pattern`, which is all one group, finds in a text: the words, where each starts and where it ends.

    >>> split(re.compile(r"(\w+)"), "We met.")
    (['We', 'met'], [0, 3], [2, 6])
    """
    parts = pattern.split(text)
    edges = list(accumulate(map(len, parts)))
    return parts[1::2], edges[:-1:2], edges[1::2]


class Words:
    """Words by number: text, start, end; `sentence` and `begins` tell where in the report each stands."""

    def __init__(self, report: Report, known: Gazetteer) -> None:
        self.report, self.known = report, known
        self.text, self.start, self.end = split(_TOKEN, report.text)
        self.low = [word.lower() for word in self.text]
        self.capital = [word[0].isupper() for word in self.text]
        self._starts = [sentence.start for sentence in report.sentences]
        self.first = {self.at(start) for start in self._starts}

    def __len__(self) -> int:
        return len(self.text)

    def at(self, place: int) -> int:
        """The number of the first word that begins at a place of the text or after it."""
        return bisect_right(self.start, place - 1) if place else 0

    def sentence(self, place: int) -> int:
        """The number of the sentence in which a place of the text lies."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def gap(self, number: int) -> str:
        """What stands between a word and the next."""
        if number + 1 >= len(self.text):
            return "\n"
        return self.report.text[self.end[number] : self.start[number + 1]]

    def is_capital(self, number: int) -> bool:
        """Whether a word begins with a capital letter."""
        return number < len(self.capital) and self.capital[number]
