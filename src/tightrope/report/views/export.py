"""/api/export, /api/python, /api/report: what the page shows, to take away, to make again and to print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from tightrope.case.scenario import Scenario
from tightrope.engine.outcome import outcomes
from tightrope.engine.pairing import Difference, paired
from tightrope.engine.result import Result
from tightrope.report import bundle, upload
from tightrope.report.ask import Ask, Number, Word
from tightrope.report.bearing import inputs
from tightrope.report.desk import SHIPPED, Desk
from tightrope.report.evidence import claim_notes, conflict_notes
from tightrope.report.findings import CLAIMS, Findings, find
from tightrope.report.judgement import Ground, Judgement, judgements
from tightrope.report.kept import Kept
from tightrope.report.lever import ID, MOST
from tightrope.report.page import page
from tightrope.report.recipe import Recipe, python
from tightrope.report.store import Missing
from tightrope.report.views.library import Form, Told, attached

PINS = 4
PAGES = 12
_META = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


class Pin(Form):
    """A pinned scenario: its name on the page, its base and its levers."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    base: Word | None = None
    levers: Annotated[dict[Word, Number], Field(default_factory=dict, max_length=MOST)]


class Pinned(Form):
    """What the page asks for, and the pins beside it; `grounds`: also measure what carries each judgement."""

    ask: Ask
    pins: Annotated[tuple[Pin, ...], Field(max_length=PINS)] = ()
    grounds: bool = False


def router(desk: Desk) -> APIRouter:
    """The routes of this view."""
    made = APIRouter(route_class=Told)
    pages: Kept[str] = Kept(PAGES)

    @made.post("/export", response_class=Response, responses={200: {"content": {"application/zip": {}}}})
    def export(asked: Pinned) -> Response:
        name = f"tightrope-{asked.ask.case}-seed{asked.ask.seed}"
        packed = upload.to_zip(bundle.files(taken(desk, asked)), name)
        return Response(packed, media_type="application/zip", headers=attached(f"{name}.zip"))

    @made.post("/python")
    def code(ask: Ask) -> dict[str, str]:
        return {"code": written(desk, ask, desk.result(ask))}

    @made.post("/report")
    def report(asked: Pinned) -> dict[str, Any]:
        html = page(found(desk, asked))
        token = sha256(html.encode()).hexdigest()[:32]
        pages.get(token, lambda: html)
        return {
            "address": f"/api/report/{token}",
            "name": f"tightrope-{asked.ask.case}-report.html",
            "bytes": len(html.encode()),
            "runs": asked.ask.runs,
        }

    @made.get("/report/{token}", response_class=HTMLResponse)
    def printed(token: str) -> HTMLResponse:
        html = pages.find(token)
        if html is None:
            raise Missing("this report is no longer at hand; make it again under Save & export")
        return HTMLResponse(html, headers={"content-security-policy": policy(html)})

    return made


def policy(html: str) -> str:
    """The policy that a report brings with it, for the header as well: it allows its own style and script by digest."""
    match = _META.search(html)
    own = match[1].replace("&#39;", "'") if match else "default-src 'none'"
    return f"{own}; frame-ancestors 'none'"


def scenario_of(desk: Desk, ask: Ask, place: int) -> Scenario | None:
    """The scenario asked for; one that is not of the case as it stands gets an id that no other has."""
    made = desk.scenario(ask)
    if made is None or whole(desk, ask):
        return made
    title = f"{made.title}, with levers moved" if ask.base and ask.levers else made.title
    return made.model_copy(update={"id": ID if place < 2 else f"{ID}_{place}", "title": title})


def whole(desk: Desk, ask: Ask) -> bool:
    """Whether a scenario of the case is asked for as it stands."""
    own = {one.id for one in desk.situation(ask).known.case.scenarios}
    return ask.base is not None and not ask.levers and ask.base.replace("-", "_") in own


def written(desk: Desk, ask: Ask, result: Result) -> str:
    """The Python that makes a result again."""
    shipped = ask.case in SHIPPED
    return python(Recipe(ask.case, shipped, desk.scenario(ask), whole(desk, ask), result.manifest))


def taken(desk: Desk, asked: Pinned) -> bundle.Taken:
    """Everything that is taken away: the baseline, what the page shows, and the pins."""
    asks = {bundle.BASELINE: asked.ask.plain}
    if asked.ask.base is not None or asked.ask.levers:
        asks[bundle.NOW] = asked.ask
    for pin in asked.pins:
        asks[_unlike(pin.name, asks)] = pinned(asked.ask, pin)
    shown = tuple(_shown(desk, name, ask, place) for place, (name, ask) in enumerate(asks.items()))
    moved = {name: ask.levers for name, ask in asks.items()}
    case, now = (
        desk.situation(asked.ask).known.case,
        int(bundle.NOW in asks and asks[bundle.NOW] is asked.ask),
    )
    return bundle.Taken(case, asked.ask.case, shown, moved, now)


def pinned(ask: Ask, pin: Pin) -> Ask:
    """The question of a pin: the same runs with its base and levers."""
    return ask.model_copy(update={"base": pin.base, "levers": pin.levers})


def _unlike(name: str, there: Mapping[str, Ask]) -> str:
    return next(said for said in (name, *(f"{name} ({each})" for each in range(2, 9))) if said not in there)


def _shown(desk: Desk, name: str, ask: Ask, place: int) -> bundle.Shown:
    result = desk.result(ask)
    scenario = scenario_of(desk, ask, place)
    return bundle.Shown(name, scenario, result, judged(desk, ask, result), written(desk, ask, result))


def judged(desk: Desk, ask: Ask, result: Result) -> tuple[Judgement, ...]:
    """The key judgements of a result, without what carries them."""
    case = desk.situation(ask).known.case
    notes = claim_notes(case)
    conflicts = conflict_notes(case, notes)
    found = inputs(case, result.manifest.focus)
    made = desk.plan(ask).blueprint
    return judgements(Ground(result, case, made, outcomes(result), notes, conflicts, found, None))


def found(desk: Desk, asked: Pinned) -> Findings:
    """Everything that the printed report says, the pins as scenarios beside it."""
    ask, seen = asked.ask, desk.situation(asked.ask)
    scenarios = {one.id: one for one in seen.known.case.scenarios}
    differences: dict[str, Mapping[str, Difference]] = {}
    own = scenario_of(desk, ask, 0)
    if own is not None:
        scenarios[own.id] = own
    result = desk.result(ask, everyone=True)
    result = _called(result, own)
    for place, pin in enumerate(asked.pins, start=2):
        beside = pinned(ask, pin)
        scenario = scenario_of(desk, beside, place)
        if scenario is not None:
            named = scenario.model_copy(update={"title": pin.name})
            scenarios[named.id] = named
            differences[named.id] = paired(desk.result(ask), desk.result(beside))
    case = seen.known.case.model_copy(update={"scenarios": tuple(scenarios.values())})
    known = replace(seen.known, case=case)
    claims = CLAIMS if asked.grounds else None
    made = find(result, differences, known, desk.plan(ask).blueprint, claims=claims)
    return made if own is None or whole(desk, ask) else _with_recipe(made)


def _called(result: Result, scenario: Scenario | None) -> Result:
    if scenario is None:
        return result
    origin = replace(result.manifest.origin, scenario=scenario.id)
    return replace(result, manifest=replace(result.manifest, origin=origin))


def _with_recipe(made: Findings) -> Findings:
    """A command alone cannot make moved levers again: say where their file comes from."""
    said = f"{made.making.command}   (with the scenario's file from the export, in the folder scenarios/ of the case)"
    return replace(made, making=replace(made.making, command=said))
