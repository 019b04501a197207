"""Dates as prose gives them ("early April", "last Friday", "six years later") and what they come to.

A date is resolved against the day of publication or the last date before it in the document, and says on what it
rests; one that nothing resolves keeps the value None. No date is made up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from tightrope.evidence.calendar_words import MONTHS, UNITS, WEEKDAYS, found
from tightrope.evidence.number import SMALL

Basis = Literal["stated", "stated_partial", "relative", "dateline", "inferred", "unknown"]

# Words of time whose distance from their anchor is not told.
_VAGUE = {"few", "couple", "several", "some", "many", "recent"}
_NAMED_MAY = re.compile(
    r"(?:\b(?:in|since|by|until|till|of|during|from|to|for|the|and|between|before|after|on|through|around)\s+)$",
    re.I,
)
_ASIDE = re.compile(r"\b(?:who|whose|whom|which)\b[^.;!?]*$")
_COUNTED = re.compile(
    r"\b(?:more than|about|around|nearly|almost|over|some|at least|up to|roughly|than)\s+$", re.I
)
_THINGS = re.compile(
    r"\s*(?:people|troops|soldiers|men|km|kilomet|miles|tons|tonnes|percent|per cent|%|euros|dollars)"
)


@dataclass(frozen=True, slots=True)
class When:
    """A date in a text: its place, its ISO value as far as known, the basis of it, and what alone the words give.

    `bare` is the value without what was supplied from elsewhere ("05-09"). `count` and `unit` are the length of an
    offset ("two days before"), whose value is the date of what follows it if `forward`.
    """

    start: int
    end: int
    value: str | None
    basis: Basis
    bare: str | None = None
    count: int | None = None
    unit: str | None = None
    forward: bool = False

    @property
    def sure(self) -> bool:
        """Whether the value rests on the words themselves, a dateline or a count, not on a year named elsewhere."""
        return self.basis != "stated_partial" or self.bare is None or self.bare == self.value


@dataclass(slots=True)
class _Reading:
    """What has been read of a document so far: the day of publication, the last date, the only year it names."""

    text: str
    published: str | None
    only_year: str | None
    last: str | None = None
    last_end: int = -1


@lru_cache(maxsize=2)
def dates(text: str, published: str | None = None) -> tuple[When, ...]:
    """Every date of `text` in order, resolved against `published` (ISO or a part of it) and against each other.

    >>> [(w.value, w.basis) for w in dates("In 2014 it failed. Six years later, in early April, it worked.")]
    [('2014', 'stated'), ('2020', 'relative'), ('2020-04', 'stated_partial')]
    """
    years = set(re.findall(r"\b(?:19|20)\d\d\b", text)) | ({published[:4]} if published else set())
    reading = _Reading(text, published, next(iter(years)) if len(years) == 1 else None)
    read = []
    for match in found(text):
        when = _read(match, reading)
        if when is None:
            continue
        read.append(when)
        # A date in an aside ("who stepped down in 2019") is not where the story stands.
        if when.value is not None and not _aside(text, when.start):
            reading.last, reading.last_end = when.value, when.end
    return tuple(read)


def _aside(text: str, start: int) -> bool:
    return _ASIDE.search(text, max(0, start - 160), start) is not None


def _read(match: re.Match[str], reading: _Reading) -> When | None:
    return _READERS[match.lastgroup or ""](match, reading)


def _at(match: re.Match[str], value: str | None, basis: Basis, bare: str | None = None) -> When:
    return When(match.start(), match.end(), value, basis, value if bare is None else bare)


def _iso(match: re.Match[str], _: _Reading) -> When | None:
    return _at(match, match["iso"], "stated") if _real(match["iso"]) else None


def _numeric(match: re.Match[str], _: _Reading) -> When | None:
    first, mark, second, year = int(match["n1"]), match["mark"], int(match["n2"]), match["ny"]
    if mark == "/" and first <= 12 and second <= 12 and first != second:
        return _at(match, year, "stated")  # 5/9 is May 9 or 5 September, by the writer's country
    day, month = (second, first) if second > 12 else (first, second)
    value = f"{year}-{month:02d}-{day:02d}"
    return _at(match, value, "stated") if _real(value) else None


def _day(match: re.Match[str], reading: _Reading) -> When | None:
    kind = "a" if match["daymonth"] else "b"
    day, month, year = (
        int(match[f"day_{kind}"]),
        MONTHS[match[f"mon_{kind}"][:3].lower()],
        match[f"year_{kind}"],
    )
    bare = f"{month:02d}-{day:02d}"
    if not 1 <= day <= 31:
        return None
    if year:
        return _at(match, f"{year}-{bare}", "stated") if _real(f"{year}-{bare}") else None
    return _supplied(match, bare, reading)


def _month(match: re.Match[str], reading: _Reading) -> When | None:
    name, year, side = match["mon_c"], match["year_c"], match["side_c"]
    bare = f"{MONTHS[name[:3].lower()]:02d}"
    if year:
        return _at(match, f"{year}-{bare}", "stated")
    named = (
        side or match["edge_c"] or _NAMED_MAY.search(reading.text, max(0, match.start() - 12), match.start())
    )
    if name.lower() in ("may", "march", "mar", "dec", "jan", "sun", "sat") and not named:
        return None
    if side:
        return _sided_month(match, bare, side.lower(), reading)
    return _supplied(match, bare, reading)


def _sided_month(match: re.Match[str], bare: str, side: str, reading: _Reading) -> When:
    published = reading.published
    if not published:
        return _at(match, None, "relative", bare)
    year = int(published[:4])
    behind = published[5:7] and bare > published[5:7]
    if side in ("last", "past") and (behind or bare == published[5:7]):
        year -= 1
    elif side in ("next", "coming") and not behind:
        year += 1
    return _at(match, f"{year}-{bare}", "relative")


def _supplied(match: re.Match[str], bare: str, reading: _Reading) -> When:
    """A day or month whose year stands elsewhere: just before it, in the dateline, or as the only year there is."""
    near = reading.last is not None and match.start() - reading.last_end < 40
    if near and reading.last and re.match(r"\d{4}", reading.last):
        return _at(match, f"{reading.last[:4]}-{bare}", "stated_partial")
    if reading.published:
        year = int(reading.published[:4])
        # News looks back: in a report of February, "in November" is last year's.
        if (
            reading.published[5:7]
            and bare[:2] > reading.published[5:7]
            and not _ahead(reading.text, match.start())
        ):
            year -= 1
        return _at(match, f"{year}-{bare}", "stated_partial")
    if reading.only_year:
        return _at(match, f"{reading.only_year}-{bare}", "stated_partial", bare)
    return _at(match, None, "unknown", bare)


def _ahead(text: str, start: int) -> bool:
    return (
        re.search(
            r"\b(?:will|would|until|by|due|next|plan\w*|schedul\w*)\b[^.]*$", text[max(0, start - 80) : start]
        )
        is not None
    )


def _decade(match: re.Match[str], _: _Reading) -> When:
    return _at(match, match["dec"][:3] + "X", "stated")


def _season(match: re.Match[str], reading: _Reading) -> When | None:
    if match["year_s"]:
        return _at(match, match["year_s"], "stated")
    return None if not match["side_s"] else _at(match, None, "relative")


def _year(match: re.Match[str], reading: _Reading) -> When | None:
    before = reading.text[max(0, match.start() - 12) : match.start()]
    if _COUNTED.search(before) or _THINGS.match(reading.text, match.end()):
        return None
    return _at(match, match["year"], "stated")


def _near(match: re.Match[str], reading: _Reading) -> When:
    word = match["near"].lower()
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    day = _anchor_day(reading.published)
    value = (day + timedelta(days=step)).isoformat() if day else None
    return _at(match, value, "relative" if value or step else "unknown")


def _weekday(match: re.Match[str], reading: _Reading) -> When:
    side, name = (match["side_w"] or "").lower(), match["wday"].lower()
    day = _anchor_day(reading.published)
    if day is None:
        return _at(match, None, "relative")
    back = (day.weekday() - WEEKDAYS.index(name)) % 7
    if side in ("next", "coming"):
        return _at(match, (day + timedelta(days=7 - back)).isoformat(), "relative")
    if side in ("last", "past"):
        back = back or 7
    return _at(match, (day - timedelta(days=back)).isoformat(), "relative")


def _deictic(match: re.Match[str], reading: _Reading) -> When:
    """The unit beside that of the anchor: "last week", "this year", "the following month"."""
    side, unit = match["side_d"].lower(), match["unit_d"].lower()
    story = side in ("following", "previous", "same", "preceding")
    anchor = reading.last if story else reading.published
    step = {
        "last": -1,
        "past": -1,
        "previous": -1,
        "preceding": -1,
        "next": 1,
        "coming": 1,
        "following": 1,
    }.get(side, 0)
    value = _shift(anchor, step, unit) if anchor else None
    return _at(match, value, "relative")


def _offset(match: re.Match[str], reading: _Reading) -> When | None:
    """So far from the date that the story stands at, or from today: "six years later", "two days before"."""
    count, unit, way = _count(match["num_o"]), match["unit_o"].lower().removesuffix("s"), match["way"].lower()
    anchor = reading.published if way == "ago" else reading.last
    forward = way in ("before", "after") and anchor is not None and match.start() - reading.last_end <= 3
    sign = {"ago": -1, "earlier": -1, "before": -1}.get(way, 1) * (-1 if forward else 1)
    value = None
    if count is not None and anchor and (way not in ("before", "after") or forward):
        value = _shift(anchor, sign * count, unit)
    when = _at(match, value, "relative")
    return replace(when, count=count, unit=unit + "s", forward=forward)


def _count(word: str) -> int | None:
    word = word.lower().strip()
    if word.isdigit():
        return int(word)
    if any(part in _VAGUE for part in word.split()):
        return None
    return 1 if word in ("a", "an") else SMALL.get(word)


def _anchor_day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso and len(iso) == 10 else None


def _real(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _shift(iso: str, step: int, unit: str) -> str | None:
    """`iso` moved by `step` units, no finer than the unit: a year later than 2021-01 is 2022."""
    if not re.match(r"\d{4}", iso):
        return None
    year = int(iso[:4])
    if unit in ("year", "decade", "century"):
        year += step * UNITS[unit]
        return f"{year:04d}" if 0 < year < 10000 else None
    if unit == "month":
        return _months(iso, step)
    day = _anchor_day(iso)
    if day is None or abs(step) > 40000:
        return None
    if unit == "day":
        return (day + timedelta(days=step)).isoformat()
    monday = day + timedelta(weeks=step) - timedelta(days=day.weekday())
    return _shared(monday, monday + timedelta(days=6))


def _months(iso: str, step: int) -> str | None:
    if len(iso) < 7:
        return None
    place = int(iso[:4]) * 12 + int(iso[5:7]) - 1 + step
    return f"{place // 12:04d}-{place % 12 + 1:02d}"


def _shared(first: date, last: date) -> str:
    """What two days have in common: their month, else the year of the first."""
    return first.isoformat()[:7] if first.month == last.month else first.isoformat()[:4]


# By the outermost group of the pattern that matched.
_READERS: Mapping[str, Callable[[re.Match[str], _Reading], When | None]] = MappingProxyType(
    {
        "iso": _iso,
        "numeric": _numeric,
        "daymonth": _day,
        "monthday": _day,
        "month": _month,
        "decade": _decade,
        "season": _season,
        "year": _year,
        "offset": _offset,
        "deictic": _deictic,
        "weekday": _weekday,
        "near": _near,
    }
)


def between(whens: Sequence[When], start: int, end: int) -> Sequence[When]:
    """The dates that begin from character `start` up to `end`, of dates in order."""
    first = bisect_left(whens, start, key=lambda when: when.start)
    return whens[first : bisect_left(whens, end, key=lambda when: when.start)]
