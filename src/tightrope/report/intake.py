"""Reports as a user gives them, read: findings of those that can be, and why each of the others was set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tightrope.errors import EvidenceError
from tightrope.evidence.found import Findings

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Intake:
    """What was read, in the order given, and what was set aside: the file's name and why."""

    findings: tuple[Findings, ...]
    aside: tuple[tuple[str, str], ...]


def intake(paths: Iterable[Path], progress: Progress | None = None) -> Intake:
    """Read every report in the files and folders.

    Raises:
        EvidenceError: none of them could be read.
    """
    from tightrope.evidence.text import files

    wanted = list(files(paths))
    found: list[Findings] = []
    aside: list[tuple[str, str]] = []
    for place, path in enumerate(wanted):
        if progress:
            progress("reading", place, len(wanted))
        try:
            found += _read(path)
        except EvidenceError as error:
            aside.append((path.name, str(error)))
    if not found:
        why = "; ".join(f"{name}: {what}" for name, what in aside) or "there is no file in what was given"
        raise EvidenceError(f"no report could be read: {why}")
    return Intake(tuple(found), tuple(aside))


def _read(path: Path) -> Iterator[Findings]:
    from tightrope.evidence.reader import findings_of  # type: ignore[import-not-found]
    from tightrope.evidence.text import printed, report_of

    for one in printed(path):
        yield findings_of(report_of(one))


def pasted(name: str, text: str) -> Findings:
    """What a text holds that came without a file.

    Raises:
        EvidenceError: it holds no text, or too much.
    """
    from tightrope.evidence.reader import findings_of
    from tightrope.evidence.text import Printed, doc_of, report_of

    found: Findings = findings_of(report_of(Printed(doc_of(name), text)))
    return found
