"""Claims out of statements: opinions on whether the state is sincere, and what else was said, as background."""

from __future__ import annotations

from collections.abc import Iterator

from tightrope.evidence.claim import Interpretation
from tightrope.evidence.found import Statement
from tightrope.report import phrase, sense
from tightrope.report.ground import Derived, Ground, Spot, shown, word

# Below this the reader is not sure of the speaker.
UNSURE = 0.6
# How far around an opinion the state has to be named that it is about, in characters.
AROUND = 250


def voice(ground: Ground, name: str, stance: float, doubts: tuple[str, ...], base: Spot) -> Derived:
    """A voice on whether the focus is sincere, under the name that the case has for it."""
    focus = ground.case.about.focus
    known = {one.voice for one in ground.case.claims if isinstance(one, Interpretation)}
    voice = next((one for one in sorted(known) if one.lower() == name.lower()), name)
    fields = {"kind": "interpretation", "about": focus, "voice": voice, "stance": stance}
    text = phrase.opinion(ground.case, voice, focus, stance)
    return Derived(f"{word(voice)}_voice", fields, text, key=("voice", voice), doubts=doubts, at=base)


def opinions(ground: Ground, one: Statement) -> Iterator[Derived]:
    """A speaker's opinion on whether the focus means it, where the words say so and the state is named near by."""
    stance = sense.verdict(ground.passage(one.start, one.end))
    if stance is None or one.speaker is None or not _near(ground, one.start, one.end):
        return
    speaker = ground.roster.find(one.speaker)
    focus = ground.case.about.focus
    if speaker is not None and (ground.roster.speaks_for(speaker) == focus or speaker == focus):
        return
    doubts = ["the number is read out of single words"]
    if one.confidence < UNSURE:
        doubts.append("the speaker is uncertain")
    name = ground.case.called(speaker) if speaker else shown(one.speaker)
    place = Spot(one.start, one.end, one.date, abs(stance))
    yield voice(ground, name, stance, tuple(doubts), place)


def _near(ground: Ground, start: int, end: int) -> bool:
    """Whether the focus or one of its people is named in or around a place."""
    focus, report = ground.case.about.focus, ground.findings.report
    for mention in ground.findings.mentions:
        first, last = report.spot(mention.start, mention.end)
        if first < end + AROUND and last > start - AROUND:
            actor = ground.roster.find(mention.actor)
            if mention.code == focus or (actor is not None and ground.roster.side(actor) == focus):
                return True
    return False


def background(ground: Ground, one: Statement) -> Iterator[Derived]:
    """A statement by somebody named that says nothing the model reads: shown as evidence."""
    if one.speaker is None:
        return
    speaker = ground.roster.find(one.speaker)
    doubts = ("the speaker is uncertain",) if one.confidence < UNSURE else ()
    name = ground.case.called(speaker) if speaker else shown(one.speaker)
    fields = {"kind": "context", "about": speaker or ground.case.about.focus}
    key = ("context", name)
    yield Derived(
        f"{word(name)}_says",
        fields,
        phrase.statement(one, name),
        key,
        Spot(one.start, one.end, one.date),
        doubts,
    )
