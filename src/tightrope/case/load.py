"""Reads a case folder into a `Case`, or says everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from tightrope.case.case import Case
from tightrope.case.document import read_document
from tightrope.case.domain import check_domains
from tightrope.case.draft import Draft
from tightrope.case.folder import case_files, find_case
from tightrope.case.reference import check_references
from tightrope.case.text import read_text
from tightrope.errors import CaseError


def load_case(path: Path | str, parameters: Collection[str] | None = None) -> Case:
    """Load the case in the folder `path`, or a shipped one by its name, as in `load_case("kazakhstan-2022")`.

    With `parameters` (the names that the model knows) the paths of scenarios are checked against them too.
    Raises `CaseError` with all faults of all files.
    """
    folder = find_case(path)
    files, faults = case_files(folder)
    draft = Draft(faults=faults)
    for field, file in files:
        try:
            draft.add(field, read_document(str(file), read_text(file, folder)))
        except CaseError as error:
            draft.miss(error)
    check_references(draft, parameters)
    check_domains(draft)
    if draft.faults:
        raise CaseError(draft.faults)
    return draft.case()
