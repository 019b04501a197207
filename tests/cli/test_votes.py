"""`tightrope votes` as a user meets it: files, exit codes, words; on a small file of votes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

SOURCE = str(Path(__file__).parents[2] / "src")
NUMBERS = {
    "USA": 2,
    "GBR": 200,
    "FRA": 220,
    "RUS": 365,
    "BLR": 370,
    "KAZ": 705,
    "KGZ": 703,
    "UZB": 704,
    "CHN": 710,
    "IND": 750,
}


def votes_csv(path: Path, items: int = 40) -> Path:
    """Votes in Voeten's format that follow one line, from Russia to the United States."""
    generator = np.random.default_rng(1)
    place = np.linspace(1.5, -1.5, len(NUMBERS))
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["rcid", "ccode", "vote", "session", "date", "short"])
        for item in range(items):
            session = 73 + item * 2 // items
            lean = (
                generator.normal(size=len(NUMBERS)) * 0.5
                + place * (1 if item % 2 else -1)
                + generator.normal() * 0.7
            )
            for number, value in zip(NUMBERS.values(), lean, strict=True):
                vote = 1 if value > 0.3 else 2 if value > -0.3 else 3
                table.writerow(
                    [
                        item,
                        number,
                        vote,
                        session,
                        f"{session + 1945}-12-0{1 + item % 9}",
                        "=1+1" if item == 0 else "x",
                    ]
                )
    return path


def tightrope(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(filter(None, [SOURCE, os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": paths, "TIGHTROPE_CACHE": str(cwd / "cache")}
    return subprocess.run(
        [sys.executable, "-m", "tightrope", "votes", *words],
        cwd=cwd, capture_output=True, text=True, timeout=200, env=environment,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("votes")
    votes_csv(made / "votes.csv")
    return made


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, object]:
    done = tightrope(
        "fit", "votes.csv", "--dims", "2", "--out", "out", "--states", "KAZ,RUS,USA,SRB", "--json", cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_fit_writes_four_files_and_says_so(told: dict[str, object], folder: Path) -> None:
    names = {"ideal_points.csv", "items.csv", "manifest.json", "votes.html"}
    assert set(told["wrote"]) == names  # type: ignore[call-overload]
    assert {path.name for path in (folder / "out").iterdir()} == names
    assert told["dims"] == 2
    assert told["sessions"] == [73, 74]


def test_every_state_has_a_mean_within_its_interval(told: dict[str, object], folder: Path) -> None:
    with (folder / "out" / "ideal_points.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["session", "iso3", "dim", "mean", "p05", "p95"]
    assert {row["iso3"] for row in rows} == set(NUMBERS)
    assert all(float(row["p05"]) <= float(row["mean"]) <= float(row["p95"]) for row in rows)
    standing = told["standing"]
    assert isinstance(standing, dict)
    assert standing["USA"][0][0] > standing["RUS"][0][0]
    assert standing["SRB"] is None


def test_items_are_no_formulas(told: dict[str, object], folder: Path) -> None:
    with (folder / "out" / "items.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["title"] for row in rows} <= {"'=1+1", "x"}
    assert all(float(row["cut_no"]) <= float(row["cut_yes"]) for row in rows)


def test_the_manifest_names_files_and_no_places(told: dict[str, object], folder: Path) -> None:
    text = (folder / "out" / "manifest.json").read_text()
    made = json.loads(text)
    assert made["files"][0]["name"] == "votes.csv"
    assert len(made["files"][0]["sha256"]) == 64
    assert (made["seed"], made["roll_calls"], made["last_vote"]) == (1, 40, "2019-12-09")
    assert str(folder) not in text


def test_the_page_asks_for_nothing_and_names_the_chosen(told: dict[str, object], folder: Path) -> None:
    text = (folder / "out" / "votes.html").read_text()
    assert "Kazakhstan" in text
    assert "No vote of theirs is in these files: Serbia" in text
    assert "default-src 'none'" in text
    assert "http" not in text.replace("http-equiv", "")


def test_absence_is_estimated_where_asked(folder: Path) -> None:
    done = tightrope(
        "fit", "votes.csv", "--absence", "--out", "away", "--sessions", "74", "--quiet", cwd=folder
    )
    assert done.returncode == 0, done.stderr
    with (folder / "away" / "absences.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["iso3"] for row in rows} == set(NUMBERS)
    assert all(0 <= float(row["p05"]) <= float(row["mean"]) <= float(row["p95"]) <= 1 for row in rows)


def test_levels_are_settled_where_asked(folder: Path) -> None:
    tables = []
    for name, options in (("plain", ()), ("settled", ("--settled",))):
        done = tightrope("fit", "votes.csv", *options, "--out", name, "--quiet", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert json.loads((folder / name / "manifest.json").read_text())["settled"] is bool(options)
        tables.append((folder / name / "ideal_points.csv").read_text())
    assert tables[0] != tables[1]


def test_a_vote_after_the_day_is_not_used(folder: Path) -> None:
    done = tightrope("fit", "votes.csv", "--as-of", "2018-12-31", "--out", "early", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert (made["sessions"], made["last_vote"], made["as_of"]) == ([73, 73], "2018-12-09", "2018-12-31")


def test_quiet_prints_the_folder_alone(folder: Path) -> None:
    done = tightrope("fit", "votes.csv", "--quiet", "--sessions", "74", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(Path("runs") / "votes-1-1")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("none.csv",), 2, "does not exist"),
        (("votes.csv", "--sessions", "x"), 2, "'x' is no session"),
        (("votes.csv", "--sessions", "74-70"), 2, "is no session"),
        (("votes.csv", "--states", "KAZAKHSTAN"), 2, "'KAZAKHSTAN' is no state"),
        (("votes.csv", "--as-of", "soon"), 2, "'soon' is no day"),
        (("votes.csv", "--as-of", "2019-02-30"), 2, "'2019-02-30' is no day"),
        (("votes.csv", "--dims", "4"), 2, "4 is not in the range"),
        (("votes.csv", "--sessions", "12"), 1, "no roll call is left"),
        (("votes.csv", "--as-of", "1950-01-01"), 1, "no roll call is known by 1950-01-01"),
        (("votes.csv", "--anchors", "SRB"), 1, "SRB"),
        (("odd.csv",), 1, "no file of roll calls"),
        (("votes.csv", "--out", "full"), 1, "is not empty"),
    ],
)
def test_a_mistake_is_said_in_a_line(folder: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (folder / "odd.csv").write_text("a,b\n1,2\n")
    (folder / "full").mkdir(exist_ok=True)
    (folder / "full" / "mine").write_text("")
    done = tightrope("fit", *words, cwd=folder)

    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "runs" / "votes-1-2").exists()


def test_help_shows_examples(folder: Path) -> None:
    assert "tightrope votes fit" in tightrope("fit", "--help", cwd=folder).stdout
    assert "fit" in tightrope("--help", cwd=folder).stdout


def test_figures_are_printed_or_written_into_a_folder(folder: Path) -> None:
    new = [sys.executable, "-m", "tightrope", "new", "case", "--name", "Kazakhstan", "--code", "KAZ"]
    subprocess.run(new, cwd=folder, env={**os.environ, "PYTHONPATH": SOURCE}, timeout=100, check=True)
    path = folder / "case" / "figures.yaml"
    before = path.read_text()
    words = ("figures", "case", "votes.csv", "--for", "WEST=USA", "--published", "2020-02")
    rest = ("--for", "TUR=FRA")
    printed = tightrope(*words, *rest, cwd=folder)
    assert printed.returncode == 0, printed.stderr
    assert "- id: kaz.ideal_point" in printed.stdout
    assert "own estimate" in printed.stdout
    assert path.read_text() == before

    done = tightrope(*words, *rest, "--write", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert {"kaz.ideal_point", "west.ideal_point"} <= set(json.loads(done.stdout)["figures"])
    check = [sys.executable, "-m", "tightrope", "check", "case"]
    subprocess.run(check, cwd=folder, env={**os.environ, "PYTHONPATH": SOURCE}, timeout=100, check=True)
    assert path.read_text().count("source: tightrope_votes") >= 8


def test_a_shipped_case_is_never_written(folder: Path) -> None:
    done = tightrope(
        "figures", "kazakhstan-2022", "votes.csv", "--published", "2020-02", "--write", cwd=folder
    )
    assert done.returncode == 2
    assert "never a shipped case" in done.stderr


def test_a_new_vote_is_predicted_from_its_kind(folder: Path) -> None:
    words = ("votes.csv", "--day", "2020-11-01", "--about", "x", "--out", "new.csv", "--dims", "1")
    done = tightrope("predict", *words, "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["known_until"] == "2019-12-09"
    assert set(told["states"]) == set(NUMBERS)
    for chances in told["states"].values():
        assert sum(chances.values()) == pytest.approx(1.0, abs=1e-3)
    low, middle, high = told["tally"]["yes"]
    assert low < middle < high
    with (folder / "new.csv").open() as file:
        assert next(csv.reader(file)) == ["iso3", "no", "abstain", "yes", "absent"]
    again = tightrope("predict", *words, cwd=folder)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_known_votes_pull_the_others_along(folder: Path) -> None:
    def yes_of(state: str, *shown: str) -> float:
        votes = [word for one in shown for word in ("--vote", one)]
        words = ("votes.csv", "--day", "2020-11-01", "--title", "x", "--dims", "1", *votes)
        done = tightrope("predict", *words, "--json", cwd=folder)
        assert done.returncode == 0, done.stderr
        return float(json.loads(done.stdout)["states"][state]["yes"])

    west = yes_of("GBR", "USA=yes", "FRA=yes", "RUS=no", "CHN=no", "IND=no")
    east = yes_of("GBR", "USA=no", "FRA=no", "RUS=yes", "CHN=yes", "IND=yes")
    assert east > west + 0.2 or west > east + 0.2
    assert yes_of("USA", "USA=yes") == 1.0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--day", "2010-01-01", "--about", "x"), 1, "no roll call is known by 2009-12-31"),
        (("--day", "2020-11-01", "--about", "whales"), 1, "whales"),
        (("--day", "2020-11-01"), 1, "knows no divided vote about the use of force, and human rights"),
        (("--day", "2020-11-01", "--about", "("), 1, "is no pattern of titles"),
        (("--day", "2020-11-01", "--vote", "SRB=yes"), 1, "SRB: no vote of theirs"),
        (("--day", "2020-11-01", "--vote", "KAZ=maybe"), 2, "'KAZ=maybe' is no vote"),
    ],
)
def test_what_cannot_be_predicted_is_said(folder: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = tightrope("predict", "votes.csv", "--dims", "1", *words, cwd=folder)
    assert done.returncode == code, done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_of_the_day_or_later_is_used(folder: Path) -> None:
    """The same prediction with the later half of the file gone."""
    head, *rows = (folder / "votes.csv").read_text().splitlines()
    early = [row for row in rows if ",73," in row]
    (folder / "early.csv").write_text("\n".join([head, *early]) + "\n")
    words = ("--day", "2019-06-01", "--about", "x", "--dims", "1", "--json")
    told = [tightrope("predict", name, *words, cwd=folder) for name in ("votes.csv", "early.csv")]
    assert told[0].returncode == 0, told[0].stderr
    assert told[0].stdout == told[1].stdout
