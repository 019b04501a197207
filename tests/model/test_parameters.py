"""The one table of parameters: complete, in order, sourced, and read; and how runs draw from it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML
from tests.model.shipped import case, changed, happening, plain, run

from tightrope.errors import ModelError
from tightrope.model import opening as drawing
from tightrope.model.blueprint import Stock
from tightrope.model.parameters import Range, draw_all, need, table
from tightrope.model.stream import CHUNK

MODULES = {
    file.name.removesuffix(".py"): ast.parse(file.read_text(encoding="utf-8"))
    for file in files("tightrope.model").iterdir()
    if file.name.endswith(".py")
}
ROWS = YAML(typ="safe", pure=True).load(
    files("tightrope.model").joinpath("parameters.yaml").read_text(encoding="utf-8")
)["parameters"]


def read_by_name(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Names in setting["…"] and parameters["…"]; of an f-string its pattern, and that it is one."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Subscript):
            continue
        holder = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
        if holder not in ("setting", "parameters"):
            continue
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            yield node.slice.value, False
        elif isinstance(node.slice, ast.JoinedStr):
            parts = [
                str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.slice.values
            ]
            yield "".join("[a-z]+" if part == "\0" else re.escape(part) for part in parts), True


READ = {(name, module): pattern for module, tree in MODULES.items() for name, pattern in read_by_name(tree)}


@pytest.mark.parametrize(("name", "module"), sorted(READ))
def test_what_a_module_reads_is_in_the_table(name: str, module: str) -> None:
    if READ[name, module]:
        assert any(re.fullmatch(name, row) for row in table()), f"{module} reads {name}"
    else:
        assert name in table(), f"{module} reads {name}"


def test_the_search_finds_what_modules_read() -> None:
    assert len(READ) > 60


class Watched(dict[str, Any]):
    """A mapping that remembers what was read of it."""

    read: set[str] = set()  # noqa: RUF012

    def __getitem__(self, name: str) -> Any:
        Watched.read.add(name)
        return super().__getitem__(name)


def test_every_row_is_read_by_some_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under sanctions and a closed route, so that every branch is taken."""
    monkeypatch.setattr(Watched, "read", set())
    monkeypatch.setattr(drawing, "draw_all", lambda *given: Watched(draw_all(*given)))
    sanctioned = changed(happening("secondary_sanctions", "KAZ", 1.0))
    run(sanctioned, months=8)
    # An organ that votes, and threats by speakers of every rank.
    ranks = [name.removeprefix("rank_") for name in table() if name.startswith("rank_")]
    threats = tuple(Stock(0, rank, 1.0, Range(0.1, 0.1), rank) for rank in ranks)
    run(replace(sanctioned, organ="majority", threats=threats, origin=None), months=8)
    assert set(table()) - Watched.read == set()


def test_names_are_words_and_there_is_one_row_of_each() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names)) == len(table())
    assert all(re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", name) and len(name) > 3 for name in names)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_row_has_unit_range_in_order_and_source_or_scenario(row: dict[str, Any]) -> None:
    assert set(row) <= {
        "name", "symbol", "unit", "low", "mode", "high", "shape", "module", "source", "scenario", "note", "effect"
    }  # fmt: skip
    assert row["unit"].strip()
    assert row["symbol"].strip()
    assert row["note"].strip()
    assert ("source" in row) != (row.get("scenario") is True)
    assert row["module"] in MODULES
    shape = row.get("shape", "triangular")
    assert shape in ("triangular", "half_normal", "counted")
    if shape != "counted":
        assert row["low"] <= row["mode"] <= row["high"]
    found = table()[row["name"]]
    assert (found.unit, found.module, found.source) == (row["unit"], row["module"], row.get("source"))


def drawn(found: Range) -> np.ndarray:
    return found.draw(np.random.default_rng(0), 200_000)


def test_ranges_draw_their_law() -> None:
    """Means to four standard errors: uniform, triangular, |normal|, Beta(1 + 3, 1 + 1), and a plain number."""
    laws = {
        Range(1.0, 3.0): (2.0, 1 / np.sqrt(3.0)),
        Range(0.0, 3.0, 0.0): (1.0, np.sqrt(0.5)),
        Range(0.0, 2.0, 0.7, "half_normal"): (np.sqrt(2 / np.pi), np.sqrt(1 - 2 / np.pi)),
        Range(3.0, 1.0, shape="counted"): (4 / 6, np.sqrt(4 * 2 / (36 * 7))),
    }
    for found, (mean, deviation) in laws.items():
        values = drawn(found)
        assert values.mean() == pytest.approx(mean, abs=4.0 * deviation / np.sqrt(len(values))), found
        assert values.std() == pytest.approx(deviation, rel=0.02), found
    assert np.array_equal(Range(0.3, 0.3).draw(np.random.default_rng(0)), np.full(CHUNK, 0.3))


def test_draws_stay_in_their_range() -> None:
    for name, row in table().items():
        if row.range.shape == "triangular":
            values = draw_all({name: row.range}, 1, 0)[name]
            assert row.range.low <= values.min() <= values.max() <= row.range.high


def test_a_further_parameter_leaves_the_others_draws_alone() -> None:
    ranges = {name: row.range for name, row in table().items() if row.range.shape != "counted"}
    fewer = {name: found for name, found in ranges.items() if name != "rouble_sd"}
    whole, part = draw_all(ranges, 5, 2), draw_all(fewer, 5, 2)
    assert all(np.array_equal(whole[name], part[name]) for name in part)


def test_parameters_are_drawn_apart() -> None:
    """No two of the table move together: correlations over 500 runs stay below .25."""
    drawn_ = draw_all(
        {name: row.range for name, row in table().items() if row.range.low < row.range.high}, 6, 0
    )
    moves = np.corrcoef(np.stack(list(drawn_.values())))
    assert np.abs(moves - np.eye(len(moves))).max() < 0.25


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(ModelError, match="menace_half_life"):
        need("menace_halflife")
    assert need("menace_half_life").unit == "months"


def test_a_value_that_cannot_be_is_refused() -> None:
    for name, value in (
        ("penalty_base_rate", 1.5),
        ("menace_half_life", -1.0),
        ("intervention_effect", -0.1),
        ("rupture_fall", 0.0),
    ):
        with pytest.raises(ModelError, match=name):
            changed(**{f"parameters__{name}": value})
    with pytest.raises(ModelError, match=r"choice_intensity cannot be 1e\+09; .* from 0 to 100000"):
        need("choice_intensity").check(Range(0.0, 1e9))
    assert changed(parameters__oil_beta=-0.4).parameters["oil_beta"] == Range(-0.4, -0.4)


def test_base_rates_are_counted_from_the_precedents() -> None:
    for name, kind in (("request_base_rate", "request"), ("grant_base_rate", "intervention")):
        happened = [one.happened for one in case().precedents if one.reference_class == kind]
        assert plain().parameters[name] == Range(
            sum(happened), len(happened) - sum(happened), shape="counted"
        )
