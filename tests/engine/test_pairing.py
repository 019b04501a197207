"""Paired results: only the scenario differs."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.situation import made, sanctioned, situation, unchanged

from tightrope.engine.outcome import Z90
from tightrope.engine.pairing import adjusted_wald, paired
from tightrope.errors import ModelError

PLAIN = situation(months=6)
BASELINE = made(PLAIN)


def test_a_scenario_that_changes_nothing_changes_nothing() -> None:
    for found in paired(BASELINE, made(unchanged(PLAIN))).values():
        assert (found.mean, found.standard_error) == (0.0, 0.0)
        assert found.kind == "probability" or (found.p05, found.p50, found.p95) == (0.0, 0.0, 0.0)


def test_the_difference_is_taken_run_by_run() -> None:
    changed = made(sanctioned(PLAIN), scenario="sanctioned")
    found = paired(BASELINE, changed)
    gap = changed.arrays["prices"][0, -1].astype(float) - BASELINE.arrays["prices"][0, -1]
    assert found["aaa.prices"].mean == pytest.approx(100 * gap.mean(), rel=0.1)
    assert found["aaa.prices"].p50 is not None
    assert found["aaa.secondary_sanctions"].mean > 0.5
    assert found["aaa.currency"].mean == 0.0
    assert found["aaa.currency"].standard_error == 0.0


def test_the_draws_of_others_are_shared() -> None:
    """What is ordered on the first decider leaves the second's own shocks alone."""
    changed = made(sanctioned(PLAIN))
    assert np.array_equal(BASELINE.arrays["exchange"][1], changed.arrays["exchange"][1])


def test_the_interval_of_a_paired_probability_worked_by_hand() -> None:
    """Of 98 runs 9 change up and 4 down: (10 - 5)/100 ± z √((0.15 - 0.0025)/100)."""
    gap = np.array([1.0] * 9 + [-1.0] * 4 + [0.0] * 85)
    spread = Z90 * np.sqrt((0.15 - 0.0025) / 100)
    assert adjusted_wald(gap) == pytest.approx((0.05 - spread, 0.05 + spread))
    low, high = adjusted_wald(np.zeros(98))
    assert low < 0 < high


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (lambda: made(PLAIN, seed=4), "seed 3 and 4"),
        (lambda: made(PLAIN, runs=600), "runs 700 and 600"),
        (
            lambda: made(situation(months=5), scenario="short"),
            r"\(short\) cannot be compared.*months 6 and 5",
        ),
        (lambda: made(situation(("AAA", "BBB"), 6)), "actors AAA, BBB, CCC and AAA, BBB"),
    ],
)
def test_results_that_do_not_match_are_refused(other: object, said: str) -> None:
    assert callable(other)
    with pytest.raises(ModelError, match=said):
        paired(BASELINE, other())
