"""What was known at a date: the case less everything that no source had published by then (model.md §8.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from tightrope.case.case import Case
from tightrope.case.institution import Institution, Membership
from tightrope.case.issue import Precedent, Resolution
from tightrope.case.tie import Tie
from tightrope.errors import EvidenceError
from tightrope.evidence.claim import Cited
from tightrope.evidence.record import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)
AnyCited = TypeVar("AnyCited", bound=Cited)


@dataclass(frozen=True)
class Known:
    """A case as it was known at `as_of`, `without` some sources.

    `dropped` counts, by source, the claims, readings and citations that were left out. A figure that lost
    all of its readings is still in `case`, with `claims=()`, so that whoever needs it can name it.
    """

    case: Case
    as_of: date
    without: tuple[str, ...]
    dropped: Mapping[str, int]

    @property
    def dropped_total(self) -> int:
        """How many claims, readings and citations were left out."""
        return sum(self.dropped.values())


def known(case: Case, as_of: date, without: Collection[str] = ()) -> Known:
    """Leave out what was not known at the end of the day `as_of`, and what rests on sources in `without`.

    A claim is known once its source has surely come out (`published.latest` <= `as_of`). Institutions, past
    votes, ties and precedents fall with their last known claim; nothing that begins after `as_of` stays, no
    end that lies after it is told, and a vote scheduled for a month that is not after `as_of` is gone.
    `without` takes ids of sources, or the start of one id; a string is one of them.
    Raises `EvidenceError` where a name in `without` fits no source, or several.
    """
    excluded = _resolve(case, (without,) if isinstance(without, str) else without)
    sources = tuple(
        source for source in case.sources if source.published.latest <= as_of and source.id not in excluded
    )
    sieve = _Sieve(frozenset(source.id for source in sources))
    changed = _filtered(case, as_of, sieve) | {"sources": sources}
    return Known(
        case=case.model_copy(update=changed),
        as_of=as_of,
        without=tuple(sorted(excluded)),
        dropped=dict(sorted(sieve.dropped.items())),
    )


class _Sieve:
    """Keeps what cites a known source, and counts the rest."""

    def __init__(self, sources: frozenset[str]) -> None:
        self.sources = sources
        self.dropped: Counter[str] = Counter()

    def claims(self, cited: Iterable[AnyCited]) -> tuple[AnyCited, ...]:
        """The claims whose source is known."""
        kept = []
        for claim in cited:
            if claim.source in self.sources:
                kept.append(claim)
            else:
                self.dropped[claim.source] += 1
        return tuple(kept)


def _resolve(case: Case, without: Collection[str]) -> frozenset[str]:
    names = [source.id for source in case.sources]
    return frozenset(_source(word, names) for word in without)


def _source(word: str, names: list[str]) -> str:
    if word in names:
        return word
    fitting = [name for name in names if word and name.startswith(word)]
    if len(fitting) == 1:
        return fitting[0]
    near = fitting or get_close_matches(word, names, 5)
    listed = ", ".join(near or names)
    if fitting:
        raise EvidenceError(f"{word!r} fits several sources; give one of: {listed}")
    hint = "did you mean one of:" if near else "the case's sources are:"
    raise EvidenceError(f"there is no source {word!r}; {hint} {listed}")


def _filtered(case: Case, as_of: date, sieve: _Sieve) -> dict[str, object]:
    claims = sieve.claims(case.claims)
    figures = tuple(_with(figure, claims=sieve.claims(figure.claims)) for figure in case.figures)
    names = {claim.id for claim in claims}
    names |= {reading.id for figure in figures for reading in figure.claims if reading.id is not None}
    return {
        "claims": claims,
        "figures": figures,
        "ties": _present(_tie(tie, as_of, sieve) for tie in case.ties),
        "institutions": _present(_institution(each, as_of, sieve) for each in case.institutions),
        "resolutions": _present(_resolution(vote, as_of, sieve) for vote in case.resolutions),
        "precedents": _present(_precedent(each, as_of, sieve) for each in case.precedents),
        "conflicts": tuple(
            _with(conflict, claims=_named(conflict.claims, names))
            for conflict in case.conflicts
            if len(_named(conflict.claims, names)) > 1
        ),
        "scenarios": tuple(
            _with(scenario, suggested_by=_named(scenario.suggested_by, names)) for scenario in case.scenarios
        ),
    }


def _tie(tie: Tie, as_of: date, sieve: _Sieve) -> Tie | None:
    claims = sieve.claims(tie.claims)
    if not claims or tie.since.earliest > as_of:
        return None
    until = tie.until if tie.until is not None and tie.until.earliest <= as_of else None
    return _with(tie, claims=claims, until=until)


def _institution(institution: Institution, as_of: date, sieve: _Sieve) -> Institution | None:
    claims = sieve.claims(institution.claims)
    if not claims or institution.founded.earliest > as_of:
        return None
    members = _present(_membership(member, as_of) for member in institution.members)
    return _with(institution, claims=claims, members=members)


def _membership(member: Membership, as_of: date) -> Membership | None:
    if member.since.earliest > as_of:
        return None
    until = member.until if member.until is not None and member.until.earliest <= as_of else None
    return _with(member, until=until)


def _resolution(vote: Resolution, as_of: date, sieve: _Sieve) -> Resolution | None:
    """A past vote with its known claims, a scheduled one after the month of `as_of`, or None."""
    claims = sieve.claims(vote.claims)
    if vote.claims and not claims:
        return None
    if vote.tally is None:
        ahead = (vote.date.year, vote.date.month) > (as_of.year, as_of.month)
        return _with(vote, claims=claims) if ahead else None
    if vote.date > as_of:
        return None
    return _with(vote, claims=claims)


def _precedent(precedent: Precedent, as_of: date, sieve: _Sieve) -> Precedent | None:
    claims = sieve.claims(precedent.claims)
    if not claims or precedent.date.earliest > as_of:
        return None
    return _with(precedent, claims=claims)


def _named(wanted: tuple[str, ...], names: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in wanted if name in names)


def _present(records: Iterable[AnyRecord | None]) -> tuple[AnyRecord, ...]:
    return tuple(record for record in records if record is not None)


def _with(record: AnyRecord, **changed: object) -> AnyRecord:
    """A copy with some fields changed, not validated: less than a whole case is known."""
    return record.model_copy(update=changed)
