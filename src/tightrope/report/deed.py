"""Claims out of events: acts that audiences see, events that the case knows, threats, and background."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tightrope.evidence.found import Event
from tightrope.report import phrase, sense
from tightrope.report.ground import Derived, Ground, Spot, shown, word

FLAT = 0.8


def of_event(ground: Ground, one: Event) -> Iterator[Derived]:
    """The act or event of the case that it tells, a threat, or background."""
    source, target = ground.roster.find(one.source), ground.roster.find(one.target)
    who = source or target
    if who is None:
        return
    place = Spot(one.start, one.end, one.date)
    text = phrase.event(ground.case, one, source, target)
    if one.realis != "happened":
        key = (one.type, one.realis, who, str(target))
        fields = {"kind": "context", "about": who}
        yield Derived(f"{one.type}_{one.realis}", fields, text, key, place, (one.realis,))
        return
    doubts = (f"only in the words of {shown(one.via)}",) if one.via else ()
    if one.type == "threaten":
        yield from _threat(ground, source, target, doubts, place)
    else:
        yield _done(ground, one, (source, target), text, doubts)


def _done(
    ground: Ground, one: Event, sides: tuple[str | None, str | None], text: str, doubts: tuple[str, ...]
) -> Derived:
    """Something that happened: the act or event of the case that it tells, else an event that sets nothing."""
    source, target = sides
    case, place = ground.case, Spot(one.start, one.end, one.date)
    told = next((rule for rule in sense.EVENTS if _fits(ground, rule, one, source, target)), None)
    roles = {"source": source, "target": target, "focus": case.about.focus}
    about = ground.state(roles[told.about if told else "source"] or source or target or case.about.focus)
    if told and told.about == "focus":
        doubts = (*doubts, "whom it is about is not said")
    if told and told.kind == "act" and ground.decides(about) and told.name in ground.acts:
        fields = {"kind": "act", "about": about, "act": told.name}
        words = phrase.act(case, about, told.name)
        return Derived(told.name, fields, words, ("act", about, told.name), place, doubts)
    name = told.name if told and told.kind == "event" else one.type
    key = ("event", about, name, str(target))
    return Derived(name, {"kind": "event", "about": about, "event": name}, text, key, place, doubts)


def _threat(
    ground: Ground, source: str | None, target: str | None, doubts: tuple[str, ...], place: Spot
) -> Iterator[Derived]:
    about = ground.state(target) if target else ground.case.about.focus
    if source is None or not ground.decides(about):
        return
    fields = {
        "kind": "threat",
        "about": about,
        "by": source,
        "rank": ground.roster.rank(source),
        "strength": 0.8,
    }
    text = phrase.threat(ground.case, source, about)
    more = () if target else ("whom it is meant for is not said",)
    yield Derived(
        f"{word(source)}_threatens",
        fields,
        text,
        key=("threat", source),
        doubts=(*doubts, *more),
        at=replace(place, weight=2.0),
    )


def _fits(ground: Ground, rule: sense.Told, one: Event, source: str | None, target: str | None) -> bool:
    if rule.type != one.type or not _role(ground, rule.source, source):
        return False
    wards = ground.roster.entities(one.target)
    if not (_role(ground, rule.target, target) or any(_role(ground, rule.target, each) for each in wards)):
        return False
    words = ground.passage(one.start, one.end)
    return not rule.words or re.search(rule.words, words, re.IGNORECASE) is not None


def _role(ground: Ground, role: str | None, actor: str | None) -> bool:
    about = ground.case.about
    if role is None or actor is None:
        return role is None
    if role == "decider":
        return ground.decides(ground.roster.side(actor))
    if role == "ward":
        return any(one.id == actor and one.patron == about.target for one in ground.case.entities)
    roles = {"focus": about.focus, "target": about.target, "sanctioner": about.sanctioner}
    return roles.get(role, role) in (actor, ground.roster.side(actor))
