"""The watch list: severity by its written scale, runs and months that add up, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

fastapi = pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from tightrope.report.app import app  # noqa: E402
from tightrope.report.desk import Desk  # noqa: E402
from tightrope.report.views.warnings import changes  # noqa: E402

SMALL = {"runs": 100, "months": 14}


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    desk = Desk()
    yield fastapi.TestClient(app(desk))
    desk.close()


@pytest.fixture(scope="module")
def told(client: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.post("/api/warnings", json=SMALL).json()
    return found


def test_warnings_of_the_model_add_up(told: dict[str, Any]) -> None:
    found = [one for one in told["warnings"] if one["origin"] == "model"]
    assert found
    for one in found:
        assert one["runs"] == sum(one["first"].values()) == round(one["frequency"] * one["of"])
        assert one["month"] in one["first"] or len(one["first"]) > 1
        assert one["low"] <= one["frequency"] <= one["high"]
        assert one["rule"]


def test_severity_is_that_of_the_scale(told: dict[str, Any]) -> None:
    scale = told["scale"]
    for one in told["warnings"]:
        if one["origin"] == "model":
            likely = sum(one["frequency"] >= limit for limit in scale["likely"])
            assert one["score"] == scale["gravity"][one["event"]] * likely
            assert one["severity"] == next(word for least, word in scale["severity"] if one["score"] >= least)


def test_the_record_is_on_the_list_with_its_claims(told: dict[str, Any]) -> None:
    found = [one for one in told["warnings"] if one["origin"] == "record"]
    assert {"threat", "event"} == {one["event"] for one in found}
    assert all(one["evidence"] and one["day"] for one in found)
    months = [one["month"] for one in found]
    assert months == sorted(months, reverse=True)


def test_ids_are_their_own(told: dict[str, Any]) -> None:
    ids = [one["id"] for one in told["warnings"]]
    assert len(set(ids)) == len(ids)


def test_against_itself_nothing_changed(client: Any) -> None:
    assert client.post("/api/warnings", json={**SMALL, "since": SMALL}).json()["changes"] == {}


def test_a_lever_changes_the_list(client: Any) -> None:
    moved = {**SMALL, "levers": {"secondary_sanctions.KAZ": 1.0}}
    found = client.post("/api/warnings", json={**moved, "since": SMALL}).json()["changes"]
    assert found["kaz.secondary_sanctions"]["change"] in ("new", "rose")


def test_an_earlier_day_knew_less(client: Any) -> None:
    since = {**SMALL, "as_of": "2021-12-31"}
    found = client.post("/api/warnings", json={**SMALL, "since": since}).json()["changes"]
    assert sum(one["change"] == "new" and name.startswith("record.") for name, one in found.items()) > 20


def test_what_changed_is_beyond_both_intervals() -> None:
    def one(frequency: float, half: float) -> dict[str, Any]:
        return {
            "id": "x", "frequency": frequency, "low": frequency - half, "high": frequency + half, "what": "", "name": ""
        }  # fmt: skip

    assert changes([one(0.10, 0.03)], [one(0.14, 0.03)]) == {}
    assert changes([one(0.10, 0.03)], [one(0.20, 0.03)])["x"]["change"] == "rose"
    assert changes([one(0.20, 0.03)], [one(0.10, 0.03)])["x"]["change"] == "fell"
    assert changes([one(0.20, 0.03)], [])["x"]["change"] == "gone"
