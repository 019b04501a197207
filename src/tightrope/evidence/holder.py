"""Whose position words express: the subject of their clause, somebody they name, the speaker or the author."""

from __future__ import annotations

import re

from tightrope.evidence.act import governed
from tightrope.evidence.clause import Words
from tightrope.evidence.clause_words import BREAKS
from tightrope.evidence.found import Mention, Report
from tightrope.evidence.land import state_names
from tightrope.evidence.subject import main_subject

_WESTERN = frozenset(("USA", "GBR"))
_OPINES = frozenset(
    ("see", "sees", "saw", "view", "views", "viewed", "consider", "considers", "believe", "believes", "think", "thinks",
     "regard", "regards", "regarded", "suspect", "suspects", "argue", "argues", "claim", "claims", "claimed")
)  # fmt: skip
_VAGUE = frozenset(("some", "many", "others", "most", "several"))
_COUNTRY = frozenset(("country", "government", "nation", "state", "republic"))
_THEIR = frozenset(("his", "her", "their", "our"))
_UNDERGONE = frozenset(
    ("invasion", "war", "attack", "aggression", "integrity", "sovereignty", "independence", "annexation", "occupation",
     "recognition", "condemnation", "criticism", "borders", "support", "favour", "favor", "defence", "defense", "east",
     "regions", "parts")
)  # fmt: skip
_LEADING = frozenset(("the", "a", "an", "its", "his", "her", "their", "all", "both", "against", "with"))
_ADVERBS = frozenset(("also", "never", "still", "however", "too", "itself", "has", "had"))
_SPEECH = frozenset(
    ("said", "says", "say", "stated", "states", "added", "adds", "stressed", "noted", "claimed", "argued", "believes",
     "thinks", "announced", "declared", "insisted", "confirmed", "reported", "is", "was", "are",
     "were", "has", "have", "had", "did", "does", "do", "will", "would", "can", "could", "not")
)  # fmt: skip
_DOC = re.compile(r"^[0-9A-Za-z]+")


def author(report: Report) -> str:
    """The author of a report by name, or as its unnamed author."""
    head = _DOC.match(report.doc)
    return report.author or f"author of {head[0] if head else report.doc} (unnamed)"


def holder(words: Words, mode: str, start: int, end: int, speaker: str | None) -> str | None:
    """Who holds the position that characters `start` to `end` of the clean text express, by the rule's `mode`."""
    first, last = words.numbers(start, end)
    floor, ceiling = words.sentence(min(first, len(words) - 1))
    if mode == "speaker":
        return speaker or _opinion(words, floor, first) or author(words.report)
    if mode == "first":
        held = words.named(first, last) or words.named(last, ceiling)
        return held[0][1].actor if held else None
    if mode == "lead":
        lead = main_subject(words, floor, first)
        return speaker or (lead.actor if lead is not None else None)
    if mode == "western":
        return next((m.actor for _, m in reversed(words.named(floor, first)) if _west(m)), None)
    found = _claimant(words, floor, first) if mode == "claimant" else _subject(words, floor, first, last)
    if found is None and mode == "owner":
        found = _owner(words, last, ceiling)
    if found is not None and found.code and _of_country(words, floor, first):
        return state_names().get(found.code, found.actor)
    return found.actor if found is not None else speaker


def _of_country(words: Words, floor: int, first: int) -> bool:
    """Whether "his country" or "their government" stands just before a phrase."""
    return any(
        words.word(at) in _COUNTRY and words.word(at - 1) in _THEIR
        for at in range(max(floor + 1, first - 4), first)
    )


def _opinion(words: Words, floor: int, first: int) -> str | None:
    """Who sees it so, where a sentence tells an opinion without quoting it: "some in Oslo see it as a game"."""
    verb = next((at for at in range(first, max(floor, first - 16), -1) if words.word(at) in _OPINES), None)
    if verb is None:
        return None
    vague = next(
        (at for at in range(verb - 1, max(floor, verb - 6) - 1, -1) if words.word(at) in _VAGUE), None
    )
    if vague is not None:
        return f"{' '.join(words.text[words.start[vague] : words.end[verb - 1]].split()).lower()} (unnamed)"
    held = [row for row in words.named(floor, verb) if governed(words, row[0]) is None]
    return held[-1][1].actor if held and held[-1][1].kind in ("person", "group") else None


def _west(mention: Mention) -> bool:
    return mention.code in _WESTERN or mention.actor in ("the West", "NATO", "European Union")


def _subject(words: Words, floor: int, first: int, last: int) -> Mention | None:
    """The subject of the clause: its possessor or pronoun, else the last free name before it in the sentence."""
    beside = words.mention[first - 1] if first else None
    if beside is not None and beside.form not in ("pronoun", "demonym"):
        number = next((at for at in range(first - 1, 0, -1) if words.mention[at - 1] is not beside), 0)
        if governed(words, number) is None and words.word(number - 1) != "and":
            return beside
    inside = [one for _, one in words.named(first, last) if one.form == "pronoun"]
    if inside and words.low[first] not in ("if", "the"):
        return inside[0]
    before = [row for row in words.named(floor, first) if row[1].form != "demonym" or row[1].kind == "group"]
    free = [row for row in before if governed(words, row[0]) in (None, "of")]
    acting = [row for row in free if not _acted_on(words, row, first)]
    near = [row for row in acting if not _cut(words, row[0], first)]
    for held in (near, acting, free, before):
        if held:
            return _first_of_pair(words, held)
    return inside[0] if inside else None


def _acted_on(words: Words, row: tuple[int, Mention], first: int) -> bool:
    """Whether a name is what the verb before it acts on, alone or as the second of two, and no subject."""
    number, mention = row
    past = number
    while past < first and words.mention[past] is mention:
        past += 1
    if past >= first or words.verb_like(past) or words.word(past) in _ADVERBS or mention.form == "pronoun":
        return False
    if any(
        words.word(number - back) == "of" and words.word(number - back - 1) in _UNDERGONE for back in (1, 2)
    ):
        return True
    if words.word(number - 1) == "and" and (before := words.mention[number - 2]) is not None:
        number = next(
            at for at in range(number - 2, -1, -1) if at == 0 or words.mention[at - 1] is not before
        )
        if governed(words, number) not in (None, "of"):
            return True
    at = number - 1
    while at >= max(number - 3, 0) and words.mention[at] is None and words.word(at) in _LEADING:
        at -= 1
    return at >= 0 and words.verb_like(at) and words.word(at) not in _SPEECH


def _first_of_pair(words: Words, held: list[tuple[int, Mention]]) -> Mention:
    """The last name, or the one that an "and" ties to it."""
    if len(held) > 1:
        between = [
            words.low[at] for at in range(held[-2][0], held[-1][0]) if words.mention[at] is not held[-2][1]
        ]
        if between == ["and"]:
            return held[-2][1]
    return held[-1][1]


def _cut(words: Words, number: int, first: int) -> bool:
    return any(words.low[at] in BREAKS and not words.inner(at) for at in range(number, first))


def _claimant(words: Words, floor: int, first: int) -> Mention | None:
    """Who alleges: the last person before, else the first named."""
    before = [one for _, one in words.named(floor, first)]
    people = [one for one in before if one.kind == "person"]
    return people[-1] if people else (before[0] if before else None)


def _owner(words: Words, last: int, ceiling: int) -> Mention | None:
    """Whose stance is explained after it: "this is the position taken by Norway"."""
    held = [row for row in words.named(last, ceiling) if governed(words, row[0]) in ("by", "of")]
    return held[0][1] if held else None
