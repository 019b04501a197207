"""Figures of a report: numbers in words or digits with unit and comparator, ordinals, and dates."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from tightrope.evidence.copy import lowered
from tightrope.evidence.found import Figure, Mention, Report
from tightrope.evidence.measure_words import (
    CLOCK,
    COMPARE,
    COMPARED,
    GROUP,
    KEY,
    NO_UNIT,
    PLURALS,
    SYMBOLS,
    TIMES,
    UNITS,
    number,
)
from tightrope.evidence.number import ORDINALS, SCALES, digits, fraction, words
from tightrope.evidence.when import When, dates

Value = float | int | str | None

# Adjectives between a number and what it counts are passed over, up to this many words.
_REACH = 4
_STEP = re.compile(r"[\s\u00a0-]+[“\"‘']?([^\W\d_][\w’'–-]*)")
_TIMES_OF = re.compile(r"\s+times(?:\s+(?:the|as|more|larger|bigger|higher)\b[^,.;:–—()]{0,40})?")
_SHARE_OF = re.compile(r"\s+of\s+(?:the|its|their|all|our|his|her)?\s*[^\W\d_]+")
_PRONOUN_ONE = re.compile(
    r"one(?![\s-]+(?:million|billion|hundred|thousand|year|month|week|day|percent|per\s+cent|third|of\s+every)\b)",
    re.I,
)
_LONG = 120
# What the clause around a number begins behind, and what it ends before.
_OPENS = (", ", "; ", " – ", " — ", "“", " and ", " but ")
_ENDS = (", ", "; ", " – ", " — ", "”", ".")
# How far past the first kept character a dateline may stand.
_HEAD = 1500


class _Number(NamedTuple):
    """A number where it stands in the clean text, before it is a record."""

    start: int
    end: int
    value: Value
    unit: str
    kind: Literal["quantity", "date", "ordinal"]
    comparator: str | None = None


def figures(report: Report, mentions: Sequence[Mention]) -> tuple[Figure, ...]:
    """The figures of `report` in order; what each is about is the actor named nearest to it in its sentence."""
    whens = dates(report.text, report.published)
    found = [*_of_dates(report.text, whens), *_of_numbers(report.text, whens)]
    found.sort(key=lambda one: one.start)
    named = [(m.start, m.actor) for m in mentions if m.form != "pronoun"]
    starts = [sentence.start for sentence in report.sentences]
    return (*_dateline(report), *(_figure(report, one, named, starts) for one in found))


def _dateline(report: Report) -> Iterator[Figure]:
    """The day of publication where it is printed in a line that the clean text leaves out."""
    if not report.published or not len(report.origin):
        return
    head = report.raw[: min(len(report.raw), report.origin[0] + _HEAD)]
    kept = set(report.origin[: len(head)])
    for when in dates(head, report.published):
        if when.start not in kept and when.value == report.published:
            what = "day of publication"
            yield Figure(
                report.doc, when.start, when.end, when.value, "date", "date", None, what, report.outlet
            )
            return


def _of_dates(text: str, whens: Sequence[When]) -> Iterator[_Number]:
    for when in whens:
        if when.unit is not None:
            start, mark = _compared(text, when.start)
            yield _Number(start, when.end, when.count, when.unit, "quantity", mark)
        else:
            # Only a day of publication may complete a printed date; a year guessed from elsewhere stays out.
            value = when.value if when.sure else when.bare
            yield _Number(when.start, when.end, value, "date", "date")


def _of_numbers(text: str, whens: Sequence[When]) -> Iterator[_Number]:
    starts = [when.start for when in whens]
    end = 0
    unit = ""
    for key in KEY.finditer(lowered(text)):
        place = bisect_right(starts, key.start()) - 1
        if key.start() < end or (place >= 0 and key.start() < whens[place].end):
            continue
        one = _number(text, key.start(), unit)
        if one is not None:
            end, unit = one.end, one.unit
            yield one


def _number(text: str, start: int, unit_before: str) -> _Number | None:
    special = _clock_or_group(text, start)
    if special is not None or _inside_word(text, start):
        return special
    match = number().match(text, start)
    if match is None or (match["words"] and _PRONOUN_ONE.match(text, start)):
        return None
    if match["ordinal"]:
        word = match["ordinal"].lower()
        place = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
        noun = _STEP.match(text, match.end())
        return _Number(start, noun.end() if noun else match.end(), place, noun[1] if noun else "", "ordinal")
    return _quantity(text, match, unit_before)


def _clock_or_group(text: str, start: int) -> _Number | None:
    clock = CLOCK.match(text, start)
    if clock is not None:
        return _Number(start, clock.end(), clock[0], "time", "date")
    group = GROUP.search(text, max(0, start - 6), start + 4)
    if group is not None and group.start("size") == start:
        return _Number(group.start(), group.end(), int(group["size"]), "member states", "quantity")
    return None


def _inside_word(text: str, start: int) -> bool:
    """Whether the digits belong to a name, a code or a longer number: "Covid-19", "S-300", "1.5"."""
    before = text[max(0, start - 2) : start]
    return bool(before) and (
        before[-1].isalnum() or before[-1] in "_/#@" or (before[-1] in "-–.,:" and before[0].isalnum())
    )


def _quantity(text: str, match: re.Match[str], unit_before: str) -> _Number | None:
    value = _value(match)
    end, unit = _unit(text, match)
    if unit == "" and match["words"] and not text[match.start()].isupper() and _small(value):
        return None  # "the two had met": nothing is counted
    start, mark = _compared(text, match.start())
    return _Number(start, end, value, unit or (unit_before if match["digits"] else ""), "quantity", mark)


def _compared(text: str, start: int) -> tuple[int, str | None]:
    """Where a number begins once its comparator belongs to it ("more than 600"), and the mark of that."""
    compared = COMPARED.search(text, max(0, start - 24), start)
    if compared is None:
        return start, None
    return compared.start(), COMPARE[" ".join(compared[1].lower().split())]


def _small(value: Value) -> bool:
    return isinstance(value, int) and value < 100


def _value(match: re.Match[str]) -> float | int | None:
    if match["vague"]:
        return None
    if match["share"]:
        return fraction(match["share"])
    if match["words"]:
        return words(match["words"])
    value = digits(match["digits"])
    scale = (match["scale"] or "").lower()
    scaled = value * (SCALES.get(scale, 10**6) if scale else 1)
    return int(scaled) if scaled == int(scaled) else scaled


def _unit(text: str, match: re.Match[str]) -> tuple[int, str]:
    """Where the number with what it counts ends, and the unit of it."""
    if match["percent"]:
        share = _SHARE_OF.match(text, match.end())
        unit = "percentage points" if "point" in match["percent"] else "percent"
        return (share.end() if share else match.end()), unit
    if match["money"]:
        return match.end(), SYMBOLS[match["money"].strip().upper()]
    if match["share"]:
        share = _SHARE_OF.match(text, match.end())
        return (share.end() if share else match.end()), "share"
    times = _TIMES_OF.match(text, match.end())
    if times is not None and not match["vague"]:
        return times.end(), "times"
    return _counted(text, match.end())


def _counted(text: str, end: int) -> tuple[int, str]:
    """The noun that a number counts: the first plural or unit within reach, else nothing."""
    place, last = end, end
    of = re.match(r"\s+of\b", text[end : end + 4])
    if of:
        place += of.end()
    for _ in range(_REACH):
        step = _STEP.match(text, place)
        word = step[1].lower().strip("’'") if step else ""
        if step is None or word in NO_UNIT:
            break
        place = step.end()
        if word in UNITS:
            return place, UNITS[word]
        if word in TIMES or word.removesuffix("s") in TIMES:
            return place, word if word.endswith("s") else _plural(word)
        if word in PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is", "’s", "'s"))):
            return place, word
        last = last if last != end else place
    return end, ""


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") and word != "day" else f"{word}s"


def _figure(report: Report, one: _Number, named: Sequence[tuple[int, str]], starts: Sequence[int]) -> Figure:
    start, end = report.spot(one.start, one.end)
    first, last = _sentence(report, one.start, starts)
    return Figure(
        doc=report.doc,
        start=start,
        end=end,
        value=one.value,
        unit=one.unit,
        kind=one.kind,
        comparator=one.comparator,
        what=_what(report.text, one, first, last),
        about=_about(one.start, named[bisect_left(named, (first, "")) : bisect_left(named, (last, ""))]),
    )


def _sentence(report: Report, place: int, starts: Sequence[int]) -> tuple[int, int]:
    at = bisect_right(starts, place) - 1
    if at < 0:
        return place, place
    return report.sentences[at].start, report.sentences[at].end


def _what(text: str, one: _Number, first: int, last: int) -> str | None:
    """The clause around a figure, as the words that tell what it measures."""
    first, last = max(first, one.start - _LONG), min(last, one.end + _LONG)
    left, right = first, last
    for mark in _OPENS:
        if (at := text.rfind(mark, first, one.start)) >= 0:
            left = max(left, at + len(mark))
    for mark in _ENDS:
        if (at := text.find(mark, one.end, last)) >= 0:
            right = min(right, at)
    clause = " ".join(text[left:right].split())
    return clause[:_LONG] or None


def _about(place: int, named: Sequence[tuple[int, str]]) -> str | None:
    at = bisect_left(named, (place, ""))
    near = named[max(0, at - 1) : at + 1]
    return min(near, key=lambda row: abs(row[0] - place))[1] if near else None
