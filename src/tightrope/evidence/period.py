"""A date as sources give it: a day, a month, a year, or an inferred range."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from tightrope.evidence.record import Record, Text

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
FIRST_AS_OF, LAST_AS_OF = date(1990, 1, 1), date(2100, 12, 31)
_REMEDY = "give a day (2022-04-27), a month (2022-04), a year (2022) or {earliest: …, latest: …}"
_DAY_REMEDY = "give a day as 2022-04-27"


def day(value: Any) -> Any:
    """Read a day written as 2022-04-27; raises `ValueError` for anything else, numbers included."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
        raise ValueError(f"{value!r:.60} is no day; {_DAY_REMEDY}")
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise ValueError(f"{value!r:.60} is a day that does not exist; {_DAY_REMEDY}") from None


def as_of_refusal(when: date) -> str | None:
    """What is wrong with `when` as the day up to which things are known, and what would be right; else None.

    >>> as_of_refusal(date(22, 6, 30))
    'as_of 0022-06-30 lies too far off; give a day from 1990-01-01 to 2100-12-31'
    """
    if FIRST_AS_OF <= when <= LAST_AS_OF:
        return None
    return f"as_of {when} lies too far off; give a day from {FIRST_AS_OF} to {LAST_AS_OF}"


_DAY_SCHEMA = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

Day = Annotated[date, BeforeValidator(day), WithJsonSchema(_DAY_SCHEMA)]


class Span(Record):
    """The days between `earliest` and `latest`, both included.

    >>> period("2022-02").latest
    datetime.date(2022, 2, 28)
    """

    earliest: Day
    latest: Day
    why: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.latest < self.earliest:
            raise ValueError(f"latest {self.latest} lies before earliest {self.earliest}; exchange them")
        return self

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        return f"{self.earliest.isoformat()} to {self.latest.isoformat()}"


def period(value: Any) -> Any:
    """Read a day, month or year into a `Span`; a mapping or a `Span` is left for validation to judge.

    Raises `ValueError` for a date that does not exist, and for what is no date at all.
    """
    if value is None or isinstance(value, Span | dict):
        return value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Span(earliest=value, latest=value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    match = _PARTIAL.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r:.60} is no date; {_REMEDY}")
    return _partial(value, match)


def _partial(value: str, match: re.Match[str]) -> Span:
    year, month, start = (int(part) if part else None for part in match.groups())
    try:
        earliest = date(year or 0, month or 1, start or 1)
        last = calendar.monthrange(year or 0, month or 12)[1]
        return Span(earliest=earliest, latest=date(year or 0, month or 12, start or last))
    except ValueError:
        raise ValueError(f"{value!r:.60} is a date that does not exist; {_REMEDY}") from None


_SCHEMA = {
    "anyOf": [
        {"type": "integer", "minimum": 1000, "maximum": 9999},
        {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
        {
            "type": "object",
            "properties": {
                "earliest": _DAY_SCHEMA,
                "latest": _DAY_SCHEMA,
                "why": {"type": "string"},
            },
            "required": ["earliest", "latest"],
            "additionalProperties": False,
        },
    ]
}

Period = Annotated[Span, BeforeValidator(period), WithJsonSchema(_SCHEMA)]
