from __future__ import annotations

import doctest
from datetime import date
from itertools import pairwise

import pytest

from tightrope.report import judgement, why, words


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.0, "almost no chance"),
        (0.0449, "almost no chance"),
        (0.05, "very unlikely"),
        (0.1949, "very unlikely"),
        (0.20, "unlikely"),
        (0.4449, "unlikely"),
        (0.45, "roughly even"),
        (0.5449, "roughly even"),
        (0.55, "likely"),
        (0.80, "very likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_a_boundary_belongs_to_the_word_above_it(probability: float, word: str) -> None:
    assert words.word(probability) == word


def test_the_scale_covers_every_probability_once() -> None:
    ends = [(low, high) for _, low, high in words.SCALE]
    assert ends[0][0] == 0
    assert ends[-1][1] == 1
    assert all(one[1] == two[0] for one, two in pairwise(ends))


@pytest.mark.parametrize("wrong", [-0.01, 1.01, float("nan")])
def test_what_is_no_probability_has_no_word(wrong: float) -> None:
    with pytest.raises(ValueError, match="no probability"):
        words.word(wrong)


def test_ranges_are_rounded_outwards_and_rare_things_not_away() -> None:
    assert words.of_100(0.081, 0.187) == "8–19 of 100 runs"
    assert words.of_100(0.2, 0.2) == "20 of 100 runs"
    assert words.hundred(0.004) == "fewer than 1"
    assert words.hundred(0.996) == "more than 99"
    assert (words.hundred(0.0), words.hundred(1.0)) == ("0", "100")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.154, "share", "15"),
        (-0.004, "share", "0"),
        (3.44, "poles", "3.4"),
        (0.8249, "0 to 1", "0.82"),
        (-12345.6, "strength", "−12,346"),
        (float("nan"), "strength", "–"),
    ],
)
def test_numbers_are_rounded_as_a_reader_wants_them(value: float, unit: str, shown: str) -> None:
    assert words.amount(value, unit) == shown


def test_dates_and_lists_read_as_people_write_them() -> None:
    assert words.day(date(2022, 6, 30)) == "30 June 2022"
    assert words.month(2022, 25) == "January 2024"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize("module", [words, why, judgement])
def test_examples_in_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
