"""Numbers in words, digits and shares."""

import pytest

from tightrope.evidence.copy import lowered
from tightrope.evidence.measure_words import KEY
from tightrope.evidence.number import ORDINALS, SMALL, digits, fraction, words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seven", 7),
        ("twenty-five", 25),
        ("two hundred and six", 206),
        ("three thousand", 3000),
        ("a hundred", 100),
        ("half a million", 500_000),
        ("four million two hundred thousand", 4_200_000),
        ("two dozen", 24),
        ("tree", None),
        ("", None),
    ],
)
def test_words(text, value):
    assert words(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("7,001", 7001), ("2.75", 2.75), ("1,234,567.5", 1234567.5)]
)
def test_digits(text, value):
    assert digits(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("half", 0.5), ("a third", 0.333), ("two-thirds", 0.667), ("tree", None)]
)
def test_fractions(text, value):
    assert fraction(text) == value


@pytest.mark.parametrize(
    "word",
    [
        *list(SMALL)[1:],
        *list(ORDINALS)[:11],
        "a dozen",
        "half a million",
        "tens",
        "quarter",
        "few",
        "billion",
    ],
)
def test_no_first_letter_of_a_number_is_passed_over(word):
    assert KEY.search(f"with {word} of them").start() == 5
    assert KEY.search(lowered(f"with {word.title()} of them")).start() == 5
