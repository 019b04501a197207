"""The state that words stand for which do not name it: "her country", of a president; "the sultanate", named before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from tightrope.evidence.found import Mention, Report
from tightrope.evidence.gazetteer import gazetteer
from tightrope.evidence.pronoun import is_oblique

_NOUN = re.compile(
    r"(?:country|kingdom|sultanate|emirate|nation|republic|government|administration|authorities|cabinet)\b"
)
_OWN = re.compile(r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?:own )?$")
_THE = re.compile(
    r"\b[Tt]he (?:(?:small|large|vast|tiny|poor|rich|island|landlocked|mountainous|desert|neutral|\w+ern) ){0,2}$"
)
_OTHER = re.compile(r" (?:of|in|that|which)\b|-")
_LONGEST = 40
_TITLE = re.compile(r"[’']s [\w -]*,? ?")
_NEAR = 70
# How many sentences back the state may be named.
_BACK = 2


@lru_cache(maxsize=1)
def state_names() -> dict[str, str]:
    """The canonical name of every state by its code."""
    rows = (row for found in gazetteer().names.values() for row in found)
    return {entry.code: entry.actor for _, entry in rows if entry.kind == "state" and entry.code}


def homes(report: Report, mentions: Sequence[Mention]) -> dict[str, str]:
    """The state of every person as far as told, by its code: in the title, or named beside the person."""
    found: dict[str, str] = {}
    for number, one in enumerate(mentions):
        if one.kind != "person":
            continue
        if one.code:
            found[one.actor] = one.code
        elif one.actor not in found and (
            code := _beside(report, mentions[max(number - 1, 0)], one)
            or _behind(report, one, mentions[number + 1 : number + 2])
        ):
            found[one.actor] = code
    return found


def _beside(report: Report, before: Mention, person: Mention) -> str | None:
    """The state of the possessor that a person's title begins with: in "Poland's deputy minister, Nowak"."""
    between = report.text[before.end : person.start]
    near = person.start - before.end <= _NEAR and _TITLE.fullmatch(between) is not None
    return before.code if near else None


def _behind(report: Report, person: Mention, after: Sequence[Mention]) -> str | None:
    """The state behind a person's name: in "President Nowak of Poland"."""
    of = [one for one in after if report.text[person.end : one.start] in (" of ", " of the ")]
    return of[0].code if of and of[0].kind in ("state", "capital") else None


def lands(report: Report, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The states that somebody's country and "the country" are."""
    found = list(_found(report.text))
    if not found:
        return
    home, starts = homes(report, mentions), [one.start for one in mentions]
    for start, end, owned in found:
        at = bisect_left(starts, start)
        taken = at < len(mentions) and mentions[at].start < end
        if owned:
            code = _owner(mentions[at], start, home) if taken else None
        else:
            plain = not taken and not _quoted(report.text, start)
            code = _told(report, mentions, starts, start, home) if plain else None
        if code in state_names():
            yield Mention(start, end, state_names()[str(code)], "state", "title", code)


def _found(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where such words start and end in a text, and whether they are somebody's."""
    for noun in _NOUN.finditer(text):
        first = max(noun.start() - _LONGEST, 0)
        before = text[first : noun.start()]
        if own := _OWN.search(before):
            yield first + own.start(), noun.end(), True
        elif (the := _THE.search(before)) and not _OTHER.match(text, noun.end()):
            yield first + the.start(), noun.end(), False


def _owner(one: Mention, start: int, home: Mapping[str, str]) -> str | None:
    """The state of whom the pronoun at a place stands for."""
    meant = one.start == start and one.form == "pronoun"
    return one.code or home.get(one.actor) if meant else None


def _quoted(text: str, place: int) -> bool:
    """Whether a place stands in a quotation, where somebody else tells of another country."""
    begin = text.rfind("\n", 0, place) + 1
    return text.rfind("“", begin, place) > text.rfind("”", begin, place)


def _told(
    report: Report, mentions: Sequence[Mention], starts: Sequence[int], place: int, home: Mapping[str, str]
) -> str | None:
    """The state of the subject of the same sentence, or else of one of those before it."""
    at = bisect_left(report.sentences, place + 1, key=lambda one: one.start) - 1
    for number in range(at, max(at - _BACK, 0) - 1, -1):
        sentence = report.sentences[number]
        until = min(sentence.end, place)
        held = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, until)]
        subject = next(
            (one for one in held if one.form != "demonym" and not is_oblique(report.text, one)), None
        )
        if subject is not None:
            return subject.code or home.get(subject.actor)
    return None
