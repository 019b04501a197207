"""What the reader finds in a report. Offsets are characters of the report's text as it stands, end excluded.

Each record is a row of one JSON-lines file; its fields are the file's keys. Names of actors are canonical names of the
gazetteer where it knows them, else the words of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Realis = Literal["happened", "denied", "hypothetical", "planned"]
Kind = Literal["person", "state", "capital", "institution", "entity", "group", "outlet", "place"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the clean text: offsets into it, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Report:
    """One report: the text as it stands, and a clean text in which rules look, with a way back.

    `origin[i]` is the place in `raw` of character i of `text`; see `spot`. Dates are ISO or a part of it (2022-04).
    """

    doc: str
    raw: str
    text: str
    origin: Sequence[int]
    sentences: tuple[Sentence, ...]
    title: str | None = None
    published: str | None = None
    author: str | None = None
    outlet: str | None = None
    language: str = "en"

    def spot(self, start: int, end: int) -> tuple[int, int]:
        """The span of `raw` that clean characters `start` to `end` (excluded) came from."""
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Mention:
    """A naming of an actor in the clean text. `actor` is canonical; `code` the ISO 3166-1 alpha-3 of the state or its.

    `form` tells how it is named: by name, title, demonym, pronoun, or as somebody without a name.
    """

    start: int
    end: int
    actor: str
    kind: Kind
    form: Literal["name", "title", "demonym", "metonym", "pronoun", "anonymous"] = "name"
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said: direct (wholly quoted), mixed (partly), indirect (told). `speaker` None means unknown.

    `pattern` names the rule that found it, `confidence` the share of that rule's finds that was right when measured.
    """

    doc: str
    start: int
    end: int
    kind: Literal["direct", "mixed", "indirect"]
    speaker: str | None
    pattern: str
    confidence: float
    speaker_start: int | None = None
    speaker_end: int | None = None
    addressee: str | None = None
    outlet: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something done: `type` from the lexicon, by `source` to `target`, and whether it happened."""

    doc: str
    start: int
    end: int
    type: str
    realis: Realis
    source: str | None
    target: str | None
    date: str | None = None
    date_basis: str = "unknown"
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where an actor stands on an issue, by its own act or word, or as somebody tells it."""

    doc: str
    start: int
    end: int
    actor: str
    issue: str
    stance: Literal["for", "against", "abstain", "mixed"]
    strength: float
    as_reported_by: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date in words or digits. `value`: a number, an ISO date or a part of one, or None ("millions")."""

    doc: str
    start: int
    end: int
    value: float | int | str | None
    unit: str
    kind: Literal["quantity", "date", "ordinal"]
    comparator: str | None = None
    what: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two passages of different reports that tell the same."""

    doc_a: str
    start_a: int
    end_a: int
    doc_b: str
    start_b: int
    end_b: int
    level: Literal["same quotation", "paraphrase", "related"]
    fact: Literal["statement", "event", "position", "figure"]
    score: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two passages that cannot both be read at face value; salience 3 first."""

    doc_a: str
    start_a: int
    end_a: int
    doc_b: str
    start_b: int
    end_b: int
    kind: Literal["polarity", "number", "date", "attribution", "interpretation", "wording"]
    salience: Literal[1, 2, 3]
    why: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one report holds."""

    report: Report
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    positions: tuple[Position, ...]
    figures: tuple[Figure, ...]
