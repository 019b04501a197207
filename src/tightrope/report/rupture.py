"""Unrest after a break with the target: how often in the runs, and what a forced break does.

The first is association: what makes ties break may shake order at home too, in the same runs. The second is the
model's cause and effect: the same runs with and without a break that a scenario orders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.engine.measure import measures
from tightrope.engine.outcome import Outcome, counted
from tightrope.engine.pairing import Difference
from tightrope.engine.result import Result
from tightrope.report import words
from tightrope.report.difference import signed

# The happenings that break ties at once (`model/rupture.py`).
FORCES = ("retaliation", "leave_security", "leave_economic")
ASSOCIATION = (
    "This is association in the runs, not cause: the same draws that make a break likelier, such as threats, lost "
    "trade or a state that sees little in its neighbour, may make unrest likelier too. A run may count in both "
    "rows, before its break and after. Windows of runs without a break begin in the same months as the breaks did."
)
CAUSE = (
    "Beside it, cause within the model: scenarios that order a break, each against the same runs without it. The "
    "difference is in unrest at any time of the run, where the lines above look at one year."
)
NO_CAUSE = "No scenario that was run orders a break, so there is no causal comparison to set beside it."


@dataclass(frozen=True)
class Conditional:
    """A frequency of unrest within a year among the runs that count, with its 90 % interval."""

    label: str
    frequency: float
    low: float
    high: float
    runs: int


@dataclass(frozen=True)
class Cause:
    """A scenario that orders a break: paired differences in points, with 90 % intervals, in unrest and in breaks."""

    id: str
    title: str
    unrest: tuple[float, float, float]
    rupture: tuple[float, float, float]
    shown: tuple[str, str, str]
    shown_rupture: str
    clear: bool


@dataclass(frozen=True)
class Rupture:
    """P(unrest | rupture) beside P(unrest | no rupture); where no run breaks, or all do, one of them is missing."""

    title: str
    frequency: float
    runs: int
    lines: tuple[Conditional, ...]
    reading: str
    causes: tuple[Cause, ...]
    cause_reading: str


def rupture(
    result: Result,
    case: Case,
    found: Mapping[str, Outcome],
    comparisons: Mapping[str, Mapping[str, Difference]],
) -> Rupture:
    """What the runs, and the scenarios that order a break, say of the focus state."""
    focus, names = result.manifest.focus, result.manifest.origin.names
    who, target = names.get(focus, focus), names.get(case.about.target, case.about.target)
    rows = (
        ("unrest_after_rupture", f"After a break with {target}"),
        ("unrest_without_rupture", "In like months of runs whose ties held till then"),
    )
    said = measures(result)
    lines = []
    for suffix, label in rows:
        name = f"{focus.lower()}.{suffix}"
        if name in found:
            one = found[name]
            runs = counted(said[name].values()).size
            lines.append(Conditional(label, one.mean, one.low or 0.0, one.high or 0.0, runs))
    causes = tuple(_causes(case, focus, comparisons))
    return Rupture(
        title=f"Unrest in {who} after a break with {target}",
        frequency=found[f"{focus.lower()}.rupture"].mean,
        runs=result.manifest.runs,
        lines=tuple(lines),
        reading=ASSOCIATION,
        causes=causes,
        cause_reading=CAUSE if causes else NO_CAUSE,
    )


def _causes(case: Case, focus: str, comparisons: Mapping[str, Mapping[str, Difference]]) -> list[Cause]:
    unrest, broken = f"{focus.lower()}.unrest", f"{focus.lower()}.rupture"
    found = []
    for scenario in case.scenarios:
        forced = any(
            one.kind in FORCES and one.about == focus and one.value > 0 for one in scenario.happenings
        )
        differences = comparisons.get(scenario.id, {})
        if forced and unrest in differences and broken in differences:
            found.append(_cause(scenario.id, scenario.title, differences[unrest], differences[broken]))
    return found


def _cause(name: str, title: str, unrest: Difference, broken: Difference) -> Cause:
    points = tuple(100.0 * each for each in (unrest.low, unrest.mean, unrest.high))
    breaks = tuple(100.0 * each for each in (broken.low, broken.mean, broken.high))
    shown = tuple(signed(each, True) for each in points)
    clear = unrest.low > 0 or unrest.high < 0
    return Cause(name, title, points, breaks, shown, signed(breaks[1], True), clear)  # type: ignore[arg-type]


def sentence(found: Rupture) -> str:
    """The two frequencies in a sentence, for the terminal."""
    said = "; ".join(
        f"{words.initial(line.label)}: mass unrest within a year in {words.hundred(line.frequency)} of 100 "
        f"({words.of_100(line.low, line.high)}, {line.runs:,} runs)"
        for line in found.lines
    )
    return f"{said}." if said else "No run breaks with it, so nothing can be told."
