"""A figure: a number with unit, date, source and range."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from tightrope.evidence.claim import Cited
from tightrope.evidence.record import Identifier, Number, Record, Text, Yes


class Reading(Cited):
    """One source's value of a figure; `bound` says whether the source gives it as a limit."""

    id: Identifier | None = None
    value: Number
    bound: Literal["exact", "about", "lower", "upper"] = "exact"


class Figure(Record):
    """A number about an actor. Its range is the hull of the readings known at `as_of`.

    An assumption that no source carries says `scenario: true`, its `low` and `high`, and why.
    """

    id: Identifier
    about: Identifier
    measure: Text
    unit: Text
    claims: tuple[Reading, ...] = ()
    scenario: Yes | None = None
    low: Number | None = None
    high: Number | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _sourced_or_scenario(self) -> Figure:
        if self.scenario is None:
            return self._sourced()
        if self.low is None or self.high is None or self.why is None:
            raise ValueError("a scenario figure lacks low, high or why; give all three")
        if self.low > self.high:
            order = f"low {self.low:g} > high {self.high:g}"
            raise ValueError(f"the range is upside down: {order}; exchange them")
        return self

    def _sourced(self) -> Figure:
        if not self.claims:
            raise ValueError(
                "a number without source; cite one under claims, or say `scenario: true`, low, high and why"
            )
        if self.low is not None or self.high is not None or self.why is not None:
            raise ValueError("low, high and why belong to an override; add `scenario: true` or remove them")
        return self

    @property
    def hull(self) -> tuple[float, float] | None:
        """The lowest and highest value that runs draw from; None when no claim is known."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        values = [reading.value for reading in self.claims]
        return (min(values), max(values)) if values else None
