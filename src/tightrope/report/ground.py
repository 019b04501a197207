"""What the rules from findings to claims look at, and what they make of it: a claim with its place in the report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tightrope.case.case import Case
from tightrope.evidence.found import Figure, Findings
from tightrope.report.roster import Roster

# A date that stands no further before, in characters, still counts.
NEAR = 250


@dataclass(frozen=True)
class Spot:
    """Where a report says something, of when, and how flatly."""

    start: int
    end: int
    date: str | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Derived:
    """A claim that a finding would make: its fields, place and words; `key` is what it says, told once a report."""

    name: str
    fields: Mapping[str, Any]
    paraphrase: str
    key: tuple[str, ...]
    at: Spot
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ground:
    """What the rules look at: the case, its actors, and all that one report holds."""

    case: Case
    roster: Roster
    findings: Findings
    issues: frozenset[str] = field(init=False)
    acts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "issues", frozenset(one.id for one in self.case.issues))
        object.__setattr__(self, "acts", frozenset(one.id for one in self.case.acts))

    def decides(self, actor: str | None) -> bool:
        """Whether an actor is a state that decides in the model."""
        return actor in self.case.about.deciders

    def state(self, actor: str) -> str:
        """Whom a stand of an actor commits: the deciding state for its officials, else the actor itself."""
        found = self.roster.speaks_for(actor)
        return found if self.decides(found) else actor

    def passage(self, start: int, end: int) -> str:
        """The words at a place."""
        return self.findings.report.raw[start:end]

    def dated(self, start: int, end: int) -> tuple[str | None, bool]:
        """When something at a place is said to be, and whether that is only gathered from what stands before it.

        A stand has no date of its own: that of an event or statement at the same place counts, else the last one that
        the text gave shortly before.
        """
        told = [(one.start, one.end, one.date) for one in self.findings.events]
        told += [(one.start, one.end, one.date) for one in self.findings.statements]
        here = next((date for first, last, date in told if date and first < end and start < last), None)
        if here:
            return here, False
        told += [(one.start, one.end, str(one.value)) for one in self.findings.figures if _is_date(one)]
        near = [(last, date) for _, last, date in told if date and start - NEAR <= last <= end]
        return (max(near)[1], True) if near else (None, False)


def _is_date(one: Figure) -> bool:
    return one.kind == "date" and isinstance(one.value, str) and re.match(r"\d{4}", one.value) is not None


def word(name: str) -> str:
    """A name as the beginning of an id."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:30].strip("_")
    return plain if plain[:1].isalpha() else f"somebody_{plain}".strip("_")


def shown(name: str | None) -> str:
    """A name out of a report, as text on one line."""
    plain = "".join(one if one.isprintable() else " " for one in name or "somebody")
    return re.sub(r"\s+", " ", plain).strip()[:80] or "somebody"
