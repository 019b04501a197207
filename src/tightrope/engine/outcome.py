"""The outcomes that questions ask for, by name, such as `kaz.unrest`: one value for each run, summed up.

A number is summed up by quantiles and mean, something that happens or not by its frequency with its Monte
Carlo standard error and 90 % interval (Wilson 1927).
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from math import sqrt

import numpy as np

from tightrope.engine.measure import Kind, Measure, Values, measures
from tightrope.engine.result import Result
from tightrope.errors import ModelError

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
Z90 = 1.6448536269514722


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
    """Every outcome of every decider and of the world by name; what no run can tell of is left out."""
    found = {}
    for name, measure in measures(result).items():
        if not measure.conditional or counted(measure.values()).size:
            found[name] = sum_up(measure)
    return found


def outcome(result: Result, name: str) -> Outcome:
    """One outcome.

    Raises:
        ModelError: the result has none of that name; names the nearest.
    """
    found = measures(result)
    if name not in found:
        near = ", ".join(get_close_matches(name, found, 3)) or f"there are {', '.join(sorted(found)[:5])}, …"
        raise ModelError(f"no outcome is called {name!r}; did you mean {near}?")
    if not counted(found[name].values()).size:
        raise ModelError(
            f"{name} cannot be told: its condition holds in no run; run more, or another scenario"
        )
    return sum_up(found[name])


def sum_up(measure: Measure) -> Outcome:
    """Quantiles and mean of a number; frequency, error and interval of what happens or not."""
    values = counted(measure.values())
    about = (measure.name, measure.kind, measure.unit, measure.label)
    mean, runs = float(values.mean()), len(values)
    error = float(values.std()) / sqrt(runs)
    if measure.kind == "probability":
        low, high = wilson(mean, runs)
        return Outcome(*about, mean, error, low=low, high=high)
    quantiles = (float(found) for found in np.quantile(values, QUANTILES))
    return Outcome(*about, mean, error, *quantiles)


def counted(values: Values) -> Values:
    """The values of the runs that count: a run in which the condition of an outcome does not hold is NaN."""
    found = values.astype(float)
    kept: Values = found[~np.isnan(found)]
    return kept


def wilson(frequency: float, runs: int, z: float = Z90) -> tuple[float, float]:
    """The interval of a probability from a frequency among so many runs; 90 % unless `z` says otherwise.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)                          Source: Wilson 1927
    """
    spread = z * sqrt(frequency * (1.0 - frequency) / runs + z * z / (4.0 * runs * runs))
    middle, scale = frequency + z * z / (2.0 * runs), 1.0 + z * z / runs
    # The frequency itself lies within, whatever rounding does at 0 and 1.
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return max(0.0, min(low, frequency)), min(1.0, max(high, frequency))
