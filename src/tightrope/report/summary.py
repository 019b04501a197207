"""The tables of outcomes: one row each for the focus state, one line for each of the others."""

from __future__ import annotations

from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.engine.measure import measures
from tightrope.engine.outcome import Outcome
from tightrope.engine.result import Result
from tightrope.model.blueprint import Blueprint
from tightrope.report import words
from tightrope.report.spread import draws_of, spread
from tightrope.report.subject import placed

# Outcomes that stand in the first table though a subject shows them too.
FIRST = ("request", "intervention", "rupture")


@dataclass(frozen=True)
class Row:
    """An outcome: mean and range as numbers and as text.

    Of a number the mean with 5 and 95 % of runs; of a probability the frequency with its range over
    assumptions.
    """

    name: str
    label: str
    kind: str
    unit: str
    low: float
    mean: float
    high: float
    shown: tuple[str, str, str]


@dataclass(frozen=True)
class StateRow:
    """A state that is not the focus: its name, and a cell (heading, mean, range) for each column."""

    state: str
    cells: tuple[tuple[str, str, str], ...]


def rows(result: Result, blueprint: Blueprint, found: dict[str, Outcome]) -> tuple[Row, ...]:
    """Every outcome of the focus state but its votes and what stands under a subject of its own."""
    prefix, said = f"{result.manifest.focus.lower()}.", measures(result)
    wanted = [
        one
        for name, one in found.items()
        if name.startswith(prefix)
        and ".vote." not in name
        and not said[name].conditional
        and (name.removeprefix(prefix) in FIRST or not placed(name.removeprefix(prefix)))
    ]
    return tuple(_row(result, blueprint, one) for one in wanted)


def _row(result: Result, blueprint: Blueprint, found: Outcome) -> Row:
    label = words.initial(found.label.partition(": ")[2] or found.label)
    low, mean, high = (one or 0.0 for one in (found.p05, found.mean, found.p95))
    if found.kind == "probability":
        drawn = spread(measures(result)[found.name].values(), draws_of(result, blueprint))
        low, mean, high = drawn.low, drawn.frequency, drawn.high
    shown = tuple(_text(each, found) for each in (low, mean, high))
    return Row(
        found.name,
        label,
        found.kind,
        "runs of 100" if found.kind == "probability" else words.unit_shown(found.unit),
        low,
        mean,
        high,
        (shown[0], shown[1], shown[2]),
    )


def _text(value: float, found: Outcome) -> str:
    return words.hundred(value) if found.kind == "probability" else words.amount(value, found.unit)


def other_states(result: Result, case: Case, found: dict[str, Outcome]) -> tuple[StateRow, ...]:
    """What is most asked of the other states, one row each."""
    names = result.manifest.origin.names
    sides = (case.about.target, case.about.sanctioner)
    columns = {
        **{f"alignment.{side}": f"Leans to {names.get(side, side)}, %" for side in sides},
        "hedging_index": "Hedging index, poles",
        "compliance": "Enforcement, 0 to 1",
        "evasion_flow": "Detour, bn USD a year",
        "unrest": "Mass unrest, of 100",
        "secondary_sanctions": "Secondary sanctions, of 100",
    }
    others = [actor for actor in result.axes["actor"] if actor != result.manifest.focus]
    return tuple(
        StateRow(
            names.get(actor, actor),
            tuple(
                (heading, *_cell(found[f"{actor.lower()}.{suffix}"]))
                for suffix, heading in columns.items()
                if f"{actor.lower()}.{suffix}" in found
            ),
        )
        for actor in others
    )


def _cell(found: Outcome) -> tuple[str, str]:
    if found.kind == "probability":
        low, high = words.hundred(found.low or 0.0), words.hundred(found.high or 0.0)
        return words.hundred(found.mean), low if low == high else f"{low}–{high}"
    low, mean, high = (words.amount(each or 0.0, found.unit) for each in (found.p05, found.mean, found.p95))
    return mean, f"{low} to {high}"
