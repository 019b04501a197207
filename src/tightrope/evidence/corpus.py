"""Many reports, one at a time: each is written whole before the next is read; a second call goes on where one ended."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tightrope.errors import EvidenceError, OutputError
from tightrope.evidence.backend import Backend, Wanted, backends, names
from tightrope.evidence.conflict import conflicting
from tightrope.evidence.found import Findings
from tightrope.evidence.gazetteer import Gazetteer, gazetteer
from tightrope.evidence.index import Index
from tightrope.evidence.likeness import likened
from tightrope.evidence.link import linked
from tightrope.evidence.reader import read_report
from tightrope.evidence.store import Store
from tightrope.evidence.text import Printed, files, printed, report_of

Progress = Callable[[str, int, int], None]
# Raised by whoever changes what a report is read as, so that a folder is read afresh.
READER = 1


@dataclass(slots=True)
class Corpus:
    """What a reading came to: counts of rows, reports in another language, and files that could not be read."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    docs: dict[str, None] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    known_before: int = 0
    seconds: float = 0.0

    def as_data(self) -> dict[str, Any]:
        """The object that `read --json` prints."""
        return {
            "reports": len(self.docs),
            "known_before": self.known_before,
            "rows": self.rows,
            "left_out": self.left_out,
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
        if self.left_out:
            lesser = " and ".join(f"{count} {name}" for name, count in self.left_out.items())
            yield f"left out, of passages told again and again: {lesser} that matter less"
        for doc, language in self.aside.items():
            yield f"{doc} is set aside: its language is {language!r}, not English"
        if self.faults:
            yield f"{len(self.faults)} could not be read; see {self.folder / 'faults.jsonl'}"
        yield f"Findings: {self.folder}"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading one file after another needs, and what it fills."""

    store: Store
    corpus: Corpus
    known: Gazetteer
    aids: tuple[Backend, ...]


def read_corpus(
    paths: Iterable[Path | str],
    out: Path | str,
    known: Gazetteer | None = None,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
    wanted: Wanted | None = None,
    cluster: str | None = None,
) -> Corpus:
    """Read files, folders and feeds into a folder; `tell` hears of each file that cannot be read.

    A report that an earlier call finished is not read again. `wanted` names back ends; a `cluster` (the address of its
    scheduler, or `here`) reads to the same files as one process.

    Raises:
        EvidenceError: no report at all could be read, or a back end or the cluster cannot be had.
        OutputError: the folder holds something else or cannot be written.
    """
    began = time.perf_counter()
    given, aids = [Path(path) for path in paths], backends(wanted or Wanted())
    made_by = {"reader": READER, "known": fingerprint(known), **({"aids": names(aids)} if aids else {})}
    store = Store(Path(out)).opened(made_by)
    reading = _Reading(store, Corpus(store.folder), known or gazetteer(), aids)
    corpus = reading.corpus
    total = sum(1 for _ in files(given)) if progress else 0
    for number, (path, fault) in enumerate(_each(reading, given, wanted or Wanted(), cluster), start=1):
        if fault is not None:
            corpus.faults[str(path)] = fault
            if tell:
                tell(f"{path}: {fault}")
        if progress:
            progress("reports", number, total)
    store.write_rows("faults.jsonl", ({"file": file, "fault": why} for file, why in corpus.faults.items()))
    if not corpus.docs:
        raise EvidenceError(_nothing(given, corpus))
    corpus.rows = store.merged(corpus.docs)
    _compare(store, corpus, aids)
    corpus.seconds = time.perf_counter() - began
    return corpus


def _each(
    reading: _Reading, given: list[Path], wanted: Wanted, cluster: str | None
) -> Iterator[tuple[Path, str | None]]:
    """Read every file, here or on a cluster, and say what was wrong with it."""
    if cluster is None:
        for path in files(given):
            try:
                for one in printed(path):
                    _read_one(reading, path, one, None)
            except EvidenceError as error:
                yield path, str(error)
            except Exception as error:  # a rule of ours that fails on one report must not cost the others
                if os.environ.get("TIGHTROPE_TRACE") or isinstance(error, OutputError):
                    raise
                yield path, _our_fault(error)
            else:
                yield path, None
        return
    from tightrope.evidence.cluster import in_order

    for path, read in in_order(files(given), reading.known, wanted, reading.store.digests(), cluster):
        for one, found in read.reports:
            _read_one(reading, path, one, found)
        yield path, read.fault


def _our_fault(error: Exception) -> str:
    return (
        f"a fault of ours ({type(error).__name__}: {error}); please report it, TIGHTROPE_TRACE=1 shows where"
    )


def _nothing(given: list[Path], corpus: Corpus) -> str:
    if corpus.faults:
        return f"none of {len(corpus.faults)} files could be read; see {corpus.folder / 'faults.jsonl'}"
    return f"no report in {', '.join(map(str, given))}; give files that end in .txt, .html, .pdf or .xml"


def _read_one(reading: _Reading, path: Path, one: Printed, found: Findings | None) -> None:
    """Keep what a text holds, as a cluster found it or by reading it here, unless it is kept already."""
    store, corpus = reading.store, reading.corpus
    digest = sha256(one.raw.encode("utf-8", "replace")).hexdigest()
    doc, header = _place(one.doc, str(path), digest, store)
    if header is None or header["text_sha256"] != digest:
        if found is None or found.report.doc != doc:
            found = read_report(report_of(Printed(doc, one.raw, one.about)), reading.known, reading.aids)
        store.keep(found, {"source": str(path), "text_sha256": digest, "characters": len(one.raw)})
        language = found.report.language
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
    names = sorted(
        f"{entry.actor}|{' '.join(words)}" for found in known.names.values() for words, entry in found
    )
    return sha256("\n".join((*names, *(one.name for one in known.people))).encode()).hexdigest()


def stored(folder: Path | str) -> Iterator[Findings]:
    """The findings of every report in a folder that `read_corpus` wrote, one at a time."""
    store = Store(Path(folder))
    with (store.folder / "reports.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield store.findings(json.loads(line)["doc"])


def _compare(store: Store, corpus: Corpus, aids: tuple[Backend, ...]) -> None:
    """Write what the reports share and where they disagree."""
    path = store.folder / f".compared.{os.getpid()}.part"
    path.unlink(missing_ok=True)
    index = Index(path)
    try:
        for doc in corpus.docs:
            index.add(store.findings(doc))
        corpus.rows["links"] = store.write_rows("links.jsonl", likened(index, linked(index), aids))
        corpus.rows["conflicts"] = store.write_rows("conflicts.jsonl", conflicting(index))
        corpus.left_out = {name: count for name, count in index.left_out.items() if count}
    except sqlite3.Error as error:
        raise OutputError(f"{path} cannot be written: {error}; free some space") from None
    finally:
        index.close()
        path.unlink(missing_ok=True)


__all__ = ["Corpus", "read_corpus", "stored"]
