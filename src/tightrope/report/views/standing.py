"""GET /api/standing: where states stand, from estimates in the workspace or from the ideal points that a case cites."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from fastapi import APIRouter

from tightrope.case.case import Case
from tightrope.errors import MeasureError, ModelError
from tightrope.measure import standing as points
from tightrope.measure.country import STATES, name_of
from tightrope.measure.standing import Standing
from tightrope.report.ask import DEFAULT, wanted
from tightrope.report.desk import Desk
from tightrope.report.store import NAME
from tightrope.report.tracks import year
from tightrope.report.votes_folder import MANIFEST

ESTIMATES, FIGURE, OWN = "estimates", ".ideal_point", "case"
USUAL = ("KAZ", "KGZ", "UZB", "RUS", "CHN", "USA", "WEST")
SAID = "An ideal point says with whom a state votes in the General Assembly, not why. Only distances count."
OF_CASE = (
    "The ideal points that this case cites, by the year that they refer to. Bars are the limits that are cited; "
    "runs draw from the hull of all."
)


@dataclass(frozen=True)
class Choice:
    """A folder of estimates: its name, where it lies, and the day of the last vote that it was made from."""

    name: str
    path: Path
    last_vote: date


def router(desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.get("/standing")
    def standing(
        case: str = DEFAULT, as_of: str = "", without: str = "", estimates: str = ""
    ) -> dict[str, Any]:
        seen = desk.situation(wanted(case, as_of, without))
        there = choices(desk.workspace)
        known = {name: one for name, one in there.items() if one.last_vote <= seen.known.as_of}
        if estimates not in ("", OWN) and estimates not in known:
            raise ModelError(_lacking(estimates, there))
        name = estimates or next(iter(known), OWN)
        found = of_case(seen.known.case) if name == OWN else of_folder(known[name])
        focus = seen.plan.blueprint.deciders[seen.plan.blueprint.focus]
        return {
            **found,
            "choice": name,
            "choices": [OWN, *known],
            "later": sorted(set(there) - set(known)),
            "usual": [state for state in dict.fromkeys((focus, *USUAL)) if state in found["names"]],
            "said": SAID,
        }

    return made


def _lacking(name: str, there: Mapping[str, Choice]) -> str:
    if name in there:
        return f"{name!r} is made from votes up to {there[name].last_vote}, later than what is known here"
    return f"there are no estimates {name!r:.80}; there are {', '.join(sorted(there)) or 'none'}"


def choices(workspace: Path | None) -> dict[str, Choice]:
    """The folders `estimates/NAME` of the workspace that hold an `ideal_points.csv`, the newest votes first."""
    if workspace is None or not (workspace / ESTIMATES).is_dir():
        return {}
    found = []
    for folder in sorted((workspace / ESTIMATES).iterdir()):
        path = folder / points.FILE
        if NAME.fullmatch(folder.name) and folder.name != OWN and _plain(folder, path):
            found.append(Choice(folder.name, folder, _last_vote(folder)))
    return {one.name: one for one in sorted(found, key=lambda one: (one.last_vote, one.name), reverse=True)}


def _plain(folder: Path, path: Path) -> bool:
    return not folder.is_symlink() and path.is_file() and not path.is_symlink()


def _last_vote(folder: Path) -> date:
    """From the manifest; without one, no day is early enough to be trusted."""
    try:
        return date.fromisoformat(json.loads((folder / MANIFEST).read_text("utf-8"))["last_vote"])
    except (OSError, ValueError, KeyError, TypeError):
        return date.max


def of_folder(choice: Choice) -> dict[str, Any]:
    """The estimates of a folder as plain data.

    Raises:
        MeasureError: its file is damaged; the folder's place on this machine is not said.
    """
    try:
        found = points.read(choice.path / points.FILE)
    except MeasureError as error:
        raise MeasureError(str(error).replace(str(choice.path), choice.name)) from None
    return told(found, [year(session) for session in found.sessions]) | {
        "about": f"Estimates {choice.name}, from votes up to {choice.last_vote}. "
        "Bands hold 90 % of the posterior, if the model of voting holds."
    }


def of_case(case: Case) -> dict[str, Any]:
    """The case's figures `*.ideal_point` as plain data: by actor and year the value, and the limits that are given."""
    names = {actor.id: actor.name for actor in case.actors}
    rows: dict[str, dict[int, dict[str, list[float]]]] = {}
    for figure in case.figures:
        if figure.id.endswith(FIGURE):
            own = rows.setdefault(figure.about, {})
            for reading in figure.claims:
                at = own.setdefault(reading.date.latest.year, {})
                at.setdefault(reading.bound, []).append(reading.value)
    years = sorted({each for own in rows.values() for each in own})
    states = tuple(rows)
    values = np.full((3, len(years), len(states), 1), np.nan)
    for column, state in enumerate(states):
        for when, bounds in rows[state].items():
            middle = [value for bound in ("exact", "about") for value in bounds.get(bound, ())]
            every = [value for found in bounds.values() for value in found]
            mean = float(np.mean(middle or every))
            ends = (min(every), max(every)) if len(every) > len(middle) else (np.nan, np.nan)
            values[:, years.index(when), column, 0] = mean, *ends
    found = told(Standing(tuple(years), states, values[0], values[1], values[2]), years)
    return found | {"names": {state: names.get(state, state) for state in states}, "about": OF_CASE}


def told(standing: Standing, years: list[int]) -> dict[str, Any]:
    """Plain data: by state and dimension the mean and both ends for each year, null where there is none."""
    parts = {"mean": standing.mean, "low": standing.p05, "high": standing.p95}
    return {
        "years": years,
        "dims": standing.dims,
        "names": {state: name_of(state) if state in STATES else state for state in standing.states},
        "points": {
            state: [
                {name: [_number(value) for value in part[:, column, dim]] for name, part in parts.items()}
                for dim in range(standing.dims)
            ]
            for column, state in enumerate(standing.states)
        },
    }


def _number(value: float) -> float | None:
    return round(float(value), 3) if math.isfinite(value) else None
