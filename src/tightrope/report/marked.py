"""A report's text cut into pieces by what was found in it, so that each piece can be shown with its finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tightrope.evidence.found import Report

# What the reader leaves out of a text is told apart where it is so long, in characters.
DROPPED = 20


@dataclass(frozen=True)
class Find:
    """One finding as shown: its place, kind and words, and what it can be filtered by."""

    id: str
    kind: str
    start: int
    end: int
    text: str
    actors: tuple[str, ...] = ()
    issue: str | None = None
    low: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same finds; `anchors` are those that begin here."""

    text: str
    finds: tuple[str, ...]
    kinds: tuple[str, ...]
    anchors: tuple[str, ...]
    dropped: bool = False


def pieces(report: Report, finds: Sequence[Find]) -> tuple[Piece, ...]:
    """The whole text in order, cut wherever a find or something left out begins or ends."""
    raw = report.raw
    left_out = dropped(report)
    inside = [one for one in finds if 0 <= one.start < one.end <= len(raw)]
    edges = [*((one.start, one.end) for one in inside), *left_out]
    cuts = sorted({0, len(raw), *(cut for edge in edges for cut in edge)})
    starting, ending = _by_place(inside)
    current: dict[str, str] = {}
    found, gap = [], 0
    for start, end in pairwise(cuts):
        for one in ending.get(start, ()):
            current.pop(one.id, None)
        begun = starting.get(start, ())
        current |= {one.id: one.kind for one in begun}
        while gap < len(left_out) and left_out[gap][1] <= start:
            gap += 1
        gone = gap < len(left_out) and left_out[gap][0] <= start
        kinds = tuple(sorted(set(current.values())))
        found.append(Piece(raw[start:end], tuple(current), kinds, tuple(one.id for one in begun), gone))
    return tuple(found)


def _by_place(finds: Iterable[Find]) -> tuple[dict[int, list[Find]], dict[int, list[Find]]]:
    starting: dict[int, list[Find]] = {}
    ending: dict[int, list[Find]] = {}
    for one in finds:
        starting.setdefault(one.start, []).append(one)
        ending.setdefault(one.end, []).append(one)
    return starting, ending


def dropped(report: Report) -> tuple[tuple[int, int], ...]:
    """The stretches of the text that the reader took for no prose: menus, bylines and the like."""
    found, last = [], 0
    for place in (*report.origin, len(report.raw)):
        gone = report.raw[last:place]
        if len(gone) >= DROPPED and any(one.isalnum() for one in gone):
            found.append((last, place))
        last = max(last, place + 1)
    return tuple(found)


def excerpt(raw: str, start: int, end: int, around: int = 90) -> tuple[str, str, str]:
    """A passage with what stands before and after it, cut at words and each on one line."""
    before = raw[max(0, start - around) : start]
    after = raw[end : end + around]
    if start > around:
        before = f"… {before.partition(' ')[2]}"
    if end + around < len(raw):
        after = f"{after.rpartition(' ')[0]} …"
    return _line(before), _line(raw[start:end]), _line(after)


def _line(text: str) -> str:
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{' '.join(text.split())}{tail}"
