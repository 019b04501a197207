"""The passage behind a claim, out of the user's own text of the source; the project itself holds no texts.

A text is known by the SHA-256 of its bytes, whatever its file is called, and a passage by its own, so that what is shown is what
the claim was read from, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tightrope.case.case import Case
from tightrope.errors import EvidenceError
from tightrope.evidence.claim import Claim, Locator

AROUND = 200
# No source's text is larger, and no folder of texts holds more files.
LARGEST, MOST = 5_000_000, 2_000


@dataclass(frozen=True)
class Passage:
    """The passage of a claim, and what stands before and after it."""

    before: str
    passage: str
    after: str


class Texts:
    """A folder of texts, found by their digests; read when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_digest: dict[str, Path] | None = None

    def passage(self, case: Case, claim: Claim) -> Passage:
        """The passage of a claim.

        Raises:
            EvidenceError: the claim names no place, the source no digest, the text is not there, or it is another's.
        """
        source = next((one for one in case.sources if one.id == claim.source), None)
        if claim.at is None or source is None or source.text_sha256 is None:
            raise EvidenceError("the case gives no place in a text for this claim")
        path = self._texts().get(source.text_sha256)
        if path is None:
            raise EvidenceError(
                f"none of your texts is that of {source.id}: its SHA-256 is {source.text_sha256}"
            )
        return _cut(path.read_bytes().decode("utf-8", "replace"), claim.at)

    def _texts(self) -> dict[str, Path]:
        if self._by_digest is None:
            found = {}
            for path in sorted(self._folder.rglob("*"))[:MOST]:
                if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST:
                    found[sha256(path.read_bytes()).hexdigest()] = path
            self._by_digest = found
        return self._by_digest


def _cut(text: str, at: Locator) -> Passage:
    passage = text[at.start : at.end]
    if sha256(passage.encode()).hexdigest() != at.sha256:
        raise EvidenceError("your text differs from the one that was read at this place")
    return Passage(text[max(0, at.start - AROUND) : at.start], passage, text[at.end : at.end + AROUND])
