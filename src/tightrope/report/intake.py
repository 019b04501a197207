"""Reports as a user gives them, read: findings of those that can be, and why each of the others was set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tightrope.case.case import Case
from tightrope.errors import EvidenceError
from tightrope.evidence.found import Findings, Report

if TYPE_CHECKING:
    from tightrope.evidence.gazetteer import Gazetteer

Progress = Callable[[str, int, int], None]
ENGLISH = "en"


@dataclass(frozen=True)
class Intake:
    """What was read, in the order given, and what was set aside: the file's name and why."""

    findings: tuple[Findings, ...]
    aside: tuple[tuple[str, str], ...]


def intake(case: Case, paths: Iterable[Path], progress: Progress | None = None) -> Intake:
    """Read every report in the files and folders, with the names that the case adds.

    Raises:
        EvidenceError: none of them could be read.
    """
    from tightrope.evidence.text import files

    wanted, known = list(files(paths)), of_case(case)
    found: list[Findings] = []
    aside: list[tuple[str, str]] = []
    for place, path in enumerate(wanted):
        if progress:
            progress("reading", place, len(wanted))
        try:
            found += _read(path, known)
        except EvidenceError as error:
            aside.append((path.name, str(error)))
    if not found:
        why = "; ".join(f"{name}: {what}" for name, what in aside) or "there is no file in what was given"
        raise EvidenceError(f"no report could be read: {why}")
    return Intake(tuple(found), tuple(aside))


def _read(path: Path, known: Gazetteer | None) -> Iterator[Findings]:
    """Each report of a file; one in another language says so instead of holding nothing."""
    from tightrope.evidence.text import printed, report_of

    for one in printed(path):
        yield _found(report_of(one), known)


def pasted(case: Case, name: str, text: str) -> Findings:
    """What a text holds that came without a file.

    Raises:
        EvidenceError: it holds no text, or too much, or is in a language that the reader does not know.
    """
    from tightrope.evidence.text import Printed, doc_of, report_of

    return _found(report_of(Printed(doc_of(name), text)), of_case(case))


def _found(report: Report, known: Gazetteer | None) -> Findings:
    from tightrope.evidence.reader import read_report

    if report.language != ENGLISH:
        raise EvidenceError(
            f"its language is {report.language!r}, and only English is read; give a translation"
        )
    return read_report(report, known)


def of_case(case: Case) -> Gazetteer:
    """The names that the reader knows, with those of the case."""
    from tightrope.evidence.gazetteer import extended

    actors = [
        {
            "name": one.name,
            "kind": one.kind,
            "code": one.id if one.kind == "state" else one.of,
            "also": one.aliases,
        }
        for one in case.actors
    ]
    return extended([*actors, *({"name": one.name, "kind": "entity"} for one in case.entities)])
