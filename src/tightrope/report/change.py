"""What leaving a source out changed, as text: ranges that runs draw from, and values that they start from."""

from __future__ import annotations

from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.model.blueprint import Blueprint
from tightrope.model.changes import Changed, changed

UNKNOWN = "not known"
DATED = (".event.", ".commitment.", ".threat.")


@dataclass(frozen=True)
class Change:
    """One thing that runs draw or start from, before and after."""

    kind: str
    what: str
    before: str
    after: str


def changes(whole: Blueprint, blueprint: Blueprint, case: Case) -> tuple[Change, ...]:
    """Everything in which `blueprint` differs from `whole` once rounded, scenario aside."""
    measures = {figure.id: f"{figure.measure} ({figure.id})" for figure in case.figures}
    told = (
        Change(
            found.kind,
            measures.get(found.name, found.name),
            _said(found, found.before),
            _said(found, found.after),
        )
        for found in changed(whole, blueprint.origin or blueprint)
    )
    return tuple(one for one in told if one.before != one.after)


def _said(found: Changed, values: tuple[float, ...] | None) -> str:
    """A range, a start value as median with 5 and 95 %, or a strength and how long ago it was."""
    if values is None:
        return UNKNOWN
    shown = [f"{value:.3g}".replace("-", "−") for value in values]
    if found.kind == "start":
        return f"{shown[1]} ({shown[0]} to {shown[2]})"
    if len(shown) == 1:
        return f"{shown[0]} months before the start"
    if found.name.endswith(".voices"):
        return ", ".join(dict.fromkeys(shown))
    dated = any(part in found.name for part in DATED)
    ends, rest = (shown[:2], shown[2:]) if dated else (shown, [])
    text = ends[0] if len(set(ends)) == 1 else (" to " if len(ends) == 2 else ", ").join(ends)
    return f"{text}, {rest[0]} months before the start" if rest else text
