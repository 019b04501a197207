"""GET /api/evidence: claims, conflicts, sources, figures, assumptions as known; passages where texts are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import chain
from typing import Any

from fastapi import APIRouter, HTTPException

from tightrope.case.case import Case
from tightrope.case.figure import Figure, Reading
from tightrope.errors import EvidenceError
from tightrope.evidence.claim import Cited, Claim, Threat
from tightrope.report.ask import DEFAULT, wanted
from tightrope.report.bearing import nothing, state_of
from tightrope.report.desk import Desk, Situation
from tightrope.report.evidence import (
    ClaimNote,
    claim_notes,
    conflict_notes,
    figure_notes,
    parameter_notes,
    source_notes,
    where,
)
from tightrope.report.passage import Texts


def router(desk: Desk) -> APIRouter:
    """The routes of this view."""
    made = APIRouter()
    texts = Texts(desk.texts) if desk.texts else None

    @made.get("/evidence")
    def evidence(case: str = DEFAULT, as_of: str = "", without: str = "") -> dict[str, Any]:
        return told(desk.situation(wanted(case, as_of, without)), texts is not None)

    @made.get("/evidence/passage")
    def passage(claim: str, case: str = DEFAULT, as_of: str = "") -> dict[str, str]:
        known = desk.situation(wanted(case, as_of)).known.case
        found = cited(known, claim)
        if found is None:
            raise HTTPException(404, "there is no such claim, or it is not known yet")
        if texts is None:
            raise HTTPException(
                404,
                "no texts are here: start `tightrope serve` with --texts FOLDER, your own copies of the sources",
            )
        try:
            return asdict(texts.passage(known, found))
        except EvidenceError as error:
            raise HTTPException(404, str(error)) from None

    return made


def cited(case: Case, name: str) -> Cited | None:
    """The claim of that id, or the reading of a figure."""
    readings = (reading for figure in case.figures for reading in figure.claims)
    every: Iterator[Claim | Reading] = chain(case.claims, readings)
    return next((one for one in every if one.id == name), None)


def told(seen: Situation, has_texts: bool) -> dict[str, Any]:
    """The evidence as plain data; what was not known yet is not in it."""
    case, blueprint = seen.known.case, seen.plan.blueprint
    notes = claim_notes(case)
    conflicts = conflict_notes(case, notes)
    disputed: dict[str, list[str]] = {}
    for conflict in conflicts:
        for claim in conflict.claims:
            disputed.setdefault(claim.id, []).append(conflict.id)
    return {
        "claims": list(_claims(case, notes, disputed)),
        "conflicts": [
            {
                "id": one.id,
                "kind": one.kind,
                "salience": one.salience,
                "what": one.what,
                "likely": one.likely,
                "claims": [claim.id for claim in one.claims],
            }
            for one in conflicts
        ],
        "sources": [asdict(one) for one in source_notes(case)],
        "figures": list(_figures(seen)),
        "parameters": [asdict(one) for one in parameter_notes(blueprint)],
        "issues": [{"id": one.id, "title": one.proposition} for one in case.issues],
        "texts": has_texts,
    }


def _claims(
    case: Case, notes: Mapping[str, ClaimNote], disputed: Mapping[str, list[str]]
) -> Iterator[dict[str, Any]]:
    """Every claim in words, and every reading of a figure that has an id."""
    claims = {claim.id: claim for claim in case.claims}
    readings = {each.id: (figure, each) for figure in case.figures for each in figure.claims if each.id}
    told_of = Counter(claim.happening for claim in case.claims if claim.happening)
    for name, note in notes.items():
        claim = claims.get(name)
        more = _of_claim(case, claim, told_of) if claim else _of_reading(case, *readings[name])
        yield {**asdict(note), **more, "disputed": disputed.get(name, [])}


def _of_claim(case: Case, claim: Claim, told_of: Mapping[str, int]) -> dict[str, Any]:
    """What a page filters and draws by; `stance` from -1 to 1, `strength` from 0 to 1, as far as the claim has one."""
    return {
        **_placed(case, claim.about, claim),
        "issue": getattr(claim, "issue", None),
        "bears_on": list(getattr(claim, "bears_on", ())),
        "idle": nothing(case, claim),
        "stance": getattr(claim, "stance", None),
        "strength": getattr(claim, "strength", None),
        "by": _by(case, claim),
        "told": told_of[claim.happening] if claim.happening else 1,
        "figure": None,
    }


def _of_reading(case: Case, figure: Figure, reading: Reading) -> dict[str, Any]:
    return {
        **_placed(case, figure.about, reading),
        "issue": None,
        "bears_on": [],
        "idle": False,
        "stance": None,
        "strength": None,
        "by": None,
        "told": 1,
        "figure": figure.id,
    }


def _placed(case: Case, about: str, cited: Cited) -> dict[str, Any]:
    """Whom it is about, between which days, and where its passage stands, by characters and digest."""
    return {
        "actor": about,
        "state": state_of(case, about),
        "first": cited.date.earliest.isoformat(),
        "last": cited.date.latest.isoformat(),
        "place": cited.at and cited.at.model_dump(),
    }


def _by(case: Case, claim: Claim) -> str | None:
    """Whose word it is: of a threat the speaker and the rank, of an opinion the voice."""
    if isinstance(claim, Threat):
        name = case.called(claim.by)
        return f"{name}, {claim.rank}"
    return getattr(claim, "voice", None)


def _figures(seen: Situation) -> Iterator[dict[str, Any]]:
    """Every figure that runs draw from, with each reading of it, and between which values they draw."""
    case, drawn = seen.known.case, seen.plan.blueprint.figures
    readings = {figure.id: figure.claims for figure in case.figures}
    about = {figure.id: figure.about for figure in case.figures}
    for note in figure_notes(case, seen.plan.blueprint):
        found = drawn[note.name]
        counted = found.shape in ("counted", "half_normal")
        yield {
            **asdict(note),
            "about": about.get(note.name),
            "low": None if counted else found.low,
            "high": None if counted else found.high,
            "readings": [_reading(one) for one in readings.get(note.name, ())],
        }


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "id": one.id,
        "value": one.value,
        "bound": one.bound,
        "source": one.source,
        "date": str(one.date),
        "where": where(one),
        "note": one.note,
    }
