"""An institution: members with dates, rules, and how it decides."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from tightrope.evidence.claim import Cited
from tightrope.evidence.period import Period
from tightrope.evidence.record import Identifier, Record, Text


class Membership(Record):
    """One actor's membership, from `since` until `until` (open if absent)."""

    actor: Identifier
    since: Period
    until: Period | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Membership:
        if self.until is not None and self.until.latest < self.since.earliest:
            raise ValueError(f"it ends {self.until}, before it starts {self.since}; exchange since and until")
        return self


class Institution(Record):
    """An organisation with members and a decision procedure.

    `leader` is the pole that leads it, if any: a security organisation so led protects its members, and an
    economic one gives them trade preferences.
    """

    id: Identifier
    name: Text
    decides_by: Literal["consensus", "majority", "leader"]
    role: Literal["security", "economic", "forum"] = "forum"
    leader: Identifier | None = None
    founded: Period
    members: tuple[Membership, ...]
    rules: tuple[Text, ...] = ()
    claims: tuple[Cited, ...] = Field(min_length=1)
