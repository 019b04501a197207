"""The case: the situation in the words of the analyst, whole and frozen."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from tightrope.case.actor import Actor, Entity
from tightrope.case.figure import Figure
from tightrope.case.institution import Institution
from tightrope.case.issue import ActKind, Issue, Precedent, Resolution
from tightrope.case.question import Question
from tightrope.case.scenario import Scenario
from tightrope.case.tie import Tie
from tightrope.evidence.claim import Claim, Conflict
from tightrope.evidence.period import Day, as_of_refusal
from tightrope.evidence.record import Identifier, One, Record, Text
from tightrope.evidence.source import Source


class About(Record):
    """case.yaml: what the case is about, and who in it decides.

    `cohort` is a bloc whose members among the deciders are looked at together: how they lean, on average.
    """

    format: One
    id: Identifier
    title: Text
    summary: Text
    as_of: Day
    months: Annotated[int, Field(strict=True, ge=1, le=240)]
    focus: Identifier
    deciders: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    poles: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    target: Identifier
    sanctioner: Identifier
    cohort: Identifier | None = None
    boundaries: Text

    @field_validator("as_of")
    @classmethod
    def _in_reach(cls, when: date) -> date:
        refusal = as_of_refusal(when)
        if refusal is not None:
            raise ValueError(refusal)
        return when


class Case(Record):
    """Everything a case folder says, outcomes excepted (only `score/` reads those).

    Each field but `about` is a list in the file of its name, `actors` in actors.yaml and so on.
    """

    about: About
    sources: tuple[Source, ...]
    actors: tuple[Actor, ...]
    entities: tuple[Entity, ...] = ()
    ties: tuple[Tie, ...] = ()
    institutions: tuple[Institution, ...] = ()
    issues: tuple[Issue, ...] = ()
    acts: tuple[ActKind, ...] = ()
    figures: tuple[Figure, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    questions: tuple[Question, ...] = ()
    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    scenarios: tuple[Scenario, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """What each actor and each entity is called, by id."""
        return {one.id: one.name for one in self.actors} | {one.id: one.name for one in self.entities}

    def called(self, name: str) -> str:
        """What an actor or an entity is called; its id where the case does not have it."""
        return self.names.get(name, name)
