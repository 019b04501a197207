"""The library over HTTP: save, open, clash, upload with every fault, download, undo."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from fastapi import FastAPI
from fastapi.testclient import TestClient

from tightrope.case.folder import find_case
from tightrope.engine.outcome import outcomes
from tightrope.errors import CaseError
from tightrope.report import upload
from tightrope.report.app import app
from tightrope.report.ask import Ask
from tightrope.report.checked import contents
from tightrope.report.desk import Desk
from tightrope.report.guard import guarded
from tightrope.report.views import library

ASK = {"base": "china_steps_in", "levers": {"tied_down.RUS": 0.8}, "runs": 20, "months": 3}
ZIP = {"content-type": "application/zip"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "work")
    yield made
    made.close()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return served(desk)


@pytest.fixture(scope="module")
def serbia() -> dict[str, bytes]:
    return contents(find_case("serbia-2022"))


def served(desk: Desk) -> TestClient:
    made = FastAPI()
    made.include_router(library.router(desk), prefix="/api")
    guarded(made, ())
    return TestClient(made)


def put(client: TestClient, name: str = "mine", revision: str | None = None, **ask: Any) -> Any:
    body = {"ask": {**ASK, **ask}, "title": "My own", "revision": revision}
    return client.put(f"/api/scenarios/{name}", json=body)


def packed(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_a_saved_scenario_gives_the_numbers_of_its_levers(client: TestClient, desk: Desk) -> None:
    answer = put(client)
    assert answer.status_code == 200
    assert answer.json()["ask"]["levers"] == ASK["levers"]
    assert answer.headers["etag"] == f'"{answer.json()["revision"]}"'
    as_levers = desk.result(Ask.model_validate(ASK))
    as_base = desk.result(Ask.model_validate({**ASK, "base": "mine", "levers": {}}))
    assert {name: one.mean for name, one in outcomes(as_levers).items()} == {
        name: one.mean for name, one in outcomes(as_base).items()
    }


def test_a_saved_scenario_is_among_those_to_choose_from(desk: Desk, client: TestClient) -> None:
    put(client)
    put(client, "of-serbia", case="serbia-2022", base=None, levers={"effort.CHN": 2.0})
    app_ = TestClient(app(desk))
    found = {one["id"]: one for one in app_.get("/api/situation").json()["presets"]}
    assert not found["china_steps_in"]["saved"]
    assert (found["mine"]["title"], found["mine"]["saved"]) == ("My own (saved)", True)
    assert found["mine"]["levers"] == found["china_steps_in"]["levers"] | ASK["levers"]
    assert "of-serbia" not in found
    assert found["mine"]["refused"] is None


def test_two_pages_lose_nothing_silently(client: TestClient) -> None:
    first = put(client).json()
    assert put(client, levers={"tied_down.RUS": 0.1}).status_code == 409
    second = put(client, revision=first["revision"], levers={"tied_down.RUS": 0.2}).json()
    answer = put(client, revision=first["revision"], levers={"tied_down.RUS": 0.3})
    assert answer.status_code == 409
    assert answer.json()["current"]["ask"]["levers"] == {"tied_down.RUS": 0.2}
    assert answer.json()["current"]["revision"] == second["revision"]
    kept = put(client, "mine-copy", levers={"tied_down.RUS": 0.3})
    assert kept.status_code == 200
    over = put(client, revision=answer.json()["current"]["revision"], levers={"tied_down.RUS": 0.3})
    assert over.status_code == 200


def test_a_scenario_saved_over_a_saved_one_stands_alone(client: TestClient) -> None:
    put(client)
    answer = put(client, "further", base="mine", levers={"effort.TUR": 2.0})
    assert answer.json()["ask"]["base"] == "china_steps_in"
    assert answer.json()["ask"]["levers"] == {"tied_down.RUS": 0.8, "effort.TUR": 2.0}


def test_rename_duplicate_delete_restore(client: TestClient) -> None:
    made = put(client).json()
    body = {"to": "yours", "title": "Yours", "revision": made["revision"]}
    renamed = client.post("/api/scenarios/mine/rename", json=body)
    assert renamed.json()["title"] == "Yours"
    assert client.post("/api/scenarios/yours/duplicate", json={"to": "third"}).status_code == 201
    gone = client.delete("/api/scenarios/yours", params={"revision": renamed.json()["revision"]})
    assert gone.status_code == 200
    listed = client.get("/api/scenarios").json()
    assert [one["name"] for one in listed["scenarios"]] == ["third"]
    assert [one["name"] for one in listed["deleted"]] == ["yours"]
    back = client.post("/api/scenarios/restore", json={"token": gone.json()["token"]})
    assert back.json()["name"] == "yours"
    assert client.get("/api/scenarios/yours").json()["text"].startswith("# tightrope: ")


def test_a_scenario_of_a_case_keeps_its_name_to_itself(client: TestClient) -> None:
    answer = put(client, "fuel-shock")
    assert answer.status_code == 409
    assert "another name" in answer.json()["error"]


@pytest.mark.parametrize("name", ["A", "..", "a%2Fb", "%2e%2e%2fx", "x" * 70, "a.yaml"])
def test_odd_names_lead_nowhere(client: TestClient, name: str) -> None:
    assert client.get(f"/api/scenarios/{name}").status_code in (404, 405)
    assert put(client, name).status_code in (404, 405, 422)
    assert client.get(f"/api/cases/{name}/zip").status_code == 404


def test_nothing_moved_is_nothing_to_save(client: TestClient) -> None:
    answer = put(client, base=None, levers={})
    assert answer.status_code == 400
    assert "move a lever" in answer.json()["error"]


def test_without_a_workspace_it_says_so() -> None:
    client = served(Desk())
    assert client.get("/api/scenarios").json() == {
        "scenarios": [],
        "unreadable": [],
        "deleted": [],
        "keeps": False,
    }
    assert "--workspace" in put(client).json()["error"]
    assert not client.get("/api/cases").json()["keeps"]


def test_cases_are_listed_with_where_they_come_from(client: TestClient) -> None:
    client.post("/api/cases/serbia-2022/duplicate", json={"to": "mine"})
    found = {one["name"]: one for one in client.get("/api/cases").json()["cases"]}
    assert found["serbia-2022"]["origin"] == "shipped"
    assert found["mine"]["origin"] == "saved"
    assert found["mine"]["digest"] == found["serbia-2022"]["digest"]
    assert found["mine"]["title"].startswith("Serbia")


def test_a_case_goes_out_as_zip_and_comes_in_again(client: TestClient, serbia: dict[str, bytes]) -> None:
    data = client.get("/api/cases/serbia-2022/zip").content
    answer = client.post("/api/cases/zip?name=again", content=data, headers=ZIP)
    assert answer.status_code == 201
    assert upload.from_zip(client.get("/api/cases/again/zip").content) == serbia


def test_a_case_comes_in_as_texts(client: TestClient, serbia: dict[str, bytes]) -> None:
    texts = {f"folder/{name}": data.decode() for name, data in serbia.items()}
    answer = client.post("/api/cases", json={"name": "texts", "files": texts})
    assert answer.status_code == 201
    assert answer.json()["saved"]
    assert client.post("/api/cases", json={"name": "texts", "files": texts}).status_code == 409


def test_every_fault_comes_with_its_place(client: TestClient, desk: Desk, serbia: dict[str, bytes]) -> None:
    files = dict(serbia)
    files["claims.yaml"] = files["claims.yaml"].replace(b"kind: position", b"kind: positon", 1)
    files["case.yaml"] = files["case.yaml"].replace(b"focus: SRB", b"focus: NIL")
    files["scenarios/oil_by_sea_ends.yaml"] += b"more: 1\n"
    answer = client.post("/api/cases/zip?name=bad", content=packed(files), headers=ZIP)
    assert answer.status_code == 400
    faults = answer.json()["faults"]
    assert {one["file"] for one in faults} >= {"claims.yaml", "scenarios/oil_by_sea_ends.yaml"}
    assert all(one["line"] and one["wrong"] for one in faults)
    assert desk.workspace is not None
    assert str(desk.workspace) not in answer.text
    assert "bad" not in desk.cases()


def test_a_case_can_be_checked_without_being_saved(
    client: TestClient, desk: Desk, serbia: dict[str, bytes]
) -> None:
    texts = {name: data.decode() for name, data in serbia.items()}
    answer = client.post("/api/cases", json={"name": "mine", "files": texts, "check": True})
    assert answer.json() == {"name": "mine", "saved": False}
    assert "mine" not in desk.cases()


def test_shipped_cases_stay_as_they_are(client: TestClient) -> None:
    assert client.delete("/api/cases/serbia-2022").status_code == 400
    assert client.post("/api/cases/serbia-2022/rename", json={"to": "x"}).status_code == 400
    assert client.post("/api/cases/serbia-2022/duplicate", json={"to": "kazakhstan-2022"}).status_code == 409


def test_a_case_is_deleted_and_restored(client: TestClient) -> None:
    client.post("/api/cases/serbia-2022/duplicate", json={"to": "mine"})
    token = client.delete("/api/cases/mine").json()["token"]
    assert "mine" not in {one["name"] for one in client.get("/api/cases").json()["cases"]}
    assert client.post("/api/cases/restore", json={"token": token}).json()["name"] == "mine"


BOMB = b"0" * 1_500_000
EVIL = [
    {"../case.yaml": b"x"},
    {"a/../../case.yaml": b"x"},
    {"/etc/case.yaml": b"x"},
    {"C:\\case.yaml": b"x"},
    {"case.yaml": BOMB},
    {f"scenarios/s{number}.yaml": b"x" for number in range(150)},
    {f"a{number}.yaml": b"x" for number in range(400)},
    {"case.yaml": b"x", "run.py": b"import os"},
    {"case.yaml": b"x", "CASE.yaml": b"y"},
    {"data.pickle": b"x"},
    {".hidden": b"x"},
    {f"scenarios/s{number}.yaml": b"0" * 999_000 for number in range(9)},
    {},
]


@pytest.mark.parametrize("files", EVIL)
def test_what_no_case_holds_is_refused(client: TestClient, desk: Desk, files: dict[str, bytes]) -> None:
    answer = client.post("/api/cases/zip?name=evil", content=packed(files), headers=ZIP)
    assert answer.status_code == 400
    assert answer.json()["faults"]
    assert "evil" not in desk.cases()


@pytest.mark.parametrize(
    "data", [b"no zip", b"PK\x05\x06" + b"\0" * 18, b"PK\x05\x06", b"PK\x03\x04" + b"\xff" * 400]
)
def test_what_is_no_zip_is_refused(client: TestClient, data: bytes) -> None:
    answer = client.post("/api/cases/zip?name=evil", content=data, headers=ZIP)
    assert answer.status_code == 400


def test_a_file_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(packed({"case.yaml": BOMB}))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(signature) + at
        data[place : place + 4] = (100).to_bytes(4, "little")
    with pytest.raises(CaseError):
        upload.from_zip(bytes(data))


def test_an_encrypted_or_oddly_packed_file_is_refused() -> None:
    data = bytearray(packed({"case.yaml": b"x"}))
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(signature) + at] |= 1
    with pytest.raises(CaseError):
        upload.from_zip(bytes(data))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("case.yaml", b"x")
    with pytest.raises(CaseError):
        upload.from_zip(stream.getvalue())


def test_what_comes_along_is_left_aside(serbia: dict[str, bytes]) -> None:
    extra = {
        "schemas/case.schema.json": b"{}",
        "README.md": b"x",
        "__MACOSX/._case.yaml": b"x",
        ".DS_Store": b"x",
    }
    assert upload.from_zip(packed({**serbia, **extra})) == serbia


def test_more_than_ten_megabytes_are_refused(client: TestClient) -> None:
    answer = client.post("/api/cases/zip?name=big", content=b"x" * 10_000_001, headers=ZIP)
    assert answer.status_code == 413
