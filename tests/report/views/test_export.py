"""What is taken away from the page can be read, cited, checked and run again to the same numbers."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from fastapi.testclient import TestClient

from tightrope.case.folder import find_case
from tightrope.engine.outcome import outcomes
from tightrope.report.ask import Ask
from tightrope.report.checked import checked, contents
from tightrope.report.citation import bibtex
from tightrope.report.desk import Desk
from tightrope.report.store import write_folder
from tightrope.report.views import export

SMALL = {"runs": 40, "months": 6, "seed": 3}
MOVED = {**SMALL, "base": "china_steps_in", "levers": {"tied_down.RUS": 0.85, "parameters.tied_hands": 0.1}}
PINS = [{"name": "=Fuel", "base": "fuel_shock", "levers": {}}, {"name": "Apart", "levers": {"effort.TUR": 3}}]


@pytest.fixture(scope="module")
def packed(client: TestClient) -> zipfile.ZipFile:
    answer = client.post("/api/export", json={"ask": MOVED, "pins": PINS})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def inside(packed: zipfile.ZipFile, name: str) -> str:
    return packed.read(f"tightrope-kazakhstan-2022-seed3/{name}").decode()


def rows(packed: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inside(packed, name))))


def run(code: str, folder: Path) -> dict[str, float]:
    """What the code prints, run by itself: outcomes by name."""
    code += "\nimport json\nprint(json.dumps({name: one.mean for name, one in outcomes(result).items()}))\n"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    import json

    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    assert "has changed" not in done.stdout
    return found


@pytest.mark.parametrize(
    "asked",
    [
        SMALL,
        {**SMALL, "base": "china_steps_in"},
        MOVED,
        {**SMALL, "as_of": "2022-05-15", "without": ["report_001"], "levers": {"fuel_step.KAZ": 0.7}},
    ],
    ids=["baseline", "preset", "levers", "earlier"],
)
def test_the_python_gives_the_very_numbers(client: TestClient, desk: Desk, tmp_path: Path, asked) -> None:  # type: ignore[no-untyped-def]
    answer = client.post("/api/python", json=asked)
    assert answer.status_code == 200
    again = run(answer.json()["code"], tmp_path)
    shown = outcomes(desk.result(Ask.model_validate(asked)))
    assert len(shown) > 20
    assert {name: again[name] for name in shown} == {name: one.mean for name, one in shown.items()}


def test_the_python_of_a_saved_case_reads_its_folder(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "workspace")
    files = contents(find_case("serbia-2022"))
    assert desk.saved is not None
    desk.saved.add_case("mine", files)
    ask = Ask(case="mine", runs=20, months=3)
    write_folder(tmp_path / "mine", files)
    again = run(export.written(desk, ask, desk.result(ask)), tmp_path)
    shown = outcomes(desk.result(ask))
    assert {name: again[name] for name in shown} == {name: one.mean for name, one in shown.items()}


def test_outcomes_of_all_sets_of_runs(packed: zipfile.ZipFile, desk: Desk) -> None:
    found = rows(packed, "outcomes.csv")
    assert {row["scenario"] for row in found} == {"Baseline", "Now", "'=Fuel", "Apart"}
    expected = outcomes(desk.result(Ask.model_validate(MOVED)))
    now = {row["name"]: row for row in found if row["scenario"] == "Now"}
    assert set(now) == set(expected)
    assert all(float(now[name]["mean"]) == one.mean for name, one in expected.items())
    assert all(row["unit"] for row in found)


def test_bands_by_month(packed: zipfile.ZipFile) -> None:
    found = [
        row for row in rows(packed, "bands.csv") if row["scenario"] == "Now" and row["chart"] == "share-chn"
    ]
    assert [row["month"] for row in found] == [f"2022-{month:02d}" for month in range(7, 13)]
    assert all(float(row["p05"]) <= float(row["p50"]) <= float(row["p95"]) for row in found)


def test_differences_are_paired(packed: zipfile.ZipFile) -> None:
    found = {(row["scenario"], row["name"]): float(row["mean"]) for row in rows(packed, "differences.csv")}
    assert found["Now", "kaz.alignment.CHN"] > 0
    assert not any(scenario == "Baseline" for scenario, _ in found)


def test_judgements(packed: zipfile.ZipFile) -> None:
    found = rows(packed, "judgements.csv")
    assert len([row for row in found if row["scenario"] == "Now"]) >= 4
    assert all(float(row["low"]) <= float(row["frequency"]) <= float(row["high"]) for row in found)


def test_scenarios_pass_the_check_in_their_case(packed: zipfile.ZipFile, tmp_path: Path) -> None:
    files = contents(find_case("kazakhstan-2022"))
    prefix = "tightrope-kazakhstan-2022-seed3/"
    added = [name for name in packed.namelist() if name.startswith(f"{prefix}scenarios/")]
    assert f"{prefix}scenarios/own_levers.yaml" in added
    assert len(added) == 3
    files |= {name.removeprefix(prefix): packed.read(name) for name in added}
    write_folder(tmp_path / "case", files)
    assert checked(tmp_path / "case") == ()


def test_pictures_are_svg(packed: zipfile.ZipFile) -> None:
    pictures = [name for name in packed.namelist() if name.endswith(".svg")]
    assert len(pictures) > 40
    for name in pictures:
        assert ElementTree.fromstring(packed.read(name)).tag == "{http://www.w3.org/2000/svg}svg"


def test_what_comes_with_it(packed: zipfile.ZipFile) -> None:
    said = inside(packed, "README.txt")
    for needed in (
        "Frequencies describe the model",
        "seed 3",
        "40 runs of 6 months from July 2022",
        "SHA-256",
    ):
        assert needed in said
    assert "lever tied_down.RUS = 0.85" in said
    assert inside(packed, "tightrope.bib") == bibtex() + "\n"
    assert "tightrope.simulate(" in inside(packed, "reproduce.py")


def test_the_same_question_packs_the_same_bytes(client: TestClient) -> None:
    first, second = (client.post("/api/export", json={"ask": SMALL}).content for _ in range(2))
    assert first == second


def test_bibtex_is_that_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    from tightrope.cli.about import cite

    cite.main([], standalone_mode=False)
    assert bibtex() in capsys.readouterr().out


def test_the_report_opens_under_its_own_policy(client: TestClient) -> None:
    told = client.post("/api/report", json={"ask": MOVED, "pins": PINS}).json()
    answer = client.get(told["address"])
    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>") or "<html" in answer.text[:200]
    policy = answer.headers["content-security-policy"]
    assert "style-src 'sha256-" in policy
    assert "frame-ancestors 'none'" in policy
    assert len(answer.content) == told["bytes"]
    assert "=Fuel" in answer.text


def test_a_report_that_is_gone_says_so(client: TestClient) -> None:
    answer = client.get("/api/report/nothing")
    assert answer.status_code == 404
    assert "again" in answer.json()["error"]


@pytest.mark.parametrize(
    "asked",
    [
        {"ask": {**SMALL, "base": "nothing"}},
        {"ask": SMALL, "pins": [{"name": "x", "levers": {"nothing": 1}}]},
    ],
)
def test_what_is_wrong_is_said(client: TestClient, asked) -> None:  # type: ignore[no-untyped-def]
    answer = client.post("/api/export", json=asked)
    assert answer.status_code == 400
    assert "there is no" in answer.json()["error"]


def test_more_than_four_pins_are_refused(client: TestClient) -> None:
    answer = client.post(
        "/api/export", json={"ask": SMALL, "pins": [{"name": str(each)} for each in range(5)]}
    )
    assert answer.status_code == 422
