"""New reports against a case: what they propose, what is accepted, the amended case, and what that moves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

from tightrope.case.case import Case
from tightrope.case.folder import find_case
from tightrope.case.knowledge import known
from tightrope.engine.output import named_folder
from tightrope.engine.simulate import plan
from tightrope.errors import CaseError, EvidenceError
from tightrope.evidence.found import Findings
from tightrope.report import moved, proposal
from tightrope.report.amended import amended
from tightrope.report.bearing import sets
from tightrope.report.checked import contents, loaded
from tightrope.report.pruned import pruned
from tightrope.report.store import part, remove, write_folder
from tightrope.report.suggestion import Suggested, Suggestion, Told, suggested, told_sets

Progress = Callable[[str, int, int], None]
ALL, NONE = "all", "none"
# So many claims are left out in turn; those of kinds that move most come first.
MEASURED = 30
KINDS = ("threat", "interpretation", "commitment", "act", "event", "position")


@dataclass(frozen=True)
class Base:
    """A case that is to be updated: its files without what is to be left out, the case they hold, and the whole one."""

    name: str
    files: Mapping[str, bytes]
    case: Case
    whole: Case

    def described(self, digest: str) -> dict[str, Any] | None:
        """The record of a text that the whole case has and this one does not."""
        own = {one.id for one in self.case.sources}
        found = next((one for one in self.whole.sources if one.text_sha256 == digest), None)
        if found is None or found.id in own:
            return None
        return {k: v for k, v in found.model_dump(mode="json").items() if v is not None}


@dataclass(frozen=True)
class Accepted:
    """The claims that were accepted of one report, as data, and their source."""

    source: dict[str, Any] | str
    claims: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Updated:
    """A case with what was accepted: its files and the case they hold."""

    files: Mapping[str, bytes]
    case: Case
    accepted: tuple[Accepted, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of all accepted claims."""
        return tuple(str(claim["id"]) for one in self.accepted for claim in one.claims)


@dataclass(frozen=True)
class Wanted:
    """How the case before and after is to be run."""

    runs: int = moved.RUNS
    seed: int = 1
    months: int | None = None
    as_of: date | None = None


def base(name: str, without: Collection[str] = ()) -> Base:
    """Load a case as if some of its sources had never been read.

    Raises:
        CaseError: what is wrong with it, or with what is left of it. EvidenceError: there is no such source.
    """
    files = contents(find_case(name))
    whole = loaded(files)
    if not without:
        return Base(name, files, whole, whole)
    gone = known(whole, whole.about.as_of, without).without
    lesser = pruned(files, gone)
    try:
        return Base(name, lesser, loaded(lesser), whole)
    except CaseError as error:
        raise EvidenceError(
            f"{name} does not hold together without {', '.join(gone)}: {error.faults[0]}; leave less out"
        ) from None


def proposals(made: Base, found: Iterable[Findings], told: Told | None = None) -> tuple[Suggested, ...]:
    """What each report proposes, every source under a name of its own.

    Raises:
        EvidenceError: a report does not say when it was published.
    """
    sources = {one.id: one for one in made.case.sources}
    done: list[Suggested] = []
    for findings in found:
        digest = sha256(findings.report.raw.encode()).hexdigest()
        case = made.case.model_copy(update={"sources": tuple(sources.values())})
        one = suggested(case, findings, told or Told(), made.described(digest))
        if isinstance(one.source, dict):
            sources[one.source["id"]] = made.case.sources[0].model_copy(
                update={"id": one.source["id"], "text_sha256": digest}
            )
        done.append(told_sets(made.case, one))
    return tuple(done)


def chosen(found: Sequence[Suggested], names: Collection[str]) -> tuple[Accepted, ...]:
    """The proposed claims of these ids; `all` takes all of them, `none` none.

    Raises:
        EvidenceError: an id that was not proposed; names the nearest.
    """
    ids = [claim.id for one in found for claim in one.claims]
    wanted = set(ids) if ALL in names else {name for name in names if name != NONE}
    for name in sorted(wanted - set(ids)):
        near = get_close_matches(name, ids, 3) or ids[:3]
        raise EvidenceError(f"no claim {name!r} is proposed; there is {', '.join(near) or 'none'}")
    return tuple(
        Accepted(one.source, tuple(claim.data for claim in one.claims if claim.id in wanted))
        for one in found
        if any(claim.id in wanted for claim in one.claims)
    )


def updated(made: Base, accepted: Sequence[Accepted]) -> Updated:
    """The case with what was accepted; with nothing accepted it is the case itself, and not even a source comes in.

    Raises:
        CaseError: a claim that cannot stand in the case.
    """
    kept = tuple(one for one in accepted if one.claims)
    if not kept:
        return Updated(made.files, made.case, ())
    files: Mapping[str, bytes] = made.files
    for one in kept:
        found = proposal.check(made.case, proposal.given(one.source, one.claims))
        if found.faults:
            raise CaseError(found.faults)
        claims = proposal.sourced(proposal.given(one.source, one.claims))
        files = amended(files, one.source, claims)
    return Updated(files, loaded(files), kept)


def saved(found: Updated, folder: Path) -> Path:
    """Write the amended case into a new or empty folder, whole or not at all.

    Raises:
        OutputError: the folder holds something, or cannot be written.
    """
    named_folder(folder).rmdir()
    draft = part(folder.parent, folder.name)
    try:
        write_folder(draft, found.files)
        draft.rename(folder)
    finally:
        remove(draft)
    return folder


@dataclass(frozen=True)
class Compared:
    """A case before and after, both as known from one day on."""

    trial: moved.Trial
    as_of: date


def trial(made: Base, found: Updated, wanted: Wanted) -> Compared:
    """What is compared, from the day on which the new sources are known as well.

    Raises:
        ModelError: the case with what was accepted cannot be run.
    """
    new = {one.source["id"] if isinstance(one.source, dict) else one.source for one in found.accepted}
    days = [one.published.latest for one in found.case.sources if one.id in new]
    day = max([wanted.as_of or made.case.about.as_of, *days])
    before, after = (plan(case, None, None, wanted.months, day) for case in (made.case, found.case))
    return Compared(moved.Trial(before, after, wanted.runs, wanted.seed), day)


def effects(found: Updated, compared: Compared, progress: Progress | None = None) -> dict[str, Any]:
    """The key judgements before and after by common random numbers, and which claim moved each, as plain data.

    Raises:
        KeyboardInterrupt: it was interrupted; runs cut short cannot be compared.
    """
    trial = compared.trial
    told = moved.effect(trial, progress)
    telling = [] if told["same"] else ranked(found.case, found.names)
    measured = telling[:MEASURED]
    movers = moved.movers(trial.after, measured, trial.runs, trial.seed, progress) if measured else {}
    return {
        **told,
        "as_of": compared.as_of.isoformat(),
        "accepted": len(found.names),
        "movers": movers,
        "left": telling[MEASURED:],
    }


def setting(case: Case, name: str) -> str:
    """In words, what an accepted claim of the case sets; a further reading may widen a range."""
    claim = next((one for one in case.claims if one.id == name), None)
    return sets(case, claim) if claim is not None else "the range of its figure"


def ranked(case: Case, names: Sequence[str]) -> list[str]:
    """The accepted claims that set something, those of kinds that move most first."""
    kinds = {one.id: one.kind for one in case.claims}
    order = {kind: place for place, kind in enumerate(KINDS)}
    telling = (name for name in names if not setting(case, name).startswith("nothing"))
    return sorted(telling, key=lambda name: order.get(kinds.get(name, ""), len(order)))


def stated(found: Suggested, claim: Suggestion) -> dict[str, Any]:
    """A proposed claim as plain data, for scripts and pages."""
    return {
        "id": claim.id,
        "doc": found.doc,
        "kind": claim.data["kind"],
        "claim": claim.data,
        "passage": claim.passage,
        "sets": claim.sets,
        "confidence": "low" if claim.low else "fair",
        "doubts": list(claim.doubts),
    }
