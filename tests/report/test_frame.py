"""A frame holds what the page of charts would show, and unpacks to it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tightrope.case.load import load_case
from tightrope.engine.result import Result
from tightrope.engine.simulate import plan, run
from tightrope.report.fan import fans
from tightrope.report.frame import DOTS, PATHS, frame
from tightrope.report.pull import chiefs
from tightrope.report.rerun import narrowed
from tightrope.report.series import series, shares

WANTED = ("share-rus", "event-unrest", "compliance")


def unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
    """A frame's head and arrays, as a page reads them."""
    length = int.from_bytes(data[:4], "little")
    assert (4 + length) % 8 == 0
    head, body = json.loads(data[4 : 4 + length]), data[4 + length :]
    assert len(body) == head["bytes"]
    return head, {
        one["name"]: np.frombuffer(body, "<f4", int(np.prod(one["shape"])), one["offset"]).reshape(
            one["shape"]
        )
        for one in head["arrays"]
    }


@pytest.fixture(scope="module")
def pair() -> tuple[Result, Result]:
    case = load_case("kazakhstan-2022")
    made = (plan(case), plan(case, "secondary_sanctions"))
    first, second = (narrowed(run(one, 120, 1, 1)) for one in made)
    return first, second


@pytest.fixture(scope="module")
def shown(pair: tuple[Result, Result]) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
    case = load_case("kazakhstan-2022")
    return unpacked(frame(pair[1], pair[0], case, WANTED, {"serial": 7}).packed())


def test_the_head_says_what_the_arrays_are(shown, pair) -> None:  # type: ignore[no-untyped-def]
    head, arrays = shown
    assert head["serial"] == 7
    assert head["fans"] == list(WANTED)
    months = pair[0].manifest.months
    assert arrays["bands"].shape == (3, 5, months)
    assert arrays["dots"].shape == (3, DOTS)
    assert arrays["paths"].shape == (3, PATHS, months)
    assert arrays["gaps"].shape == (3, 3)


def test_bands_are_those_of_the_report(shown, pair) -> None:  # type: ignore[no-untyped-def]
    head, arrays = shown
    report = {one.id: one for group in fans(pair[1]) for one in group.fans}
    for row, name in enumerate(head["fans"]):
        np.testing.assert_allclose(arrays["bands"][row].T, report[name].bands[0].rows, rtol=1e-3, atol=1e-4)


def test_dots_are_quantiles_of_the_last_month(shown, pair) -> None:  # type: ignore[no-untyped-def]
    head, arrays = shown
    values = {one.id: one for group in series(pair[1]) for one in group.series}["share-rus"].values()[-1]
    row = head["fans"].index("share-rus")
    np.testing.assert_allclose(
        arrays["dots"][row], np.quantile(values, (np.arange(20) + 0.5) / 20), rtol=1e-5
    )
    event = arrays["dots"][head["fans"].index("event-unrest")]
    assert set(event.tolist()) <= {0.0, 100.0}


def test_paths_are_single_runs(shown, pair) -> None:  # type: ignore[no-untyped-def]
    head, arrays = shown
    values = {one.id: one for group in series(pair[1]) for one in group.series}["compliance"].values()
    np.testing.assert_array_equal(arrays["paths"][head["fans"].index("compliance")], values[:, :20].T)


def test_gaps_are_paired_with_the_baseline(shown, pair) -> None:  # type: ignore[no-untyped-def]
    head, arrays = shown
    before, after = (
        {one.id: one for group in series(one) for one in group.series}["compliance"]
        .values()[-1]
        .astype(float)
        for one in pair
    )
    mean, low, high = arrays["gaps"][head["fans"].index("compliance")]
    assert mean == pytest.approx((after - before).mean(), rel=1e-5)
    assert low < mean < high


def test_leanings_tell_every_power_and_sum_to_nothing(shown, pair) -> None:  # type: ignore[no-untyped-def]
    head, arrays = shown
    assert [one["id"] for one in head["leanings"]] == [one.id for one in shares(pair[1])]
    assert sum(one["mean"] for one in head["leanings"]) == pytest.approx(100.0, rel=1e-5)
    assert sum(one["gap"][0] for one in head["leanings"]) == pytest.approx(0.0, abs=1e-4)
    assert tuple(one["chief"] for one in head["leanings"]) == chiefs(pair[1], pair[0])
    assert all(one["chief"].startswith(("chiefly ", "by ")) for one in head["leanings"])
    assert arrays["means"][head["fans"].index("compliance")] == pytest.approx(
        pair[1].arrays["compliance"][pair[1].axes["actor"].index("KAZ"), -1].mean(), rel=1e-5
    )


def test_leanings_tell_where_nine_of_ten_differences_lie(shown, pair) -> None:  # type: ignore[no-untyped-def]
    head, _ = shown
    for one, now, was in zip(head["leanings"], shares(pair[1]), shares(pair[0]), strict=True):
        change = now.values()[-1].astype(float) - was.values()[-1]
        assert one["spread"] == pytest.approx(np.quantile(change, (0.05, 0.95)).tolist(), abs=1e-5)


def test_where_no_run_differs_there_is_no_interval_either(pair) -> None:  # type: ignore[no-untyped-def]
    case = load_case("kazakhstan-2022")
    _, arrays = unpacked(frame(pair[0], pair[0], case, WANTED, {}).packed())
    assert np.all(arrays["gaps"] == 0)


def test_a_frame_of_the_baseline_has_no_gap(pair) -> None:  # type: ignore[no-untyped-def]
    case = load_case("kazakhstan-2022")
    head, arrays = unpacked(frame(pair[0], pair[0], case, WANTED, {}).packed())
    assert all(one["gap"] is None for one in head["judgements"])
    assert np.all(arrays["gaps"][:, 0] == 0)


def test_nothing_wanted_is_an_empty_frame(pair) -> None:  # type: ignore[no-untyped-def]
    head, arrays = unpacked(frame(pair[0], pair[0], load_case("kazakhstan-2022"), (), {}).packed())
    assert head["fans"] == []
    assert arrays["bands"].shape[0] == 0
    assert len(head["judgements"]) == 5
