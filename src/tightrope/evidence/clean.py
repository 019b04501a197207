"""A report's text made plain: one paragraph a line, without menus and forms, marks and spaces of one shape.

Every character keeps the place that it came from (see `Copy`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tightrope.evidence.copy import Copy, Edit, whole
from tightrope.evidence.mark import opens, repaired

# No paragraph of prose is longer; what is, is cut at a space, so that no rule meets a line of megabytes.
LONGEST = 20_000

_SPACES = dict.fromkeys(
    "\t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    " ",
)
_DROPPED = dict.fromkeys(
    [chr(code) for code in (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))]
    + list(
        "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufffc\ufffd"
    ),
    "",
)
_PLAIN = {
    **_SPACES, **_DROPPED,
    "\u0085": "\n", "\u2028": "\n", "\u2029": "\n\n",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "‐": "-", "‑": "-", "‒": "–", "―": "—", "−": "-",
}  # fmt: skip
_SPACE = " " + "".join(_SPACES)
_ODD = re.compile(r"\r\n?|\.\.\.|[" + re.escape(_SPACE) + r"]{2,}|[" + re.escape("".join(_PLAIN)) + r"]")
_APART = re.compile(r" (?=[,.;:!?%)\]](?: |\n|$)|(?:n't|'(?:s|re|ve|ll|d|m))\b)|(?<=[(\[]) ")
_DASH_IN_WORD = re.compile(r"[–—](?<=[a-z][–—])(?=[a-z])")
_BREAK = re.compile(r"\n[ \n]*")
_SOFT_HYPHEN = re.compile(r"(?<=[a-z])-\n *(?=[a-z])")
_ENDS = re.compile(r"[.!?…:;][\"”’'»)\]]*$|[”“\"»]$")
_BULLET = re.compile(r"(?:[-*•–▪◦·]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of lines that belong together: offsets into a copy's text."""

    start: int
    end: int


def plain(raw: str) -> Copy:
    """The text with one kind of space, line end, hyphen and ellipsis, and without what cannot be seen."""
    return _joined_words(_plain(raw))


def _joined_words(copy: Copy) -> Copy:
    """A text whose words and marks a program set apart, as others are written: it is late , he said ."""
    commas = copy.text.count(",")
    if copy.text.count(" ,") < max(0.8 * commas, 1) or copy.text.count(" .") < 0.5 * copy.text.count("."):
        return copy
    return copy.edited((found.start(), found.end(), "") for found in _APART.finditer(copy.text))


def _plain(raw: str) -> Copy:
    copy = whole(raw)
    copy = copy.edited(_plain_edits(raw))
    return copy.edited((m.start(), m.end(), "-") for m in _DASH_IN_WORD.finditer(copy.text))


def _plain_edits(raw: str) -> Iterator[Edit]:
    for found in _ODD.finditer(raw):
        odd = found.group()
        if odd[0] in _SPACE:
            instead = " "
        elif odd[0] == "\r":
            instead = "\n"
        elif odd == "...":
            instead = "…"
        else:
            instead = _PLAIN[odd]
        yield found.start(), found.end(), instead


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text: blank lines part them, and so do line ends that do not stand within a sentence."""
    found: list[Paragraph] = []
    for start, end in _blocks(text):
        width = _wrapped_at(text[start:end])
        found.extend(_joined(text, start, end, width))
    return [piece for each in found for piece in _cut(text, each)]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in re.finditer(r"\n[ \n]*\n", text):
        yield at, gap.start()
        at = gap.end()
    yield at, len(text)


def _wrapped_at(block: str) -> int:
    """The width that the lines of a block are wrapped at; 0 where they are not of one width."""
    lengths = [len(line) for line in block.split("\n")[:-1]]
    widest = max(lengths, default=0)
    if len(lengths) < 2 or not 40 <= widest <= 130:
        return 0
    return widest if sum(length >= 0.8 * widest - 4 for length in lengths) >= 0.85 * len(lengths) else 0


def _joined(text: str, start: int, end: int, width: int) -> Iterator[Paragraph]:
    """The paragraphs of a block without blank lines."""
    begun: int | None = None
    stop = start
    for line in re.finditer(r"[^\n]+", text[start:end]):
        first, last = start + line.start(), start + line.end()
        if not text[first:last].strip():
            continue
        if begun is not None and not _goes_on(text, begun, stop, first, width):
            yield Paragraph(begun, stop)
            begun = None
        begun = first if begun is None else begun
        stop = last
    if begun is not None:
        yield Paragraph(begun, stop)


def _goes_on(text: str, begun: int, stop: int, first: int, width: int) -> bool:
    """Whether the line at `first` goes on with the paragraph from `begun` to `stop`."""
    before, after = text[max(begun, stop - 200) : stop].rstrip(), text[first : first + 40].lstrip()
    if _BULLET.match(after):
        return False
    if _ENDS.search(before):
        return width > 0
    if after[:1].islower():
        return True
    # A heading or a byline is short and stands for itself; a sentence that is cut is long or has begun before.
    return width > 0 or stop - begun >= 60 or before.endswith((",", "–", "—", "-"))


def _cut(text: str, paragraph: Paragraph) -> Iterator[Paragraph]:
    start, end = paragraph.start, paragraph.end
    while start < end and text[start] in " \n":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = space if space > 0 else start + LONGEST
        yield Paragraph(start, middle)
        start = middle
    if start < end:
        yield Paragraph(start, end)


def cleaned(copy: Copy, kept: list[Paragraph]) -> tuple[Copy, list[Paragraph]]:
    """The paragraphs to keep, one a line, their marks repaired; and where each now stands."""
    joined = copy.edited(_between(copy.text, kept))
    lines = list(_lines(joined.text))
    edits: list[Edit] = []
    for number, (start, end) in enumerate(lines):
        following = joined.text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        edits.extend(repaired(joined.text[start:end], start, opens(following)))
    done = joined.edited(edits)
    return done, [Paragraph(start, end) for start, end in _lines(done.text)]


def _between(text: str, kept: list[Paragraph]) -> Iterator[Edit]:
    """The edits that drop what stands between paragraphs and unwrap the lines within them."""
    at = 0
    for paragraph in kept:
        if paragraph.start > at:
            yield at, paragraph.start, "\n" if at else ""
        elif at:
            yield at, at, "\n"
        hyphens = {m.start() for m in _SOFT_HYPHEN.finditer(text, paragraph.start, paragraph.end)}
        for found in _BREAK.finditer(text, paragraph.start, paragraph.end):
            if found.start() - 1 in hyphens:
                yield found.start() - 1, found.end(), ""
            else:
                yield found.start(), found.end(), " " if text[found.start() - 1] != " " else ""
        at = paragraph.end
    if at < len(text):
        yield at, len(text), ""


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line:
            yield at, at + len(line)
        at += len(line) + 1
