"""A further reading of a figure of a case, proposed: it widens the range that runs draw from.

Among proposed claims it is one of kind `figure`, naming the `figure`; in the case it stands among that figure's claims.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tightrope.case.case import Case
from tightrope.case.document import Document, Mark
from tightrope.case.figure import Figure, Reading
from tightrope.errors import Fault

KIND = "figure"
# What is said of a reading among proposed claims and does not stand in the case.
_SAID = ("kind", "figure", "paraphrase", "about")

Marked = tuple[Any, Mark]


def is_reading(data: Any) -> bool:
    """Whether a proposed claim is a further reading of a figure."""
    return isinstance(data, dict) and data.get("kind") == KIND


def reading(data: Mapping[str, Any]) -> dict[str, Any]:
    """The reading as it stands under its figure; its paraphrase becomes the note, where it has none."""
    found = {name: value for name, value in data.items() if name not in _SAID}
    if "note" not in found and data.get("paraphrase"):
        found["note"] = data["paraphrase"]
    return found


def widened(file: str, figures: list[Any], proposed: Sequence[Marked]) -> tuple[Document, list[Fault]]:
    """The list of figures with the readings at the end of theirs, marked; and what names no figure."""
    body, faults = list(figures), []
    marks: dict[str | int, Mark] = {}
    places = {one.get("id"): place for place, one in enumerate(figures)}
    for data, mark in proposed:
        place = places.get(data.get("figure"))
        if place is None or body[place].get("scenario"):
            faults.append(_missing(file, data, mark, place is None))
            continue
        known = list(body[place].get("claims", []))
        body[place] = {**body[place], "claims": [*known, reading(data)]}
        inner = marks.setdefault(place, Mark((0, 0), {}, {"claims": Mark((0, 0))})).parts["claims"]
        inner.parts[len(known)] = mark
    return Document(file, {"figures": body}, Mark((0, 0), {}, {"figures": Mark((0, 0), {}, marks)})), faults


def _missing(file: str, data: Mapping[str, Any], mark: Mark, unknown: bool) -> Fault:
    name = f"{data.get('figure')!r:.60}"
    wrong = f"the case has no figure {name}" if unknown else f"the figure {name} is an assumption of the case"
    right = "name a figure of the case that sources give" if unknown else "refuse this claim"
    return Fault(file, *mark.place, "figure", wrong, right)


def found(figures: Sequence[Figure], case: Case, data: Mapping[str, Any]) -> Reading | None:
    """The proposed reading among the checked figures, which hold those of the case first."""
    known = {one.id: len(one.claims) for one in case.figures}
    for figure in figures:
        if figure.id == data.get("figure"):
            new = figure.claims[known.get(figure.id, 0) :]
            return next((one for one in new if one.id == data.get("id")), None)
    return None


def sets(case: Case, data: Mapping[str, Any]) -> str:
    """In words, what the reading does to the range of its figure."""
    figure = next((one for one in case.figures if one.id == data.get("figure")), None)
    value = data.get("value")
    if figure is None or figure.hull is None or isinstance(value, bool) or not isinstance(value, int | float):
        return f"the range of {data.get('figure')}"
    low, high = figure.hull
    if low <= value <= high:
        return f"nothing: {value:g} lies within the range {low:g} to {high:g} of {figure.id}"
    return (
        f"the range of {figure.id} ({figure.measure}): {min(low, value):g} to {max(high, value):g} "
        f"instead of {low:g} to {high:g}"
    )


def without(case: Case, names: Sequence[str]) -> Case:
    """The case without the readings of these ids; a figure keeps what else is claimed of it."""
    wanted = frozenset(names)
    figures = tuple(
        one.model_copy(update={"claims": tuple(each for each in one.claims if each.id not in wanted)})
        if any(each.id in wanted for each in one.claims)
        else one
        for one in case.figures
    )
    return case.model_copy(update={"figures": figures})


def ours(fault: Fault, case: Case, proposed: Sequence[Marked]) -> Fault:
    """A fault among the claims of a figure told by the proposed reading it is of; others as they are."""
    rows = {one.id: len(one.claims) for one in case.figures}
    for data, _ in proposed:
        name = data.get("figure")
        start = f"figures[{name}].claims[{rows.get(name, 0)}]"
        if fault.path.startswith(start):
            return replace(fault, path=f"claims[{data.get('id')}]{fault.path[len(start) :]}")
        rows[name] = rows.get(name, 0) + 1
    return fault
