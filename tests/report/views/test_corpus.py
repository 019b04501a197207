"""The user's own reports in the app: out of a folder or sent by the page, read and compared, nothing kept."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from fastapi.testclient import TestClient

from tightrope.report.app import app
from tightrope.report.desk import Desk

FIRST = (
    "Russia recognised Abkhazia in 2008. The minister said that 20 percent of the people of Georgia had fled."
)
SECOND = "Russia did not recognise Abkhazia in 2008. The weather was fair on that day, and nobody was seen in town."


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "one.txt").write_text(FIRST)
    (folder / "two.txt").write_text(SECOND)
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02" * 500)
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text(FIRST)
    (folder / "link.txt").symlink_to(outside)
    return folder


@pytest.fixture(scope="module")
def client(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    desk = Desk(tmp_path_factory.mktemp("workspace"), texts)
    with TestClient(app(desk)) as found:
        yield found
    desk.close()


def sent(client: TestClient, *files: dict[str, Any]) -> Any:
    return client.post("/api/corpus", json={"ask": {}, "files": list(files)})


def file(name: str, text: str) -> dict[str, str]:
    return {"name": name, "data": b64encode(text.encode()).decode()}


def test_a_folder_is_read_and_what_leads_out_of_it_is_not(client: TestClient) -> None:
    told = client.get("/api/corpus").json()
    assert [sheet["doc"] for sheet in told["sheets"]] == ["one", "two"]
    assert [name for name, _ in told["aside"]] == ["bad.txt"]
    assert "".join(piece["text"] for piece in told["sheets"][0]["pieces"]) == FIRST
    assert client.get("/api/corpus").json() == told


def test_files_of_one_name_are_two_reports(client: TestClient) -> None:
    told = sent(client, file("one.txt", FIRST), file("one.txt", SECOND)).json()
    assert [sheet["doc"] for sheet in told["sheets"]] == ["one", "one~2"]
    assert told["counts"]["reports"] == 2


@pytest.mark.parametrize(
    ("files", "status", "said"),
    [
        ([], 422, "files"),
        ([{"name": "x", "data": "no base64!"}], 400, "did not come through whole"),
        ([file("x.txt", "")], 400, "no report could be read: x.txt: it holds no text"),
        ([file("x.txt", FIRST)] * 41, 422, "files"),
    ],
)
def test_what_cannot_be_read_is_said(client: TestClient, files: Any, status: int, said: str) -> None:
    answer = sent(client, *files)
    assert answer.status_code == status, answer.text
    assert said in answer.json()["error"]


def test_without_a_folder_the_page_says_how_to_open_one() -> None:
    desk = Desk()
    with TestClient(app(desk)) as bare:
        assert "--texts" in bare.get("/api/corpus").json()["none"]
    desk.close()
