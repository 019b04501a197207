"""Quotations and who said them: rules in order, from the verb beside the marks to the paragraph before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tightrope.evidence.quotation import FILL, Quotation, Unit
from tightrope.evidence.saying import Cue, cues
from tightrope.evidence.speaker import Speaker, Speakers

_INVERTED = re.compile(r"[\s,–—-]*(?:\w+ly |then |also |later |once |recently |has |had |so )?$")
_CLOSED = (",", "?", "!", "–", "—", "…")
_SETTING = (
    r"(?:,? (?:in|on|at|during|after|to|via|through|from|earlier|last|this|late|early|yesterday|today|again|back|later|over|before|following|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"\b[^:“”]{0,140})"
)
_DIRECT_GAP = re.compile(
    rf"^(?P<whom> (?:[^,:;“”]{{1,80}}))??(?:{_SETTING}|, (?:and )?[\w ]{{1,30}}ing\b[^:“”]{{0,100}})?(?: the following| this| as follows| so)?(?P<that>,? that)?[,:]?\s*$"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to ([^,:;“”]{2,120}?)(?=,|$| [“])")
_COLON = re.compile(r":\s*$")
_WORDS_OF = re.compile(r"\b[Ii]n the words of ([^,:“”]{2,80})[,:]?\s*$")
_TRANSCRIPT = re.compile(r"^([A-Z][\w'.-]*(?: [A-Z][\w'.-]*){0,3}):\s*$")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Sen|Rep|Gov|St|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Rev|Hon|Jr|Sr|[A-Z])\.")
_PASSIVE = re.compile(r"\b(?:signed|written|spoken|said|uttered|posted|tweeted|penned|stated) by ")
_NOUNS = (
    r"(?:comments?|remarks?|claims?|statements?|assertions?|announcements?|promises?|pledges?|warnings?|allegations?|suggestions?|accusations?"
    r"|declarations?|insistence|belief|argument|view|assurances?|admission|contention|prediction|threats?|words)"
)
_NOUN_THAT = re.compile(rf"'s? (?:[\w-]+ ){{0,2}}{_NOUNS}(?: (?:in|on|at|to|last|this|from|during|earlier)\b[^,:;“”]{{0,60}})?,? that (?P<more>[^,;:“”]*)$")
_TELLS = frozenset("tell tells told telling ask asks asked asking inform informs informed assure assures assured remind reminds reminded warn warns warned warning".split())


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, where, by whom, and the rule that tells so; `kind` as in `Statement`."""

    start: int
    end: int
    kind: str
    speaker: Speaker | None
    pattern: str
    cue: Cue | None = None
    whom: tuple[int, int] | None = None
    unit: int = 0


class Quoted:
    """Attributes the quotations of one unit."""

    def __init__(self, unit: Unit, number: int, speakers: Speakers, following: Unit | None) -> None:
        self.unit, self.number, self.speakers, self.following = unit, number, speakers, following
        self.cues = [
            Cue(cue.start + unit.start, cue.end + unit.start, cue.text, cue.classes, cue.participle)
            for cue in cues(unit.masked)
        ]

    def found(self) -> list[Said]:
        """The statements that the unit's quotations are, those without a speaker of their own included."""
        return [self._one(place, one) for place, one in enumerate(self.unit.quotations)]

    def text(self, start: int, end: int) -> str:
        return self.unit.masked[start - self.unit.start : end - self.unit.start]

    def _one(self, place: int, one: Quotation) -> Said:
        quotations = self.unit.quotations
        left = quotations[place - 1].end + 1 if place else self.unit.start
        right = quotations[place + 1].start - 1 if place + 1 < len(quotations) else self.unit.end
        closed = self.speakers.text[one.end - 1] in _CLOSED
        tried = (
            (self._after, self._before, self._next_unit)
            if closed or self.text(one.end + 1, right)[:2].strip() == ","
            else (self._before, self._after, self._next_unit)
        )
        for rule in tried:
            if said := rule(one, left, right):
                return said
        return Said(one.start, one.end, "direct", None, "unknown", unit=self.number)

    def _after(self, one: Quotation, left: int, right: int) -> Said | None:
        """“…,” said X; “…,” X said; “…” and more words, X said."""
        begin = one.end + 1
        cue = next((cue for cue in self.cues if begin <= cue.start < right and not cue.participle), None)
        if cue is None or cue.start - begin > 240 or not cue.classes & {"say", "quote", "think"}:
            return self._according_after(one, begin, right) or self._passive(one, begin, right)
        between = self.text(begin, cue.start)
        if re.search(r"[.;:]\s", _ABBREVIATED.sub("", between.strip())):
            return None
        if self._has_content(cue, right):
            return None
        if _INVERTED.fullmatch(between) and (speaker := self.speakers.after(cue.end, right)):
            return self._said(one, one.end, left, speaker, "quote-verb-speaker", cue)
        if not (speaker := self.speakers.before(begin, cue.start)):
            return None
        tail = self.speakers.text[begin : speaker.start]
        if speaker.start < begin:
            return None
        closed = self.speakers.text[one.end - 1] in (*_CLOSED, ".")
        if not closed and not between.lstrip().startswith(",") and "," in tail:
            end = begin + tail.rindex(",")
            return self._said(one, end, left, speaker, "quote-speaker-verb", cue)
        if not closed and not between.lstrip().startswith(",") and len(tail.split()) > 3:
            return None
        return self._said(one, one.end, left, speaker, "quote-speaker-verb", cue)

    def _has_content(self, cue: Cue, right: int) -> bool:
        """Whether a verb after a quotation says something else: X said that, X told him to."""
        after = self.text(cue.end, min(right, cue.end + 120))
        return bool(re.match(r"(?: [\w'.-]+){0,4} that (?!(?:day|week|month|year|morning|evening|night|time)\b)", after)) and self.text(cue.start - 40, cue.start).count(FILL) == 0

    def _according_after(self, one: Quotation, begin: int, right: int) -> Said | None:
        found = re.match(r"[,\s]*according to ([^,:;.“”]{2,120})", self.text(begin, right))
        if found and (speaker := self.speakers.after(begin + found.start(1) - 1, min(right, begin + found.end(1)))):
            return self._said(one, one.end, one.start - 1, speaker, "according to", None)
        return None

    def _passive(self, one: Quotation, begin: int, right: int) -> Said | None:
        """“…”: the words are signed by X."""
        found = _PASSIVE.search(self.text(begin, min(right, begin + 120)))
        if found and (speaker := self.speakers.after(begin + found.end() - 1, right)):
            return self._said(one, one.end, one.start - 1, speaker, "passive", None)
        return None

    def _before(self, one: Quotation, left: int, right: int) -> Said | None:
        """X said: “…”; X said that “…”; according to X, “…”."""
        opening = one.start - 1
        for found in reversed([cue for cue in self.cues if left <= cue.end <= opening]):
            gap = self.text(found.end, opening)
            if len(gap) > 260:
                break
            if said := self._by_verb(one, left, found, gap):
                return said
        return self._without_verb(one, left, opening)

    def _by_verb(self, one: Quotation, left: int, cue: Cue, gap: str) -> Said | None:
        speaker = self._subject(cue, left)
        if speaker is None:
            return None
        if "describe" in cue.classes and not cue.classes & {"say", "quote"}:
            return self._described(one, speaker, cue, gap)
        that = gap.find(" that ") if " that " in gap else gap.find(" that,")
        if that >= 0 and gap[that + 6 :].strip(" ,"):
            start = cue.end + that + 6
            if cue.classes & {"say", "think"} and _may_precede_that(cue, gap[:that]):
                return self._mixed(one, start, speaker, "that-clause", cue)
            return None
        if turn := re.search(r", (?:but|and) (?P<more>(?:[\w'-]+ ){0,6})$", gap):
            start = cue.end + turn.start("more")
            return self._mixed(one, start, speaker, "coordinated", cue) if cue.classes & {"say"} else None
        if found := _DIRECT_GAP.match(gap):
            plain = gap.strip(" ,:")
            if self._is_setting(cue, gap, plain):
                whom = (cue.end + found.start("whom"), cue.end + found.end("whom")) if found["whom"] else None
                if cue.classes & {"say", "quote", "think"}:
                    pattern = "colon" if gap.rstrip().endswith(":") else "speaker-verb-quote"
                    return self._said(one, one.end, one.start - 1, speaker, pattern, cue, whom)
        if cue.classes & {"bare"} and not cue.participle and "," not in gap:
            return self._mixed(one, cue.end, speaker, "speaker-verb-clause", cue)
        return None

    def _described(self, one: Quotation, speaker: Speaker, cue: Cue, gap: str) -> Said | None:
        """X called the ruling “…”: only what is long enough to be more than a word held at arm's length."""
        if "," in gap or len(gap.split()) > 9 or len(self.speakers.text[one.start : one.end].split()) < 4:
            return None
        return self._said(one, one.end, one.start - 1, speaker, "described", cue)

    def _is_setting(self, cue: Cue, gap: str, plain: str) -> bool:
        """Whether what stands between verb and mark says to whom, where and when, and nothing of what was said."""
        if not plain or plain in ("that", "the following", "this", "so", "as follows"):
            return True
        if cue.text in _TELLS and len(plain.split()) <= 14:
            return gap.rstrip().endswith((",", ":", "that")) or len(plain.split()) <= 4
        return gap.rstrip().endswith((",", ":", "that", "that,")) 

    def _subject(self, cue: Cue, left: int) -> Speaker | None:
        if cue.participle:
            finite = [one for one in self.cues if one.end < cue.start and not one.participle]
            own = self.speakers.before(self.unit.start, finite[-1].start) if finite else None
            return own or self.speakers.subject(self.unit.start, cue.start)
        found = self.speakers.before(left, cue.start)
        return found or (self.speakers.before(self.unit.start, cue.start) if left > self.unit.start else None)

    def _without_verb(self, one: Quotation, left: int, opening: int) -> Said | None:
        before = self.text(left, opening)
        if said := self._noun_that(one, left, before):
            return said
        if found := re.search(r"\baccording to whom,? *$", before):
            if speaker := self.speakers.before(self.unit.start, left + found.end() - 1):
                return self._said(one, one.end, opening, speaker, "according to", None)
            people = [each for each in self.speakers.between(self.unit.start, left + found.start()) if each.kind == "person"]
            if people:
                last = people[-1]
                return self._said(one, one.end, opening, Speaker(last.actor, last.start, last.end), "according to", None)
        if found := re.search(r"\b[Aa]ccording to ([^:;“”]{2,160}?),? *$", before):
            if speaker := self.speakers.after(left + found.start(1) - 1, left + found.end(1)):
                return self._said(one, one.end, opening, speaker, "according to", None)
        if found := _WORDS_OF.search(before):
            if speaker := self.speakers.after(left + found.start(1) - 1, left + found.end(1)):
                return self._said(one, one.end, opening, speaker, "in the words of", None)
        if found := _TRANSCRIPT.match(before):
            speaker = self.speakers.subject(left, opening) or Speaker(found[1], left, left + len(found[1]), "unknown")
            return self._said(one, one.end, opening, speaker, "transcript", None)
        if _COLON.search(before) and (speaker := self.speakers.subject(left, opening)):
            return self._said(one, one.end, opening, speaker, "colon", None)
        return None

    def _noun_that(self, one: Quotation, left: int, before: str) -> Said | None:
        """X's comment that “…”."""
        found = _NOUN_THAT.search(before)
        if found is None:
            return None
        owner = next((each for each in self.speakers.between(left, left + found.start()) if each.end == left + found.start()), None)
        if owner is None:
            return None
        speaker = Speaker(owner.actor, owner.start, owner.end, owner.kind)
        if found["more"].strip():
            start = left + found.start("more")
            return Said(start, self._outer_end(one), "mixed", speaker, "noun-that", None, None, self.number)
        return self._said(one, one.end, one.start - 1, speaker, "noun-that", None)

    def _next_unit(self, one: Quotation, left: int, right: int) -> Said | None:
        """“… end.” X said: the verb and its subject stand as a sentence of their own."""
        if self.following is None or one.end + 1 < self.unit.end or self.following.paragraph != self.unit.paragraph:
            return None
        unit = self.following
        found = next(iter(cues(unit.masked)), None)
        if found is None or found.participle or not found.classes & {"say", "quote"} or found.start > 80:
            return None
        rest = unit.masked[found.end :]
        if not re.match(r"(?: (?:in|on|at|during|to|of|with|last|this|yesterday|again|\w+ly)\b[^“”]{0,80})?\.?$", rest):
            return None
        if speaker := self.speakers.before(unit.start, unit.start + found.start):
            return self._said(one, one.end, left, speaker, "next sentence", None)
        return None

    def _said(
        self, one: Quotation, end: int, left: int, speaker: Speaker, pattern: str, cue: Cue | None,
        whom: tuple[int, int] | None = None,
    ) -> Said:  # fmt: skip
        """Direct, unless words of the same clause stand outside the marks."""
        start = one.start
        before = self.speakers.text[left : one.start - 1]
        if left < one.start - 1 and before.strip(" ,") and "post" not in pattern and pattern.startswith("quote-"):
            clause = _clause_start(before)
            if before[clause:].strip(" ,:;"):
                start = left + clause
                while self.speakers.text[start] in " ,":
                    start += 1
        if start == one.start and end == one.end:
            return Said(one.start, _trimmed(self.speakers.text, one), "direct", speaker, pattern, cue, whom, self.number)
        stop = end if end != one.end else self._outer_end(one)
        return Said(start, stop, "mixed", speaker, pattern, cue, whom, self.number)

    def _mixed(self, one: Quotation, start: int, speaker: Speaker, pattern: str, cue: Cue) -> Said | None:
        text = self.speakers.text
        while start < one.start and text[start] in " ,":
            start += 1
        if not text[start : one.start - 1].strip(" ,:"):
            return Said(one.start, _trimmed(text, one), "direct", speaker, pattern, cue, None, self.number)
        return Said(start, self._clause_end(one), "mixed", speaker, pattern, cue, None, self.number)

    def _clause_end(self, one: Quotation) -> int:
        """The end of a clause that goes on behind a quotation in it; of the quotation where it does not."""
        text = self.speakers.text
        if text[one.end - 1] in ",.!?…" or text[one.end + 1 : one.end + 2] != " " or one.end + 2 >= self.unit.end:
            return self._outer_end(one)
        rest = self.text(one.end + 1, self.unit.end)
        stop = CLAUSE_END.search(rest)
        end = one.end + 1 + (stop.start() if stop else len(rest))
        while end > one.end + 1 and text[end - 1] in " .,;?!":
            end -= 1
        return end

    def _outer_end(self, one: Quotation) -> int:
        """The end of a quotation with its closing mark, or without the comma before it."""
        text = self.speakers.text
        if text[one.end - 1] == ",":
            return one.end - 1
        return one.end if one.left_open else min(one.end + 1, self.unit.end)


CLAUSE_END = re.compile(
    r" [–—] |;|, (?:but|while|whereas|although|though|even though|which|according to|adding|saying|noting|citing|hinting|referring|he|she|they|who|and (?:that|added|said|called|urged|warned|vowed|promised|has|had|he|she|they)|in (?:an interview|a statement|comments|remarks)|an? (?:promise|move|claim|step|decision|pledge|demand|reference|nod|charge))\b"
    r"| (?:even though|whereas) "
)


def _may_precede_that(cue: Cue, between: str) -> bool:
    """Whether words between a verb of saying and `that` say when, where or to whom, and are not what was said."""
    return not between.strip() or bool(SETTING.match(between)) or bool(TELLS.match(cue.text))


SETTING = re.compile(r",? (?:in|on|at|to|during|after|via|through|again|earlier|later|last|this|yesterday|today|late|early|over|before|also|publicly|repeatedly|\w+ly|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
TELLS = re.compile(r"(?:tell|told|inform|assur|remind|warn|promis|advis|caution|notif|convinc|persuad|show)")


def _clause_start(before: str) -> int:
    """Where the clause begins that a quotation goes on with."""
    start = 0
    for found in re.finditer(r"[;:]\s|, (?:but|while|and) | – | — ", before):
        start = found.end()
    return start


def _trimmed(text: str, one: Quotation) -> int:
    """The end of a quotation without the comma before its closing mark."""
    end = one.end
    while end > one.start and text[end - 1] in ", ":
        end -= 1
    return end


def is_scare(text: str, one: Said, alone: bool) -> bool:
    """Whether a quotation without attribution is too short to be more than a word held at arm's length.

    `alone`: nothing but the quotation stands in its sentence.
    """
    words = text[one.start : one.end].split()
    return len(words) < (2 if alone else 7)


def inherit(found: Sequence[Said], units: Sequence[Unit], speakers: Speakers) -> list[Said]:
    """Give quotations without attribution the speaker of those around them, where one is plain."""
    done: list[Said] = []
    for number, one in enumerate(found):
        if one.speaker is None and one.kind == "direct":
            one = _inherited(one, done, found[number + 1 :], units, speakers)
        done.append(one)
    return done


def _inherited(
    one: Said, before: Sequence[Said], after: Sequence[Said], units: Sequence[Unit], speakers: Speakers
) -> Said:
    unit = units[one.unit]
    whole = is_alone(one, unit)
    last = before[-1] if before else None
    short = one.end - one.start < 25
    if last and last.speaker and units[last.unit].paragraph == unit.paragraph and (whole or (last.unit == one.unit and not short)):
        return _with(one, last.speaker, "broken")
    if not whole:
        return one
    if last and last.speaker and unit.first and units[last.unit].paragraph == unit.paragraph - 1:
        return _with(one, last.speaker, "continued")
    following = after[0] if after else None
    if following and following.speaker and following.unit == one.unit + 1 and _stays_open(unit):
        return _with(one, following.speaker, "before its attribution")
    if following and following.speaker and units[following.unit].paragraph == unit.paragraph:
        return _with(one, following.speaker, "before its attribution")
    if one.unit and units[one.unit - 1].paragraph >= unit.paragraph - 1:
        previous = units[one.unit - 1]
        subject = speakers.subject(previous.start, previous.end)
        if subject and subject.kind == "person" and units[one.unit - 1].paragraph == unit.paragraph:
            return _with(one, subject, "sentence before")
    return one


def is_alone(one: Said, unit: Unit) -> bool:
    """Whether nothing but a quotation stands in its unit."""
    return one.start - 1 <= unit.start and one.end + 2 >= unit.end


def _stays_open(unit: Unit) -> bool:
    """Whether a quotation is not closed where its paragraph ends: it goes on in the next."""
    return bool(unit.quotations) and unit.quotations[-1].left_open


def _with(one: Said, speaker: Speaker, pattern: str) -> Said:
    return Said(one.start, one.end, one.kind, speaker, pattern, one.cue, one.whom, one.unit)
