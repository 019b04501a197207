"""Findings on disk: a file for each report, whole or not there, and from them one file for each kind of finding.

DIR/reading.json            what made the folder
DIR/reports/DOC.jsonl       one report: a header, its findings, an end
DIR/texts/DOC.txt           the text that the offsets count in
DIR/statements.jsonl …      all reports together, in the order in which they were read
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from tightrope.errors import OutputError
from tightrope.evidence.found import Event, Figure, Findings, Mention, Position, Report, Statement
from tightrope.evidence.text import Printed, report_of

MARK = "reading.json"
KINDS: Mapping[str, type] = {
    "mentions": Mention,
    "statements": Statement,
    "events": Event,
    "positions": Position,
    "figures": Figure,
}
_HEADER = ("doc", "title", "published", "author", "outlet", "language")


class Store:
    """A folder of findings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports, self.texts = folder / "reports", folder / "texts"

    def opened(self, made_by: Mapping[str, Any]) -> Store:
        """Make the folder, or go on with one that the same version began.

        Raises:
            OutputError: it holds something else, or cannot be made.
        """
        mark = self.folder / MARK
        if self.folder.is_dir() and any(self.folder.iterdir()) and not mark.is_file():
            raise OutputError(f"{self.folder} holds something else; name another folder with --out")
        try:
            self.reports.mkdir(parents=True, exist_ok=True)
            self.texts.mkdir(exist_ok=True)
            if _read(mark) != made_by:
                for old in self.reports.glob("*.jsonl"):
                    old.unlink()
                write_whole(mark, [json.dumps(made_by)])
        except OSError as error:
            raise OutputError(
                f"{self.folder} cannot be written: {error.strerror}; name another folder"
            ) from None
        return self

    def header(self, doc: str) -> dict[str, Any] | None:
        """The header of a report that was read to its end; None otherwise."""
        try:
            with (self.reports / f"{doc}.jsonl").open("rb") as file:
                head = json.loads(file.readline())
                file.seek(max(file.seek(0, os.SEEK_END) - 20, 0))
                return head if file.read().endswith(b'{"row": "end"}\n') else None
        except (OSError, ValueError):
            return None

    def digests(self) -> frozenset[str]:
        """The digests of all texts that were read to their end."""
        headers = (self.header(path.stem) for path in self.reports.glob("*.jsonl"))
        return frozenset(one["text_sha256"] for one in headers if one is not None)

    def keep(self, found: Findings, header: Mapping[str, Any]) -> None:
        """Write a report's text and findings."""
        doc = found.report.doc
        write_whole(self.texts / f"{doc}.txt", [found.report.raw], end="")
        write_whole(self.reports / f"{doc}.jsonl", _rows(found, header))

    def merged(self, docs: Iterable[str]) -> dict[str, int]:
        """Write the files of all reports together; how many rows each has."""
        names = ("reports", *KINDS)
        drafts = {name: self.folder / f".{name}.{os.getpid()}.part" for name in names}
        counts = dict.fromkeys(names, 0)
        try:
            files = {name: draft.open("w", encoding="utf-8", newline="\n") for name, draft in drafts.items()}
            try:
                for doc in docs:
                    for row in self.rows(doc):
                        name = row.pop("row")
                        row.pop("at", None)
                        files[name].write(json.dumps(row, ensure_ascii=False) + "\n")
                        counts[name] += 1
            finally:
                for file in files.values():
                    file.close()
            for name, draft in drafts.items():
                _settle(draft)
                os.replace(draft, self.folder / f"{name}.jsonl")
        except OSError as error:
            raise OutputError(f"{self.folder} cannot be written: {error.strerror}; free some space") from None
        finally:
            for draft in drafts.values():
                with suppress(OSError):
                    draft.unlink(missing_ok=True)
        return counts

    def rows(self, doc: str) -> Iterator[dict[str, Any]]:
        """The rows of one report, its header first; `row` names the file that each belongs to."""
        with (self.reports / f"{doc}.jsonl").open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                if row["row"] != "end":
                    yield row

    def findings(self, doc: str) -> Findings:
        """A report and its findings, as they were when it was read."""
        rows = list(self.rows(doc))
        raw = (self.texts / f"{doc}.txt").read_bytes().decode("utf-8")
        found = {
            name: tuple(_record(kind, row) for row in rows if row["row"] == name)
            for name, kind in KINDS.items()
        }
        about = {name: rows[0][name] for name in _HEADER}
        return Findings(replace(report_of(Printed(doc, raw)), **about), **found)

    def write_rows(self, name: str, rows: Iterable[object]) -> int:
        """Write one further file of records or mappings; how many there are."""
        count = 0

        def lines() -> Iterator[str]:
            nonlocal count
            for row in rows:
                count += 1
                yield json.dumps(row if isinstance(row, Mapping) else as_row(row), ensure_ascii=False)

        write_whole(self.folder / name, lines())
        return count


def _rows(found: Findings, header: Mapping[str, Any]) -> Iterator[str]:
    report = found.report
    about = {name: getattr(report, name) for name in _HEADER}
    yield json.dumps({"row": "reports", **about, **header}, ensure_ascii=False)
    for name in KINDS:
        for one in getattr(found, name):
            row = as_row(one)
            if name == "mentions":
                start, end = report.spot(one.start, one.end)
                row = {"doc": report.doc, **row, "start": start, "end": end, "at": [one.start, one.end]}
            yield json.dumps({"row": name, **row}, ensure_ascii=False)
    yield json.dumps({"row": "end"})


def as_row(one: Any) -> dict[str, Any]:
    """A record as a row of a JSON-lines file."""
    return {each.name: getattr(one, each.name) for each in fields(one)}


def _record(kind: type, row: dict[str, Any]) -> Any:
    start, end = row.get("at") or (row["start"], row["end"])
    row = {**row, "start": start, "end": end}
    return kind(**{each.name: row[each.name] for each in fields(kind) if each.name in row})


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def write_whole(path: Path, lines: Iterable[str], end: str = "\n") -> None:
    """Write a file, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", errors="replace", newline="") as file:
            for line in lines:
                file.write(line + end)
        os.replace(draft, path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror}; free some space or name another folder"
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Have the system put a file on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


__all__ = ["Report", "Store", "as_row", "write_whole"]
