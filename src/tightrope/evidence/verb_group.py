"""A verb with what stands before it: auxiliaries, negation, and the verb that it depends on ("refused to join")."""

from __future__ import annotations

from typing import NamedTuple

from tightrope.evidence.clause import Words
from tightrope.evidence.clause_words import (
    ADVERBS,
    AUXILIARIES,
    CONTROLS,
    DETERMINERS,
    MODALS,
    NEGATIONS,
    OPENING,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    WISHES,
)
from tightrope.evidence.found import Realis

_each = str.split  # a row of words reads better than a list of them
_EDGES = frozenset((",", ";", ":", ".", "–", "—"))
_HEADS = frozenset(
    (
        "policy",
        "regime",
        "list",
        "package",
        "packages",
        "pressure",
        "relief",
        "campaign",
        "talks",
        "group",
        "plan",
    )
)
_ENDS = frozenset((";", ":", ".", "that", "which", "who", "because", "while", "but"))
_NO_NOUNS = frozenset(("and", "or", "but", "so", "now", "than", "is", "not"))
_RANKS = frozenset(("first", "second", "third", "fourth", "fifth", "latest", "last", "only"))
_NOBODY = frozenset(("neither", "nobody"))
_THEM = frozenset(("them", "him", "her", "us"))
_KEPT = ("abstain", "refrain", "desist")
_DAYS = frozenset(_each("monday tuesday wednesday thursday friday saturday sunday"))
_BE = frozenset(_each("is are was were be been being 's isn't aren't wasn't weren't am get got gets"))
_NOUNS = {
    **dict.fromkeys(("decision", "decisions", "choice", "move"), "happened"),
    **dict.fromkeys(
        (
            "attempt",
            "attempts",
            "plan",
            "plans",
            "intention",
            "desire",
            "effort",
            "efforts",
            "bid",
            "willingness",
            "readiness",
        ),
        "planned",
    ),
    **dict.fromkeys(("refusal", "failure", "reluctance"), "denied"),
    **dict.fromkeys(("promise", "promises", "pledge", "pledges", "vow", "commitment", "offer"), "promised"),
    **dict.fromkeys(("threat", "threats", "right"), "hypothetical"),
}
REFUSALS = frozenset(
    _each(
        "refuse refuses refused refusing decline declines declined declining out avoid avoids avoided "
        "avoiding refusal"
    )
)


class Group(NamedTuple):
    """The verb at word `head` with its auxiliaries from word `first` on, and what they make of the act."""

    first: int
    head: int
    shape: str
    negated: bool
    modal: Realis | None
    control: str | None
    control_word: str | None
    passive: bool
    infinitive: bool
    bare: bool


def group(words: Words, head: int, shape: str, floor: int) -> Group:
    """The group of the verb at word `head`, no further back than word `floor`."""
    at = head - 1
    negated = passive = infinitive = auxiliary = False
    modal: Realis | None = None
    control = control_word = None
    while at >= floor:
        word = words.low[at]
        if word == "'s" and words.word(at - 1) not in PRONOUNS:
            break  # a possessor
        if word in OPENING and auxiliary | negated and words.word(at - 1) in AUXILIARIES:
            at -= 1  # does “not recognise”
            continue
        if word in NEGATIONS or word in AUXILIARIES:
            negated = negated or word in NEGATIONS
            modal = modal or MODALS.get(word)
            passive = passive or (word in _BE and control is None and shape in ("past", "part"))
            auxiliary = True
        elif word == "to":
            infinitive = True
        elif infinitive and word in _DAYS:  # failed on Monday to adopt
            at -= words.word(at - 1) == "on"
        elif word in CONTROLS and _controls(words, at, infinitive or shape == "ing" or control is not None):
            control, control_word = control or _direct(word), control_word or word
        elif not (word in ADVERBS or (word.endswith("ly") and words.mention[at] is None)):
            break
        at -= 1
    first = at + 1
    if infinitive and control is None:
        first, control, control_word = _over_object(words, at, first, floor)
    elif shape == "base" and first == head and at >= floor and words.word(at) in ("and", "or", "nor"):
        control, control_word = _coordinate(words, at, floor)
        if control is None:
            modal, negated = _shared(words, at, floor)
    elif shape == "ing" and at >= floor and words.word(at) == "from" and words.word(at - 1).startswith(_KEPT):
        control, control_word = "denied", "refuse"
    negated = negated or _inverted(words, at)
    bare = not (auxiliary or infinitive or control)
    negated = negated or not _NOBODY.isdisjoint(words.low[head + 1 : head + 3])
    return Group(first, head, shape, negated, modal, control, control_word, passive, infinitive, bare)


def _inverted(words: Words, at: int) -> bool:
    """Whether a denial stands before the subject that ends at word `at`: "nor has it joined", "neither it nor Chad"."""
    named = words.mention[at] if at >= 0 else None
    if named is None:
        return False
    while at > 0 and words.mention[at - 1] is named:
        at -= 1
    if words.word(at - 1) in ("neither", "nor"):
        return True
    return words.word(at - 1) in AUXILIARIES and words.word(at - 2) in ("nor", "neither", "never", "hardly")


def _controls(words: Words, at: int, open_: bool) -> bool:
    """Whether the word at `at` is a verb or adjective on which the verb after it depends, and not a noun."""
    word = words.word(at)
    if word not in CONTROLS or not open_ or words.mention[at] is not None:
        return False
    if word in ("has", "have"):
        return words.word(at + 1) == "to"
    before = words.word(at - 1) if at else ""
    return before not in DETERMINERS and before != "'s" and (before not in PREPOSITIONS or before == "to")


def _direct(word: str) -> str:
    return "planned" if word in WISHES else CONTROLS[word]


def _over_object(words: Words, at: int, first: int, floor: int) -> tuple[int, str | None, str | None]:
    """What governs an infinitive over its object or as a noun: "asked it to", "the decision to", "the first to"."""
    if at >= floor and words.word(at) in _NOUNS:
        return at, _NOUNS[words.word(at)], words.word(at)
    if at >= floor and words.word(at) in ("and", "or", "nor"):
        return first, *_coordinate(words, at, floor)
    object_ = False
    for place in range(at, max(floor, at - 7) - 1, -1):
        word = words.word(place)
        if word in (",", ";"):
            break
        if word in _RANKS and words.word(place - 1) == "the":
            return first, "happened", word  # "the first state to recognise"
        object_ = object_ or words.mention[place] is not None or word in ("them", "us", "him", "her", "it")
        if word in CONTROLS and words.mention[place] is None and object_:
            told = CONTROLS[word]
            return first, (told if told in ("promised", "forced") else "asked"), word
    return first, None, None


def _coordinate(words: Words, at: int, floor: int) -> tuple[str | None, str | None]:
    """What governs the first of two infinitives governs the second: "refused to join or to pay"."""
    for place in range(at - 1, max(floor, at - 12), -1):
        if words.word(place) == "to" and words.word(place - 1) in CONTROLS:
            word = words.word(place - 1)
            return _direct(word), word
    return None, None


def _shared(words: Words, at: int, floor: int) -> tuple[Realis | None, bool]:
    """The modal verb and the negation that a plain form shares with one before: "will not pay or apologise"."""
    for place in range(at - 1, max(floor, at - 30) - 1, -1):
        word = words.word(place)
        if word in MODALS:
            near = words.low[max(floor, place - 1) : place + 3]
            return MODALS[word], any(each in NEGATIONS for each in near)
        if word in _ENDS:
            break
    return None, False


def is_verb(words: Words, one: Group, noun_too: bool) -> bool:
    """Whether the form at the head is a verb here, and not an adjective or (where it may be one, `noun_too`) a noun."""
    place = (one.first if one.bare else one.head) - 1
    before = words.word(place) if place >= 0 else ""
    mention = words.mention[place] if place >= 0 else None
    if one.shape in ("past", "part"):
        return _past_is_verb(words, one, before)
    if one.shape == "ing":
        following = words.word(one.head + 1) if one.head + 1 < len(words) else ""
        if one.bare and (following in AUXILIARIES or following == "of"):
            return False
        return before not in DETERMINERS and before != "'s" and (mention is None or mention.form != "demonym")
    if one.shape == "base" and words.word(one.head - 1) in _BE:
        return False  # is back
    if not one.bare:
        return True
    if before in RELATIVES:
        return True
    if before in DETERMINERS or before == "'s" or (before in PREPOSITIONS and before != "to"):
        return False
    if one.shape == "s" and noun_too and not _takes_object(words, one.head + 1):
        return False  # "the EU sanctions policy", not "the EU sanctions Iran"
    if mention is not None:
        return mention.form != "demonym" or mention.kind == "group" or before.endswith("s")
    if before in ("and", "or", "nor"):
        shared = one.control is not None or one.modal is not None
        return one.shape == "s" or shared or _plain_before(words, place)
    if before in PRONOUNS or before in (",", ")", "]"):
        return before != "this"
    if one.shape == "s":
        return before.isalpha() and not noun_too
    return _plural_subject(words, place)


def _takes_object(words: Words, at: int) -> bool:
    """Whether an object follows, or nothing that speaks for a noun: "supports dialogue", "the EU sanctions policy"."""
    following = words.word(at)
    named = words.mention[at] if at < len(words) else None
    if named is not None or following in DETERMINERS or following in PRONOUNS or following in _THEM:
        return True
    noun = following in PREPOSITIONS or following in PARTICIPLES or following in _HEADS or words.verb_like(at)
    return following.isalpha() and not noun and not _has_article(words, at - 2)


def _has_article(words: Words, number: int) -> bool:
    """Whether the name that ends at word `number` has an article, or is none."""
    named = words.mention[number] if number >= 0 else None
    while number > 0 and words.mention[number - 1] is named:
        number -= 1
    return named is None or words.word(number) in DETERMINERS or words.word(number - 1) in DETERMINERS


def _plain_before(words: Words, place: int) -> bool:
    """Whether another plain form stands before an "and": "will meet and discuss", "they trade and invest"."""
    ahead = words.low[max(0, place - 12) : place]
    return any(word in MODALS or word in ("to", "they", "we", "do", "not") for word in ahead)


def _plural_subject(words: Words, place: int) -> bool:
    """Whether actors in the plural are named shortly before, with no verb in between: "officials at times call for"."""
    for at in range(place, max(-1, place - 8), -1):
        mention = words.mention[at]
        if words.word(at) in _EDGES or (mention is None and words.verb_like(at)):
            return False
        if mention is not None:
            return words.word(at).endswith("s") and (mention.kind == "group" or mention.form == "anonymous")
        if at == place and words.word(at).endswith("s") and not words.word(at).endswith(("ss", "us")):
            return True
    return False


def _takes_up(words: Words, place: int) -> bool:
    """Whether the "that" at a place takes up a noun: "the states that voted", not "he said that proposed laws"."""
    noun = words.word(place - 1)
    return (
        words.word(place) == "that"
        and noun.isalpha()
        and noun not in PREPOSITIONS
        and noun not in _NO_NOUNS
        and not words.verb_like(place - 1)
    )


def _past_is_verb(words: Words, one: Group, before: str) -> bool:
    if one.bare and (
        (before in DETERMINERS and not _takes_up(words, one.first - 1))
        or (before in PREPOSITIONS and before not in ("to", "since", "after", "before"))
    ):
        return False
    # "The proposed reforms", "citing alleged abuse": an adjective.
    if one.bare and (before == "'s" or (before.endswith("ing") and words.mention[one.head - 1] is None)):
        return False
    if one.shape == "part":
        return not one.bare or one.passive
    following = words.word(one.head + 1) if one.head + 1 < len(words) else ""
    return not (one.bare and before in RELATIVES and following == "")
