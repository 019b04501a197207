"""The map's numbers: of every state, the same as the runs', and the join from codes to outlines."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from tightrope.case.folder import find_case
from tightrope.errors import ModelError
from tightrope.report.ask import Ask
from tightrope.report.desk import Desk
from tightrope.report.views import atlas

SCENARIO = sorted(path.stem for path in find_case("kazakhstan-2022").glob("scenarios/*.yaml"))[0]
SMALL = {"runs": 40, "months": 6}


def test_every_outline_of_a_state_that_plays_a_part_is_found(client) -> None:  # type: ignore[no-untyped-def]
    folder = files("tightrope.report") / "static" / "app" / "vendor"
    drawn = json.loads((folder / "countries-110m.json").read_text(encoding="utf-8"))
    outlines = {each.get("id") for each in drawn["objects"]["countries"]["geometries"]}
    states = client.get("/api/atlas").json()["states"]
    parts = [one for one in states if one["role"] in ("focus", "decider", "pole")]
    assert len(parts) == 16 + 3
    assert {one["numeric"] for one in parts} <= outlines
    assert len({one["numeric"] for one in states}) == len(states) == 249


def test_roles_of_the_shipped_case(client) -> None:  # type: ignore[no-untyped-def]
    states = {one["id"]: one for one in client.get("/api/atlas").json()["states"]}
    assert states["KAZ"]["role"] == "focus"
    assert states["RUS"]["role"] == "pole"
    assert (states["FRA"]["role"], states["FRA"]["pole"]) == ("member", "WEST")
    assert states["PER"]["role"] == "other"
    assert states["TUR"]["name"] == "Turkey"


def test_shading_is_the_mean_of_the_runs(client, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    told = client.post("/api/atlas", json=SMALL | {"quantity": "lean-rus"}).json()
    found = desk.result(Ask(**SMALL), everyone=True)
    values = 100.0 * found.arrays["alignment"][found.axes["pole"].index("RUS")]
    for row, actor in enumerate(found.axes["actor"]):
        shown = told["actors"][actor]
        np.testing.assert_allclose(shown["mean"], values[row].mean(axis=-1), rtol=1e-3)
        assert all(low <= high for low, high in zip(shown["p05"], shown["p95"], strict=True))
    assert (told["runs"], len(told["months"]), told["month_ids"][0]) == (40, 6, "2022-07")
    assert told["before"] is None


def test_shares_sum_to_one(client) -> None:  # type: ignore[no-untyped-def]
    leaning = client.post("/api/atlas", json=SMALL | {"quantity": "hedging"}).json()["leaning"]
    for shares in leaning.values():
        np.testing.assert_allclose(np.sum(list(shares.values()), axis=0), 1.0, atol=1e-3)


def test_frequencies_only_grow_and_hold_their_interval(client) -> None:  # type: ignore[no-untyped-def]
    told = client.post("/api/atlas", json=SMALL | {"quantity": "unrest"}).json()
    for shown in told["actors"].values():
        assert shown["mean"] == sorted(shown["mean"])
        for low, middle, high in zip(shown["p05"], shown["mean"], shown["p95"], strict=True):
            assert 0.0 <= low <= middle <= high <= 100.0


def test_a_scenario_comes_with_the_baseline_beside_it(client) -> None:  # type: ignore[no-untyped-def]
    base = client.get("/api/atlas").json()
    assert [one["id"] for one in base["quantities"]][:2] == ["lean-rus", "lean-chn"]
    asked = SMALL | {"quantity": "hedging", "base": SCENARIO}
    told = client.post("/api/atlas", json=asked).json()
    assert set(told["before"]) == set(told["actors"])
    assert told["before"]["KAZ"] != told["actors"]["KAZ"]["mean"]


@pytest.mark.parametrize("one", [each.id for each in atlas.STORED])
def test_every_quantity_has_numbers(client, one: str) -> None:  # type: ignore[no-untyped-def]
    told = client.post("/api/atlas", json=SMALL | {"quantity": one}).json()
    values = np.array([shown["mean"] for shown in told["actors"].values()])
    assert np.isfinite(values).all()
    assert told["ceiling"] >= values.max() - 1e-6


def test_a_quantity_that_there_is_none_of_is_refused(desk: Desk) -> None:
    case = desk.situation(Ask()).known.case
    with pytest.raises(ModelError, match="there is no quantity 'luck'; there are lean-rus"):
        atlas.quantity(case, "luck")
