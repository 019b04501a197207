"""Passages with what is said in them, marked by hand (sayings.txt), and how much of it a reader finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tightrope.evidence.found import Statement

_MARKED = re.compile(r"\{([dmi])(\*?)\|([^|{}]*)\|([^{}]*)\}")
HOME = Path(__file__).with_name("sayings.txt")


@dataclass(frozen=True)
class Saying:
    """What is said in a passage: its place there, and by whom."""

    start: int
    end: int
    kind: str
    speaker: str | None
    core: bool


@dataclass(frozen=True)
class Passage:
    """A passage without its marks, and what is said in it."""

    text: str
    sayings: tuple[Saying, ...]


@dataclass
class Tally:
    """Counts of what was found, and the scores that follow from them."""

    right: int = 0
    found: int = 0
    gold: int = 0
    named: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0

    @property
    def speakers(self) -> float:
        return self.named / self.right if self.right else 0.0


def tally(pairs: Iterable[tuple[Passage, Iterable[Statement]]], direct: bool = False) -> Tally:
    """How much of the passages is found: spans that overlap by half count, as in the scorer of the gold."""
    total = Tally()
    for passage, statements in pairs:
        found = [one for one in statements if not direct or one.kind == "direct"]
        gold = [one for one in passage.sayings if not direct or one.kind == "d"]
        for one, other in matched(found, gold):
            if other.core:
                total.right += 1
                total.named += same_name(one.speaker, other.speaker)
            else:
                total.found -= 1
        total.found += len(found)
        total.gold += sum(one.core for one in gold)
    return total


def matched(found: Sequence[Statement], gold: Sequence[Saying]) -> Iterator[tuple[Statement, Saying]]:
    """Pairs one to one, the best overlap first."""
    pairs = sorted(
        ((overlap(one, other), i, j) for i, one in enumerate(found) for j, other in enumerate(gold)),
        key=lambda each: (-each[0], *each[1:]),
    )
    left, right = set(), set()
    for much, i, j in pairs:
        if much >= 0.5 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield found[i], gold[j]


def overlap(one: Statement, other: Saying) -> float:
    """The share of two spans that both cover."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(both, 0) / (max(one.end, other.end) - min(one.start, other.start))


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are of one speaker: the last words agree, or one holds all words of the other."""
    left, right = _words(one), _words(other)
    if not left or not right:
        return not left and not right
    return left[-1] == right[-1] or set(left) <= set(right) or set(right) <= set(left)


def _words(name: str | None) -> list[str]:
    words = re.findall(r"\w+", (name or "").lower())
    return [word for word in words if word not in {"the", "of", "mr", "president", "and"}]


def passages(path: Path = HOME) -> list[Passage]:
    """The passages of a file of sayings."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [passage(block.replace("¶", "\n\n")) for block in "\n".join(lines).split("\n\n") if block.strip()]


def passage(marked: str) -> Passage:
    """A passage from its marked text."""
    text, at, sayings = "", 0, []
    marked = marked.strip()
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        start = len(text)
        text += found[4]
        speaker = None if found[3] == "?" else found[3]
        sayings.append(Saying(start, len(text), found[1], speaker, not found[2]))
        at = found.end()
    return Passage(text + marked[at:], tuple(sayings))
