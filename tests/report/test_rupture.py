from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from tightrope.case.case import Case
from tightrope.engine.measure import measures
from tightrope.engine.outcome import counted, outcomes, wilson
from tightrope.engine.pairing import Difference
from tightrope.engine.result import Result
from tightrope.report.rupture import ASSOCIATION, FORCES, NO_CAUSE, rupture, sentence


def within_a_year(result: Result) -> tuple[list[bool], int]:
    """Unrest in the twelve months after that of the first break, run by run, and how many runs break."""
    place = result.axes["actor"].index(result.manifest.focus)
    broken, unrest = result.arrays["rupture"][place], result.arrays["emergency"][place]
    runs = [run for run in range(broken.shape[1]) if broken[:, run].any()]
    starts = [int(np.argmax(broken[:, run])) for run in runs]
    return [bool(unrest[at + 1 : at + 13, run].any()) for at, run in zip(starts, runs, strict=True)], len(
        runs
    )


def test_unrest_after_a_break_is_counted_over_the_runs_that_break(
    result: Result, case: Case, comparisons: Mapping[str, Mapping[str, Difference]]
) -> None:
    found = rupture(result, case, outcomes(result), comparisons)
    after, without = found.lines
    unrest, runs = within_a_year(result)
    assert after.runs == runs
    held = counted(measures(result)["kaz.unrest_without_rupture"].values())
    assert without.runs == held.size > result.manifest.runs - runs
    assert without.frequency == pytest.approx(held.mean())
    assert after.frequency == pytest.approx(np.mean(unrest))
    assert (after.low, after.high) == pytest.approx(wilson(after.frequency, after.runs))
    assert found.frequency == pytest.approx(runs / result.manifest.runs)


def test_it_says_that_this_is_association_and_sets_cause_beside_it(
    result: Result, case: Case, comparisons: Mapping[str, Mapping[str, Difference]]
) -> None:
    found = rupture(result, case, outcomes(result), comparisons)
    assert "association" in ASSOCIATION
    assert found.reading == ASSOCIATION
    assert [cause.id for cause in found.causes] == ["csto_left"]
    expected = comparisons["csto_left"]["kaz.unrest"]
    assert found.causes[0].unrest == pytest.approx(
        (100 * expected.low, 100 * expected.mean, 100 * expected.high)
    )
    assert str(found.lines[0].runs) in sentence(found)


def test_a_scenario_counts_as_cause_only_if_it_orders_a_break(case: Case, result: Result) -> None:
    without: Mapping[str, Mapping[str, Difference]] = {"fuel_shock_without_cap": {}}
    found = rupture(result, case, outcomes(result), without)
    assert found.causes == ()
    assert found.cause_reading == NO_CAUSE
    kinds = {one.kind for scenario in case.scenarios for one in scenario.happenings}
    assert kinds & set(FORCES)


def test_where_no_run_breaks_nothing_is_told(result: Result, case: Case) -> None:
    known = {
        name: one
        for name, one in outcomes(result).items()
        if not name.endswith(("_after_rupture", "_without_rupture"))
    }
    found = rupture(result, case, known, {})
    assert found.lines == ()
    assert sentence(found) == "No run breaks with it, so nothing can be told."
