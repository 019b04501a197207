"""Reports made up for tests: a text, cut into sentences, with what the reader finds in it."""

from __future__ import annotations

import re

from tightrope.evidence.event import events
from tightrope.evidence.figure import figures
from tightrope.evidence.found import Findings, Report, Sentence, Statement
from tightrope.evidence.mention import mentions
from tightrope.evidence.position import positions


def report(text: str, doc: str = "doc", published: str | None = None, author: str | None = None) -> Report:
    """A report whose text needs no cleaning."""
    sentences = [Sentence(m.start(), m.end(), 0) for m in re.finditer(r"[^.!?]+[.!?]*[”\"]?\s*", text)]
    return Report(doc, text, text, range(len(text)), tuple(sentences), published=published, author=author)


def said(text: str, words: str, speaker: str | None, doc: str = "doc", kind: str = "direct") -> Statement:
    """A statement of `words` where they stand in `text`."""
    start = text.index(words)
    return Statement(doc, start, start + len(words), kind, speaker, "test", 1.0)  # type: ignore[arg-type]


def findings(
    text: str,
    statements: tuple[tuple[str, str | None], ...] = (),
    doc: str = "doc",
    published: str | None = None,
    author: str | None = None,
) -> Findings:
    """What is found in a text, given who says which words of it."""
    given = report(text, doc, published, author)
    told = tuple(said(text, words, speaker, doc) for words, speaker in statements)
    named = mentions(given)
    done = events(given, named, told)
    return Findings(given, named, told, done, positions(given, named, told, done), figures(given, named))
