"""Whom he, she, they and it stand for, outside quotations; left out where it is not plain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tightrope.evidence.found import Mention
from tightrope.evidence.name import People
from tightrope.evidence.speech_words import after_preposition
from tightrope.evidence.word import Words

_each = str.split  # a row of words reads better than a list of them

_SINGLE = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
_MANY = frozenset(_each("they them their themselves"))
_THING = frozenset(_each("it its itself"))
_PRONOUNS = _MANY | _THING | frozenset(_SINGLE)
# What words for people tell of them.
_KIN = {
    **dict.fromkeys(
        _each(
            "father son husband brother uncle grandfather man boy king prince spokesman chairman businessman policeman "
            "congressman fisherman nephew gentleman widower"
        ),
        "m",
    ),
    **dict.fromkeys(
        _each(
            "mother daughter wife sister aunt grandmother woman girl queen princess spokeswoman chairwoman "
            "businesswoman policewoman congresswoman actress niece lady widow"
        ),
        "f",
    ),
}
# Somebody without a name who only comes up by the way: when an analyst asked, he snapped.
_ASIDE = re.compile(r"\b(?:when|after|if|as|once|before|while) $", re.I)
_BACK = 3
_FLIP = re.compile("[“”\n]")


def pronouns(words: Words, found: list[Mention], people: People) -> Iterator[Mention]:
    """The pronouns of a report for which one of the mentions is the plain choice."""
    by_sentence: dict[int, list[Mention]] = {}
    flips = [(found.start(), found.group() == "“") for found in _FLIP.finditer(words.report.text)]
    outside, inside = _Quoted(flips), _Quoted(flips)
    for one in found:
        # What is said names others than the one who says it.
        if not outside(one.start):
            by_sentence.setdefault(words.sentence(one.start), []).append(one)
    last: Mention | None = None
    for number in [number for number, low in enumerate(words.low) if low in _PRONOUNS]:
        low = words.low[number]
        if inside(words.start[number]) or (low in _THING and _expletive(words, number)):
            continue
        sentence = words.sentence(words.start[number])
        stands = _stands_for(words, number, sentence, by_sentence, people, last)
        stands = stands or _ahead(low, sentence, words, by_sentence, people)
        if stands:
            if low in _SINGLE and not is_oblique(words.report.text, stands):
                last = stands
                by_sentence.setdefault(sentence, [])
            yield Mention(
                words.start[number], words.end[number], stands.actor, stands.kind, "pronoun", stands.code
            )


def _stands_for(
    words: Words,
    number: int,
    sentence: int,
    by_sentence: dict[int, list[Mention]],
    people: People,
    last: Mention | None,
) -> Mention | None:
    low, place = words.low[number], words.start[number]
    for back in range((1 if low in _THING else _BACK) + 1):
        candidates = [
            one
            for one in by_sentence.get(sentence - back, ())
            if one.end <= place and _fits(low, one, people)
        ]
        if last and not back and low in _SINGLE:
            candidates = [one for one in candidates if one.form != "anonymous" or not _by_the_way(words, one)]
        if not candidates:
            continue
        plain = [one for one in candidates if not is_oblique(words.report.text, one)]
        # Within the sentence and before it, the first named is mostly its subject.
        subject = next((one for one in candidates if one in plain), candidates[0])
        sure = [one for one in plain if low in _SINGLE and people.gender.get(one.actor) == _SINGLE[low]]
        if sure and subject.actor not in people.gender:
            subject = sure[0]
        if low in _SINGLE and last and back and any(one.actor == last.actor for one in candidates):
            return next(one for one in candidates if one.actor == last.actor)
        return subject
    return last if low in _SINGLE and last and _fits(low, last, people) else None


def _by_the_way(words: Words, one: Mention) -> bool:
    return _ASIDE.search(words.report.text, max(one.start - 12, 0), one.start) is not None


def is_oblique(text: str, one: Mention) -> bool:
    """Whether a mention is no subject: somebody's, or what a preposition governs."""
    if text.startswith("'", one.end):
        return True
    return after_preposition(text, one.start)


def _ahead(
    low: str, sentence: int, words: Words, by_sentence: dict[int, list[Mention]], people: People
) -> Mention | None:
    """The first person named after a pronoun in its paragraph, where none was named before."""
    if low not in ("he", "she"):
        return None
    sentences = words.report.sentences
    for number in range(sentence, min(sentence + _BACK, len(sentences))):
        if sentences[number].paragraph != sentences[sentence].paragraph:
            return None
        for one in by_sentence.get(number, ()):
            if one.form == "name" and _fits(low, one, people):
                return one
    return None


def _expletive(words: Words, number: int) -> bool:
    """Whether an `it` stands for nobody: it is said, it was clear that."""
    return words.text[number].lower() == "it" and words.text[number + 1 : number + 2] in (
        ["is"],
        ["was"],
        ["seems"],
        ["remains"],
        ["appears"],
        ["would"],
    )


def _fits(low: str, one: Mention, people: People) -> bool:
    if low in _SINGLE:
        gender = people.gender.get(one.actor) or _KIN.get(one.actor.rsplit(" ", 1)[-1].lower(), _SINGLE[low])
        return one.kind == "person" and gender == _SINGLE[low]
    if low in _MANY:
        return one.kind == "group" or (one.kind in ("state", "institution") and one.form == "title")
    return one.kind in ("state", "institution", "entity") and one.form in ("name", "metonym", "title")


class _Quoted:
    """Tells whether a place of a text lies within a quotation; places must be asked for in order."""

    def __init__(self, flips: list[tuple[int, bool]]) -> None:
        self.flips = flips
        self.place, self.state = 0, False

    def __call__(self, at: int) -> bool:
        while self.place < len(self.flips) and self.flips[self.place][0] < at:
            self.state = self.flips[self.place][1]
            self.place += 1
        return self.state
