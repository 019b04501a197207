"""What the commands do when they are interrupted, or a part of the work cannot be done."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tightrope import job
from tightrope.case.load import load_case
from tightrope.engine import simulate
from tightrope.engine.result import Result
from tightrope.errors import ModelError, OutputError

CASE = "kazakhstan-2022"


def asked(folder: Path, months: int = 8, as_of: date | None = None) -> job.Asked:
    return job.Asked(runs=30, seed=2, months=months, as_of=as_of, out=folder / "out")


def stopping_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Ctrl-C in the run of that number, from 1 on."""
    done = []

    def run(*words: object, **options: object) -> Result:
        done.append(words)
        if len(done) == number:
            raise KeyboardInterrupt
        return simulate.run(*words, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(job, "run", run)


def test_an_interrupt_after_the_baseline_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopping_at(monkeypatch, 3)
    done = job.run_case(CASE, None, True, asked(tmp_path))
    assert done.interrupted
    assert done.as_data()["interrupted"] is True
    assert {"result.nc", "report.html", "findings.json"} <= {path.name for path in done.folder.iterdir()}
    assert len(done.findings.contrasts) == 1


def test_an_interrupt_in_the_baseline_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping_at(monkeypatch, 1)
    with pytest.raises(KeyboardInterrupt):
        job.run_case(CASE, None, True, asked(tmp_path))
    assert not (tmp_path / "out").exists()


def test_an_interrupted_comparison_keeps_the_scenarios_that_were_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping_at(monkeypatch, 3)
    done = job.compare_scenarios(CASE, ["russia_tied_down", "fuel_shock"], asked(tmp_path))
    assert done.interrupted
    assert list(done.differences) == ["russia_tied_down"]
    assert (done.folder / "comparison.json").is_file()


def test_a_full_disk_is_said_whatever_became_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(result: Result, folder: Path) -> Path:
        folder.rmdir()
        raise OutputError("no space left")

    monkeypatch.setattr(job, "write", full)
    with pytest.raises(OutputError, match="no space left"):
        job.run_case(CASE, None, False, asked(tmp_path))


def test_a_scenario_that_cannot_be_run_is_named_and_left_out(tmp_path: Path) -> None:
    done = job.run_case(CASE, None, True, asked(tmp_path, as_of=date(2022, 12, 31)))
    assert not done.interrupted
    assert any("secondary_sanctions was left out" in warning for warning in done.as_data()["warnings"])


def test_questions_are_answered(tmp_path: Path) -> None:
    found = job.run_case(CASE, None, False, asked(tmp_path, months=36)).as_data()
    answered = {one["id"]: one["answer"] for one in found["questions"]}
    assert len(answered) == len(load_case(CASE).questions)
    assert all(answered.values())


def test_what_only_the_model_can_see_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert job.check_case(CASE)[1] == []
    monkeypatch.setattr(
        job, "plan", lambda *words: (_ for _ in ()).throw(ModelError("no figure of that name"))
    )
    assert job.check_case(CASE) == ({}, [f"{CASE}: no figure of that name"])


def test_every_scenario_that_the_model_refuses_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(case: object, scenario: str | None = None) -> None:
        if scenario is not None:
            raise ModelError("it starts before the run")

    monkeypatch.setattr(job, "plan", refuse)
    names = [scenario.id for scenario in load_case(CASE).scenarios]
    assert len(names) > 1
    assert job.check_case(CASE)[1] == [f"{CASE}: scenario {name}: it starts before the run" for name in names]
