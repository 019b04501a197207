"""Actors, and the entities whose statehood is disputed."""

from __future__ import annotations

from typing import Literal

from tightrope.evidence.record import Identifier, Record, Text


class Actor(Record):
    """A state, bloc, organisation, group or person.

    `members` lists a bloc's states (ISO 3166-1 alpha-3); `of` is the state that a group or person belongs to.
    """

    id: Identifier
    name: Text
    kind: Literal["state", "bloc", "organisation", "group", "person"]
    of: Identifier | None = None
    post: Text | None = None
    members: tuple[Identifier, ...] = ()
    aliases: tuple[Text, ...] = ()
    note: Text | None = None


class Entity(Record):
    """A territory whose statehood is disputed; positions on `issue` are stances on recognising it."""

    id: Identifier
    name: Text
    parent: Identifier | None = None
    patron: Identifier | None = None
    issue: Identifier | None = None
    note: Text | None = None
