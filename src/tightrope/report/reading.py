"""Two readings of one matter: scenarios that a case sets against each other, each by itself and the one less the other.

Which two is for the case to say (`against` in a scenario).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.engine.pairing import Difference
from tightrope.engine.result import Result
from tightrope.report import words
from tightrope.report.difference import LARGEST, signed

POINTS = ("share", "probability", "0 to 1")


@dataclass(frozen=True)
class Cell:
    """A paired difference: low, mean and high of its 90 % interval, as numbers and as text."""

    low: float
    mean: float
    high: float
    shown: tuple[str, str, str]
    clear: bool


@dataclass(frozen=True)
class Row:
    """One outcome: the first reading less the baseline, the second less the baseline, the second less the first."""

    name: str
    label: str
    unit: str
    first: Cell
    second: Cell
    between: Cell


@dataclass(frozen=True)
class Reading:
    """Two scenarios and what tells them apart; `said` sums up the outcomes in which they clearly differ."""

    first: str
    second: str
    first_title: str
    second_title: str
    first_meaning: str
    second_meaning: str
    rows: tuple[Row, ...]
    said: str


def readings(
    between: Mapping[str, Mapping[str, Difference]],
    comparisons: Mapping[str, Mapping[str, Difference]],
    result: Result,
    case: Case,
) -> tuple[Reading, ...]:
    """Every pair of which both scenarios were run."""
    scenarios = {scenario.id: scenario for scenario in case.scenarios}
    found = []
    for name, gaps in between.items():
        second = scenarios[name]
        first = scenarios.get(second.against or "")
        if first is None or first.id not in comparisons or name not in comparisons:
            continue
        rows = tuple(_rows(result, case, comparisons[first.id], comparisons[name], gaps))
        titles = (first.title, second.title)
        meanings = (first.meaning, second.meaning)
        found.append(Reading(first.id, second.id, *titles, *meanings, rows, _said(rows, titles)))
    return tuple(found)


def _rows(
    result: Result,
    case: Case,
    first: Mapping[str, Difference],
    second: Mapping[str, Difference],
    between: Mapping[str, Difference],
) -> list[Row]:
    return [
        Row(name, label, _unit(between[name]), _cell(first[name]), _cell(second[name]), _cell(between[name]))
        for name, label in _wanted(result, case).items()
        if name in between
    ]


def _wanted(result: Result, case: Case) -> dict[str, str]:
    """The alignment shares with all poles, hedging, cohesion and the rule, by name."""
    names, focus = result.manifest.origin.names, result.manifest.focus
    who = focus.lower()
    found = {
        f"{who}.alignment.{pole}": "Relies on its own strength"
        if pole == "own"
        else f"Leans on {names.get(pole, pole)}"
        for pole in result.axes["pole"]
    }
    found[f"{who}.hedging_index"] = "Hedging index"
    target = names.get(case.about.target, case.about.target)
    cohort = next((actor.name for actor in case.actors if actor.id == case.about.cohort), "The cohort")
    said = {
        "cohesion": f"{words.initial(cohort)} on average leans on {target}",
        "rule": "Strength of the rule against force",
    }
    return found | {f"world.{name}": label for name, label in said.items()}


def _unit(found: Difference) -> str:
    return "points" if found.unit in POINTS else words.unit_shown(found.unit)


def _cell(found: Difference) -> Cell:
    points = found.unit in POINTS
    low, mean, high = ((100.0 if points else 1.0) * each for each in (found.low, found.mean, found.high))
    shown = (signed(low, points), signed(mean, points), signed(high, points))
    return Cell(low, mean, high, shown, (found.low > 0 or found.high < 0) and shown[1] != "0")


def _said(rows: tuple[Row, ...], titles: tuple[str, str]) -> str:
    """In which outcomes the two readings can be told apart."""
    apart = [row for row in rows if row.between.clear]
    if not apart:
        return (
            "The two cannot be told apart by these outcomes: no difference is larger than chance may make it."
        )
    largest = sorted(apart, key=lambda row: (row.unit != "points", -abs(row.between.mean)))[:LARGEST]
    told = "; ".join(f"{words.lowered(row.label)} {row.between.shown[1]} {row.unit}" for row in largest)
    return (
        f"The two differ by more than chance in {len(apart)} of {len(rows)} outcomes. Most, “{titles[1]}” less "
        f"“{titles[0]}”: {told}."
    )
