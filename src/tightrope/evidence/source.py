"""A source: who published what, and when."""

from __future__ import annotations

from typing import Literal

from tightrope.evidence.period import Period
from tightrope.evidence.record import Digest, Identifier, Record, Text


class Source(Record):
    """Who published what, when; `published` rules which runs may know it (as_of).

    A source with a text that users may hold gives the SHA-256 of that text, so that locators can be
    checked against it; the text itself is never shipped.
    """

    id: Identifier
    title: Text
    publisher: Text
    kind: Literal["report", "news", "analysis", "official", "dataset", "paper", "treaty", "reference"]
    published: Period
    author: Text | None = None
    version: Text | None = None
    licence: Text | None = None
    text_sha256: Digest | None = None
    note: Text | None = None
