"""What is shown of the focus state over time: one value for each month and run, not yet summed up.

One list for the page's charts (`fan`) and for the web app, so that both show the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tightrope.engine.result import Result
from tightrope.report import words

Values = npt.NDArray[Any]
Kind = Literal["fan", "frequency"]


@dataclass(frozen=True)
class Series:
    """One quantity in `unit`; `values()` gives (M, R). A "frequency" is 0 or 1: whether it happens in the month.

    `band` names it in a chart's table. Series with the same `scale` are drawn on one axis, from `floor` to a round
    number above the largest of them, where `ceiling` gives none.
    """

    id: str
    title: str
    unit: str
    band: str
    values: Callable[[], Values]
    kind: Kind = "fan"
    floor: float | None = None
    ceiling: float | None = None
    scale: str | None = None
    note: str = ""


@dataclass(frozen=True)
class SeriesGroup:
    """Series that belong together, under one heading and with one sentence that says how to read them."""

    id: str
    title: str
    reading: str
    series: tuple[Series, ...]


def series(result: Result) -> tuple[SeriesGroup, ...]:
    """Every quantity over time of the focus state of a result."""
    place = result.axes["actor"].index(result.manifest.focus)
    who = _name(result, result.manifest.focus)
    return (
        SeriesGroup(
            "shares",
            f"Where {who} leans",
            "An index from trade, votes, memberships and statements; the shares of a run sum to 100.",
            (*_shares(result, place), _hedging(result, place)),
        ),
        SeriesGroup(
            "order",
            "Order at home",
            "An emergency begins where the public passes one half; the state may then ask for troops.",
            (*_events(result, place, ("unrest", "request")), _streets(result, place)),
        ),
        SeriesGroup(
            "sanctions",
            "Sanctions",
            "How strictly they are enforced, what passes all the same, and whether punishment follows.",
            (*_sanctions(result, place), *_events(result, place, ("penalty",))),
        ),
        SeriesGroup(
            "money",
            "Money",
            "Each band holds half, or nine tenths, of the runs of that month; no run follows the middle.",
            _money(result, place),
        ),
        SeriesGroup(
            "trust",
            "Trust and threats",
            "The probability that an audience gives to sincerity, and the threats that the state hears.",
            (*_beliefs(result, place), _menace(result, place)),
        ),
    )


def shares(result: Result) -> tuple[Series, ...]:
    """The shares of the focus state's alignment alone: one for each power, and its own strength."""
    return _shares(result, result.axes["actor"].index(result.manifest.focus))


def _name(result: Result, actor: str) -> str:
    return result.manifest.origin.names.get(actor, actor)


def _part(result: Result, variable: str, *where: int, factor: float = 1.0) -> Callable[[], Values]:
    """The values (M, R) of a part of a variable, times a factor."""

    def values() -> Values:
        found: Values = result.arrays[variable][where]
        return found if factor == 1.0 else factor * found

    return values


def _shares(result: Result, place: int) -> tuple[Series, ...]:
    return tuple(
        Series(
            f"share-{pole.lower()}",
            "Own strength" if pole == "own" else words.initial(_name(result, pole)),
            "% of alignment",
            pole,
            _part(result, "alignment", row, place, factor=100.0),
            floor=0.0,
            scale="shares",
        )
        for row, pole in enumerate(result.axes["pole"])
    )


def _hedging(result: Result, place: int) -> Series:
    note = "How many equal poles would be as spread out; 1 is one master, the number of poles is the most."
    values = _part(result, "hedging_index", place)
    most = float(len(result.axes["pole"]))
    return Series(
        "hedging",
        "Hedging index",
        "equal poles",
        "hedging index",
        values,
        floor=1.0,
        ceiling=most,
        note=note,
    )


EVENTS = {
    "unrest": ("Mass unrest", "emergency"),
    "request": ("Asks for troops", "request"),
    "penalty": ("Secondary sanctions", "penalised"),
}
SO_FAR = "Runs in which it has happened by that month; the band is Monte Carlo error only."


def _events(result: Result, place: int, wanted: tuple[str, ...]) -> tuple[Series, ...]:
    """What happens or not, all on one scale."""
    return tuple(
        Series(
            f"event-{id_}",
            EVENTS[id_][0],
            "% of runs so far",
            EVENTS[id_][0],
            _part(result, EVENTS[id_][1], place),
            "frequency",
            floor=0.0,
            scale="events",
            note=SO_FAR,
        )
        for id_ in wanted
    )


def _streets(result: Result, place: int) -> Series:
    mass = result.axes["group"].index("mass")
    values = _part(result, "defection", mass, place, factor=100.0)
    return Series("defection", "Public in open defiance", "% of the public", "public", values, floor=0.0)


def _sanctions(result: Result, place: int) -> tuple[Series, ...]:
    enforced, passed = _part(result, "compliance", place), _part(result, "evasion_value", place)
    flow = "Sanctioned trade passing through"
    return (
        Series(
            "compliance", "Enforcement", "0 none – 1 full", "enforcement", enforced, floor=0.0, ceiling=1.0
        ),
        Series("evasion", flow, "bn USD a year", "flow", passed, floor=0.0),
    )


def _money(result: Result, place: int) -> tuple[Series, ...]:
    def percent(name: str) -> Callable[[], Values]:
        return lambda: 100.0 * np.expm1(result.arrays[name][place])

    change = "% change since start"
    fallen = "Above zero the national currency has fallen."
    modelled = "Only what the exchange rate and import prices pass on; other inflation comes on top."
    closed = "To closed routes and to sanctions."
    lost = _part(result, "income_loss", place)
    return (
        Series(
            "currency", "Price of a dollar", change, "price of a dollar", percent("exchange"), note=fallen
        ),
        Series(
            "prices", "Consumer prices, modelled part", change, "prices", percent("prices"), note=modelled
        ),
        Series("income", "Income lost", "% of GDP a year", "income lost", lost, floor=0.0, note=closed),
    )


def _beliefs(result: Result, place: int) -> tuple[Series, ...]:
    return tuple(
        Series(
            f"belief-{audience.lower()}",
            f"{words.initial(_name(result, audience))} believes it is sincere",
            "probability, %",
            audience,
            _part(result, "belief", row, place, factor=100.0),
            floor=0.0,
            ceiling=100.0,
        )
        for row, audience in enumerate(result.axes["audience"])
    )


def _menace(result: Result, place: int) -> Series:
    note = "1 is one flat threat by a president, just uttered; it is forgotten with time."
    values = _part(result, "menace", place)
    return Series("menace", "Threats heard", "strength", "threats heard", values, floor=0.0, note=note)
