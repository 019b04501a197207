"""Whether audiences take the state at its word: their belief with every source, and with each left out.

The prior is the belief before any act is seen, spread by the opinions that are reported; the acts known at the
start move it to the posterior with which a run begins, and what the state does in the run moves that on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.case.case import Case
from tightrope.engine.outcome import Z90
from tightrope.engine.result import Result
from tightrope.evidence.claim import Act, Interpretation
from tightrope.model.blueprint import Blueprint
from tightrope.model.choice import logistic
from tightrope.model.draw import draw
from tightrope.report.bearing import nothing, state_of

Array = npt.NDArray[Any]
STAGES = ("prior", "start", "end")
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
# Opinions and acts, in the singular and the plural.
CARRIED: Mapping[type, tuple[str, str]] = {
    Interpretation: ("opinion", "opinions"),
    Act: ("act", "acts"),
}
Trust = Mapping[str, Array]


@dataclass(frozen=True)
class Belief:
    """One audience's belief at one stage, percent: quantiles 5, 25, 50, 75, 95 % of runs, and the mean.

    `change` is the mean less that with every source, in points, with its 90 % Monte Carlo interval `low` to `high`
    from the same random numbers; 0 where every source is in.
    """

    stage: str
    quantiles: tuple[float, float, float, float, float]
    mean: float
    change: float
    low: float
    high: float


@dataclass(frozen=True)
class Reader:
    """What audiences believe without one source (None: with all); `carries` says what it holds of the state."""

    without: str | None
    title: str
    carries: str
    beliefs: Mapping[str, tuple[Belief, ...]]


@dataclass(frozen=True)
class Sincerity:
    """Belief with all sources first, then without each that carries opinions or acts; `runs` behind each line."""

    audiences: tuple[tuple[str, str], ...]
    readers: tuple[Reader, ...]
    runs: int


def trust(result: Result, blueprint: Blueprint, runs: int) -> Trust:
    """Beliefs of each audience at each stage (A, R), 0 to 1, over the leading runs, at most one chunk of them."""
    place = result.axes["actor"].index(result.manifest.focus)
    state, setting = draw(blueprint, result.manifest.seed, 0)
    prior = logistic(setting.figures["sincerity_prior"][place, :runs])
    return {
        "prior": np.stack([prior] * len(result.axes["audience"])),
        "start": logistic(state.log_odds[:, place, :runs]),
        "end": result.arrays["belief"][:, place, -1, :runs].astype(float),
    }


def carriers(case: Case, focus: str) -> dict[str, str]:
    """The sources with opinions or acts of the state that set something, and how many of each, in words."""
    counted: dict[str, dict[type, int]] = {}
    for claim in case.claims:
        kind = type(claim)
        if kind in CARRIED and state_of(case, claim.about) == focus and not nothing(case, claim):
            counted.setdefault(claim.source, dict.fromkeys(CARRIED, 0))[kind] += 1
    return {source: _counted(counted[source]) for source in sorted(counted)}


def _counted(found: Mapping[type, int]) -> str:
    return ", ".join(f"{count} {CARRIED[kind][count != 1]}" for kind, count in found.items() if count)


def sincerity(result: Result, case: Case, whole: Trust, without: Mapping[str, Trust]) -> Sincerity | None:
    """The belief with every source and without each that was left out; None where no source carries any."""
    carried = {name: text for name, text in carriers(case, result.manifest.focus).items() if name in without}
    if not carried:
        return None
    names, audiences = result.manifest.origin.names, result.axes["audience"]
    titles = {source.id: source.title for source in case.sources}
    readers = [Reader(None, "Every source", "", _beliefs(audiences, whole, whole))]
    readers += [
        Reader(name, titles.get(name, name), text, _beliefs(audiences, without[name], whole))
        for name, text in carried.items()
    ]
    labels = tuple((one, names.get(one, one)) for one in audiences)
    return Sincerity(labels, tuple(readers), whole["end"].shape[-1])


def _beliefs(audiences: tuple[str, ...], seen: Trust, whole: Trust) -> dict[str, tuple[Belief, ...]]:
    return {
        audience: tuple(_belief(stage, seen[stage][row], whole[stage][row]) for stage in STAGES)
        for row, audience in enumerate(audiences)
    }


def _belief(stage: str, seen: Array, whole: Array) -> Belief:
    points = tuple(float(each) for each in 100.0 * np.quantile(seen, QUANTILES))
    gap = 100.0 * (seen - whole)
    change, error = float(gap.mean()), float(gap.std()) / sqrt(len(gap))
    ends = (change - Z90 * error, change + Z90 * error)
    return Belief(stage, points, 100.0 * float(seen.mean()), change, *ends)  # type: ignore[arg-type]
