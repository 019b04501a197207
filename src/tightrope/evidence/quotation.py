"""Passages between quotation marks, and units of text that no quotation is cut by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tightrope.evidence.found import Report
from tightrope.evidence.saying import Cue, cues


class Quotation(NamedTuple):
    """What stands between two marks: offsets of the words, marks excluded; `open` if its closing mark is elsewhere."""

    start: int
    end: int
    left_open: bool = False


class Unit(NamedTuple):
    """One sentence, or several that a quotation holds together; quotations are masked in `masked`."""

    start: int
    end: int
    paragraph: int
    masked: str
    quotations: tuple[Quotation, ...]
    first: bool
    cues: tuple[Cue, ...]


FILL = "¤"
# No sentence of prose has more verbs of saying; in what has, the rest is not looked at.
MOST_CUES = 40


def units(report: Report) -> list[Unit]:
    """The units of a report, in order."""
    found: list[Unit] = []
    run: list[tuple[int, int]] = []
    depth = 0
    sentences = report.sentences
    begins = True
    for number, sentence in enumerate(sentences):
        run.append((sentence.start, sentence.end))
        opened = report.text.rfind("“", sentence.start, sentence.end)
        closed = report.text.rfind("”", sentence.start, sentence.end)
        depth = depth if opened == closed else int(opened > closed)
        last = number + 1 == len(sentences) or sentences[number + 1].paragraph != sentence.paragraph
        if depth == 0 or last:
            found.append(_unit(report.text, run[0][0], run[-1][1], sentence.paragraph, begins))
            run, depth, begins = [], 0, last
    return found


def _unit(text: str, start: int, end: int, paragraph: int, first: bool) -> Unit:
    quotations = tuple(_quotations(text, start, end))
    pieces, at = [], start
    for one in quotations:
        pieces.append(text[at : one.start])
        pieces.append(FILL * (one.end - one.start))
        at = one.end
    pieces.append(text[at:end])
    masked = "".join(pieces)
    return Unit(start, end, paragraph, masked, quotations, first, tuple(islice(cues(masked), MOST_CUES)))


def _quotations(text: str, start: int, end: int) -> Iterator[Quotation]:
    """The outer quotations of a stretch; single marks count only where no double ones are used."""
    opening, closing = ("“", "”") if "“" in text[start:end] else ("‘", "’")
    at = start
    while (opened := text.find(opening, at, end)) >= 0:
        closed = text.find(closing, opened + 1, end)
        if closed < 0:
            yield Quotation(opened + 1, end, True)
            return
        if closed > opened + 1:
            yield Quotation(opened + 1, closed)
        at = closed + 1
