"""The command line as a user meets it: what it prints, where, and how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = str(Path(__file__).parents[1] / "src")
SMALL = ("--runs", "60", "--months", "14", "--seed", "3")


def tightrope(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(filter(None, [SOURCE, os.environ.get("PYTHONPATH", "")]))
    return subprocess.run(
        [sys.executable, "-m", "tightrope", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=200,
        env={**os.environ, "PYTHONPATH": paths, **environment},
    )


def ran(*words: str, cwd: Path) -> dict[str, object]:
    done = tightrope("run", "kazakhstan-2022", *SMALL, "--no-compare", "--json", *words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def plain(folder: Path) -> dict[str, object]:
    return ran(cwd=folder)


def test_run_prints_one_object_with_everything(plain: dict[str, object], folder: Path) -> None:
    assert plain["case"] == "kazakhstan_2022"
    assert (plain["as_of"], plain["seed"], plain["runs"], plain["months"]) == ("2022-06-30", 3, 60, 14)
    assert isinstance(plain["wall_s"], float)
    assert isinstance(plain["warnings"], list)
    out = folder / str(plain["out"])
    assert {"result.nc", "summary.csv", "report.html", "manifest.json"} <= {
        path.name for path in out.iterdir()
    }


@pytest.mark.parametrize(
    "name",
    [
        *("alignment.RUS", "alignment.WEST", "alignment.CHN", "alignment.TUR", "alignment.own"),
        *("hedging_index", "unrest", "request", "intervention", "compliance", "evasion_flow"),
        *("secondary_sanctions", "currency", "prices", "belief.WEST", "belief.RUS"),
        *("vote.territory_2022_10.abstain", "vote.crimea_2022.no", "vote.territory_2023_02.yes"),
    ],
)
def test_outcomes_are_all_there_with_unit(plain: dict[str, object], name: str) -> None:
    outcome = plain["outcomes"][f"kaz.{name}"]  # type: ignore[index]
    assert outcome["unit"]
    if "probability" in outcome:
        assert 0 <= outcome["low"] <= outcome["probability"] <= outcome["high"] <= 1
    else:
        assert outcome["p05"] <= outcome["p50"] <= outcome["p95"]


def test_the_same_call_gives_the_same_outcomes_in_a_new_folder(
    plain: dict[str, object], folder: Path
) -> None:
    again = ran(cwd=folder)
    assert again["outcomes"] == plain["outcomes"]
    assert again["out"] != plain["out"]


def test_two_workers_give_the_same_outcomes(plain: dict[str, object], folder: Path) -> None:
    assert ran("--workers", "2", cwd=folder)["outcomes"] == plain["outcomes"]


def test_leaving_out_the_sceptics_moves_sincerity_and_is_named(
    plain: dict[str, object], folder: Path
) -> None:
    without = ran("--without", "report_002", cwd=folder)
    assert without["outcomes"]["kaz.belief.WEST"] != plain["outcomes"]["kaz.belief.WEST"]  # type: ignore[index]
    changed = {one["name"] for one in without["changed"]}  # type: ignore[attr-defined]
    assert {"kaz.voices", "kaz.sincerity_prior", "kaz.belief.WEST", "kaz.menace"} <= changed
    moved = {one["name"]: one for one in without["changed"] if one["kind"] == "outcome"}  # type: ignore[attr-defined]
    assert moved["kaz.belief.WEST"]["before"] != moved["kaz.belief.WEST"]["after"]
    assert without["dropped"]["by_source"].keys() == {"report_002"}  # type: ignore[index]
    assert plain["changed"] == []


def test_before_january_2022_none_of_the_reports_is_known(folder: Path) -> None:
    before = ran("--as-of", "2021-12-31", cwd=folder)
    dropped = before["dropped"]
    assert {f"report_00{n}" for n in range(5)} <= dropped["by_source"].keys()  # type: ignore[index]
    assert any(str(dropped["claims"]) in warning for warning in before["warnings"])  # type: ignore[index, attr-defined]


def test_no_intensity_keeps_the_shares_where_they_are(folder: Path) -> None:
    still = ran("--set", "parameters.choice_intensity=0", cwd=folder)["outcomes"]["kaz.alignment.own"]  # type: ignore[index]
    short = ran("--set", "parameters.choice_intensity=0", "--months", "1", cwd=folder)
    assert still == short["outcomes"]["kaz.alignment.own"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "nowhere"), "no such folder"),
        (("run", "--without", "report_9"), "no source"),
        (("run", "--scenario", "secondary_sanction"), "secondary_sanctions"),
        (("run", "--set", "parameters.risk_aversoin=1"), "risk_aversion"),
        (("run", "--set", "figures.kaz.gdpp=1"), "figures.kaz.gdp"),
        (("run", "--as-of", "1990-01-01"), "no known claim gives"),
        (("compare", "nothing_at_all"), "no scenario"),
        (("check", "nowhere"), "no such folder"),
        (("schema", "claim"), "claims"),
        (("new", "folder", "--code", "mda"), "ISO code"),
        (("new", "folder", "--name", ""), "no name"),
    ],
)
def test_wrong_input_is_said_with_a_remedy(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = tightrope(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*"))


@pytest.mark.parametrize(
    "words",
    [("run", "--as-of", "yesterday"), ("run", "--set", "x"), ("run", "--runs", "0"), ("fly",), ("compare",)],
)
def test_wrong_usage_exits_2(words: tuple[str, ...], tmp_path: Path) -> None:
    done = tightrope(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_folder_with_something_in_it_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "notes.txt").write_text("mine")
    done = tightrope("run", *SMALL, "--no-compare", "--out", "precious", cwd=tmp_path)
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert [path.name for path in (tmp_path / "precious").iterdir()] == ["notes.txt"]


def test_text_opens_with_judgements_and_the_caveat(tmp_path: Path) -> None:
    done = tightrope("run", *SMALL, "--no-compare", cwd=tmp_path, COLUMNS="100")
    assert done.returncode == 0, done.stderr
    assert "Conditional scenario" in done.stdout
    assert done.stdout.index("of 100 runs") < done.stdout.index("p95") if "p95" in done.stdout else True


def test_quiet_prints_only_the_folder(tmp_path: Path) -> None:
    done = tightrope("run", *SMALL, "--no-compare", "--quiet", cwd=tmp_path)
    assert (tmp_path / done.stdout.strip() / "report.html").is_file()


def test_compare_pairs_the_scenarios(tmp_path: Path) -> None:
    done = tightrope("compare", "russia_tied_down", *SMALL, "--json", cwd=tmp_path)
    found = json.loads(done.stdout)["differences"]["russia_tied_down"]
    assert found["kaz.alignment.RUS"]["mean"] < 0 < found["kaz.alignment.CHN"]["mean"]


def test_check_counts_what_a_sound_case_holds(tmp_path: Path) -> None:
    done = tightrope("check", cwd=tmp_path)
    assert done.returncode == 0
    assert "no faults" in done.stdout


def test_a_new_case_checks_and_runs_as_it_stands(tmp_path: Path) -> None:
    made = tightrope("new", "my-case", "--name", "Moldova", "--code", "MDA", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "tightrope check my-case" in made.stdout
    checked = tightrope("check", "my-case", "--json", cwd=tmp_path)
    assert json.loads(checked.stdout)["ok"]
    done = tightrope(
        "run", "my-case", "--runs", "10", "--months", "3", "--no-compare", "--json", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["case"] == "my_case"


def test_a_new_case_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = tightrope("new", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    "words",
    [("--help",), ("run", "--help"), ("cite",), ("version",), ("schema", "figures"), ("new", "--help")],
)
def test_help_and_small_commands(words: tuple[str, ...], tmp_path: Path) -> None:
    done = tightrope(*words, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.strip()
