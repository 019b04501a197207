"""Quotations and who said them: rules in order, from the verb beside the marks to what leads up to them."""

from __future__ import annotations

import re

from tightrope.evidence.leadin import Leadin
from tightrope.evidence.quotation import FILL, Quotation, Unit
from tightrope.evidence.said import Said
from tightrope.evidence.saying import Cue
from tightrope.evidence.speaker import Speaker, Speakers
from tightrope.evidence.speech_words import (
    ABBREVIATED,
    CLAUSE_END,
    DATELINE,
    NOUN_THAT,
    SETTING,
    SETTING_PART,
    TELLING,
    TELLS,
    WRITTEN_BY,
    any_of,
)

_CLOSED = (",", "?", "!", "–", "—", "…")
_INVERTED = re.compile(r"[\s,–—-]*(?:\w+ly |then |also |later |once |recently |has |had |so )?$")
_LEADS = re.compile(
    rf"^(?: [^,:;“”]{{1,80}})??(?:{SETTING_PART}|, (?:and )?[\w ]{{1,30}}ing\b[^:“”]{{0,100}})?"
    r"(?: the following| this| as follows| so)?(?:,? that)?[,:]?\s*$"
)
_NOTHING = frozenset(["", "that", "the following", "this", "so", "as follows"])
_THAT = re.compile(r"(?: [\w'.-]+){0,4} that (?!(?:day|week|month|year|morning|evening|night|time)\b)")
_TURN = re.compile(r", (?:but|and) (?P<more>(?:[\w'-]+ ){0,6})$")
_CLAUSE = re.compile(r"[;:]\s|, (?:but|while|and) | – | — ")
_ENDS_SENTENCE = re.compile(
    r"(?: (?:in|on|at|during|to|of|with|last|this|yesterday|again|\w+ly)\b[^“”]{0,80})?\.?$"
)
_AS_SAYING = re.compile(r"( [^,;:“”]{2,80}?) as (?:saying|telling|writing)\b")
# “…” was the verdict of X; “…” is how X put it.
_NOUNS = any_of(
    "verdict view reply response answer words advice message conclusion assessment comment reaction motto judgment "
    "judgement warning plea opinion summary complaint explanation description promise"
)
_PUT = any_of("put puts described describes summed saw sees explained explains recalled recalls")
_NOMINAL = re.compile(
    rf",? (?:was|is|were|are) (?:(?:the|his|her|their|one) (?:[a-z-]+ )?{_NOUNS} (?:of|from|by) "
    rf"|how (?=[^.;:“”]{{2,80}}? {_PUT}\b))"
)
# “…” – X, chief of the guard.
_SIGNED = re.compile(r" ?[–—-]{1,2} ?(?=[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){1,5}(?:,[^.;:“”]{2,80})?\.?$)")
_PARTED = re.compile(r",? (?:while|whereas|although|though|but) ")
_SUBJECT = re.compile(r"\b(?:he|she|it|they|we|I|there)\b")
_AND = re.compile(r"[”,¤a-z] (?:and|but) (?:also |then |later |has |have |had )?$")
_TO_SOMEBODY = re.compile(r"(?: [\w'.-]+){1,4}\.?$")
# How far from a quotation its verb may stand, and where the verb of a sentence of its own.
_AFTER, _BEFORE, _NEXT = 240, 260, 80


class Quoted:
    """Attributes the quotations of one unit."""

    def __init__(self, unit: Unit, number: int, speakers: Speakers, following: Unit | None) -> None:
        self.unit, self.number, self.speakers, self.following = unit, number, speakers, following
        self.cues = [cue.moved(unit.start) for cue in unit.cues]

    def found(self) -> list[Said]:
        """The statements that the unit's quotations are, those without a speaker of their own included."""
        return [self._one(place, one) for place, one in enumerate(self.unit.quotations)]

    def _one(self, place: int, one: Quotation) -> Said:
        quotations = self.unit.quotations
        left = quotations[place - 1].end + 1 if place else self.unit.start
        right = quotations[place + 1].start - 1 if place + 1 < len(quotations) else self.unit.end
        goes_on = (
            self.speakers.text[one.end - 1] in _CLOSED or self._text(one.end + 1, right)[:2].strip() == ","
        )
        rules = (self._after, self._before) if goes_on else (self._before, self._after)
        for rule in (*rules, self._next_unit):
            if said := rule(one, left, right):
                return said
        return Said(one.start, one.end, "direct", None, "unknown", None, self.number)

    def _text(self, start: int, end: int) -> str:
        return self.unit.masked[start - self.unit.start : end - self.unit.start]

    def _after(self, one: Quotation, left: int, right: int) -> Said | None:
        """“…,” said X; “…,” X said; “…” and more words, X said."""
        begin = one.end + 1
        cue = next((cue for cue in self.cues if begin <= cue.start < right and not cue.participle), None)
        if cue is None or cue.start - begin > _AFTER or not self._may_follow(one, cue):
            return self._according(one, begin, right) or self._written(one, begin, right)
        between = self._text(begin, cue.start)
        if (
            _PARTED.match(between)
            or re.search(r"[.;:]\s", ABBREVIATED.sub("", between.strip()))
            or self._says_more(cue, right)
        ):
            return None
        if _INVERTED.fullmatch(between) and (speaker := self.speakers.after(cue.end, right)):
            return self._spoken(one, one.end, left, speaker, "quote-verb-speaker", cue)
        speaker = self.speakers.before(begin, cue.start)
        if speaker is None or speaker.start < begin:
            return None
        if said := self._quoted_as(one, cue, right):
            return said
        return self._with_tail(one, left, between, speaker, cue)

    def _may_follow(self, one: Quotation, cue: Cue) -> bool:
        """Whether a verb may tell that what stands before it was said: “Quiet!” she called."""
        called = cue.text in ("called", "calls") and self.speakers.text[one.end - 1] in "!?,"
        return called or bool(cue.classes & {"say", "quote", "think"})

    def _with_tail(self, one: Quotation, left: int, between: str, speaker: Speaker, cue: Cue) -> Said | None:
        """“…” and more of what was said, X said: the words up to the comma before the speaker belong to it."""
        begin, end = one.end + 1, one.end
        closed = self.speakers.text[one.end - 1] in (*_CLOSED, ".") or between.lstrip().startswith(",")
        tail = self.speakers.text[begin : speaker.start]
        if not closed and "," in tail:
            end = begin + tail.rindex(",")
        elif not closed and len(tail.split()) > 3:
            return None
        return self._spoken(one, end, left, speaker, "quote-speaker-verb", cue)

    def _quoted_as(self, one: Quotation, cue: Cue, right: int) -> Said | None:
        """“…,” an agency quoted X as saying."""
        found = _AS_SAYING.match(self._text(cue.end, right)) if cue.text.startswith("quot") else None
        near = self.speakers.between(cue.end, cue.end + found.end(1)) if found else ()
        if not near:
            return None
        speaker = Speaker(near[0].actor, near[0].start, near[0].end, near[0].kind)
        return self._direct(one, speaker, "quote-speaker-verb", cue)

    def _says_more(self, cue: Cue, right: int) -> bool:
        """Whether a verb after a quotation says something else: X said that, X told him that."""
        says = _THAT.match(self._text(cue.end, min(right, cue.end + 120)))
        return bool(says) and FILL not in self._text(max(cue.start - 40, self.unit.start), cue.start)

    def _according(self, one: Quotation, begin: int, right: int) -> Said | None:
        found = re.match(r"[,\s]*according to ([^,:;.“”]{2,120})", self._text(begin, right))
        if found is None:
            return None
        speaker = self.speakers.after(begin + found.start(1) - 1, min(right, begin + found.end(1)))
        return self._direct(one, speaker, "according to", None) if speaker else None

    def _written(self, one: Quotation, begin: int, right: int) -> Said | None:
        """“…”: the words are signed by X."""
        text = self._text(begin, min(right, begin + 120))
        found = WRITTEN_BY.search(text) or _NOMINAL.match(text) or _SIGNED.match(text)
        speaker = self.speakers.after(begin + found.end() - 1, right) if found else None
        return self._direct(one, speaker, "passive", None) if speaker else None

    def _before(self, one: Quotation, left: int, right: int) -> Said | None:
        """X said: “…”; X said that “…”; according to X, “…”."""
        opening = one.start - 1
        for cue in reversed([cue for cue in self.cues if left <= cue.end <= opening]):
            gap = self._text(cue.end, opening)
            if len(gap) > _BEFORE:
                break
            if said := self._by_verb(one, left, cue, gap):
                return said
        lead = Leadin(self.speakers, self.unit, left, opening).found()
        if lead is None:
            return None
        speaker, pattern, start = lead
        if start is None:
            return self._direct(one, speaker, pattern, None)
        return Said(start, self._outer_end(one), "mixed", speaker, pattern, None, self.number)

    def _by_verb(self, one: Quotation, left: int, cue: Cue, gap: str) -> Said | None:
        """What a verb before a quotation makes of it: all that was said, or a part of a clause."""
        inverted = (
            self._text(left, cue.start).rstrip().endswith(",") and gap.strip(" ,") and gap.endswith(", ")
        )
        speaker = self.speakers.after(cue.end, one.start - 1) if inverted else self._subject(cue, left)
        if speaker is None:
            return None
        if inverted and "quote" in cue.classes | ({"quote"} if "say" in cue.classes else set()):
            return self._direct(one, speaker, "speaker-verb-quote", cue)
        if "describe" in cue.classes and not cue.classes & {"say", "quote"}:
            return self._described(one, speaker, cue, gap)
        that = gap.find(" that ") if " that " in gap else gap.find(" that,")
        if that >= 0 and gap[that + 6 :].strip(" ,"):
            if not cue.classes & {"say", "think"} or not _may_precede_that(cue, gap[:that]):
                return None
            return self._within(one, cue.end + that + 6, speaker, "that-clause", cue)
        if turn := _TURN.search(gap):
            start = cue.end + turn.start("more")
            return self._within(one, start, speaker, "coordinated", cue) if "say" in cue.classes else None
        if cue.classes & {"say", "quote", "think"} and _LEADS.match(gap) and _only_setting(cue, gap):
            return self._direct(
                one, speaker, "colon" if gap.rstrip().endswith(":") else "speaker-verb-quote", cue
            )
        if "bare" in cue.classes and not cue.participle and "," not in gap:
            return self._within(one, cue.end, speaker, "speaker-verb-clause", cue)
        return None

    def _described(self, one: Quotation, speaker: Speaker, cue: Cue, gap: str) -> Said | None:
        """X called the ruling “…”: only what is long enough to be more than a word held at arm's length."""
        if (
            "," in gap
            or NOUN_THAT.search(gap)
            or len(gap.split()) > 9
            or len(self.speakers.text[one.start : one.end].split()) < 4
        ):
            return None
        return self._direct(one, speaker, "described", cue)

    def _subject(self, cue: Cue, left: int) -> Speaker | None:
        begin = self.unit.start
        if cue.participle:
            finite = [one for one in self.cues if one.end < cue.start and not one.participle]
            own = self.speakers.before(begin, finite[-1].start) if finite else None
            return own or self.speakers.subject(begin, cue.start)
        if _AND.search(self._text(begin, cue.start)) and (found := self.speakers.subject(begin, cue.start)):
            return found
        found = self.speakers.before(left, cue.start)
        return found or (self.speakers.before(begin, cue.start) if left > begin else None)

    def _next_unit(self, one: Quotation, left: int, right: int) -> Said | None:
        """“… end.” X said: the verb and its subject stand as a sentence of their own."""
        unit = self.following
        if (
            unit is None
            or one.end + 1 < self.unit.end
            or unit.paragraph != self.unit.paragraph
            or not unit.cues
        ):
            return None
        cue = unit.cues[0]
        if cue.participle or not cue.classes & {"say", "quote"} or cue.start > _NEXT:
            return None
        rest = unit.masked[cue.end :]
        if not _ENDS_SENTENCE.match(rest) and not (cue.text in TELLING and _TO_SOMEBODY.match(rest)):
            return None
        speaker = self.speakers.before(unit.start, unit.start + cue.start)
        return self._spoken(one, one.end, left, speaker, "next sentence", None) if speaker else None

    def _spoken(
        self, one: Quotation, end: int, left: int, speaker: Speaker, pattern: str, cue: Cue | None
    ) -> Said:
        """What stands before its attribution: direct, unless words of its clause stand outside the marks."""
        before = self.speakers.text[left : one.start - 1]
        start = one.start
        if left == self.unit.start and self.unit.first and DATELINE.fullmatch(before):
            before = ""
        clause = max((found.end() for found in _CLAUSE.finditer(before)), default=0)
        if before[clause:].strip(" ,:;"):
            start = left + clause + len(before[clause:]) - len(before[clause:].lstrip(" ,"))
        if start == one.start and end == one.end:
            return self._direct(one, speaker, pattern, cue)
        stop = end if end != one.end else self._outer_end(one)
        return Said(start, stop, "mixed", speaker, pattern, cue, self.number)

    def _direct(self, one: Quotation, speaker: Speaker, pattern: str, cue: Cue | None) -> Said:
        """A quotation by itself, without the comma before its closing mark."""
        words = self.speakers.text[one.start : one.end].rstrip(", :")
        end = one.start + len(words) if words else one.end
        return Said(one.start, end, "direct", speaker, pattern, cue, self.number)

    def _within(self, one: Quotation, start: int, speaker: Speaker, pattern: str, cue: Cue) -> Said:
        """A quotation in a clause that begins at `start`."""
        text = self.speakers.text
        before = text[start : one.start - 1]
        if not before.strip(" ,:"):
            return self._direct(one, speaker, pattern, cue)
        start += len(before) - len(before.lstrip(" ,"))
        return Said(start, self._clause_end(one), "mixed", speaker, pattern, cue, self.number)

    def _clause_end(self, one: Quotation) -> int:
        """The end of a clause that goes on behind a quotation in it; of the quotation where it does not."""
        text, behind = self.speakers.text, one.end + 1
        if text[one.end - 1] in ",.!?…" or text[behind : behind + 1] != " " or behind + 1 >= self.unit.end:
            return self._outer_end(one)
        rest = self._text(behind, self.unit.end)
        stop = CLAUSE_END.search(rest)
        clause = rest[: stop.start()] if stop else rest
        return behind + len(clause.rstrip(" .,;?!"))

    def _outer_end(self, one: Quotation) -> int:
        """The end of a quotation with its closing mark, or without the comma before it."""
        if self.speakers.text[one.end - 1] == ",":
            return one.end - 1
        return one.end if one.left_open else min(one.end + 1, self.unit.end)


def _only_setting(cue: Cue, gap: str) -> bool:
    """Whether what stands between verb and mark says to whom, where and when, and nothing of what was said."""
    plain, words = gap.strip(" ,:"), len(gap.split())
    ends = gap.rstrip().endswith((",", ":", "that"))
    return plain in _NOTHING or ends or (cue.text in TELLING and words <= 4 and not _SUBJECT.search(gap))


def _may_precede_that(cue: Cue, between: str) -> bool:
    """Whether words between a verb of saying and `that` say when, where or to whom, and are not what was said."""
    return not between.strip() or bool(SETTING.match(between)) or bool(TELLS.match(cue.text))
