"""`tightrope read` as a user meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tightrope.cli import cli

TEXT = "“We are late,” said Ana Ito on 5 May 2021. Norway promised more trains.\n"


def read(*words: str) -> Result:
    return CliRunner().invoke(cli, ["read", *words], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "in"
    found.mkdir()
    (found / "a.txt").write_text(TEXT)
    return found


def test_what_was_read_and_where_it_is_are_said(folder: Path, tmp_path: Path) -> None:
    done = read(str(folder), "--out", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert done.output.startswith("1 report read in ")
    assert f"Findings: {tmp_path / 'out'}" in done.output


def test_json_is_one_object(folder: Path, tmp_path: Path) -> None:
    data = json.loads(read(str(folder), "--out", str(tmp_path / "out"), "--json").output)
    assert data["reports"] == 1
    assert data["rows"]["statements"] >= 1
    assert data["faults"] == []


def test_quiet_prints_the_folder(folder: Path, tmp_path: Path) -> None:
    assert read(str(folder), "--out", str(tmp_path / "out"), "--quiet").output == f"{tmp_path / 'out'}\n"


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(folder: Path, tmp_path: Path) -> None:
    (folder / "b.txt").write_bytes(b"PK\x03\x04")
    done = read(str(folder), str(tmp_path / "none.txt"), "--out", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert f"error: {folder / 'b.txt'}: it is a ZIP archive" in done.output
    assert "none.txt: it cannot be read" in done.output
    assert "1 report read" in done.output


def test_the_actors_of_a_case_are_known(folder: Path, tmp_path: Path) -> None:
    assert read(str(folder), "--case", "kazakhstan-2022", "--out", str(tmp_path / "out")).exit_code == 0


@pytest.mark.parametrize("words", [(), ("a.txt",)])
def test_files_and_a_folder_are_needed(words: tuple[str, ...]) -> None:
    assert read(*words).exit_code == 2


def test_help_has_examples() -> None:
    assert "tightrope read reports/ --out found" in read("--help").output


def test_nothing_read_is_the_users_mistake(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tightrope", "read", str(tmp_path), "--out", str(tmp_path / "out")]
    source = str(Path(__file__).parents[2] / "src")
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": source}, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("error: no report in ")
