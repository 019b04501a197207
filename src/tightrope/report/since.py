"""What changed on the watch list since another answer: what is new or gone, and what rose or fell by more than chance.

Runs that drew the same random numbers are compared run by run; where the other answer starts in another month, the two
shares are set against each other as they are, which takes a wider interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from tightrope.engine.outcome import wilson
from tightrope.engine.pairing import adjusted_wald
from tightrope.engine.result import Result
from tightrope.report.alert import Alert, first_times

Word = Literal["new", "gone", "rose", "fell", "same"]
Hits = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Listed:
    """One answer: its runs, and what was on the list."""

    result: Result
    alerts: tuple[Alert, ...]


@dataclass(frozen=True)
class Change:
    """What became of one warning; of those from runs the share before, and the difference with its 90 % interval."""

    word: Word
    before: float | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None


def is_paired(now: Result, then: Result) -> bool:
    """Whether both drew the same random numbers for the same months, so that run stands beside run."""
    one, other = now.manifest, then.manifest
    return (one.seed, one.runs, one.months, one.start) == (other.seed, other.runs, other.months, other.start)


def changes(now: Listed, then: Listed) -> dict[str, Change]:
    """The change of every warning that is or was on the list, by id."""
    here, there = ({one.id: one for one in listed.alerts} for listed in (now, then))
    ours, theirs = _hits(now.result), _hits(then.result)
    beside = is_paired(now.result, then.result)
    found = {}
    for name, one in {**there, **here}.items():
        listed = (name in here, name in there)
        if one.origin == "runs":
            found[name] = _counted(listed, ours.get(name), theirs.get(name), beside)
        else:
            found[name] = Change(_word(listed, 0.0, 0.0))
    return found


def _hits(result: Result) -> Mapping[str, Hits]:
    """By a warning's id, whether it comes within the year, run by run."""
    return {f"{actor}.{event}": first >= 0 for (actor, event), first in first_times(result).items()}


def _counted(listed: tuple[bool, bool], now: Hits | None, then: Hits | None, beside: bool) -> Change:
    if now is None or then is None:  # a state that the other answer does not decide for
        return Change(_word(listed, 0.0, 0.0))
    low, high = _paired(now, then) if beside else _apart(now, then)
    mean = float(now.mean()) - float(then.mean())
    return Change(_word(listed, low, high), float(then.mean()), mean, low, high)


def _word(listed: tuple[bool, bool], low: float, high: float) -> Word:
    if listed == (True, False):
        return "new"
    if listed == (False, True):
        return "gone"
    return "rose" if low > 0.0 else "fell" if high < 0.0 else "same"


def _paired(now: Hits, then: Hits) -> tuple[float, float]:
    """The 90 % interval of the difference between the same runs; exactly nothing where none turned out otherwise."""
    gap = now.astype(float) - then.astype(float)
    return adjusted_wald(gap) if gap.any() else (0.0, 0.0)


def _apart(now: Hits, then: Hits) -> tuple[float, float]:
    """The 90 % interval of the difference between two shares of different runs (Newcombe 1998)."""
    one, other = float(now.mean()), float(then.mean())
    (low, high), (least, most) = wilson(one, now.size), wilson(other, then.size)
    return (
        one - other - sqrt((one - low) ** 2 + (most - other) ** 2),
        one - other + sqrt((high - one) ** 2 + (other - least) ** 2),
    )
