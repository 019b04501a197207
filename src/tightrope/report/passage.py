"""The passage behind a claim, out of the user's own text of the source; the project itself holds no texts.

A text is known by the SHA-256 of its bytes, whatever its file is called, and a passage by its own, so that what is
shown is what the claim was read from, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from tightrope.case.case import Case
from tightrope.errors import EvidenceError
from tightrope.evidence.claim import Cited, Locator

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
    """A folder of texts, found by their digests; read when first asked for, and again where the folder has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_digest: dict[str, Path] | None = None
        self._stamp: dict[Path, tuple[int, int]] = {}

    def passage(self, case: Case, claim: Cited) -> Passage:
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
        try:
            text = path.read_bytes().decode("utf-8", "replace")
        except OSError:
            self._by_digest = None
            raise EvidenceError(f"your text of {source.id} can no longer be read; ask again") from None
        return _cut(text, claim.at)

    def _texts(self) -> dict[str, Path]:
        """The path of each text by its digest; read again where the folder has changed."""
        stamp = dict(_files(self._folder))
        if self._by_digest is None or stamp != self._stamp:
            self._by_digest, self._stamp = dict(_digests(stamp)), stamp
        return self._by_digest


def _files(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """The files that may be texts, with size and time of the last change."""
    for path in sorted(folder.rglob("*"))[:MOST]:
        try:
            found = path.lstat()
        except OSError:
            continue
        if S_ISREG(found.st_mode) and found.st_size <= LARGEST:
            yield path, (found.st_size, found.st_mtime_ns)


def _digests(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        try:
            yield sha256(path.read_bytes()).hexdigest(), path
        except OSError:  # not ours to read
            continue


def _cut(text: str, at: Locator) -> Passage:
    passage = text[at.start : at.end]
    if sha256(passage.encode()).hexdigest() != at.sha256:
        raise EvidenceError("your text differs from the one that was read at this place")
    return Passage(text[max(0, at.start - AROUND) : at.start], passage, text[at.end : at.end + AROUND])
