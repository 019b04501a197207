"""/api/proposals: the claims of a new report are checked, accepted or refused, and the judgements move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter
from pydantic import Field

from tightrope.case.case import Case
from tightrope.case.text import SIZE_LIMIT
from tightrope.engine.simulate import plan
from tightrope.errors import CaseError
from tightrope.evidence.claim import Claim
from tightrope.report import amended, moved, proposal
from tightrope.report.ask import DEFAULT, Ask, Name, wanted
from tightrope.report.bearing import sets
from tightrope.report.checked import contents
from tightrope.report.desk import Desk
from tightrope.report.example import example, template
from tightrope.report.guard import fault_data
from tightrope.report.proposal import Checked, Proposal
from tightrope.report.store import Missing
from tightrope.report.views.library import Form, Told, case_data, free_case, workspace

READING = (
    "Reading a report automatically is not part of this version: it would have to find every claim, its place and its "
    "author. Write the claims into the template, or have another program write them as YAML or JSON lines."
)
Found = TypeVar("Found")
Source = dict[str, Any] | Annotated[str, Field(max_length=80)]
Claims = Annotated[list[dict[str, Any]], Field(max_length=proposal.CLAIMS)]


class Proposed(Form):
    """A proposal as text."""

    ask: Ask
    text: Annotated[str, Field(max_length=SIZE_LIMIT)]


class Accepted(Form):
    """A source and the claims of it that were accepted."""

    ask: Ask
    source: Source
    accepted: Claims


class ForGood(Accepted):
    """The same, to be saved as a new case of that name."""

    to: Name


def router(desk: Desk) -> APIRouter:
    """The routes of this view."""
    made = APIRouter(route_class=Told)

    @made.get("/proposals/template")
    def empty(case: str = DEFAULT, as_of: str = "") -> dict[str, str]:
        seen = desk.situation(wanted(case, as_of))
        day = seen.known.as_of.isoformat()
        return {"template": template(seen.case, day), "example": example(seen.case, day), "reading": READING}

    @made.post("/proposals/check")
    def check(asked: Proposed) -> dict[str, Any]:
        seen = desk.situation(asked.ask)
        proposed = proposal.read(asked.text)
        return told(seen.case, proposed, proposal.check(seen.case, proposed), seen.known.as_of)

    @made.post("/proposals/effect")
    def effect(asked: Accepted) -> dict[str, Any]:
        trial, day = tried(desk, asked)
        return {
            **desk.aside(moved.effect, trial),
            "as_of": day.isoformat(),
            "accepted": len(asked.accepted),
        }

    @made.post("/proposals/movers")
    def movers(asked: Accepted) -> dict[str, Any]:
        trial, _ = tried(desk, asked)
        names = telling(trial.after.known.case, [str(claim.get("id")) for claim in asked.accepted])
        found = desk.aside(moved.movers, trial.after, names[: moved.LEFT_OUT], trial.runs, trial.seed)
        return {"movers": found, "runs": trial.runs, "left": names[moved.LEFT_OUT :]}

    @made.post("/proposals/accept", status_code=201)
    def accept(asked: ForGood) -> dict[str, Any]:
        return saved(desk, asked)

    return made


def told(case: Case, proposed: Proposal, found: Checked, as_of: date) -> dict[str, Any]:
    """A checked proposal as the page shows it."""
    pairs = zip(proposal.sourced(proposed), found.claims, proposed.marks, strict=True)
    source = found.source
    return {
        "source": proposed.source,
        "title": source.title if source else None,
        "published": str(source.published) if source else None,
        "later": source is not None and source.published.latest > as_of,
        "claims": [
            {"data": data, "line": mark.place[0], **(_claim(case, claim) if claim else {"id": _id(data)})}
            for data, claim, mark in pairs
        ],
        "faults": [fault_data(fault) for fault in found.faults],
    }


def _id(data: Any) -> str | None:
    return str(data.get("id"))[:80] if isinstance(data, dict) and data.get("id") else None


def _claim(case: Case, claim: Claim) -> dict[str, Any]:
    beside = proposal.beside(case, claim)
    what = sets(case, claim)
    return {
        "id": claim.id,
        "kind": claim.kind,
        "about": claim.about,
        "date": str(claim.date),
        "paraphrase": claim.paraphrase,
        "stance": proposal.stance(claim),
        "sets": what,
        "nothing": what.startswith("nothing"),
        "same": [_known(one) for one in beside.same],
        "opposite": [_known(one) for one in beside.opposite],
        "other": [_known(one) for one in beside.other],
    }


def _known(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "source": claim.source,
        "date": str(claim.date),
        "paraphrase": claim.paraphrase,
        "stance": proposal.stance(claim),
    }


def with_accepted(case: Case, asked: Accepted) -> Checked:
    """The case with the accepted claims; without any it is the case itself, and not even the source comes in.

    Raises:
        CaseError: a claim that cannot stand in the case.
    """
    if not asked.accepted:
        return Checked(case, None, (), ())
    found = proposal.check(case, proposal.given(asked.source, asked.accepted))
    if found.faults:
        raise CaseError(found.faults)
    return found


def tried(desk: Desk, asked: Accepted) -> tuple[moved.Trial, date]:
    """What is to be compared, from the day on which the new source is known as well."""
    seen = desk.situation(asked.ask)
    found = with_accepted(seen.case, asked)
    day = max([seen.known.as_of, *([found.source.published.latest] if found.source else [])])
    ask = asked.ask.model_copy(update={"as_of": day})
    scenario, months = desk.scenario(ask), desk.situation(ask).months(ask)
    before, after = (
        plan(case, scenario, None, months, day, ask.without) for case in (seen.case, found.case or seen.case)
    )
    return moved.Trial(before, after, min(ask.runs, moved.RUNS), ask.seed), day


def telling(case: Case, names: Sequence[str]) -> list[str]:
    """The accepted claims that set something; to leave out one that sets nothing would change nothing."""
    return [one.id for one in case.claims if one.id in names and not sets(case, one).startswith("nothing")]


def saved(desk: Desk, asked: ForGood) -> dict[str, Any]:
    """Save the case with the accepted claims under a new name; the case itself stays as it is."""
    seen, folders = desk.situation(asked.ask), desk.cases()
    if not asked.accepted:
        raise Missing("no claim is accepted, so there is nothing to save")
    with_accepted(seen.case, asked)
    claims = proposal.sourced(proposal.given(asked.source, asked.accepted))
    files = amended.amended(contents(folders[asked.ask.case]), asked.source, claims)
    found = workspace(desk).add_case(free_case(desk, asked.to), files)
    return case_data(found.name, found.folder)
