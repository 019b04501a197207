"""Rupture: how deep a fall of the share counts, what else breaks ties, and how it fades."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import RED, SHAPE, Given, exactly, flow, setting, state

from tightrope.model.rupture import fallen, rupture
from tightrope.model.state import Change

PLAIN = {"rupture_fall": 0.25, "rupture_half_life": 6.0}


def month(stocks: dict[str, object] | None = None, **quantities: object) -> Change:
    return rupture(state(**(stocks or {})), flow(**quantities), setting(**PLAIN), Given())


def test_a_fall_by_hand() -> None:
    """From .4 to .35 is an eighth: half of the quarter that counts as full; to .2 is more than full."""
    found = fallen(np.array([0.4, 0.35, 0.2, 0.5]), np.full(4, 0.4), 0.25, 0.25)
    assert found == pytest.approx([0.0, 0.5, 1.0, 0.0])


def test_who_hardly_leans_to_the_target_has_little_to_break() -> None:
    """From .1 to .05 is a fifth of an even share of a quarter."""
    assert fallen(np.array([0.05]), np.array([0.1]), 0.25, 0.25) == pytest.approx([0.8])
    assert fallen(np.array([0.05]), np.array([0.1]), 0.1, 0.25) == pytest.approx([1.0])


def test_the_usual_level_follows_in_a_year() -> None:
    change = month({"usual_share": 0.4, "share": (0.28, 0.3, 0.1, 0.32)})
    assert change.state["usual_share"] == pytest.approx(np.full(SHAPE, 0.39))
    assert change.state["rupture"] == pytest.approx(np.ones(SHAPE))


def test_an_old_rupture_fades_by_its_half_life() -> None:
    change = month({"rupture": 0.8})
    assert change.state["rupture"] == pytest.approx(np.full(SHAPE, 0.8 * 0.5 ** (1 / 6)))
    assert not change.flow["broken"].any()


@pytest.mark.parametrize("cause", ["retaliated", "left_security", "left_economic"])
def test_retaliation_and_leaving_break_ties(cause: str) -> None:
    ones = np.ones(SHAPE)
    change = month({"retaliated": 1.0}) if cause == "retaliated" else month(None, **{cause: ones})
    assert (change.state["rupture"] == 1.0).all()
    assert (change.flow["broken"] == 1.0).all()


def test_it_counts_as_broken_once() -> None:
    assert not month({"rupture": 0.9, "retaliated": 1.0}).flow["broken"].any()


@exactly
@given(st.floats(0.05, 0.4), st.floats(0.01, 0.1))
def test_a_deeper_fall_is_more_of_a_rupture(share: float, less: float) -> None:
    def broken(red: float) -> np.ndarray:
        return np.asarray(month({"share": (red, 0.3, 0.1, 0.6 - red)}).state["rupture"])

    assert (broken(max(0.0, share - less)) >= broken(share)).all()
    assert RED == 0
