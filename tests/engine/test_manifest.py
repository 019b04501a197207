"""The manifest says all that one needs to make a result again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.engine.situation import made, origin, situation

from tightrope.engine.ensemble import ensemble
from tightrope.engine.manifest import from_data, manifest

BLUEPRINT = situation()


def test_there_and_back() -> None:
    found = made(BLUEPRINT, 20).manifest
    assert from_data(json.loads(json.dumps(found.as_data()))) == found


def test_what_it_says() -> None:
    data = made(BLUEPRINT, 20).manifest.as_data()
    assert data["format"] == 1
    assert (data["seed"], data["runs"], data["months"], data["start"]) == (3, 20, 6, (2022, 7))
    assert data["versions"]["numpy"]
    assert data["cpu"]
    assert data["python"]
    assert set(data["divisors"]) >= {"alignment", "compliance", "vote"}
    assert data["seconds"] > 0


def test_warnings_say_what_is_missing() -> None:
    finished = replace(ensemble(BLUEPRINT, 20, 1), asked=900, unsettled=2)
    source = replace(origin(), dropped={"report_001": 3, "yearbook": 1})
    said = "\n".join(manifest(finished, replace(BLUEPRINT, filled=("aaa.gdp",)), source).warnings)
    for part in ("interrupted: 20 of 900 runs finished", "aaa.gdp", "4 claims", "near a tipping point"):
        assert part in said


def test_another_format_is_refused() -> None:
    data = made(BLUEPRINT, 20).manifest.as_data()
    with pytest.raises(ValueError, match="its format is 9"):
        from_data({**data, "format": 9})
