"""Dates as sources give them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tightrope.evidence.period import Day, Period, Span, as_of_refusal

PERIOD: TypeAdapter[Span] = TypeAdapter(Period)
DAY: TypeAdapter[date] = TypeAdapter(Day)
DATES = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("given_", "earliest", "latest"),
    [
        (2022, "2022-01-01", "2022-12-31"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        (" 2022-04-27 ", "2022-04-27", "2022-04-27"),
        (datetime(2022, 4, 27, 13), "2022-04-27", "2022-04-27"),
        ({"earliest": "2022-04-01", "latest": "2022-05-01", "why": "said so"}, "2022-04-01", "2022-05-01"),
    ],
)
def test_a_day_a_month_a_year_and_a_range(given_: Any, earliest: str, latest: str) -> None:
    span = PERIOD.validate_python(given_)
    assert (span.earliest.isoformat(), span.latest.isoformat()) == (earliest, latest)


@given(DATES)
def test_each_part_of_a_date_holds_the_next_finer_one(day: date) -> None:
    text = day.isoformat()
    exact, month, year = (PERIOD.validate_python(text[:length]) for length in (10, 7, 4))
    assert year.earliest <= month.earliest <= exact.earliest == day
    assert day == exact.latest <= month.latest <= year.latest
    assert (month.latest + timedelta(days=1)).day == 1 if month.latest < date.max else True
    assert str(exact) == text
    assert PERIOD.validate_python(day) == exact


@given(DATES, DATES)
def test_a_range_is_in_order_or_refused(first: date, second: date) -> None:
    body = {"earliest": first.isoformat(), "latest": second.isoformat()}
    if first <= second:
        span = PERIOD.validate_python(body)
        assert (span.earliest, span.latest) == (first, second)
        assert PERIOD.validate_python(span) is span
    else:
        with pytest.raises(ValidationError, match="lies before earliest"):
            PERIOD.validate_python(body)


@pytest.mark.parametrize(
    "wrong",
    [
        "2022-02-30",
        "2022-13",
        "2021-02-29",
        "0000",
        "22",
        22,
        "early April",
        "2022-4-1",
        "2022/04/01",
        "",
        True,
        1.5,
        [2022],
        "２０２２",
        "2022-04-27\n2022",
        {"earliest": "2022-04"},
        {"earliest": 0, "latest": 0},
        None,
    ],
)
def test_what_is_no_date_is_refused(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        PERIOD.validate_python(wrong)


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.none()))
def test_nothing_but_a_validation_error_comes_of_any_value(value: Any) -> None:
    for adapter in (PERIOD, DAY):
        try:
            adapter.validate_python(value)
        except ValidationError:
            continue


@pytest.mark.parametrize("wrong", [2022, 0, 86400, "2022", "2022-02-30", "20220427", "1650000000", None, 1.0])
def test_a_day_is_written_as_a_day(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(wrong)


@pytest.mark.parametrize("when", [date(1990, 1, 1), date(2022, 6, 30), date(2100, 12, 31)])
def test_a_day_within_reach_can_be_as_of(when: date) -> None:
    assert as_of_refusal(when) is None


@pytest.mark.parametrize("when", [date.min, date(1989, 12, 31), date(2101, 1, 1), date.max])
def test_a_day_out_of_reach_cannot_be_as_of(when: date) -> None:
    assert str(as_of_refusal(when)).startswith(f"as_of {when} lies too far off; give a day from 1990-01-01")
