"""Files are written whole or not at all, and what was there stays."""

from __future__ import annotations

import csv
import errno
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.engine.situation import made, same, situation

from tightrope.engine import netcdf, output
from tightrope.engine.outcome import outcomes
from tightrope.engine.output import fresh_folder, named_folder, read, write, write_text
from tightrope.errors import OutputError

ROOT = Path(__file__).parents[2]
RESULT = made(situation(), 50)


def test_there_and_back(tmp_path: Path) -> None:
    again = read(write(RESULT, tmp_path))
    assert same(again.arrays, RESULT.arrays)
    assert again.axes == RESULT.axes
    assert again.manifest == RESULT.manifest
    assert outcomes(again) == outcomes(RESULT)


def test_there_and_back_without_votes(tmp_path: Path) -> None:
    result = made(situation(months=1), 5)
    assert same(read(write(result, tmp_path)).arrays, result.arrays)


def test_the_file_is_netcdf_that_others_read(tmp_path: Path) -> None:
    import xarray

    write(RESULT, tmp_path)
    with xarray.open_dataset(tmp_path / "result.nc", engine="h5netcdf") as data:
        xarray.testing.assert_equal(data.load(), RESULT.dataset())
        assert data.attrs == RESULT.dataset().attrs
        assert data["evasion"].attrs["units"] == "% of GDP a year"


def test_the_summary_has_a_line_for_each_outcome(tmp_path: Path) -> None:
    write(RESULT, tmp_path)
    with (tmp_path / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert rows.keys() == outcomes(RESULT).keys()
    assert float(rows["aaa.debt"]["p50"]) == outcomes(RESULT)["aaa.debt"].p50
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["case"] == "made-up"


def test_only_the_three_files_are_there(tmp_path: Path) -> None:
    write(RESULT, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"result.nc", "summary.csv", "manifest.json"}


def test_each_run_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    assert [fresh_folder("c", 1, runs).name for _ in range(3)] == ["c-1-1", "c-1-2", "c-1-3"]
    with ThreadPoolExecutor(8) as pool:
        made_at_once = list(pool.map(lambda _: fresh_folder("d", 1, runs), range(40)))
    assert len(set(made_at_once)) == 40


def test_a_named_folder_must_be_empty_or_new(tmp_path: Path) -> None:
    assert named_folder(tmp_path / "new" / "deep").is_dir()
    assert named_folder(tmp_path / "new" / "deep").is_dir()
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match="is not empty, and nothing is overwritten; name another"):
        named_folder(tmp_path)
    with pytest.raises(OutputError, match="is a file; name a folder"):
        named_folder(tmp_path / "file")
    with pytest.raises(OutputError, match="a file stands where a folder is needed"):
        named_folder(tmp_path / "file" / "below")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_parent_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("mine")
    with pytest.raises(OutputError, match="runs cannot be written"):
        fresh_folder("c", 1, tmp_path / "runs")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="you may not write there; write elsewhere"):
        fresh_folder("c", 1, tmp_path)


def test_a_read_only_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "mkdir", _failing(errno.EROFS))
    with pytest.raises(OutputError, match="the disk is read-only; write elsewhere"):
        fresh_folder("c", 1, tmp_path)


@pytest.mark.parametrize("stage", ["write_runs", "_write_summary", "_write_manifest", "settle"])
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    folder = fresh_folder("c", 1, tmp_path)
    monkeypatch.setattr(output, stage, _failing(errno.ENOSPC))
    with pytest.raises(
        OutputError, match="No space left on device; free some space, or write to another disk"
    ):
        write(RESULT, folder)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_older_files_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(RESULT, tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    monkeypatch.setattr(output, "_write_manifest", _failing(errno.ENOSPC))
    with pytest.raises(OutputError):
        write(RESULT, tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_disk_that_fills_up_within_the_runs_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk takes nothing, or a part and then nothing; HDF5 itself writes to memory and never learns of it."""
    for number in (0, 1, 3):
        left = iter(range(number))

        def write_some(file: netcdf._Patient, data: memoryview, left: Iterator[int] = left) -> int:
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, "full")
            return super(netcdf._Patient, file).write(data[:1000])

        with monkeypatch.context() as patch:
            patch.setattr(netcdf._Patient, "put", write_some)
            with pytest.raises(OutputError, match="No space left"):
                write(RESULT, fresh_folder("c", 1, tmp_path))
    assert list(tmp_path.iterdir()) == []


LIMITED = """
    import gc, resource, sys
    from pathlib import Path
    from tests.engine.situation import made, situation
    from tightrope.engine.output import fresh_folder, write
    from tightrope.errors import OutputError

    result = made(situation(), 500)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    try:
        write(result, fresh_folder("c", 1, Path(sys.argv[1])))
    except OutputError as error:
        print(error)
    gc.collect()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files to set there")
def test_a_limit_that_the_system_sets_is_said(tmp_path: Path) -> None:
    """A real failure of a real write, in a process of its own that has to live to its end."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    command = [sys.executable, "-c", textwrap.dedent(LIMITED), str(tmp_path / "runs")]
    found = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert (found.returncode, found.stderr) == (0, "")
    assert "the file would be larger than this system allows; ask for fewer runs" in found.stdout
    assert list((tmp_path / "runs").iterdir()) == []


def test_a_further_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text(tmp_path / "report.html", "first")
    monkeypatch.setattr(output, "settle", _failing(errno.ENOSPC))
    with pytest.raises(OutputError):
        write_text(tmp_path / "report.html", "second")
    assert [file.read_text() for file in tmp_path.iterdir()] == ["first"]


@pytest.mark.parametrize("damage", ["none", "manifest", "runs", "json"])
def test_what_is_no_result_is_said(tmp_path: Path, damage: str) -> None:
    if damage != "none":
        write(RESULT, tmp_path)
    if damage == "runs":
        (tmp_path / "result.nc").write_bytes((tmp_path / "result.nc").read_bytes()[:1000])
    if damage == "json":
        (tmp_path / "manifest.json").write_text("{}")
    if damage == "manifest":
        (tmp_path / "manifest.json").unlink()
    with pytest.raises(OutputError, match=r"holds no result that can be read.*give the folder of a run"):
        read(tmp_path)


def _failing(number: int) -> object:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail
