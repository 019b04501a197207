from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from tightrope.case.case import Case
from tightrope.case.scenario import Scenario
from tightrope.engine.pairing import Difference
from tightrope.engine.result import Result
from tightrope.report.reading import readings

Compared = Mapping[str, Mapping[str, Difference]]


def test_the_pair_is_the_one_that_the_case_sets_against_each_other(
    between: Compared, comparisons: Compared, result: Result, case: Case
) -> None:
    (found,) = readings(between, comparisons, result, case)
    scenario = next(one for one in case.scenarios if one.id == found.second)
    assert found.first == scenario.against
    names = [row.name for row in found.rows]
    assert names[: len(result.axes["pole"])] == [f"kaz.alignment.{pole}" for pole in result.axes["pole"]]
    assert {"kaz.hedging_index", "world.cohesion", "world.rule"} <= set(names)


def test_the_second_less_the_first_is_their_difference(
    between: Compared, comparisons: Compared, result: Result, case: Case
) -> None:
    (found,) = readings(between, comparisons, result, case)
    for row in found.rows:
        assert row.between.mean == pytest.approx(row.second.mean - row.first.mean, abs=1e-4)
        assert row.between.low <= row.between.mean <= row.between.high
    clear = sum(row.between.clear for row in found.rows)
    assert f"{clear} of {len(found.rows)} outcomes" in found.said


def test_the_gap_is_that_of_the_runs(
    others: Mapping[str, Result], between: Compared, comparisons: Compared, result: Result, case: Case
) -> None:
    (found,) = readings(between, comparisons, result, case)
    gap = (
        others[found.second].arrays["cohesion"][-1].astype(float) - others[found.first].arrays["cohesion"][-1]
    )
    row = next(row for row in found.rows if row.name == "world.cohesion")
    assert row.between.mean == pytest.approx(100 * np.mean(gap))


def test_readings_that_do_not_differ_are_said_to_be_alike(
    between: Compared, comparisons: Compared, result: Result, case: Case
) -> None:
    still = {
        name: {one: replace(gap, mean=0.0, low=-1.0, high=1.0) for one, gap in gaps.items()}
        for name, gaps in between.items()
    }
    (found,) = readings(still, comparisons, result, case)
    assert "cannot be told apart" in found.said


def test_a_pair_of_which_one_was_not_run_is_left_out(between: Compared, result: Result, case: Case) -> None:
    assert readings(between, {}, result, case) == ()


def test_no_scenario_is_set_against_itself(case: Case) -> None:
    data = next(one for one in case.scenarios if one.against).model_dump()
    with pytest.raises(ValidationError, match="against itself"):
        Scenario.model_validate({**data, "against": data["id"]})
