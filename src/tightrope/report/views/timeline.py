"""GET /api/timeline: what happened when, as far as it is known; what is not known yet is only counted."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from fastapi import APIRouter

from tightrope.case.case import Case
from tightrope.evidence.claim import Act, Claim, Commitment, Event, Position, Threat
from tightrope.evidence.period import Span
from tightrope.report import words
from tightrope.report.ask import DEFAULT, wanted
from tightrope.report.desk import Desk, Situation
from tightrope.report.views.network import dated

FIRST, LAST, YEAR = 2014, 2026, 366
LANES = {
    "event": "Events",
    "act": "Events",
    "threat": "Words",
    "commitment": "Words",
    "position": "Words",
    "vote": "Votes",
    "tie": "Ties",
    "membership": "Ties",
    "report": "Reports",
}
SHOWN = (Event, Act, Threat, Commitment, Position)

Item = dict[str, Any]


def router(desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.get("/timeline")
    def timeline(case: str = DEFAULT, as_of: str = "", without: str = "") -> dict[str, Any]:
        return told(desk.situation(wanted(case, as_of, without)))

    return made


def told(seen: Situation) -> dict[str, Any]:
    """The timeline as plain data; things that are not known yet come with their lane and month alone."""
    known = list(items(seen.known.case))
    names = {one["id"] for one in known}
    hidden = [one for one in items(seen.case) if one["id"] not in names and _later(one, seen)]
    year, month = seen.plan.blueprint.start
    last = month - 1 + seen.plan.blueprint.months
    return {
        "from": f"{FIRST}-01",
        "to": f"{max(LAST, year + last // 12)}-12",
        "as_of": seen.known.as_of.isoformat(),
        "usual_as_of": seen.case.about.as_of.isoformat(),
        "start": words.month_id(year, month),
        "end": words.month_id(year, last),
        "lanes": list(dict.fromkeys(LANES.values())),
        "items": sorted(known, key=lambda one: (one["earliest"], one["id"])),
        "hidden": sorted(
            ({"lane": one["lane"], "month": one["month"]} for one in hidden),
            key=lambda one: (one["month"], one["lane"]),
        ),
    }


def _later(one: Item, seen: Situation) -> bool:
    """Whether a thing is missing for its date or its sources' dates, rather than for a source left out."""
    if one["earliest"] > seen.known.as_of.isoformat():
        return True
    sources = {source.id: source.published.latest for source in seen.case.sources}
    told_by = [name for name in one["sources"] if name not in seen.known.without]
    return bool(told_by) and all(sources[name] > seen.known.as_of for name in told_by if name in sources)


def items(case: Case) -> Iterator[Item]:
    """Everything dated in a case that falls into the years shown."""
    for found in (_claims(case), _votes(case), _ties(case), _memberships(case), _reports(case)):
        yield from (one for one in found if f"{FIRST}" <= one["latest"] and one["earliest"] < f"{LAST + 1}")


def _item(id_: str, kind: str, when: Span, title: str, about: str | None, **more: Any) -> Item:
    return {
        "id": id_,
        "kind": kind,
        "lane": LANES[kind],
        "earliest": when.earliest.isoformat(),
        "latest": when.latest.isoformat(),
        "month": (when.earliest + (when.latest - when.earliest) / 2).isoformat()[:7],
        "when": dated(when),
        "title": title,
        "about": about,
        "claims": [],
        "sources": [],
    } | more


def _claims(case: Case) -> Iterator[Item]:
    """What happened and what was said; claims of several sources about one thing are one item."""
    together: dict[Hashable, list[Claim]] = {}
    for claim in case.claims:
        if isinstance(claim, SHOWN) and claim.fault is None and _sharp(claim.date):
            together.setdefault(_thing(claim), []).append(claim)
    names = case.names
    for claims in together.values():
        first = min(claims, key=_vagueness)
        about = words.initial(names.get(first.about, first.about))
        yield _item(
            first.id,
            first.kind,
            first.date,
            f"{about}: {first.paraphrase}",
            first.about,
            claims=[claim.id for claim in claims],
            sources=sorted({claim.source for claim in claims}),
        )


def _thing(claim: Claim) -> Hashable:
    """What a claim tells of: the happening it names, or else itself by kind, state, word and month."""
    if claim.happening is not None:
        return claim.happening
    month = claim.date.earliest.isoformat()[:7]
    if isinstance(claim, Event):
        return ("event", claim.about, claim.event, month)
    if isinstance(claim, Act):
        return ("act", claim.about, claim.act, month)
    if isinstance(claim, Position | Commitment):
        return (claim.kind, claim.about, claim.issue, month)
    return claim.id


def _vagueness(claim: Claim) -> tuple[int, str]:
    return (claim.date.latest - claim.date.earliest).days, claim.id


def _votes(case: Case) -> Iterator[Item]:
    for vote in case.resolutions:
        when = Span(earliest=vote.date, latest=vote.date)
        if vote.tally is None:
            said = f"Scheduled vote, an assumption: {vote.title}"
        else:
            told_ = ", ".join(f"{count} {how}" for how, count in vote.tally.items())
            own = vote.votes.get(case.about.focus)
            said = f"{vote.title}: {told_}" + (f"; {case.called(case.about.focus)}: {own}" if own else "")
        sources = sorted({one.source for one in vote.claims})
        yield _item(vote.id, "vote", when, said, "UN", sources=sources, scheduled=vote.tally is None)


def _ties(case: Case) -> Iterator[Item]:
    for tie in case.ties:
        pair = f"{words.initial(case.called(tie.source_actor))} and {case.called(tie.target_actor)}"
        sources = sorted({one.source for one in tie.claims})
        for word, when in (("begins", tie.since), ("ends", tie.until)):
            if when is not None and _sharp(when):
                id_ = f"{tie.id}.{word}"
                said = f"{pair}: {tie.kind} {word}"
                yield _item(id_, "tie", when, said, tie.source_actor, sources=sources, tie=tie.id)


def _memberships(case: Case) -> Iterator[Item]:
    for one in case.institutions:
        sources = sorted({cited.source for cited in one.claims})
        for member in one.members:
            who = words.initial(case.called(member.actor))
            for word, when in (("joins", member.since), ("leaves", member.until)):
                if when is not None and _sharp(when):
                    id_ = f"{one.id}.{member.actor}.{word}.{when.earliest}"
                    yield _item(
                        id_, "membership", when, f"{who} {word} {one.name}", member.actor, sources=sources
                    )


def _sharp(when: Span) -> bool:
    """Whether a date says at least in which year something was; what was so for longer has no place in a strip."""
    return (when.latest - when.earliest).days <= YEAR


def _reports(case: Case) -> Iterator[Item]:
    """When the sources of claims in words came out: what could be known from then on."""
    counted: dict[str, int] = {}
    for claim in case.claims:
        counted[claim.source] = counted.get(claim.source, 0) + 1
    for source in case.sources:
        if source.id in counted:
            day = Span(earliest=source.published.latest, latest=source.published.latest)
            said = f"Published: {source.title} ({source.publisher}), {counted[source.id]} claims"
            yield _item(f"source.{source.id}", "report", day, said, None, sources=[source.id])
