"""The words of a report and the clauses that they form, as far as those show without a parser."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tightrope.evidence.clause_words import (
    AUXILIARIES,
    BREAKS,
    CLOSING,
    DETERMINERS,
    NEGATIONS,
    OPENING,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    VERBS,
)
from tightrope.evidence.copy import lowered
from tightrope.evidence.found import Mention, Report
from tightrope.evidence.word import split

# Most words are plain, which the first branch sees at once; the others look for what is joined to a word.
_TOKEN = re.compile(
    r"([^\W_]++(?![\w'‑–-])|(?:[Aa]nti|[Pp]ro|[Ee]x|[Pp]ost|[Nn]on|[Pp]re)[-‑–](?=[A-Z])|\w+n't\b|[^\W_]+(?:[-‑–][^\W_]+)*|'(?:s|re|ve|ll|d|m)\b|\S)"
)
_LONGEST = 34
_JOINTS = frozenset(("and", "or", "but", "nor", "yet"))
# At no other word can a clause end; where it hangs on a participle or an infinitive, at a verb as well.
_HEEDED = BREAKS | OPENING | CLOSING | SUBORDINATORS | _JOINTS | {",", "as", "(", "["}
_VERBAL = (VERBS | AUXILIARIES) - {"'s", "be", "been"}
_MARKS = OPENING | CLOSING
_SENTENCE = 200


class Words:
    """The words of a report's clean text by number: in lower case, with place and mention.

    `lowered` is the text in lower case, every character where it stands in the text.
    """

    def __init__(self, report: Report, mentions: Sequence[Mention]) -> None:
        self.report = report
        self.text = report.text
        self.lowered = lowered(self.text)
        found, self.start, self.end = split(_TOKEN, self.text.replace("’", "'"))
        self.low = [word.lower() for word in found]
        self._many = len(found)
        self._bounds = self._sentences()
        self.mentions = mentions
        self.mention: list[Mention | None] = [None] * self._many
        for mention in mentions:
            for number in range(bisect_left(self.start, mention.start), bisect_left(self.start, mention.end)):
                before = self.mention[number]
                # The pronoun inside "his Russian counterpart" does not name the counterpart.
                if before is None or mention.end - mention.start > before.end - before.start:
                    self.mention[number] = mention

    def _sentences(self) -> list[tuple[int, int]]:
        """For each word the words of its sentence; for one before the first sentence, itself."""
        rows = self.report.sentences
        edges = [self.at(one.start) for one in rows] + [self._many]
        found = [(number, number + 1) for number in range(edges[0])]
        for one, (first, following) in zip(rows, pairwise(edges), strict=True):
            found += [(first, self.at(one.end))] * (following - first)
        return found

    def __len__(self) -> int:
        return self._many

    def word(self, number: int) -> str:
        """A word in lower case, nothing before the first and past the last."""
        return self.low[number] if 0 <= number < self._many else ""

    def at(self, place: int) -> int:
        """The number of the first word at a place of the text or after it."""
        return bisect_left(self.start, place)

    def numbers(self, start: int, end: int) -> tuple[int, int]:
        """The words between two places of the text, as first and past the last."""
        return bisect_left(self.start, start), bisect_left(self.start, end)

    def sentence(self, number: int) -> tuple[int, int]:
        """The words of the sentence in which a word stands."""
        first, last = self._bounds[number]
        if last - first <= _SENTENCE:
            return first, last
        # What goes on for hundreds of words is no sentence; it is taken in pieces, so that work stays in proportion.
        piece = first + (number - first) // _SENTENCE * _SENTENCE
        return piece, min(piece + _SENTENCE, last)

    def those_in(self, known: Mapping[str, object]) -> list[int]:
        """The numbers of the words that are among some."""
        present = known.keys() & set(self.low)
        return [number for number, word in enumerate(self.low) if word in present]

    def named(self, first: int, last: int) -> list[tuple[int, Mention]]:
        """The mentions that begin among words `first` to `last` (excluded), each with its first word."""
        found = []
        first = max(first, 0)
        before = self.mention[first - 1] if first else None
        for number, mention in enumerate(self.mention[first : max(last, first)], first):
            if mention is not None and mention is not before:
                found.append((number, mention))
            before = mention
        return found

    def inner(self, number: int) -> bool:
        """Whether a word goes on with the name that the one before it belongs to, as the stop in "St. Petersburg"."""
        return self.mention[number] is not None and self.mention[number] is self.mention[number - 1]

    def verb_like(self, number: int) -> bool:
        """Whether a word looks like the verb of a clause."""
        if number >= len(self):
            return False
        word = self.low[number]
        if word in VERBS or word in AUXILIARIES or word in NEGATIONS:
            return True
        if self.mention[number] is not None:
            return False
        return len(word) > 4 and word.endswith("ed") and self.low[number - 1] not in DETERMINERS


def clause_end(words: Words, number: int, last: int, bare: bool = True) -> int:
    """Past the last word of the clause whose verb is word `number`, within a sentence that ends before `last`.

    `bare`: what hangs on the verb is no clause of its own.
    """
    scare = words.word(number - 1) in OPENING and words.word(number + 1) in CLOSING
    inside = not scare and _quoted(words, number)
    loose = bare and (words.low[number].endswith("ing") or words.word(number - 1) == "to")
    opened = False
    place = number + (2 if scare else 1)
    while place < min(last, number + _LONGEST):
        word = words.low[place]
        verbal = loose and word in _VERBAL
        if not (verbal or word in _HEEDED) or words.inner(place):
            place += 1
            continue
        # What hangs on a participle or an infinitive ends where the sentence's own verb begins.
        if verbal and place > number + 2:
            return place
        if word in "([" and (close := _closing(words, place, last)):
            place = close
            continue
        if not inside and (word in OPENING or (opened and word in CLOSING)):
            opened = not opened  # a name or a part in quotation marks within the clause
            place += 1
            continue
        if word in CLOSING:
            return place if inside else place + 1
        if word in BREAKS or _ends_here(words, place, last):
            return place
        place += 1
    return place


def _closing(words: Words, place: int, last: int) -> int | None:
    mark = ")" if words.low[place] == "(" else "]"
    return next((at + 1 for at in range(place, min(last, place + 15)) if words.low[at] == mark), None)


def _quoted(words: Words, number: int) -> bool:
    """Whether a word stands within quotation marks that were opened in its sentence."""
    first, _ = words.sentence(number)
    marks = [word for word in words.low[first:number] if word in _MARKS]
    return bool(marks) and marks[-1] in OPENING and (marks[-1] != '"' or marks.count('"') % 2 == 1)


def _ends_here(words: Words, place: int, last: int) -> bool:
    word = words.low[place]
    if word == ",":
        return not _list_goes_on(words, place, last)
    if word in _JOINTS:
        return word in ("but", "yet") or _new_verb(words, place + 1, last)
    if word == "as":
        return words.low[place + 1 : place + 2] not in (
            ["a"],
            ["an"],
            ["the"],
            ["well"],
            ["part"],
            ["unfriendly"],
        ) and (words.mention[place + 1] is not None if place + 1 < len(words) else True)
    return word in SUBORDINATORS


def _list_goes_on(words: Words, place: int, last: int) -> bool:
    """Whether the comma at `place` stands between names of a list, and not at the end of a clause."""
    if words.mention[place - 1] is None and words.low[place - 1] not in ("]", ")"):
        return False
    at = place + 1
    while at < last and words.low[at] in ("and", "or", "nor", "the", "[", "neither"):
        if words.low[at] == "[" and (close := _closing(words, at, last)):
            at = close
            continue
        at += 1
    named = words.mention[at] if at < last else None
    return named is not None and named.form == "name" and not _followed_by_verb(words, at, last)


def _followed_by_verb(words: Words, at: int, last: int) -> bool:
    mention = words.mention[at]
    while at < last and words.mention[at] is mention:
        at += 1
    return at < last and words.verb_like(at)


def _new_verb(words: Words, at: int, last: int) -> bool:
    """Whether a new verb with or without its subject follows an "and"."""
    while at < last and (
        words.low[at].endswith("ly") or words.low[at] in ("also", "then", "even", "not", "thus")
    ):
        at += 1
    if at >= last:
        return True
    if words.low[at] in PRONOUNS or words.low[at] == "to" or words.verb_like(at):
        return True
    if words.low[at].endswith("ing") and words.low[at - 1] in ("and", "or") and words.mention[at] is None:
        return True
    ahead = range(at + 1, min(last, at + 6))
    for place in ahead:
        if words.low[place] in PREPOSITIONS or words.low[place] in BREAKS or words.low[place] == ",":
            return False
        if words.low[place] in AUXILIARIES or words.low[place] in VERBS:
            return True
    return False
