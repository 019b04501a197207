"""Acts that nouns tell of: "the annexation of the island", "sanctions on the bank", "his visit to the capital"."""

from __future__ import annotations

from collections.abc import Iterator

from tightrope.evidence.act import Act, after, governed, phrase_start, trimmed
from tightrope.evidence.calendar_words import MONTHS
from tightrope.evidence.clause import Words, clause_end
from tightrope.evidence.clause_words import BREAKS, DETERMINERS, PARTICIPLES, SUBORDINATORS
from tightrope.evidence.found import Mention, Realis
from tightrope.evidence.lexicon import Lexicon, Noun, compiled

_each = str.split  # a row of words reads better than a list of them
_ON = ("against", "on", "upon", "to", "at", "with", "towards", "toward", "into", "targeting", "condemning")
# What is promised or asked for belongs to the noun: "its pledge to pay".
_PURPOSED = frozenset(("agree", "request"))
_MARKS = frozenset(("”", "“", '"', "»", "’"))
_TAKEN_BACK = (
    "withdr",
    "revok",
    "rescind",
    "retract",
    "renounc",
    "cancel",
    "suspend",
    "deny",
    "deni",
    "refus",
)
_STOPS = frozenset((",", "that", "as", "than", "“", "”", '"'))
_IN = ("in", "across", "over", "inside")
_UNREAL = frozenset(
    _each(
        "fear fears fearing threat risk risks possible potential prospect danger hypothetical future "
        "further eventual likely"
    )
)
_COMING = frozenset(_each("planned upcoming forthcoming scheduled announced intended"))


def noun_acts(words: Words, known: Lexicon) -> Iterator[Act]:
    """The acts that the nouns of a report tell of, in order."""
    for number in words.those_in(known.nouns):
        named = words.mention[number]
        if named is not None and named.form == "name":
            continue
        for noun in known.nouns[words.low[number]]:
            act = _reading(words, number, noun)
            if act is not None:
                yield act
                break


def _reading(words: Words, number: int, noun: Noun) -> Act | None:
    floor, ceiling = words.sentence(number)
    if number > floor and words.word(number - 1) in (
        "to",
        "will",
        "would",
        "not",
        "they",
        "we",
        "he",
        "it",
        "who",
    ):
        return None
    start = phrase_start(words, number, floor)
    if not _fits(words, number, noun, start, ceiling):
        return None
    told = noun.tail is not None and noun.tail.startswith("that")
    ends = clause_end(words, number, ceiling) if told else None
    last = ends or _phrase_end(words, number, ceiling, noun.type in _PURPOSED)
    source, target = _sides(words, number, noun, start, last)
    if not _enough(noun, source, target) and not _placed(words, start, number, noun):
        return None
    begin, end = trimmed(words, start, last)
    realis = noun.realis or _realis(words, start, number, floor)
    kind = "refuse_recognition" if noun.type == "recognise" and _withdrawn(words, start, floor) else noun.type
    return Act(begin, end, number, kind, realis, source, target, True, number, words.word(number))


def _withdrawn(words: Words, start: int, floor: int) -> bool:
    """Whether it is the end of what the noun names: "withdrew its recognition of"."""
    return any(word.startswith(_TAKEN_BACK) for word in words.low[max(floor, start - 2) : start])


def _fits(words: Words, number: int, noun: Noun, start: int, ceiling: int) -> bool:
    before = " ".join(words.low[start:number])
    if noun.head and not compiled(rf"\b{noun.head}\b").search(before):
        return False
    if noun.not_before and compiled(rf"\b{noun.not_before}\b").search(before):
        return False
    if noun.tail is None:
        return True
    rest = words.text[words.end[number] : words.end[min(ceiling, number + 14) - 1]].lstrip() + " "
    return compiled(noun.tail).match(rest) is not None


def _phrase_end(words: Words, number: int, ceiling: int, purposed: bool) -> int:
    """Past the last word of the noun phrase with the phrases, or the purpose, that hang on it."""
    at = number + (2 if words.word(number + 1) in _MARKS else 1)  # the mark that closes a name in quotes
    while at < min(ceiling, number + 22):
        if words.inner(at):
            at += 1
        elif words.word(at) in "([":
            closing = (to + 1 for to in range(at, min(ceiling, at + 14)) if words.low[to] in ")]")
            at = next(closing, at + 1)
        elif _stops(words, number, at, ceiling, purposed):
            break
        else:
            at += 1
    return at


def _stops(words: Words, number: int, at: int, ceiling: int, purposed: bool) -> bool:
    word = words.word(at)
    if word in BREAKS or word in SUBORDINATORS or word in _STOPS:
        return True
    if word == "by" and words.word(at + 1).endswith("ing"):
        return True
    following = words.mention[at + 1] if at + 1 < ceiling else None
    if word == "to":
        infinitive = following is None and words.word(at + 1) not in DETERMINERS
        return infinitive and words.word(at + 1) != "be" and not (purposed and at <= number + 2)
    if word == "and" and words.word(number + 1) == "between" and "and" not in words.low[number + 2 : at]:
        return False
    if word in ("and", "or", "but", "nor"):
        return following is None or _verb_soon(words, at + 2, ceiling)
    return words.verb_like(at) and word not in PARTICIPLES and word not in ("'s", "be")


def _verb_soon(words: Words, at: int, ceiling: int) -> bool:
    return any(
        words.verb_like(place) and words.word(place) != "'s" for place in range(at, min(ceiling, at + 2))
    )


def _sides(
    words: Words, number: int, noun: Noun, start: int, last: int
) -> tuple[Mention | None, Mention | None]:
    roles: dict[str, Mention] = {}
    for place, mention in words.named(start, number):
        if not _owns(words, mention, place, number):
            continue
        role = noun.demonym if mention.form == "demonym" else noun.possessor
        roles.setdefault("target" if place and words.word(place - 1).startswith("anti") else role, mention)
    between = _pair(words, number, last)
    if between:
        return between
    source = after(words, ("by",), number + 1, last)
    target = after(words, _ON, number + 1, last)
    whence = after(words, ("from",), number + 1, last)
    if whence is not None:
        roles.setdefault(noun.whence, whence)
    of = after(words, ("of",), number + 1, min(last, number + 6))
    if of is not None and noun.of in ("source", "target"):
        roles.setdefault(noun.of, of)
    if target is None and "target" not in roles:
        target = after(words, _IN, number + 1, last)
    return roles.get("source") or source, target or roles.get("target")


def _owns(words: Words, mention: Mention, place: int, number: int) -> bool:
    """Whether a name before a noun is its possessor: by form, by its place next to it, or as an abbreviation."""
    if mention.form != "name":
        return True
    after_ = next(at for at in range(place, number + 1) if words.mention[at] is not mention)
    return words.word(after_) == "'s" or after_ == number or words.text[mention.start : mention.end].isupper()


def _pair(words: Words, number: int, last: int) -> tuple[Mention, Mention] | None:
    if words.low[number + 1 : number + 2] != ["between"]:
        return None
    held = words.named(number + 2, last)
    return (held[0][1], held[1][1]) if len(held) > 1 else None


def _enough(noun: Noun, source: Mention | None, target: Mention | None) -> bool:
    if noun.need == "none":
        return True
    if noun.need == "both":
        return source is not None and target is not None
    if noun.need == "source":
        return source is not None
    if noun.need == "entity":
        return target is not None and target.kind == "entity"
    return source is not None or target is not None


def _placed(words: Words, start: int, number: int, noun: Noun) -> bool:
    """Whether a place or a time is named that is no actor: "protests in Almaty", "the January unrest"."""
    if noun.need not in ("soft", "none"):
        return False
    if any(
        word[:3] in MONTHS and len(word) > 2 and words.text[words.start[start + at]].isupper()
        for at, word in enumerate(words.low[start:number])
    ):
        return True
    ahead = words.word(number + 1)
    return (
        ahead in ("in", "across")
        and number + 2 < len(words)
        and words.text[words.start[number + 2]].isupper()
    )


def _realis(words: Words, start: int, number: int, floor: int) -> Realis:
    if words.low[number + 1 : number + 3] == ["to", "be"] or words.low[start - 1 : start] == ["if"]:
        return "hypothetical"
    near = set(words.low[max(floor, start - 3) : number])
    if near & _UNREAL:
        return "hypothetical"
    if near & _COMING:
        return "planned"
    return "denied" if "no" in near and governed(words, number) is None else "happened"
