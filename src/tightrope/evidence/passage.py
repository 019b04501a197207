"""Passages of a report: what each finding tells, in words that compare, and who it is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Literal
from zlib import crc32

from tightrope.evidence.clause_words import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
)
from tightrope.evidence.found import Event, Figure, Findings, Mention, Position, Statement
from tightrope.evidence.holder import author
from tightrope.evidence.issue_rule import issues
from tightrope.evidence.land import homes, state_names
from tightrope.evidence.lexicon import lexicon, table

Fact = Literal["statement", "event", "position", "figure"]
Record = Statement | Event | Position | Figure

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SPACE = re.compile(r"\s")
_SHINGLE = 3
_each = str.split  # a row of words reads better than a list of them
_STOP = (
    ADVERBS
    | AUXILIARIES
    | DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | NEGATIONS
    | frozenset(
        _each(
            "and or but if than as so such what how why when where while because more most much many "
            "few all both other others same own said says say told us me him them who whom whose which "
            "one two also there here now well very just only even"
        )
    )
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One finding of one report: its record, its words in comparable form, and those that it is about."""

    record: Record
    figures: tuple[Figure, ...]
    doc: str
    fact: Fact
    text: str
    words: frozenset[str]
    shingles: frozenset[int]
    who: str | None
    whom: str | None
    # For a statement: what the same speaker goes on to say, with its place.
    onward: tuple[int, int, str] | None = None
    negated: bool = False
    nominal: bool = False
    # Whether it is told in the author's own words.
    own: bool = False
    places: tuple[str, ...] = ()
    # Whether its report tells of no other event of the type.
    alone: bool = False
    # Its place among the passages of all reports, and that of the first one which tells the same in the same words.
    number: int = -1
    first: int = -1

    @property
    def start(self) -> int:
        """The first character in the report's text as it stands."""
        return self.record.start

    @property
    def end(self) -> int:
        """Past the last character in the report's text as it stands."""
        return self.record.end


@dataclass(frozen=True, slots=True)
class Trait:
    """A conduct called steady or changed, and whose it is."""

    doc: str
    start: int
    end: int
    steady: bool
    who: str
    # What tells it from others: whose it is and the sentence.
    mark: bytes = b""


def traits(found: Findings) -> Iterator[Trait]:
    """Where a report calls somebody's conduct steady or changed."""
    report, rules = found.report, issues()
    codes = {one.actor: one.code for one in found.mentions if one.code}
    for steady, pattern in ((True, rules.steady), (False, rules.changed)):
        for match in pattern.finditer(report.text):
            at = max(bisect_right(report.sentences, match.start(), key=lambda one: one.start) - 1, 0)
            sentence = report.sentences[at] if report.sentences else None
            if sentence is None:
                continue
            first = bisect_left(found.mentions, sentence.start, key=lambda one: one.start)
            last = bisect_left(found.mentions, sentence.end, key=lambda one: one.start)
            near = [one for one in found.mentions[first:last] if one.actor in codes and one.form != "demonym"]
            if near:
                closest = min(near, key=lambda one: abs(one.start - match.start()))
                start, end = report.spot(match.start(), match.end())
                who = codes[closest.actor] or closest.actor
                told = f"{steady} {who} {' '.join(tokens(report.text[sentence.start : sentence.end]))}"
                yield Trait(report.doc, start, end, steady, who, _digest(told))


def passages(found: Findings) -> Iterator[Passage]:
    """Each finding of a report with all that it is compared by."""
    read = _Reading(found)
    rows: tuple[tuple[Fact, Sequence[Record]], ...] = (
        ("statement", found.statements),
        ("event", found.events),
        ("position", found.positions),
        ("figure", found.figures),
    )
    for fact, records in rows:
        for record in records:
            yield read.passage(fact, record)


class _Reading:
    """One report while its passages are made."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.report = found.report
        self.starts = [mention.start for mention in found.mentions]
        self.codes = {one.actor: one.code for one in found.mentions if one.code}
        self.codes |= homes(found.report, found.mentions)
        self.figures = sorted(found.figures, key=lambda one: one.start)
        self.told = Counter(event.type for event in found.events)

    def code(self, actor: str | None) -> str | None:
        """The state that an actor belongs to, else its name."""
        return None if actor is None else self.codes.get(actor, actor)

    def passage(self, fact: Fact, record: Record) -> Passage:
        """One finding with all that it is compared by."""
        who, whom = _sides(record)
        words = self.words(record.start, record.end)
        told = self.report.raw[record.start : record.end]
        each = tokens(told)
        first = bisect_left(self.figures, record.start, key=lambda one: one.start)
        held = []
        for one in self.figures[first : first + 12]:
            if one.end <= record.end:
                held.append(one)
        if isinstance(record, Figure):
            words |= self.words(*self._around(record))
        return Passage(
            doc=self.report.doc,
            fact=fact,
            record=record,
            text=_SPACE.sub(" ", told),
            words=frozenset(words),
            shingles=_shingles(each) if fact == "statement" else frozenset(),
            who=self.code(who),
            whom=self.code(whom),
            figures=() if fact == "figure" else tuple(held),
            onward=self._onward(record) if isinstance(record, Statement) else None,
            negated=any(word in NEGATIONS for word in each),
            own=isinstance(record, Position) and record.as_reported_by == author(self.report),
            places=self._places(record) if isinstance(record, Event) else (),
            nominal=fact == "event" and _nominal(each),
            alone=isinstance(record, Event) and self.told[record.type] == 1,
        )

    def _places(self, record: Event) -> tuple[str, ...]:
        """The capital that the sentence of an event without another place begins with or names before it."""
        origin = self.report.origin
        first = bisect_left(origin, record.start)
        begin, end = bisect_left(self.starts, first - 90), bisect_left(self.starts, first)
        held = [one for one in self.found.mentions[begin:end] if one.kind == "capital"]
        text = self.report.text
        near = [one for one in held if "." not in text[one.start : first].replace("St.", "")]
        return tuple(text[one.start : one.end] for one in near[:1])

    def _around(self, record: Figure) -> tuple[int, int]:
        raw = self.report.raw
        return max(raw.rfind(".", 0, record.start) + 1, record.start - 80), min(record.end + 60, len(raw))

    def _onward(self, record: Statement) -> tuple[int, int, str] | None:
        rows = self.found.statements
        at = bisect_left(rows, record.start, key=lambda one: one.start) + 1
        for one in rows[at : at + 2]:
            if one.speaker == record.speaker and one.start - record.end < 60 and one.start >= record.end:
                return one.start, one.end, self.report.raw[one.start : one.end]
        return None

    def words(self, start: int, end: int) -> set[str]:
        """The telling words from character `start` to `end`, names by whom they name."""
        origin = self.report.origin
        first, last = bisect_left(origin, start), bisect_left(origin, end)
        text, at = self.report.text, first
        found: set[str] = set()
        for mention in self._mentions(first, last):
            found.update(_plain(text[at : max(at, mention.start)]))
            found.add(f"@{self.codes.get(mention.actor, mention.actor)}")
            at = max(at, mention.end)
        found.update(_plain(text[at:last]))
        return found

    def _mentions(self, first: int, last: int) -> Sequence[Mention]:
        begin, end = bisect_left(self.starts, first), bisect_left(self.starts, last)
        return [one for one in self.found.mentions[begin:end] if one.form != "pronoun"]


def _sides(record: Record) -> tuple[str | None, str | None]:
    if isinstance(record, Statement):
        return record.speaker, record.addressee
    if isinstance(record, Event):
        return record.source, record.target
    if isinstance(record, Position):
        return record.actor, record.issue
    return record.about, record.unit


def _plain(text: str) -> Iterator[str]:
    meaning = _meanings()
    for match in _WORD.finditer(text):
        word = match[0].lower().replace("’", "'").removesuffix("'s")
        if word in _STOP or len(word) < 2:
            continue
        yield meaning.get(word) or stem(word)


def _digest(told: str) -> bytes:
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _nominal(held: list[str]) -> bool:
    """Whether words name an act by a noun and tell it by no verb."""
    known = lexicon()
    return not any(word in AUXILIARIES or (word in known.verbs and word not in known.nouns) for word in held)


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str]:
    """What words come to that tell of one act: riots and protests, invasion and attack, evade and circumvent."""
    known = lexicon()
    found: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    for form, rows in known.verbs.items():
        kinds.setdefault(form, set()).update(verb.type for _, verb in rows)
    for form, nouns in known.nouns.items():
        kinds.setdefault(form, set()).update(noun.type for noun in nouns)
    for form, types in kinds.items():
        if len(types) == 1:
            found[form] = f"#{next(iter(types))}"
    for row in table()["synonyms"]:
        words = row.split()
        found |= dict.fromkeys(words, f"#{words[0]}")
    return found | {name.lower(): f"@{code}" for code, name in state_names().items()}


def stem(word: str) -> str:
    """A word without its ending, British spelling as American.

    >>> stem("recognised") == stem("recognizes"), stem("states")
    (True, 'stat')
    """
    word = word.replace("ise", "ize").replace("isa", "iza").replace("ising", "izing")
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) > 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    return (
        word.removesuffix("e") if len(word) > 5 and word.endswith("e") and not word.endswith("ee") else word
    )


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, marks left out."""
    return [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]


def _shingles(held: list[str]) -> frozenset[int]:
    return frozenset(
        crc32(" ".join(held[at : at + _SHINGLE]).encode()) for at in range(max(len(held) - _SHINGLE + 1, 0))
    )
