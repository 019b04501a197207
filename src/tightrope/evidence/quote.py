"""Statements: what is quoted or told, who said it, to whom, and by which rule one knows.

The rules stand in order, as in Muzny et al. (2017): the surest first, and one that finds nothing leaves the rest to the
next. Each carries the share of its finds that was right on sentences written for that purpose (`bench/reading.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from tightrope.evidence.attribution import Quoted
from tightrope.evidence.continuation import inherit, is_scare, taken_up
from tightrope.evidence.found import Mention, Report, Statement
from tightrope.evidence.quotation import Unit, units
from tightrope.evidence.said import Said
from tightrope.evidence.speaker import Speaker, Speakers
from tightrope.evidence.told import Told, backward
from tightrope.evidence.when import When, dates

# The share of each rule's finds that was right, speaker included, on the passages of tests/evidence/sayings*.txt:
# (right + 1) / (finds + 2), so that a rule with few finds is not called sure. A test measures them again.
CONFIDENCE = {
    "quote-verb-speaker": 0.98,
    "quote-speaker-verb": 0.96,
    "speaker-verb-quote": 0.91,
    "colon": 0.93,
    "that-clause": 0.97,
    "speaker-verb-clause": 0.9,
    "according to": 0.71,
    "in the words of": 0.86,
    "transcript": 0.83,
    "next sentence": 0.8,
    "broken": 0.98,
    "continued": 0.86,
    "before its attribution": 0.8,
    "sentence before": 0.9,
    "clause": 0.98,
    "clause-speaker": 0.92,
    "promise": 0.82,
    "call": 0.88,
    "stated by": 0.8,
    "noun-that": 0.8,
    "described": 0.86,
    "coordinated": 0.75,
    "passive": 0.83,
    "parenthesis": 0.78,
    "unknown": 0.64,
}


# What parts the clause of a verb from another, whose date is not its own.
_PARTS = re.compile(r" [–—] |;| (?:even though|although|while|whereas|because|which|who) ")


def statements(report: Report, mentions: Sequence[Mention]) -> tuple[Statement, ...]:
    """The statements of a report, by place; offsets are those of the text as it stands."""
    speakers = Speakers(report.text, mentions)
    split = units(report)
    quoted: list[Said] = []
    for number, unit in enumerate(split):
        if unit.quotations:
            following = split[number + 1] if number + 1 < len(split) else None
            quoted.extend(Quoted(unit, number, speakers, following).found())
    by_unit: dict[int, list[Said]] = {}
    for one in inherit(_merged(quoted), split, speakers):
        if one.speaker or not is_scare(report.text, one, one.fills(split[one.unit])):
            by_unit.setdefault(one.unit, []).append(one)
    for number, unit in enumerate(split):
        told = Told(unit, number, speakers, by_unit.get(number, ())).found()
        for one in (*told, *backward(split, number, speakers)):
            _take_in(by_unit.setdefault(one.unit, []), one)
    found = sorted((one for each in by_unit.values() for one in each), key=lambda one: (one.start, one.end))
    found = list(taken_up(found, report.text))
    whens = dates(report.text, report.published)
    return tuple(_statement(report, one, split[one.unit], speakers, whens) for one in found)


def _merged(found: Iterable[Said]) -> list[Said]:
    """Mixed statements that grow into each other become one."""
    done: list[Said] = []
    for one in found:
        last = done[-1] if done else None
        if last and last.kind == "mixed" and one.end <= last.end:
            continue
        if last and one.kind == "mixed" and one.start <= last.start:
            done[-1] = one
        elif last and one.kind == "mixed" and one.start < last.end:
            done[-1] = last._replace(end=one.end, kind="mixed")
        else:
            done.append(one)
    return done


def _take_in(kept: list[Said], one: Said) -> None:
    """Add what is told to what a unit says: it takes in quotations without a speaker, and yields to others."""
    over = [each for each in kept if each.start < one.end and one.start < each.end]
    inside = all(one.start <= each.start and each.end <= one.end + 1 for each in over)
    weak = all(each.speaker is None or each.pattern == "broken" for each in over)
    # What is told within what is told: lawmakers promised a vote, its president said.
    nested = one.pattern == "clause-speaker" and all(
        each.pattern in ("call", "promise", "clause") for each in over
    )
    if not over or (inside and nested) or (one.kind == "mixed" and inside and weak):
        kept[:] = [each for each in kept if each not in over]
        kept.append(one)


def _when(whens: Sequence[When], one: Said, unit: Unit) -> str | None:
    """When it was said: the first date of its sentence that is no part of what was said."""
    first = bisect_left(whens, unit.start, key=lambda when: when.start)
    cue = one.cue.start if one.cue else one.start
    for when in whens[first:]:
        if when.start >= unit.end:
            return None
        between = slice(*sorted((cue - unit.start, when.start - unit.start)))
        if when.value is None or one.start <= when.start < one.end or _PARTS.search(unit.masked[between]):
            continue
        return when.value
    return None


def _statement(report: Report, one: Said, unit: Unit, speakers: Speakers, whens: Sequence[When]) -> Statement:
    start, end = report.spot(one.start, one.end)
    speaker = one.speaker
    printed = (
        report.spot(speaker.start, speaker.end) if speaker and speaker.end > speaker.start else (None, None)
    )
    addressee, outlet = _to_whom(one, unit, speakers)
    return Statement(
        doc=report.doc,
        start=start,
        end=end,
        kind=one.kind,
        speaker=_called(speaker, report) if speaker else None,
        pattern=one.pattern,
        confidence=CONFIDENCE[one.pattern],
        speaker_start=printed[0],
        speaker_end=printed[1],
        addressee=addressee,
        outlet=outlet,
        date=_when(whens, one, unit),
    )


def _called(speaker: Speaker, report: Report) -> str | None:
    """A speaker's name; the author of the report is known by its own."""
    return report.author if speaker.actor == "author" and report.author else speaker.actor


def _to_whom(one: Said, unit: Unit, speakers: Speakers) -> tuple[str | None, str | None]:
    """Who was told, right behind the verb, and through which outlet, named elsewhere in the sentence."""
    outside = [
        each for each in speakers.between(unit.start, unit.end) if not one.start <= each.start < one.end
    ]
    speaker = one.speaker.start if one.speaker else None
    outlets = (each.actor for each in outside if each.kind == "outlet" and each.start != speaker)
    told = one.cue is not None and one.cue.text in ("told", "tells", "telling")
    first = next((each for each in outside if one.cue and one.cue.end < each.start <= one.cue.end + 6), None)
    named = told and first and first.kind != "outlet" and (first.form != "demonym" or first.kind == "group")
    return first.actor if named and first else None, next(outlets, None)
