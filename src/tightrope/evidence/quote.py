"""Statements: what is quoted or told, who said it, to whom, and by which rule one knows.

The rules stand in order, as in Muzny et al. (2017): the surest first, and one that finds nothing leaves the rest to the
next. Each carries the share of its finds that was right on sentences written for that purpose (`bench/reading.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tightrope.evidence.attribution import Quoted
from tightrope.evidence.continuation import inherit, is_scare
from tightrope.evidence.found import Mention, Report, Statement
from tightrope.evidence.quotation import units
from tightrope.evidence.said import Said
from tightrope.evidence.speaker import Speaker, Speakers
from tightrope.evidence.told import Told, backward

# The share of each rule's finds that was right, speaker included, on the passages of tests/evidence/sayings*.txt:
# (right + 1) / (finds + 2), so that a rule with few finds is not called sure. A test measures them again.
CONFIDENCE = {
    "quote-verb-speaker": 0.95,
    "quote-speaker-verb": 0.96,
    "speaker-verb-quote": 0.82,
    "colon": 0.83,
    "that-clause": 0.94,
    "speaker-verb-clause": 0.88,
    "according to": 0.73,
    "in the words of": 0.83,
    "transcript": 0.83,
    "next sentence": 0.8,
    "broken": 0.94,
    "continued": 0.83,
    "before its attribution": 0.8,
    "sentence before": 0.83,
    "clause": 0.96,
    "clause-speaker": 0.78,
    "promise": 0.78,
    "call": 0.85,
    "stated by": 0.8,
    "noun-that": 0.8,
    "described": 0.8,
    "coordinated": 0.75,
    "passive": 0.67,
    "parenthesis": 0.71,
    "unknown": 0.8,
}


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
    return tuple(_statement(report, one, speakers) for one in found)


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
            done[-1] = replace(last, end=one.end, kind="mixed")
        else:
            done.append(one)
    return done


def _take_in(kept: list[Said], one: Said) -> None:
    """Add what is told to what a unit says: it takes in quotations without a speaker, and yields to others."""
    over = [each for each in kept if each.start < one.end and one.start < each.end]
    inside = all(one.start <= each.start and each.end <= one.end + 1 for each in over)
    weak = all(each.speaker is None or each.pattern == "broken" for each in over)
    if not over or (one.kind == "mixed" and inside and weak):
        kept[:] = [each for each in kept if each not in over]
        kept.append(one)


def _statement(report: Report, one: Said, speakers: Speakers) -> Statement:
    start, end = report.spot(one.start, one.end)
    speaker = one.speaker
    printed = (
        report.spot(speaker.start, speaker.end) if speaker and speaker.end > speaker.start else (None, None)
    )
    addressee, outlet = _to_whom(one, speakers)
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
    )


def _called(speaker: Speaker, report: Report) -> str | None:
    """A speaker's name; the author of the report is known by its own."""
    return report.author if speaker.actor == "author" and report.author else speaker.actor


def _to_whom(one: Said, speakers: Speakers) -> tuple[str | None, str | None]:
    """Who was told, and through which outlet: named shortly after the verb."""
    if one.cue is None:
        return None, None
    near = speakers.between(one.cue.end, one.cue.end + 120)
    outlet = next((each.actor for each in near if each.kind == "outlet"), None)
    told = one.cue.text in ("told", "tells", "telling")
    first = next((each for each in near if each.start <= one.cue.end + 6), None)
    return (first.actor if told and first and first.kind != "outlet" else None), outlet
