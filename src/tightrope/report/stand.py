"""Claims out of positions: where somebody stands, and what else that is: an act, a tied hand, a threat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tightrope.evidence.found import Position
from tightrope.report import phrase, sense
from tightrope.report.ground import Derived, Ground, Spot, shown, word
from tightrope.report.voice import voice

# A stand said with no more than this is hedged.
HEDGED = 0.55
# A claim on somebody's land that is no threat in words weighs so much of one.
MENACE = 0.6


def of_position(ground: Ground, one: Position) -> Iterator[Derived]:
    """The stand itself, and what else it is."""
    if one.issue in sense.SINCERITY:
        yield from _sincerity(ground, one)
        return
    actor = ground.roster.find(one.actor)
    if actor is None:
        return
    about, other = ground.state(actor), _teller(ground, one, actor)
    when, gathered = ground.dated(one.start, one.end)
    doubts = tuple(_position_doubts(one, other))
    # Of a stand only what is said at its very place is its date; an act or a threat needs the nearest one.
    at = Spot(one.start, one.end, None if gathered else when, one.strength)
    later = (*doubts, "dated by what stands before it") if gathered else doubts
    for issue in sense.SPLIT.get(one.issue, (one.issue,)):
        if issue not in ground.issues:
            continue
        stance = round(sense.sign(one.stance) * one.strength, 2)
        fields = {"kind": "position", "about": about, "issue": issue, "stance": stance}
        text = phrase.position(ground.case, about, issue, one.stance, other)
        yield Derived(
            _named(ground, about, f"on_{issue}"), fields, text, ("position", about, issue), at, doubts
        )
        if other is None:
            yield from _stand(ground, one, actor, issue, later, replace(at, date=when))


def _named(ground: Ground, about: str, name: str) -> str:
    """The beginning of an id; of another than the focus with its own name."""
    return name if about == ground.case.about.focus else f"{word(about)}_{name}"


def _position_doubts(one: Position, teller: str | None) -> Iterator[str]:
    if one.stance == "mixed":
        yield "two minds"
    if one.strength <= HEDGED:
        yield "hedged"
    if teller:
        yield f"told by {teller}"


def _teller(ground: Ground, one: Position, actor: str) -> str | None:
    """Who tells of a stand, where it is neither the author nor one of those who take it."""
    name = one.as_reported_by
    author = ground.findings.report.author
    if not name or "author" in name.lower() or (author and name.lower() == author.lower()):
        return None
    known = ground.roster.find(name)
    if known is not None and ground.roster.side(known) == ground.roster.side(actor):
        return None
    return ground.case.called(known) if known else shown(name)


def _stand(
    ground: Ground, one: Position, actor: str, issue: str, doubts: tuple[str, ...], base: Spot
) -> Iterator[Derived]:
    """What else a stand is: an act that audiences see, a tie of one's own hands, a threat to the focus."""
    about, sign, case = ground.state(actor), sense.sign(one.stance), ground.case
    act = sense.STANDS.get((issue, sign))
    if ground.decides(about) and act is not None and act in ground.acts:
        fields: dict[str, Any] = {"kind": "act", "about": about, "act": act}
        text = phrase.act(case, about, act)
        yield Derived(_named(ground, about, act), fields, text, ("act", about, act), base, doubts)
    if ground.decides(about) and sense.BINDING.get(issue) == sign and one.strength >= sense.FLAT:
        fields = {"kind": "commitment", "about": about, "issue": issue, "strength": one.strength}
        text = phrase.commitment(case, about, issue, one.stance)
        name = _named(ground, about, f"binds_{issue}")
        yield Derived(name, fields, text, ("commitment", about, issue), base, doubts)
    if sense.MENACING.get(issue) == sign and ground.roster.side(actor) == case.about.target:
        fields = {"kind": "threat", "about": case.about.focus, "by": actor, "rank": ground.roster.rank(actor)}
        yield Derived(
            f"{word(actor)}_menaces",
            {**fields, "strength": round(MENACE * one.strength, 2)},
            phrase.threat(case, actor, case.about.focus),
            key=("threat", actor),
            doubts=(*doubts, "read out of a stand, not of a threat in words"),
            at=base,
        )


def _sincerity(ground: Ground, one: Position) -> Iterator[Derived]:
    """A voice on whether the focus means it, unless it is the focus's own."""
    speaker, focus = ground.roster.find(one.actor), ground.case.about.focus
    stance = round(sense.sign(one.stance) * one.strength, 2)
    if not stance or (speaker is not None and focus in (speaker, ground.roster.speaks_for(speaker))):
        return
    name = ground.case.called(speaker) if speaker else shown(one.actor)
    doubts = tuple(_position_doubts(one, None))
    if "author" in one.actor.lower() or one.actor == ground.findings.report.author:
        doubts = (*doubts, "the author's own view, or a summary of what others think")
    yield voice(ground, name, stance, doubts, Spot(one.start, one.end, None, one.strength))
