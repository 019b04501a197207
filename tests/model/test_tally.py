"""The level behind a tally: that of a state without leaning, when states differ in leaning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import exactly

from tightrope.model.tally import SCORE, SPREADS, level_of, mixture

ES_11_1 = np.array([5.5, 35.5, 141.5, 12.5]) / 195.0
tallies = st.lists(st.floats(0.02, 1.0), min_size=4, max_size=4).map(
    lambda raw: np.round(raw / np.sum(raw), 6)
)


def test_without_spread_the_level_is_the_tally() -> None:
    found = level_of(ES_11_1, np.zeros(1))[:, 0]
    assert found == pytest.approx(np.log(ES_11_1 / ES_11_1[0]))
    assert mixture(found[:, None], np.zeros(1))[:, 0] == pytest.approx(ES_11_1)


def test_mixture_by_hand() -> None:
    """Between No and Yes alone, both as likely to a state without leaning, any spread leaves half and half."""
    level = np.array([[0.0], [-60.0], [0.0], [-60.0]])
    assert mixture(level, np.array([1.5]))[:, 0] == pytest.approx([0.5, 0.0, 0.5, 0.0], abs=1e-9)


@pytest.mark.parametrize("spread", [0.5, 1.0, 2.0, 4.0])
def test_the_mixture_is_the_integral(spread: float) -> None:
    """Against a dense sum over leanings from -9σ to 9σ."""
    level = np.array([0.0, 3.0, 4.0, 1.0])
    lean = np.linspace(-9.0, 9.0, 40_001)
    weight = np.exp(-0.5 * lean**2)
    chance = np.exp(level[:, None] + SCORE[:, None] * spread * lean)
    wanted = (chance / chance.sum(axis=0) * weight).sum(axis=1) / weight.sum()
    assert mixture(level[:, None], np.array([spread]))[:, 0] == pytest.approx(wanted, abs=1e-4)


@exactly
@given(tallies, st.integers(0, 16))
def test_the_mixture_of_states_gives_the_tally_back(tally: np.ndarray, place: int) -> None:
    """At the tabled spreads up to 4; between them to three decimals."""
    tally = tally / tally.sum()
    spread = SPREADS[place : place + 1]
    assert mixture(level_of(tally, spread), spread)[:, 0] == pytest.approx(tally, abs=1e-6)
    between = spread + 0.5 * (SPREADS[1] - SPREADS[0])
    assert mixture(level_of(tally, between), between)[:, 0] == pytest.approx(tally, abs=5e-3)


def test_the_more_leanings_spread_the_more_room_for_abstention() -> None:
    """Extremes come from the leanings, so the middle of the scale is likelier for who has none."""
    level = level_of(ES_11_1, np.array([0.0, 1.0, 2.0, 4.0]))
    chance = np.exp(level) / np.exp(level).sum(axis=0)
    assert (np.diff(chance[0]) < 0).all()
    assert (np.diff(level[1] - 0.5 * (level[0] + level[2])) > 0).all()


def test_beyond_the_table_the_level_stays() -> None:
    found = level_of(ES_11_1, np.array([SPREADS[-1], 50.0]))
    assert np.array_equal(found[:, 0], found[:, 1])
