"""Reports as a user gives them, read: findings of those that can be, and why each of the others was set aside."""

from __future__ import annotations

import signal
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tightrope.case.case import Case
from tightrope.errors import EvidenceError
from tightrope.evidence.found import Findings, Report

if TYPE_CHECKING:
    from tightrope.evidence.gazetteer import Gazetteer
    from tightrope.report.corpus import Corpus

Progress = Callable[[str, int, int], None]
ENGLISH = "en"
# What is read of a page's request: one report, not an archive.
BYTES, CHARACTERS, SECONDS = 5_000_000, 200_000, 40.0
ELSEWHERE = "read it with `tightrope read` or `tightrope update`"
Done = TypeVar("Done")


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


def read_bytes(case: Case, name: str, data: bytes) -> Findings:
    """What the first report in some bytes holds; `name` is that of their file.

    Raises:
        EvidenceError: they hold no report, or too much, or are in a language that the reader does not know.
    """
    from tightrope.evidence.text import printed_of, report_of

    if len(data) > BYTES:
        raise EvidenceError(f"it has more than {BYTES // 1_000_000} MB; {ELSEWHERE}")
    found = next(printed_of(Path(name), data), None)
    if found is None:
        raise EvidenceError("it is a feed without entries")
    if len(found.raw) > CHARACTERS:
        raise EvidenceError(f"its text has more than {CHARACTERS:,} characters; {ELSEWHERE}")
    return _found(report_of(found), of_case(case))


def corpus_of(case: Case, given: Sequence[tuple[str, bytes]]) -> Corpus:
    """Several reports, compared, as a page shows them; what cannot be read is set aside.

    Raises:
        EvidenceError: none of them could be read.
    """
    from tightrope.evidence.conflict import conflicts
    from tightrope.evidence.index import index_of
    from tightrope.evidence.link import links
    from tightrope.report.corpus import gathered

    found: dict[str, Findings] = {}
    aside: list[tuple[str, str]] = []
    for name, data in given:
        try:
            one = read_bytes(case, name, data)
        except EvidenceError as error:
            aside.append((name, str(error)))
            continue
        found[_free(one.report.doc, found)] = one
    if not found:
        why = "; ".join(f"{name}: {what}" for name, what in aside[:3])
        raise EvidenceError(f"no report could be read: {why or 'there is none'}")
    named = [_renamed(one, doc) for doc, one in found.items()]
    index = index_of(named)
    return gathered(named, links(index), conflicts(index), aside)


def _free(name: str, taken: Collection[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}~{number}", number + 1
    return found


def _renamed(found: Findings, doc: str) -> Findings:
    """The findings under another name of their report."""
    if found.report.doc == doc:
        return found
    parts = {
        name: tuple(replace(one, doc=doc) for one in getattr(found, name))
        for name in ("statements", "events", "positions", "figures")
    }
    return replace(found, report=replace(found.report, doc=doc), **parts)


def within(seconds: float, work: Callable[..., Done], *given: Any) -> Done:
    """Have work done, and end it where it takes longer; only in the main thread of a process, and not on Windows.

    Raises:
        EvidenceError: it took longer.
    """
    if not hasattr(signal, "setitimer"):
        return work(*given)

    def late(number: int, frame: object) -> None:
        raise EvidenceError(f"reading it took longer than {seconds:g} seconds; {ELSEWHERE}")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return work(*given)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
