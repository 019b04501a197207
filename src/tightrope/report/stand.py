"""Claims out of positions: where somebody stands, and what else that is: an act, a tied hand, a threat."""

from __future__ import annotations

from collections.abc import Iterator
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
    actor = ground.roster.find(one.actor)
    if actor is None:
        return
    about, sign = ground.state(actor), sense.sign(one.stance)
    other = _teller(ground, one, actor)
    when, gathered = ground.dated(one.start, one.end)
    doubts = (*_position_doubts(one, other), *(("dated by what stands before it",) if gathered else ()))
    base = Spot(one.start, one.end, when, one.strength)
    if one.issue in sense.SINCERITY:
        yield from _sincerity(ground, one, actor, base)
    for issue in sense.SPLIT.get(one.issue, (one.issue,)):
        if issue not in ground.issues:
            continue
        stance = round(sign * one.strength, 2)
        yield Derived(
            f"on_{issue}" if about == ground.case.about.focus else f"{word(about)}_on_{issue}",
            {"kind": "position", "about": about, "issue": issue, "stance": stance},
            phrase.position(ground.case, about, issue, one.stance, other),
            key=("position", about, issue),
            doubts=doubts,
            at=base,
        )
        if other is None:
            yield from _stand(ground, one, actor, issue, doubts, base)


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
    if not name or "author" in name.lower():
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
    if ground.decides(about) and act in ground.acts:
        fields: dict[str, Any] = {"kind": "act", "about": about, "act": act}
        yield Derived(
            str(act),
            fields,
            phrase.act(case, about, str(act)),
            key=("act", about, str(act)),
            doubts=doubts,
            at=base,
        )
    if ground.decides(about) and sense.BINDING.get(issue) == sign and one.strength >= sense.FLAT:
        fields = {"kind": "commitment", "about": about, "issue": issue, "strength": one.strength}
        text = phrase.commitment(case, about, issue, one.stance)
        yield Derived(
            f"binds_{issue}", fields, text, key=("commitment", about, issue), doubts=doubts, at=base
        )
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


def _sincerity(ground: Ground, one: Position, actor: str, base: Spot) -> Iterator[Derived]:
    teller = one.as_reported_by or one.actor
    speaker = ground.roster.find(teller) or actor
    stance = round(sense.sign(one.stance) * one.strength, 2)
    if stance and ground.roster.speaks_for(speaker) != ground.case.about.focus:
        yield voice(ground, ground.case.called(speaker), stance, (), base)
