"""What is made of mappings is made again only where something differs that was read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.model.shipped import SEED, plain

from tightrope.model.blueprint import Blueprint
from tightrope.model.draw import draw, varied
from tightrope.model.draws import Kept
from tightrope.model.heard import made
from tightrope.model.parameters import Range


def test_only_what_was_read_counts() -> None:
    first, second = {"a": 1, "b": 2}, {"a": 3}
    found = made(lambda one, other: one["a"] + other["a"], first, second)
    assert found.what == 4
    assert found.holds({**first, "b": 7}, second)
    assert not found.holds({**first, "a": 7}, second)
    assert not found.holds(first, {"a": 7})
    assert not found.holds({}, second)


def test_equal_ranges_are_the_same_and_equal_arrays_are_not() -> None:
    ranges = {"a": Range(0.0, 1.0)}
    assert made(lambda one: one["a"], ranges).holds({"a": Range(0.0, 1.0)})
    assert not made(lambda one: one["a"], ranges).holds({"a": Range(0.0, 2.0)})
    arrays = {"a": np.zeros(3)}
    assert not made(lambda one: one["a"], arrays).holds({"a": np.zeros(3)})


NAMES = ["kaz.gdp", "kaz.ethnic_russians", "kaz.exports_rus", "kaz.secession_exposure", "rus.gdp"]
PARAMETERS = ["opinion_unknown", "preference_margin", "minority_support", "threat_level"]


@pytest.mark.parametrize("name", NAMES + PARAMETERS)
def test_what_is_kept_of_other_draws_changes_no_figure(name: str) -> None:
    """After draws of the blueprint itself, and of another change, a changed one is drawn as it is alone."""
    blueprint = plain()
    kept: Kept = {}
    _, known = draw(blueprint, SEED, 0, kept)

    def moved(by: float) -> Blueprint:
        where = "figures" if name in NAMES else "parameters"
        ranges = dict(getattr(blueprint, where))
        middle = by * 0.5 * (ranges[name].low + ranges[name].high)
        ranges[name] = Range(middle, middle)
        return replace(blueprint, **{where: ranges}, origin=blueprint)

    varied(moved(0.9), SEED, 0, known, kept)
    beside = varied(moved(1.1), SEED, 0, known, kept)
    alone = varied(moved(1.1), SEED, 0, known)
    assert beside.figures.keys() == alone.figures.keys()
    for key, values in alone.figures.items():
        assert np.array_equal(values, beside.figures[key]), key
    assert any(not np.array_equal(values, known.figures[key]) for key, values in alone.figures.items())
