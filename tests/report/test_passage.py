"""A passage is shown only out of the very text that the claim was read from."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from tightrope.case.case import Case
from tightrope.case.load import load_case
from tightrope.errors import EvidenceError
from tightrope.evidence.claim import Claim, Locator
from tightrope.report.passage import Texts

TEXT = "Before it. A sentence of ours — with a dash. And after it.\n"
START, END = TEXT.index("A sentence"), TEXT.index(" And after")


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@pytest.fixture
def cited() -> tuple[Case, Claim]:
    """The shipped case with a source that has our text, and a claim at a place in it."""
    case = load_case("kazakhstan-2022")
    claim = next(one for one in case.claims if one.at is not None)
    at = Locator(start=START, end=END, sha256=digest(TEXT[START:END]))
    sources = tuple(
        one.model_copy(update={"text_sha256": digest(TEXT)}) if one.id == claim.source else one
        for one in case.sources
    )
    return case.model_copy(update={"sources": sources}), claim.model_copy(update={"at": at})


def test_the_passage_and_what_stands_around_it(tmp_path: Path, cited: tuple[Case, Claim]) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "whatever name.txt").write_bytes(TEXT.encode())
    found = Texts(tmp_path).passage(*cited)
    assert found.passage == TEXT[START:END]
    assert found.before.endswith("Before it. ")
    assert found.after.startswith(" And after")


def test_a_text_that_is_not_there_is_named(tmp_path: Path, cited: tuple[Case, Claim]) -> None:
    (tmp_path / "other.txt").write_text("something else")
    with pytest.raises(EvidenceError, match="none of your texts"):
        Texts(tmp_path).passage(*cited)


def test_a_place_that_does_not_fit_is_refused(tmp_path: Path, cited: tuple[Case, Claim]) -> None:
    (tmp_path / "text.txt").write_bytes(TEXT.encode())
    case, claim = cited
    shifted = claim.model_copy(
        update={"at": Locator(start=START + 1, end=END, sha256=digest(TEXT[START:END]))}
    )
    with pytest.raises(EvidenceError, match="differs"):
        Texts(tmp_path).passage(case, shifted)


def test_no_link_leads_out_of_the_folder(tmp_path: Path, cited: tuple[Case, Claim]) -> None:
    outside, inside = tmp_path / "outside.txt", tmp_path / "texts"
    outside.write_bytes(TEXT.encode())
    inside.mkdir()
    (inside / "link.txt").symlink_to(outside)
    with pytest.raises(EvidenceError, match="none of your texts"):
        Texts(inside).passage(*cited)


def test_a_text_that_is_added_later_is_found(tmp_path: Path, cited: tuple[Case, Claim]) -> None:
    texts = Texts(tmp_path)
    with pytest.raises(EvidenceError, match="none of your texts"):
        texts.passage(*cited)
    (tmp_path / "text.txt").write_bytes(TEXT.encode())
    assert texts.passage(*cited).passage == TEXT[START:END]


def test_a_text_that_cannot_be_read_is_no_fault_of_ours(tmp_path: Path, cited: tuple[Case, Claim]) -> None:
    (tmp_path / "text.txt").write_bytes(TEXT.encode())
    (tmp_path / "large.txt").write_bytes(b"x" * 5_000_001)
    texts = Texts(tmp_path)
    assert texts.passage(*cited).passage
    (tmp_path / "text.txt").unlink()
    with pytest.raises(EvidenceError):
        texts.passage(*cited)
