"""Questions are answered as of their own day, not as of the end of the run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.engine.situation import made, situation

from tightrope.case.question import Question
from tightrope.engine.answer import answers, until
from tightrope.engine.result import Result
from tightrope.errors import ModelError


def asked(outcome: str, by: date) -> Question:
    return Question(id="q", text="How much?", outcome=outcome, answer="number", by=by, resolves="as told")


def test_the_day_decides_which_month_answers() -> None:
    result = made(situation())
    first = answers(result, [asked("aaa.compliance", date(2022, 7, 31))])[0]
    last = answers(result, [asked("aaa.compliance", date(2022, 12, 1))])[0]
    values = result.arrays["compliance"][0]
    assert first.answer is not None
    assert last.answer is not None
    assert first.answer.p50 == pytest.approx(float(np.quantile(values[0].astype(float), 0.5)))
    assert last.answer.p50 == pytest.approx(float(np.quantile(values[5].astype(float), 0.5)))


def test_what_lies_outside_the_run_stays_open() -> None:
    found = answers(
        made(situation()), [asked("aaa.compliance", date(2030, 1, 1)), asked("aaa.nothing", date(2022, 8, 1))]
    )
    assert [one.answer for one in found] == [None, None]
    assert "2022-07 to 2022-12" in str(found[0].open)
    assert "aaa.nothing" in str(found[1].open)


def test_cutting_keeps_the_runs_and_what_has_no_month() -> None:
    result = made(situation())
    cut: Result = until(result, date(2022, 9, 15))
    assert cut.manifest.months == 3
    assert cut.arrays["alignment"].shape[2] == 3
    assert np.array_equal(cut.arrays["vote"], result.arrays["vote"])
    with pytest.raises(ModelError, match="outside the run"):
        until(result, date(2022, 6, 30))
    assert replace(cut.manifest, months=6) == result.manifest
