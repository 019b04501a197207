"""Mini-reports with what is said and done in them, marked by hand (news_*.txt), and how much of it a reader finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.evidence.sayings import Passage, passage, same_name

from tightrope.evidence.found import Event

MENDED = Path(__file__).with_name("news_mended.txt")
LATER = MENDED.with_name("news_later.txt")
APART = MENDED.with_name("news_apart.txt")
LAST = MENDED.with_name("news_last.txt")
_LEAST = 0.3  # of two spans that must be covered by both, as in the scorer of the gold


@dataclass(frozen=True)
class Deed:
    """An event that is to be found: its place, and what may be said of it. One that is not `core` need not be."""

    start: int
    end: int
    types: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    realis: tuple[str, ...]
    core: bool

    def overlap(self, start: int, end: int) -> float:
        both = min(self.end, end) - max(self.start, start)
        return max(both, 0) / (max(self.end, end) - min(self.start, start))


@dataclass
class Deeds:
    """Counts of the events found: with the right type, and of those with the right sides and mood."""

    right: int = 0
    found: int = 0
    gold: int = 0
    sources: int = 0
    targets: int = 0
    realis: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0

    def add(self, found: Sequence[Event], gold: Sequence[Deed]) -> None:
        self.found += len(found)
        self.gold += sum(row.core for row in gold)
        for one, row in matched(found, gold):
            if not row.core:
                self.found -= 1
                continue
            self.right += 1
            self.sources += _named(one.source, row.sources)
            self.targets += _named(one.target, row.targets)
            self.realis += one.realis in row.realis


def matched(found: Sequence[Event], gold: Sequence[Deed]) -> Iterator[tuple[Event, Deed]]:
    """Pairs one to one of events with the right type, the best overlap first."""
    pairs = sorted(
        (
            (row.overlap(one.start, one.end), i, j)
            for i, one in enumerate(found)
            for j, row in enumerate(gold)
        ),
        key=lambda each: (-each[0], *each[1:]),
    )
    ours, theirs = set(range(len(found))), set(range(len(gold)))
    for much, i, j in pairs:
        if much >= _LEAST and i in ours and j in theirs and found[i].type in gold[j].types:
            ours.remove(i)
            theirs.remove(j)
            yield found[i], gold[j]


def reports(path: Path) -> Iterator[tuple[Passage, tuple[Deed, ...]]]:
    """The mini-reports of a file, each with what is said and what is done in it."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    for block in "\n".join(lines).split("\n\n"):
        text, *rows = block.strip().splitlines() or [""]
        if text:
            told = passage(text.replace("¶", "\n\n"))
            yield told, tuple(_deed(row, told.text) for row in rows)


def _deed(row: str, text: str) -> Deed:
    types, sources, targets, realis, words = (part.strip() for part in row.lstrip("=* ").split("|"))
    start = text.index(words)
    each = [tuple(word.strip() for word in part.split("/")) for part in (types, sources, targets, realis)]
    return Deed(start, start + len(words), *each, core=not row.startswith("=*"))


def _named(one: str | None, allowed: Sequence[str]) -> bool:
    return any(one is None if name == "?" else same_name(one, name) for name in allowed)
