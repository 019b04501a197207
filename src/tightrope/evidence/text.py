"""Reports out of files: text, web pages, PDF, feeds, folders of them; each with a clean copy and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tightrope.errors import EvidenceError
from tightrope.evidence.boilerplate import kept
from tightrope.evidence.clean import cleaned, paragraphs, plain
from tightrope.evidence.file import LARGEST, contents, decoded, is_report, kind_of
from tightrope.evidence.found import Report
from tightrope.evidence.language import language_of
from tightrope.evidence.masthead import NOTHING_SAID, Masthead, masthead
from tightrope.evidence.sentence import sentences

# A text that is longer than the first and holds, in a stretch of the second, fewer letters than the share is no prose.
_LONG, _SAMPLE, _LETTERS = 20_000, 4000, 0.4
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as it stands, before it is cleaned, and what its file says about it."""

    doc: str
    raw: str
    about: Masthead = NOTHING_SAID


def doc_of(name: str) -> str:
    """A report's name out of a file's: without its ending and without what could lead out of a folder.

    >>> doc_of("001_talks.txt"), doc_of("../../x y.html"), doc_of("a.txt.gz")
    ('001_talks', 'x_y', 'a')
    """
    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = Path(stem).stem if not stem.endswith(".gz") else Path(Path(stem).stem).stem
    return _UNSAFE.sub("_", stem).strip("._")[:120] or "report"


def report_of(printed: Printed) -> Report:
    """A report, cleaned and cut into sentences.

    Raises:
        EvidenceError: it holds no text.
    """
    if len(printed.raw) > LARGEST["text"]:
        raise EvidenceError(f"its text is longer than {LARGEST['text'] // 1_000_000} MB; split it")
    _must_be_prose(printed.raw)
    copy = plain(printed.raw)
    pieces = paragraphs(copy.text)
    texts = [copy.text[piece.start : piece.end].replace("\n", " ") for piece in pieces]
    keep = kept(texts)
    said = masthead(texts, keep)
    chosen = [p for n, p in enumerate(pieces) if keep[n] and n not in said.lines]
    if not any(text.strip() for text in texts):
        raise EvidenceError("it holds no text; give a report that does")
    clean, lines = cleaned(copy, chosen)
    about = printed.about
    return Report(
        doc=printed.doc,
        raw=printed.raw,
        text=clean.text,
        origin=clean.origin,
        sentences=sentences(clean.text, lines),
        title=about.title or said.title,
        published=about.published or said.published,
        author=about.author or said.author,
        outlet=about.outlet or said.outlet,
        language=language_of(clean.text),
    )


def _must_be_prose(raw: str) -> None:
    """Refuse what is long and holds hardly any words: tables, logs, what was made to be slow to read."""
    if len(raw) < _LONG:
        return
    for start in range(0, len(raw), max(len(raw) // 8, _SAMPLE)):
        sample = raw[start : start + _SAMPLE]
        if len(sample) < _SAMPLE:
            return
        letters, spaces = (sum(map(test, sample)) for test in (str.isalpha, str.isspace))
        if letters < _LETTERS * (len(sample) - spaces) or letters < 0.02 * len(sample):
            raise EvidenceError(
                f"from character {start} on it holds hardly any words; give running text, not a table or a log"
            )


def report_from(path: Path | str) -> Report:
    """The report that a file holds; the first one of a feed.

    Raises:
        EvidenceError: the file cannot be read as a report; says why and what would be right.
    """
    path = Path(path)
    try:
        return report_of(next(printed(path)))
    except StopIteration:
        raise EvidenceError(f"{path}: it is a feed without entries") from None
    except EvidenceError as error:
        raise EvidenceError(f"{path}: {error}") from None


def printed(path: Path) -> Iterator[Printed]:
    """The texts of a file: one, or one for each entry of a feed.

    Raises:
        EvidenceError: the file cannot be read; the message does not name it.
    """
    yield from printed_of(path, contents(path))


def printed_of(path: Path, data: bytes) -> Iterator[Printed]:
    """The same of bytes that were read from a file of that name.

    Raises:
        EvidenceError: they hold no report; the message does not name the file.
    """
    kind = kind_of(path, data)
    doc = doc_of(path.name)
    if kind == "webpage":
        from tightrope.evidence.webpage import page_of

        yield Printed(doc, *page_of(data))
    elif kind == "pdf":
        from tightrope.evidence.pdf import document_of

        yield Printed(doc, *document_of(data))
    elif kind == "feed":
        from tightrope.evidence.feed import entries

        for number, (raw, about) in enumerate(entries(data), start=1):
            yield Printed(f"{doc}-{number:03}", raw, about)
    else:
        yield Printed(doc, decoded(data))


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to read: each one named, and those of a folder, and of its folders, that look like reports."""
    for path in paths:
        if path.is_dir():
            yield from (
                found
                for found in sorted(path.rglob("*"))
                if found.is_file() and is_report(found) and not found.name.startswith(".")
            )
        else:
            yield path
