"""Bands over time: median, half and nine tenths of the runs, for each month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.engine.outcome import wilson
from tightrope.engine.result import Result
from tightrope.report import words

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
Values = npt.NDArray[Any]


@dataclass(frozen=True)
class Band:
    """One series: for each month the quantiles 5, 25, 50, 75, 95 % of runs, in `unit` as shown."""

    name: str
    rows: tuple[tuple[float, float, float, float, float], ...]


@dataclass(frozen=True)
class Fan:
    """One chart: a title, what the axis measures, the months, and one band or several.

    `kind` is "fan" (quantiles of runs) or "frequency" (share of runs so far, with Monte Carlo interval).
    """

    id: str
    title: str
    unit: str
    months: tuple[str, ...]
    bands: tuple[Band, ...]
    kind: str = "fan"
    floor: float | None = None
    ceiling: float | None = None
    note: str = ""


@dataclass(frozen=True)
class FanGroup:
    """Charts that belong together, under one heading and with one sentence that says how to read them."""

    id: str
    title: str
    reading: str
    fans: tuple[Fan, ...]


def band(name: str, values: Values) -> Band:
    """The band of a series, values (months, runs)."""
    found = np.quantile(values.astype(float), QUANTILES, axis=1).T
    return Band(name, tuple(tuple(float(f"{each:.4g}") for each in row) for row in found))  # type: ignore[misc]


def frequency(name: str, happens: Values) -> Band:
    """The share of runs in which something has happened by each month, percent, with its 90 % interval."""
    so_far = np.maximum.accumulate(happens.astype(bool), axis=0).mean(axis=1)
    rows = []
    for value in so_far:
        low, high = wilson(float(value), happens.shape[1])
        rows.append((100 * low, 100 * low, 100 * float(value), 100 * high, 100 * high))
    return Band(name, tuple(rows))


def fans(result: Result) -> tuple[FanGroup, ...]:
    """Every chart over time of the focus state."""
    names, axes = result.manifest.origin.names, result.axes
    place = axes["actor"].index(result.manifest.focus)
    months = month_names(result)
    who = names.get(result.manifest.focus, result.manifest.focus)
    top = _ceiling(100.0 * float(np.quantile(result.arrays["alignment"][:, place, -1], 0.95, axis=1).max()))
    shares = tuple(
        Fan(
            f"share-{pole.lower()}",
            "Own strength" if pole == "own" else words.initial(names.get(pole, pole)),
            "% of alignment",
            months,
            (band(pole, 100.0 * result.arrays["alignment"][row, place]),),
            floor=0.0,
            ceiling=top,
        )
        for row, pole in enumerate(axes["pole"])
    )
    return (
        FanGroup(
            "shares",
            f"Where {who} leans",
            "An index from trade, votes, memberships and statements; the shares of a run sum to 100.",
            (*shares, _hedging(result, place, months)),
        ),
        FanGroup(
            "order",
            "Order at home",
            "An emergency begins where the public passes one half; the state may then ask for troops.",
            (*_events(result, place, months, ("unrest", "request")), _streets(result, place, months)),
        ),
        FanGroup(
            "sanctions",
            "Sanctions",
            "How strictly they are enforced, what passes all the same, and whether punishment follows.",
            (*_sanctions(result, place, months), *_events(result, place, months, ("penalty",))),
        ),
        FanGroup(
            "money",
            "Money",
            "Each band holds half, or nine tenths, of the runs of that month; no run follows the middle.",
            _money(result, place, months),
        ),
        FanGroup(
            "trust",
            "Trust and threats",
            "The probability that an audience gives to sincerity, and the threats that the state hears.",
            (*_beliefs(result, place, months), _menace(result, place, months)),
        ),
    )


# Charts of the world: variable, title, unit, factor, and how to read it.
WORLD: dict[str, tuple[str, str, float, str]] = {
    "rule": ("Rule against force", "0 gone – 1 whole", 1.0, ""),
    "cohesion": ("{cohort} lean to {target}", "% of alignment, mean", 100.0, ""),
}


def world_fans(result: Result, wanted: tuple[str, ...], called: dict[str, str]) -> tuple[Fan, ...]:
    """Charts over time of the world, by variable; `called` fills in the titles."""
    months = month_names(result)
    found = []
    for name in wanted:
        title, unit, factor, note = WORLD[name]
        values = band(name, factor * result.arrays[name].astype(float))
        top = 1.0 if factor == 1.0 else _ceiling(max(row[4] for row in values.rows))
        title = words.initial(title.format(**called))
        found.append(Fan(f"world-{name}", title, unit, months, (values,), floor=0.0, ceiling=top, note=note))
    return tuple(found)


def month_names(result: Result) -> tuple[str, ...]:
    """The months of a result, in words."""
    year, month = result.manifest.start
    return tuple(words.month(year, month + index) for index in range(result.manifest.months))


def _hedging(result: Result, place: int, months: tuple[str, ...]) -> Fan:
    note = "How many equal poles would be as spread out; 1 is one master, the number of poles is the most."
    values = result.arrays["hedging_index"][place]
    most = float(len(result.axes["pole"]))
    return Fan(
        "hedging",
        "Hedging index",
        "equal poles",
        months,
        (band("hedging index", values),),
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


def _events(result: Result, place: int, months: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[Fan, ...]:
    """What happens or not, all on one scale."""
    bands = {id_: frequency(title, result.arrays[name][place]) for id_, (title, name) in EVENTS.items()}
    top = _ceiling(max(row[4] for found in bands.values() for row in found.rows))
    return tuple(
        Fan(
            f"event-{id_}",
            EVENTS[id_][0],
            "% of runs so far",
            months,
            (bands[id_],),
            "frequency",
            0.0,
            top,
            SO_FAR,
        )
        for id_ in wanted
    )


def _sanctions(result: Result, place: int, months: tuple[str, ...]) -> tuple[Fan, ...]:
    enforcement = band("enforcement", result.arrays["compliance"][place])
    flow = band("flow", result.arrays["evasion_value"][place])
    return (
        Fan("compliance", "Enforcement", "0 none – 1 full", months, (enforcement,), floor=0.0, ceiling=1.0),
        Fan("evasion", "Sanctioned trade passing through", "bn USD a year", months, (flow,), floor=0.0),
    )


def _money(result: Result, place: int, months: tuple[str, ...]) -> tuple[Fan, ...]:
    def percent(name: str) -> Values:
        grown: Values = 100.0 * np.expm1(result.arrays[name][place].astype(float))
        return grown

    dollar, prices = band("price of a dollar", percent("exchange")), band("prices", percent("prices"))
    lost = band("income lost", result.arrays["income_loss"][place])
    change = "% change since start"
    fallen = "Above zero the national currency has fallen."
    modelled = "Only what the exchange rate and import prices pass on; other inflation comes on top."
    closed = "To closed routes and to sanctions."
    return (
        Fan("currency", "Price of a dollar", change, months, (dollar,), note=fallen),
        Fan("prices", "Consumer prices, modelled part", change, months, (prices,), note=modelled),
        Fan("income", "Income lost", "% of GDP a year", months, (lost,), floor=0.0, note=closed),
    )


def _beliefs(result: Result, place: int, months: tuple[str, ...]) -> tuple[Fan, ...]:
    names = result.manifest.origin.names
    return tuple(
        Fan(
            f"belief-{audience.lower()}",
            f"{words.initial(names.get(audience, audience))} believes it is sincere",
            "probability, %",
            months,
            (band(audience, 100.0 * result.arrays["belief"][row, place]),),
            floor=0.0,
            ceiling=100.0,
        )
        for row, audience in enumerate(result.axes["audience"])
    )


def _streets(result: Result, place: int, months: tuple[str, ...]) -> Fan:
    values = 100.0 * result.arrays["defection"][result.axes["group"].index("mass"), place]
    return Fan(
        "defection",
        "Public in open defiance",
        "% of the public",
        months,
        (band("public", values),),
        floor=0.0,
    )


def _menace(result: Result, place: int, months: tuple[str, ...]) -> Fan:
    note = "1 is one flat threat by a president, just uttered; it is forgotten with time."
    values = band("threats heard", result.arrays["menace"][place])
    return Fan("menace", "Threats heard", "strength", months, (values,), floor=0.0, note=note)


def _ceiling(value: float) -> float:
    """A round number at or above a percentage, at least 5."""
    return float(next(step for step in (5, 10, 15, 20, 30, 40, 50, 60, 80, 100) if step >= min(value, 100.0)))
