"""Claims: each kind asks for what it needs, and cites."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tightrope.evidence.claim import Act, Claim, Event, Locator, Position

CLAIM: TypeAdapter[Any] = TypeAdapter(Claim)
BASE = {"id": "c", "about": "KAZ", "paraphrase": "p", "source": "s", "date": "2022-04"}
SHA = "0" * 64


def test_the_kind_decides_what_a_claim_is() -> None:
    assert isinstance(CLAIM.validate_python({**BASE, "kind": "act", "act": "parade"}), Act)
    event = CLAIM.validate_python({**BASE, "kind": "event", "event": "unrest"})
    assert isinstance(event, Event)
    assert event.strength == 1.0
    assert isinstance(
        CLAIM.validate_python({**BASE, "kind": "position", "issue": "w", "stance": -1}), Position
    )


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "act"},
        {"kind": "deed", "act": "parade"},
        {},
        {"kind": "position", "issue": "war", "stance": 1.5},
        {"kind": "position", "issue": "war", "stance": True},
        {"kind": "position", "issue": "war", "stance": float("nan")},
        {"kind": "threat", "by": "RUS", "rank": "king", "strength": 0.5},
        {"kind": "act", "act": "parade", "stance": 0.1},
        {"kind": "context", "paraphrase": " "},
        {"kind": "context", "id": "1c"},
        {"kind": "context", "date": None},
    ],
)
def test_a_claim_that_lacks_or_oversteps_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CLAIM.validate_python({**BASE, **more})


@pytest.mark.parametrize(("start", "end"), [(5, 5), (5, 4), (-1, 4), (1.0, 4), (0, 0)])
def test_a_locator_runs_forward(start: Any, end: Any) -> None:
    with pytest.raises(ValidationError):
        Locator(start=start, end=end, sha256=SHA)


@pytest.mark.parametrize("digest", ["", "0" * 63, "G" * 64, "A" * 64])
def test_a_digest_has_64_digits_in_lower_case(digest: str) -> None:
    assert Locator(start=0, end=1, sha256=SHA).sha256 == SHA
    with pytest.raises(ValidationError):
        Locator(start=0, end=1, sha256=digest)
