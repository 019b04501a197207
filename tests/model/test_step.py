"""One month: stages in order, mechanisms of one stage on the same information."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from tests.model.shipped import plain
from tests.model.small import SHAPE, Given, setting, state

from tightrope.engine.shock import Shocks
from tightrope.errors import ModelError
from tightrope.model.draw import draw
from tightrope.model.state import Change, Flow, Month, Setting, State
from tightrope.model.step import STAGES, step


def double(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    return Change(state={"debt": 2.0 * state.debt}, flow={"doubled": state.debt})


def copy(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    return Change(state={"menace": state.debt}, flow={"seen": flow.get("doubled", np.zeros(SHAPE))})


def test_a_stage_reads_what_stood_before_it() -> None:
    """Doubling and copying at once: the copy is of the old value, whichever is named first."""
    for stage in ((double, copy), (copy, double)):
        after, flow = step(state(debt=3.0), setting(), Given(), (stage,))
        assert after.debt.tolist() == [[6.0], [6.0]]
        assert after.menace.tolist() == [[3.0], [3.0]]
        assert flow["seen"].tolist() == [[0.0], [0.0]]


def test_a_later_stage_reads_the_earlier() -> None:
    after, flow = step(state(debt=3.0), setting(), Given(), ((double,), (copy,)))
    assert after.menace.tolist() == [[6.0], [6.0]]
    assert flow["seen"].tolist() == [[3.0], [3.0]]


def test_two_writers_of_one_quantity_are_refused() -> None:
    with pytest.raises(ModelError, match="write the same quantity"):
        step(state(), setting(), Given(), ((double, double),))


def test_the_order_within_a_stage_does_not_matter() -> None:
    first, given_ = draw(plain(), 3, 0)
    month = Shocks(3, 0, plain().deciders, 4).month(3)
    wanted, quantities = step(first, given_, month)
    for turn in range(1, max(len(stage) for stage in STAGES)):
        stages = tuple((*stage[turn:], *stage[:turn])[::-1] for stage in STAGES)
        found, other = step(first, given_, month, stages)
        assert all(np.array_equal(getattr(found, name), getattr(wanted, name)) for name in vars(wanted))
        assert all(np.array_equal(other[name], quantities[name]) for name in quantities)


def test_the_stages_are_those_of_the_model_text() -> None:
    """Given, economy, order, request, offers, choices, responses, beliefs, slow stocks (§4)."""
    names = [[mechanism.__name__ for mechanism in stage] for stage in STAGES]
    assert names == [
        ["war"],
        ["world"],
        ["routing", "economy"],
        ["opinion", "stability"],
        ["twin"],
        ["security"],
        ["contest"],
        ["alignment", "compliance", "vote", "recognition", "acts", "membership", "reform"],
        ["penalty", "crisis", "retaliation"],
        ["belief"],
        ["commitment", "rule", "rupture"],
    ]
    flat = [name for stage in names for name in stage]
    assert all(one != other for one, other in pairwise(flat))
