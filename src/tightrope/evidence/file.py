"""A file as the user gives it: its bytes within limits, unpacked, and what kind of report it holds; decoding."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from stat import S_ISREG
from typing import Literal

from tightrope.errors import EvidenceError

Kind = Literal["text", "webpage", "pdf", "feed"]

# No report's text is larger (report/passage.py shows none larger either); pages and PDF files carry more than text.
LARGEST: dict[Kind, int] = {"text": 5_000_000, "webpage": 20_000_000, "feed": 20_000_000, "pdf": 50_000_000}
MOST_BYTES = max(LARGEST.values())

_ENDINGS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text", "": "text",
    ".html": "webpage", ".htm": "webpage", ".xhtml": "webpage",
    ".pdf": "pdf",
    ".rss": "feed", ".atom": "feed", ".xml": "feed",
}  # fmt: skip
_FOREIGN = {
    b"PK\x03\x04": "a ZIP archive or an Office document; unpack it, or save it as text, HTML or PDF",
    b"\x89PNG": "a picture; give its text",
    b"\xff\xd8\xff": "a picture; give its text",
    b"GIF8": "a picture; give its text",
    b"\xd0\xcf\x11\xe0": "an old Office document; save it as text, HTML or PDF",
    b"BZh": "packed with bzip2; unpack it first",
    b"\xfd7zXZ": "packed with xz; unpack it first",
    b"7z\xbc\xaf": "a 7-Zip archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
    b"(\xb5/\xfd": "packed with zstd; unpack it first",
}
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WEBPAGE = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")


def is_report(path: Path) -> bool:
    """Whether a file of a folder looks like a report by its ending; `.gz` stands for what it packs."""
    ending = path.suffix.lower()
    return (Path(path.stem).suffix.lower() if ending == ".gz" else ending) in _ENDINGS


def contents(path: Path) -> bytes:
    """The bytes of a file, unpacked where they are packed with gzip.

    Raises:
        EvidenceError: not a file, not to be read, too large, or of a kind that holds no text.
    """
    try:
        found = path.stat()
        if not S_ISREG(found.st_mode):
            raise EvidenceError("it is no file; give a file or a folder of files")
        if found.st_size > MOST_BYTES:
            raise _too_large(MOST_BYTES)
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = getattr(error, "strerror", None) or error
        raise EvidenceError(f"it cannot be read: {why}") from None
    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data)
    for start, what in _FOREIGN.items():
        if data.startswith(start):
            raise EvidenceError(f"it is {what}")
    return data


def kind_of(path: Path, data: bytes) -> Kind:
    """What kind of report the bytes hold: by what they begin with, else by the file's ending.

    Raises:
        EvidenceError: too large for its kind.
    """
    head = data[:4000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    name = Path(path.stem) if path.suffix.lower() == ".gz" else path
    kind = _ENDINGS.get(name.suffix.lower(), "text")
    if b"%PDF-" in data[:1024]:
        kind = "pdf"
    elif _WEBPAGE.match(head):
        kind = "webpage"
    elif _FEED.search(head):
        kind = "feed"
    elif kind in ("pdf", "feed"):
        kind = "text"
    if len(data) > LARGEST[kind]:
        raise _too_large(LARGEST[kind])
    return kind


def decoded(data: bytes) -> str:
    """The text of bytes in any encoding; UTF-8 is taken literally, so that offsets are those of the file.

    Raises:
        EvidenceError: no encoding makes text of them.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return _printable(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "replace")
    # A few broken bytes among many good ones: a damaged UTF-8 file, read as `report.passage` reads it.
    wrong = damaged.count("�")
    right = sum(character > "\x7f" for character in damaged) - wrong
    if right > 4 * wrong:
        return _printable(damaged)
    return _printable(_guessed(data))


def _guessed(data: bytes) -> str:
    """Text in a one-byte or East Asian encoding."""
    high = data.translate(None, bytes(range(0x80)))
    letters = high.translate(None, bytes(range(0x80, 0xC0)))
    # In Western text few letters are not ASCII: too little for statistics, which then name exotic code pages.
    if len(letters) * 20 < len(data) and not set(high) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}:
        return data.decode("cp1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise EvidenceError("it is not text in any known encoding; save it as UTF-8")
    return data.decode(best.encoding, "replace")


def _printable(text: str) -> str:
    """The text, unless it is plainly no text."""
    sample = text[:20_000]
    odd = len(_CONTROL.findall(sample))
    if odd * 10 > len(sample):
        raise EvidenceError("it holds no text but binary data; give text, HTML, PDF or a feed")
    return text


def _unpacked(data: bytes) -> bytes:
    """What gzip packed, never more than the largest file: a bomb ends here."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise EvidenceError(f"it is packed with gzip and damaged ({error}); pack it again") from None
    if len(found) > MOST_BYTES:
        raise _too_large(MOST_BYTES)
    if not unpacker.eof:
        raise EvidenceError("it is packed with gzip and cut short; fetch it again")
    return found


def _too_large(limit: int) -> EvidenceError:
    return EvidenceError(f"it is larger than {limit // 1_000_000} MB; split it into single reports")
