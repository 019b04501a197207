"""The text of a report is read by the server: claims with passages, all refused until accepted, under limits."""

from __future__ import annotations

import time
from base64 import b64encode
from typing import Any

import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from fastapi.testclient import TestClient

from tightrope.errors import EvidenceError
from tightrope.report import intake

ASK = {"runs": 60, "months": 4, "seed": 2}
TEXT = (
    "On 3 June 2022 Vladimir Putin threatened Kazakhstan with war.\n\n"
    "“This is nothing but a game,” said Ada Beispiel, an invented observer of Kazakhstan.\n\n"
    "Kazakhstan sent humanitarian aid to Ukraine, the government in the capital announced on Monday. "
    "The ministry said that the people had waited for a long time."
)


def read(client: TestClient, **asked: Any) -> Any:
    return client.post("/api/proposals/read", json={"ask": ASK, "published": "2022-06-20", **asked})


@pytest.fixture(scope="module")
def found(client: TestClient) -> dict[str, Any]:
    answer = read(client, text=TEXT)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_each_claim_has_its_passage_and_what_it_sets(found: dict[str, Any]) -> None:
    assert found["held"] is None
    assert found["faults"] == []
    assert found["claims"]
    for one in found["claims"]:
        place = one["data"]["at"]
        assert TEXT[place["start"] : place["end"]] == one["passage"]
        assert one["sets"]
    assert any(not one["nothing"] for one in found["claims"])


def test_what_was_read_goes_through_the_same_machinery(client: TestClient, found: dict[str, Any]) -> None:
    accepted = [one["data"] for one in found["claims"]]
    body = {"ask": ASK, "source": found["source"], "accepted": accepted}
    told = client.post("/api/proposals/effect", json=body).json()
    assert told["accepted"] == len(accepted)
    assert not told["same"]
    moved = client.post("/api/proposals/movers", json=body)
    assert moved.status_code == 200
    refused = client.post("/api/proposals/effect", json={**body, "accepted": []}).json()
    assert refused["same"]


def test_a_file_comes_in_base64(client: TestClient, found: dict[str, Any]) -> None:
    answer = read(client, name="paper.txt", data=b64encode(TEXT.encode("utf-16")).decode())
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["source"]["id"] == "paper"
    assert [one["passage"] for one in told["claims"]] == [one["passage"] for one in found["claims"]]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"text": ""}, 400, "it holds no text"),
        ({"data": "not base64!"}, 400, "did not come through whole"),
        ({"name": "x.zip", "data": b64encode(b"PK\x03\x04rest").decode()}, 400, "binary data"),
        ({"text": TEXT, "published": None}, 400, "nothing in it says when it was published"),
        ({"text": "x" * (intake.CHARACTERS + 1)}, 422, "text"),
        ({"text": TEXT, "published": "yesterday"}, 422, "published"),
        ({"text": TEXT, "unknown": 1}, 422, "unknown"),
        (
            {"text": "Der Hafen bleibt offen, sagte der Minister am Montag. Das Wetter war schön. " * 5},
            400,
            "language",
        ),
    ],
)
def test_what_cannot_be_read_is_said(client: TestClient, asked: Any, status: int, said: str) -> None:
    answer = read(client, **asked)
    assert answer.status_code == status, answer.text
    assert said in answer.json()["error"]


def test_reading_ends_in_time() -> None:
    with pytest.raises(EvidenceError, match=r"took longer than 0\.1 seconds"):
        intake.within(0.1, time.sleep, 5)
    assert intake.within(5, lambda: "done") == "done"
