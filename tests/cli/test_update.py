"""`tightrope update` as a user meets it: asked claim by claim, by option or by file; nothing enters silently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.report.report_text import findings

import tightrope.report.update
from tightrope.cli import cli
from tightrope.errors import EvidenceError, TightropeError
from tightrope.report import intake
from tightrope.report.intake import Intake

CASE = "kazakhstan-2022"
FEW = ("--runs", "30", "--months", "4")


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader finds what the invented report holds."""

    def read(case: Any, paths: Any, progress: Any = None) -> Intake:
        return Intake((findings(),), (("other.bin", "it is no report"),))

    monkeypatch.setattr(intake, "intake", read)
    monkeypatch.setattr(tightrope.report.update, "MEASURED", 2)


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text("made up")
    return str(path)


def update(*words: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["update", CASE, *words], input=answers, catch_exceptions=False)


def test_each_claim_is_shown_and_asked_for(report: str, tmp_path: Path) -> None:
    done = update(report, *FEW, "--out", str(tmp_path / "mine"), answers="a\nr\nnone\n")
    assert done.exit_code == 0
    assert "1 of 8" in done.output
    assert "3 of 8" in done.output
    assert "4 of 8" not in done.output
    assert "Low confidence" not in done.output.partition("1 claim accepted")[2]
    assert "1 claim accepted" in done.output
    assert (tmp_path / "mine" / "case.yaml").exists()
    assert "set aside: other.bin: it is no report" in done.output


def test_an_empty_answer_refuses(report: str, tmp_path: Path) -> None:
    done = update(report, *FEW, "--out", str(tmp_path / "mine"), answers="\n" * 8)
    assert "0 claims accepted" in done.output
    assert "Nothing changes: every run comes out exactly as before." in done.output
    assert not (tmp_path / "mine").exists()


def test_the_end_of_the_answers_refuses_the_rest(report: str) -> None:
    done = update(report, *FEW, answers="a\n")
    assert "no more answers: the rest is refused" in done.output
    assert "1 claim accepted" in done.output


def test_quitting_writes_nothing(report: str, tmp_path: Path) -> None:
    done = update(report, "--out", str(tmp_path / "mine"), answers="a\nq\n")
    assert done.exit_code == 0
    assert "ended: nothing was accepted, nothing was written" in done.output
    assert not (tmp_path / "mine").exists()


def test_json_asks_nothing_and_says_everything(report: str) -> None:
    done = update(report, *FEW, "--json", "--accept", "all")
    found = json.loads(done.stdout)
    assert [one["confidence"] for one in found["proposed"]].count("low") >= 2
    assert {"claim", "passage", "sets", "doubts"} <= set(found["proposed"][0])
    assert len(found["accepted_claims"]) == 8
    assert not found["same"]
    assert len(found["movers"]) == 2
    assert found["left"]


def test_without_accept_a_script_accepts_nothing(report: str) -> None:
    found = json.loads(update(report, *FEW, "--json").stdout)
    assert found["accepted_claims"] == []
    assert found["same"]


def test_a_file_is_written_edited_and_read_back(report: str, tmp_path: Path) -> None:
    file = tmp_path / "claims.yaml"
    assert "8 claims proposed" in update(report, "--proposals", str(file)).output
    text = file.read_text()
    assert "accept: true`" in text
    file.write_text(text.replace("accept: false", "accept: true", 1))
    done = update("--decide", str(file), *FEW, "--out", str(tmp_path / "mine"))
    assert "1 claim accepted" in done.output
    assert (tmp_path / "mine" / "claims.yaml").exists()
    again = update(report, "--proposals", str(file))
    assert again.exit_code == 2
    assert "nothing is overwritten" in again.output


def test_quiet_prints_only_the_folder(report: str, tmp_path: Path) -> None:
    done = update(report, *FEW, "--quiet", "--accept", "all", "--out", str(tmp_path / "mine"))
    assert done.stdout == f"{tmp_path / 'mine'}\n"


def test_files_or_decisions_not_both_and_not_neither(report: str) -> None:
    assert update().exit_code == 2
    assert update(report, "--decide", report).exit_code == 2


def test_an_unknown_id_ends_before_anything_runs(report: str) -> None:
    with pytest.raises(EvidenceError, match="no claim 'nothing_like_it' is proposed"):
        update(report, "--accept", "nothing_like_it")


def test_a_source_that_is_not_there_is_named(report: str) -> None:
    with pytest.raises(TightropeError, match="there is no source 'report_02'"):
        update(report, "--without", "report_02")


def test_an_interrupt_keeps_the_case_and_says_so(
    report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*given: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tightrope.report.update, "effects", interrupted)
    done = update(report, "--accept", "all", "--out", str(tmp_path / "mine"))
    assert done.exit_code == 130
    assert f"the case with what you accepted is in {tmp_path / 'mine'}" in done.output
    assert (tmp_path / "mine" / "case.yaml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--cluster", "reports", "--out", "x"), "is no address of a cluster"),
        (("--out", "x", "--embed", "nowhere"), "nowhere holds no model.onnx"),
        (("--out", "x", "--language-model", "localhost"), "is no address"),
    ],
)
def test_what_reading_is_wrongly_asked_for_is_said(
    words: tuple[str, ...], said: str, report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["read", report, *words])
    assert said in f"{done.output}{done.exception}"
    assert not (tmp_path / "x").exists()
