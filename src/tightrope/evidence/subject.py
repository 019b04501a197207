"""Who does what a verb tells: the subject of its clause, over relatives, participles and appositions."""

from __future__ import annotations

from tightrope.evidence.act import governed, phrase_start
from tightrope.evidence.clause import Words
from tightrope.evidence.clause_words import BREAKS, CLOSING, OPENING, RELATIVES, SUBORDINATORS
from tightrope.evidence.found import Mention
from tightrope.evidence.verb_group import Group

_each = str.split  # a row of words reads better than a list of them
_GENERIC = frozenset(
    _each("government authorities country leadership state regime nation cabinet republic president leader")
)
_OWNERS = frozenset(_each("'s the a its his their her"))
_DASHES = frozenset((",", "–", "—", ")"))
_STOPS = BREAKS | SUBORDINATORS | {",", "that", "as", "than", "“", "”", '"'}
_JOINTS = frozenset(("and", "or", "nor", "then", "but"))

Found = tuple[Mention | None, int]


def subject_of(words: Words, one: Group, bounds: tuple[int, int], subject: Mention | None) -> Found:
    """Who does it, and the word at which the telling of the act begins; `subject` did what was told before."""
    floor, before = bounds[0], words.word(one.first - 1) if one.first > bounds[0] else ""
    if _planned_by_noun(words, one) and before in _OWNERS:
        return _of_noun(words, one, floor)
    if before in RELATIVES:
        return _antecedent(words, one, floor) or subject, one.first
    if one.control == "forced" and one.infinitive:
        held = words.named(max(floor, one.first - 8), one.first)
        return (held[-1][1] if held else subject), one.first
    beside = _beside(words, one, floor, before)
    if beside is not None:
        return beside
    infinitive = one.infinitive and one.control is None
    if before in _JOINTS or infinitive or _participle(words, one, before):
        strong = next((at for at in range(one.first - 1, floor, -1) if words.word(at) in (";", ":")), floor)
        near = main_subject(words, strong, one.first) if strong > floor else None
        return near or subject or main_subject(words, floor, one.first) or _later(
            words, one, bounds
        ), one.first
    if before in _DASHES:
        return _over_apposition(words, one, floor, before) or subject, one.first
    return _before(words, one, floor, subject)


def _planned_by_noun(words: Words, one: Group) -> bool:
    """Whether a noun governs the verb: "the decision to cancel"."""
    return (
        bool(one.control_word)
        and words.word(one.first) == one.control_word
        and one.infinitive
        and one.control != "denied"
    )


def _of_noun(words: Words, one: Group, floor: int) -> Found:
    start = phrase_start(words, one.first, floor)
    inside = words.named(start, one.first)
    return (
        inside[0][1] if inside else words.mention[one.first - 1] or main_subject(words, floor, start)
    ), start


def _beside(words: Words, one: Group, floor: int, before: str) -> Found | None:
    """The name right before a participle; or before "for", where somebody is blamed "for doing" it."""
    if one.shape != "ing" or not one.bare or one.first <= floor:
        return None
    blamed = words.mention[one.first - 2] if before == "for" and one.first - 2 >= floor else None
    if blamed is not None:
        return blamed, one.first
    named = words.mention[one.first - 1]
    if named is None or named.form == "demonym":
        return None
    return named, phrase_start(words, one.first - 1, floor)


def _participle(words: Words, one: Group, before: str) -> bool:
    return (
        (one.shape == "ing" and one.bare) or words.word(one.first).endswith("ing") or before in SUBORDINATORS
    )


def _before(words: Words, one: Group, floor: int, subject: Mention | None) -> tuple[Mention | None, int]:
    """The subject in the noun phrase before the verb, and where that phrase begins."""
    at = one.first - 1
    if at < floor:
        return None, one.first
    if words.word(at) in OPENING and words.word(one.head + 1) in CLOSING:
        at -= 1  # Norway “warned” Sweden
    while at >= floor and words.low[at] not in _STOPS:
        at -= 1
    held = [
        row for row in words.named(at + 1, one.first) if row[1].form != "demonym" or row[1].kind == "group"
    ]
    held = held or words.named(at + 1, one.first)
    free = [row for row in held if governed(words, row[0]) in (None, "of")]
    chosen = _owner(words, free) if free else (held[0] if held else None)
    start = (
        phrase_start(words, one.first - 1, at + 1)
        if chosen is None
        else phrase_start(words, chosen[0], at + 1)
    )
    if chosen is not None:
        return chosen[1], start
    generic = any(word in _GENERIC for word in words.low[start : one.first])
    return (subject or main_subject(words, floor, start) if generic else None), start


def _owner(words: Words, free: list[tuple[int, Mention]]) -> tuple[int, Mention]:
    """The last name, or the one that it only explains: the president in "the president of the bloc"."""
    chosen = free[-1]
    if len(free) > 1:
        number, before = free[-2]
        held = [words.word(at) for at in range(number, chosen[0]) if words.mention[at] is not before]
        if held and held[0] in ("of", "and") and all(word in ("of", "the", "and") for word in held):
            return free[-2]
    return chosen


def main_subject(words: Words, floor: int, before: int) -> Mention | None:
    """The likely subject of the sentence's main clause: the first actor there that no preposition governs."""
    held = words.named(floor, before)
    free = [one for number, one in held if governed(words, number) is None and one.form != "demonym"]
    return free[0] if free else (held[0][1] if held else None)


def _later(words: Words, one: Group, bounds: tuple[int, int]) -> Mention | None:
    """The subject of the main clause that follows a participle at the start of a sentence."""
    comma = next((at for at in range(one.head, bounds[1]) if words.word(at) == ","), None)
    return None if comma is None else main_subject(words, comma + 1, bounds[1])


def _over_apposition(words: Words, one: Group, floor: int, mark: str) -> Mention | None:
    """The name before an apposition that ends right before the verb: "Petrov, head of the office, refused"."""
    opening = "(" if mark == ")" else mark
    for at in range(one.first - 2, floor, -1):
        if words.word(at) == opening:
            held = words.named(max(floor, at - 6), at)
            return held[-1][1] if held else None
    held = words.named(floor, one.first)
    return held[0][1] if held else None


def _antecedent(words: Words, one: Group, floor: int) -> Mention | None:
    """Whom a relative pronoun takes up: the name before it, or the one that an apposition before it explains."""
    at = one.first - 2
    held = words.named(max(floor, at - 13), at + 1)
    if not held:
        return None
    number, last = held[-1]
    if words.mention[at] is last and last.form in ("anonymous", "title"):
        before = words.mention[number - 2] if words.word(number - 1) == "," else None
        return before or last
    if words.mention[at] is not None:
        return last
    comma = next((place for place in range(at, max(floor, at - 7), -1) if words.word(place) == ","), None)
    if comma is not None and words.mention[comma - 1] is not None:
        return words.mention[comma - 1]
    return last
