"""One YAML file of a case as plain data, with the line and column of every key and value.

Reads the YAML 1.2 core schema and nothing beyond: no aliases, anchors, tags, merge keys or second
documents, so that no file can grow, loop or run anything while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from tightrope.case.text import hidden
from tightrope.errors import CaseError, Fault

DEPTH_LIMIT = 40
NODE_LIMIT = 60_000

Path = tuple[str | int, ...]
Place = tuple[int, int]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DIGITS = 18
# What the two parsers read differently: `|#`, block texts that start empty or stand alone, `...`, `"a":b`.
_DISPUTED = re.compile(
    r"""[|>][-+0-9]*(?:#| *(?: #.*)?\n *(?:\n|$))|^(?:---)? *[|>]|^\.\.\.|['"]:(?=\S)""", re.MULTILINE
)


@dataclass(slots=True)
class Mark:
    """Where a value stands, and its parts: places of keys, marks of values."""

    place: Place
    keys: dict[str, Place] = field(default_factory=dict)
    parts: dict[str | int, Mark] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """One file: its name, its data (mappings, lists, text, numbers, true, false, null) and its marks."""

    file: str
    data: Any
    mark: Mark

    def place(self, path: Path, key: bool = False) -> Place:
        """Line and column of the value at `path`, or of its key; of the nearest parent if it is absent."""
        mark, place = self.mark, self.mark.place
        for step in path:
            if key and isinstance(step, str) and step in mark.keys:
                place = mark.keys[step]
            if step not in mark.parts:
                break
            mark = mark.parts[step]
            if not key or isinstance(step, int):
                place = mark.place
        return place


def read_document(file: str, text: str, pure: bool = False) -> Document:
    """Read the YAML `text` of `file`; `pure` leaves the C parser aside even where it is installed.

    The C parser, some twenty times faster, refuses a few texts that YAML 1.2 allows, so the Python one has
    the last word: what loads, and what is said about what does not, is the same with and without it.
    Raises `CaseError` naming each alias, tag, doubled key and the like, or the first fault of syntax.
    """
    if not pure and _compiled() and not _DISPUTED.search(text):
        try:
            return _compose(file, text, pure=False)
        except CaseError:
            pass
    return _compose(file, text, pure=True)


def _compiled() -> bool:
    return find_spec("_ruamel_yaml") is not None


def _compose(file: str, text: str, pure: bool) -> Document:
    composer = _Composer(file)
    try:
        for event in _events(file, text, pure):
            composer.take(event)
    except CaseError as error:
        raise CaseError([*composer.faults, *error.faults]) from None
    if composer.faults:
        raise CaseError(composer.faults)
    if composer.root is None:
        raise CaseError([Fault(file, 0, 0, "", "the file is empty", "write its list, or remove the file")])
    return Document(file, composer.data, composer.root)


def _events(file: str, text: str, pure: bool) -> Iterator[Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        yield from YAML(typ="safe", pure=pure).parse(text)
    except CaseError:
        raise
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        wrong, right = _syntax(error.problem or error.context or "")
        raise CaseError([Fault(file, line, column, "", wrong, right)]) from None
    except Exception as error:  # whatever a third party's scanner raises on hostile text, the text is wrong
        fault = Fault(file, 0, 0, "", f"this is not YAML: {error!s:.80}", "check quotes and indents")
        raise CaseError([fault]) from None


_SYNTAX = {
    "mapping values are not allowed": ("a colon where none can stand", "put text that holds ': ' in quotes"),
    "found unexpected end of stream": ("a quote is opened and never closed", "close it"),
    "could not find expected ':'": ("a key without its colon", "write `key: value`"),
    "found character '\\t'": ("a tab where a value should start", "use spaces"),
    "did not find expected": (
        "a line that fits neither list nor mapping",
        "check indents, commas and brackets",
    ),
    "expected ','": ("a list or mapping that is not closed", "close it, with commas between entries"),
    "expected <block end>": (
        "a line that fits neither list nor mapping",
        "check indents, commas and brackets",
    ),
}


def _syntax(problem: str) -> tuple[str, str]:
    for start, said in _SYNTAX.items():
        if start in problem:
            return said
    return f"this is not YAML: {problem:.80}", "check quotes, brackets and indents here"


class _Composer:
    """Builds data and marks from parser events, without recursion; gathers what a case may not hold."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.data: Any = None
        self.root: Mark | None = None
        self._stack: list[tuple[Any, Mark]] = []
        self._keys: list[tuple[str, Place] | None] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take one event; raises `CaseError` where reading on makes no sense."""
        kind = type(event).__name__
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if kind == "DocumentStartEvent":
            self._start_document(event, place)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._end()
        elif kind in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "AliasEvent"):
            self._count(place)
            self._node(kind, event, self._seen(kind, event, place))

    def _seen(self, kind: str, event: Any, place: Place) -> Place:
        """The place of a node; of its key or list where nothing is written, on which parsers differ."""
        if kind != "ScalarEvent" or event.value or event.style:
            return place
        if not self._stack:
            return 1, 1
        key = self._keys[-1]
        return key[1] if key else self._stack[-1][1].place

    def _start_document(self, event: Any, place: Place) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(place, "a second document starts here", "keep one to a file; remove the line `---`")
        if event.version or event.tags:
            self._stop(place, "a YAML directive", "remove the line that starts with %")

    def _count(self, place: Place) -> None:
        self._nodes += 1
        if self._nodes > NODE_LIMIT:
            self._stop(place, f"more than {NODE_LIMIT:,} values in one file", "split the case")

    def _node(self, kind: str, event: Any, place: Place) -> None:
        if kind == "AliasEvent" or event.anchor:
            self._refuse(place, "a case uses no aliases or anchors", "write the value out")
        elif event.tag:
            self._refuse(place, f"the tag {event.tag!r:.80}", "a case uses no tags; write the value alone")
        if self._stack and self._expects_key():
            self._key(kind, event, place)
        elif kind == "ScalarEvent":
            self._add(self._scalar(event, place), Mark(place))
        elif kind == "AliasEvent":
            self._add(None, Mark(place))
        else:
            self._open({} if kind == "MappingStartEvent" else [], Mark(place))

    def _expects_key(self) -> bool:
        return isinstance(self._stack[-1][0], dict) and self._keys[-1] is None

    def _key(self, kind: str, event: Any, place: Place) -> None:
        if kind != "ScalarEvent":
            self._stop(
                place, "a key that is not a word", "write `key: value`; put text with braces in quotes"
            )
        key, keys = event.value, self._stack[-1][1].keys
        self._refuse_hidden(key, place)
        if key == "<<":
            self._refuse(place, "a merge key", "a case uses no aliases; write the value out")
        elif key in keys:
            first = keys[key][0]
            self._refuse(
                place, f"the key `{key:.80}` is there twice, first in line {first}", "keep one of them"
            )
        self._keys[-1] = (key, place)

    def _open(self, container: Any, mark: Mark) -> None:
        if len(self._stack) >= DEPTH_LIMIT:
            self._stop(
                mark.place, f"more than {DEPTH_LIMIT} levels deep", "a case needs six; check the brackets"
            )
        self._add(container, mark)
        self._stack.append((container, mark))
        self._keys.append(None)

    def _end(self) -> None:
        self._stack.pop()
        self._keys.pop()

    def _add(self, value: Any, mark: Mark) -> None:
        if not self._stack:
            self.data, self.root = value, mark
            return
        container, parent = self._stack[-1]
        key = self._keys[-1]
        if key is None:
            parent.parts[len(container)] = mark
            container.append(value)
        else:
            container[key[0]] = value
            parent.keys[key[0]], parent.parts[key[0]] = key[1], mark
            self._keys[-1] = None

    def _scalar(self, event: Any, place: Place) -> Any:
        text: str = event.value
        self._refuse_hidden(text, place)
        if event.style:
            return text
        if _INTEGER.fullmatch(text) and len(text) > _DIGITS:
            self._refuse(
                place, f"a number of {len(text)} digits", f"use at most {_DIGITS}, or quote it as text"
            )
            return None
        return _plain(text)

    def _refuse_hidden(self, text: str, place: Place) -> None:
        """Refuse, where it is written as an escape, what is refused where it stands in the file itself."""
        match = hidden(text)
        if match is None:
            return
        if "\ud800" <= match[0] <= "\udfff":
            self._refuse(place, "half a character (a surrogate)", "write the character itself")
        else:
            wrong = f"an escape for a hidden character, U+{ord(match[0]):04X}"
            self._refuse(place, wrong, "remove it; a case is plain text")

    def _refuse(self, place: Place, wrong: str, right: str) -> None:
        self.faults.append(Fault(self.file, *place, "", wrong, right))

    def _stop(self, place: Place, wrong: str, right: str) -> None:
        raise CaseError([Fault(self.file, *place, "", wrong, right)])


def _plain(text: str) -> Any:
    """Resolve a plain scalar as the YAML 1.2 core schema does: `NO`, `yes` and dates stay text."""
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text) and len(text) <= _DIGITS:
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return float(text.replace(".", "")) if _INFINITE.fullmatch(text) else text
