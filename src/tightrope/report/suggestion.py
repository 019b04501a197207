"""From what the reader finds in a report to claims proposed for a case, each with its passage and place.

Nothing here enters a case: a suggestion is data in the form of claims.yaml, to be accepted or refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from tightrope.case.case import Case
from tightrope.errors import EvidenceError
from tightrope.evidence.found import Findings, Report
from tightrope.evidence.period import Span, period
from tightrope.report import derivation, proposal, widening
from tightrope.report.bearing import sets
from tightrope.report.ground import Derived
from tightrope.report.happening import happening
from tightrope.report.proposal import Proposal
from tightrope.report.roster import Roster

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Suggestion:
    """A proposed claim as data, its passage in the user's own text, what it would set, and why to doubt it."""

    data: dict[str, Any]
    passage: str
    sets: str
    doubts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id that the claim would have in the case."""
        return str(self.data["id"])

    @property
    def low(self) -> bool:
        """Whether there is something that speaks against taking it as read."""
        return bool(self.doubts)

    @property
    def nothing(self) -> bool:
        """Whether it would set nothing in the model."""
        return self.sets.startswith("nothing")


@dataclass(frozen=True)
class Suggested:
    """The claims proposed from one report; `held` names the source of the case that has the very same text."""

    doc: str
    source: dict[str, Any] | str
    claims: tuple[Suggestion, ...]
    held: str | None = None

    def proposal(self, names: Iterable[str] | None = None) -> Proposal:
        """The claims of these ids, or all of them, as a proposal for the case."""
        wanted = None if names is None else frozenset(names)
        return proposal.given(
            self.source, [one.data for one in self.claims if wanted is None or one.id in wanted]
        )


@dataclass(frozen=True)
class Told:
    """What the user says of a report where it does not say so itself, or says it wrongly."""

    published: str | None = None
    source: str | None = None
    title: str | None = None
    publisher: str | None = None


def suggested(
    case: Case, findings: Findings, told: Told | None = None, described: dict[str, Any] | None = None
) -> Suggested:
    """What a report would add to a case.

    Args:
        described: the record of this very text in a fuller version of the case; it is taken over.

    Raises:
        EvidenceError: nothing says when the report was published, or what says it is no date.
    """
    report = findings.report
    digest = sha256(report.raw.encode()).hexdigest()
    held = next((one.id for one in case.sources if one.text_sha256 == digest), None)
    if held is not None:
        return Suggested(report.doc, held, (), held)
    source = dict(described) if described else _source(case, report, told or Told(), digest)
    published = period(source["published"])
    when = published if isinstance(published, Span) else Span.model_validate(published)
    roster = Roster(case)
    derived = _once(derivation.derived(case, roster, findings))
    claims = tuple(_named(case, [_suggestion(case, report, source["id"], when, one) for one in derived]))
    return Suggested(report.doc, source, claims, None)


def _source(case: Case, report: Report, told: Told, digest: str) -> dict[str, Any]:
    """The record of a new source."""
    published = told.published or report.published
    if published is None:
        raise EvidenceError(
            f"{report.doc}: nothing in it says when it was published; "
            "say so: --published 2022-06-20, or in the app the field “Came out” (a day, a month or a year)"
        )
    try:
        period(published)
    except ValueError as error:
        raise EvidenceError(f"{report.doc}: {error}") from None
    found = {
        "id": _free(told.source or _slug(report.doc), {one.id for one in case.sources}),
        "title": told.title or report.title or f"Untitled report ({report.doc})",
        "publisher": told.publisher or report.outlet or UNKNOWN,
        "kind": "news",
        "published": published,
        "author": report.author,
        "licence": "none stated, so its text is not passed on",
        "text_sha256": digest,
    }
    return {name: _text(value) for name, value in found.items() if value}


def _text(value: str) -> str:
    """Text of a report as a field of a record: one line, without what does not print, not too long."""
    plain = "".join(one if one.isprintable() else " " for one in value)
    return re.sub(r"\s+", " ", plain).strip()[:300] or UNKNOWN


def _slug(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40]
    return plain if plain[:1].isalpha() else f"report_{plain or 'new'}"


def _free(name: str, taken: Iterable[str]) -> str:
    used = frozenset(taken)
    number, found = 2, name
    while found in used:
        found, number = f"{name}_{number}", number + 1
    return found


def _once(derived: Iterable[Derived]) -> list[Derived]:
    """One claim for what a report says several times: the flattest telling, where it first stands."""
    kept: dict[tuple[str, ...], Derived] = {}
    for one in sorted(derived, key=lambda each: each.at.start):
        known = kept.get(one.key)
        if known is None or (len(one.doubts), -one.at.weight) < (len(known.doubts), -known.at.weight):
            kept[one.key] = one
    return sorted(kept.values(), key=lambda each: (each.at.start, each.key))


def _suggestion(case: Case, report: Report, source: str, published: Span, one: Derived) -> Suggestion:
    passage = report.raw[one.at.start : one.at.end]
    when, dated = _date(one.at.date, published)
    at = {"start": one.at.start, "end": one.at.end, "sha256": sha256(passage.encode()).hexdigest()}
    data = {
        "id": f"{one.name}.{source}",
        **one.fields,
        "source": source,
        "at": at,
        "date": when,
        "paraphrase": one.paraphrase,
        "happening": happening(case, one.fields, when if dated else None),
    }
    if widening.is_reading(data):
        data.pop("happening")
    return Suggestion({k: v for k, v in data.items() if v is not None}, passage, "", one.doubts)


def _date(found: str | None, published: Span) -> tuple[Any, bool]:
    """The date that a finding tells, else the report's own as the latest day; and whether it told one."""
    try:
        when = period(found) if found else None
    except ValueError:
        when = None
    if isinstance(when, Span) and when.earliest <= published.latest:
        latest = min(when.latest, published.latest)
        return (found if latest == when.latest else _span(when.earliest, latest)), True
    if published.earliest == published.latest:
        return published.latest.isoformat(), False
    return _span(published.earliest, published.latest), False


def _span(earliest: date, latest: date) -> dict[str, str]:
    return {"earliest": earliest.isoformat(), "latest": latest.isoformat()}


def _named(case: Case, found: list[Suggestion]) -> Iterator[Suggestion]:
    """Each with an id of its own, and what it would set."""
    taken = {one.id for one in case.claims} | {
        each.id for one in case.figures for each in one.claims if each.id
    }
    for one in found:
        stem, _, source = one.id.partition(".")
        name = _free(f"{stem}.{source}", taken)
        taken.add(name)
        yield replace(one, data={**one.data, "id": name})


def told_sets(case: Case, found: Suggested) -> Suggested:
    """The same with what each claim would set in the model, those that set something first.

    One that cannot stand in the case says so as a doubt. Of more than a proposal may hold, background is left out.
    """
    if not found.claims:
        return found
    checked = proposal.check(case, found.proposal())
    wrong = {fault.path.partition("]")[0].removeprefix("claims[") for fault in checked.faults}
    pairs = zip(found.claims, checked.claims, strict=True)
    claims = [_set(case, one, record, one.id in wrong) for one, record in pairs]
    return replace(found, claims=tuple(sorted(claims, key=lambda one: one.nothing))[: proposal.CLAIMS])


def _set(case: Case, one: Suggestion, record: Any, wrong: bool) -> Suggestion:
    if widening.is_reading(one.data):
        return replace(one, sets=widening.sets(case, one.data))
    if record is None or wrong:
        return replace(
            one,
            sets="nothing: it cannot stand in the case as it is",
            doubts=(*one.doubts, "cannot stand in the case"),
        )
    beside = proposal.beside(case, record)
    # Two voices may differ on one thing; that a stand differs from the known one is another matter.
    differs = record.kind == "position" and any(known.fault is None for known in beside.opposite)
    doubts = (*one.doubts, "contradicts what the case holds") if differs else one.doubts
    return replace(one, sets=sets(case, record), doubts=doubts)
