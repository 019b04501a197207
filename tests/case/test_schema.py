"""The committed JSON Schemas say what the records say, and judge files as the loader does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tightrope.case import schema
from tightrope.case.document import read_document

from .conftest import FILES


def test_the_committed_schemas_are_up_to_date() -> None:
    assert schema.outdated() == [], "run: python -m tightrope.case.schema"


def test_what_is_missing_or_superfluous_is_outdated(tmp_path: Path) -> None:
    schema.write(tmp_path)
    assert schema.outdated(tmp_path) == []
    (tmp_path / "ties.schema.json").unlink()
    (tmp_path / "old.schema.json").write_text("{}")
    assert schema.outdated(tmp_path) == ["old.schema.json", "ties.schema.json"]


def kind_of(name: str) -> str:
    return "scenario" if name.startswith("scenarios/") else name.removesuffix(".yaml")


@pytest.mark.parametrize("name", FILES)
def test_a_valid_file_fits_its_schema_and_an_unknown_key_does_not(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    judge = jsonschema.Draft202012Validator(schema.schema(kind_of(name)))
    data = json.loads(json.dumps(read_document(name, FILES[name]).data))
    assert list(judge.iter_errors(data)) == []
    assert list(judge.iter_errors({**data, "surprise": 1}))


def test_the_whole_schema_takes_the_whole_case() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    whole: dict[str, object] = {"scenarios": []}
    for name, text in FILES.items():
        data = read_document(name, text).data
        if kind_of(name) == "scenario":
            whole["scenarios"] = [data]
        else:
            whole.update(data)
    assert list(jsonschema.Draft202012Validator(schema.schema("whole")).iter_errors(whole)) == []


def test_every_kind_has_a_schema_with_a_title() -> None:
    assert all(schema.schema(kind)["title"] for kind in schema.kinds())
    with pytest.raises(KeyError):
        schema.schema("outcomes")
