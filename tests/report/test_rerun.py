from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from tightrope.case.case import Case
from tightrope.engine.outcome import outcomes
from tightrope.engine.pairing import Difference, paired
from tightrope.engine.result import Result
from tightrope.engine.simulate import Plan, plan, run
from tightrope.report.rerun import each, hold, leading, narrowed, pairings, set_beside


def test_work_is_the_same_by_one_process_or_two() -> None:
    numbers = [4, 9, 16]
    assert list(each(math.sqrt, numbers, 1)) == list(each(math.sqrt, numbers, 2)) == [2.0, 3.0, 4.0]


def test_the_leading_runs_are_those_of_a_smaller_ensemble(made: Plan, result: Result) -> None:
    small = run(made, 40, result.manifest.seed)
    found = leading(result, 40)
    assert found.manifest.runs == 40
    assert outcomes(found) == outcomes(small)
    assert leading(found, 100) is found


def test_the_focus_alone_has_the_same_outcomes(result: Result) -> None:
    every, few = outcomes(result), outcomes(narrowed(result))
    assert {name.partition(".")[0] for name in few} == {"kaz", "world"}
    assert few == {name: every[name] for name in few}


def test_a_scenario_is_paired_with_the_result_and_with_its_counterpart(
    case: Case, result: Result, comparisons: Mapping[str, Mapping[str, Difference]]
) -> None:
    second = next(one for one in case.scenarios if one.against)
    assert second.against is not None
    plans = {name: plan(case, name) for name in (second.against, second.id)}
    jobs = pairings(plans, 30, result.manifest.seed)
    assert jobs[second.against].other is None
    hold(leading(result, 30))
    found, between = set_beside(jobs[second.id])
    first, ran = (run(plans[name], 30, result.manifest.seed) for name in (second.against, second.id))
    assert between is not None
    assert between["world.rule"] == paired(first, ran)["world.rule"]
    assert found["kaz.unrest"] == paired(leading(result, 30), ran)["kaz.unrest"]
    with pytest.raises(KeyError):
        found["kgz.unrest"]


def test_without_its_counterpart_there_is_no_second_pairing(case: Case) -> None:
    second = next(one for one in case.scenarios if one.against)
    assert pairings({second.id: plan(case, second.id)}, 10, 1)[second.id].other is None
