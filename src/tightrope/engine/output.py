"""Results on disk: a folder with `result.nc`, `summary.csv` and `manifest.json`, each whole or not there."""

from __future__ import annotations

import csv
import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from itertools import count
from pathlib import Path

from tightrope.engine.manifest import from_data
from tightrope.engine.netcdf import read_runs, write_runs
from tightrope.engine.outcome import Outcome, outcomes
from tightrope.engine.result import Result
from tightrope.errors import OutputError

RESULT, SUMMARY, MANIFEST = "result.nc", "summary.csv", "manifest.json"
RUNS = Path("runs")

_REMEDY = {
    errno.ENOSPC: "free some space, or write to another disk with --out",
    errno.EDQUOT: "free some space, or write to another disk with --out",
    errno.EFBIG: "the file would be larger than this system allows; ask for fewer runs",
    errno.EROFS: "the disk is read-only; write elsewhere with --out",
    errno.EACCES: "you may not write there; write elsewhere with --out",
    errno.EPERM: "you may not write there; write elsewhere with --out",
    errno.ENOTDIR: "a file stands where a folder is needed; write elsewhere with --out",
    errno.ENAMETOOLONG: "give a shorter name with --out",
}


def fresh_folder(case: str, seed: int, parent: Path = RUNS) -> Path:
    """Make and return the first folder `parent`/CASE-SEED-N that does not exist, N from 1 on.

    Two commands at once get two folders. Raises `OutputError` where none can be made.
    """
    with _said(parent):
        parent.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            folder = parent / f"{case}-{seed}-{number}"
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            return folder
    raise AssertionError("unreachable")


def named_folder(folder: Path) -> Path:
    """Make the folder that the user named; an empty one may be there already.

    Raises:
        OutputError: it holds something, is a file, or cannot be made.
    """
    with _said(folder):
        if folder.is_dir():
            if any(folder.iterdir()):
                raise OutputError(
                    f"{folder} is not empty, and nothing is overwritten; name another folder with --out"
                )
        elif os.path.lexists(folder):
            raise OutputError(f"{folder} is a file; name a folder with --out")
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def write(result: Result, folder: Path) -> Path:
    """Write a result into an existing folder (see `fresh_folder`, `named_folder`) and return the folder.

    Raises:
        OutputError: disk full, folder read-only or gone; no part of a file is left, nor an empty folder.
    """
    files: Mapping[str, Callable[[Path], None]] = {
        RESULT: lambda path: write_runs(result, path),
        SUMMARY: lambda path: _write_summary(outcomes(result), path),
        MANIFEST: lambda path: _write_manifest(result, path),
    }
    with _said(folder), _gone_if_empty(folder), _drafts(folder, files) as drafts:
        for name, fill in files.items():
            fill(drafts[name])
            settle(drafts[name])
        for name, draft in drafts.items():
            os.replace(draft, folder / name)
        settle(folder)
    return folder


def write_text(path: Path, text: str) -> None:
    """Write one further file of a result's folder, such as its report, whole or not at all."""
    with _said(path), _drafts(path.parent, (path.name,)) as drafts:
        drafts[path.name].write_text(text, "utf-8")
        settle(drafts[path.name])
        os.replace(drafts[path.name], path)


def read(folder: Path | str) -> Result:
    """Read a result back.

    Raises:
        OutputError: the folder holds no result, or one that is damaged.
    """
    folder = Path(folder)
    try:
        found = from_data(json.loads((folder / MANIFEST).read_text("utf-8")))
        arrays, axes = read_runs(folder / RESULT)
        return Result(arrays, axes, found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutputError(
            f"{folder} holds no result that can be read ({error}); give the folder of a run"
        ) from None


def _write_manifest(result: Result, path: Path) -> None:
    path.write_text(json.dumps(result.manifest.as_data(), indent=1) + "\n", "utf-8")


def _write_summary(found: Mapping[str, Outcome], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [each.name for each in fields(Outcome)], lineterminator="\n")
        table.writeheader()
        table.writerows({**asdict(each), "label": _no_formula(each.label)} for each in found.values())


def _no_formula(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


@contextmanager
def _gone_if_empty(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            folder.rmdir()
        raise


@contextmanager
def _drafts(folder: Path, names: Mapping[str, object] | tuple[str, ...]) -> Iterator[dict[str, Path]]:
    """Names of temporary files beside the final ones; whatever is left of them is removed."""
    drafts = {name: folder / f".{name}.{os.getpid()}.part" for name in names}
    try:
        yield drafts
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Have the system put a file, or a folder's list of files, on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Turn what the system says into an error that says what to do."""
    try:
        yield
    except OSError as error:
        remedy = _REMEDY.get(error.errno or 0, "write elsewhere with --out")
        why = os.strerror(error.errno) if error.errno else str(error)
        raise OutputError(f"{path} cannot be written: {why}; {remedy}") from error
