"""A scenario: a small diff on a case."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from tightrope.evidence.period import Day
from tightrope.evidence.record import Identifier, Number, Record, Text, Yes


class Setting(Record):
    """A figure or parameter set to a value, or to a range that runs draw from."""

    path: Identifier
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: Text
    why: Text

    @model_validator(mode="after")
    def _value_or_range(self) -> Setting:
        bounds = (self.low is None) + (self.high is None)
        if bounds != (0 if self.value is None else 2):
            raise ValueError("neither one value nor one range; give either value, or low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            order = f"low {self.low:g} > high {self.high:g}"
            raise ValueError(f"the range is upside down: {order}; exchange them")
        return self


class Happening(Record):
    """Something that happens in the scenario from `start` on, for `months` months (to the end if absent)."""

    kind: Literal[
        "secondary_sanctions",
        "tied_down",
        "credibility",
        "effort",
        "coordination",
        "fuel_step",
        "price_cap",
        "route_closed",
        "threat",
        "claim",
        "retaliation",
        "leave_security",
        "leave_economic",
        "join_sanctions",
        "send_troops",
        "enforcement",
        "outside_threat",
    ]
    about: Identifier
    start: Day
    months: Annotated[int, Field(strict=True, ge=1, le=240)] | None = None
    value: Number
    unit: Text
    why: Text


class Scenario(Record):
    """A what-if: what changes, what it means, and which claims suggest it.

    `against` names another scenario of the case that reads the same matter differently: reports set the two against
    each other.
    """

    id: Identifier
    title: Text
    meaning: Text
    scenario: Yes
    against: Identifier | None = None
    suggested_by: tuple[Identifier, ...] = ()
    settings: tuple[Setting, ...] = ()
    happenings: tuple[Happening, ...] = ()

    @model_validator(mode="after")
    def _changes_something(self) -> Scenario:
        if not self.settings and not self.happenings:
            raise ValueError("a scenario that changes nothing; give settings or happenings")
        if self.against == self.id:
            raise ValueError("a scenario set against itself; name another, or remove against")
        return self
