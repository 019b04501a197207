"""An act that a verb or a noun of a report tells of, in words and mentions, before it is an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tightrope.evidence.clause import Words
from tightrope.evidence.clause_words import BREAKS, DETERMINERS, PREPOSITIONS
from tightrope.evidence.found import Mention, Realis

_JOINTS = frozenset(("and", "or", "that", "but", "nor", "which", "who", "why", "how"))
_TRIM = frozenset(",;:–—-“”\"‘’'«»()[]…")


class Act(NamedTuple):
    """Words `first` to `last` (excluded) tell of it, word `head` names it; `nominal` if that is a noun."""

    first: int
    last: int
    head: int
    type: str
    realis: Realis
    source: Mention | None
    target: Mention | None
    nominal: bool = False
    # `name` is the word at the head; the words up to `reach` belong to the
    # reading, and a noun among them is not an act of its own.
    reach: int = 0
    name: str = ""


def governed(words: Words, number: int) -> str | None:
    """The preposition that the name at word `number` depends on, over its article and adjectives; None without one."""
    at = number - 1
    for _ in range(4):
        if at < 0:
            return None
        word = words.word(at)
        if word in PREPOSITIONS:
            return word
        if word in BREAKS or word == "," or words.verb_like(at) or word in ("and", "or", "that"):
            return None
        at -= 1
    return None


def after(words: Words, markers: Iterable[str], first: int, last: int) -> Mention | None:
    """The first actor named after one of the words `markers` within words `first` to `last`."""
    held = words.low[first:last]
    for marker in markers:
        if marker not in held:
            continue
        for at, word in enumerate(held, first):
            if word == marker and (found := _next(words, at + 1, last, marker)) is not None:
                return found
    return None


def _next(words: Words, first: int, last: int, marker: str) -> Mention | None:
    passed = ("of",) if marker in ("of", "from") else ("of", "from", "in")
    for number, mention in words.named(first, min(last, first + 9)):
        between = words.low[first:number]
        if not any(word in BREAKS or (word in PREPOSITIONS and word not in passed) for word in between):
            return mention
    return None


def named_first(words: Words, first: int, last: int, but: Mention | None) -> Mention | None:
    """The first actor named among words `first` to `last` other than `but`."""
    return next(
        (
            one
            for _, one in words.named(first, last)
            if (but is None or one.actor != but.actor) and one.kind != "outlet"
        ),
        None,
    )


def direct_object(words: Words, first: int, last: int) -> Mention | None:
    """The actor that follows a verb with no preposition but "of" in between."""
    for number, mention in words.named(first, last):
        between = words.low[first:number]
        if any((word in PREPOSITIONS and word != "of") or word in BREAKS or word == "to" for word in between):
            return None
        return mention
    return None


def phrase_start(words: Words, number: int, floor: int) -> int:
    """The first word of the noun phrase that word `number` belongs to: its article, adjectives and possessor."""
    at = number
    while at > floor and at > number - 9:
        before = words.word(at - 1)
        if before in _TRIM or before in BREAKS or before == ",":
            break
        if before == "of" and at - 2 >= floor and words.word(at - 2) not in PREPOSITIONS and at < number:
            at -= 2
            continue
        if before in PREPOSITIONS or before in _JOINTS or (words.verb_like(at - 1) and before != "'s"):
            break
        if at < number and before.endswith("ing") and len(before) > 5 and words.mention[at - 1] is None:
            break
        if at - 2 >= floor and words.word(at - 2) == "to" and words.mention[at - 1] is None:
            break  # an infinitive stands before its object
        at -= 1
        if words.word(at) in DETERMINERS and (at == floor or words.word(at - 1) not in ("all", "both")):
            break
    return at


def trimmed(words: Words, first: int, last: int) -> tuple[int, int]:
    """Words `first` to `last` without the marks at their edges."""
    while first < last and (words.low[first] in _TRIM or words.low[first] == "'s"):
        first += 1
    while last > first and words.low[last - 1] in _TRIM:
        last -= 1
    return first, last


def codes(mentions: Sequence[Mention | None]) -> tuple[str | None, ...]:
    """The states or names that some mentions come down to."""
    return tuple(None if one is None else (one.code or one.actor) for one in mentions)
