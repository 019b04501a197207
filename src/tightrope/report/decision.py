"""Proposed claims as a file to be edited, and decisions read back from it, for scripts and for taking one's time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tightrope.case.document import read_document
from tightrope.errors import CaseError, EvidenceError, Fault
from tightrope.report.suggestion import Suggested
from tightrope.report.update import Accepted
from tightrope.report.written import entries

HEAD = """\
# Claims that `tightrope update` proposes. Write `accept: true` at each that is to enter the case; mend it if you wish.
# Then: tightrope update CASE --decide THIS-FILE --out DIR
# `passage`, `sets` and `doubts` are there for you to read: they enter nothing. The passages are your text's: keep this
# file to yourself where the text is not yours to pass on.
"""
KEYS = ("reports",)
REPORT_KEYS = ("doc", "source", "claims")
CLAIM_KEYS = ("accept", "claim", "passage", "sets", "doubts")


def written(found: Sequence[Suggested]) -> str:
    """The file: every claim refused until its `accept` is made true."""
    reports: list[Mapping[str, Any]] = [
        {
            "doc": one.doc,
            "source": one.source,
            "claims": [
                {
                    "accept": False,
                    "sets": claim.sets,
                    "doubts": "; ".join(claim.doubts) or None,
                    "passage": " ".join(claim.passage.split()),
                    "claim": claim.data,
                }
                for claim in one.claims
            ],
        }
        for one in found
        if one.held is None
    ]
    if not reports:
        return f"{HEAD}reports: []\n"
    return HEAD + "\n".join(["reports:", *entries(reports)]) + "\n"


def decided(file: str, text: str) -> tuple[Accepted, ...]:
    """What a file accepts.

    Raises:
        CaseError: what is wrong with its form, with line and column. EvidenceError: it holds no reports.
    """
    document = read_document(file, text)
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("reports"), list):
        raise EvidenceError(f"{file} holds no `reports:`; give the file that --proposals wrote")
    faults = [
        Fault(file, *document.place(path), _spelled(path), wrong, right)
        for path, wrong, right in _faults(data)
    ]
    if faults:
        raise CaseError(faults)
    return tuple(
        Accepted(
            one["source"], tuple(each["claim"] for each in one.get("claims") or [] if each.get("accept"))
        )
        for one in data["reports"]
    )


def _faults(data: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    yield from _unknown((), data, KEYS)
    for place, one in enumerate(data["reports"]):
        path: tuple[str | int, ...] = ("reports", place)
        if not isinstance(one, dict) or not isinstance(one.get("source"), dict | str):
            yield path, "a report without `source`", "leave it as --proposals wrote it"
            continue
        yield from _unknown(path, one, REPORT_KEYS)
        claims = one.get("claims") or []
        if not isinstance(claims, list):
            yield (*path, "claims"), "`claims` is no list", "start each claim with `- accept: …`"
            continue
        for row, claim in enumerate(claims):
            yield from _of_claim((*path, "claims", row), claim)


def _of_claim(path: tuple[str | int, ...], claim: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    if not isinstance(claim, dict) or not isinstance(claim.get("claim"), dict):
        yield path, "an entry without `claim`", "leave it as --proposals wrote it, or remove it"
        return
    yield from _unknown(path, claim, CLAIM_KEYS)
    if not isinstance(claim.get("accept", False), bool):
        yield (*path, "accept"), f"{claim['accept']!r:.40} is neither true nor false", "write true or false"


def _unknown(
    path: tuple[str | int, ...], data: dict[str, Any], keys: tuple[str, ...]
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for key in data:
        if key not in keys:
            yield (*path, key), f"unknown key `{key:.60}`", f"keys: {', '.join(keys)}"


def _spelled(path: tuple[str | int, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
