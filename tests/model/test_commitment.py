"""Tied hands: stricter enforcement and pledges add to the stock, and it wears off."""

from __future__ import annotations

import numpy as np
import pytest
from tests.model.small import SHAPE, Given, flow, setting, state

from tightrope.model.commitment import commitment


def test_a_month_by_hand() -> None:
    """Half of 1 after a half-life of one month; .5 × .6 by enforcement, .2 by a pledge, each in its own stock."""
    given_ = setting(commitment_half_life=1.0, commitment_gain=0.5)
    found = commitment(
        state(commitments=1.0, stands=1.0), flow(stricter=0.6, pledged=np.full(SHAPE, 0.2)), given_, Given()
    )
    assert found.state["commitments"] == pytest.approx(np.full(SHAPE, 0.5 + 0.3))
    assert found.state["stands"] == pytest.approx(np.full(SHAPE, 0.5 + 0.2))


def test_without_words_and_deeds_it_only_wears_off() -> None:
    given_ = setting(commitment_half_life=12.0)
    found = commitment(state(commitments=1.0), flow(), given_, Given()).state["commitments"]
    assert found == pytest.approx(np.full(SHAPE, 0.5 ** (1 / 12)))
