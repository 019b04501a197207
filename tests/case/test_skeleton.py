"""The skeleton of a new case: it checks and runs as it stands, whatever it is called, and claims nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import get_args

import pytest

from tightrope.case.case import Case
from tightrope.case.issue import Precedent
from tightrope.case.load import load_case
from tightrope.case.outline import CODE, NAME, outline, write_outline
from tightrope.case.scenario import Happening
from tightrope.case.schema import kinds
from tightrope.engine.simulate import plan, run
from tightrope.errors import ModelError, OutputError
from tightrope.job import check_case
from tightrope.model.needs import REQUIRED

NAMES = [
    (NAME, CODE),
    ("Moldova", "MDA"),
    ('Bosnia & Herzegovina: "BiH" # \\ x', "BIH"),
    ("Türkiye", "TUR"),
    ("- null", "NLD"),
]
LISTS = {name for name in Case.model_fields if name not in ("about", "scenarios")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("new") / "my-case"
    write_outline(made, "Moldova", "MDA")
    return made


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_it_checks_under_any_name(name: str, code: str, tmp_path: Path) -> None:
    write_outline(tmp_path / "case", name, code)
    counts, faults = check_case(str(tmp_path / "case"))
    assert faults == []
    assert counts["figures"] > 20
    state = next(actor for actor in load_case(tmp_path / "case").actors if actor.id == code)
    assert state.name == name


def test_it_runs_with_its_scenario_and_answers_its_questions(folder: Path) -> None:
    case = load_case(folder)
    for scenario in (None, *(one.id for one in case.scenarios)):
        made = run(plan(case, scenario, months=8), runs=10, seed=1)
        assert made.manifest.runs == 10
        assert made.manifest.focus == "MDA"
    assert [question.outcome.split(".")[0] for question in case.questions] == ["mda"] * len(case.questions)


def test_it_holds_every_file_of_a_case(folder: Path) -> None:
    there = {path.stem for path in folder.glob("*.yaml")}
    assert there == {"case", *LISTS}
    assert list((folder / "scenarios").glob("*.yaml"))


def test_every_file_opens_with_the_schema_that_lies_there(folder: Path) -> None:
    for path in folder.rglob("*.yaml"):
        first, second, *_ = path.read_text(encoding="utf-8").splitlines()
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named is not None, path
        assert (path.parent / named[1]).is_file(), path
        assert second.startswith("# "), path
    assert {path.name for path in (folder / "schemas").iterdir()} == {
        f"{kind}.schema.json" for kind in kinds()
    }


def test_no_number_looks_sourced(folder: Path) -> None:
    case = load_case(folder)
    for figure in case.figures:
        assert figure.scenario, figure.id
        assert figure.claims == (), figure.id
        assert (figure.why or "").startswith("EXAMPLE"), figure.id
    for resolution in case.resolutions:
        assert resolution.scenario, resolution.id
        assert "EXAMPLE" in resolution.title
    assert [source.id for source in case.sources] == ["example_source"]
    assert case.sources[0].title.startswith("EXAMPLE")
    assert all(claim.paraphrase.startswith("EXAMPLE") for claim in case.claims)
    assert case.about.summary.startswith("EXAMPLE")


def test_it_names_all_that_the_format_knows(folder: Path) -> None:
    """Comments list every kind of happening and reference class, and the figures every one that is read."""
    shock = (folder / "scenarios" / "example_shock.yaml").read_text(encoding="utf-8")
    happenings = get_args(Happening.model_fields["kind"].annotation)
    assert [kind for kind in happenings if not re.search(rf"\b{kind}\b", shock)] == []
    past = (folder / "precedents.yaml").read_text(encoding="utf-8")
    classes = get_args(Precedent.model_fields["reference_class"].annotation)
    assert [name for name in classes if not re.search(rf"\b{name}\b", past)] == []
    figures = {figure.id for figure in load_case(folder).figures}
    usual = {"sanctioned", "import_ceiling"}  # one value holds unless a case says otherwise
    assert [name for name in REQUIRED if f"mda.{name}" not in figures | {f"mda.{one}" for one in usual}] == []


def test_the_old_names_are_gone(folder: Path) -> None:
    for path in folder.rglob("*.yaml"):
        assert not re.search(rf"{NAME}|{CODE}", path.read_text(encoding="utf-8"), re.IGNORECASE), path


@pytest.mark.parametrize(
    ("name", "id"),
    [("my-case", "my_case"), ("2025 Moldova", "case_2025_moldova"), ("Ünder", "nder"), ("---", "case")],
)
def test_the_folder_names_the_case(name: str, id: str, tmp_path: Path) -> None:
    write_outline(tmp_path / name)
    assert load_case(tmp_path / name).about.id == id


def test_a_commented_example_is_right_once_it_is_let_in(tmp_path: Path) -> None:
    write_outline(tmp_path / "case")
    claims = tmp_path / "case" / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    let_in = re.sub(r"(?m)^  # (- id: \S+\.example|  \S)", r"  \1", text)
    assert let_in != text
    claims.write_text(let_in, encoding="utf-8")
    kinds_of = {claim.kind for claim in load_case(tmp_path / "case").claims}
    assert kinds_of == {"position", "event", "act", "commitment", "threat", "interpretation", "context"}


@pytest.mark.parametrize("name", ["", "   ", "two\nlines", "x" * 81, "bell\a"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match="is no name"):
        outline(name)


@pytest.mark.parametrize("code", ["", "mda", "MDAX", "RUS", "M1A", "MD\n"])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(ModelError, match="is no code"):
        outline(code=code)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not empty"):
        write_outline(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "case").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        write_outline(tmp_path / "case")


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    write_outline(tmp_path / "case")
    assert (tmp_path / "case" / "case.yaml").is_file()
    assert not [path for path in (tmp_path / "case").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("there", [True, False])
def test_an_error_leaves_nothing_behind(there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "case"
    if there:
        folder.mkdir()
    real, calls = os.replace, []

    def full(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) > 3:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        write_outline(folder)
    assert len(calls) == 4
    assert folder.exists() == there
    assert not there or not list(folder.iterdir())


def test_the_page_shows_what_the_command_says(folder: Path, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "start-a-case.md").read_text(encoding="utf-8")
    written = write_outline(tmp_path / "case")
    assert f"moldova-2025: {len(written)} files" in page
    counts, _ = check_case(str(folder))
    assert (
        "moldova-2025: no faults. " + ", ".join(f"{count} {what}" for what, count in counts.items()) in page
    )
    assert [name for name in (path.name for path in folder.glob("*.yaml")) if f"`{name}`" not in page] == []
