"""Outcomes against numbers worked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engine.situation import made, situation

from tightrope.engine.outcome import outcome, outcomes, wilson
from tightrope.engine.result import Result
from tightrope.errors import ModelError

WANTED = [
    "alignment.RUS",
    "alignment.CHN",
    "alignment.WEST",
    "alignment.TUR",
    "alignment.own",
    "hedging_index",
    "unrest",
    "request",
    "intervention",
    "compliance",
    "evasion_flow",
    "evasion_share_gdp",
    "secondary_sanctions",
    "vote.first.no",
    "currency",
    "prices",
    "belief.WEST",
    "belief.RUS",
    "debt",
    "menace",
]

RESULT = made(situation(months=14), 300)


def altered(**arrays: np.ndarray) -> Result:
    return replace(RESULT, arrays={**RESULT.arrays, **arrays})


def test_quantiles_and_mean_are_those_of_the_last_month() -> None:
    values = RESULT.arrays["alignment"][0, 1, -1].astype(float)
    found = outcome(RESULT, "bbb.alignment.RUS")
    by_hand = [np.quantile(values, q) for q in (0.05, 0.25, 0.5, 0.75, 0.95)]
    assert [found.p05, found.p25, found.p50, found.p75, found.p95] == pytest.approx(by_hand)
    assert found.mean == pytest.approx(values.mean())
    assert found.standard_error == pytest.approx(values.std() / np.sqrt(300))
    assert (found.kind, found.unit) == ("number", "share")
    assert found.low is None


def test_a_probability_is_the_share_of_runs_with_at_least_one_such_month() -> None:
    emergency = np.zeros_like(RESULT.arrays["emergency"])
    emergency[0, 3, :30] = 1
    emergency[0, 5, :30] = 1
    found = outcome(altered(emergency=emergency), "aaa.unrest")
    assert found.mean == pytest.approx(0.1)
    assert found.standard_error == pytest.approx(np.sqrt(0.1 * 0.9 / 300))
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 0.1 < found.high < 0.2
    assert found.p50 is None


def test_wilson_worked_by_hand() -> None:
    """20 of 100 at z = 1.96 gives 0.1334 to 0.2888 (Wilson 1927, as tabulated by Newcombe 1998)."""
    assert wilson(0.2, 100, 1.96) == pytest.approx((0.1334, 0.2888), abs=1e-4)
    assert wilson(0.0, 50)[0] == 0.0
    assert 0 < wilson(0.0, 50)[1] < 0.06
    assert wilson(1.0, 50)[1] == 1.0


def test_evasion_is_the_mean_of_the_last_twelve_months() -> None:
    value = np.zeros_like(RESULT.arrays["evasion_value"])
    value[0, :2], value[0, 2:] = 100.0, 3.0
    assert outcome(altered(evasion_value=value), "aaa.evasion_flow").mean == pytest.approx(3.0)


def test_currency_and_prices_are_percent_over_the_horizon() -> None:
    log = np.full_like(RESULT.arrays["exchange"], np.log(1.25))
    found = altered(exchange=log, prices=log)
    assert outcome(found, "aaa.currency").mean == pytest.approx(25.0, abs=1e-4)
    assert outcome(found, "aaa.prices").mean == pytest.approx(25.0, abs=1e-4)


def test_the_four_ways_to_vote_add_up_to_one() -> None:
    found = outcomes(RESULT)
    total = sum(found[f"ccc.vote.late.{option}"].mean for option in ("no", "abstain", "yes", "absent"))
    assert total == pytest.approx(1.0)


def test_every_decider_has_every_outcome_in_plain_words() -> None:
    found = outcomes(RESULT)
    assert {f"{actor}.{name}" for actor in ("aaa", "bbb", "ccc") for name in WANTED} <= found.keys()
    assert found["aaa.unrest"].label == "Aland: mass unrest in at least one month"
    assert all(each.name == name and each.label and each.unit for name, each in found.items())


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ModelError, match=r"no outcome is called 'aaa\.unrst'; did you mean aaa\.unrest"):
        outcome(RESULT, "aaa.unrst")
