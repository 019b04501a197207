"""GET /api/situation: all that a page needs to know of a case before anything is run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from tightrope.case.scenario import Scenario
from tightrope.engine.result import Result
from tightrope.errors import ModelError
from tightrope.model.build import varied
from tightrope.report import words
from tightrope.report.ask import DEFAULT, MONTHS, PREVIEW, RUNS, Ask, wanted
from tightrope.report.desk import Desk, Situation, as_of_text
from tightrope.report.fan import Fan, FanGroup, fans
from tightrope.report.findings import CAVEATS, RANGE_NOTE
from tightrope.report.lever import expressed
from tightrope.report.topic import topics

PINS = 4
NO_SCORE = "No score is shown: this version has not been compared with the record."


def router(desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.get("/situation")
    def situation(case: str = DEFAULT, as_of: str = "", without: str = "") -> dict[str, Any]:
        asked = wanted(case, as_of, without)
        seen = desk.situation(asked)
        ask = Ask(**asked.model_dump(), runs=PREVIEW)
        return told(desk, seen, desk.baseline(ask))

    return made


def told(desk: Desk, seen: Situation, base: Result) -> dict[str, Any]:
    """The situation as plain data; `base` a few runs of the baseline, for what charts there are and their axes."""
    year, month = seen.plan.blueprint.start
    months = range(month, month + seen.plan.blueprint.months)
    groups = fans(base)
    return {
        "case": _case(seen),
        "levers": [asdict(lever) for lever in seen.levers],
        "presets": [*_presets(seen), *_saved(desk, seen)],
        "groups": [_group(group) for group in groups],
        "fans": [_fan(group, one) for group in groups for one in group.fans],
        "topics": [{"id": topic.id, "title": topic.title} for topic in topics(base, seen.known.case)],
        "months": [words.month(year, each) for each in months],
        "month_ids": [words.month_id(year, each) for each in months],
        "sources": list(_sources(seen)),
        "dropped": {
            "claims": sum(seen.known.dropped.values()),
            "by_source": dict(seen.known.dropped),
        },
        "caveats": list(CAVEATS),
        "range_note": RANGE_NOTE,
        "score": NO_SCORE,
        "engine": "NumPy" if desk.slow() else "compiled",
        "engine_note": desk.slow(),
        "limits": {"runs": RUNS, "months": MONTHS, "pins": PINS, "preview": PREVIEW},
    }


def _case(seen: Situation) -> dict[str, Any]:
    about, names = seen.known.case.about, seen.known.case.names
    return {
        "name": seen.name,
        "title": about.title,
        "summary": _summary(seen),
        "boundaries": about.boundaries,
        "focus": about.focus,
        "focus_name": names.get(about.focus, about.focus),
        "as_of": as_of_text(seen),
        "usual_as_of": seen.case.about.as_of.isoformat(),
        "start": words.month_id(*seen.plan.blueprint.start),
        "months": seen.plan.blueprint.months,
        "digest": seen.origin.digest,
        "poles": [{"id": pole, "name": names.get(pole, pole)} for pole in about.poles],
        "deciders": [{"id": name, "name": names.get(name, name)} for name in about.deciders],
    }


def _group(group: FanGroup) -> dict[str, Any]:
    return {
        "id": group.id,
        "title": group.title,
        "reading": group.reading,
        "fans": [one.id for one in group.fans],
    }


def _fan(group: FanGroup, one: Fan) -> dict[str, Any]:
    return {
        "id": one.id,
        "group": group.id,
        "title": one.title,
        "unit": one.unit,
        "kind": one.kind,
        "floor": one.floor,
        "ceiling": one.ceiling,
        "note": one.note,
    }


def _summary(seen: Situation) -> str:
    """The summary of the case, unless it tells of what is not known yet."""
    if seen.known.as_of >= seen.case.about.as_of:
        return seen.case.about.summary
    return f"Nothing that was published after {words.day(seen.known.as_of)} is known here."


def _presets(seen: Situation) -> Iterator[dict[str, Any]]:
    for scenario in seen.known.case.scenarios:
        yield _preset(seen, scenario, scenario.id)


def _saved(desk: Desk, seen: Situation) -> Iterator[dict[str, Any]]:
    """The scenarios that a user has saved from this case, the latest first; those of other cases are left out."""
    found, _ = desk.saved.scenarios() if desk.saved else ([], {})
    case = seen.known.case
    readings = {each.id for figure in case.figures for each in figure.claims}
    known = {claim.id for claim in case.claims} | readings
    for one in found:
        if one.ask is not None and one.ask.case == seen.name:
            yield {
                **_preset(seen, one.scenario, one.name),
                "title": f"{one.scenario.title} (saved)",
                "suggested_by": [claim for claim in one.scenario.suggested_by if claim in known],
                "saved": True,
            }


def _preset(seen: Situation, scenario: Scenario, name: str) -> dict[str, Any]:
    values = expressed(scenario, seen.levers)
    return {
        "id": name,
        "title": scenario.title,
        "name": scenario.title,
        "meaning": scenario.meaning,
        "against": scenario.against,
        "suggested_by": list(scenario.suggested_by),
        "levers": values,
        "whole": len(values) == len(scenario.happenings) + len(scenario.settings),
        "refused": _refused(seen, scenario),
        "saved": False,
    }


def _refused(seen: Situation, scenario: Scenario) -> str | None:
    """Why a scenario cannot be run from this day on, as where it begins before the run does."""
    try:
        varied(seen.plan.blueprint, scenario)
    except ModelError as error:
        return str(error)
    return None


def _sources(seen: Situation) -> Iterator[dict[str, Any]]:
    """Every source of the whole case, with how many claims in words are its own, and whether it is left out."""
    counted: dict[str, int] = {}
    for claim in seen.case.claims:
        counted[claim.source] = counted.get(claim.source, 0) + 1
    for source in seen.case.sources:
        yield {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "kind": source.kind,
            "published": str(source.published),
            "claims": counted.get(source.id, 0),
            "known": source.published.latest <= seen.known.as_of,
            "left_out": source.id in seen.known.without,
        }
