"""The range of a figure: the hull of its readings, or an override that says so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tightrope.case.figure import Figure

NUMBERS = st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=6)


def figure(values: list[float], **more: Any) -> Figure:
    claims = [{"value": value, "source": "s", "date": 2022} for value in values]
    return Figure.model_validate(
        {"id": "f", "about": "KAZ", "measure": "m", "unit": "percent", "claims": claims, **more}
    )


def test_disagreement_widens_the_range() -> None:
    assert figure([20, 22, 15.5]).hull == (15.5, 22)


@given(NUMBERS, NUMBERS)
def test_the_hull_holds_every_reading_and_grows_with_each(first: list[float], more: list[float]) -> None:
    small, large = figure(first).hull, figure(first + more).hull
    assert small is not None
    assert large is not None
    assert large[0] <= small[0] <= min(first) <= max(first) <= small[1] <= large[1]
    assert figure(list(reversed(first))).hull == small


@given(NUMBERS, st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_an_override_replaces_the_hull_and_must_be_in_order(
    values: list[float], low: float, high: float
) -> None:
    if low <= high:
        assert figure(values, scenario=True, low=low, high=high, why="w").hull == (low, high)
    else:
        with pytest.raises(ValidationError, match="upside down"):
            figure(values, scenario=True, low=low, high=high, why="w")


@pytest.mark.parametrize(
    ("values", "more", "said"),
    [
        ([], {}, "a number without source"),
        ([1], {"low": 0}, "belong to an override"),
        ([1], {"scenario": True, "low": 0}, "lacks low, high or why"),
    ],
)
def test_a_figure_is_sourced_or_says_that_it_is_assumed(
    values: list[float], more: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        figure(values, **more)


@pytest.mark.parametrize("value", [True, "3.5", "3", None, float("nan"), float("inf"), 1.01e12, -1e13])
def test_a_value_is_a_finite_number_and_nothing_like_one(value: object) -> None:
    with pytest.raises(ValidationError):
        figure([value])  # type: ignore[list-item]
