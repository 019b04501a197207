"""The page of a corpus, as one file: conflicts first, then the reports side by side with what was found in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from pathlib import Path
from typing import Any

from tightrope.engine.output import write_text
from tightrope.evidence.found import Conflict, Event, Figure, Findings, Link, Position, Report, Statement
from tightrope.report.marked import Find, Piece, excerpt, pieces
from tightrope.report.page import rendered, static

PAGE = "corpus.html"
# A page holds no more, so that it opens in any browser; the JSON lines beside it hold everything.
REPORTS, CHARACTERS, CONFLICTS, LINKS, CHOICES = 60, 1_500_000, 200, 200, 60
SURE = 0.6
KINDS = ("statements", "events", "positions", "figures")
WEIGHTS = {3: "bears on results", 2: "should be known", 1: "minor"}
LEVELS = ("same quotation", "paraphrase", "related")
REALIS = {"happened": "", "denied": "denied", "hypothetical": "hypothetical", "planned": "planned"}


@dataclass(frozen=True)
class Sheet:
    """One report as shown: what it says of itself, its text in pieces, and its finds in order."""

    id: str
    doc: str
    title: str
    about: tuple[str, ...]
    language: str
    pieces: tuple[Piece, ...]
    finds: tuple[Find, ...]


@dataclass(frozen=True)
class Side:
    """One passage of a pair, with what stands around it, and the place in its report if that is shown."""

    doc: str
    title: str
    place: str | None
    before: str
    passage: str
    after: str


@dataclass(frozen=True)
class Pair:
    """Two passages that tell the same, or cannot both be read at face value."""

    kind: str
    weight: int
    note: str
    sides: tuple[Side, Side]


@dataclass(frozen=True)
class Corpus:
    """Everything that the page shows, and how much there is in all."""

    sheets: tuple[Sheet, ...]
    conflicts: tuple[Pair, ...]
    links: tuple[Pair, ...]
    counts: Mapping[str, int]
    actors: tuple[tuple[str, int], ...]
    issues: tuple[tuple[str, int], ...]
    aside: tuple[tuple[str, str], ...]


def write_corpus(
    findings: Iterable[Findings],
    links: Sequence[Link],
    conflicts: Sequence[Conflict],
    folder: Path,
    aside: Sequence[tuple[str, str]] = (),
) -> Path:
    """Write `corpus.html` into an existing folder, whole or not at all, and return its path.

    Args:
        findings: of every report; gone through once, and only what is shown is held.
        aside: files that were not read, and why.

    Raises:
        OutputError: disk full, folder read-only or gone.
    """
    path = folder / PAGE
    write_text(path, page(gathered(findings, links, conflicts, aside)))
    return path


def page(corpus: Corpus) -> str:
    """The page as one HTML document; whatever a report says is text in it, never markup."""
    style = f"{static('report.css')}\n{static('corpus.css')}"
    script = static("theme.js") + "\n" + static("corpus.js")
    limits = {"reports": REPORTS, "conflicts": CONFLICTS, "links": LINKS}
    return rendered("corpus.html.j2", style, script, c=corpus, weights=WEIGHTS, limits=limits)


def gathered(
    findings: Iterable[Findings],
    links: Sequence[Link],
    conflicts: Sequence[Conflict],
    aside: Sequence[tuple[str, str]] = (),
) -> Corpus:
    """What the page shows: reports with conflicts before others, in their order, within its limits."""
    ranked = sorted(conflicts, key=lambda one: -one.salience)
    wanted = {doc for one in ranked[:CONFLICTS] for doc in (one.doc_a, one.doc_b)}
    counts: Counter[str] = Counter(
        {**dict.fromkeys(("reports", *KINDS), 0), "conflicts": len(conflicts), "links": len(links)}
    )
    kept = _kept(findings, wanted, counts)
    sheets = tuple(_sheet(place, one) for place, one in enumerate(kept))
    by_doc = {one.report.doc: (sheet, one.report) for sheet, one in zip(sheets, kept, strict=True)}
    levels = {level: place for place, level in enumerate(LEVELS)}
    linked = sorted(links, key=lambda one: (levels[one.level], -one.score))
    finds = [find for sheet in sheets for find in sheet.finds]
    return Corpus(
        sheets,
        tuple(_paired(ranked, by_doc, CONFLICTS)),
        tuple(_paired(linked, by_doc, LINKS)),
        dict(counts),
        _most(actor for find in finds for actor in find.actors),
        _most(find.issue for find in finds if find.issue),
        tuple(aside),
    )


def _kept(findings: Iterable[Findings], wanted: set[str], counts: Counter[str]) -> list[Findings]:
    """The reports to show: those in conflicts, and others while there is room; everything is counted."""
    first: list[Findings] = []
    others: list[Findings] = []
    room = {True: CHARACTERS, False: CHARACTERS // 2}
    for one in findings:
        counts["reports"] += 1
        for name in KINDS:
            counts[name] += len(getattr(one, name))
        chosen = one.report.doc in wanted
        among = first if chosen else others
        if len(among) < REPORTS and len(one.report.raw) <= room[chosen]:
            among.append(one)
            room[chosen] -= len(one.report.raw)
    kept = [*first, *others[: REPORTS - len(first)]]
    return sorted(kept, key=lambda one: one.report.doc)


def _most(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """The most frequent names in the order of the alphabet, each with how often it comes."""
    return tuple(sorted(Counter(names).most_common(CHOICES), key=lambda one: one[0].lower()))


def _sheet(place: int, found: Findings) -> Sheet:
    report, name = found.report, f"r{place + 1}"
    finds = tuple(sorted(_finds(name, found), key=lambda one: (one.start, one.end, one.kind)))
    about = tuple(
        text for text in (report.outlet, report.author, report.published, f"{len(finds)} finds") if text
    )
    return Sheet(
        name, report.doc, report.title or report.doc, about, report.language, pieces(report, finds), finds
    )


def _finds(name: str, found: Findings) -> Iterator[Find]:
    for place, one in enumerate(found.statements):
        actors, low = _named(one.speaker, one.addressee), one.confidence < SURE
        yield Find(f"{name}s{place}", "statement", one.start, one.end, said(one), actors, None, low)
    for place, event in enumerate(found.events):
        actors = _named(event.source, event.target)
        yield Find(f"{name}e{place}", "event", event.start, event.end, done(event), actors, event.type)
    for place, stand in enumerate(found.positions):
        actors = _named(stand.actor, stand.as_reported_by)
        yield Find(f"{name}p{place}", "position", stand.start, stand.end, stood(stand), actors, stand.issue)
    for place, figure in enumerate(found.figures):
        yield Find(
            f"{name}f{place}", "figure", figure.start, figure.end, counted(figure), _named(figure.about)
        )


def _named(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def said(one: Statement) -> str:
    """A statement in words: who, how, to whom, when."""
    to = f" to {one.addressee or one.outlet}" if one.addressee or one.outlet else ""
    return f"{one.speaker or 'somebody unknown'}, {one.kind}{to}{_of(one.date)}"


def done(one: Event) -> str:
    """An event in words: its type, by whom to whom, when, and whether it happened."""
    who = f"{one.source or '?'} → {one.target}" if one.target else one.source or "?"
    realis = f", {REALIS[one.realis]}" if REALIS[one.realis] else ""
    via = f", as {one.via} tells it" if one.via else ""
    return f"{one.type.replace('_', ' ')}: {who}{realis}{_of(one.date)}{via}"


def stood(one: Position) -> str:
    """A position in words: who, for or against what, how flatly, told by whom."""
    via = f", as {one.as_reported_by} tells it" if one.as_reported_by else ""
    return f"{one.actor} {one.stance}: {one.issue.replace('_', ' ')} (strength {one.strength:g}){via}"


def counted(one: Figure) -> str:
    """A figure in words: the value with its unit, of what and about whom."""
    value = (
        "several" if one.value is None else f"{one.value:,}" if isinstance(one.value, int) else f"{one.value}"
    )
    limit = f"{one.comparator} " if one.comparator else ""
    what = f" · {one.what}" if one.what else ""
    unit = "" if one.unit == one.kind else f" {one.unit}"
    return f"{limit}{value}{unit}{what}{f' · {one.about}' if one.about else ''}"


def _of(date: str | None) -> str:
    return f", {date}" if date else ""


def _paired(
    pairs: Iterable[Link | Conflict], by_doc: Mapping[str, tuple[Sheet, Report]], most: int
) -> Iterator[Pair]:
    """Each pair whose reports are on the page, with both passages."""
    count = 0
    for one in pairs:
        if one.doc_a not in by_doc or one.doc_b not in by_doc:
            continue
        sides = (
            _side(*by_doc[one.doc_a], one.start_a, one.end_a),
            _side(*by_doc[one.doc_b], one.start_b, one.end_b),
        )
        if isinstance(one, Conflict):
            yield Pair(one.kind, one.salience, one.why, sides)
        else:
            yield Pair(one.level, 0, f"{one.fact}, {one.score:.2f}", sides)
        count += 1
        if count == most:
            return


def _side(sheet: Sheet, report: Report, start: int, end: int) -> Side:
    touching = (find for find in sheet.finds if find.start < end and start < find.end)
    place = next(touching, None)
    return Side(report.doc, sheet.title, place.id if place else sheet.id, *excerpt(report.raw, start, end))


def write_corpus_of(folder: Path, aside: Sequence[tuple[str, str]] = ()) -> Path:
    """Write the page of a folder that `tightrope read` filled, from the files in it.

    Of the reports only those are opened that are shown, so that a large corpus costs no more than a small one.

    Raises:
        OutputError: disk full, folder read-only or gone.
    """
    from tightrope.evidence.store import Store

    links = [Link(**row) for row in _rows(folder / "links.jsonl")]
    conflicts = [Conflict(**row) for row in _rows(folder / "conflicts.jsonl")]
    store = Store(folder)
    shown = (store.findings(doc) for doc in _chosen(folder, conflicts))
    counts = {name: _lines(folder / f"{name}.jsonl") for name in ("reports", *KINDS, "links", "conflicts")}
    path = folder / PAGE
    write_text(path, page(replace(gathered(shown, links, conflicts, aside), counts=counts)))
    return path


def _chosen(folder: Path, conflicts: Sequence[Conflict]) -> list[str]:
    """The reports that may be shown, those in weighty conflicts before others, in the order in which they were read."""
    ranked = sorted(conflicts, key=lambda one: -one.salience)[:CONFLICTS]
    wanted = dict.fromkeys(doc for one in ranked for doc in (one.doc_a, one.doc_b))
    with (folder / "reports.jsonl").open(encoding="utf-8") as file:
        first = [json.loads(line)["doc"] for line in islice(file, REPORTS)]
    found = dict.fromkeys([*list(wanted)[:REPORTS], *first])
    return sorted(found, key=lambda doc: (doc not in first, doc))


def _lines(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(1 for _ in file)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines, with the keys that a record has; none where there is no such file."""
    kept = {one.name for kind in (Link, Conflict) for one in fields(kind)}
    if path.exists():
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield {key: value for key, value in json.loads(line).items() if key in kept}
