"""Bands over time: median, half and nine tenths of the runs, for each month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tightrope.engine.outcome import wilson
from tightrope.engine.result import Result
from tightrope.report import words
from tightrope.report.series import Series, Values, series

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


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
    months = month_names(result)
    groups = series(result)
    shown = {one.id: _shown(one) for group in groups for one in group.series}
    tops = _tops([one for group in groups for one in group.series], shown)
    return tuple(
        FanGroup(
            group.id,
            group.title,
            group.reading,
            tuple(_fan(one, months, shown[one.id], tops) for one in group.series),
        )
        for group in groups
    )


def _shown(one: Series) -> Band:
    return frequency(one.band, one.values()) if one.kind == "frequency" else band(one.band, one.values())


def _fan(one: Series, months: tuple[str, ...], shown: Band, tops: dict[str, float]) -> Fan:
    ceiling = tops[one.scale] if one.scale else one.ceiling
    return Fan(one.id, one.title, one.unit, months, (shown,), one.kind, one.floor, ceiling, one.note)


def _tops(every: list[Series], shown: dict[str, Band]) -> dict[str, float]:
    """The round number that ends the axis of each scale: above what its series reach in the last month."""
    ends: dict[str, list[float]] = {}
    for one in every:
        if one.scale:
            ends.setdefault(one.scale, []).append(shown[one.id].rows[-1][4])
    return {scale: _ceiling(max(found)) for scale, found in ends.items()}


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


def _ceiling(value: float) -> float:
    """A round number at or above a percentage, at least 5."""
    return float(next(step for step in (5, 10, 15, 20, 30, 40, 50, 60, 80, 100) if step >= min(value, 100.0)))
