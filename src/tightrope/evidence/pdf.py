"""The text of a PDF file, page by page, within limits."""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO

from tightrope.errors import EvidenceError
from tightrope.evidence.masthead import Masthead

MOST_PAGES, MOST_CHARACTERS, MOST_UNPACKED, MOST_OPERATIONS = 500, 5_000_000, 20_000_000, 500_000
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


def document_of(data: bytes) -> tuple[str, Masthead]:
    """The text of a PDF file and what its properties say.

    Raises:
        EvidenceError: damaged, locked, too large once unpacked, or without text (a scan).
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with warnings.catch_warnings(), _limits():
        warnings.simplefilter("ignore")
        try:
            reader = pypdf.PdfReader(BytesIO(data))
            if reader.is_encrypted:
                raise EvidenceError("it is a PDF file locked by a password; save it without one")
            text, about = _pages(reader), _about(reader)
        except EvidenceError:
            raise
        except (Exception, RecursionError) as error:  # what pypdf raises on damage has no common base
            why = f"{type(error).__name__}: {error}"[:120]
            raise EvidenceError(
                f"it is a PDF file that cannot be read ({why}); save it again, or as text"
            ) from None
    if not text.strip():
        raise EvidenceError("it is a PDF file without text, perhaps a scan; give its text")
    return text, about


def _limits() -> AbstractContextManager[object]:
    """The limits that pypdf sets on what a stream unpacks to, drawn tighter where its version lets one."""
    import pypdf

    apply = getattr(pypdf, "apply_configuration", None)
    if apply is None:  # before pypdf 7 its limits are ample, and what they let through is counted below
        return nullcontext()
    found: AbstractContextManager[object] = apply(
        zlib_maximum_output_length=MOST_UNPACKED,
        lzw_maximum_output_length=MOST_UNPACKED,
        stream_parsing_work_maximum_count=MOST_OPERATIONS,
    )
    return found


def _pages(reader: object) -> str:
    pages = reader.pages  # type: ignore[attr-defined]
    if len(pages) > MOST_PAGES:
        raise EvidenceError(f"it is a PDF file of more than {MOST_PAGES} pages; split it into single reports")
    found: list[str] = []
    size = 0
    for page in pages:
        found.append(page.extract_text())
        size += len(found[-1])
        if size > MOST_CHARACTERS:
            raise EvidenceError(f"its text is longer than {MOST_CHARACTERS // 1_000_000} MB; split it")
    return "\n\n".join(found)


def _about(reader: object) -> Masthead:
    given = reader.metadata  # type: ignore[attr-defined]
    if not given:
        return Masthead()
    date = _DATE.match(str(given.get("/CreationDate") or ""))
    published = "-".join(part for part in date.groups() if part) if date else None
    return Masthead(_said(given.get("/Title")), _said(given.get("/Author")), published)


def _said(value: object) -> str | None:
    text = " ".join(str(value or "").split())[:300]
    return text or None
