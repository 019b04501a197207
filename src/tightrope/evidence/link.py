"""Links between reports: passages that tell the same, as the same quotation, in other words, or as related facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from tightrope.evidence.found import Event, Figure, Findings, Link, Position, Statement
from tightrope.evidence.index import Index, index_of, key
from tightrope.evidence.issue_rule import issues
from tightrope.evidence.passage import Passage

Level = Literal["same quotation", "paraphrase", "related"]

# Each passage is compared by this many of its most telling words, with this many of the latest passages that share
# one, so that the work grows with the number of reports and not with its square.
_KEYS = 12
_LATEST = 24
# So many of its ties are kept of each passage that is told for the first time, the closest.
MOST = 8
_LEVELS: tuple[Level, ...] = ("same quotation", "paraphrase", "related")
_ORDER = {level: number for number, level in enumerate(_LEVELS)}
# Refusals that are announced and refusals made are of one kind; what might happen is of another.
_REAL = {"happened": 0, "planned": 0, "denied": 1, "hypothetical": 2}
_STANDING = frozenset(("assault", "sanction", "coerce", "cooperate"))
_QUOTED = ("direct", "mixed")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages of different reports, how they are tied, and how strongly."""

    one: Passage
    two: Passage
    level: Level
    score: float


def links(findings: Iterable[Findings] | Index) -> tuple[Link, ...]:
    """What the reports share: the strongest ties first within each pair of reports, one for each pair of places."""
    return tuple(linked(findings if isinstance(findings, Index) else index_of(findings)))


def linked(index: Index) -> Iterator[Link]:
    """The links, one at a time."""
    for pair in tied(index):
        one, two = pair.one, pair.two
        places = (one.doc, one.start, one.end, two.doc, two.start, two.end)
        yield Link(*places, pair.level, one.fact, round(pair.score, 3))


def pairs(index: Index) -> Iterator[Pair]:
    """Passages of different reports that tell the same fact, each with the few that are closest to it.

    What is told again in the same words is tied to its first telling and to nothing else.
    """
    for passage in index:
        if passage.first != passage.number:
            yield from _near(index, passage, (passage.first,))
            continue
        near: dict[int, None] = {}
        for under in _keys(index, passage):
            near |= dict.fromkeys(index.latest(under, _LATEST))
            index.file(under, passage)
        near.pop(passage.number, None)
        found = sorted(_near(index, passage, near), key=lambda pair: (_ORDER[pair.level], -pair.score))
        index.left_out["links"] += max(len(found) - MOST, 0)
        yield from found[:MOST]


def _near(index: Index, passage: Passage, numbers: Iterable[int]) -> Iterator[Pair]:
    """The pairs of a passage with those of other reports that tell the same."""
    for number in numbers:
        other = index[number]
        if other.doc != passage.doc:
            index.compared += 1
            tie = _tie(index, other, passage)
            if tie is not None:
                yield Pair(other, passage, *tie)


def _keys(index: Index, passage: Passage) -> Iterator[object]:
    """Under what a passage is filed: its most telling words, and what it tells by type."""
    telling = sorted(passage.words, key=lambda word: (-index.weight(word), word))
    for word in telling[:_KEYS]:
        if index.spread(word) > 1:
            yield passage.fact, word
    record = passage.record
    if isinstance(record, Event):
        yield "event", record.type, passage.who or passage.whom
        if passage.alone:
            yield "event", record.type
    elif isinstance(record, Position):
        yield "position", record.issue, record.stance
    elif isinstance(record, Figure):
        yield "figure", record.value, record.unit


def _tie(index: Index, one: Passage, two: Passage) -> tuple[Level, float] | None:
    first, second = one.record, two.record
    if isinstance(first, Statement) and isinstance(second, Statement):
        return _said(index, one, two, first, second)
    if isinstance(first, Event) and isinstance(second, Event):
        return _done(index, one, two, first, second)
    if isinstance(first, Position) and isinstance(second, Position):
        return _held(index, one, two, first, second)
    if isinstance(first, Figure) and isinstance(second, Figure):
        return _counted(index, one, two, first, second)
    return None


def _said(
    index: Index, one: Passage, two: Passage, first: Statement, second: Statement
) -> tuple[Level, float] | None:
    """The same words, or the same speaker with much the same content."""
    fewer = min(len(one.shingles), len(two.shingles))
    shared = len(one.shingles & two.shingles) / fewer if fewer else 0.0
    if shared >= 0.5 and fewer >= 4 and first.kind in _QUOTED and second.kind in _QUOTED:
        return "same quotation", shared
    like = index.likeness(one, two)
    if first.speaker and second.speaker and _same(first.speaker, second.speaker):
        # One report may quote two sentences where the other has the first alone.
        if first.kind in _QUOTED and second.kind in _QUOTED:
            like = max(like, 0.8 * index.containment(one, two))
        return ("paraphrase", like) if like >= 0.4 and len(one.words & two.words) > 2 else None
    return ("related", like) if like >= 0.6 and len(one.words & two.words) > 3 else None


def _same(one: str, two: str) -> bool:
    """Whether two names of a speaker are one: the same, or the last name alone in one of them."""
    return one == two or one.split()[-1] == two.split()[-1]


def _done(
    index: Index, one: Passage, two: Passage, first: Event, second: Event
) -> tuple[Level, float] | None:
    """The same act by the same to the same, at no other time."""
    if first.type != second.type or _REAL[first.realis] != _REAL[second.realis]:
        return None
    if not _compatible(first.date, second.date) or _background(one, two):
        return None
    # A promise not to do a thing is another than one to do it, though the words are alike.
    if first.type == "agree" and one.negated != two.negated:
        return None
    like = index.likeness(one, two)
    sides = ((one.who, two.who), (one.whom, two.whom))
    if any(mine and theirs and mine != theirs for mine, theirs in sides):
        return None
    equal = sum(mine is not None and mine == theirs for mine, theirs in sides)
    if equal == 2:
        return "paraphrase", 0.5 + like / 2
    if equal == 1 and like >= 0.4 and len(one.words & two.words) > 1:
        return "paraphrase", 0.3 + like / 2
    # Of a kind that happens now and then, each report tells of one: it is the same, unless they say otherwise.
    if first.type not in _STANDING and one.alone and two.alone:
        return ("related", max(like, 0.3)) if f"#{first.type}" in one.words & two.words else None
    return None


def _background(one: Passage, two: Passage) -> bool:
    """Whether both only name what every report takes as known: the war, the sanctions, without a date."""
    first, second = one.record, two.record
    if not isinstance(first, Event) or not isinstance(second, Event) or first.type not in _STANDING:
        return False
    return one.nominal and two.nominal and not (first.date and second.date)


def _compatible(one: str | None, two: str | None) -> bool:
    """Whether two dates can be one: the same as far as both go, or one unknown."""
    if one is None or two is None:
        return True
    length = min(len(one), len(two))
    return one[:length] == two[:length] or "X" in one or "X" in two


def _held(
    index: Index, one: Passage, two: Passage, first: Position, second: Position
) -> tuple[Level, float] | None:
    """The same actor on the same side of an issue in like words, or two voices in much the same words."""
    if (first.issue, first.stance) != (second.issue, second.stance):
        return None
    like = index.likeness(one, two)
    if one.who == two.who:
        return ("paraphrase", like) if like >= 0.3 else None
    if first.issue not in issues().facts or like < 0.25:
        return None
    # Two authors who say much the same agree more than an author and somebody quoted.
    return "related", like + 0.2 * (one.own and two.own)


def _counted(
    index: Index, one: Passage, two: Passage, first: Figure, second: Figure
) -> tuple[Level, float] | None:
    """The same number in like words; a date alone ties nothing."""
    if (
        first.kind != "quantity"
        or second.kind != "quantity"
        or first.value is None
        or first.value != second.value
    ):
        return None
    like = index.likeness(one, two)
    return ("related", like) if like >= 0.4 else None


def opposites(index: Index) -> Iterator[Pair]:
    """Every two acts of which one is what the other denies: recognised and not, joined and not joined."""
    for passage in index.firsts("event"):
        record = passage.record
        if not isinstance(record, Event) or passage.who is None or passage.whom is None:
            continue
        if record.realis == "hypothetical":
            continue
        kind = "recognise" if record.type == "refuse_recognition" else record.type
        denied = record.realis == "denied" or record.type == "refuse_recognition"
        for number in index.latest(("opposite", kind, passage.who, passage.whom, not denied), _LATEST):
            other = index[number]
            if _compatible(record.date, getattr(other.record, "date", None)):
                yield Pair(other, passage, "related", 0.5 + index.likeness(other, passage) / 2)
        index.file(("opposite", kind, passage.who, passage.whom, denied), passage)


def tied(index: Index) -> Iterator[Pair]:
    """The strongest pairs; a weaker one is left out where a stronger ties the same two places."""
    if not index.paired:
        index.paired = True
        asked = "insert into pairs values (?, ?, ?, ?, ?, ?, ?, ?)"
        index.base.executemany(asked, map(_row, pairs(index)))
    asked = "select * from pairs order by a, b, level, score desc, start_a, start_b, one, two"
    for _, rows in groupby(index.base.execute(asked), key=lambda row: row[:2]):
        yield from _chosen(Pair(index[row[6]], index[row[7]], _LEVELS[row[2]], row[3]) for row in rows)


def _row(pair: Pair) -> tuple[object, ...]:
    one, two = pair.one, pair.two
    places = (one.start, two.start, one.number, two.number)
    return (key(one.doc), key(two.doc), _ORDER[pair.level], pair.score, *places)


def _chosen(found: Iterable[Pair]) -> Iterator[Pair]:
    """Of the pairs of two reports, the strongest first, those that tie places anew."""
    others: list[Pair] = []
    for pair in found:
        if not any(_taken(pair, other) for other in others):
            others.append(pair)
            yield pair


def _taken(pair: Pair, other: Pair) -> bool:
    """Whether `other` ties the same two places already."""
    # What every report names again and again is tied once.
    if getattr(pair.one.record, "type", None) in _STANDING and (
        pair.one.number == other.one.number or pair.two.number == other.two.number
    ):
        return True
    touch_one = pair.one.start < other.one.end and other.one.start < pair.one.end
    touch_two = pair.two.start < other.two.end and other.two.start < pair.two.end
    return touch_one and touch_two
