"""The table of what is stored."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.situation import situation

from tightrope.engine.chunk import walk
from tightrope.engine.record import MONTHLY, ONCE, blank, described, dims_of, labels, note
from tightrope.model.stream import CHUNK


def test_every_variable_says_what_it_is() -> None:
    for name in [*(variable.name for variable in MONTHLY), *ONCE]:
        assert all(described(name))
        assert dims_of(name)[-1] == "run"


def test_labels_leave_out_votes_after_the_horizon() -> None:
    assert labels(situation(months=6))["resolution"] == ("first",)
    assert labels(situation(months=9))["resolution"] == ("first", "late")
    assert labels(situation())["audience"] == ("WEST", "RUS")


def test_a_month_is_stored_as_it_was() -> None:
    blueprint = situation(months=2)
    axes = labels(blueprint)
    arrays = blank(axes, 2, CHUNK)
    states = []
    for index, state, flow, setting in walk(blueprint, 1, 0):
        note(arrays, axes, index, state, flow, setting)
        states.append((state, flow, setting))
    state, flow, setting = states[1]
    assert np.array_equal(arrays["alignment"][:, :, 1], state.share.astype(np.float32))
    assert np.array_equal(arrays["compliance"][:, 1], state.compliance.astype(np.float32))
    value = (flow["evasion"] / 100 * setting.figures["gdp"]).astype(np.float32)
    assert np.allclose(arrays["evasion_value"][:, 1], value)
    assert np.array_equal(arrays["vote"][0], flow["vote.first"].astype(np.int8))
    mean = (states[0][1]["why_compliance"] + states[1][1]["why_compliance"]) / 2
    assert np.allclose(arrays["why_compliance"][:7], mean, atol=1e-5)
    assert not arrays["why_compliance"][7:].any()


def test_the_start_and_every_month_lead_to_the_last_shares() -> None:
    blueprint = situation(months=6)
    axes = labels(blueprint)
    arrays = blank(axes, 6, CHUNK)
    first = None
    for index, state, flow, setting in walk(blueprint, 1, 0):
        note(arrays, axes, index, state, flow, setting)
        first = flow["why_leaning"][:, 0] if first is None else first
    found = arrays["why_leaning"].astype(float)
    assert found[:, 0] == pytest.approx(first, abs=1e-5)
    logs, last = found.sum(axis=1), np.log(state.share[:, setting.focus])
    assert logs - logs[-1] == pytest.approx(last - last[-1], abs=1e-4)


def test_quantities_are_float32_and_flags_and_votes_int8() -> None:
    arrays = blank(labels(situation()), 6, 10)
    small = {name for name, values in arrays.items() if values.dtype == np.int8}
    assert small == {
        *(variable.name for variable in MONTHLY if variable.kind != "number"),
        "vote",
        "recognised",
    }
    assert {"emergency", "reform", "war"} < small
    assert {values.dtype for name, values in arrays.items() if name not in small} == {np.dtype(np.float32)}
