"""POST /api/certainty: how sure the change of each share is, beside the baseline's same runs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from tightrope.report.ask import Ask
from tightrope.report.certainty import certainties
from tightrope.report.desk import Desk


def router(desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.post("/certainty")
    def certainty(ask: Ask) -> dict[str, Any]:
        made = desk.plan(ask)
        found = certainties(desk.result(ask), desk.baseline(ask), made.known.case, made.blueprint)
        return {"shares": [asdict(one) for one in found], "runs": desk.result(ask).manifest.runs}

    return made
