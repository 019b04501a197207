"""POST /api/why: the exact table of the accounts behind each decision and each leaning, over all runs or in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from tightrope.case.case import Case
from tightrope.engine.result import Result
from tightrope.errors import ModelError
from tightrope.report.ask import RUNS, Ask
from tightrope.report.behind import Behind, Grounds
from tightrope.report.desk import Desk
from tightrope.report.occasion import occasional
from tightrope.report.pull import Pull, pulls
from tightrope.report.why import Row, Why, leanings, odds, whys

SAID = (
    "The tables say why the model chose this, never why the state did. "
    "The rows sum to the log-odds, without remainder."
)


class Asked(Ask):
    """What is run, and the run whose own decisions are wanted; none for the mean over all."""

    run: Annotated[int, Field(ge=0, lt=RUNS)] | None = None


def router(desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.post("/why")
    def why(ask: Asked) -> dict[str, Any]:
        plain = Ask(**ask.model_dump(exclude={"run"}))
        case = desk.situation(plain).known.case
        found, base = desk.result(plain), desk.baseline(plain)
        runs = found.manifest.runs
        if ask.run is not None:
            found, base = single(found, ask.run), single(base, ask.run)
        before = {one.id: one for one in decisions(base, case)}
        grounds = Grounds(case, desk.plan(plain).blueprint)
        return {
            "leanings": _leanings(found, base, grounds),
            "decisions": [_told(one, before.get(one.id), grounds) for one in decisions(found, case)],
            "said": SAID,
            "runs": runs,
            "run": ask.run,
            "moved": plain.plain.key() != plain.key(),
        }

    return made


def _leanings(result: Result, base: Result, grounds: Grounds) -> list[dict[str, Any]]:
    """Every power, and own strength last: its share, what moved it, and its table; own strength has none."""
    before = {one.id: one for one in leanings(base)}
    tables = [_told(one, before[one.id], grounds, "leaning") for one in leanings(result)]
    found = zip(pulls(result, base), [*tables, None], strict=True)
    return [_leaning(one, table, grounds) for one, table in found]


def _leaning(one: Pull, table: dict[str, Any] | None, grounds: Grounds) -> dict[str, Any]:
    parts = [
        {**asdict(part), "behind": asdict(grounds.behind("leaning", part.account))} for part in one.parts
    ]
    return {**asdict(one), "parts": parts, "table": table}


def decisions(result: Result, case: Case) -> tuple[Why, ...]:
    """Every decision of the focus state that came up: those of each month, the next vote, and those on occasions."""
    found = (*whys(result, case), *occasional(result, case))
    return tuple(_alone(one) for one in found) if result.manifest.runs == 1 else found


def single(result: Result, run: int) -> Result:
    """One run of a result, as a result of that run alone.

    Raises:
        ModelError: there is no such run.
    """
    if run >= result.manifest.runs:
        raise ModelError(f"there is no run {run}; give 0 to {result.manifest.runs - 1}")
    arrays = {name: values[..., run : run + 1] for name, values in result.arrays.items()}
    return replace(result, arrays=arrays, manifest=replace(result.manifest, runs=1, asked=1))


def _alone(one: Why) -> Why:
    """A table of a single run, said as one."""
    if not one.occasions:
        return replace(one, odds=odds(one.total, one.first, one.second, where="In this run"))
    many = f"{one.occasions} occasion{'' if one.occasions == 1 else 's'}"
    question = f"{'on' if one.occasions == 1 else 'mean over'} the {many} of this run"
    where = "On it" if one.occasions == 1 else "On a typical one of them"
    return replace(one, question=question, odds=odds(one.total, one.first, one.second, where=where))


def _told(now: Why, before: Why | None, grounds: Grounds, menu: str | None = None) -> dict[str, Any]:
    """A table, with the baseline's mean beside each of its rows, and what stands behind it."""
    was = {row.account: row for row in before.rows} if before else {}
    here = {row.account for row in now.rows}
    lost = [replace(row, mean=0.0, low=0.0, high=0.0) for row in was.values() if row.account not in here]
    rows = [_row(row, was, grounds.behind(menu or now.id, row.account)) for row in (*now.rows, *lost)]
    return {**asdict(now), "rows": rows, "total_before": before.total if before else None}


def _row(row: Row, was: Mapping[str, Row], behind: Behind) -> dict[str, Any]:
    before = was[row.account].mean if row.account in was else 0.0
    return {**asdict(row), "before": before, "behind": asdict(behind)}
