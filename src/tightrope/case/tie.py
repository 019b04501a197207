"""A tie: a dated relation between two actors, with a number or a kind."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from tightrope.evidence.claim import Cited
from tightrope.evidence.period import Period
from tightrope.evidence.record import Identifier, Number, Record, Text


class Tie(Record):
    """A dated relation from one actor to another; a number needs its unit, and claims cite it."""

    id: Identifier
    kind: Literal[
        "alliance", "border", "trade", "minority", "conflict", "office", "recognition", "space", "rivalry"
    ]
    source_actor: Identifier = Field(alias="from")
    target_actor: Identifier = Field(alias="to")
    since: Period
    until: Period | None = None
    value: Number | None = None
    unit: Text | None = None
    claims: tuple[Cited, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _unit_with_value(self) -> Tie:
        if (self.value is None) != (self.unit is None):
            raise ValueError("value and unit go together; give both or neither")
        if self.until is not None and self.until.latest < self.since.earliest:
            raise ValueError(f"it ends {self.until}, before it starts {self.since}; exchange since and until")
        return self
