"""Turns what pydantic says into an analyst's sentence: what is wrong, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

Path = tuple[str | int, ...]

_COMPARED = 1000  # comparing a word with more names than this takes too long


@dataclass(frozen=True)
class Finding:
    """One mistake in a record: its path inside the record, and whether it concerns a key or a value."""

    path: Path
    wrong: str
    right: str
    key: bool = False


def nearest(word: str, allowed: Iterable[str], all_of: str = "allowed") -> str:
    """A remedy for an unknown word: the names most like it, or all of them where there are few."""
    names = sorted(set(allowed))
    close = difflib.get_close_matches(word[:80], names[:_COMPARED], n=2, cutoff=0.6)
    if close:
        return "did you mean " + " or ".join(close) + "?"
    if not names:
        return "there are none to refer to; add one first"
    shown = ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
    return f"{all_of}: {shown}"


def explain(error: ValidationError, kind: Any, item: Any) -> Iterator[Finding]:
    """Every mistake that pydantic found in `item`, which should have been a `kind`."""
    for detail in error.errors(include_url=False):
        loc = detail["loc"]
        model = kind
        if "discriminator" in _metadata(kind) and not detail["type"].startswith("union_tag") and loc:
            model, loc = _variant(kind, str(loc[0])), loc[1:]
        key = bool(loc) and loc[-1] == "[key]"
        yield _finding(detail, model, loc[:-1] if key else loc, item, key)


def _finding(detail: Any, model: Any, loc: Path, item: Any, key: bool) -> Finding:
    told = _SAID.get(detail["type"])
    if detail["type"] == "missing" or (told is not _own_words and detail["input"] is None and loc):
        return Finding(loc, *_missing(loc, model, detail["type"] != "missing"))
    if detail["type"] == "extra_forbidden":
        wrong, right = f"unknown key `{loc[-1]!s:.60}`", nearest(str(loc[-1]), _keys(_at(model, loc[:-1])))
        return Finding(loc, wrong, _unless_there(right, model, loc, item), key=True)
    if detail["type"].startswith("union_tag"):
        return _untagged(detail, model, item)
    wrong, right = told(detail) if told else (detail["msg"], "")
    return Finding(loc, wrong, right, key)


def _unless_there(right: str, model: Any, loc: Path, item: Any) -> str:
    """Name all allowed keys where the nearest one is in use already."""
    holder = item
    for step in loc[:-1]:
        holder = holder[step]
    taken = [name for name in holder if right in (f"did you mean {name}?",)]
    return (
        "allowed keys: " + ", ".join(_keys(_at(model, loc[:-1])))
        if taken
        else right.replace("allowed:", "allowed keys:")
    )


_ADVICE = {
    "unit": "say what the number counts, as in `unit: percent`",
    "date": "say which day, month or year it refers to, as in `date: 2022-04`",
    "source": "name an id from sources.yaml, as in `source: report_001`",
    "published": "say when it came out: a day, a month, a year or {earliest: …, latest: …}",
    "claims": "cite at least one source, as in `claims: [{source: …, date: …}]`",
    "id": "give it a name of its own, as in `id: kaz.exports`",
    "value": "give the number",
    "why": "say why it is assumed",
    "scenario": "say `scenario: true`: no source measures this",
    "since": "say from when on: a day, a month or a year",
    "paraphrase": "say in your own words what the source says",
    "format": "write `format: 1`",
    "end": "give the offset after the passage's last character",
    "sha256": "give the SHA-256 of the passage (tightrope read prints it)",
}
_OF_A_NUMBER = ("unit", "date", "source")


def _missing(loc: Path, model: Any, empty: bool) -> tuple[str, str]:
    name = loc[-1]
    if isinstance(name, int):
        return (
            (f"entry {name + 1} is missing", "give both ends, as in [low, high]")
            if not empty
            else ("an entry without value", "write it or remove the line")
        )
    holder = _at(model, loc[:-1])
    numeric = isinstance(holder, type) and holder.__name__ in ("Reading", "Figure", "Setting", "Happening")
    wrong = f"`{name:.60}` has no value" if empty else f"`{name:.60}` is missing"
    if numeric and name in _OF_A_NUMBER:
        wrong = f"a number without {name}"
    return wrong, _ADVICE.get(name, f"add `{name:.60}: …`" + _choices(_step(holder, name)))


def _choices(kind: Any) -> str:
    words = [
        str(word) for option in _options(kind) if get_origin(option) is Literal for word in get_args(option)
    ]
    return f", one of {', '.join(words)}" if words else ""


def _untagged(detail: Any, kind: Any, item: Any) -> Finding:
    allowed = [str(get_args(option.model_fields["kind"].annotation)[0]) for option in _options(kind)]
    if detail["type"] == "union_tag_not_found" or item.get("kind") is None:
        return Finding(("kind",), "`kind` is missing", "give one of " + ", ".join(allowed))
    wrong = f"the kind {item['kind']!r:.60} is unknown"
    return Finding(("kind",), wrong, nearest(str(item["kind"]), allowed, "give one of"))


def _own_words(detail: Any) -> tuple[str, str]:
    wrong, _, right = str(detail["ctx"]["error"]).partition("; ")
    return wrong, right


def _literal(detail: Any) -> tuple[str, str]:
    allowed = detail["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
    return f"{_shown(detail['input'])} cannot stand here", f"give one of: {allowed}" if "," in allowed else (
        f"write {'true' if allowed == 'True' else allowed}"
    )


def _number(detail: Any) -> tuple[str, str]:
    return (
        f"{_shown(detail['input'])} is no number",
        "write the number alone, without quotes, unit or separators",
    )


def _limit(words: str, key: str) -> Callable[[Any], tuple[str, str]]:
    return lambda detail: (
        f"{_shown(detail['input'])} is out of range",
        f"give a number {words} {detail['ctx'][key]:g}",
    )


def _text(detail: Any) -> tuple[str, str]:
    scalar = not isinstance(detail["input"], list | dict)
    return f"{_shown(detail['input'])} is no text", "put it in quotes" if scalar else "write one text"


def _mapping(detail: Any) -> tuple[str, str]:
    return f"{_shown(detail['input'])} stands where keys belong", "write `key: value` lines"


def _pattern(detail: Any) -> tuple[str, str]:
    if "a-f" in detail["ctx"]["pattern"]:
        return f"{_shown(detail['input'])} is no SHA-256", "give its 64 digits in lower case"
    right = "start with a letter; then letters, digits, _ . and - only"
    return f"{_shown(detail['input'])} is no name that can be referred to", right


_SAID: dict[str, Callable[[Any], tuple[str, str]]] = {
    "value_error": _own_words,
    "literal_error": _literal,
    "float_type": _number,
    "float_parsing": _number,
    "int_type": lambda detail: (f"{_shown(detail['input'])} is no whole number", "write digits only"),
    "int_from_float": lambda detail: (f"{_shown(detail['input'])} is no whole number", "write digits only"),
    "finite_number": lambda detail: (f"{_shown(detail['input'])} is no finite number", "give a finite one"),
    "bool_type": lambda detail: (
        f"{_shown(detail['input'])} is neither true nor false",
        "write true or false",
    ),
    "greater_than_equal": _limit("of at least", "ge"),
    "greater_than": _limit("above", "gt"),
    "less_than_equal": _limit("of at most", "le"),
    "less_than": _limit("below", "lt"),
    "string_type": _text,
    "string_too_short": lambda detail: (
        "the text is empty",
        "write it, or leave the key out if it is optional",
    ),
    "string_too_long": lambda detail: (
        f"a text of {len(detail['input'])} characters",
        f"shorten it to {detail['ctx']['max_length']}",
    ),
    "string_pattern_mismatch": _pattern,
    "tuple_type": lambda detail: (
        f"{_shown(detail['input'])} is no list",
        "write [a, b], or lines beginning with - ",
    ),
    "too_short": lambda detail: (
        f"a list of {detail['ctx']['actual_length']}",
        f"it needs at least {detail['ctx']['min_length']}",
    ),
    "too_long": lambda detail: ("a list that is too long", f"give at most {detail['ctx']['max_length']}"),
    "dict_type": _mapping,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
}


def _shown(value: Any) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    return f"{value!r:.60}"


def _metadata(kind: Any) -> set[str]:
    """Names of what an `Annotated` type carries; `discriminator` marks a union told apart by a key."""
    extras = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return {"discriminator" for extra in extras if getattr(extra, "discriminator", None)}


def _variant(kind: Any, tag: str) -> Any:
    for option in _options(kind):
        if tag in get_args(option.model_fields["kind"].annotation):
            return option
    return kind


def _at(kind: Any, loc: Path) -> Any:
    for step in loc:
        kind = _step(kind, step)
    options = [option for option in _options(kind) if isinstance(option, type)]
    return options[0] if options else None


def _step(kind: Any, step: str | int) -> Any:
    for option in _options(kind):
        if isinstance(option, type) and issubclass(option, BaseModel):
            for name, info in option.model_fields.items():
                if step == (info.alias or name):
                    return info.annotation
        elif get_origin(option) is tuple:
            return get_args(option)[0]
        elif get_origin(option) is dict:
            return get_args(option)[1]
    return None


def _options(kind: Any) -> list[Any]:
    if get_origin(kind) is Annotated:
        return _options(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return [inner for option in get_args(kind) for inner in _options(option)]
    return [] if kind in (None, type(None)) else [kind]


def _keys(model: Any) -> list[str]:
    fields = getattr(model, "model_fields", {})
    return [info.alias or name for name, info in fields.items()]
