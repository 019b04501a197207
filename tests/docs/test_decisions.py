"""The numbers that the page of decisions gives for the cap on abstention."""

from __future__ import annotations

import re
from math import exp, log, sqrt

import numpy as np
import pytest
from tests.docs.generated import DOCS

from tightrope.model.tally import SCORE, level_of

PAGE = (DOCS / "explanation" / "decisions.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| [^|]*: (\d+)–(\d+)–(\d+)–(\d+) \|(.*)\|$", PAGE, re.MULTILINE)


def cap(tally: tuple[int, ...], spread: float) -> float:
    """The highest probability of abstaining, given presence, that any leaning reaches."""
    shares = np.array(tally) + 0.5
    level = level_of(shares / shares.sum(), np.array([spread]))[:3]
    odds = np.exp(level + SCORE[:3, None] * np.linspace(-12.0, 12.0, 4001))
    return float((odds[1] / odds.sum(axis=0)).max())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:4]))
def test_the_table_of_caps(row: tuple[str, ...]) -> None:
    shown = [float(value) for value in row[4].split("|")]
    found = [cap(tuple(map(int, row[:4])), float(spread)) for spread in range(len(shown))]
    assert shown == pytest.approx(found, abs=0.006)


def test_the_closed_form_for_the_first_resolution() -> None:
    gap = log(35**2 / (5 * 141))
    assert gap == pytest.approx(0.552, abs=5e-4)
    assert 1 / (1 + 2 * exp(-gap / 2)) == pytest.approx(35 / (35 + 2 * sqrt(705)), abs=1e-12)
    assert 35 / (35 + 2 * sqrt(705)) == pytest.approx(0.397, abs=5e-4)
    assert cap((5, 35, 141, 12), 0.0) == pytest.approx(0.389, abs=5e-4)
    assert len(ROWS) == 4
