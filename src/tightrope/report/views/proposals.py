"""/api/proposals: the claims of a new report are checked, accepted or refused, and the judgements move."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter
from pydantic import Field

from tightrope.case.case import Case
from tightrope.case.figure import Reading
from tightrope.case.text import SIZE_LIMIT
from tightrope.engine.repeated import Repeated
from tightrope.engine.simulate import plan
from tightrope.errors import CaseError, EvidenceError
from tightrope.evidence.claim import Claim
from tightrope.report import amended, intake, moved, proposal, widening
from tightrope.report.ask import DEFAULT, Ask, Name, wanted
from tightrope.report.bearing import sets
from tightrope.report.checked import contents
from tightrope.report.desk import Desk
from tightrope.report.example import example, template
from tightrope.report.guard import fault_data
from tightrope.report.proposal import Checked, Proposal
from tightrope.report.store import Missing
from tightrope.report.suggestion import Suggested, suggested, told_sets
from tightrope.report.suggestion import Told as Said
from tightrope.report.update import ranked
from tightrope.report.views.library import Form, Told, case_data, free_case, workspace

READING = (
    "Rules read it, here and offline, and propose claims with their passages; each is refused until you accept it. "
    "Their numbers are first guesses: look at the passage."
)
NAMED = "report"
Found = TypeVar("Found")
Source = dict[str, Any] | Annotated[str, Field(max_length=80)]
Claims = Annotated[list[dict[str, Any]], Field(max_length=proposal.CLAIMS)]


class Proposed(Form):
    """A proposal as text."""

    ask: Ask
    text: Annotated[str, Field(max_length=SIZE_LIMIT)]


class Report(Form):
    """A report: its text as pasted, or its file in base64; and when it came out, where it does not say so."""

    ask: Ask
    name: Annotated[str, Field(max_length=200)] = NAMED
    text: Annotated[str, Field(max_length=intake.CHARACTERS)] | None = None
    data: Annotated[str, Field(max_length=intake.BYTES * 4 // 3 + 4)] | None = None
    published: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = None

    @property
    def bytes(self) -> bytes:
        """What is to be read.

        Raises:
            EvidenceError: there is nothing, or it is no base64.
        """
        if self.text is not None:
            return self.text.encode()
        try:
            return b64decode(self.data or "", validate=True)
        except ValueError:
            raise EvidenceError("the file did not come through whole; choose it again") from None


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

    @made.post("/proposals/read")
    def read(asked: Report) -> dict[str, Any]:
        return was_read(desk, asked)

    @made.post("/proposals/effect")
    def effect(asked: Accepted) -> dict[str, Any]:
        trial, day = tried(desk, asked)
        return {
            **desk.aside(moved.effect, trial, by=Repeated()),
            "as_of": day.isoformat(),
            "accepted": len(asked.accepted),
        }

    @made.post("/proposals/movers")
    def movers(asked: Accepted) -> dict[str, Any]:
        trial, _ = tried(desk, asked)
        names = ranked(trial.after.known.case, [str(claim.get("id")) for claim in asked.accepted])
        shown = names[: moved.LEFT_OUT]
        found = desk.aside(moved.movers, trial.after, shown, trial.runs, trial.seed, by=Repeated())
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
            {"data": data, "line": mark.place[0], **_shown(case, data, claim)} for data, claim, mark in pairs
        ],
        "faults": [fault_data(fault) for fault in found.faults],
    }


def was_read(desk: Desk, asked: Report) -> dict[str, Any]:
    """What the reader proposes of a report, in the form of a checked proposal, with passages and doubts."""
    seen = desk.situation(asked.ask)
    lesser, again = left_out(seen.case, asked.ask.without)
    said = Said(published=asked.published)
    found = desk.aside(proposed_of, lesser, asked.name, asked.bytes, said, again)
    if found.held is not None:
        return {"held": found.held, "source": found.source, "claims": [], "faults": []}
    checked = proposal.check(seen.case, found.proposal())
    answer = told(seen.case, found.proposal(), checked, seen.known.as_of)
    for one, claim in zip(answer["claims"], found.claims, strict=True):
        one |= {"passage": claim.passage, "doubts": list(claim.doubts), "line": 0}
    return {**answer, "held": None}


def proposed_of(
    case: Case, name: str, data: bytes, said: Said, again: dict[str, dict[str, Any]]
) -> Suggested:
    """Read a report and propose claims, by a process of its own and within its time."""
    return intake.within(intake.SECONDS, _proposed_of, case, name, data, said, again)


def _proposed_of(
    case: Case, name: str, data: bytes, said: Said, again: dict[str, dict[str, Any]]
) -> Suggested:
    findings = intake.read_bytes(case, name, data)
    digest = sha256(findings.report.raw.encode()).hexdigest()
    return told_sets(case, suggested(case, findings, said, again.get(digest)))


def left_out(case: Case, without: Sequence[str]) -> tuple[Case, dict[str, dict[str, Any]]]:
    """The case that does not know the texts of the sources left out; and their records by text, under a new name."""
    again = {}
    for one in case.sources:
        if one.id in without and one.text_sha256:
            data = {name: value for name, value in one.model_dump(mode="json").items() if value is not None}
            again[one.text_sha256] = {**data, "id": f"{one.id}_again"}
    known = tuple(
        one.model_copy(update={"text_sha256": None}) if one.id in without else one for one in case.sources
    )
    return case.model_copy(update={"sources": known}), again


def _id(data: Any) -> str | None:
    return str(data.get("id"))[:80] if isinstance(data, dict) and data.get("id") else None


def _shown(case: Case, data: Any, claim: Claim | Reading | None) -> dict[str, Any]:
    if claim is None:
        return {"id": _id(data)}
    return _reading(case, data, claim) if isinstance(claim, Reading) else _claim(case, claim)


def _reading(case: Case, data: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """A further reading of a figure, with the readings that are known."""
    figure = next((one for one in case.figures if one.id == data["figure"]), None)
    what = widening.sets(case, data)
    known = figure.claims if figure else ()
    return {
        "id": reading.id,
        "kind": widening.KIND,
        "about": figure.about if figure else None,
        "date": str(reading.date),
        "paraphrase": data.get("paraphrase") or reading.note or f"{data['figure']}: {reading.value:g}",
        "stance": None,
        "sets": what,
        "nothing": what.startswith("nothing"),
        "same": [],
        "opposite": [],
        "other": [
            {
                "id": one.id or data["figure"],
                "source": one.source,
                "date": str(one.date),
                "paraphrase": f"{one.value:g} ({one.bound})",
                "stance": None,
            }
            for one in known
        ],
    }


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
