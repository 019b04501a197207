"""How sure the change of a share is: by chance, from run to run, and by what the runs draw.

The difference of each run from the baseline's same run is taken in the last month. Its mean has a Monte Carlo error,
which more runs make smaller; its spread over runs shows what each run draws and rolls, which more runs do not.
"""

from __future__ import annotations

from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.engine.result import Result
from tightrope.model.blueprint import Blueprint
from tightrope.report import words
from tightrope.report.frame import QUANTILES, Values, gap, mean, quantiles
from tightrope.report.judgement import meaning_of
from tightrope.report.series import Series, shares
from tightrope.report.spread import Array, Mover, draws_of, movers

MOST = 4


@dataclass(frozen=True)
class Assumption:
    """Something drawn: its meaning, and the mean change, points, in the third of runs that draw it lowest, highest."""

    meaning: str
    low: float
    high: float


@dataclass(frozen=True)
class Certainty:
    """The change of one share in the last month, points; `share` and `before` are its means, percent.

    `mean` of the paired differences with its 90 % Monte Carlo interval `low` to `high`; their `quantiles` over runs, 5,
    25, 50, 75, 95 %; the parts of runs in which it `rises` and `falls`, 0 to 1; what moves the change most.
    """

    id: str
    title: str
    share: float
    before: float
    mean: float
    low: float
    high: float
    quantiles: tuple[float, ...]
    rises: float
    falls: float
    assumptions: tuple[Assumption, ...]


def certainties(result: Result, base: Result, case: Case, blueprint: Blueprint) -> tuple[Certainty, ...]:
    """How sure the change of each share of the focus state is, between two results of the same runs.

    `blueprint` is what `result` was run from; nothing is run again.
    """
    drawn = draws_of(result, blueprint)
    pairs = zip(shares(result), shares(base), strict=True)
    return tuple(_certainty(now, now.values(), was.values(), drawn, case) for now, was in pairs)


def _certainty(one: Series, now: Values, was: Values, drawn: dict[str, Array], case: Case) -> Certainty:
    change = now[-1].astype(float) - was[-1]
    middle, low, high = (float(each) for each in gap(one, now, was))
    return Certainty(
        one.id,
        one.title,
        mean(one, now),
        mean(one, was),
        middle,
        low,
        high,
        tuple(float(each) for each in quantiles(change[None], QUANTILES)[:, 0]),
        float((change > 0).mean()),
        float((change < 0).mean()),
        tuple(_assumption(found, case) for found in movers(change, drawn)[:MOST]),
    )


def _assumption(found: Mover, case: Case) -> Assumption:
    return Assumption(words.initial(meaning_of(case, found.name)), found.low, found.high)
