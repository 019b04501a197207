"""The watch list: warnings for each state, with a severity by a written scale, the rule, and when it would come.

A warning says that an event comes within a year in so many of the runs. Its severity is points: the step of its
gravity, I to III, times the step of its frequency, I to III: 1 to 2 points notice, 3 to 5 warning, 6 to 9 alarm. The
steps are ours: a way to sort, no result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.engine.measure import EVENTS
from tightrope.engine.outcome import wilson
from tightrope.engine.result import Result

YEAR = 12
# How grave an event is; those without a grade are not watched.
GRAVITY: Mapping[str, int] = {
    "force": 3,
    "unrest": 3,
    "intervention": 3,
    "territorial_crisis": 2,
    "secondary_sanctions": 2,
    "retaliation": 2,
    "rupture": 2,
    "leaves_alliance": 2,
    "leaves_union": 2,
    "joins_sanctions": 2,
    "sends_troops": 2,
    "concession_to_claim": 2,
    "unfriendly": 1,
}
# From which frequency within a year an event counts as 1, 2 or 3.
LIKELY = (0.02, 0.1, 0.3)
SEVERITY = ((6, "alarm"), (3, "warning"), (1, "notice"))


@dataclass(frozen=True)
class Warned:
    """One warning: who and what, in how many of 100 runs within a year, by when in half of those, and how severe.

    `low` to `high` is the 90 % Monte Carlo interval of `frequency`; `month` the first by which half of them have come;
    `rule` says what triggers the warning, `runs` how many runs did.
    """

    actor: str
    event: str
    what: str
    severity: str
    score: int
    frequency: float
    low: float
    high: float
    runs: int
    month: str
    rule: str


def watch_list(result: Result) -> tuple[Warned, ...]:
    """Every warning, those of the focus state before all others, then the gravest and the likeliest first."""
    focus = result.manifest.focus
    found = [
        warned
        for place, actor in enumerate(result.axes["actor"])
        for event, variable, label in EVENTS
        if event in GRAVITY and (warned := _warned(result, place, actor, (event, variable, label)))
    ]
    return tuple(sorted(found, key=lambda one: (one.actor != focus, -one.score, -one.frequency, one.actor)))


def _warned(result: Result, place: int, actor: str, event: tuple[str, str, str]) -> Warned | None:
    name, variable, label = event
    first = _first(result.arrays[variable][place, :YEAR])
    hit = first >= 0
    frequency = float(hit.mean())
    likely = sum(frequency >= limit for limit in LIKELY)
    if not likely:
        return None
    names = result.manifest.origin.names
    target = result.axes["audience"][1]
    score = GRAVITY[name] * likely
    low, high = wilson(frequency, hit.size)
    return Warned(
        actor=actor,
        event=name,
        what=f"{names.get(actor, actor)}: {label.format(target=names.get(target, target))}",
        severity=next(word for least, word in SEVERITY if score >= least),
        score=score,
        frequency=frequency,
        low=low,
        high=high,
        runs=int(hit.sum()),
        month=str(result.months[_half(first[hit])])[:7],
        rule=f"{variable} in a month of the first {YEAR}, in at least {100 * LIKELY[likely - 1]:g} of 100 runs",
    )


def _half(first: npt.NDArray[np.intp]) -> int:
    """The first month by which at least half have come."""
    return int(np.sort(first)[(len(first) - 1) // 2])


def _first(happened: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
    """The first month in which it happened, -1 where it never did: (M, R) → (R,)."""
    first: npt.NDArray[np.intp] = np.where(happened.any(axis=0), happened.argmax(axis=0), -1)
    return first
