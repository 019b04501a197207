"""Whom words stand for that name nobody: "we" in what somebody says, the state in "pro-Korean"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from tightrope.evidence.clause import Words
from tightrope.evidence.found import Mention, Report, Statement
from tightrope.evidence.gazetteer import gazetteer
from tightrope.evidence.land import homes, lands, state_names
from tightrope.evidence.pair import pairs

_SIDED = re.compile(r"\b(?:[Aa]nti|[Pp]ro)[-‑–]([A-Z]\w+)")
_SIDES = tuple(part + dash for part in ("nti", "ro") for dash in "-‑–")  # without one there is none
_WE = re.compile(r"\b(?:[Ww]e|us|[Oo]urs?|ourselves)\b")
_NEAR = 70


def spoken(
    report: Report, mentions: Sequence[Mention], statements: Sequence[Statement]
) -> tuple[Mention, ...]:
    """The mentions of `report` in order, and among them those that "we", "anti-" and "pro-" make."""
    extra = [
        *_we(report, mentions, statements),
        *_sided(report),
        *lands(report, mentions),
        *pairs(report, mentions),
    ]
    return tuple(sorted((*mentions, *extra), key=lambda one: one.start)) if extra else tuple(mentions)


class Heard:
    """The words of the report read last, so that events and positions need not both take it apart."""

    _last: tuple[Report, Sequence[Mention], Sequence[Statement], Words] | None = None

    @classmethod
    def words(cls, report: Report, mentions: Sequence[Mention], statements: Sequence[Statement]) -> Words:
        """The words of `report` with its mentions and those that are only spoken of."""
        last = cls._last
        if last is not None and last[0] is report and last[1] is mentions and last[2] is statements:
            return last[3]
        words = Words(report, spoken(report, mentions, statements))
        cls._last = (report, mentions, statements, words)
        return words


def _topics(report: Report, mentions: Sequence[Mention], names: dict[str, str]) -> list[str]:
    """The states that sentences begin with, the most frequent first: whom the report is about."""
    told: Counter[str] = Counter()
    starts = [sentence.start for sentence in report.sentences]
    seen = -1
    for one in mentions:
        at = bisect_right(starts, one.start)
        if one.code in names and one.form != "demonym" and at != seen:
            told[one.code or ""] += 1
            seen = at
    return [code for code, _ in told.most_common()]


def _sided(report: Report) -> Iterator[Mention]:
    if not any(part in report.text for part in _SIDES):
        return
    for match in _SIDED.finditer(report.text):
        known = gazetteer().match([match[1]], 0)
        if known is not None:
            entry = known[1]
            yield Mention(match.start(1), match.end(1), entry.actor, entry.kind, "demonym", entry.code)


def _we(report: Report, mentions: Sequence[Mention], statements: Sequence[Statement]) -> Iterator[Mention]:
    found = list(_WE.finditer(report.text))
    if not found:
        return
    home, names = homes(report, mentions), state_names()
    starts = [one.start for one in mentions]
    told = _topics(report, mentions, names)
    said = sorted((one for one in statements if one.kind != "indirect"), key=lambda one: one.start)
    begins = [one.start for one in said]
    for match in found:
        at = bisect_right(begins, report.origin[match.start()]) - 1
        inside = at >= 0 and report.origin[match.start()] < said[at].end
        code = home.get(said[at].speaker or "") if inside else None
        if statements and not inside:
            # A quotation that runs on over paragraphs: the one who was named last is still speaking.
            before = mentions[
                max(0, bisect_left(starts, match.start()) - 12) : bisect_left(starts, match.start())
            ]
            code = next((home[one.actor] for one in reversed(before) if one.actor in home), None)
            if code is None:
                continue
        if code is None:
            # "Russia wanted us to" is not said by Russia.
            begun = bisect_left(report.origin, said[at].start) if inside else 0
            floor = max(begun, match.start() - _NEAR // 2)
            near = mentions[bisect_left(starts, floor) : bisect_left(starts, match.start())]
            others = {one.code for one in near}
            code = next((each for each in told if each not in others), None)
        if code in names:
            yield Mention(match.start(), match.end(), names[code], "state", "pronoun", code)
