"""Statements: what is quoted or told, who said it, to whom, and by which rule one knows.

The rules stand in order, as in Muzny et al. (2017): the surest first, and one that finds nothing leaves the rest to the
next. Each carries the share of its finds that was right on sentences written for that purpose (`bench/reading.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tightrope.evidence.attribution import Quoted, Said, inherit, is_alone, is_scare
from tightrope.evidence.found import Mention, Report, Statement
from tightrope.evidence.quotation import Unit, units
from tightrope.evidence.speaker import Speaker, Speakers
from tightrope.evidence.told import Told, backward

CONFIDENCE = {
    "quote-verb-speaker": 0.95,
    "quote-speaker-verb": 0.95,
    "speaker-verb-quote": 0.9,
    "colon": 0.85,
    "that-clause": 0.85,
    "speaker-verb-clause": 0.8,
    "according to": 0.85,
    "in the words of": 0.85,
    "transcript": 0.85,
    "next sentence": 0.8,
    "broken": 0.85,
    "continued": 0.75,
    "before its attribution": 0.7,
    "sentence before": 0.6,
    "clause": 0.75,
    "clause-speaker": 0.8,
    "promise": 0.8,
    "call": 0.7,
    "stated by": 0.7,
    "noun-that": 0.8,
    "described": 0.7,
    "coordinated": 0.75,
    "passive": 0.7,
    "parenthesis": 0.75,
    "unknown": 0.5,
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
    found = [
        one
        for one in inherit(_merged(quoted), split, speakers)
        if one.speaker or not is_scare(report.text, one, is_alone(one, split[one.unit]))
    ]
    told: list[Said] = []
    for number, unit in enumerate(split):
        told.extend(Told(unit, number, speakers, [one for one in quoted if one.unit == number]).found())
        told.extend(backward(split, number, speakers))
    return tuple(_statement(report, one, speakers) for one in _apart(found, told))


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
            done[-1] = Said(last.start, one.end, "mixed", last.speaker, last.pattern, last.cue, last.whom, last.unit)
        else:
            done.append(one)
    return done


def _apart(quoted: list[Said], told: list[Said]) -> list[Said]:
    """All statements by place; what is told around a quotation takes it in, what lies within one is left out."""
    kept = list(quoted)
    for one in told:
        over = [each for each in kept if each.start < one.end and one.start < each.end]
        inside = [each for each in over if one.start <= each.start and each.end <= one.end + 1]
        if one.kind == "mixed" and len(inside) == len(over) and all(each.speaker is None or each.pattern == "broken" for each in inside):
            kept = [each for each in kept if each not in inside]
            kept.append(one)
        elif not over:
            kept.append(one)
    return sorted(kept, key=lambda one: (one.start, one.end))


def _statement(report: Report, one: Said, speakers: Speakers) -> Statement:
    start, end = report.spot(one.start, one.end)
    speaker = one.speaker
    printed = report.spot(speaker.start, speaker.end) if speaker and speaker.end > speaker.start else (None, None)
    addressee, outlet = _to_whom(one, speakers)
    return Statement(
        doc=report.doc,
        start=start,
        end=end,
        kind=one.kind,  # type: ignore[arg-type]
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
