"""The network: dates and places of every tie, and every claim for and against."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")


def test_every_tie_joins_two_that_are_there_and_cites_something(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/network").json()
    names = {one["id"] for one in told["actors"]}
    assert len(told["ties"]) > 100
    for tie in told["ties"]:
        assert {tie["from"], tie["to"]} <= names
        assert tie["citations"]
        assert all(one["source_title"] and one["where"] for one in tie["citations"])
        assert tie["since"]["earliest"] <= tie["since"]["latest"]


def test_groups_and_persons_belong_to_a_state(client) -> None:  # type: ignore[no-untyped-def]
    actors = {one["id"]: one for one in client.get("/api/network").json()["actors"]}
    assert actors["tokayev"]["home"] == actors["kaz.business"]["home"] == "KAZ"
    assert actors["KAZ"]["role"] == "focus"
    assert actors["kosovo"]["role"] == "entity"


def test_memberships_that_ended_say_so(client) -> None:  # type: ignore[no-untyped-def]
    found = {one["id"]: one for one in client.get("/api/network").json()["institutions"]}
    ended = {one["actor"] for one in found["CSTO"]["members"] if one["until"]}
    assert ended == {"UZB", "AZE", "GEO"}


def test_as_of_hides_what_had_not_begun(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/network", params={"as_of": "2022-01-31"}).json()
    assert "alliance_rus_aze" not in {one["id"] for one in told["ties"]}
    assert "conflict_rus_ukr_invasion" not in {one["id"] for one in told["ties"]}


def test_claims_of_an_actor_take_sides_on_what_is_contested(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/network/evidence", params={"actor": "KAZ"}).json()
    sides = {one["side"] for one in told["claims"]}
    assert sides == {"for", "against", "said"}
    assert all((one["on"] is None) == (one["stance"] is None) for one in told["claims"])
    assert len(told["claims"]) > 200
    assert told["conflicts"]
    assert all(len(one["claims"]) > 1 for one in told["conflicts"])


def test_a_tie_brings_its_passages_and_what_is_said_of_the_other_end(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/network/evidence", params={"tie": "alliance_rus_kaz"}).json()
    assert [one["source"] for one in told["citations"]] == [
        "cst_1992",
        "rus_kaz_friendship_1992",
        "report_004",
    ]
    assert told["title"] == "Russia and Kazakhstan: alliance"
    kinds = {one["kind"] for one in told["claims"]}
    assert {"position", "threat"} <= kinds


def test_what_is_not_there_is_not_found(client) -> None:  # type: ignore[no-untyped-def]
    for wanted in ({"actor": "NOBODY"}, {"tie": "no_tie"}, {}):
        assert client.get("/api/network/evidence", params=wanted).status_code == 404
