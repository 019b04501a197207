"""GET and POST /api/atlas: which state stands where on the map, and what is shaded, by state and month."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from fastapi import APIRouter

from tightrope.case.case import Case
from tightrope.engine.outcome import wilson
from tightrope.engine.record import OWN
from tightrope.engine.result import Result
from tightrope.errors import ModelError
from tightrope.report import words
from tightrope.report.ask import DEFAULT, Ask, Word, wanted
from tightrope.report.desk import Desk
from tightrope.report.series import Kind, Values

MEAN_NOTE = "Mean over runs; the range holds nine tenths of them."
SO_FAR = "Runs in which it has happened by that month; the range is Monte Carlo error only."


@dataclass(frozen=True)
class Quantity:
    """What a map can be shaded by: `values(result)` gives actors × months × runs in `unit`."""

    id: str
    title: str
    unit: str
    meaning: str
    values: Callable[[Result], Values]
    kind: Kind = "fan"
    floor: float = 0.0
    ceiling: float | None = None


class Shaded(Ask):
    """What is run, and the quantity that the map shows of every state."""

    quantity: Word


def router(desk: Desk) -> APIRouter:
    """The routes of this view."""
    made = APIRouter()

    @made.get("/atlas")
    def atlas(case: str = DEFAULT, as_of: str = "", without: str = "") -> dict[str, Any]:
        return told(desk.situation(wanted(case, as_of, without)).known.case)

    @made.post("/atlas")
    def shaded(asked: Shaded) -> dict[str, Any]:
        ask = Ask(**asked.model_dump(exclude={"quantity"}))
        one = quantity(desk.situation(ask).known.case, asked.quantity)
        found = desk.result(ask, everyone=True)
        moved = ask.plain.key() != ask.key()
        before = means(one, desk.baseline(ask, everyone=True)) if moved else None
        return shading(one, found) | {"before": before, "leaning": leaning(found)}

    return made


def told(case: Case) -> dict[str, Any]:
    """The states of the world with what they are in this case, and what the map can show."""
    chosen = [
        {
            "id": one.id,
            "title": one.title,
            "unit": one.unit,
            "kind": one.kind,
            "meaning": one.meaning,
            "floor": one.floor,
            "ceiling": one.ceiling,
        }
        for one in quantities(case)
    ]
    return {"states": list(_states(case)), "blocs": list(_blocs(case)), "quantities": chosen}


@lru_cache(1)
def countries() -> tuple[tuple[str, str, str], ...]:
    """Every state and territory: ISO 3166-1 alpha-3, numeric code, short name."""
    text = (files("tightrope.report") / "static" / "app" / "countries.json").read_text(encoding="utf-8")
    return tuple((row["id"], row["numeric"], row["name"]) for row in json.loads(text))


def _states(case: Case) -> Iterator[dict[str, Any]]:
    actors = {actor.id: actor for actor in case.actors}
    member = {name: pole for pole in case.about.poles for name in _members(case, pole)}
    for code, numeric, name in countries():
        actor = actors.get(code)
        yield {
            "id": code,
            "numeric": numeric,
            "name": words.initial(actor.name) if actor else name,
            "role": _role(case, code, member),
            "actor": actor is not None,
            "pole": member.get(code),
        }


def _role(case: Case, code: str, member: dict[str, str]) -> str:
    """What a state is in the case; a decider that also belongs to a pole decides."""
    if code == case.about.focus:
        return "focus"
    if code in case.about.deciders:
        return "decider"
    if code in case.about.poles:
        return "pole"
    return "member" if code in member else "other"


def _blocs(case: Case) -> Iterator[dict[str, Any]]:
    names = case.names
    for pole in case.about.poles:
        yield {
            "id": pole,
            "name": words.initial(names.get(pole, pole)),
            "members": list(_members(case, pole)),
        }


def _members(case: Case, pole: str) -> tuple[str, ...]:
    """The states of a pole that do not decide for themselves: itself, or a bloc's members."""
    found = next((actor for actor in case.actors if actor.id == pole), None)
    named = found.members if found and found.members else (pole,)
    return tuple(name for name in named if name not in case.about.deciders)


def quantities(case: Case) -> tuple[Quantity, ...]:
    """What the map can be shaded by: how far each state leans to each pole, then what may befall it."""
    names = case.names
    leans = tuple(
        Quantity(
            f"lean-{pole.lower()}",
            f"Leans to {names.get(pole, pole)}",
            "% of alignment",
            f"Share of alignment with {names.get(pole, pole)}; an index, not a measurement. {MEAN_NOTE}",
            _share(pole),
        )
        for pole in case.about.poles
    )
    own = "Share of alignment that rests on own strength; an index, not a measurement."
    alone = Quantity("lean-own", "Relies on itself", "% of alignment", f"{own} {MEAN_NOTE}", _share(OWN))
    most = len(case.about.poles) + 1.0
    hedging = Quantity(
        "hedging",
        "Hedging index",
        "equal poles",
        f"How many equal poles would be as spread out; 1 is one master. {MEAN_NOTE}",
        _stored("hedging_index"),
        floor=1.0,
        ceiling=most,
    )
    return (*leans, alone, hedging, *STORED)


def quantity(case: Case, name: str) -> Quantity:
    """One of them by its id.

    Raises:
        ModelError: there is no such quantity.
    """
    found = {one.id: one for one in quantities(case)}
    if name not in found:
        raise ModelError(f"there is no quantity {name!r}; there are {', '.join(found)}")
    return found[name]


def _share(pole: str) -> Callable[[Result], Values]:
    def values(result: Result) -> Values:
        found: Values = 100.0 * result.arrays["alignment"][result.axes["pole"].index(pole)]
        return found

    return values


def _stored(name: str, factor: float = 1.0) -> Callable[[Result], Values]:
    def values(result: Result) -> Values:
        found: Values = result.arrays[name]
        return found if factor == 1.0 else factor * found

    return values


def _grown(name: str) -> Callable[[Result], Values]:
    """A logarithm since the start, as percent of change."""

    def values(result: Result) -> Values:
        found: Values = 100.0 * np.expm1(result.arrays[name])
        return found

    return values


def _mass(result: Result) -> Values:
    found: Values = 100.0 * result.arrays["defection"][result.axes["group"].index("mass")]
    return found


def _event(id_: str, title: str, variable: str) -> Quantity:
    return Quantity(id_, title, "% of runs so far", SO_FAR, _stored(variable), "frequency")


STORED = (
    Quantity(
        "compliance",
        "Enforces the sanctions",
        "0 none – 1 full",
        f"Enforcement of the sanctions regime. {MEAN_NOTE}",
        _stored("compliance"),
        ceiling=1.0,
    ),
    Quantity(
        "evasion",
        "Sanctioned trade passing through",
        "% of GDP a year",
        f"Goods under sanctions that are routed through the state. {MEAN_NOTE}",
        _stored("evasion"),
    ),
    _event("unrest", "Mass unrest", "emergency"),
    Quantity(
        "defection",
        "Public in open defiance",
        "% of the public",
        f"An emergency begins where it passes one half. {MEAN_NOTE}",
        _mass,
    ),
    _event("request", "Asks for troops", "request"),
    _event("penalty", "Secondary sanctions", "penalised"),
    _event("retaliation", "The target retaliates by trade", "retaliated"),
    Quantity(
        "menace",
        "Threats heard",
        "strength",
        f"1 is one flat threat by a president, just uttered. {MEAN_NOTE}",
        _stored("menace"),
    ),
    Quantity(
        "prices",
        "Consumer prices, modelled part",
        "% change since start",
        f"What the exchange rate and import prices pass on. {MEAN_NOTE}",
        _grown("prices"),
    ),
    Quantity(
        "income",
        "Income lost",
        "% of GDP a year",
        f"To closed routes and to sanctions. {MEAN_NOTE}",
        _stored("income_loss"),
    ),
)


def shading(one: Quantity, result: Result) -> dict[str, Any]:
    """A quantity of every state and month: mean, and the range that it is shown with."""
    values = one.values(result)
    middle, low, high = _frequencies(values) if one.kind == "frequency" else _spread(values)
    year, month = result.manifest.start
    months = range(result.manifest.months)
    return {
        "quantity": one.id,
        "title": one.title,
        "unit": one.unit,
        "meaning": one.meaning,
        "kind": one.kind,
        "runs": result.manifest.runs,
        "months": [words.month(year, month + index) for index in months],
        "month_ids": [words.month_id(year, month + index) for index in months],
        "floor": one.floor,
        "ceiling": one.ceiling if one.ceiling is not None else _round_above(float(middle.max())),
        "actors": {
            name: {"mean": _plain(middle[row]), "p05": _plain(low[row]), "p95": _plain(high[row])}
            for row, name in enumerate(result.axes["actor"])
        },
    }


def means(one: Quantity, result: Result) -> dict[str, list[float]]:
    """Only the means of a quantity, by state and month."""
    values = one.values(result)
    middle = _so_far(values) if one.kind == "frequency" else values.mean(axis=-1)
    return {name: _plain(middle[row]) for row, name in enumerate(result.axes["actor"])}


def leaning(result: Result) -> dict[str, dict[str, list[float]]]:
    """The mean shares of alignment of every state with each pole and with own strength, by month."""
    middle = result.arrays["alignment"].mean(axis=-1)
    return {
        actor: {pole: _plain(middle[row, column]) for row, pole in enumerate(result.axes["pole"])}
        for column, actor in enumerate(result.axes["actor"])
    }


def _spread(values: Values) -> tuple[Values, Values, Values]:
    low, high = np.quantile(values, (0.05, 0.95), axis=-1)
    return values.mean(axis=-1), low, high


def _so_far(values: Values) -> Values:
    """The percentage of runs in which something has happened by each month."""
    found: Values = 100.0 * np.maximum.accumulate(values > 0, axis=-2).mean(axis=-1)
    return found


def _frequencies(values: Values) -> tuple[Values, Values, Values]:
    middle, runs = _so_far(values), values.shape[-1]
    ends = np.array([[wilson(float(each) / 100.0, runs) for each in row] for row in middle])
    return middle, 100.0 * ends[..., 0], 100.0 * ends[..., 1]


def _round_above(value: float) -> float:
    """A round number at or above a value, so that a legend ends well."""
    if value <= 0 or not np.isfinite(value):
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1, 2, 4, 5, 6, 8, 10) if step * power >= value * (1 - 1e-9)))


def _plain(values: Values) -> list[float]:
    return [float(f"{each:.4g}") for each in values]
