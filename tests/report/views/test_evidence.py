"""The evidence as known: claims with their place, conflicts, readings; passages only where texts are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

fastapi = pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from tightrope.report.app import app  # noqa: E402
from tightrope.report.desk import Desk  # noqa: E402


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    desk = Desk(texts=tmp_path_factory.mktemp("texts"))
    yield fastapi.TestClient(app(desk))
    desk.close()


def test_every_claim_has_source_place_and_what_it_sets(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/evidence").json()
    assert len(told["claims"]) > 340
    for one in told["claims"]:
        assert one["source"]
        assert one["where"]
        assert one["sets"]
    assert any(one["disputed"] for one in told["claims"])


def test_the_heaviest_conflict_is_that_of_the_forum(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/evidence").json()
    heaviest = [one for one in told["conflicts"] if one["salience"] == 3]
    assert told["conflicts"][: len(heaviest)] == heaviest
    sources = [{claim.rpartition(".r")[2] for claim in one["claims"]} for one in heaviest]
    assert any({"002", "003"} <= found for found in sources)


def test_what_is_not_known_yet_is_not_sent(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/evidence", params={"as_of": "2021-12-31"}).json()
    assert not any(one["source"] == "report_002" for one in told["claims"])


def test_figures_come_with_every_reading(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/evidence").json()
    found = next(one for one in told["figures"] if one["name"] == "kaz.ethnic_russians")
    assert len(found["readings"]) == 5
    assert all(each["source"] and each["date"] for each in found["readings"])


def test_a_passage_without_its_text_is_explained(client) -> None:  # type: ignore[no-untyped-def]
    claim = next(one["id"] for one in client.get("/api/evidence").json()["claims"] if one["place"])
    answer = client.get("/api/evidence/passage", params={"claim": claim})
    assert answer.status_code == 404
    assert "none of your texts" in answer.json()["detail"]
    assert client.get("/api/evidence/passage", params={"claim": "no.claim"}).status_code == 404


def test_a_claim_says_how_strong_and_whose_word_it_is(client) -> None:  # type: ignore[no-untyped-def]
    found = {one["id"]: one for one in client.get("/api/evidence").json()["claims"]}
    threat = found["zatulin.r002"]
    assert threat["strength"] == 0.8
    assert threat["by"].endswith("legislator")
    assert threat["told"] == 2
    assert found["iron_curtain.r000"]["stance"] == -0.6
    assert found["iron_curtain.r000"]["issue"] == "align_with_russia"
    assert found["ethnic_russians.r004"]["figure"] == "kaz.ethnic_russians"


def test_runs_draw_between_the_readings(client) -> None:  # type: ignore[no-untyped-def]
    """The hull holds every reading, but where the case or the model narrows it to what can be."""
    figures = client.get("/api/evidence").json()["figures"]
    found = next(one for one in figures if one["name"] == "kaz.ethnic_russians")
    values = [each["value"] for each in found["readings"]]
    assert (found["low"], found["high"]) == (min(values), max(values))


def test_without_a_source_its_claims_are_not_sent(client) -> None:  # type: ignore[no-untyped-def]
    told = client.get("/api/evidence", params={"without": "report_002"}).json()
    assert not any(one["source"] == "report_002" for one in told["claims"])
    assert not any(claim.endswith(".r002") for one in told["conflicts"] for claim in one["claims"])
    assert client.get("/api/evidence", params={"without": "nothing_like_it"}).status_code == 400


def test_a_passage_without_texts_says_how_to_bring_them() -> None:
    desk = Desk()
    answer = fastapi.TestClient(app(desk)).get("/api/evidence/passage", params={"claim": "iron_curtain.r000"})
    assert answer.status_code == 404
    assert "--texts" in answer.json()["detail"]
    desk.close()


@pytest.mark.shared
def test_a_passage_of_a_report() -> None:
    reports = Path(__file__).parents[4] / "shared" / "reports"
    if not reports.is_dir():
        pytest.skip("no shared/ beside this checkout")
    desk = Desk(texts=reports)
    asked = fastapi.TestClient(app(desk))
    claims = [one["id"] for one in asked.get("/api/evidence").json()["claims"] if one["place"]]
    answers = [asked.get("/api/evidence/passage", params={"claim": claim}) for claim in claims]
    assert all(answer.status_code == 200 and answer.json()["passage"] for answer in answers)
    desk.close()
