"""Claims of a new report, proposed for a case: read, checked as if they stood in it, set beside what is known.

A proposal is YAML with a `source` and `claims` in the formats of sources.yaml and claims.yaml, or the same as JSON
lines: one object with `source`, then one claim on each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tightrope.case.case import Case
from tightrope.case.document import Document, Mark, Place, read_document
from tightrope.case.domain import check_domains
from tightrope.case.draft import Draft
from tightrope.case.figure import Reading
from tightrope.case.reference import check_references
from tightrope.case.text import hidden, place
from tightrope.errors import CaseError, Fault
from tightrope.evidence.claim import Act, Claim, Commitment, Event, Interpretation, Position
from tightrope.evidence.source import Source
from tightrope.model.parameters import table
from tightrope.report import widening
from tightrope.report.bearing import state_of

FILE = "proposal"
CLAIMS, SIZE = 200, 300_000
# Stances that differ by no more than this say the same thing.
ALIKE = 0.15
_TAKEN = re.compile(r"first in (\S+):0:0")


@dataclass(frozen=True)
class Proposal:
    """What was proposed: a new source, or the id of one that the case has; claims as plain data; where each stands."""

    source: Any
    claims: tuple[Any, ...]
    source_mark: Mark
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Checked:
    """A proposal held against a case: the case with all of it if there are no faults; the claims that can be read."""

    case: Case | None
    source: Source | None
    claims: tuple[Claim | Reading | None, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Beside:
    """What known claims say of the same thing: the same, the opposite, or something between."""

    same: tuple[Claim, ...]
    opposite: tuple[Claim, ...]
    other: tuple[Claim, ...]


def read(text: str) -> Proposal:
    """Read a proposal.

    Raises:
        CaseError: what is wrong with its form, with line and column.
    """
    if len(text.encode("utf-8", "replace")) > SIZE:
        raise _fault(
            (0, 0), "", f"it has more than {SIZE:,} bytes", "propose the claims of one report at a time"
        )
    match = hidden(text)
    if match is not None:
        wrong = f"a hidden character, U+{ord(match[0]):04X}"
        raise _fault(place(text, match.start()), "", wrong, "remove it; a proposal is plain text")
    lines = [line for line in text.splitlines() if line.strip()]
    jsonlike = len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for line in lines)
    return _json_lines(text) if jsonlike else _yaml(text)


def given(source: Any, claims: Sequence[Any]) -> Proposal:
    """A proposal from plain data, as the page sends back what was accepted."""
    return Proposal(source, tuple(claims), Mark((0, 0)), tuple(Mark((0, 0)) for _ in claims))


def _yaml(text: str) -> Proposal:
    document = read_document(FILE, text)
    data, mark = document.data, document.mark
    if not isinstance(data, dict):
        raise _fault((1, 1), "", "it is no mapping", "start with the key `source:`, then `claims:`")
    faults = [
        Fault(
            FILE,
            *document.place((key,), key=True),
            key[:60],
            f"unknown key `{key:.60}`",
            "keys: source, claims",
        )
        for key in data
        if key not in ("source", "claims")
    ]
    if not data.get("source"):
        faults.append(Fault(FILE, 1, 1, "source", "`source` is missing", "say who published it, and when"))
    if not isinstance(data.get("claims"), list) or not data["claims"]:
        faults.append(Fault(FILE, 1, 1, "claims", "`claims` is no list", "start each claim with `- id: …`"))
    if faults:
        raise CaseError(faults)
    marks = tuple(mark.parts["claims"].parts[place] for place in range(len(data["claims"])))
    return _few(Proposal(data["source"], tuple(data["claims"]), mark.parts["source"], marks))


def _json_lines(text: str) -> Proposal:
    source, source_mark = None, Mark((1, 1))
    claims, marks, faults = [], [], []
    for number, line in enumerate(text.splitlines()):
        if not line.strip():
            continue
        try:
            document = read_document(FILE, line)
        except CaseError as error:
            faults += [replace(fault, line=number + 1) for fault in error.faults]
            continue
        mark = lower(document.mark, number)
        if isinstance(document.data, dict) and set(document.data) == {"source"}:
            source, source_mark = document.data["source"], mark.parts["source"]
        else:
            claims.append(document.data)
            marks.append(mark)
    if source is None:
        faults.append(
            Fault(FILE, 1, 1, "source", "no line gives the source", 'write {"source": {"id": …}} first')
        )
    if faults:
        raise CaseError(faults)
    return _few(Proposal(source, tuple(claims), source_mark, tuple(marks)))


def lower(mark: Mark, lines: int) -> Mark:
    """The same marks, so many lines further down."""
    keys = {name: (line + lines, column) for name, (line, column) in mark.keys.items()}
    parts = {step: lower(part, lines) for step, part in mark.parts.items()}
    return Mark((mark.place[0] + lines, mark.place[1]), keys, parts)


def _few(found: Proposal) -> Proposal:
    if len(found.claims) > CLAIMS:
        wrong = f"it has {len(found.claims)} claims, more than {CLAIMS}"
        raise _fault((1, 1), "claims", wrong, "propose the claims of one report at a time")
    return found


def check(case: Case, proposal: Proposal) -> Checked:
    """Hold a proposal against a case, with the same faults as if it stood in the case's files."""
    data = _data(case)
    draft, known = Draft(), {"sources": len(data["sources"]), "claims": len(data["claims"])}
    new = isinstance(proposal.source, dict)
    marked = list(zip(sourced(proposal), proposal.marks, strict=True))
    readings = [pair for pair in marked if widening.is_reading(pair[0])]
    added = {
        "sources": [(proposal.source, proposal.source_mark)] if new else [],
        "claims": [pair for pair in marked if not widening.is_reading(pair[0])],
    }
    figures, missing = widening.widened(FILE, data["figures"], readings)
    for key, body in data.items():
        if key == "scenarios":
            for scenario in body:
                draft.add(key, Document(f"scenarios/{scenario['id']}.yaml", scenario, Mark((0, 0))))
        elif key == "figures" and readings:
            draft.add(key, figures)
        else:
            draft.add(key, _document(key, body, added.get(key, [])))
    check_references(draft, frozenset(table()))
    check_domains(draft)
    faults = [widening.ours(_ours(one, known), case, readings) for one in draft.faults]
    source = draft.records["sources"].get(known["sources"]) if new else _named(case, proposal.source)
    found = tuple(_found(case, draft, [one for one, _ in marked]))
    return _held(draft, source, found, [*faults, *missing, *_no_source(data, proposal)])


def _held(
    draft: Draft, source: Source | None, found: tuple[Claim | Reading | None, ...], faults: list[Fault]
) -> Checked:
    return Checked(None if faults else draft.case(), source, found, tuple(faults))


def _found(case: Case, draft: Draft, claims: Sequence[Any]) -> Iterator[Claim | Reading | None]:
    """Each proposed claim as a record, where it can be read."""
    place = len(case.claims)
    figures = tuple(draft.records["figures"].values())
    for data in claims:
        if widening.is_reading(data):
            yield widening.found(figures, case, data)
        else:
            yield draft.records["claims"].get(place)
            place += 1


def sourced(proposal: Proposal) -> list[Any]:
    """The claims, each with the proposal's source where it names none."""
    name = proposal.source.get("id") if isinstance(proposal.source, dict) else proposal.source
    return [
        {**claim, "source": name} if isinstance(claim, dict) and "source" not in claim else claim
        for claim in proposal.claims
    ]


@lru_cache(maxsize=4)
def _dumped(text: str) -> dict[str, Any]:
    import json

    found: dict[str, Any] = json.loads(text)
    return found


def _data(case: Case) -> dict[str, Any]:
    return _dumped(case.model_dump_json(by_alias=True, exclude_none=True))


def _document(key: str, body: Any, added: list[tuple[Any, Mark]]) -> Document:
    """A file of the case with what is proposed at its end, which alone is marked."""
    if not added:
        return Document("case.yaml" if key == "about" else f"{key}.yaml", {key: body}, Mark((0, 0)))
    marks: dict[str | int, Mark] = {len(body) + place: mark for place, (_, mark) in enumerate(added)}
    mark = Mark((0, 0), {}, {key: Mark((0, 0), {}, marks)})
    return Document(FILE, {key: [*body, *(item for item, _ in added)]}, mark)


def _no_source(data: Mapping[str, Any], proposal: Proposal) -> list[Fault]:
    if isinstance(proposal.source, dict) or proposal.source in [one["id"] for one in data["sources"]]:
        return []
    right = "describe it as in sources.yaml: id, title, publisher, kind, published"
    return [
        Fault(
            FILE, *proposal.source_mark.place, "source", f"there is no source {proposal.source!r:.60}", right
        )
    ]


def _named(case: Case, name: Any) -> Source | None:
    return next((one for one in case.sources if one.id == name), None)


def _ours(fault: Fault, known: Mapping[str, int]) -> Fault:
    """The fault as the author of the proposal sees it: entries counted from its own first."""
    path = fault.path
    for key, count in known.items():
        match = re.match(rf"{key}\[(\d+)\]", path)
        if match:
            path = path.replace(match[0], f"{key}[{int(match[1]) - count}]", 1)
    wrong = _TAKEN.sub("in the case already", fault.wrong).replace(
        f"first in {FILE}:0:0", "in the case already"
    )
    return replace(fault, path=path, wrong=wrong)


def beside(case: Case, claim: Claim) -> Beside:
    """The known claims of a case about the very thing that a proposed one is about."""
    same, opposite, other = [], [], []
    for known in case.claims:
        if known.id == claim.id or subject(case, known) != subject(case, claim):
            continue
        ours, theirs = stance(claim), stance(known)
        if ours is None or theirs is None or abs(ours - theirs) <= ALIKE:
            same.append(known)
        elif ours * theirs < 0:
            opposite.append(known)
        else:
            other.append(known)
    return Beside(tuple(same), tuple(opposite), tuple(other))


def subject(case: Case, claim: Claim) -> tuple[str, str, str]:
    """What a claim is about: its kind, the state (or who else), and the issue, act or event."""
    who = state_of(case, claim.about) or claim.about
    if isinstance(claim, Act):
        return claim.kind, who, claim.happening or claim.act
    if isinstance(claim, Commitment | Position):
        return claim.kind, who, claim.issue
    if isinstance(claim, Event):
        return claim.kind, who, claim.event
    if isinstance(claim, Interpretation):
        return claim.kind, who, "sincere"
    return claim.kind, who, claim.happening or claim.id


def stance(claim: Claim) -> float | None:
    """The number with a sign that a claim carries, if it does."""
    return claim.stance if isinstance(claim, Interpretation | Position) else None


def _fault(where: Place, path: str, wrong: str, right: str) -> CaseError:
    return CaseError([Fault(FILE, *where, path, wrong, right)])
