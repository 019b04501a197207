"""Opinion on the war: drift back, menace, and the two groups by their shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import SHAPE, Given, exactly, flow, setting, state

from tightrope.model.opinion import displeasure, opinion
from tightrope.model.world import usual_menace


def test_the_two_groups_count_by_their_shares() -> None:
    """.8 × .3 - .2 × .3"""
    found = displeasure(state(), setting({"minority": 0.2}))
    assert found == pytest.approx(np.full(SHAPE, 0.18))


def test_a_month_by_hand() -> None:
    """Majority .5 + .1 (.3 - .5) + .05 × 2, no menace being usual; minority -.1 + .1 (-.3 + .1)."""
    given_ = setting(opinion_speed=0.1, opinion_menace=0.05, rhetoric_rate=0.0)
    now = state(opinion=np.broadcast_to(np.reshape((0.5, -0.1), (2, 1, 1)), (2, *SHAPE)), menace=2.0)
    found = opinion(now, flow(), given_, Given()).state["opinion"][:, 0, 0]
    assert found == pytest.approx([0.58, -0.12])


@exactly
@given(st.floats(0.0, 2.0), st.floats(0.1, 2.0))
def test_threats_displease_the_majority_and_not_the_minority(menace: float, extra: float) -> None:
    before, after = (
        opinion(state(menace=m), flow(), setting(), Given()).state["opinion"]
        for m in (menace, menace + extra)
    )
    assert (after[0] > before[0]).all()
    assert np.array_equal(after[1], before[1])


def test_it_stays_between_the_extremes() -> None:
    found = opinion(state(menace=1000.0), flow(), setting(), Given()).state["opinion"]
    assert found[0].max() == 1.0


def test_the_usual_menace_moves_nobody_and_without_a_war_nobody_is_displeased() -> None:
    given_ = setting(opinion_speed=0.1, opinion_menace=0.05)
    usual = usual_menace(given_)
    found = opinion(state(menace=usual), flow(), given_, Given()).state["opinion"]
    assert found == pytest.approx(state().opinion)
    assert not displeasure(state(), setting({"at_war": 0.0})).any()
