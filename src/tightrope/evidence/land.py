"""The state that words stand for which do not name it: "her country", of a president; "the sultanate", named before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from tightrope.evidence.found import Mention, Report
from tightrope.evidence.gazetteer import gazetteer
from tightrope.evidence.pronoun import is_oblique

_OWN = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?:own )?(?:country|nation|government|administration|cabinet|authorities)\b"
)
_THE = re.compile(
    r"\b[Tt]he (?:(?:small|large|vast|tiny|poor|rich|island|landlocked|mountainous|desert|neutral|\w+ern) ){0,2}"
    r"(?:country|kingdom|sultanate|emirate|island nation|nation|republic|government|authorities|cabinet)\b"
    r"(?! (?:of|in|that|which)\b|-)"
)
# How many sentences back the state may be named.
_BACK = 2


@lru_cache(maxsize=1)
def state_names() -> dict[str, str]:
    """The canonical name of every state by its code."""
    rows = (row for found in gazetteer().names.values() for row in found)
    return {entry.code: entry.actor for _, entry in rows if entry.kind == "state" and entry.code}


def lands(report: Report, mentions: Sequence[Mention], home: Mapping[str, str]) -> Iterator[Mention]:
    """The states that somebody's country and "the country" are; `home` tells the state of every person."""
    yield from _owned(report, mentions, home)
    if not _THE.search(report.text):
        return
    starts = [one.start for one in mentions]
    for match in _THE.finditer(report.text):
        at = bisect_left(starts, match.start())
        taken = at < len(mentions) and mentions[at].start < match.end()
        code = (
            None
            if taken or _quoted(report.text, match.start())
            else _told(report, mentions[:at], match, home)
        )
        if code is not None:
            yield _land(match, code)


def _owned(report: Report, mentions: Sequence[Mention], home: Mapping[str, str]) -> Iterator[Mention]:
    pronouns = {one.start: one for one in mentions if one.form == "pronoun"}
    for match in _OWN.finditer(report.text):
        owner = pronouns.get(match.start())
        code = (owner.code or home.get(owner.actor)) if owner is not None else None
        if code in state_names():
            yield _land(match, str(code))


def _land(match: re.Match[str], code: str) -> Mention:
    return Mention(match.start(), match.end(), state_names()[code], "state", "title", code)


def _quoted(text: str, place: int) -> bool:
    """Whether a place stands in a quotation, where somebody else tells of another country."""
    begin = text.rfind("\n", 0, place) + 1
    return text.rfind("“", begin, place) > text.rfind("”", begin, place)


def _told(
    report: Report, before: Sequence[Mention], match: re.Match[str], home: Mapping[str, str]
) -> str | None:
    """The state of the subject of the same sentence, or else of one of those before it."""
    at = bisect_left(report.sentences, match.start() + 1, key=lambda one: one.start) - 1
    for number in range(at, max(at - _BACK, 0) - 1, -1):
        sentence = report.sentences[number]
        held = [one for one in before if sentence.start <= one.start < sentence.end]
        subject = next(
            (one for one in held if one.form != "demonym" and not is_oblique(report.text, one)), None
        )
        if subject is not None:
            code = subject.code or home.get(subject.actor)
            return code if code in state_names() else None
    return None
