"""Numbers of a report that measure what a figure of the case measures: matched by actor, unit and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tightrope.case.case import Case
from tightrope.case.figure import Figure
from tightrope.evidence.found import Figure as Number
from tightrope.evidence.found import Findings
from tightrope.report import phrase, widening
from tightrope.report.ground import Spot
from tightrope.report.roster import Roster

# Words that say nothing about what is measured.
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "and",
        "or",
        "for",
        "from",
        "with",
        "by",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "more",
        "than",
        "less",
        "about",
        "some",
        "over",
        "under",
        "least",
        "most",
        "almost",
        "nearly",
        "around",
        "number",
        "total",
        "share",
        "percent",
        "per",
        "cent",
        "people",
        "million",
        "billion",
        "thousand",
        "its",
        "their",
        "his",
        "her",
        "which",
        "that",
        "this",
        "if",
    ]
)
_BOUNDS = (
    ("lower", re.compile(r"more|over|least|exceed|above|>", re.IGNORECASE)),
    ("upper", re.compile(r"less|fewer|under|most|below|almost|nearly|<", re.IGNORECASE)),
    ("about", re.compile(r"about|around|some|roughly|approx|~|≈", re.IGNORECASE)),
)
_UNITS = {"%": "percent", "per cent": "percent", "kilometre": "km", "kilometer": "km", "countries": "states"}
# Numbers further off than so many times the known ones measure something else.
FAR = 3.0
# How many characters around a number tell what it measures.
AROUND = 90


def readings(
    case: Case, roster: Roster, findings: Findings
) -> Iterator[tuple[Figure, dict[str, Any], str, Spot]]:
    """For each number that fits just one figure best: the figure, the reading as data, and a paraphrase, its place."""
    for one in findings.figures:
        if one.kind != "quantity" or isinstance(one.value, str | bool) or one.value is None:
            continue
        found = _best(case, roster, findings, one)
        if found is None:
            continue
        figure, value = found
        bound = next(
            (name for name, words in _BOUNDS if one.comparator and words.search(one.comparator)), "exact"
        )
        text = phrase.figure(figure.measure, value, figure.unit, bound)
        data = {
            "kind": widening.KIND,
            "figure": figure.id,
            "value": value,
            "bound": bound,
            "about": figure.about,
        }
        yield figure, data, text, Spot(one.start, one.end)


def _best(case: Case, roster: Roster, findings: Findings, one: Number) -> tuple[Figure, float] | None:
    about = roster.find(one.about)
    raw = findings.report.raw
    words = _stems(f"{one.what or ''} {raw[max(0, one.start - AROUND) : one.end + AROUND]}")
    scored = []
    for figure in case.figures:
        value = _scaled(one, figure)
        if value is None or not _close(figure, value):
            continue
        if about is not None and figure.about not in (about, roster.side(about)):
            continue
        shared = len(words & _stems(figure.measure))
        if shared >= 2 or (shared == 1 and about == figure.about and len(_stems(figure.measure)) < 3):
            scored.append((shared + (about == figure.about), figure.id, figure, value))
    scored.sort(key=lambda each: (-each[0], each[1]))
    if not scored or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return scored[0][2], scored[0][3]


def _scaled(one: Number, figure: Figure) -> float | None:
    """The number in the figure's unit; None where the units do not fit, or the figure is an assumption."""
    if figure.scenario or not isinstance(one.value, int | float):
        return None
    ours, theirs = _unit(one.unit), _unit(figure.unit)
    value = float(one.value)
    for word, size in (("million", 1e6), ("billion", 1e9), ("thousand", 1e3)):
        if theirs.startswith(word) and not ours.startswith(word):
            theirs, value = theirs.removeprefix(word).strip(), value / size
    same = ours == theirs or (ours and (theirs.startswith(ours) or ours.startswith(theirs)))
    return round(value, 6) if same and theirs else None


def _unit(unit: str) -> str:
    found = unit.strip().lower()
    for name, plain in _UNITS.items():
        found = plain if found.rstrip("s") == name.rstrip("s") else found
    return found


def _close(figure: Figure, value: float) -> bool:
    hull = figure.hull
    return hull is not None and min(hull) / FAR <= value <= max(hull) * FAR and value > 0


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z]{3,}", text.lower())
    return frozenset(re.sub(r"(ies|es|s|ians?|an)$", "", word) for word in words if word not in _EMPTY)
