"""Tied hands: stricter enforcement and pledges add to the stock, and it wears off."""

from __future__ import annotations

import numpy as np
import pytest
from tests.model.small import SHAPE, Given, flow, only, setting, state

from tightrope.model.choice import Array
from tightrope.model.commitment import commitment
from tightrope.model.compliance import compliance_accounts


def test_a_month_by_hand() -> None:
    """Half of 1 after a half-life of one month; .5 × .6 by enforcement and .1 by a promise; .2 by another pledge."""
    given_ = setting(commitment_half_life=1.0, commitment_gain=0.5)
    month = flow(stricter=0.6, pledged=np.full(SHAPE, 0.2), pledged_sanctions=np.full(SHAPE, 0.1))
    found = commitment(state(commitments=1.0, stands=1.0), month, given_, Given())
    assert found.state["commitments"] == pytest.approx(np.full(SHAPE, 0.5 + 0.3 + 0.1))
    assert found.state["stands"] == pytest.approx(np.full(SHAPE, 0.5 + 0.2))


def test_without_words_and_deeds_it_only_wears_off() -> None:
    given_ = setting(commitment_half_life=12.0)
    found = commitment(state(commitments=1.0), flow(), given_, Given()).state["commitments"]
    assert found == pytest.approx(np.full(SHAPE, 0.5 ** (1 / 12)))


def test_a_promise_on_the_sanctions_binds_compliance() -> None:
    """Tied hands of 1 times the .4 promised: so much more for full enforcement; a pledge on troops adds nothing."""
    given_ = setting(**only("autonomy"), tied_hands=1.0)

    def worth(**pledge: Array) -> Array:
        after = commitment(state(), flow(**pledge), given_, Given()).state
        return compliance_accounts(state(**after), flow(), given_)["autonomy"]

    quiet, amount = worth(), np.full(SHAPE, 0.4)
    assert worth(pledged_sanctions=amount)[-1] - quiet[-1] == pytest.approx(amount)
    assert np.array_equal(worth(pledged=amount), quiet)
