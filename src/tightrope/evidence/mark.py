"""Quotation marks of every shape, told apart from apostrophes, and repaired where one is missing or turned round.

In a repaired paragraph “ and ” enclose quotations, ‘ and ’ those within them or where only single marks are used, and
every apostrophe is a plain '.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tightrope.evidence.copy import Edit

_MARK = re.compile(r"""``|''|["“”„‟«»″＂'‘’‚‛`´‹›]""")
_DOUBLE = frozenset(["“", "”", "„", "‟", "«", "»", "″", "＂", '"', "``", "''"])
_OPENING = frozenset("“„«‘‚‛‹‟") | {"``"}
_CLOSING = frozenset("”»’›") | {"''"}
_BEFORE_OPENING = frozenset(" \n([{—–-/:,=…") | {""}
_AFTER_CLOSING = frozenset(" \n.,;:!?)]}—–-/…") | {""}
_ELISIONS = re.compile(r"(?:em|tis|twas|til|til|cause|n|round|bout|\d\ds?)\b", re.I)
_SENTENCE_END = re.compile(r"[.!?][)\]]?\s")
# Where a quotation that nobody closed gives way to who said it.
_GIVES_WAY = re.compile(
    r"(?<=[,?!.])(?= (?:(?:[A-Z][\w'’.-]+ ){1,4}|he |she |they |I |we )?"
    r"(?:said|says|told|asked|added|wrote|replied|warned|noted|argued|explained|stated|insisted)\b)"
)

_VERBS = "said says asked asks replied replies answered added adds continued explained recalled whispered shouted cried"
_VERBS = f"(?:{'|'.join(_VERBS.split())})"
_DASHED = re.compile(
    rf"[–—] ?(?P<said>[^–—\n]{{2,400}}?[,?!.…])(?P<dash>(?: [–—])?)"
    rf" (?:{_VERBS}(?: |\.?$)|(?:he|she|they|I|we|[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){{0,2}}) {_VERBS}\b)"
)

# How many marks further one may look: long enough for a paragraph, and no longer for hostile ones.
LOOK = 40

_EDGE = (" ", "\n", "")

Side = Literal["open", "close", "either", "within"]


@dataclass(slots=True)
class _Mark:
    """A mark as printed, the side its neighbours speak for, and what it is found to be."""

    start: int
    end: int
    shape: str
    side: Side
    double: bool
    loose: bool = False


def repaired(paragraph: str, start: int, continued: bool) -> list[Edit]:
    """The edits that make a paragraph's marks whole; `start` is its place in the text.

    `continued`: the next paragraph opens a quotation, so that one may stay open here.
    """
    marks = [_seen(paragraph, found) for found in _MARK.finditer(paragraph)]
    if not marks:
        return _after_dash(paragraph, start)
    edits = _Walk(paragraph, continued).over(marks)
    return [(start + one, start + other, instead) for one, other, instead in sorted(edits)]


def _after_dash(paragraph: str, start: int) -> list[Edit]:
    """Marks for what a dash opens, as novels and the papers of some countries print talk: — We saw it, said X."""
    found = _DASHED.match(paragraph)
    if found is None:
        return []
    begin, end = start + found.start("said"), start + found.end("said")
    return [(start, begin, "“"), (end, start + found.end("dash"), "”")]


def opens(paragraph: str) -> bool:
    """Whether a paragraph begins with an opening mark."""
    return paragraph[:1] in ("“", "„", "«", '"', "‘", "'", "`") and len(paragraph) > 1


def _seen(paragraph: str, found: re.Match[str]) -> _Mark:
    shape = found.group()
    before = paragraph[found.start() - 1 : found.start()] if found.start() else ""
    after = paragraph[found.end() : found.end() + 1]
    if shape not in _DOUBLE and before.isalnum() and after.isalnum():
        return _Mark(found.start(), found.end(), shape, "within", False)
    left = before in _BEFORE_OPENING or before in _OPENING or (before in "\"'" and found.start() == 1)
    right = after in _AFTER_CLOSING or after in _CLOSING or after == '"'
    if before in _EDGE and (after in _EDGE or after in ",;:!?"):
        return _loose(found, before, after)
    if left and right and after in (" ", "\n", ""):
        left = False
    elif left and right and before in (" ", "\n", ""):
        right = False
    if left == right:
        side: Side = "open" if shape in _OPENING else "close" if shape in _CLOSING else "either"
        if shape in ("“", "‘") and before and before in ",.!?":  # said “so.“He: a closing mark turned round
            side = "either"
    else:
        side = "open" if left else "close"
    return _Mark(found.start(), found.end(), shape, side, shape in _DOUBLE)


def _loose(found: re.Match[str], before: str, after: str) -> _Mark:
    """A mark with a space on either side, as where words and marks were set apart by a program."""
    shape = found.group()
    side: Side = "open" if shape in _OPENING else "close" if shape in _CLOSING else "either"
    if not before or not after or after != " ":
        side = "open" if not before else "close"
    return _Mark(found.start(), found.end(), shape, side, shape in _DOUBLE, True)


class _Walk:
    """Goes through the marks of a paragraph and knows which are open."""

    def __init__(self, paragraph: str, continued: bool) -> None:
        self.paragraph = paragraph
        self.continued = continued
        self.edits: list[Edit] = []
        self.outer: int | None = None
        self.inner: int | None = None
        self.inner_double = False
        self.single = False  # whether a single mark opened what is open
        self.last_end = 0
        self.edited = 0

    def over(self, marks: list[_Mark]) -> list[Edit]:
        """The edits that the marks need, those that are added included."""
        for number, mark in enumerate(marks):
            if mark.double:
                self._double(mark, marks[number + 1 : number + LOOK])
            else:
                self._single(mark, marks[number + 1 : number + LOOK])
        if self.inner is not None and self.outer is None:
            self._unclosed(self.inner, len(self.paragraph), "’")
        if self.outer is not None and not self.continued:
            self._unclosed(self.outer, len(self.paragraph), "”")
        return self.edits

    def _double(self, mark: _Mark, rest: list[_Mark]) -> None:
        if _is_inch(self.paragraph, mark) and self.outer is None:
            return
        side = mark.side
        if side == "either":
            side = "open" if self.outer is None else "close"
        if side == "open":
            if self.outer is not None:
                if self.single or self._nested(mark, rest):
                    self._put(mark, "‘")
                    self.inner, self.inner_double = mark.end, True
                    return
                self._unclosed(self.outer, mark.start, "”")
            self._put(mark, "“")
            self.outer, self.inner, self.inner_double = mark.end, None, False
            return
        if self.inner is not None and self.inner_double:
            self._put(mark, "’")
            self.inner, self.inner_double = None, False
            return
        if self.outer is None:
            self._unopened(mark)
        self._put(mark, "”")
        self.outer, self.inner, self.inner_double, self.last_end = None, None, False, mark.end

    def _nested(self, mark: _Mark, rest: list[_Mark]) -> bool:
        """Whether a double mark inside an open quotation begins one within it: two closings follow."""
        sides = [one.side for one in rest if one.double][:2]
        return mark.side == "open" and sides == ["close", "close"]

    def _single(self, mark: _Mark, rest: list[_Mark]) -> None:
        before = self.paragraph[max(mark.start - 1, 0) : mark.start]
        after = self.paragraph[mark.end : mark.end + 1]
        if mark.side == "within":
            self._put(mark, "'")
        elif self.single and self.inner is None and mark.side == "close" and self._closes(mark, rest):
            self._put(mark, "”")
            self.outer, self.single, self.last_end = None, False, mark.end
        elif mark.side == "open" and self.outer is None and self.inner is None and self._encloses(rest):
            self._put(mark, "“")
            self.outer, self.single = mark.end, True
        elif mark.side == "open" and self.inner is None and self._will_close(mark, rest):
            self._put(mark, "‘")
            self.inner, self.inner_double = mark.end, False
        elif (
            mark.side != "open"
            and self.inner is not None
            and not self.inner_double
            and self._closes(mark, rest)
        ):
            self._put(mark, "’")
            self.inner = None
            self.last_end = mark.end
        elif self._turned(mark, before, after, rest):
            self._put(mark, "”")
            self.outer, self.last_end = None, mark.end
        else:
            self._put(mark, "'")

    def _turned(self, mark: _Mark, before: str, after: str, rest: list[_Mark]) -> bool:
        """Whether a single mark closes an open double one: it stands after a comma or a stop, and no other does."""
        if self.outer is None or before not in (",", ".", "!", "?") or after not in (" ", "\n", ""):
            return False
        following = next((one for one in rest if one.double), None)
        return following is None or following.side == "open"

    def _will_close(self, mark: _Mark, rest: list[_Mark]) -> bool:
        if _ELISIONS.match(self.paragraph, mark.end):
            return False
        for one in rest:
            if one.double:
                if self.outer is not None or one.side == "open":
                    if self.outer is not None and one.side != "open":
                        return False
                    continue
            elif one.side == "close":
                return True
        return False

    def _encloses(self, rest: list[_Mark]) -> bool:
        """Whether a single mark opens a quotation in which double ones enclose another: ‘He said “no” twice’."""
        doubles = 0
        for one in rest:
            if one.double:
                if one.side != ("close" if doubles % 2 else "open"):
                    return False
                doubles += 1
            elif one.side == "close" and doubles % 2 == 0:
                return doubles > 0
            elif one.side == "open":
                return False
        return False

    def _closes(self, mark: _Mark, rest: list[_Mark]) -> bool:
        """Whether a mark after a letter closes, or is the apostrophe of a plural (the officials' words')."""
        before = self.paragraph[mark.start - 1 : mark.start]
        if before != "s" or self.paragraph[mark.end : mark.end + 1] != " ":
            return True
        for one in rest:
            if one.double and self.outer is not None:
                break
            if not one.double:
                if one.side == "open":
                    break
                if one.side == "close":
                    return False
        return True

    def _put(self, mark: _Mark, instead: str) -> None:
        start, end = mark.start, mark.end
        if mark.loose and instead in "“‘" and self.paragraph[end : end + 1] == " ":
            end += 1
        elif (
            mark.loose
            and instead in "”’"
            and self.paragraph[start - 1 : start] == " "
            and start > self.edited
        ):
            start -= 1
        self.edited = end
        if self.paragraph[start:end] != instead:
            self.edits.append((start, end, instead))

    def _unopened(self, mark: _Mark) -> None:
        """Open a quotation that is only closed: where its sentence begins."""
        start = self.last_end
        for found in _SENTENCE_END.finditer(self.paragraph, self.last_end, max(mark.start - 1, 0)):
            start = found.end()
        while start < mark.start and self.paragraph[start] in " ,.;:":
            start += 1
        self.edits.append((start, start, "“"))

    def _unclosed(self, opened: int, limit: int, mark: str) -> None:
        """Close a quotation that is only opened: before who said it, else where its sentence ends."""
        way = _GIVES_WAY.search(self.paragraph, opened, limit)
        if way:
            end = way.start()
        elif limit == len(self.paragraph) and (opened <= 1 or self.paragraph[opened - 3 : opened - 2] == ":"):
            end = limit
        else:
            found = _SENTENCE_END.search(self.paragraph, opened, limit)
            end = found.start() if found else len(self.paragraph[:limit].rstrip())
            if end and self.paragraph[end - 1 : end] in (".", ";", ",") and not found:
                end -= 1
        self.edits.append((end, end, mark))


def _is_inch(paragraph: str, mark: _Mark) -> bool:
    return mark.shape in ('"', "″", "''") and paragraph[max(mark.start - 1, 0) : mark.start].isdigit()
