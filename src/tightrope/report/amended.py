"""A case's files with accepted claims added at their end; what stands there already stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tightrope.case.document import read_document
from tightrope.errors import CaseError
from tightrope.report.written import entries

_BEGUN = re.compile(r"^( *)- ", re.MULTILINE)


def amended(files: Mapping[str, bytes], source: Any, claims: list[Any]) -> dict[str, bytes]:
    """The files with the claims, and their source where it is a new one."""
    added = {"claims.yaml": ("claims", claims)}
    if isinstance(source, dict):
        added["sources.yaml"] = ("sources", [source])
    changed = {
        name: appended(files.get(name, b"").decode(), key, items).encode()
        for name, (key, items) in added.items()
    }
    return {**files, **changed}


def appended(text: str, key: str, items: list[Any]) -> str:
    """The text of a list's file with items at its end; written anew where that is the only way."""
    if not text.strip():
        return _anew(key, items)
    old = read_document(key, text).data[key] or []
    match = _BEGUN.search(text)
    if match is not None:
        longer = "\n".join([text.rstrip("\n"), *entries(items, match[1])]) + "\n"
        if _holds(longer, key, [*old, *items]):
            return longer
    return _anew(key, [*old, *items])


def _anew(key: str, items: list[Any]) -> str:
    return "\n".join([f"{key}:", *entries(items)]) + "\n"


def _holds(text: str, key: str, expected: list[Any]) -> bool:
    try:
        return bool(read_document(key, text).data == {key: expected})
    except CaseError:
        return False
