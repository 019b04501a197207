from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tightrope.case.case import Case
from tightrope.engine.record import OCCASIONS
from tightrope.engine.result import Result
from tightrope.report.occasion import MENUS, occasional


def test_every_occasional_menu_has_words_for_every_account_it_weighs(result: Result, case: Case) -> None:
    assert set(MENUS) == set(OCCASIONS)
    for why in occasional(result, case):
        assert {row.words for row in why.rows}.isdisjoint({"weighed as in other choices"})
        assert not any("{" in row.words for row in why.rows)


def test_rows_are_sums_by_counts_and_add_up(result: Result, case: Case) -> None:
    found = occasional(result, case)
    assert found
    for why in found:
        times = result.arrays[f"times_{why.id}"].astype(float)
        sums = result.arrays[f"why_{why.id}"].astype(float)
        assert why.occasions == times.sum() > 0
        assert why.total == pytest.approx(sums.sum() / times.sum(), rel=1e-6)
        assert sum(row.mean for row in why.rows) == pytest.approx(why.total, abs=1e-6)
        assert f"{int((times > 0).sum()):,} of {times.size:,} runs" in why.question


def test_a_menu_that_never_came_up_is_left_out(result: Result, case: Case) -> None:
    arrays = {**result.arrays, "times_acts": np.zeros_like(result.arrays["times_acts"])}
    assert "acts" in {why.id for why in occasional(result, case)}
    assert "acts" not in {why.id for why in occasional(replace(result, arrays=arrays), case)}
