"""POST /api/why: the exact table of the six accounts behind each decision, over all runs or in a single one."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from tightrope.case.case import Case
from tightrope.engine.result import Result
from tightrope.errors import ModelError
from tightrope.report.ask import RUNS, Ask
from tightrope.report.desk import Desk
from tightrope.report.occasion import occasional
from tightrope.report.why import Why, whys

SAID = "The tables say why the model chose this, never why the state did. The rows sum to the log-odds, without remainder."


class Asked(Ask):
    """What is run, and the run whose own decisions are wanted; none for the mean over all."""

    run: Annotated[int, Field(ge=0, lt=RUNS)] | None = None


def router(desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.post("/why")
    def why(ask: Asked) -> dict[str, Any]:
        plain = Ask(**ask.model_dump(exclude={"run"}))
        seen, found, base = desk.situation(plain), desk.result(plain), desk.baseline(plain)
        if ask.run is not None:
            found, base = single(found, ask.run), single(base, ask.run)
        before = {one.id: one for one in decisions(base, seen.known.case)}
        return {
            "decisions": [_told(one, before.get(one.id)) for one in decisions(found, seen.known.case)],
            "said": SAID,
            "runs": found.manifest.runs,
            "run": ask.run,
            "moved": plain.plain.key() != plain.key(),
        }

    return made


def decisions(result: Result, case: Case) -> tuple[Why, ...]:
    """Every decision of the focus state that came up: those of each month, the next vote, and those on occasions."""
    return (*whys(result, case), *occasional(result, case))


def single(result: Result, run: int) -> Result:
    """One run of a result, as a result of that run alone.

    Raises:
        ModelError: there is no such run.
    """
    if run >= result.manifest.runs:
        raise ModelError(f"there is no run {run}; give 0 to {result.manifest.runs - 1}")
    arrays = {name: values[..., run : run + 1] for name, values in result.arrays.items()}
    return replace(result, arrays=arrays, manifest=replace(result.manifest, runs=1, asked=1))


def _told(now: Why, before: Why | None) -> dict[str, Any]:
    """A table, with the baseline's mean beside each of its rows."""
    was = {row.account: row.mean for row in before.rows} if before else {}
    rows = [{**asdict(row), "before": was.get(row.account, 0.0)} for row in now.rows]
    missing = [
        {**asdict(row), "mean": 0.0, "low": 0.0, "high": 0.0, "before": row.mean}
        for row in (before.rows if before else ())
        if row.account not in {each.account for each in now.rows}
    ]
    return {**asdict(now), "rows": rows + missing, "total_before": before.total if before else None}
