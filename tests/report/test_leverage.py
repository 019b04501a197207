from __future__ import annotations

import numpy as np
import pytest

from tightrope.case.case import Case
from tightrope.engine.result import Result
from tightrope.engine.simulate import Plan, plan, run
from tightrope.report.bearing import inputs
from tightrope.report.leverage import Effect, measure, shortlist
from tightrope.report.topic import topics


def test_the_effect_of_a_source_is_that_of_running_without_it(made: Plan, result: Result, case: Case) -> None:
    found = measure(result, made.known, made.blueprint, (), claims=0)
    assert set(found.sources) >= {f"report_00{number}" for number in range(5)}
    assert set(found.trust_without) == set(found.sources)
    assert found.inputs == {}
    without = run(plan(case, without=["report_002"]), result.manifest.runs, result.manifest.seed)
    effect = found.sources["report_002"]["unrest"]
    assert effect.present == result.arrays["emergency"][0].any(axis=0).mean()
    assert effect.absent == without.arrays["emergency"][0].any(axis=0).mean()


def test_the_shortlist_takes_the_weightiest_of_each_topic_in_turn(case: Case, result: Result) -> None:
    found, asked = inputs(case, "KAZ"), topics(result, case)
    chosen = shortlist(found, asked, 5)
    assert len(chosen) == len(set(chosen)) == 5
    weightiest = max(
        (one for one in found if asked[0].bears(one)), key=lambda one: (one.weight, [-ord(c) for c in one.id])
    )
    assert chosen[0].weight == weightiest.weight
    assert shortlist(found, asked, 1000) == shortlist(found, asked, 999)


def test_workers_and_progress_change_nothing(made: Plan, case: Case) -> None:
    small = run(made, 10, 3)
    told: list[tuple[int, int]] = []
    one = measure(
        small, made.known, made.blueprint, inputs(case, "KAZ"), claims=2, progress=lambda *at: told.append(at)
    )
    two = measure(small, made.known, made.blueprint, inputs(case, "KAZ"), claims=2, workers=2)
    assert one == two
    assert told[-1][0] == told[-1][1] == len(one.sources) + len(one.inputs)


@pytest.mark.parametrize(
    ("present", "absent", "error", "said"), [(0.6, 0.5, 0.02, True), (0.6, 0.5, 0.1, False)]
)
def test_an_effect_is_measurable_beyond_chance(
    present: float, absent: float, error: float, said: bool
) -> None:
    effect = Effect(present, absent, error)
    assert np.isclose(effect.size, 0.1)
    assert effect.measurable is said
