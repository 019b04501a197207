"""What leads up to a quotation without a verb of saying: according to X; in the words of X; X's claim that."""

from __future__ import annotations

import re

from tightrope.evidence.quotation import Unit
from tightrope.evidence.speaker import Speaker, Speakers
from tightrope.evidence.speech_words import NOUN_THAT

_ACCORDING_WHOM = re.compile(r"\baccording to whom,? *$")
_NAMED = (
    ("according to", re.compile(r"\b[Aa]ccording to ([^:;“”]{2,160}?),? *$")),
    ("in the words of", re.compile(r"\b[Ii]n the words of ([^,:“”]{2,80})[,:]?\s*$")),
)
_TRANSCRIPT = re.compile(r"^([A-Z][\w'.-]*(?: [A-Z][\w'.-]*){0,3}):\s*$")
_COLON = re.compile(r":\s*$")

_OWNED = re.compile(
    r"(?:(?:But|And|Yet|So|Then) )?((?:[Tt]he )?[A-Za-z][\w.-]*(?: [\w.-]+){0,3})'s? (?:[\w-]+ ){0,3}"
    r"(?:reply|response|answer|words|advice|message|conclusion|verdict|comment|reaction|motto|warning|plea|explanation|argument|promise"
    r"|demand|statement|tweet|post|letter|question|point|logic|reasoning|pitch|slogan|order)s?\b[^:“”]{0,60}:"
)

# Who speaks, the rule, and where a clause begins that the quotation is a part of.
Lead = tuple[Speaker, str, int | None]


class Leadin:
    """The words from `left` to the opening mark of a quotation, and who they say speaks."""

    def __init__(self, speakers: Speakers, unit: Unit, left: int, opening: int) -> None:
        self.speakers, self.unit, self.left, self.opening = speakers, unit, left, opening
        self.before = unit.masked[left - unit.start : opening - unit.start]

    def found(self) -> Lead | None:
        """The speaker whom the first rule that finds one names."""
        rules = (self._noun_that, self._according_whom, self._named, self._transcript, self._colon)
        return next((lead for rule in rules if (lead := rule())), None)

    def _noun_that(self) -> Lead | None:
        """X's comment that “…”."""
        found = NOUN_THAT.search(self.before)
        if found is None:
            return None
        place = self.left + found.start()
        owner = next((one for one in self.speakers.between(self.left, place) if one.end == place), None)
        if owner is None:
            return None
        start = self.left + found.start("more") if found["more"].strip() else None
        return Speaker(owner.actor, owner.start, owner.end, owner.kind), "noun-that", start

    def _according_whom(self) -> Lead | None:
        """X, according to whom “…”."""
        found = _ACCORDING_WHOM.search(self.before)
        if found is None:
            return None
        near = self.speakers.between(self.unit.start, self.left + found.start())
        people = [one for one in near if one.kind == "person"]
        if not people:
            return None
        return Speaker(people[-1].actor, people[-1].start, people[-1].end), "according to", None

    def _named(self) -> Lead | None:
        for pattern, expression in _NAMED:
            if found := expression.search(self.before):
                speaker = self.speakers.after(self.left + found.start(1) - 1, self.left + found.end(1))
                if speaker:
                    return speaker, pattern, None
        return None

    def _transcript(self) -> Lead | None:
        """Interviewer: “…”."""
        found = _TRANSCRIPT.match(self.before)
        if found is None:
            return None
        named = Speaker(found[1], self.left, self.left + len(found[1]), "unknown")
        return self.speakers.subject(self.left, self.opening) or named, "transcript", None

    def _colon(self) -> Lead | None:
        """X was clear: “…”."""
        if not _COLON.search(self.before):
            return None
        speaker = self.speakers.subject(self.left, self.opening) or self._owner()
        return (speaker, "colon", None) if speaker else None

    def _owner(self) -> Speaker | None:
        """X's message was short: “…”."""
        found = _OWNED.match(self.before)
        if found is None:
            return None
        near = self.speakers.between(self.left, self.left + found.end(1))
        owner = next((one for one in near if one.end == self.left + found.end(1)), None)
        if owner:
            return Speaker(owner.actor, owner.start, owner.end, owner.kind)
        start, end = (self.left + place for place in found.span(1))
        return Speaker(found[1].removeprefix("The ").removeprefix("the "), start, end, "unknown")
