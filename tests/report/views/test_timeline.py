"""The timeline: in order, once a happening, and nothing told that was not known yet."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")


def test_items_are_in_order_with_lane_and_title(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/timeline").json()
    dates = [one["earliest"] for one in told["items"]]
    assert dates == sorted(dates)
    assert {one["lane"] for one in told["items"]} == set(told["lanes"])
    assert all(one["title"] and one["when"] for one in told["items"])
    ids = [one["id"] for one in told["items"]]
    assert len(ids) == len(set(ids))
    assert (told["from"], told["to"], told["start"], told["end"]) == (
        "2014-01",
        "2026-12",
        "2022-07",
        "2025-06",
    )


def test_what_several_sources_tell_is_one_item(client) -> None:  # type: ignore[no-untyped-def]
    items = client.get("/api/timeline").json()["items"]
    invasion = [one for one in items if any(each.startswith("invasion.") for each in one["claims"])]
    assert len(invasion) == 1
    assert len(invasion[0]["sources"]) > 1


def test_votes_are_told_with_the_focus_states_own_and_scheduled_ones_as_such(client) -> None:  # type: ignore[no-untyped-def]
    items = {one["id"]: one for one in client.get("/api/timeline").json()["items"]}
    assert items["unga_68_262"]["title"].endswith("Kazakhstan: abstain")
    assert items["crimea_2023"]["scheduled"]


def test_nothing_is_told_of_what_is_not_known_yet(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/timeline", params={"as_of": "2021-12-31"}).json()
    assert all(one["earliest"] <= "2021-12-31" or one.get("scheduled") for one in told["items"])
    assert len(told["hidden"]) > 50
    assert all(set(one) == {"lane", "month"} for one in told["hidden"])


def test_a_source_left_out_is_not_counted_as_unknown(client) -> None:  # type: ignore[no-untyped-def]
    whole, less = (
        client.get("/api/timeline", params={"without": name}).json() for name in ("", "report_002")
    )
    assert len(less["items"]) < len(whole["items"])
    assert len(less["hidden"]) == len(whole["hidden"])
