"""Events of a report: what was done by whom to whom and when, and whether it happened."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tightrope.evidence.act import Act
from tightrope.evidence.clause import Words
from tightrope.evidence.echo import echoed
from tightrope.evidence.example import with_examples
from tightrope.evidence.found import Event, Mention, Report, Statement
from tightrope.evidence.land import state_names
from tightrope.evidence.lexicon import lexicon, table
from tightrope.evidence.noun_act import noun_acts
from tightrope.evidence.verb_act import verb_acts
from tightrope.evidence.voice import Heard
from tightrope.evidence.when import When, between, dates

_NEAR = 28
# Invaded, invades and invasion are one event; an annexation of the same land is another.
_STEM = 4
_ENVOYS = frozenset(("ambassador", "ambassadors", "diplomat", "diplomats", "envoy", "envoys"))


def events(
    report: Report, mentions: Sequence[Mention], statements: Sequence[Statement] = ()
) -> tuple[Event, ...]:
    """The events of `report` in order of place; `statements` tell whose words an event stands in."""
    words = Heard.words(report, mentions, statements)
    known = lexicon()
    by_verbs = list(verb_acts(words, known))
    # A noun that the verb's reading takes in is no second act: "launched an invasion", "protests broke out".
    taken = {(act.type, number) for act in by_verbs for number in range(act.first, act.reach + 1)}
    by_nouns = [act for act in noun_acts(words, known) if (act.type, act.head) not in taken]
    told = (act for act in (*by_verbs, *by_nouns) if act.first < act.last)  # not a mere mark
    acts = sorted(told, key=lambda act: (act.first, act.last))
    acts = sorted((*acts, *echoed(words, acts)), key=lambda act: (act.first, act.last))
    whens = dates(report.text, report.published)
    said = sorted(statements, key=lambda one: one.start)
    starts = [one.start for one in said]
    told_once = _carried(_without_repeats(words, acts))
    each = [one for act in told_once for one in with_examples(words, act)]
    return tuple(_dated_alike([(act.name[:_STEM], _event(words, act, whens, said, starts)) for act in each]))


def _carried(acts: Iterable[Act]) -> Iterator[Act]:
    """A principle that is applied to others repeats the recognition, or its refusal, told before it."""
    last: Act | None = None
    for act in acts:
        if act.type == "carry_over":
            if last is not None and act.target is not None and act.target.kind == "entity":
                yield act._replace(type=last.type, realis="planned", source=last.source)
            continue
        if act.type in ("recognise", "refuse_recognition"):
            last = act
        yield act


def _without_repeats(words: Words, acts: Sequence[Act]) -> Iterator[Act]:
    """The acts without a noun that only takes up what was told before: "the protests" after who protested where."""
    told: dict[str, list[Act]] = {}
    for act in acts:
        before = told.setdefault(act.type, [])
        if act.nominal and before and act.source is None and act.target is None:
            continue
        dated = any(word[:1].isdigit() for word in words.low[act.first : act.last])
        if dated or not any(_repeats(act, other) for other in before):
            before.append(act)
            yield act


def _repeats(act: Act, other: Act) -> bool:
    """Whether `act` tells nothing beyond `other`: the same words, or a noun that names no other side."""
    mine, theirs = _names(act), _names(other)
    if act.realis != other.realis:
        return False
    # An assurance within the words that make it clear is told once.
    if (
        not act.nominal
        and not other.nominal
        and act.type == "agree"
        and other.first <= act.first
        and act.last <= other.last
    ):
        return True
    if (act.first, act.last) == (other.first, other.last) and mine == theirs:
        return True
    if not act.nominal or (None not in mine and not (other.nominal and other.name == act.name)):
        return False
    return all(one is None or one == two for one, two in zip(mine, theirs, strict=True))


def _names(act: Act) -> tuple[str | None, str | None]:
    return act.source.actor if act.source else None, act.target.actor if act.target else None


def _event(
    words: Words, act: Act, whens: Sequence[When], statements: Sequence[Statement], starts: Sequence[int]
) -> Event:
    report = words.report
    start, end = words.start[act.first], words.end[act.last - 1]
    raw_start, raw_end = report.spot(start, end)
    date, basis = _date(words, act, start, end, whens)
    at = bisect_right(starts, raw_start + 2)
    via = next((one.speaker for one in statements[max(0, at - 4) : at] if raw_end - 2 <= one.end), None)
    return Event(
        doc=report.doc,
        start=raw_start,
        end=raw_end,
        type=act.type,
        realis=act.realis,
        source=_name(act.source),
        target=_whose(act.target),
        date=date,
        date_basis=basis,
        via=via,
    )


def _name(mention: Mention | None) -> str | None:
    """The actor of an act: as mentioned, or the body that acts for it, as the European Union does for Europe."""
    return None if mention is None else str(table()["stands_for"].get(mention.actor, mention.actor))


def _whose(mention: Mention | None) -> str | None:
    """Whom an act is done to: the state itself where its envoy is summoned or expelled."""
    name = _name(mention)
    if mention is None or name is None or mention.form == "name" or mention.code is None:
        return name
    return state_names().get(mention.code, name) if name.split()[-1].lower() in _ENVOYS else name


def _date(words: Words, act: Act, start: int, end: int, whens: Sequence[When]) -> tuple[str | None, str]:
    """The date within the act's words, else the one that the sentence opens with or that directly adjoins."""
    near = between(whens, words.start[words.sentence(act.head)[0]] - _NEAR, end + _NEAR)
    inside = [when for when in near if start <= when.start and when.end <= end and not when.forward]
    if inside:
        # A date that cannot be resolved is still one, so that none is taken from elsewhere.
        return inside[0].value, inside[0].basis if inside[0].value else "relative"
    if act.nominal:
        return None, "unknown"
    first, last = words.sentence(act.head)
    opening, closing = words.start[first], words.end[last - 1]
    for when in near:
        adjoins = (when.forward and 0 <= start - when.end <= 4) or 0 <= when.start - end <= 5
        opens = (
            opening <= when.start and when.end <= start and when.start - opening < _NEAR and not when.forward
        )
        if (adjoins and not (when.forward and when.start >= end)) or (opens and when.end <= closing):
            return when.value, when.basis
    return None, "unknown"


def _dated_alike(told: Sequence[tuple[str, Event]]) -> Iterator[Event]:
    """Events without a date take that of the same event elsewhere in the document, if there is just one."""
    known: dict[tuple[str, str, str | None, str | None], set[str]] = {}
    for name, one in told:
        if one.date and one.realis == "happened":
            known.setdefault((name, one.type, one.source, one.target), set()).add(one.date)
    for name, one in told:
        found = known.get((name, one.type, one.source, one.target), set())
        if one.date is None and one.date_basis == "unknown" and len(found) == 1 and one.realis == "happened":
            yield replace(one, date=next(iter(found)), date_basis="inferred")
        else:
            yield one
