from __future__ import annotations

import numpy as np
import pytest

from tightrope.case.case import Case
from tightrope.engine.result import Result
from tightrope.engine.simulate import Plan, plan, run
from tightrope.report.sincerity import STAGES, carriers, sincerity, trust


def test_every_report_carries_opinions_or_acts(case: Case) -> None:
    found = carriers(case, "KAZ")
    assert {f"report_00{number}" for number in range(5)} <= set(found)
    assert found["report_002"].startswith("7 opinions")
    assert all(text.split()[0].isdigit() for text in found.values())


def test_the_posterior_at_the_end_is_the_results(made: Plan, result: Result) -> None:
    found = trust(result, made.blueprint, 100)
    np.testing.assert_allclose(found["end"], result.arrays["belief"][:, 0, -1, :100], rtol=1e-6)
    np.testing.assert_array_equal(found["prior"][0], found["prior"][1])
    assert found["start"].shape == found["prior"].shape == (2, 100)
    assert not np.allclose(found["start"], found["prior"])


def test_leaving_the_sceptics_out_moves_the_prior(made: Plan, result: Result, case: Case) -> None:
    less = plan(case, without=["report_002"])
    without = trust(run(less, 500, result.manifest.seed), less.blueprint, 500)
    whole = trust(result, made.blueprint, 500)
    found = sincerity(result, case, whole, {"report_002": without})
    assert found is not None
    every, one = found.readers
    assert (every.without, one.without) == (None, "report_002")
    for audience, beliefs in one.beliefs.items():
        assert tuple(belief.stage for belief in beliefs) == STAGES
        first = beliefs[0]
        assert first.low > 0  # the sceptics lower it
        gap = 100 * (without["prior"] - whole["prior"])[0]
        assert first.change == pytest.approx(gap.mean())
        assert first.change == pytest.approx(first.mean - every.beliefs[audience][0].mean)
        assert list(first.quantiles) == sorted(first.quantiles)
        assert every.beliefs[audience][0].change == 0.0


def test_without_carriers_there_is_nothing_to_show(made: Plan, result: Result, case: Case) -> None:
    assert sincerity(result, case, trust(result, made.blueprint, 50), {}) is None
