"""Outcomes before they are summed up: unrest after a break and without one, by hand; names, kinds and units."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.situation import made, situation

from tightrope.engine.measure import EVENTS, LAST, measures, unrest_within_a_year
from tightrope.engine.outcome import counted, outcomes


def timeline(*months: int) -> np.ndarray:
    """0 or 1 over 20 months, 1 in those named."""
    found = np.zeros(20)
    found[list(months)] = 1
    return found


def test_unrest_after_a_break_by_hand() -> None:
    """Breaks in month 3 and in month 5; unrest in its month does not count, a month or a year after it does."""
    rupture = np.stack([timeline(3, 4), timeline(5), timeline(3), timeline(), timeline()], axis=1)
    emergency = np.stack([timeline(3), timeline(17), timeline(16), timeline(4), timeline(19)], axis=1)
    after = unrest_within_a_year(emergency, rupture, True)
    assert after[:3].tolist() == [0.0, 1.0, 0.0]
    assert np.isnan(after[3:]).all()


def test_unrest_without_a_break_is_looked_at_in_like_months() -> None:
    """Runs are given the months 3, 3, 5, 3, 3 in turn; the second had not broken by then, the first and third had."""
    rupture = np.stack([timeline(3), timeline(5), timeline(3), timeline(), timeline()], axis=1)
    emergency = np.stack([timeline(4), timeline(6), timeline(4), timeline(4), timeline(19)], axis=1)
    without = unrest_within_a_year(emergency, rupture, False)
    assert np.isnan(without[[0, 2]]).all()
    assert without[[1, 3, 4]].tolist() == [1.0, 1.0, 0.0]


def test_where_nothing_breaks_nothing_is_conditional() -> None:
    quiet = np.zeros((20, 3))
    for broken in (True, False):
        assert np.isnan(unrest_within_a_year(quiet, quiet, broken)).all()


def test_every_outcome_has_a_unit_and_a_label_and_one_value_a_run() -> None:
    result = made(situation(months=13), runs=40)
    found = measures(result)
    for name, one in found.items():
        assert one.unit, name
        assert one.label[0].isupper() or one.label[0].islower(), name
        assert "{" not in one.label, name
        assert one.values().shape == (40,), name
        if one.kind == "probability":
            assert set(np.unique(counted(one.values()))) <= {0.0, 1.0}, name
    for actor in result.axes["actor"]:
        names = {name.partition(".")[2] for name in found if name.startswith(f"{actor.lower()}.")}
        assert {suffix for suffix, *_ in EVENTS} | {suffix for suffix, *_ in LAST} <= names


def test_the_world_is_told_of_once() -> None:
    result = made(situation(months=6), runs=30)
    found = outcomes(result)
    shares = [
        found[f"world.war.{ending}"].mean for ending in ("stalemate", "defeat", "victory", "settlement")
    ]
    assert sum(shares) == pytest.approx(1.0)
    assert found["world.states"].mean >= 193.0
    assert 0.0 <= found["world.cohesion"].mean <= 1.0
