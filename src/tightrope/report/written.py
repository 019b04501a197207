"""Records as the YAML of a case: block style, texts in double quotes, so that what is read again is the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tightrope.case.scenario import Scenario


def scenario_text(scenario: Scenario) -> str:
    """A scenario as a file of a case's folder `scenarios/`."""
    data = {
        name: value for name, value in scenario.model_dump(mode="json").items() if value not in (None, [])
    }
    return "\n".join(mapping(data)) + "\n"


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """The same as plain data, without what says nothing."""
    return _lean(scenario.model_dump(mode="json"))  # type: ignore[no-any-return]


def _lean(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lean(inner) for name, inner in value.items() if inner not in (None, [])}
    return [_lean(inner) for inner in value] if isinstance(value, list) else value


def mapping(data: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """The lines of a mapping; keys without value are left out."""
    for name, value in data.items():
        if value is None:
            continue
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            yield f"{indent}{_key(name)}:"
            yield from entries(value, indent + "  ")
        else:
            yield f"{indent}{_key(name)}: {flow(value)}"


def entries(items: list[Mapping[str, Any]], indent: str = "  ") -> Iterator[str]:
    """The lines of a list of mappings, each begun by a dash."""
    for item in items:
        lines = list(mapping(item, indent + "  "))
        yield f"{indent}- {lines[0].strip()}" if lines else f"{indent}- {{}}"
        yield from lines[1:]


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        inner = (f"{_key(name)}: {flow(one)}" for name, one in value.items() if one is not None)
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """A number that reads back as the same one."""
    text = repr(value)
    return text.removesuffix(".0") if text.endswith(".0") else text


def _key(name: str) -> str:
    return (
        name if name.replace("_", "").isalnum() and name.isascii() else json.dumps(name, ensure_ascii=False)
    )
