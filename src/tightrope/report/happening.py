"""Whether a proposed claim tells what the case holds already: then it shares the happening, and counts once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tightrope.case.case import Case
from tightrope.evidence.claim import Act, Claim, Commitment, Statement, Threat
from tightrope.evidence.period import Span, period

# Tellings whose dates lie no further apart, in days, are of one thing.
NEAR = 60


def happening(case: Case, fields: Mapping[str, Any], when: Any) -> str | None:
    """The happening that a proposed act, commitment or threat shares with the case, or a new one of its own.

    Args:
        when: the date that the report gives it, in any form of a case; None where it gives none, which may be any.
    """
    alike = [claim for claim in case.claims if _alike(claim, fields)]
    if not alike:
        return None
    span = None if when is None else _span(when)
    near = [claim for claim in alike if span is None or _days(span, claim.date) <= NEAR]
    if near:
        return _called(min(near, key=lambda claim: 0 if span is None else _days(span, claim.date)))
    return f"{fields['act']}_{span.latest:%Y_%m}" if span is not None and fields["kind"] == "act" else None


def _alike(claim: Claim, fields: Mapping[str, Any]) -> bool:
    if claim.kind != fields["kind"] or claim.about != fields["about"]:
        return False
    if isinstance(claim, Act):
        return bool(claim.act == fields["act"])
    if isinstance(claim, Threat):
        return bool(claim.by == fields["by"])
    return isinstance(claim, Commitment) and bool(claim.issue == fields["issue"])


def _called(claim: Statement) -> str:
    """What the model gathers a claim under (`model/build.py`)."""
    return claim.happening or (claim.act if isinstance(claim, Act) else claim.id.rsplit(".", 1)[0])


def _span(when: Any) -> Span:
    found = period(when)
    return found if isinstance(found, Span) else Span.model_validate(found)


def _days(one: Span, other: Span) -> int:
    """The days between two spans; 0 where they meet."""
    return max(0, (other.earliest - one.latest).days, (one.earliest - other.latest).days)
