"""Each mechanism has a page and a picture, and the picture shows what the code computes."""

from __future__ import annotations

import re
import sys
from importlib import import_module

import numpy as np
import pytest
from tests.docs.generated import DOCS

from tightrope.model.parameters import table
from tightrope.model.step import STAGES

sys.path.insert(0, str(DOCS))
PICTURES = import_module("pictures")
SVG = import_module("sketches.plot").svg
PAGES = DOCS / "explanation" / "mechanisms"
NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?")
REMEDY = "run `.venv/bin/python docs/pictures.py` and look at what it draws"
HEADINGS = ("In plain words", "The rule", "What feeds it, and what it feeds", "What it leaves out")


@pytest.mark.parametrize("name", sorted(PICTURES.PICTURES))
def test_a_picture_is_up_to_date(name: str) -> None:
    committed = (PICTURES.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    drawn = SVG(PICTURES.PICTURES[name]())
    assert NUMBER.sub("#", committed) == NUMBER.sub("#", drawn), REMEDY
    # Elsewhere the last digit of a coordinate may be another one.
    assert numbers(committed) == pytest.approx(numbers(drawn), abs=0.11), REMEDY


def numbers(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in NUMBER.findall(text)]


def test_every_picture_has_lines_that_differ_and_vary() -> None:
    for name, picture in PICTURES.PICTURES.items():
        lines = picture().lines
        assert any(np.ptp(line.y) > 0 for line in lines), name
        assert len({tuple(np.asarray(line.y, dtype=float)) for line in lines}) == len(lines), name
        assert all(np.isfinite(line.y).all() for line in lines), name


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in PICTURES.FOLDER.glob("*.svg")} == set(PICTURES.PICTURES)


@pytest.mark.parametrize("module", sorted({one.__module__.rsplit(".", 1)[1] for s in STAGES for one in s}))
def test_every_mechanism_has_a_page(module: str) -> None:
    page = (PAGES / f"{module}.md").read_text(encoding="utf-8")
    assert [heading for heading in HEADINGS if f"## {heading}\n" not in page] == []
    assert f"images/mechanisms/{module}.svg" in page
    assert f"`tests/model/test_{module}.py`" in page
    mine = any(row.module == module for row in table().values())
    assert (f"parameters.md#{module}" in page) == mine
    assert f"model.md#{module}" in page


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.stem)
def test_what_a_page_points_at_is_there(path: object) -> None:
    page = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    for link in re.findall(r"\]\(([^)#]+)", page):
        assert (PAGES / link).resolve().exists(), link
    for name in re.findall(r"`(tests/model/\w+\.py)`", page):
        assert (DOCS.parent / name).is_file(), name
    for name in re.findall(r"parameter `(\w+)`", page):
        assert name in table(), name
