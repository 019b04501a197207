"""The case's questions with the answers of the runs, as text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tightrope.case.case import Case
from tightrope.engine.answer import answers
from tightrope.engine.outcome import Outcome
from tightrope.engine.result import Result
from tightrope.report import words


@dataclass(frozen=True)
class Reply:
    """One question: what is asked, by when, the answer and its range in words, and how it would be resolved.

    `answer` is None, and `range` says why, where the runs cannot tell.
    """

    id: str
    text: str
    by: str
    answer: str | None
    range: str
    resolves: str


def replies(result: Result, case: Case) -> tuple[Reply, ...]:
    """Every question of the case, in its order."""
    asked = {question.id: question for question in case.questions}
    found = []
    for one in answers(result, case.questions):
        answer, range_ = (None, one.open or "") if one.answer is None else _said(one.answer)
        by = words.day(date.fromisoformat(one.by))
        found.append(Reply(one.id, one.text, by, answer, range_, asked[one.id].resolves))
    return tuple(found)


def _said(found: Outcome) -> tuple[str, str]:
    if found.kind == "probability":
        return f"{words.hundred(found.mean)} of 100 runs", words.of_100(found.low or 0.0, found.high or 0.0)
    low, middle, high = (words.amount(each or 0.0, found.unit) for each in (found.p05, found.p50, found.p95))
    unit = {"share": " %", "probability": " %", "percent": " %", "0 to 1": "", "poles": " poles"}.get(
        found.unit, f" {found.unit}"
    )
    return f"{middle}{unit}", f"{low} to {high}{unit}"
