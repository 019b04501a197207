"""What the app answers, what it refuses, and how it says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.report.test_frame import unpacked

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from tightrope.report.guard import CONTENT_POLICY

SMALL = {"runs": 40, "months": 6}


def frames(content: bytes) -> list[tuple]:  # type: ignore[type-arg]
    """Every frame of an answer."""
    found = []
    while content:
        length = int.from_bytes(content[:4], "little")
        end = 4 + length + unpacked_length(content[4 : 4 + length])
        found.append(unpacked(content[:end]))
        content = content[end:]
    return found


def unpacked_length(head: bytes) -> int:
    import json

    return int(json.loads(head)["bytes"])


def test_the_situation_names_all_that_the_page_needs(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/situation").json()
    assert told["case"]["focus_name"] == "Kazakhstan"
    assert len(told["month_ids"]) == 36
    assert told["month_ids"][0] == "2022-07"
    assert told["month_ids"][-1] == "2025-06"
    assert {one for group in told["groups"] for one in group["fans"]} == {one["id"] for one in told["fans"]}
    assert len(told["levers"]) > 25
    assert {"china_steps_in", "fuel_shock"} <= {one["id"] for one in told["presets"]}
    assert "Frequencies describe the model" in told["caveats"][0]


def test_an_earlier_day_knows_less(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/situation", params={"as_of": "2021-12-31"}).json()
    assert told["case"]["start"] == "2022-01"
    assert not next(one for one in told["sources"] if one["id"] == "report_002")["known"]
    assert told["dropped"]["claims"] > 500


def test_a_source_can_be_left_out(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/situation", params={"without": "report_002"}).json()
    assert next(one for one in told["sources"] if one["id"] == "report_002")["left_out"]


def test_runs_come_as_frames_of_which_the_last_is_final(client) -> None:  # type: ignore[no-untyped-def]
    answer = client.post("/api/runs", json={**SMALL, "fans": ["share-rus"], "levers": {"effort.CHN": 3.0}})
    assert answer.status_code == 200
    head, arrays = frames(answer.content)[-1]
    assert head["final"]
    assert head["runs"] == 40
    assert arrays["bands"].shape == (1, 5, 6)
    assert arrays["gaps"][0, 0] < 0


def test_the_same_question_gets_the_same_bytes(client) -> None:  # type: ignore[no-untyped-def]
    asked = {**SMALL, "fans": ["share-rus", "compliance"], "levers": {"tied_down.RUS": 0.9}}
    first, second = (frames(client.post("/api/runs", json=asked).content)[-1] for _ in range(2))
    assert all((first[1][name] == second[1][name]).all() for name in first[1])


def test_numbers_are_those_of_simulate(client) -> None:  # type: ignore[no-untyped-def]
    from tightrope.case.load import load_case
    from tightrope.engine.simulate import simulate
    from tightrope.report.frame import frame

    result = simulate(load_case("kazakhstan-2022"), scenario="china_steps_in", runs=40, months=6, seed=3)
    base = simulate(load_case("kazakhstan-2022"), runs=40, months=6, seed=3)
    expected = unpacked(frame(result, base, load_case("kazakhstan-2022"), ["share-chn"], {}).packed())[1]
    asked = {**SMALL, "seed": 3, "fans": ["share-chn"], "base": "china_steps_in"}
    found = frames(client.post("/api/runs", json=asked).content)[-1][1]
    assert all((expected[name] == found[name]).all() for name in expected)


def test_an_overtaken_question_is_dropped(client, desk) -> None:  # type: ignore[no-untyped-def]
    desk.turns.latest("page", 10)
    answer = client.post(
        "/api/runs", json={**SMALL, "client": "page", "serial": 9, "levers": {"effort.TUR": 2.2}}
    )
    assert answer.status_code == 409


def test_judgements_come_with_ranges_and_signs(client) -> None:  # type: ignore[no-untyped-def]
    told = client.post("/api/judgements", json={"runs": 200, "months": 6}).json()
    assert [one["id"] for one in told["judgements"]][:2] == ["balance", "unrest"]
    assert all(one["low"] <= one["frequency"] <= one["high"] for one in told["judgements"])
    assert told["judgements"][0]["signposts"]
    assert told["measured"] is None


WRONG = [
    ({"case": "../../etc"}, 422, "case"),
    ({"case": "nowhere"}, 400, "there is no case"),
    ({"base": "nothing"}, 400, "there is no scenario"),
    ({"levers": {"nothing": 1}}, 400, "there is no lever"),
    ({"levers": {"effort.CHN": 77}}, 400, "give 0 to 4"),
    ({"levers": {"effort.CHN": "high"}}, 422, "number"),
    ({"runs": 10**9}, 422, "2000"),
    ({"months": 0}, 422, "1"),
    ({"seed": -1}, 422, "0"),
    ({"as_of": "2022-02-30"}, 422, "date"),
    ({"as_of": "1800-01-01"}, 422, "1900"),
    ({"without": ["nothing"]}, 400, "no source"),
    ({"unknown": 1}, 422, "unknown"),
]


@pytest.mark.parametrize(("asked", "status", "said"), WRONG)
def test_what_is_wrong_is_said_in_a_sentence(client, asked, status: int, said: str) -> None:  # type: ignore[no-untyped-def]
    answer = client.post("/api/runs", json=asked)
    assert answer.status_code == status
    assert said in answer.json()["error"]
    assert "/" not in answer.json()["error"].replace("GET /api/situation", "").replace("yes/no", "")


def test_headers_hold_the_page_to_its_own_origin(client) -> None:  # type: ignore[no-untyped-def]
    for path in ("/api/situation", "/api/nothing", "/"):
        answer = client.get(path)
        assert answer.headers["content-security-policy"] == CONTENT_POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_another_name_for_the_server_is_refused(client) -> None:  # type: ignore[no-untyped-def]
    answer = client.get("/api/situation", headers={"host": "evil.example"})
    assert answer.status_code == 421


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_other_pages_may_not_ask(client, headers) -> None:  # type: ignore[no-untyped-def]
    answer = client.post("/api/runs", json=SMALL, headers=headers)
    assert answer.status_code == 403


def test_a_large_body_is_refused(client) -> None:  # type: ignore[no-untyped-def]
    answer = client.post(
        "/api/runs", content=b"{" + b" " * 400_000 + b"}", headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413


def test_a_large_body_without_a_length_is_refused(client) -> None:  # type: ignore[no-untyped-def]
    def parts() -> Iterator[bytes]:
        for _ in range(50):
            yield b" " * 10_000

    answer = client.post("/api/runs", content=parts(), headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert "larger than" in answer.json()["error"]


def test_no_path_leads_out_of_the_pages_files(client) -> None:  # type: ignore[no-untyped-def]
    for path in ("/static/app/../desk.py", "/static/app/%2e%2e/%2e%2e/desk.py", "/static/app/..%5cdesk.py"):
        assert client.get(path).status_code == 404


def test_every_view_is_one_module_with_a_router() -> None:
    from tightrope.report.app import VIEWS

    for view in VIEWS:
        assert view.__name__.startswith("tightrope.report.views.")
        assert view.__doc__
