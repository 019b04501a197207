"""Mini-reports with who stands where, marked by hand (stances_*.txt), and how much of it a reader finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.evidence.sayings import same_name

from tightrope.evidence.found import Position

HOME = Path(__file__).with_name("stances_unseen.txt")
LATER = HOME.with_name("stances_later.txt")


@dataclass(frozen=True)
class Stand:
    """A position that is to be found: of one of the actors, on one of the issues, with one of the stances."""

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    stances: tuple[str, ...]

    def fits(self, one: Position) -> bool:
        named = any(same_name(one.actor, actor) for actor in self.actors)
        return named and one.issue in self.issues and one.stance in self.stances


@dataclass
class Tally:
    """Counts of what was found; a position that is told twice counts once."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0

    def add(self, found: Sequence[Position], gold: Sequence[Stand]) -> None:
        self.right += sum(any(row.fits(one) for one in found) for row in gold)
        self.gold += len(gold)
        wrong = {
            (one.actor, one.issue, one.stance) for one in found if not any(row.fits(one) for row in gold)
        }
        self.found += sum(any(row.fits(one) for one in found) for row in gold) + len(wrong)


def passages(path: Path = HOME) -> Iterator[tuple[str, tuple[Stand, ...]]]:
    """The mini-reports of a file, each with the positions to be found in it."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    for block in "\n".join(lines).split("\n\n"):
        text, *rows = block.strip().splitlines() or [""]
        if text:
            yield text, tuple(_stand(row) for row in rows)


def _stand(row: str) -> Stand:
    actors, issues, stances = (
        tuple(word.strip() for word in part.split("/")) for part in row.removeprefix("=").split("|")
    )
    return Stand(actors, issues, stances)
