"""The outcomes that questions ask for, by name, such as `kaz.unrest`: one value for each run, summed up.

A number is summed up by quantiles and mean, something that happens or not by its frequency with its Monte
Carlo standard error and 90 % interval (Wilson 1927).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from math import sqrt
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tightrope.engine.result import Result
from tightrope.errors import ModelError
from tightrope.model.vote import OPTIONS

Kind = Literal["number", "probability"]
Values = npt.NDArray[Any]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
Z90 = 1.6448536269514722
YEAR = 12


@dataclass(frozen=True)
class Measure:
    """An outcome of a result before it is summed up: `values()` gives one value for each run (R,)."""

    name: str
    kind: Kind
    unit: str
    label: str
    values: Callable[[], Values]


@dataclass(frozen=True)
class Outcome:
    """An outcome over all runs, in `unit`; of a probability `mean` is the frequency.

    Numbers have the quantiles `p05` to `p95`, probabilities the 90 % Monte Carlo interval `low` to `high`.
    `standard_error` is the Monte Carlo error of the mean: what more runs would make smaller.
    """

    name: str
    kind: Kind
    unit: str
    label: str
    mean: float
    standard_error: float
    p05: float | None = None
    p25: float | None = None
    p50: float | None = None
    p75: float | None = None
    p95: float | None = None
    low: float | None = None
    high: float | None = None


def outcomes(result: Result) -> dict[str, Outcome]:
    """Every outcome of every decider by name."""
    return {name: sum_up(measure) for name, measure in measures(result).items()}


def outcome(result: Result, name: str) -> Outcome:
    """One outcome.

    Raises:
        ModelError: the result has none of that name; names the nearest.
    """
    found = measures(result)
    if name not in found:
        near = ", ".join(get_close_matches(name, found, 3)) or f"there are {', '.join(sorted(found)[:5])}, …"
        raise ModelError(f"no outcome is called {name!r}; did you mean {near}?")
    return sum_up(found[name])


def sum_up(measure: Measure) -> Outcome:
    """Quantiles and mean of a number; frequency, error and interval of what happens or not."""
    values = measure.values().astype(float)
    about = (measure.name, measure.kind, measure.unit, measure.label)
    mean, runs = float(values.mean()), len(values)
    error = float(values.std()) / sqrt(runs)
    if measure.kind == "probability":
        low, high = wilson(mean, runs)
        return Outcome(*about, mean, error, low=low, high=high)
    quantiles = (float(found) for found in np.quantile(values, QUANTILES))
    return Outcome(*about, mean, error, *quantiles)


def wilson(frequency: float, runs: int, z: float = Z90) -> tuple[float, float]:
    """The interval of a probability from a frequency among so many runs; 90 % unless `z` says otherwise.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)                          Source: Wilson 1927
    """
    spread = z * sqrt(frequency * (1.0 - frequency) / runs + z * z / (4.0 * runs * runs))
    middle, scale = frequency + z * z / (2.0 * runs), 1.0 + z * z / runs
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def measures(result: Result) -> dict[str, Measure]:
    """Every outcome of a result before it is summed up, by name; nothing is computed yet."""
    found = {}
    for place, actor in enumerate(result.axes["actor"]):
        for suffix, kind, unit, label, values in _of_actor(result, place):
            name = f"{actor.lower()}.{suffix}"
            found[name] = Measure(name, kind, unit, f"{_name(result, actor)}: {label}", values)
    return found


Row = tuple[str, Kind, str, str, Callable[[], Values]]


def _of_actor(result: Result, place: int) -> Iterator[Row]:
    yield from _leaning(result, place)
    yield from _happened(result, place)
    yield from _evaded(result, place)
    yield from _stocks(result, place)
    yield from _votes(result, place)


def _leaning(result: Result, place: int) -> Iterator[Row]:
    for row, pole in enumerate(result.axes["pole"]):
        what = "its own strength" if pole == "own" else _name(result, pole)
        label = f"share of alignment with {what} in the last month"
        yield f"alignment.{pole}", "number", "share", label, _last(result, "alignment", row, place)
    label = "hedging index in the last month, the number of equal poles that would be as spread out"
    yield "hedging_index", "number", "poles", label, _last(result, "hedging_index", place)
    for row, audience in enumerate(result.axes["audience"]):
        label = f"belief of {_name(result, audience)} that it sincerely keeps its distance, in the last month"
        yield f"belief.{audience}", "number", "probability", label, _last(result, "belief", row, place)


def _happened(result: Result, place: int) -> Iterator[Row]:
    for suffix, name, label in (
        ("unrest", "emergency", "mass unrest in at least one month"),
        ("request", "request", "asks its patron for troops at least once"),
        ("intervention", "intervention", "its patron's troops come at least once"),
        ("secondary_sanctions", "penalised", "under secondary sanctions in at least one month"),
    ):
        yield suffix, "probability", "probability", label, _ever(result, name, place)


def _evaded(result: Result, place: int) -> Iterator[Row]:
    label = "sanctioned trade routed through it, mean of the last twelve months"
    yield "evasion_flow", "number", "bn USD a year", label, _year(result, "evasion_value", place)
    yield "evasion_share_gdp", "number", "% of GDP a year", label, _year(result, "evasion", place)


def _stocks(result: Result, place: int) -> Iterator[Row]:
    label = "enforcement of the sanctions in the last month, 0 none to 1 full"
    yield "compliance", "number", "0 to 1", label, _last(result, "compliance", place)
    label = "change of the national currency's price of a dollar over the horizon; above 0 the currency fell"
    yield "currency", "number", "percent", label, _percent(result, "exchange", place)
    label = "consumer prices over the horizon, the part that the model explains"
    yield "prices", "number", "percent", label, _percent(result, "prices", place)
    label = "income lost to closed routes and secondary sanctions, in the last month"
    yield "income_loss", "number", "% of GDP a year", label, _last(result, "income_loss", place)
    label = "debt to its patron after interventions, in the last month"
    yield "debt", "number", "interventions", label, _last(result, "debt", place)
    label = "threats heard, decaying, in the last month"
    yield "menace", "number", "strength", label, _last(result, "menace", place)


def _votes(result: Result, place: int) -> Iterator[Row]:
    words = {"no": "votes no", "abstain": "abstains", "yes": "votes yes", "absent": "is absent"}
    for row, resolution in enumerate(result.axes["resolution"]):
        for code, option in enumerate(OPTIONS):
            label = f"{words[option]} on {resolution}"
            yield (
                f"vote.{resolution}.{option}",
                "probability",
                "probability",
                label,
                _cast(result, row, place, code),
            )


def _last(result: Result, name: str, *where: int) -> Callable[[], Values]:
    return lambda: result.arrays[name][(*where, -1)]


def _ever(result: Result, name: str, place: int) -> Callable[[], Values]:
    return lambda: result.arrays[name][place].any(axis=0)


def _year(result: Result, name: str, place: int) -> Callable[[], Values]:
    return lambda: result.arrays[name][place, -YEAR:].mean(axis=0, dtype=float)


def _percent(result: Result, name: str, place: int) -> Callable[[], Values]:
    return lambda: 100.0 * np.expm1(result.arrays[name][place, -1].astype(float))


def _cast(result: Result, row: int, place: int, code: int) -> Callable[[], Values]:
    return lambda: result.arrays["vote"][row, place] == code


def _name(result: Result, actor: str) -> str:
    return result.manifest.origin.names.get(actor, actor)
