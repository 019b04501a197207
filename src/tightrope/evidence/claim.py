"""A claim: what one source says, where it says it, and what that sets in the model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from tightrope.evidence.period import Period
from tightrope.evidence.record import Count, Digest, Identifier, Record, Salience, Text

Stance = Annotated[float, Field(strict=True, ge=-1, le=1, allow_inf_nan=False)]
Strength = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Rank = Literal["president", "minister", "legislator", "television", "commentator"]


class Locator(Record):
    """Where a passage stands: character offsets into the source's text, end excluded, and its SHA-256.

    The passage itself is never stored; whoever holds the text can check the digest.
    """

    start: Count
    end: Count
    sha256: Digest

    @model_validator(mode="after")
    def _in_order(self) -> Locator:
        if self.end <= self.start:
            raise ValueError(f"a passage from {self.start} to {self.end}; give a start before the end")
        return self


class Cited(Record):
    """What every claim carries: source, place in it, and the date that it refers to."""

    source: Identifier
    at: Locator | None = None
    where: Text | None = None
    date: Period
    note: Text | None = None


class Statement(Cited):
    """A claim in words. `fault` names an error of the source itself: shown, but it sets nothing.

    Claims of several sources about one and the same thing share `happening`: it counts once.
    """

    id: Identifier
    about: Identifier
    paraphrase: Text
    happening: Identifier | None = None
    fault: Text | None = None


class Act(Statement):
    """Somebody did something that audiences could observe; `act` names a kind of act (acts.yaml)."""

    kind: Literal["act"]
    act: Identifier


class Commitment(Statement):
    """A public undertaking on an issue; feeds the stock of tied hands."""

    kind: Literal["commitment"]
    issue: Identifier
    strength: Strength


class Threat(Statement):
    """A threat against `about` by `by`, weighted by the speaker's rank; feeds menace."""

    kind: Literal["threat"]
    by: Identifier
    rank: Rank
    strength: Strength


class Interpretation(Statement):
    """One voice's opinion whether `about` is sincere (+1) or plays a game (-1)."""

    kind: Literal["interpretation"]
    voice: Text
    stance: Stance


class Position(Statement):
    """Where `about` stands on an issue, from against (-1) to for (+1)."""

    kind: Literal["position"]
    issue: Identifier
    stance: Stance


class Event(Statement):
    """Something that happened, and what it sets, if anything (see `model/build.py`)."""

    kind: Literal["event"]
    event: Identifier
    strength: Strength = 1.0


class Context(Statement):
    """Background: shown as evidence, sets nothing in this version of the model."""

    kind: Literal["context"]
    bears_on: tuple[Identifier, ...] = ()


Claim = Annotated[
    Act | Commitment | Threat | Interpretation | Position | Event | Context, Field(discriminator="kind")
]


class Conflict(Record):
    """Claims that cannot all be read at face value, shown side by side."""

    id: Identifier
    claims: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    kind: Literal["polarity", "number", "date", "attribution", "interpretation", "wording"]
    salience: Salience
    what: Text
    likely: Text | None = None
