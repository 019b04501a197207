"""A page of votes from a few roll calls and made-up estimates, hostile words included."""

from __future__ import annotations

from typing import Any

import numpy as np
from tests.measure.standins import standing
from tests.report.conftest import HOSTILE

from tightrope.measure.standing import Standing
from tightrope.measure.votes import RollCalls
from tightrope.report import votes_folder

STATES = ("CHN", "KAZ", "RUS", "USA")


def rolls(count: int = 12) -> RollCalls:
    choice = np.random.default_rng(1).integers(1, 5, (count, len(STATES))).astype(np.int8)
    session = 72 + np.arange(count) * 3 // count
    return RollCalls(
        states=STATES,
        items=tuple(f"R/{item}" for item in range(count)),
        session=session,
        date=np.array([f"{1945 + number}-12-01" for number in session], "datetime64[D]"),
        choice=choice,
        bridge=np.arange(count),
        title=(HOSTILE,) * count,
        issues=((),) * count,
        notes=(HOSTILE, "Serbia's votes are filed there as Yugoslavia's."),
    )


def estimates(dims: int = 2) -> Standing:
    return standing(STATES, dims=dims)


def about(dims: int = 2) -> dict[str, Any]:
    made = votes_folder.Making(((HOSTILE, "0" * 64),), {"anchors": ["USA", "RUS"], "seed": 1}, 1.0)
    return votes_folder.about(rolls(), estimates(dims), made.as_data(rolls(), estimates(dims)))
