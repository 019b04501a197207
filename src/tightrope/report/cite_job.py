"""What `tightrope votes figures` does: estimate, and write ideal points into a case as figures with their source."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tightrope import __version__
from tightrope.case.folder import find_case
from tightrope.case.load import load_case
from tightrope.engine.output import write_text
from tightrope.errors import MeasureError
from tightrope.measure.cache import digest
from tightrope.measure.standing import Standing
from tightrope.measure.votes import RollCalls
from tightrope.report import cited_points
from tightrope.report.cited_points import Point
from tightrope.report.votes_job import Progress

FIGURES, SOURCES = "figures.yaml", "sources.yaml"


@dataclass(frozen=True)
class Asked:
    """What is to be cited.

    `instead` names a state that stands for an actor, `last` how many of the last sessions are cited; `source` is the
    id of the source that the claims name, and `published` the day or month from which runs may know them: when the
    votes that they are made from were published.
    """

    instead: Mapping[str, str]
    source: str
    published: str
    last: int = 3
    anchors: tuple[str, ...] = ("USA", "RUS")
    seed: int = 1


@dataclass(frozen=True)
class Citing:
    """The figures found, the source's line, and both files as they are to be."""

    found: Mapping[str, tuple[Point, ...]]
    line: str
    figures: str
    sources: str

    def as_data(self) -> dict[str, Any]:
        """The object that `votes figures --json` prints."""
        return {
            "source": self.line.strip().removeprefix("- "),
            "figures": {name: [_shown(one) for one in points] for name, points in self.found.items()},
        }


def _shown(one: Point) -> dict[str, float]:
    return {
        "session": one.session,
        "mean": round(one.mean, 3),
        "p05": round(one.low, 3),
        "p95": round(one.high, 3),
    }


def cite_votes(
    case: str, rolls: RollCalls, paths: Sequence[Path], asked: Asked, progress: Progress | None = None
) -> Citing:
    """Estimate one dimension and make the figures `*.ideal_point` of a case from it; nothing is written.

    Args:
        case: a case's folder, or a shipped case.
        rolls: what to estimate from, already cut to sessions and dates.
        paths: the files that they were read from, for the source's note.
        asked: what is to be cited, and how.
        progress: told how far the estimate is.

    Raises:
        CaseError: the case does not load. MeasureError: an actor that no state stands for, or that has no vote.
    """
    from tightrope.measure.ideal_points import fit

    folder = find_case(case)
    loaded = load_case(folder)
    members = {actor.id: tuple(actor.members) for actor in loaded.actors}
    states = cited_points.wanted({one.id: one.about for one in loaded.figures}, members, asked.instead)
    made = fit(rolls, dims=1, anchors=asked.anchors, seed=asked.seed, progress=progress)
    whole = Standing(made.sessions, made.states, made.mean, made.p05, made.p95)
    standing = cited_points.standardised(whole)
    sessions = standing.sessions[-asked.last :]
    found = {
        name: tuple(cited_points.point(standing, own, session) for session in sessions)
        for name, own in states.items()
    }
    line = source_line(rolls, paths, asked)
    before, sources = _text(folder / FIGURES), _text(folder / SOURCES)
    after = cited_points.rewritten(before, found, asked.source)
    others = [
        after,
        *(_text(path) for path in sorted(folder.rglob("*.yaml")) if path.name not in (FIGURES, SOURCES)),
    ]
    kept = cited_points.without_unused(sources, before, others)
    return Citing(found, line, after, cited_points.with_source(kept, asked.source, line))


def write(case: str, made: Citing) -> Path:
    """Write both files into the case's folder and return it; a case that then does not load is put back as it was.

    Raises:
        CaseError: what would be wrong with it. OutputError: the folder cannot be written.
    """
    folder = find_case(case)
    before = {name: _text(folder / name) for name in (FIGURES, SOURCES)}
    try:
        write_text(folder / SOURCES, made.sources)
        write_text(folder / FIGURES, made.figures)
        load_case(folder)
    except BaseException:
        for name, text in before.items():
            write_text(folder / name, text)
        raise
    return folder


def source_line(rolls: RollCalls, paths: Sequence[Path], asked: Asked) -> str:
    """The source of the estimates as one line of `sources.yaml`: what they are made from, how, and by which version."""
    first, last = rolls.sessions[0], rolls.sessions[-1]
    files = "; ".join(f"{path.name} SHA-256 {digest(path)[:12]}" for path in paths)
    title = f"Ideal points from General Assembly votes of sessions {first}-{last}, up to {rolls.date.max()}"
    note = (
        "own estimate, not a publication; one dimension, dynamic ordinal model after Bailey, Strezhnev and Voeten "
        f"2017; {len(rolls)} roll calls, {rolls.votes} votes, anchors {' above '.join(asked.anchors)}, "
        f"seed {asked.seed}; standardised within each session; from {files}; command: tightrope votes figures"
    )
    return (
        f"  - {{id: {asked.source}, title: {json.dumps(title)}, "
        f'publisher: "Tightrope {__version__} (own estimate)", kind: dataset, published: {asked.published}, '
        f"licence: MIT, note: {json.dumps(note, ensure_ascii=False)}}}"
    )


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MeasureError(f"{path} cannot be read: {error}") from None
