"""GET /api/evidence: claims, conflicts, sources, figures and assumptions of a case as known; passages where texts are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, HTTPException

from tightrope.case.case import Case
from tightrope.errors import EvidenceError
from tightrope.report.ask import DEFAULT, wanted
from tightrope.report.bearing import nothing, state_of
from tightrope.report.desk import Desk, Situation
from tightrope.report.evidence import (
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
        found = next((one for one in known.claims if one.id == claim), None)
        if found is None:
            raise HTTPException(404, "there is no such claim, or it is not known yet")
        if texts is None:
            raise HTTPException(
                404, "start with --texts FOLDER, your own copies of the sources, to see passages"
            )
        try:
            return asdict(texts.passage(known, found))
        except EvidenceError as error:
            raise HTTPException(404, str(error)) from None

    return made


def told(seen: Situation, has_texts: bool) -> dict[str, Any]:
    """The evidence as plain data."""
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
        "texts": has_texts,
    }


def _claims(case: Case, notes: Any, disputed: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """Every claim in words, and every reading of a figure that has an id."""
    plain = {claim.id: claim for claim in case.claims}
    for name, note in notes.items():
        claim = plain.get(name)
        yield {
            **asdict(note),
            "actor": claim.about if claim else None,
            "state": state_of(case, claim.about) if claim else None,
            "first": claim.date.earliest.isoformat() if claim else None,
            "last": claim.date.latest.isoformat() if claim else None,
            "issue": getattr(claim, "issue", None),
            "idle": nothing(case, claim) if claim else False,
            "place": claim is not None and claim.at is not None,
            "disputed": disputed.get(name, []),
        }


def _figures(seen: Situation) -> Iterator[dict[str, Any]]:
    """Every figure that runs draw from, with each reading of it."""
    readings = {figure.id: figure.claims for figure in seen.known.case.figures}
    for note in figure_notes(seen.known.case, seen.plan.blueprint):
        yield {
            **asdict(note),
            "readings": [
                {
                    "value": one.value,
                    "bound": one.bound,
                    "source": one.source,
                    "date": str(one.date),
                    "where": where(one),
                    "note": one.note,
                }
                for one in readings.get(note.name, ())
            ],
        }
