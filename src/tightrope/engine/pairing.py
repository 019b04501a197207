"""Two results compared run by run: both drew the same random numbers, so only the scenario differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from tightrope.engine.measure import Kind, Measure, Values, measures
from tightrope.engine.outcome import Z90
from tightrope.engine.result import Result
from tightrope.errors import ModelError


@dataclass(frozen=True)
class Difference:
    """An outcome of the second result less that of the first, in `unit`.

    `mean` of the difference, its Monte Carlo `standard_error` and 90 % interval `low` to `high`; for numbers
    also the quantiles of the run-by-run differences.
    """

    name: str
    kind: Kind
    unit: str
    label: str
    mean: float
    standard_error: float
    low: float
    high: float
    p05: float | None = None
    p50: float | None = None
    p95: float | None = None


def paired(first: Result, second: Result) -> dict[str, Difference]:
    """The second result less the first for every outcome that both have, by name.

    Outcomes under a condition are left out: the runs in which it holds are not the same in both.

    Raises:
        ModelError: they cannot be paired: seed, runs, months, start, actors or poles differ.
    """
    _check(first, second)
    ours, theirs = measures(first), measures(second)
    both = [name for name in ours if name in theirs]
    return {name: _difference(ours[name], theirs[name]) for name in both if not ours[name].conditional}


def _check(first: Result, second: Result) -> None:
    wrong = "; ".join(f"{what} {one} and {two}" for what, one, two in _sides(first, second) if one != two)
    if wrong:
        names = " and ".join(_called(result) for result in (first, second))
        raise ModelError(f"{names} cannot be compared run by run: {wrong}; run both with the same")


def _sides(first: Result, second: Result) -> Iterator[tuple[str, object, object]]:
    for what in ("seed", "runs", "months", "start"):
        yield what, getattr(first.manifest, what), getattr(second.manifest, what)
    for what in ("actor", "pole"):
        yield f"{what}s", ", ".join(first.axes[what]), ", ".join(second.axes[what])


def _called(result: Result) -> str:
    return f"{result.manifest.origin.case} ({result.manifest.origin.scenario})"


def _difference(first: Measure, second: Measure) -> Difference:
    gap = second.values().astype(float) - first.values().astype(float)
    about = (first.name, first.kind, first.unit, first.label)
    mean, error = float(gap.mean()), float(gap.std()) / sqrt(len(gap))
    if first.kind == "probability":
        return Difference(*about, mean, error, *adjusted_wald(gap))
    quantiles = (float(found) for found in np.quantile(gap, (0.05, 0.5, 0.95)))
    return Difference(*about, mean, error, mean - Z90 * error, mean + Z90 * error, *quantiles)


def adjusted_wald(gap: Values, z: float = Z90) -> tuple[float, float]:
    """The 90 % interval of a difference of paired frequencies; `gap` is -1, 0 or 1 for each run.

    One is added to the runs that change each way, so that no interval has width 0.
    Source: Bonett & Price 2012, J. Educational and Behavioral Statistics 37:479-488.
    """
    runs = len(gap) + 2
    up, down = (int((gap > 0).sum()) + 1) / runs, (int((gap < 0).sum()) + 1) / runs
    middle, spread = up - down, z * sqrt((up + down - (up - down) ** 2) / runs)
    return max(-1.0, middle - spread), min(1.0, middle + spread)
