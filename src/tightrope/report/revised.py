"""The text of a case's list with some entries changed or gone and others added; what is untouched stays as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tightrope.case.document import Document, read_document
from tightrope.errors import CaseError
from tightrope.report.written import entries

GONE = None
_BEGUN = re.compile(r"^( *)- ", re.MULTILINE)


def revised(text: str, key: str, changes: Mapping[int, Any], added: Sequence[Any] = ()) -> str:
    """The text with entries replaced by place (`GONE` takes one out) and `added` at the end.

    Comments between entries stay. Where that cannot be done line by line, the list is written anew.
    """
    if not text.strip():
        return anew(key, list(added))
    document = read_document(key, text)
    old = document.data[key] or []
    if not changes and not added:
        return text
    kept = [changes.get(place, one) for place, one in enumerate(old)]
    wanted = [one for one in kept if one is not GONE] + list(added)
    longer = "".join(_pieces(text, document, key, changes, added)) if old and wanted else ""
    return longer if _holds(longer, key, wanted) else anew(key, wanted)


def anew(key: str, items: Sequence[Any]) -> str:
    """The whole list as text; an empty one says so."""
    if not items:
        return f"{key}: []\n"
    return "\n".join([f"{key}:", *entries(list(items))]) + "\n"


def _pieces(
    text: str, document: Document, key: str, changes: Mapping[int, Any], added: Sequence[Any]
) -> Iterator[str]:
    """The text before the list, each entry with what stands below it, and what is added."""
    lines = text.splitlines(keepends=True)
    marks = document.mark.parts[key].parts
    starts = [marks[place].place[0] - 1 for place in range(len(document.data[key]))]
    match = _BEGUN.search(text)
    indent = match[1] if match else "  "
    yield "".join(lines[: starts[0]])
    for place, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True)):
        body, below = _parted(lines[start:end])
        if place not in changes:
            yield "".join(body)
        elif changes[place] is not GONE:
            yield "".join(f"{line}\n" for line in entries([changes[place]], indent))
        yield "".join(below)
    if not lines[-1].endswith("\n"):
        yield "\n"
    yield "".join(f"{line}\n" for line in entries(list(added), indent))


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines of an entry, and the empty lines and comments after it."""
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return lines[:end], lines[end:]


def _holds(text: str, key: str, expected: list[Any]) -> bool:
    try:
        return bool(text and read_document(key, text).data == {key: expected})
    except CaseError:
        return False
