"""Many reports, one at a time: each is written whole before the next is read, and a second call goes on where one ended."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tightrope.errors import EvidenceError
from tightrope.evidence.found import Findings
from tightrope.evidence.gazetteer import Gazetteer, gazetteer
from tightrope.evidence.reader import read_report
from tightrope.evidence.store import Store
from tightrope.evidence.text import Printed, files, printed, report_of

Progress = Callable[[str, int, int], None]
# Raised by whoever changes what a report is read as, so that a folder is read afresh.
READER = 1


@dataclass(slots=True)
class Corpus:
    """What a reading came to: counts of rows, reports set aside for their language, and files that could not be read."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    docs: dict[str, None] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    known_before: int = 0
    seconds: float = 0.0

    def as_data(self) -> dict[str, Any]:
        """The object that `read --json` prints."""
        return {
            "reports": len(self.docs),
            "known_before": self.known_before,
            "rows": self.rows,
            "aside": [{"doc": doc, "language": language} for doc, language in self.aside.items()],
            "faults": [{"file": file, "fault": why} for file, why in self.faults.items()],
            "wall_s": round(self.seconds, 3),
            "out": str(self.folder),
        }

    def as_text(self) -> Iterator[str]:
        """The lines that `read` prints."""
        before = f", {self.known_before} of them before" if self.known_before else ""
        yield f"{len(self.docs)} report{'s' * (len(self.docs) != 1)} read in {self.seconds:.1f} s{before}"
        yield ", ".join(f"{count} {name}" for name, count in self.rows.items() if name != "reports")
        for doc, language in self.aside.items():
            yield f"{doc} is set aside: its language is {language!r}, not English"
        if self.faults:
            yield f"{len(self.faults)} could not be read; see {self.folder / 'faults.jsonl'}"
        yield f"Findings: {self.folder}"


def read_corpus(
    paths: Iterable[Path | str],
    out: Path | str,
    known: Gazetteer | None = None,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> Corpus:
    """Read files, folders and feeds into a folder; `tell` hears of each file that cannot be read.

    A report that an earlier call finished is not read again.

    Raises:
        EvidenceError: no report at all could be read.
        OutputError: the folder holds something else or cannot be written.
    """
    began = time.perf_counter()
    given = [Path(path) for path in paths]
    store = Store(Path(out)).opened({"reader": READER, "known": fingerprint(known)})
    corpus = Corpus(store.folder)
    total = sum(1 for _ in files(given)) if progress else 0
    for number, path in enumerate(files(given), start=1):
        try:
            _read_file(path, store, corpus, known or gazetteer())
        except EvidenceError as error:
            corpus.faults[str(path)] = str(error)
            if tell:
                tell(f"{path}: {error}")
        if progress:
            progress("reports", number, total)
    store.write_rows("faults.jsonl", ({"file": file, "fault": why} for file, why in corpus.faults.items()))
    if not corpus.docs:
        raise EvidenceError(_nothing(given, corpus))
    corpus.rows = store.merged(corpus.docs)
    _compare(store, corpus)
    corpus.seconds = time.perf_counter() - began
    return corpus


def _nothing(given: list[Path], corpus: Corpus) -> str:
    if corpus.faults:
        return f"none of {len(corpus.faults)} files could be read; see {corpus.folder / 'faults.jsonl'}"
    return f"no report in {', '.join(map(str, given))}; give files that end in .txt, .html, .pdf or .xml"


def _read_file(path: Path, store: Store, corpus: Corpus, known: Gazetteer) -> None:
    for one in printed(path):
        _read_one(one, path, store, corpus, known)


def _read_one(one: Printed, path: Path, store: Store, corpus: Corpus, known: Gazetteer) -> None:
    digest = sha256(one.raw.encode("utf-8", "replace")).hexdigest()
    doc, header = _place(one.doc, str(path), digest, store)
    if header is None or header["text_sha256"] != digest:
        report = report_of(Printed(doc, one.raw, one.about))
        found = read_report(report, known)
        store.keep(found, {"source": str(path), "text_sha256": digest, "characters": len(one.raw)})
        language = report.language
    else:
        corpus.known_before += 1
        language = header["language"]
    corpus.docs[doc] = None
    if language != "en":
        corpus.aside[doc] = language


def _place(doc: str, source: str, digest: str, store: Store) -> tuple[str, dict[str, Any] | None]:
    """The name under which a report stands in the folder, and its header if it was read before.

    Two files of one name in different folders get two names.
    """
    name, number = doc, 1
    while True:
        header = store.header(name)
        if header is None or header["source"] == source or header["text_sha256"] == digest:
            return name, header
        number += 1
        name = f"{doc}~{number}"


def fingerprint(known: Gazetteer | None) -> str:
    """What tells one set of names from another."""
    if known is None:
        return "shipped"
    names = sorted(f"{entry.actor}|{' '.join(words)}" for found in known.names.values() for words, entry in found)
    return sha256("\n".join((*names, *(one.name for one in known.people))).encode()).hexdigest()


def stored(folder: Path | str) -> Iterator[Findings]:
    """The findings of every report in a folder that `read_corpus` wrote, one at a time."""
    store = Store(Path(folder))
    with (store.folder / "reports.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield store.findings(json.loads(line)["doc"])


def _compare(store: Store, corpus: Corpus) -> None:
    """Write what the reports share and where they disagree."""


__all__ = ["Corpus", "read_corpus", "stored"]
