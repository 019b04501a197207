"""JSON Schema of each file of a case, for editors; written from the records, and committed beside them.

A file names its schema in its first line: `# yaml-language-server: $schema=…/schemas/sources.schema.json`.
Run `python -m tightrope.case.schema` after a change to the records.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tightrope.case.case import Case
from tightrope.case.scenario import Scenario

FOLDER = Path(__file__).parent / "schemas"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def kinds() -> tuple[str, ...]:
    """The kinds of file: `case`, one for each list, `scenario`; and `whole`, the case in one document."""
    lists = tuple(name for name in Case.model_fields if name not in ("about", "scenarios"))
    return ("case", *lists, "scenario", "whole")


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file; raises `KeyError` for a kind that is not in `kinds()`."""
    if kind == "whole":
        return _titled(TypeAdapter(Case).json_schema(), "A whole case")
    if kind == "scenario":
        return _titled(TypeAdapter(Scenario).json_schema(), "One scenario of a case")
    field = "about" if kind == "case" else kind
    body = TypeAdapter(Case.model_fields[field].rebuild_annotation()).json_schema()
    definitions = body.pop("$defs", {})
    whole = {
        "type": "object",
        "properties": {field: body},
        "required": [field],
        "additionalProperties": False,
        "$defs": definitions,
    }
    return _titled(whole, f"{kind}.yaml of a case")


def text(kind: str) -> str:
    """The schema as it is committed: sorted keys, two spaces, a final newline."""
    return json.dumps(schema(kind), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def outdated(folder: Path = FOLDER) -> list[str]:
    """Names of the files in `folder` that are missing, superfluous or differ from what the records say."""
    right = {f"{kind}.schema.json": text(kind) for kind in kinds()}
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.schema.json")}
    return sorted(name for name in right.keys() | there.keys() if right.get(name) != there.get(name))


def write(folder: Path = FOLDER) -> None:
    """Write every schema into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds():
        (folder / f"{kind}.schema.json").write_text(text(kind), encoding="utf-8")


def _titled(body: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": _DRAFT, **body, "title": title}


if __name__ == "__main__":
    write()
