"""Single disagreements between two passages: a lost negation, another number, another date, other words."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal, NamedTuple

from tightrope.evidence.clause_words import NEGATIONS
from tightrope.evidence.found import Event, Figure, Position, Statement
from tightrope.evidence.index import Index, key
from tightrope.evidence.issue_rule import issues
from tightrope.evidence.issue_title import title
from tightrope.evidence.land import state_names
from tightrope.evidence.link import Pair
from tightrope.evidence.passage import Passage, tokens

Kind = Literal["polarity", "number", "date", "attribution", "interpretation", "wording"]


class Place(NamedTuple):
    """Where a passage stands, and the number of the first telling of it; None where it is no passage."""

    doc: str
    start: int
    end: int
    first: int | None = None


_PURPOSE = re.compile(r"\bto (?!be\b|the\b|a\b|an\b|his\b|her\b|its\b|their\b)[a-z]{3,}[^,.;]*$")
_PLACE = re.compile(r"\b(?:in|at|across)\s+(?:the )?([A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*)")
_CAPITAL = re.compile(r"[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*")
_PLACED = frozenset(("protest", "consult", "visit", "symbolic_act"))
_AIMED = frozenset(("request", "aid", "mobilize", "coerce"))
_LATEST = 40
# Names that take a side; two others differ without saying much.
_LOADED = ("operation", "liberation", "reunification", "return of", "freedom fighters", "terrorists")
_SMALL = frozenset(("a", "an", "the", "of", "in", "on", "to", "and", "that", "this", "these", "those", "for"))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two places that disagree, how, how much it matters, and how closely the places are tied."""

    a: Place
    b: Place
    kind: Kind
    salience: Literal[1, 2, 3]
    why: str
    score: float


def _name(who: str | None) -> str:
    """Somebody by name, where a state is known by its code."""
    return state_names().get(who or "", who or "")


def _place(passage: Passage) -> Place:
    return Place(passage.doc, passage.start, passage.end, passage.first)


def of_pair(index: Index, pair: Pair) -> Iterator[Disagreement]:
    """What two passages that tell the same disagree on."""
    first, second = pair.one.record, pair.two.record
    if isinstance(first, Statement) and isinstance(second, Statement):
        yield from _said(pair, first, second)
    elif isinstance(first, Event) and isinstance(second, Event):
        yield from _done(pair, first, second)
    yield from _counted(pair)


def _said(pair: Pair, first: Statement, second: Statement) -> Iterator[Disagreement]:
    one, two = pair.one, pair.two
    a, b = _place(one), _place(two)
    mine, theirs = tokens(one.text), tokens(two.text)
    direct = first.kind != "indirect" and second.kind != "indirect"
    if _flipped(mine, theirs):
        why = f"a negation that the other lacks, in words of {first.speaker or second.speaker}"
        yield Disagreement(a, b, "polarity", 3 if direct else 2, why, pair.score)
    elif pair.level == "same quotation" and (other := _otherwise(mine, theirs)):
        yield Disagreement(a, b, "wording", 3, f"one quotation in two wordings: {other}", pair.score)
    if pair.level != "same quotation":
        return
    if first.speaker and second.speaker and first.speaker.split()[-1] != second.speaker.split()[-1]:
        why = f"one quotation, said by {first.speaker} or by {second.speaker}"
        yield Disagreement(a, b, "attribution", 3, why, pair.score)
    yield from _continued(pair, first, second)
    yield from _told_to(pair, first, second)


def _flipped(mine: list[str], theirs: list[str]) -> bool:
    """Whether just one of two passages with the same content denies it."""
    denials = [sum(word in NEGATIONS for word in held) for held in (mine, theirs)]
    return (denials[0] == 0) != (denials[1] == 0)


def _otherwise(mine: list[str], theirs: list[str]) -> str | None:
    """The first words in which two renderings of one quotation differ inside it, None where they do not."""
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        inside = a > 0 and c > 0 and b < len(mine) and d < len(theirs)
        last = tag == "replace" and b - a < 4 and d - c < 4 and a > 2
        differ = (set(mine[a:b]) | set(theirs[c:d])) - _SMALL
        if tag != "equal" and (inside or last) and differ:
            return f"“{' '.join(mine[a:b])}” and “{' '.join(theirs[c:d])}”"
    return None


def _continued(pair: Pair, first: Statement, second: Statement) -> Iterator[Disagreement]:
    """A quotation that goes on in two ways."""
    rest_one, rest_two = _rest(pair.one, pair.two), _rest(pair.two, pair.one)
    if rest_one is None or rest_two is None:
        return
    mine, theirs = set(tokens(rest_one[2])), set(tokens(rest_two[2]))
    if len(mine & theirs) * 2 < min(len(mine), len(theirs)):
        a = Place(pair.one.doc, *rest_one[:2], pair.one.first)
        b = Place(pair.two.doc, *rest_two[:2], pair.two.first)
        why = f"one quotation of {first.speaker or second.speaker} goes on in two ways"
        yield Disagreement(a, b, "wording", 3, why, pair.score)


def _rest(one: Passage, other: Passage) -> tuple[int, int, str] | None:
    """What one passage has after the words that the other shares with it: in itself, or next from the same speaker."""
    shared = tokens(other.text)
    sentences = list(re.finditer(r"[^.!?]+[.!?]?", one.text))
    for sentence in sentences[1:]:
        held = tokens(sentence[0])
        if len(held) > 3 and len(set(held) & set(shared)) * 2 < len(set(held)):
            start = one.start + sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
            return start, min(one.start + sentence.end(), one.end), sentence[0].strip()
    return one.onward


def _told_to(pair: Pair, first: Statement, second: Statement) -> Iterator[Disagreement]:
    mine, theirs = first.outlet or first.addressee, second.outlet or second.addressee
    if mine and theirs and mine != theirs:
        why = f"said to {mine}, or to {theirs}"
        yield Disagreement(_place(pair.one), _place(pair.two), "attribution", 2, why, pair.score)


def _done(pair: Pair, first: Event, second: Event) -> Iterator[Disagreement]:
    one, two = pair.one, pair.two
    a, b = _place(one), _place(two)
    if pair.level == "related" and pair.score < 0.3:
        return
    if first.type != second.type or (first.realis == "denied") != (second.realis == "denied"):
        quoted = first.via is not None and second.via is not None
        mine, theirs = (f"{each.type.replace('_', ' ')} ({each.realis})" for each in (first, second))
        why = f"{mine} in one, {theirs} in the other"
        yield Disagreement(a, b, "polarity", 3 if quoted else 2, why, pair.score)
        return
    where, there = _where(one), _where(two)
    if where and there and not where & there and first.type in _PLACED:
        why = f"in {' / '.join(sorted(where))}, or in {' / '.join(sorted(there))}"
        yield Disagreement(a, b, "wording", 3, why, pair.score)
    yield from _aims(pair)


def _where(passage: Passage) -> frozenset[str]:
    """The places that a passage names: after "in", and the one that it begins with."""
    held = {match[1] for match in _PLACE.finditer(passage.text)}
    return frozenset(held | set(passage.places))


def _aims(pair: Pair) -> Iterator[Disagreement]:
    """The aims of one act: "to restore order", "to suppress protests"."""
    mine, theirs = _PURPOSE.search(pair.one.text), _PURPOSE.search(pair.two.text)
    if mine is None or theirs is None or getattr(pair.one.record, "type", "") not in _AIMED:
        return
    if set(tokens(mine[0])) & set(tokens(theirs[0])) - {"to"}:
        return
    a, b = (
        Place(each.doc, each.end - (len(each.text) - held.start()), each.end, each.first)
        for each, held in ((pair.one, mine), (pair.two, theirs))
    )
    yield Disagreement(a, b, "wording", 2, f"“{mine[0]}”, or “{theirs[0]}”", pair.score)


def _counted(pair: Pair) -> Iterator[Disagreement]:
    """Numbers of one unit in passages that tell the same, and the dates of one event."""
    known = [{one.value for one in each.figures} for each in (pair.one, pair.two)]
    for mine in pair.one.figures:
        for theirs in pair.two.figures:
            # Where both give both numbers ("600 instead of 193"), they agree.
            apart = mine.value not in known[1] and theirs.value not in known[0]
            alike = mine.kind == theirs.kind == "quantity" and mine.unit and mine.unit == theirs.unit
            if apart and alike and _differ(mine, theirs):
                yield _of_figures(pair, mine, theirs)
    first, second = pair.one.record, pair.two.record
    if isinstance(first, Event) and isinstance(second, Event) and first.date and second.date:
        length = min(len(first.date), len(second.date))
        if first.date[:length] != second.date[:length]:
            why = f"dated {first.date} or {second.date}"
            yield Disagreement(_place(pair.one), _place(pair.two), "date", 2, why, pair.score)


def _differ(mine: Figure, theirs: Figure) -> bool:
    """Whether two numbers exclude each other: 600 and more than 600 do not."""
    if mine.value is None or theirs.value is None or mine.value == theirs.value:
        return False
    low, high = sorted((mine, theirs), key=lambda one: float(one.value or 0))
    return low.comparator not in (">", ">=") and high.comparator not in ("<", "<=")


def _of_figures(pair: Pair, mine: Figure, theirs: Figure) -> Disagreement:
    a = Place(pair.one.doc, mine.start, mine.end, pair.one.first)
    b = Place(pair.two.doc, theirs.start, theirs.end, pair.two.first)
    return Disagreement(a, b, "number", 3, f"{mine.value} or {theirs.value} {mine.unit}", pair.score)


def of_issues(index: Index) -> Iterator[Disagreement]:
    """One actor on both sides of an issue, or on two issues in a way that does not hold together."""
    asked = "select who, issue, number from held where who is not null order by who, issue, number"
    for _, rows in groupby(index.base.execute(asked), key=lambda row: row[:2]):
        yield from _both_sides(index, (index[row[2]] for row in rows))
    for (who,) in index.base.execute("select distinct who from held where who is not null order by who"):
        for relation in issues().relations:
            yield from _related(index, relation, who)


def _ahead(rows: Iterable[Passage]) -> Iterator[tuple[Passage, Sequence[Passage]]]:
    """Each passage with the next ones that it is compared with."""
    ahead: deque[Passage] = deque()
    for row in rows:
        ahead.append(row)
        if len(ahead) == _LATEST:
            yield ahead.popleft(), ahead
    while ahead:
        yield ahead.popleft(), ahead


_Best = dict[tuple[str, str], tuple[float, Passage, Passage]]


def _both_sides(index: Index, rows: Iterable[Passage]) -> Iterator[Disagreement]:
    """The closest two of each two reports in which one actor stands on either side of an issue."""
    best: _Best = {}
    doc = None
    for one, ahead in _ahead(rows):
        if one.doc != doc:
            doc, near = one.doc, {one.doc, *(two.doc for two in ahead)}
            # What no further passage can better is told, so that no more is held than a few reports.
            yield from _told(
                {place: row for place, row in best.items() if (place[0] or place[1]) not in near}
            )
            best = {place: row for place, row in best.items() if (place[0] or place[1]) in near}
        for two in ahead:
            if not _opposed(_stance(one), _stance(two)) or not _one_voice(one, two):
                continue
            index.compared += 1
            # An opinion that is mixed belongs to the people, so their own acts come first.
            score = index.likeness(one, two) + (0.5 if _people(one) or _people(two) else 0.0)
            mixed = "mixed" in (_stance(one), _stance(two))
            place = ("", _mixed(one, two)) if mixed else (one.doc, two.doc)
            if place not in best or score > best[place][0]:
                best[place] = (score, one, two)
    yield from _told(best)


def _told(best: _Best) -> Iterator[Disagreement]:
    for score, one, two in best.values():
        issue = title(one.whom or "")
        why = f"{_name(one.who)} {_stance(one)} in one, {_stance(two)} in the other: {issue}"
        flat = "mixed" not in (_stance(one), _stance(two)) and _actor(one) == _actor(two)
        yield Disagreement(_place(one), _place(two), "polarity" if flat else "interpretation", 3, why, score)


def _one_voice(one: Passage, two: Passage) -> bool:
    """Whether two positions are one actor's: by name, or a state's and that of its people or leaders.

    On a matter of fact only the same person contradicts itself.
    """
    if _actor(one) == _actor(two):
        return True
    if one.whom in issues().facts:
        return False
    return state_names().get(one.who or "") in (_actor(one), _actor(two))


def _opposed(one: str, two: str) -> bool:
    return one != two and "abstain" not in (one, two)


def _mixed(one: Passage, two: Passage) -> str:
    return one.doc if _stance(one) == "mixed" else two.doc


def _stance(passage: Passage) -> str:
    return passage.record.stance if isinstance(passage.record, Position) else ""


def _actor(passage: Passage) -> str:
    return passage.record.actor if isinstance(passage.record, Position) else ""


def _people(passage: Passage) -> bool:
    return _actor(passage).split(" ")[-1] in (
        "citizens",
        "people",
        "Kazakhs",
        "public",
        "population",
        "residents",
    )


def _related(index: Index, relation: Mapping[str, Any], who: bytes) -> Iterator[Disagreement]:
    """Stances of one actor on two issues that a relation sets against each other: the closest two.

    Where one report holds both, that is the conflict; others only repeat a side of it.
    """
    asked = "select number from held where who = ? and issue = ? and stance = ? order by number limit ?"
    ones, twos = (
        list(index.numbered(asked, who, key(issue), stance, _LATEST))
        for issue, stance in (relation["a"], relation["b"])
    )
    kind: Kind = "wording" if relation["kind"] == "weaker" else "interpretation"
    best: _Best = {}
    for one in ones:
        for two in twos:
            index.compared += 1
            within = one.doc == two.doc
            score = 1.0 - abs(one.start - two.start) / 1e6 if within else _clarity(one, two, index)
            if score > best.get((one.doc, two.doc), (-1.0,))[0]:
                best[one.doc, two.doc] = (score, one, two)
    inside = [row for place, row in best.items() if place[0] == place[1]]
    for score, one, two in inside or best.values():
        why = f"{_name(one.who)}: {relation['why']}"
        yield Disagreement(_place(one), _place(two), kind, relation["salience"], why, score)


def _clarity(one: Passage, two: Passage, index: Index) -> float:
    """How plainly two positions speak, and of how much the same."""
    strengths = [each.record.strength for each in (one, two) if isinstance(each.record, Position)]
    return sum(strengths) + index.likeness(one, two)


def of_stances(index: Index) -> Iterator[Disagreement]:
    """Two voices on a matter of fact of which one at most can be right."""
    asked = "select number from held where issue = ? order by number"
    for issue in sorted(issues().facts):
        doc, seen = None, set[str]()
        for one, ahead in _ahead(index.numbered(asked, key(issue))):
            if one.doc != doc:
                doc, seen = one.doc, set()
            for two in ahead:
                differ = {_stance(one), _stance(two)} == {"for", "against"}
                if differ and two.doc not in seen and one.who != two.who:
                    seen.add(two.doc)
                    why = f"two readings: {title(issue)}"
                    yield Disagreement(_place(one), _place(two), "interpretation", 3, why, 0.3)


def of_names(index: Index) -> Iterator[Disagreement]:
    """One act between the same two, called by names of which each takes a side."""
    latest: deque[tuple[Passage, int, str, str]] = deque(maxlen=_LATEST - 1)
    doc, seen = None, set[tuple[str, str | None, str | None]]()
    for two in index.firsts("event"):
        if two.doc != doc:
            doc, seen = two.doc, set()
        for row, name, called_b in _called(two):
            if (name, two.who, two.whom) in seen:
                continue
            seen.add((name, two.who, two.whom))
            for one, other_row, other, called in latest:
                alike = (one.who, one.whom) == (two.who, two.whom) and one.doc != two.doc and row == other_row
                if alike and name != other and any(word in name + other for word in _LOADED):
                    why = f"called “{called}” or “{called_b}”"
                    yield Disagreement(_place(one), _place(two), "wording", 2, why, 0.3)
            latest.append((two, row, name, called_b))


def _called(passage: Passage) -> Iterator[tuple[int, str, str]]:
    """The names that take a side by which a passage calls what happened: their row, the name, and its words."""
    record = passage.record
    if isinstance(record, Event) and record.realis == "happened" and passage.who and passage.whom:
        for number, row in enumerate(issues().names):
            for name in row:
                if match := re.search(rf"\b{name}\b", passage.text, re.IGNORECASE):
                    yield number, name, match[0]


def of_traits(index: Index) -> Iterator[Disagreement]:
    """A conduct that one report calls steady and another changed."""
    for one in index.steady:
        for two in index.changed:
            if one.who == two.who:
                a, b = Place(one.doc, one.start, one.end), Place(two.doc, two.start, two.end)
                yield Disagreement(
                    a, b, "interpretation", 3, f"{_name(one.who)} is called steady, and changed", 0.3
                )
