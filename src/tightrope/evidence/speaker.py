"""Who says it: the subject of a verb of saying, found among the mentions around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tightrope.evidence.found import Mention
from tightrope.evidence.speech_words import (
    ADVERB,
    DAYS,
    LEADING_PREPOSITION,
    NOBODY,
    PASTS,
    after_preposition,
    any_of,
)


class Speaker(NamedTuple):
    """Who says something, and where that is printed."""

    actor: str | None
    start: int
    end: int
    kind: str = "person"


_ADVERB = re.compile(rf" {ADVERB}\b")
_TAIL = re.compile(
    rf"(?: *\b{ADVERB}\b| *\([^()]*\)| on [A-Z]\w+day|, (?:however|though|too|meanwhile)(?=,)| *,)*\s*$"
)
_LAST_ADVERB = re.compile(rf"\b{ADVERB}$")
_PRONOUN = re.compile(r"(?:^|[\s,“(])(he|she|they|it|who|we|I)$", re.I)
_LONGEST = 6  # of a pronoun, with what stands on either side
_OWNED = re.compile(r"'s? ((?:[\w-]+ ){0,3}[\w-]+)$")
_BOUNDARY = re.compile(
    r"[;:”—–]|\b(?:but|because|although|though|while|whereas|since|that|when|if|and|so)\b(?=[^,]*$)", re.I
)
_AFTER_SUBJECT = re.compile(
    r"[,;:.“”(–—]|\b(?:in|on|at|during|after|before|to|when|while|as|who|with|about|from|that)\b"
)
_SUBJECTS = ("he", "she", "they", "it")
_ARTICLES = frozenset(("the", "a", "an"))
_MOST_WORDS = 7
# Behind the head of a long noun phrase: the centre for the region known as.
_AFTER_HEAD = re.compile(
    r" (?:of|for|in|at|from|to|with|by|on|who|which|that|where|known|called|based|\w+ing) "
)
_MARKED = re.compile("[¤“”‘’]")
# Who is named behind what he is: her son, Goran, said.
_BESIDE = re.compile(r", ([A-Z][\w'.-]*[\w'-](?: [A-Z][\w'.-]*[\w'-]){0,3})(?=[,.;“”]|,? (?:who|whose)\b|$)")
# What is written stands for who wrote it: a statement from the ministry.
_SHEETS = "statement letter note email e-mail message press.release communique communiqué post tweet memo"
_SENT = "issued released sent signed posted published written"
_WRITING = re.compile(
    rf"(?:[Aa]n?|[Tt]he|[Oo]ne)? ?(?:[a-z]+ )?{any_of(_SHEETS)} (?:{any_of(_SENT)} )?(?:by|from) "
)
# Some of them, whom a subject names by the way: critics, including the former governor, have called.
_AMONG = re.compile(
    r", (?:including|among them|such as|led by|along with|as well as|citing|quoting) [^:;“”]{3,120},$"
)
# Before a verb of saying: Otto used to say.
_WONT = re.compile(r" (?:used|likes?|liked|went on|goes on|(?:was|were) heard) to $")
# A subject before its apposition: one of the jurors, a retired nurse, told.
_FIRST_OF = re.compile(
    r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) [^,;:“”]{2,60}, an? $"
)
_AGED = re.compile(r"\d{1,3}-year-old(?: [a-z]+)?")
_BACK = 400
_PAUSE = re.compile(
    r"(?: (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| also| has| had| have| later| (?:last|this) [a-z]+){0,3}"
    r" ([a-z][\w-]*)"
)
_NEXT = re.compile(r" ([a-z][\w-]*)")
_OUTSIDE = ("name", "title", "anonymous", "metonym", "pronoun")


class Speakers:
    """Finds speakers among the mentions of a report."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text, self.mentions = text, mentions
        self._starts = [one.start for one in mentions]

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin in a stretch and end in it."""
        found = self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [one for one in found if one.end <= end]

    def before(self, start: int, end: int) -> Speaker | None:
        """The subject of a verb at `end`, in the stretch that leads up to it."""
        stretch = self.text[start:end]
        if stretch.endswith(" to ") and (wont := _WONT.search(stretch)):
            stretch = stretch[: wont.start() + 1]
        stretch = _TAIL.sub("", stretch, count=1) if _may_trail(stretch) else stretch.rstrip()
        if self.text[start + len(stretch) : start + len(stretch) + 1] == ",":
            among = _AMONG.search(self.text, start, start + len(stretch) + 1)
            stretch = stretch[: among.start() - start] if among else stretch
        end = start + len(stretch)
        return self._closer(self._before(stretch, start, end), end)

    def _closer(self, found: Speaker | None, limit: int) -> Speaker | None:
        """Whom the words around a speaker name: her son, Goran, is Goran, and a letter from the bank is the bank."""
        if found is None or found.end <= found.start:
            return found
        if found.kind == "unknown" and _AGED.fullmatch(found.actor or ""):
            return self._of_age(found) or found
        if found.kind == "unknown" and (sheet := _WRITING.match(self.text, found.start, limit)):
            return self._after(sheet.end() - 1, limit) or found
        last = self.text.rfind(" ", found.start, found.end) + 1 or found.start
        single = found.kind == "group" and self.text[found.end - 1] != "s"
        if (single or found.kind in ("unknown", "person")) and self.text[last].islower():
            beside = _BESIDE.match(self.text, found.end)
            return (self._beside(beside) if beside else None) or found
        return found

    def _of_age(self, found: Speaker) -> Speaker | None:
        """The person named last before an age that stands for him: the 60-year-old."""
        near = self.between(max(found.start - _BACK, 0), found.start)
        people = [one for one in near if one.kind == "person" and one.form in ("name", "title", "pronoun")]
        plain = [one for one in people if not after_preposition(self.text, one.start)] or people
        return found._replace(actor=plain[-1].actor, kind="person") if plain else None

    def _beside(self, named: re.Match[str]) -> Speaker | None:
        """The person whom words in capitals beside a description name, unless they name a place or a day."""
        start, end = named.span(1)
        if named[1].split()[0] in DAYS:
            return None
        near = self.between(start, end + 1)
        if near:
            return _speaker(near[0]) if near[0].kind == "person" and near[0].start == start else None
        return Speaker(named[1], start, end)

    def _before(self, stretch: str, start: int, end: int) -> Speaker | None:
        if pronoun := _PRONOUN.search(stretch, max(len(stretch) - _LONGEST, 0)):
            return self._pronoun(start, start + pronoun.start(1), end)
        if owned := self._owned(start, end):
            return owned
        apposed = self.text[end : end + 1] == "," or stretch.endswith(",")
        candidates = [one for one in self.between(start, end) if self._may_speak(one, end)]
        if not candidates:
            first = self.text.find(",", start, end)
            apposed = apposed and start < first
            return self._phrase(start, first if apposed else end) or self._phrase(start, end)
        if not apposed:
            last = self.text.rfind(",", start, end)
            near = [one for one in candidates if one.start > last]
            if near:
                return _speaker(self._head(near, end))
            if last >= 0 and (found := self._phrase(last + 1, end)) and end - last < 60:
                return found
        place = candidates[0].start
        if _FIRST_OF.fullmatch(self.text, start, place) or _FIRST_OF.fullmatch(
            self.text, start, min(place + 2, end)
        ):
            return self._phrase(start, self.text.index(",", start))
        people = [one for one in candidates if one.kind == "person"]
        named = [one for one in people if one.form != "anonymous"]
        return _speaker((named or people or candidates)[0])

    def after(self, start: int, end: int) -> Speaker | None:
        """The subject of an inverted verb that ends at `start`: said the minister."""
        return self._closer(self._after(start, end), end)

    def _after(self, start: int, end: int) -> Speaker | None:
        stretch = self.text[start:end]
        cut = _AFTER_SUBJECT.search(stretch)
        limit = start + (cut.start() if cut else len(stretch))
        if pronoun := re.match(r" *(he|she|they|I|we|it)\b", stretch):
            return self._pronoun(start, start + pronoun.start(1), start + pronoun.end(1))
        near = [one for one in self.between(start, limit) if self._may_speak(one, limit)]
        if near:
            return _speaker(self._head(near, limit))
        crossing = [one for one in self.between(start, end) if one.start < limit]
        if crossing and crossing[0].form != "demonym" and not self.text.startswith("'", crossing[0].end):
            return _speaker(crossing[0])
        return self._phrase(start, limit)

    def subject(self, start: int, end: int) -> Speaker | None:
        """The first that may be the subject of a stretch: of the main clause of a participle."""
        for one in self.between(start, end):
            if self._may_speak(one, end, acts=True) and one.form != "demonym":
                return _speaker(one)
        return None

    def _head(self, near: Sequence[Mention], end: int) -> Mention:
        """Of the mentions in one noun phrase, the one it is about: its person, else its last before a preposition."""
        people = [one for one in near if one.kind == "person" and one.form != "anonymous"]
        return (people or [one for one in near if one.form in ("anonymous", "title")] or list(near))[0]

    def _may_speak(self, one: Mention, end: int, acts: bool = False) -> bool:
        """Whether a mention may be a subject; `acts`: of any verb, which then may follow."""
        if one.form not in _OUTSIDE and one.kind != "group":
            return False
        after = self.text[one.end : one.end + 30]
        if after.startswith("'"):
            return False
        if one.form == "pronoun" and self.text[one.start : one.end].lower() not in _SUBJECTS:
            return False
        if one.kind != "person" and one.form != "anonymous":
            following = _PAUSE.match(after) if acts else _NEXT.match(after)
            verb = acts and following and (following[1].endswith(("ed", "s")) or following[1] in PASTS)
            if following and one.end < end and not verb and not _ADVERB.match(after):
                return False
        return not after_preposition(self.text, one.start)

    def _pronoun(self, start: int, place: int, end: int) -> Speaker | None:
        for one in self.between(place, end):
            if one.start == place:
                return _speaker(one)
        word = self.text[place:end].lower()
        if word == "who":
            people = [one for one in self.between(max(start, place - 250), place) if one.form != "demonym"]
            persons = [one for one in people if one.kind == "person"]
            return _speaker((persons or people)[-1]) if people else None
        return Speaker(None, place, end) if word in ("he", "she", "they", "it", "we", "i") else None

    def _owned(self, start: int, end: int) -> Speaker | None:
        """What belongs to somebody and speaks for him: the president's office."""
        stretch = self.text[start:end]
        found = _OWNED.search(stretch) if "'" in stretch else None
        if found is None or found.start() == 0:
            return None
        owner = next((one for one in self.between(start, end) if one.end == start + found.start()), None)
        if owner is None or any(one.start >= owner.end for one in self.between(start, end)):
            return None
        return Speaker(
            self.text[owner.start : end].removeprefix("the ").removeprefix("The "),
            owner.start,
            end,
            "unknown",
        )

    def _phrase(self, start: int, end: int) -> Speaker | None:
        """A noun phrase that is no known mention, taken as it stands."""
        stretch = self.text[start:end]
        start += max((found.end() for found in _BOUNDARY.finditer(stretch)), default=0)
        stretch = self.text[start:end]
        last = stretch.rfind(",")
        if last >= 0 and stretch[last + 1 :].strip():
            start += last + 1
        while start < end and self.text[start] in " ,“”":
            start += 1
        phrase = self.text[start:end].rstrip(" ,")
        if phrase.count(" ") >= _MOST_WORDS and (cut := _AFTER_HEAD.search(phrase, 4)):
            phrase = phrase[: cut.start()]
        words = phrase.split()
        if not 1 <= len(words) <= _MOST_WORDS or words[-1].lower() in NOBODY:
            return None
        if words[0].lower() in NOBODY - _ARTICLES or words[0] in DAYS or LEADING_PREPOSITION.match(words[0]):
            return None
        actor = " ".join(words[1:] if words[0].lower() in _ARTICLES else words)
        if not actor or _MARKED.search(actor):
            return None
        return Speaker(actor, start, start + len(phrase), "unknown")


def _may_trail(stretch: str) -> bool:
    """Whether a stretch may end with what stands between a subject and its verb, which is slow to look for."""
    stretch = stretch.rstrip()
    return (
        stretch.endswith((",", ")"))
        or stretch[-3:].lower() == "day"
        or _LAST_ADVERB.search(stretch, stretch.rfind(" ") + 1) is not None
    )


def _speaker(one: Mention) -> Speaker:
    return Speaker(one.actor, one.start, one.end, one.kind)
