"""The evidence as a reader looks it up: claims, conflicts side by side, sources, and ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.evidence.claim import Cited, Claim, Conflict, Position
from tightrope.model.blueprint import Blueprint
from tightrope.model.parameters import Range, table
from tightrope.report import words
from tightrope.report.bearing import sets

KINDS = {
    "act": "act",
    "commitment": "promise",
    "threat": "threat",
    "interpretation": "opinion",
    "position": "position",
    "event": "event",
    "context": "background",
}


@dataclass(frozen=True)
class ClaimNote:
    """One claim as shown: who says it, where, when, and what it sets."""

    id: str
    kind: str
    about: str
    source: str
    source_title: str
    where: str
    date: str
    paraphrase: str
    value: str
    sets: str
    fault: str | None
    note: str | None


@dataclass(frozen=True)
class ConflictNote:
    """Claims that cannot all be read at face value, and what is likely."""

    id: str
    kind: str
    salience: int
    what: str
    likely: str | None
    claims: tuple[ClaimNote, ...]


@dataclass(frozen=True)
class SourceNote:
    """A source, and how many claims and numbers rest on it; `of_others`: nothing but figures of other states.

    `text_sha256` tells a reader's own copy of its text from any other text.
    """

    id: str
    title: str
    publisher: str
    author: str | None
    kind: str
    published: str
    why: str | None
    licence: str | None
    note: str | None
    claims: int
    numbers: int
    of_others: bool = False
    text_sha256: str | None = None


@dataclass(frozen=True)
class RangeNote:
    """A parameter or a figure: what runs drew from, and on whose word; `of_others`: of another state than the focus."""

    name: str
    symbol: str
    meaning: str
    unit: str
    range: str
    basis: str
    assumed: bool
    of_others: bool = False


def claim_notes(case: Case) -> dict[str, ClaimNote]:
    """Every claim by id, and every reading of a figure that has an id."""
    names = case.names
    titles = {source.id: source.title for source in case.sources}
    found = {claim.id: _claim(case, claim, names, titles) for claim in case.claims}
    for figure in case.figures:
        for reading in figure.claims:
            if reading.id is not None:
                text = f"{words.initial(figure.measure)}: {reading.value:g} {figure.unit} ({reading.bound})."
                found[reading.id] = ClaimNote(
                    reading.id,
                    "number",
                    names.get(figure.about, figure.about),
                    reading.source,
                    titles.get(reading.source, reading.source),
                    where(reading),
                    str(reading.date),
                    text,
                    "",
                    "the range that runs draw from",
                    None,
                    reading.note,
                )
    return found


def _claim(case: Case, claim: Claim, names: dict[str, str], titles: dict[str, str]) -> ClaimNote:
    return ClaimNote(
        id=claim.id,
        kind=KINDS[claim.kind],
        about=names.get(claim.about, claim.about),
        source=claim.source,
        source_title=titles.get(claim.source, claim.source),
        where=where(claim),
        date=str(claim.date),
        paraphrase=claim.paraphrase,
        value=_value(case, claim),
        sets=sets(case, claim),
        fault=claim.fault,
        note=claim.note,
    )


def _value(case: Case, claim: Claim) -> str:
    if isinstance(claim, Position):
        proposition = next(
            (issue.proposition for issue in case.issues if issue.id == claim.issue), claim.issue
        )
        return f"{words.amount(claim.stance, '0 to 1', signed=True)} on “{proposition}”"
    if claim.kind == "interpretation":
        return f"{words.amount(claim.stance, '0 to 1', signed=True)} (−1 a game, +1 sincere)"
    if claim.kind in ("threat", "commitment"):
        return f"strength {words.amount(claim.strength, '0 to 1')}"
    return ""


def where(cited: Cited) -> str:
    """The place in the source: characters of its text, or what the case says."""
    if cited.at is not None:
        return f"characters {cited.at.start}–{cited.at.end}"
    return cited.where or "place not given"


def conflict_notes(case: Case, notes: dict[str, ClaimNote]) -> tuple[ConflictNote, ...]:
    """Every conflict, the weightiest first."""
    ordered = sorted(case.conflicts, key=lambda conflict: -conflict.salience)
    return tuple(_conflict(conflict, notes) for conflict in ordered)


def _conflict(conflict: Conflict, notes: dict[str, ClaimNote]) -> ConflictNote:
    sides = tuple(notes[name] for name in conflict.claims if name in notes)
    return ConflictNote(conflict.id, conflict.kind, conflict.salience, conflict.what, conflict.likely, sides)


def source_notes(case: Case) -> tuple[SourceNote, ...]:
    """Every source that something known rests on, those with claims first."""
    claims: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for claim in case.claims:
        claims[claim.source] = claims.get(claim.source, 0) + 1
    for group in _cited(case):
        for one in group:
            numbers[one.source] = numbers.get(one.source, 0) + 1
    near = {one.source for group in _cited(case, near=True) for one in group}
    notes = [
        SourceNote(
            source.id,
            source.title,
            source.publisher,
            source.author,
            source.kind,
            str(source.published),
            source.published.why,
            source.licence,
            source.note,
            claims.get(source.id, 0),
            numbers.get(source.id, 0),
            source.id not in near and source.id not in claims,
            source.text_sha256,
        )
        for source in case.sources
    ]
    return tuple(sorted(notes, key=lambda note: (-note.claims, -note.numbers, note.id)))


def _cited(case: Case, near: bool = False) -> Iterator[tuple[Cited, ...]]:
    """The citations of everything but claims in words; if `near`, without what is only about other deciders."""
    others = set(case.about.deciders) - {case.about.focus} if near else set()
    yield from (figure.claims for figure in case.figures if figure.about not in others)
    yield from (vote.claims for vote in case.resolutions)
    yield from (precedent.claims for precedent in case.precedents if precedent.about not in others)
    yield from (institution.claims for institution in case.institutions)
    yield from (tie.claims for tie in case.ties)


def parameter_notes(blueprint: Blueprint) -> tuple[RangeNote, ...]:
    """Every parameter with the range that runs drew from."""
    rows = table()
    return tuple(
        RangeNote(
            name,
            rows[name].symbol,
            words.initial(rows[name].note),
            rows[name].unit,
            shown(found),
            rows[name].source or "scenario: our assumption",
            rows[name].source is None,
        )
        for name, found in sorted(blueprint.parameters.items())
        if name in rows
    )


def _unclaimed(found: Range) -> str:
    return "no claim: a wide range stands in" if found.low < found.high else "no claim: the model's default"


def figure_notes(case: Case, blueprint: Blueprint) -> tuple[RangeNote, ...]:
    """Every figure that runs drew from, with its sources; those filled without any claim say so."""
    figures = {figure.id: figure for figure in case.figures}
    names = case.names
    notes = []
    for name, found in blueprint.figures.items():
        figure = figures.get(name)
        if figure is None or name in blueprint.filled:
            notes.append(
                RangeNote(name, "", name, "", shown(found), _unclaimed(found), True, _other(name, blueprint))
            )
            continue
        said = figure.scenario is None
        basis = (
            ", ".join(dict.fromkeys(one.source for one in figure.claims))
            if said
            else f"scenario: {figure.why}"
        )
        meaning = f"{names.get(figure.about, figure.about)}: {figure.measure}"
        of_others = _other(name, blueprint)
        notes.append(RangeNote(name, "", meaning, figure.unit, shown(found), basis, not said, of_others))
    return tuple(notes)


def _other(figure: str, blueprint: Blueprint) -> bool:
    """Whether a figure is of a state that decides and is not the focus."""
    state = figure.partition(".")[0]
    others = {name.lower() for place, name in enumerate(blueprint.deciders) if place != blueprint.focus}
    return state in others


def shown(found: Range) -> str:
    """A range as text, by its shape."""
    if found.shape == "counted":
        return f"{found.low:g} of {found.low + found.high:g} past cases"
    low, high = words.number(found.low, 3), words.number(found.high, 3)
    if found.shape == "half_normal":
        return f"{low} to {high}, half-normal"
    if found.low == found.high:
        return low
    return f"{low} to {high}" + (
        f", most likely {words.number(found.mode, 3)}" if found.mode is not None else ""
    )
