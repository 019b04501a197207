"""A case folder held against all that `tightrope check` looks at; faults name files by their path in the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tightrope.case.case import Case
from tightrope.case.document import read_document
from tightrope.case.domain import check_domains
from tightrope.case.draft import Draft
from tightrope.case.folder import case_files
from tightrope.case.load import load_case
from tightrope.case.reference import check_references
from tightrope.engine.simulate import plan
from tightrope.errors import CaseError, Fault, ModelError
from tightrope.model.parameters import table

OUTCOMES = "outcomes.yaml"


def checked(folder: Path) -> tuple[Fault, ...]:
    """Every fault of a case, those included that only the model can see; none where it can be run."""
    try:
        case = load_case(folder, parameters=frozenset(table()))
        plan(case)
    except CaseError as error:
        return tuple(inside(fault, folder) for fault in error.faults)
    except ModelError as error:
        return (Fault("case.yaml", 0, 0, "", *_halves(error)),)
    return tuple(_of_scenarios(case))


def _of_scenarios(case: Case) -> Iterator[Fault]:
    for scenario in case.scenarios:
        try:
            plan(case, scenario)
        except ModelError as error:
            yield Fault(f"scenarios/{scenario.id}.yaml", 0, 0, "", *_halves(error))


def _halves(error: ModelError) -> tuple[str, str]:
    wrong, _, right = str(error).partition("; ")
    return wrong, right


def inside(fault: Fault, folder: Path) -> Fault:
    """The fault with its file's path in the case, never where that lies on this machine."""
    path = Path(fault.file)
    if path.is_relative_to(folder):
        path = path.relative_to(folder)
    return replace(fault, file="" if path == Path() else path.as_posix())


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a case by their path in it, as far as they are plain files of its own.

    Raises:
        CaseError: the folder cannot be read.
    """
    found, _ = case_files(folder)
    paths = [path for _, path in found] + [folder / OUTCOMES]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in paths
        if _own(path, folder.resolve())
    }


def _own(path: Path, folder: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(folder)


def loaded(files: Mapping[str, bytes]) -> Case:
    """The case that files hold, by their path in it, without a folder.

    Raises:
        CaseError: every fault of all of them.
    """
    draft = Draft()
    for name, raw in sorted(files.items()):
        if name == OUTCOMES:
            continue
        key = "scenarios" if name.startswith("scenarios/") else Path(name).stem
        try:
            draft.add("about" if key == "case" else key, read_document(name, raw.decode()))
        except CaseError as error:
            draft.miss(error)
    check_references(draft, frozenset(table()))
    check_domains(draft)
    if draft.faults:
        raise CaseError(draft.faults)
    return draft.case()
