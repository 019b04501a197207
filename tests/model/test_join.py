"""Chunks joined: what differs by run lies side by side, what does not is taken once."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from tests.model.shipped import SEED, plain

from tightrope.model.draw import draw
from tightrope.model.join import Joins, joined, together
from tightrope.model.stream import CHUNK

ONE, OTHER = (draw(plain(), SEED, chunk) for chunk in (0, 1))
STATE, SETTING = joined([ONE, OTHER])
SECOND = slice(CHUNK, None)


def test_one_chunk_is_itself() -> None:
    assert joined([ONE]) is ONE


def test_each_field_of_the_state_holds_both_in_turn() -> None:
    for field in fields(STATE):
        whole = getattr(STATE, field.name)
        assert np.array_equal(whole[..., :CHUNK], getattr(ONE[0], field.name)), field.name
        assert np.array_equal(whole[..., SECOND], getattr(OTHER[0], field.name)), field.name


def test_whatever_is_drawn_for_each_run_holds_both_in_turn() -> None:
    assert SETTING.runs == 2 * CHUNK
    for kind in ("parameters", "weights", "sincere", "gamer"):
        for name, values in getattr(SETTING, kind).items():
            assert np.array_equal(values[SECOND], getattr(OTHER[1], kind)[name]), name
    for ours, theirs in zip(SETTING.schedule.votes, OTHER[1].schedule.votes, strict=True):
        assert np.array_equal(ours.log_base[:, SECOND], theirs.log_base)
    for ours, theirs in zip(SETTING.menu, OTHER[1].menu, strict=True):
        assert np.array_equal(ours.pledge[SECOND], theirs.pledge)
        assert all(
            np.array_equal(ours.accounts[name][SECOND], theirs.accounts[name]) for name in ours.accounts
        )


def test_figures_that_do_not_differ_by_run_are_taken_once() -> None:
    for name, values in SETTING.figures.items():
        theirs = OTHER[1].figures[name]
        if theirs.shape[-1] == CHUNK:
            assert np.array_equal(values[..., SECOND], theirs), name
        else:
            assert np.array_equal(values, theirs), name


def test_parts_that_come_again_are_not_joined_again() -> None:
    joins = Joins()
    first, again = (together([ONE[1], OTHER[1]], joins) for _ in range(2))
    assert all(again.figures[name] is values for name, values in first.figures.items())
    assert all(again.parameters[name] is values for name, values in first.parameters.items())


def test_of_joined_parts_the_first_and_the_latest_are_kept() -> None:
    joins = Joins()
    parts = [tuple(np.full(CHUNK, float(each)) for _ in range(2)) for each in range(3)]
    wholes = [joins.array("place", each) for each in parts]
    assert [whole[0] for whole in wholes] == [0.0, 1.0, 2.0]
    assert joins.array("place", parts[0]) is wholes[0]
    assert joins.array("place", parts[2]) is wholes[2]
    assert joins.array("place", parts[1]) is not wholes[1]
