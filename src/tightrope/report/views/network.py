"""GET /api/network: actors, ties and institutions with their dates; and every claim for and against one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, HTTPException

from tightrope.case.actor import Actor
from tightrope.case.case import Case
from tightrope.case.institution import Institution
from tightrope.case.tie import Tie
from tightrope.evidence.claim import Cited, Claim, Interpretation, Position, Threat
from tightrope.evidence.period import Span
from tightrope.report import words
from tightrope.report.ask import DEFAULT, wanted
from tightrope.report.desk import Desk
from tightrope.report.evidence import ConflictNote, claim_notes, conflict_notes, where

FOR, AGAINST, SAID = "for", "against", "said"


def router(desk: Desk) -> APIRouter:
    """The routes of this view."""
    made = APIRouter()

    @made.get("/network")
    def network(case: str = DEFAULT, as_of: str = "", without: str = "") -> dict[str, Any]:
        return told(desk.situation(wanted(case, as_of, without)).known.case)

    @made.get("/network/evidence")
    def evidence(
        case: str = DEFAULT, as_of: str = "", without: str = "", tie: str = "", actor: str = ""
    ) -> dict[str, Any]:
        known = desk.situation(wanted(case, as_of, without)).known.case
        found = tie_evidence(known, tie) if tie else actor_evidence(known, actor)
        if found is None:
            raise HTTPException(404, "there is no such tie or actor, or it is not known yet")
        return found

    return made


def told(case: Case) -> dict[str, Any]:
    """The network as plain data."""
    return {
        "actors": [*_actors(case), *_entities(case)],
        "ties": [tie_data(case, tie) for tie in case.ties],
        "institutions": [_institution(case, one) for one in case.institutions if one.members],
    }


def _actors(case: Case) -> Iterator[dict[str, Any]]:
    actors = {actor.id: actor for actor in case.actors}
    for actor in case.actors:
        yield {
            "id": actor.id,
            "name": words.initial(actor.name),
            "kind": actor.kind,
            "role": role(case, actor.id),
            "home": home(actors, actor.id),
            "post": actor.post,
            "members": list(actor.members),
            "note": actor.note,
        }


def _entities(case: Case) -> Iterator[dict[str, Any]]:
    for one in case.entities:
        yield {
            "id": one.id,
            "name": words.initial(one.name),
            "kind": "entity",
            "role": "entity",
            "home": one.id,
            "parent": one.parent,
            "patron": one.patron,
            "members": [],
            "note": one.note,
        }


def role(case: Case, name: str) -> str:
    """What an actor is in the case."""
    if name == case.about.focus:
        return "focus"
    if name in case.about.deciders:
        return "decider"
    return "pole" if name in case.about.poles else "other"


def home(actors: dict[str, Actor], name: str) -> str:
    """The state, bloc or organisation that a group or a person belongs to in the end; others are their own."""
    seen = set()
    while name in actors and (of := actors[name].of) is not None and name not in seen:
        seen.add(name)
        name = of
    return name


def tie_data(case: Case, tie: Tie) -> dict[str, Any]:
    """One tie, with where its numbers and dates stand."""
    return {
        "id": tie.id,
        "kind": tie.kind,
        "from": tie.source_actor,
        "to": tie.target_actor,
        "since": span(tie.since),
        "until": span(tie.until),
        "value": tie.value,
        "unit": tie.unit,
        "citations": list(citations(case, tie.claims)),
    }


def _institution(case: Case, one: Institution) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "role": one.role,
        "leader": one.leader,
        "decides_by": one.decides_by,
        "founded": span(one.founded),
        "rules": list(one.rules),
        "members": [
            {"actor": each.actor, "since": span(each.since), "until": span(each.until)}
            for each in one.members
        ],
        "citations": list(citations(case, one.claims)),
    }


def span(dates: Span | None) -> dict[str, str] | None:
    """Dates as text, for sorting and for reading."""
    if dates is None:
        return None
    return {
        "earliest": dates.earliest.isoformat(),
        "latest": dates.latest.isoformat(),
        "text": dated(dates),
    }


def dated(dates: Span) -> str:
    """A date as it was given: a day, a month, a year, or a range of days.

    >>> dated(Span(earliest="2022-02-01", latest="2022-02-28"))
    'February 2022'
    """
    first, last = dates.earliest, dates.latest
    if first == last:
        return words.day(first)
    whole = first.day == 1 and (last.month == 12 or last.day > 27)
    if whole and (first.year, first.month) == (last.year, last.month):
        return words.month(first.year, first.month)
    if whole and first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{words.day(first)} to {words.day(last)}"


def citations(case: Case, cited: Iterable[Cited]) -> Iterator[dict[str, Any]]:
    """Where something stands: source, place, date, and what is to be said of it."""
    titles = {source.id: source.title for source in case.sources}
    for one in cited:
        yield {
            "source": one.source,
            "source_title": titles.get(one.source, one.source),
            "where": where(one),
            "date": dated(one.date),
            "note": one.note,
        }


def actor_evidence(case: Case, name: str) -> dict[str, Any] | None:
    """Every claim about an actor, its groups and persons, for and against; and the conflicts these stand in."""
    actors = {actor.id: actor for actor in case.actors}
    names = case.names
    if name not in names:
        return None
    found = [claim for claim in case.claims if name in (claim.about, home(actors, claim.about))]
    title = words.initial(names[name])
    return {"id": name, "title": title, "citations": []} | _gathered(case, found)


def tie_evidence(case: Case, name: str) -> dict[str, Any] | None:
    """The passages that a tie rests on, every claim about one end that speaks of the other, and what disagrees."""
    tie = next((one for one in case.ties if one.id == name), None)
    if tie is None:
        return None
    names = case.names
    ends = [names.get(end, end) for end in (tie.source_actor, tie.target_actor)]
    title = f"{words.initial(ends[0])} and {ends[1]}: {tie.kind}"
    found = [claim for claim in case.claims if _cites(tie, claim) or _between(case, tie, claim)]
    whole = {"id": name, "title": title, "tie": tie_data(case, tie)}
    return whole | {"citations": list(citations(case, tie.claims))} | _gathered(case, found)


def _cites(tie: Tie, claim: Claim) -> bool:
    """Whether a claim is read out of a passage that the tie rests on."""
    return any(
        one.source == claim.source
        and one.at is not None
        and claim.at is not None
        and one.at.start < claim.at.end
        and claim.at.start < one.at.end
        for one in tie.claims
    )


def _between(case: Case, tie: Tie, claim: Claim) -> bool:
    """Whether a claim is about one end and speaks of the other: as its author, or by name."""
    actors = {actor.id: actor for actor in case.actors}
    ends = [home(actors, end) for end in (tie.source_actor, tie.target_actor)]
    about = home(actors, claim.about)
    if about not in ends:
        return False
    other = ends[1] if about == ends[0] else ends[0]
    if isinstance(claim, Threat) and home(actors, claim.by) == other:
        return True
    return any(called in claim.paraphrase for called in _called(case, other))


def _called(case: Case, name: str) -> tuple[str, ...]:
    """The names that a text uses for an actor."""
    for actor in case.actors:
        if actor.id == name:
            return (actor.name, *(alias for alias in actor.aliases if len(alias) > 3))
    return tuple(one.name for one in case.entities if one.id == name)


def _gathered(case: Case, claims: list[Claim]) -> dict[str, Any]:
    """Claims with the side they take and on what, newest first; and the conflicts in which they stand."""
    notes = claim_notes(case)
    propositions = {issue.id: issue.proposition for issue in case.issues}
    wanted_ = {claim.id for claim in claims}
    conflicts = [
        one for one in conflict_notes(case, notes) if any(claim.id in wanted_ for claim in one.claims)
    ]
    ordered = sorted(claims, key=lambda claim: claim.date.latest, reverse=True)
    return {
        "claims": [
            {**asdict(notes[claim.id]), "when": dated(claim.date), **_side(claim, propositions)}
            for claim in ordered
        ],
        "conflicts": [_conflict(one) for one in conflicts],
    }


def _side(claim: Claim, propositions: dict[str, str]) -> dict[str, Any]:
    """Which side a claim takes, and of which question; most take none."""
    if isinstance(claim, Position):
        on, stance = propositions.get(claim.issue, claim.issue), claim.stance
    elif isinstance(claim, Interpretation):
        on, stance = "Is it sincere, rather than playing a game?", claim.stance
    else:
        return {"side": SAID, "on": None, "stance": None}
    side = FOR if stance > 0 else AGAINST if stance < 0 else SAID
    return {"side": side, "on": on, "stance": stance}


def _conflict(one: ConflictNote) -> dict[str, Any]:
    return {
        "id": one.id,
        "what": one.what,
        "likely": one.likely,
        "salience": one.salience,
        "claims": [asdict(each) for each in one.claims],
    }
