"""One file of a case as text: there, a plain file, small enough, UTF-8, and without hidden characters."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from tightrope.errors import CaseError, Fault

SIZE_LIMIT = 1_000_000
LINE_LIMIT = 50_000
_AS_TEXT = "save the file as plain text in UTF-8"
# What YAML 1.2 allows, less the line breaks that only YAML 1.1 knew, on which parsers differ, and less
# the characters that turn the direction of the text around them.
_REFUSED = re.compile(
    "[^\\x09\\x0a\\x0d\\x20-\\x7e\\xa0-\\u2027\\u202f-\\u2065\\u206a-\\ud7ff"
    "\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)
_TAB = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)


def read_text(path: Path, folder: Path) -> str:
    """Read `path`, which must lie in `folder`; line breaks come out as newlines, a byte-order mark goes.

    Raises `CaseError` with the place of what cannot be read.
    """
    data = _bytes(path, folder)
    zero = data.find(b"\0")
    if zero >= 0:
        spot = place(data[:zero].decode("utf-8", "replace"), zero)
        raise _fault(path, *spot, f"byte {zero} is zero: a binary file, or UTF-16?", _AS_TEXT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place(data[: error.start].decode("utf-8"), error.start)
        wrong = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        raise _fault(path, line, column, wrong, _AS_TEXT) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.count("\n")
    if lines > LINE_LIMIT:
        wrong = f"it has {lines:,} lines, more than {LINE_LIMIT:,}"
        raise _fault(path, 0, 0, wrong, f"keep each file under {LINE_LIMIT:,} lines")
    _refuse_characters(path, text)
    return text


def hidden(text: str) -> re.Match[str] | None:
    """The first character that no case may hold, written plainly or as an escape: controls and the like."""
    return _REFUSED.search(text)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character offset, both from 1."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, min(offset, len(text)) - start + 1


def _bytes(path: Path, folder: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no plain file"
            raise _fault(path, 0, 0, f"it is {kind}", "put a YAML file here")
        if not path.resolve().is_relative_to(folder.resolve()):
            raise _fault(
                path, 0, 0, "it leads out of the case's folder", "put the file itself into the folder"
            )
        if status.st_size > SIZE_LIMIT:
            raise _too_large(path, status.st_size)
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise _fault(path, 0, 0, "there is no such file", "create it, or give another folder") from None
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _fault(path, 0, 0, f"it cannot be read: {reason}", "check its name and permissions") from None
    if len(data) > SIZE_LIMIT:
        raise _too_large(path, len(data))
    return data


def _too_large(path: Path, size: int) -> CaseError:
    limit = f"{SIZE_LIMIT // 1_000_000} MB"
    return _fault(path, 0, 0, f"it has {size:,} bytes, more than {limit}", f"keep each file under {limit}")


def _refuse_characters(path: Path, text: str) -> None:
    match = hidden(text)
    if match is not None:
        wrong = f"a hidden character, U+{ord(match[0]):04X}"
        raise _fault(path, *place(text, match.start()), wrong, "remove it; a case is plain text")
    match = _TAB.search(text)
    if match is not None:
        tab = text.index("\t", match.start())
        raise _fault(path, *place(text, tab), "a tab in the indentation", "indent with spaces")


def _fault(path: Path, line: int, column: int, wrong: str, right: str) -> CaseError:
    return CaseError([Fault(str(path), line, column, "", wrong, right)])
