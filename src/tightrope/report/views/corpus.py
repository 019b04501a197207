"""/api/corpus: the user's own reports, read and compared: conflicts, and the texts with what was found in them."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from tightrope.case.case import Case
from tightrope.errors import EvidenceError
from tightrope.report import intake
from tightrope.report.ask import DEFAULT, Wanted, wanted
from tightrope.report.corpus import Corpus
from tightrope.report.desk import Desk
from tightrope.report.kept import Kept
from tightrope.report.views.library import Form

# Reports at a time, and seconds for all of them.
REPORTS, SECONDS = 40, 60.0
NO_TEXTS = (
    "No reports are open yet. Choose files of your own above. Whoever starts this server can also give it a folder of "
    "reports, with the option --texts."
)


class File(Form):
    """A report's file: its name, and its bytes in base64."""

    name: Annotated[str, Field(max_length=200)]
    data: Annotated[str, Field(max_length=intake.BYTES * 4 // 3 + 4)]


class Files(Form):
    """Reports that are to be read and compared; nothing of them is kept."""

    ask: Wanted
    files: Annotated[list[File], Field(min_length=1, max_length=REPORTS)]


def router(desk: Desk) -> APIRouter:
    """The routes of this view."""
    made = APIRouter()
    kept: Kept[dict[str, Any]] = Kept(2)

    @made.get("/corpus")
    def corpus(case: str = DEFAULT) -> dict[str, Any]:
        if desk.texts is None:
            return {"none": NO_TEXTS}
        seen = desk.situation(wanted(case))
        paths = _paths(desk.texts)
        key = (seen.key, tuple((path, path.stat().st_mtime_ns) for path in paths))
        return kept.get(
            key, lambda: _told(desk, seen.case, [(path.name, path.read_bytes()) for path in paths])
        )

    @made.post("/corpus")
    def chosen(asked: Files) -> dict[str, Any]:
        given = [(one.name, _bytes(one)) for one in asked.files]
        return _told(desk, desk.situation(asked.ask).case, given)

    return made


def _paths(folder: Path) -> list[Path]:
    """The reports of a folder, as many as a page compares; links that lead out of it are left alone."""
    from tightrope.evidence.text import files

    inside = folder.resolve()
    found = (path for path in files([folder]) if path.resolve().is_relative_to(inside))
    return [path for path, _ in zip(found, range(REPORTS), strict=False)]


def _bytes(one: File) -> bytes:
    try:
        return b64decode(one.data, validate=True)
    except ValueError:
        raise EvidenceError(f"{one.name} did not come through whole; choose it again") from None


def _told(desk: Desk, case: Case, given: list[tuple[str, bytes]]) -> dict[str, Any]:
    """What was read, by a process of its own and within its time."""
    return asdict(desk.aside(read, case, given))


def read(case: Case, given: list[tuple[str, bytes]]) -> Corpus:
    """Read and compare reports, or say that it takes too long."""
    return intake.within(SECONDS, intake.corpus_of, case, given)
