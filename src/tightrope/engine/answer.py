"""Answers to a case's questions: each outcome as it stands on the day that the question names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from tightrope.case.question import Question
from tightrope.engine.outcome import Outcome, outcome
from tightrope.engine.record import dims_of
from tightrope.engine.result import Result
from tightrope.errors import ModelError


@dataclass(frozen=True)
class Answer:
    """A question with the outcome that answers it; `open` says why there is none."""

    id: str
    text: str
    by: str
    outcome: str
    answer: Outcome | None
    open: str | None = None


def answers(result: Result, questions: Iterable[Question]) -> tuple[Answer, ...]:
    """One answer for each question, in their order."""
    return tuple(_answer(result, question) for question in questions)


def until(result: Result, day: date) -> Result:
    """The same runs, cut off after the month of `day`.

    Raises:
        ModelError: the day lies before the first month or after the last.
    """
    months = int((result.months <= np.datetime64(day)).sum())
    last = np.datetime64(day, "M") <= result.months[-1].astype("datetime64[M]")
    if not months or not last:
        raise ModelError(
            f"{day} lies outside the run, {str(result.months[0])[:7]} to {str(result.months[-1])[:7]}"
        )
    arrays = {
        name: values[..., :months, :] if "month" in dims_of(name) else values
        for name, values in result.arrays.items()
    }
    return replace(result, arrays=arrays, manifest=replace(result.manifest, months=months))


def _answer(result: Result, question: Question) -> Answer:
    about = (question.id, question.text, question.by.isoformat(), question.outcome)
    try:
        return Answer(*about, outcome(until(result, question.by), question.outcome))
    except ModelError as error:
        return Answer(*about, None, str(error))
