"""POST /api/judgements: the key judgements in full, and what carries each once that has been measured."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from tightrope.engine.outcome import outcomes
from tightrope.report import words
from tightrope.report.ask import Ask
from tightrope.report.bearing import inputs
from tightrope.report.desk import Desk
from tightrope.report.evidence import claim_notes, conflict_notes
from tightrope.report.findings import CAVEATS, RANGE_NOTE
from tightrope.report.judgement import Ground, judgements
from tightrope.report.leverage import Leverage
from tightrope.report.topic import Happened, topics

MEASURED = (
    "What carries a judgement was measured in the baseline, without the levers: each thing that claims say was left "
    "out in turn and {runs} runs made again with the same random numbers."
)


def router(desk: Desk) -> APIRouter:
    """The routes of this view."""
    made = APIRouter()

    @made.post("/judgements")
    def plain(ask: Ask) -> dict[str, Any]:
        return told(desk, ask, None)

    @made.post("/judgements/grounds")
    def grounded(ask: Ask) -> dict[str, Any]:
        return told(desk, ask, desk.leverage(ask))

    return made


def measured_on(leverage: Leverage | None, happened: Happened) -> str | None:
    """On which runs the claims of a judgement were weighed, and how it stands in these and in all of the baseline."""
    if leverage is None:
        return None
    said, runs = "Measured in the baseline, without the levers", leverage.runs
    share = f"{100.0 * float(happened[:runs].mean()):.1f}".removesuffix(".0")
    if runs >= happened.size:
        return f"{said}, on its {runs:,} runs: {share} of 100"
    whole = words.hundred(float(happened.mean()))
    return f"{said}, on {runs:,} of its {happened.size:,} runs: {share} of 100 there, {whole} of 100 on all"


def told(desk: Desk, ask: Ask, leverage: Leverage | None) -> dict[str, Any]:
    """The judgements on the runs asked for; with the claims that carry them where `leverage` was measured."""
    seen, made, result = desk.situation(ask), desk.plan(ask), desk.result(ask)
    case = seen.known.case
    notes = claim_notes(case)
    ground = Ground(
        result,
        case,
        made.blueprint,
        outcomes(result),
        notes,
        conflict_notes(case, notes),
        inputs(case, result.manifest.focus),
        leverage,
    )
    plain = desk.baseline(ask)
    base = {topic.id: topic.happened(plain) for topic in topics(plain, case)}
    return {
        "judgements": [
            {**asdict(one), "measured_on": measured_on(leverage, base[one.id])} for one in judgements(ground)
        ],
        "measured_runs": leverage.runs if leverage else None,
        "measured": MEASURED.format(runs=leverage.runs) if leverage else None,
        "caveats": list(CAVEATS),
        "scale": [list(one) for one in words.SCALE],
        "range_note": RANGE_NOTE,
        "runs": result.manifest.runs,
    }
