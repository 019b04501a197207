"""The entries of an RSS or Atom feed, as they stand in the file: nothing is fetched."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from tightrope.errors import EvidenceError
from tightrope.evidence.masthead import Masthead
from tightrope.evidence.webpage import text_of


def entries(data: bytes) -> Iterator[tuple[str, Masthead]]:
    """The text of each entry, its title first, and what the feed says about it.

    Raises:
        EvidenceError: no entry can be read.
    """
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # A stream, never the bytes: feedparser takes those for an address or a file's name.
            found = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        except Exception as error:  # feedparser passes on what its parsers raise
            raise EvidenceError(f"its feed cannot be read ({type(error).__name__}); save it again") from None
    if not found.entries:
        raise EvidenceError("it is a feed without entries; save it again")
    outlet = _line(found.feed.get("title"))
    for entry in found.entries:
        title, body = _line(entry.get("title")), _body(entry)
        if title or body:
            raw = "\n\n".join(part for part in (title, body) if part)
            yield raw, Masthead(title, _line(entry.get("author")), _day(entry), outlet)


def _body(entry: Any) -> str:
    pieces = [each.get("value", "") for each in entry.get("content", ())] or [entry.get("summary", "")]
    return text_of("\n".join(pieces))


def _day(entry: Any) -> str | None:
    # Past feedparser's own look-up, which takes one date for the other and warns of it.
    when = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    return time.strftime("%Y-%m-%d", when) if when else None


def _line(value: Any) -> str | None:
    return " ".join(text_of(str(value)).split()) or None if value else None
