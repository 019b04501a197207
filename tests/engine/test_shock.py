"""Shocks: each has its own key, and nothing else moves it."""

from __future__ import annotations

import numpy as np
import pytest

from tightrope.engine.shock import Shocks
from tightrope.model.stream import CHUNK, stream

ACTORS = ("AAA", "BBB")


def test_worked_by_hand() -> None:
    """A month's row is the month's place in the stream of seed, chunk, kind and actor."""
    drawn = Shocks(7, 2, ACTORS, 6).month(3).uniform("request")
    by_hand = stream(7, 2, "request", "BBB").random((6, CHUNK))[3]
    assert drawn.shape == (2, CHUNK)
    assert np.array_equal(drawn[1], by_hand)


def test_more_months_leave_the_first_ones_alone() -> None:
    short, long = Shocks(1, 0, ACTORS, 24), Shocks(1, 0, ACTORS, 36)
    for kind in ("normal", "uniform", "world"):
        for index in (0, 23):
            one, other = (getattr(shocks.month(index), kind)("k") for shocks in (short, long))
            assert np.array_equal(one, other)


def test_another_actor_or_order_leaves_each_actors_draws_alone() -> None:
    few, more = Shocks(1, 0, ACTORS, 3).month(2), Shocks(1, 0, ("CCC", "BBB", "AAA"), 3).month(2)
    for kind in ("normal", "uniform"):
        one, other = getattr(few, kind)("k"), getattr(more, kind)("k")
        assert np.array_equal(one, other[[2, 1]])
    assert np.array_equal(few.world("oil"), more.world("oil"))


def test_seed_chunk_kind_month_and_actor_each_give_other_draws() -> None:
    drawn = [
        Shocks(1, 0, ACTORS, 3).month(0).uniform("k")[0],
        Shocks(2, 0, ACTORS, 3).month(0).uniform("k")[0],
        Shocks(1, 1, ACTORS, 3).month(0).uniform("k")[0],
        Shocks(1, 0, ACTORS, 3).month(0).uniform("l")[0],
        Shocks(1, 0, ACTORS, 3).month(1).uniform("k")[0],
        Shocks(1, 0, ACTORS, 3).month(0).uniform("k")[1],
    ]
    assert len({values.tobytes() for values in drawn}) == len(drawn)


def test_a_kind_that_happens_once_keeps_its_draw_when_it_is_put_off() -> None:
    shocks = Shocks(1, 0, ACTORS, 3)
    assert np.array_equal(
        shocks.month(0).uniform("vote.x"), Shocks(1, 0, ACTORS, 9).month(7).uniform("vote.x")
    )
    assert not np.array_equal(shocks.month(0).uniform("vote.x"), shocks.month(0).uniform("vote.y"))


def test_the_draws_follow_their_laws() -> None:
    shocks = Shocks(1, 0, ACTORS, 20)
    uniform = np.concatenate([shocks.month(index).uniform("k").ravel() for index in range(20)])
    normal = np.concatenate([shocks.month(index).normal("k").ravel() for index in range(20)])
    assert uniform.min() >= 0.0
    assert uniform.max() < 1.0
    assert uniform.mean() == pytest.approx(0.5, abs=0.01)
    assert (normal.mean(), normal.std()) == pytest.approx((0.0, 1.0), abs=0.03)
    assert shocks.month(0).world("oil").shape == (CHUNK,)


def test_nobody_can_write_into_shared_draws() -> None:
    drawn = Shocks(1, 0, ACTORS, 3).month(0).uniform("k")
    with pytest.raises(ValueError, match="read-only"):
        drawn += 1.0


def test_chunks_together_have_the_draws_of_each_in_turn() -> None:
    both = Shocks(1, 4, ACTORS, 9, chunks=2)
    for index in (0, 5, 8, 2):
        for kind in ("uniform", "normal", "world"):
            alone = [getattr(Shocks(1, chunk, ACTORS, 9).month(index), kind)("k") for chunk in (4, 5)]
            assert np.array_equal(getattr(both.month(index), kind)("k"), np.concatenate(alone, axis=-1))


def test_months_may_be_asked_for_in_any_order() -> None:
    shocks = Shocks(1, 0, ACTORS, 12)
    found = {index: shocks.month(index).uniform("k").copy() for index in (7, 0, 11, 3, 2, 8)}
    by_hand = stream(1, 0, "k", "AAA").random((12, CHUNK))
    assert all(np.array_equal(drawn[0], by_hand[index]) for index, drawn in found.items())
