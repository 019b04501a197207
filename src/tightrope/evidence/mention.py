"""Who is named in a report, where and how: by name, title, demonym, pronoun, or as somebody without a name.

People are one over all their names: full, last, title, office, pronoun. Mentions do not overlap.
"""

from __future__ import annotations

from bisect import bisect_right

from tightrope.evidence.description import descriptions
from tightrope.evidence.found import Mention, Report
from tightrope.evidence.gazetteer import Gazetteer, gazetteer
from tightrope.evidence.name import names
from tightrope.evidence.pronoun import pronouns
from tightrope.evidence.word import Words


def mentions(report: Report, known: Gazetteer | None = None) -> tuple[Mention, ...]:
    """Every mention of an actor in the clean text of a report, in order."""
    known = known or gazetteer()
    words = Words(report, known)
    named, people = names(words)
    described = apart(named, descriptions(words, named, people))
    starts = [one.start for one in described]
    bare = [one for one in named if not covered(one, described, starts)]
    found = sorted((*bare, *described), key=lambda one: one.start)
    return tuple(sorted((*found, *pronouns(words, found, people)), key=lambda one: one.start))


def covered(one: Mention, described: list[Mention], starts: list[int]) -> bool:
    """Whether a mention is part of a description: Russian in a Russian lawmaker."""
    place = bisect_right(starts, one.start) - 1
    return place >= 0 and one.end <= described[place].end


def apart(named: list[Mention], described: list[Mention]) -> list[Mention]:
    """The descriptions that hold no part of a name but a state's, and cut none in two."""
    kept = []
    place = 0
    for one in described:
        while place < len(named) and named[place].end <= one.start:
            place += 1
        inner = named[place : place + 3]
        if all(
            each.start >= one.end
            or (each.start >= one.start and each.end <= one.end and each.kind != "person")
            for each in inner
        ):
            kept.append(one)
    return kept
