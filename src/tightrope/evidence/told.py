"""What is told in other words: that-clauses, according to, promises and calls; without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from tightrope.evidence.quotation import FILL, Unit
from tightrope.evidence.said import Said
from tightrope.evidence.saying import Cue
from tightrope.evidence.speaker import Speaker, Speakers
from tightrope.evidence.speech_words import (
    ASIDE,
    BACKWARD,
    CLAUSE_END,
    CONTENT_BEGINS,
    FELL,
    FINITE,
    NOT_CONTENT,
    NOUN_END,
    PLAIN,
    SAME_AS_NOUN,
    SETTING,
    SUBJECT_FIRST,
    TELLING,
    TELLS,
    WHEN,
    WHOM,
)

_THAT = re.compile(
    r"(?P<between>(?: [\w'.-]+){0,9}?(?:, [A-Z][^,;:“”]{1,40},)?),? that(?:,[^,]{2,60},)? (?=\S)"
)
_TO = re.compile(
    r"(?P<whom>(?: [\w'.-]+){0,8}?) "
    r"(?P<to>(?:not |never )?to (?!be sure\b|the\b|a\b|his\b|her\b|its\b|their\b)[a-z]\w+)"
)
_INFINITIVE = re.compile(r" (?:not |never )?to [a-z]+ (?!that\b)")
_RELATIVE = re.compile(r", (?:who|which|whose|whom|where)\b")
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[^,;:“”]{2,140}?)(?=,|[.?!]?$|;| – )")
_IMPERSONAL = re.compile(r"\b[Ii]t (?:is|was|has been) (?:\w+ly )?$")
_NO_NOUN = re.compile(
    r" (?:that|to|in|on|at|by|with|as|it|late|later|early|earlier|last|yesterday|today|[A-Z]\w+day)\b|[,.:;]| [“]"
)
_JOINED = re.compile(r"(?:\band|\bbut|,) (?:also |then |has |have |had )*$")
_AND = re.compile(r"\b(?:and|but) (?:also |then |later |has |have |had )?$")
# A subject of a few plain words with its verb: Rights groups welcomed.
_GROUP = re.compile(r" ?((?:The )?[A-Z]?[a-z]+(?: [a-z]+){0,2}) (?:have |has |had |also )?[a-z]+ed\b")
_NO_INVERSION = re.compile(r" (?:he|she|it|they|I|we) \w")
# What somebody does after all ends what he offers to do: offered to talk but refused to pay.
_TURNS = re.compile(r",? but (?:has |have |had |also |then )?[a-z]+ed\b")
_QUOTED_AS = re.compile(r"\b(?:quot|cit)(?:ed|es|ing)(?P<who> [^;:“”]{2,100}?),? as $")
_GOES_ON = re.compile(r" (?:and|but|or) (?:does|do|did|is|are|was|were|has|have|will|would)\b")
# So few words before an attribution in commas are only the beginning of what is said.
_BRIEF = 3
_SECOND = re.compile(", (?!who|which|a |an )")
_PART = re.compile(r"[”;:]| [–—] ")
_CLAUSE = re.compile(r"[;:] | [–—] |” ")
_OPENER = re.compile(r"(?:But|And|However|Yet|Also)")
_ENDS = re.compile(
    r"[.,;]|$| (?:in|on|at|during|to|after|last|late|early|earlier|this|yesterday|again|[A-Z]\w+day|\w+ly)\b"
)


class Told:
    """Finds what a unit tells without quoting it."""

    def __init__(self, unit: Unit, number: int, speakers: Speakers, taken: Sequence[Said]) -> None:
        self.unit, self.number, self.speakers = unit, number, speakers
        self.masked = unit.masked
        self.taken = taken
        self.done: list[Said] = []
        used = {one.cue.start for one in taken if one.cue}
        self.cues = [cue for cue in unit.cues if cue.start + unit.start not in used]
        self.all_cues = unit.cues

    def found(self) -> Iterator[Said]:
        """What the unit tells, in the order of its verbs."""
        yield from self._according()
        last_end = -1
        for cue in self.cues:
            if cue.start < last_end:
                continue
            one = self._after_verb(cue) or self._before_verb(cue)
            if one:
                last_end = one.end - self.unit.start
                self.done.append(one)
                yield one

    def _after_verb(self, cue: Cue) -> Said | None:
        """X said that …; X said the …; X promised to …; X called for …."""
        rest = self.masked[cue.end :]
        rules = (self._that, self._bare, self._to, self._noun)
        if "to" in cue.classes and _INFINITIVE.match(rest):
            rules = (self._to, self._that, self._bare, self._noun)
        for rule in rules:
            if (found := rule(cue, rest)) is None:
                continue
            start, end, pattern = found
            speaker = self._subject(cue)
            if speaker is None:
                if pattern != "that-clause" or not _IMPERSONAL.search(self.masked[: cue.start]):
                    return None
            elif speaker.kind == "unknown" and not self._plain_subject(speaker, cue, pattern):
                return None
            return self._said(start, end, speaker, pattern, cue)
        return None

    def _plain_subject(self, speaker: Speaker, cue: Cue, pattern: str) -> bool:
        """Whether words that name nobody known may be who says it: a few, and before a form that is only a verb."""
        words = (speaker.actor or "").split()
        if cue.text in SAME_AS_NOUN or pattern == "call":
            return False
        return 1 <= len(words) <= 4 and not words[0][0].isdigit()

    def _subject(self, cue: Cue) -> Speaker | None:
        begin = self.unit.start
        if cue.participle and (quoted := self._quoted(cue)):
            return quoted
        if cue.participle:
            before = [
                one for one in (*self.taken, *self.done) if one.speaker and one.end <= begin + cue.start
            ]
            own = before[-1].speaker if before else self.speakers.subject(begin, begin + cue.start)
            return own or self._of_main_verb(cue)
        previous = max((one.end for one in self.all_cues if one.end < cue.start), default=0)
        marks = [found.end() for found in _PART.finditer(self.masked, 0, cue.start)]
        left = begin + max(marks, default=0)
        between = self.masked[previous : cue.start]
        if previous:
            if _JOINED.search(between) and ";" not in between:
                return self.speakers.before(begin, begin + self._first_cue(previous))
            inner = self.speakers.before(max(begin + previous, left), begin + cue.start)
            if inner:
                return inner
        own = self.speakers.before(left, begin + cue.start)
        if own or not _AND.search(self.masked[: cue.start]):
            return own
        return self._shared(left, cue) or (self._shared(begin, cue) if left > begin else None)

    def _quoted(self, cue: Cue) -> Speaker | None:
        """An agency quoted X as saying."""
        found = _QUOTED_AS.search(self.masked, max(cue.start - 120, 0), cue.start)
        if found is None:
            return None
        begin = self.unit.start
        return self.speakers.after(begin + found.start("who"), begin + found.end("who"))

    def _of_main_verb(self, cue: Cue) -> Speaker | None:
        """The plain subject of the sentence that a participle goes on from: the army denied this, saying."""
        begin = self.unit.start
        first = next((one for one in self.all_cues if one.end < cue.start and not one.participle), None)
        if first:
            return self.speakers.before(begin, begin + first.start)
        plain = _GROUP.match(self.masked, 0, cue.start)
        if plain is None:
            return None
        return Speaker(plain[1].removeprefix("The "), begin + plain.start(1), begin + plain.end(1), "unknown")

    def _shared(self, left: int, cue: Cue) -> Speaker | None:
        """The subject of another verb that this one goes on from: X welcomed the move but noted that."""
        begin = self.unit.start
        subject = self.speakers.subject(left, begin + cue.start)
        plain = _GROUP.match(self.masked, left - begin)
        if plain and (subject is None or subject.start > begin + plain.end(1)):
            return Speaker(
                plain[1].removeprefix("The "),
                left + plain.start(1) - (left - begin),
                begin + plain.end(1),
                "unknown",
            )
        return subject

    def _first_cue(self, end: int) -> int:
        return next(one.start for one in self.all_cues if one.end == end)

    def _that(self, cue: Cue, rest: str) -> tuple[int, int, str] | None:
        if not cue.classes & {"say", "think", "that"}:
            return None
        found = _THAT.match(rest)
        if found is None:
            return None
        between = found["between"]
        if between and not SETTING.match(between) and not TELLS.match(cue.text):
            return None
        return cue.end + found.end(), self._clause_end(cue.end + found.end()), "that-clause"

    def _bare(self, cue: Cue, rest: str) -> tuple[int, int, str] | None:
        if "bare" not in cue.classes:
            return None
        when = WHEN.match(rest)
        start = when.end() if when else 0
        if TELLS.match(cue.text):
            whom = WHOM.match(rest, start)
            if whom is None:
                return None
            start = whom.end()
        if NOT_CONTENT.match(rest, start):
            return None
        plain = CONTENT_BEGINS.match(rest, start)
        said = cue.text in ("said", "says", "say")
        if not plain and not (said and any(each.match(rest, start) for each in (SUBJECT_FIRST, PLAIN, FELL))):
            return None
        end = self._clause_end(cue.end + start + 1)
        if said and PLAIN.match(rest, start):
            return cue.end + start + 1, end, "clause"
        if not FINITE.search(self.masked, cue.end + start + 1, min(end, cue.end + start + 140)):
            return None
        return cue.end + start + 1, end, "clause"

    def _to(self, cue: Cue, rest: str) -> tuple[int, int, str] | None:
        found = _TO.match(rest)
        if found is None or not cue.classes & {"to", "whom_to"}:
            return None
        if _GOES_ON.search(found["whom"]) or (not found["whom"] and "to" not in cue.classes):
            return None
        if any(cue.end <= each.start < cue.end + found.start("to") for each in self.all_cues):
            return None
        if (
            found["whom"]
            and "to" in cue.classes
            and "whom_to" not in cue.classes
            and len(found["whom"].split()) > 4
        ):
            return None
        start = cue.end + found.start("to")
        end = self._clause_end(start)
        turn = _TURNS.search(self.masked, start, end)
        return start, turn.start() if turn else end, "promise" if "to" in cue.classes else "call"

    def _noun(self, cue: Cue, rest: str) -> tuple[int, int, str] | None:
        if "noun" not in cue.classes or _NO_NOUN.match(rest) or not rest.strip():
            return None
        found = NOUN_END.search(rest, 2)
        end = found.start() if found else len(rest)
        if not 2 <= len(rest[:end].split()) <= 30:
            return None
        return cue.end + 1, cue.end + end, "call"

    def _before_verb(self, cue: Cue) -> Said | None:
        """…, X said; …, writes X."""
        if not cue.classes & {"say", "think", "that"} or cue.participle:
            return None
        begin, left = self.unit.start, self.masked.rfind(",", 0, cue.start)
        if left < 3 or "”" in self.masked[left : cue.start]:
            return None
        after = self.masked[cue.end :]
        left, speaker = self._postposed(cue, left, after)
        if speaker is None or (speaker.kind == "unknown" and len((speaker.actor or "").split()) > 3):
            return None
        start = self._clause_begin(left)
        brief = len(self.masked[start:left].split()) <= _BRIEF
        if after[:2] == ", " and not CLAUSE_END.match(after) and (brief or not ASIDE.match(after)):
            return self._said(start, self._clause_end(cue.end + 2), speaker, "parenthesis", cue)
        words = len(self.masked[start:left].split())
        behind = speaker.end - begin
        if brief and speaker.start > begin + cue.end and _SECOND.match(self.masked, behind):
            return self._said(behind + 2, self._clause_end(behind + 2), speaker, "clause", cue)
        if words < 3 or not FINITE.search(self.masked, start, left) or "quote" in cue.classes:
            return None
        return self._said(start, left, speaker, "clause-speaker", cue)

    def _postposed(self, cue: Cue, left: int, after: str) -> tuple[int, Speaker | None]:
        """Who says it, behind what is said: the comma between the two, and the speaker."""
        begin = self.unit.start
        between = self.masked[left + 1 : cue.start]
        if not between.strip():
            if _NO_INVERSION.match(after):
                return left, None
            if speaker := self.speakers.after(begin + cue.end, self.unit.end):
                return left, speaker
            return self._apposed(cue, left)
        if cue.text in TELLING and (whom := WHOM.match(after.rstrip(".") + " ")):
            after = after[whom.end() :]
        if not _ENDS.match(after) or len(between.split()) > 8:
            return left, None
        speaker = self.speakers.before(begin + left + 1, begin + cue.start)
        return left, speaker if speaker and speaker.start >= begin + left else None

    def _apposed(self, cue: Cue, last: int) -> tuple[int, Speaker | None]:
        """…, its foreign minister, X, said: the comma before both names of the speaker."""
        comma = self.masked.rfind(",", 0, last)
        comma = max(self.masked.rfind(",", 0, comma), 0) if comma > 0 else 0
        while 0 < comma < last:
            near = self.speakers.between(self.unit.start + comma, self.unit.start + last)
            if near and near[0].start <= self.unit.start + comma + 6:
                return comma, self.speakers.before(self.unit.start + comma + 1, self.unit.start + cue.start)
            comma = self.masked.find(",", comma + 1)
        return last, None

    def _clause_begin(self, end: int) -> int:
        return max((found.end() for found in _CLAUSE.finditer(self.masked, 0, end)), default=0)

    def _according(self) -> Iterator[Said]:
        if "ccording to " not in self.masked:
            return
        for found in _ACCORDING.finditer(self.masked):
            if found["who"].startswith("whom"):
                continue
            begin = self.unit.start
            speaker = self.speakers.after(begin + found.start("who") - 1, begin + found.end("who"))
            if speaker is None:
                continue
            left = self.masked[: found.start()].rstrip(" ,")
            if (
                left.endswith("”")
                or self.masked[found.end() : found.end() + 3] == ", “"
                or (FILL in left and any(cue.end <= len(left) for cue in self.all_cues))
            ):
                continue
            comma = self.masked.startswith(", ", found.end())
            comma = comma and not (left and _RELATIVE.match(self.masked, found.end()))
            if not left or left.endswith((";", ":", "”")) or (comma and _OPENER.fullmatch(left)):
                if comma:
                    start = found.end() + 2
                    if _RELATIVE.match(self.masked, found.end()):  # two guards, who spoke in Oslo, …
                        start = max(self.masked.find(", ", start) + 2, start)
                    yield self._said(start, self._clause_end(start), speaker, "according to", None)
                continue
            if comma:
                start = max(left.rfind(",") + 1, self._clause_begin(len(left)))
                yield self._said(start, self._clause_end(found.end() + 2), speaker, "according to", None)
            else:
                yield self._said(self._clause_begin(len(left)), len(left), speaker, "according to", None)

    def _clause_end(self, start: int) -> int:
        found = CLAUSE_END.search(self.masked, start + 3)
        end = found.start() if found else len(self.masked)
        while end > start and self.masked[end - 1] in " .,;?!":
            end -= 1
        return end

    def _said(self, start: int, end: int, speaker: Speaker | None, pattern: str, cue: Cue | None) -> Said:
        while start < end and self.masked[start] in " ,":
            start += 1
        begin = self.unit.start
        inside = any(
            start <= one.start - begin and one.end - begin <= end + 1 for one in self.unit.quotations
        )
        if inside and self.masked[end : end + 1] == "”":
            end += 1
        kind: Literal["mixed", "indirect"] = "mixed" if inside else "indirect"
        moved = cue.moved(begin) if cue else None
        return Said(begin + start, begin + end, kind, speaker, pattern, moved, self.number)


def backward(units: Sequence[Unit], number: int, speakers: Speakers) -> Iterator[Said]:
    """This was stated by X: the sentences before it in its paragraph."""
    unit = units[number]
    found = BACKWARD.match(unit.masked)
    if found is None:
        return
    speaker = speakers.after(unit.start + found.end() - 1, unit.end)
    if speaker is None:
        return
    for back in range(number - 1, -1, -1):
        if units[back].paragraph != unit.paragraph:
            return
        yield Said(units[back].start, units[back].end, "indirect", speaker, "stated by", None, back)
