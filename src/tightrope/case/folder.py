"""Which files a case folder holds, and where the shipped cases lie."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from tightrope.case.case import Case
from tightrope.case.text import SIZE_LIMIT as FILE_LIMIT
from tightrope.errors import CaseError, Fault

LISTS = tuple(name for name in Case.model_fields if name not in ("about", "scenarios"))
SCENARIO_LIMIT = 100
SIZE_LIMIT = 8_000_000
REQUIRED = ("case", "sources", "actors")
_TOLD = 100  # files out of place that are named
_UNREAD = "outcomes.yaml"  # only score/ reads it


def find_case(name: Path | str) -> Path:
    """The folder of a case: a shipped name such as `kazakhstan-2022`, or the path of a folder.

    Raises `CaseError` where there is no folder.
    """
    shipped = _shipped()
    if isinstance(name, str) and name in shipped:
        return shipped[name]
    folder = Path(name)
    remedy = "give the folder that holds case.yaml, or a shipped case: " + ", ".join(sorted(shipped))
    try:
        if not folder.exists():
            raise _fault(folder, "there is no such folder", remedy)
        if not folder.is_dir():
            raise _fault(folder, "it is a file, not a folder", remedy)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _fault(folder, f"it cannot be read: {reason}", remedy) from None
    return folder


def case_files(folder: Path) -> tuple[list[tuple[str, Path]], list[Fault]]:
    """The files to read, each with the field of `Case` that it fills; and what is out of place.

    The required ones are listed even where they are missing. Raises `CaseError` where the folder cannot be
    read or there is too much to read.
    """
    names = ("case", *LISTS)
    try:
        there = sorted(path for path in folder.iterdir() if _is_yaml(path))
        scenarios = folder / "scenarios"
        faults = _misplaced(scenarios, folder)
        plans = sorted(filter(_is_yaml, scenarios.iterdir())) if scenarios.is_dir() and not faults else []
    except OSError as error:
        raise _fault(folder, f"it cannot be read: {error.strerror}", "check its permissions") from None
    allowed = [folder / f"{name}.yaml" for name in names]
    faults += [_stray(path) for path in there if path not in allowed and path.name != _UNREAD]
    faults += [_stray(path) for path in plans if path.suffix != ".yaml"]
    found = [(_key(path), path) for path in allowed if path in there or path.stem in REQUIRED]
    told = [("scenarios", path) for path in plans if path.suffix == ".yaml"]
    _refuse_too_much(folder, found + told, len(told))
    return found + told, faults[:_TOLD]


def _misplaced(scenarios: Path, folder: Path) -> list[Fault]:
    """What is wrong with `scenarios`, if it is there: no folder, or a link to what is not inside the case."""
    if not os.path.lexists(scenarios):
        return []
    right = "make it a folder with one file for each scenario, or remove it"
    if not scenarios.is_dir():
        kind = "a link that leads to no folder" if scenarios.is_symlink() else "no folder"
        return [Fault(str(scenarios), 0, 0, "", f"it is {kind}", right)]
    if folder.resolve() not in scenarios.resolve().parents:
        return [Fault(str(scenarios), 0, 0, "", "it leads out of the case's folder", right)]
    return []


def _refuse_too_much(folder: Path, found: list[tuple[str, Path]], scenarios: int) -> None:
    if scenarios > SCENARIO_LIMIT:
        wrong = f"it holds {scenarios:,} scenarios, more than {SCENARIO_LIMIT}"
        raise _fault(folder / "scenarios", wrong, "keep those that you compare")
    size = sum(_size(path) for _, path in found)
    if size > SIZE_LIMIT:
        limit = f"{SIZE_LIMIT // 1_000_000} MB"
        wrong = f"its files have {size:,} bytes, more than {limit} in all"
        raise _fault(folder, wrong, f"keep a case under {limit}")


def _size(path: Path) -> int:
    """The bytes of a file that would be read; those that are too large alone are refused one by one."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return 0
    return size if size <= FILE_LIMIT else 0


def _shipped() -> dict[str, Path]:
    cases = Path(str(files("tightrope") / "cases"))
    folders = [path for path in cases.iterdir() if path.is_dir()] if cases.is_dir() else []
    return {path.name.replace("_", "-"): path for path in folders if path.name[0].isalpha()}


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".")


def _key(path: Path) -> str:
    return "about" if path.stem == "case" else path.stem


def _stray(path: Path) -> Fault:
    if path.suffix != ".yaml":
        return Fault(str(path), 0, 0, "", f"a file that ends in {path.suffix}", "name it .yaml")
    allowed = ", ".join(f"{name}.yaml" for name in ("case", *LISTS, "outcomes"))
    return Fault(
        str(path), 0, 0, "", "no file of a case has this name", f"allowed: {allowed}, scenarios/*.yaml"
    )


def _fault(path: Path, wrong: str, right: str) -> CaseError:
    return CaseError([Fault(str(path), 0, 0, "", wrong, right)])
