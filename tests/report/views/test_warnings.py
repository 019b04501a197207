"""The watch list over the wire: severity by its scale, months that add up, the record, and what changed since."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")


SMALL = {"runs": 100, "months": 14}


@pytest.fixture(scope="module")
def told(client: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.post("/api/warnings", json=SMALL).json()
    return found


def of(told: dict[str, Any], origin: str) -> list[dict[str, Any]]:
    return [one for one in told["warnings"] if one["origin"] == origin]


def test_months_add_up_to_the_runs_that_trigger_it(told: dict[str, Any]) -> None:
    found = of(told, "runs")
    assert found
    for one in found:
        assert one["runs"] == sum(one["first_times"]) == round(one["frequency"] * one["total"])
        assert len(one["first_times"]) == len(told["ahead"]) == 12
        assert one["month"] in told["ahead"]
        assert one["low"] <= one["frequency"] <= one["high"]


def test_half_of_them_have_come_by_its_month(told: dict[str, Any]) -> None:
    for one in of(told, "runs"):
        upto = told["ahead"].index(one["month"])
        assert 2 * sum(one["first_times"][: upto + 1]) >= one["runs"]
        assert 2 * sum(one["first_times"][:upto]) < one["runs"]


def test_severity_is_that_of_the_scale_and_the_rule_says_so(told: dict[str, Any]) -> None:
    scale = told["scale"]
    for one in of(told, "runs"):
        likely = sum(one["frequency"] >= limit for limit in scale["likely"])
        assert (one["likely"], one["score"]) == (likely, one["gravity"] * likely)
        assert one["severity"] == next(word for word, least in scale["severity"] if one["score"] >= least)
        assert f"{one['gravity']} × {likely} = {one['score']} point" in one["rule"]
        assert f"frequency step {'I' * likely}. " in one["rule"]
        assert "likely" not in one["rule"]


def test_the_focus_state_comes_first(told: dict[str, Any]) -> None:
    mine = [one["actor"] == "KAZ" for one in of(told, "runs")]
    assert mine[0]
    assert mine == sorted(mine, reverse=True)


def test_claims_bear_on_the_state_that_is_warned_of(client: Any, told: dict[str, Any]) -> None:
    known = {one["id"]: one for one in client.get("/api/evidence").json()["claims"]}
    found = [one for one in of(told, "runs") if one["claims"]]
    assert any(one["actor"] == "KAZ" for one in found)
    for one in found:
        assert {known[claim]["state"] for claim in one["claims"]} == {one["actor"]}
        assert one["sources"] == len({known[claim]["source"] for claim in one["claims"]})


def test_what_several_sources_tell_of_the_same_is_one_line(told: dict[str, Any]) -> None:
    found = of(told, "record")
    assert {"threat", "event"} == {one["kind"] for one in found}
    assert all(
        one["claims"] and one["first"] <= one["last"] and one["severity"] == "on record" for one in found
    )
    invasion = [one for one in found if one["id"] == "event.RUS.invasion"]
    assert len(invasion) == 1
    assert invasion[0]["sources"] > 3
    ends = [one["last"] for one in found]
    assert ends == sorted(ends, reverse=True)


def test_votes_that_are_due_stand_on_their_day(told: dict[str, Any]) -> None:
    found = of(told, "calendar")
    assert found
    assert all(one["first"] == one["last"] and one["first"][:7] == one["month"] for one in found)
    assert all("abstain" in one["rule"] for one in found)


def test_ids_are_their_own(told: dict[str, Any]) -> None:
    ids = [one["id"] for one in told["warnings"]]
    assert len(set(ids)) == len(ids)


def test_against_itself_nothing_changed(client: Any) -> None:
    found = client.post("/api/warnings", json={**SMALL, "since": SMALL}).json()
    assert found["gone"] == []
    assert set(found["changes"]) == {"new", "gone", "rose", "fell", "same"}
    assert sum(found["changes"].values()) == found["changes"]["same"] == len(found["warnings"])
    assert "run by run" in found["compared"]


def test_a_lever_changes_the_list(client: Any) -> None:
    moved = {**SMALL, "levers": {"secondary_sanctions.KAZ": 1.0}}
    found = client.post("/api/warnings", json={**moved, "since": SMALL}).json()["warnings"]
    change = next(one["change"] for one in found if one["id"] == "KAZ.secondary_sanctions")
    assert change["word"] in ("new", "rose")
    assert 0.0 < change["low"] < change["mean"] <= 1.0


def test_an_earlier_day_knew_less(client: Any) -> None:
    since = {**SMALL, "as_of": "2021-12-31"}
    found = client.post("/api/warnings", json={**SMALL, "since": since}).json()
    new = [one for one in found["warnings"] if one["origin"] == "record" and one["change"]["word"] == "new"]
    assert len(new) > 20
    assert "another month" in found["compared"]
    assert all(one["change"]["word"] == "gone" for one in found["gone"])


def test_a_lever_that_does_not_exist_is_refused_in_words(client: Any) -> None:
    answer = client.post("/api/warnings", json={**SMALL, "since": {**SMALL, "levers": {"nonsense": 1.0}}})
    assert answer.status_code == 400
    assert "nonsense" in answer.json()["error"]
