"""Who of a case is meant by a name that the reader gives, and with what weight a person speaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tightrope.case.actor import Actor, Entity
from tightrope.case.case import Case
from tightrope.evidence.claim import Rank

# Words that a name may have or lack.
_LOOSE = frozenset({"the", "of", "and", "a", "mr", "mrs", "ms", "dr", "sir", "former", "self", "declared"})
_OFFICE = re.compile(
    r"\b(president|minister|ministry|premier|chancellor|ambassador|envoy|administration|spokes\w+|"
    r"government|security council|secretary|king|emir)\b",
    re.IGNORECASE,
)
_RANKS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    ("television", re.compile(r"\b(television|tv|presenter|network|broadcaster|anchor)\b", re.IGNORECASE)),
    (
        "legislator",
        re.compile(
            r"\b(member of (the )?(state )?(duma|parliament)|duma|parliament|deputy speaker|lawmaker|legislator|"
            r"senator|congress\w*|mp)\b",
            re.IGNORECASE,
        ),
    ),
    ("minister", re.compile(r"\b(minister|secretary of state|foreign secretary|premier)\b", re.IGNORECASE)),
    ("president", re.compile(r"\bpresident of (?!the european)", re.IGNORECASE)),
)
# A post that is over lends no voice to the state.
_PAST = re.compile(r"\b(until|former|ex-|died)\b", re.IGNORECASE)


class Roster:
    """The actors and entities of a case, found by any of their names."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._actors = {actor.id: actor for actor in case.actors}
        self._entities = {entity.id: entity for entity in case.entities}
        self._named: dict[frozenset[str], str] = {}
        everybody: tuple[Actor | Entity, ...] = (*case.actors, *case.entities)
        for one in everybody:
            for name in _names(one):
                self._named.setdefault(_folded(name), one.id)

    def find(self, name: str | None) -> str | None:
        """The id of the actor or entity that a name means; None where none or several could be meant."""
        words = _folded(name or "")
        if not words:
            return None
        if name in self._actors or name in self._entities:
            return name
        if words in self._named:
            return self._named[words]
        return self._by_part(words)

    def _by_part(self, words: frozenset[str]) -> str | None:
        """By a part of a person's name, or by the one entity whose name lies within what is said."""
        persons = {
            found
            for known, found in self._named.items()
            if words < known and found in self._actors and self._actors[found].kind == "person"
        }
        if len(persons) == 1:
            return persons.pop()
        found = [entity.id for entity in self._entities.values() if _core(entity) <= words]
        return found[0] if found else None

    def entities(self, name: str | None) -> tuple[str, ...]:
        """Every entity whose own word stands in a name that may name several."""
        words = _folded(name or "")
        return tuple(entity.id for entity in self._entities.values() if words and _core(entity) <= words)

    def called(self, actor: str) -> str:
        """What an actor is called, with the article of a bloc left as the case writes it."""
        return self.case.called(actor)

    def speaks_for(self, actor: str) -> str:
        """The state in whose name an official speaks; anybody else speaks for himself."""
        found = self._actors.get(actor)
        if found is None or found.kind != "person" or found.of is None or not found.post:
            return actor
        official = _OFFICE.search(found.post) and not _PAST.search(found.post)
        return (
            found.of if official and self.rank(actor) in ("president", "minister", "commentator") else actor
        )

    def rank(self, actor: str) -> Rank:
        """How weighty the voice of an actor is: a state's own is that of its head."""
        found = self._actors.get(actor)
        if found is None:
            return "commentator"
        if found.kind == "state":
            return "president"
        if found.kind != "person":
            return "legislator" if re.search(r"official|legislator", found.name) else "commentator"
        fitting = (rank for rank, words in _RANKS if found.post and words.search(found.post))
        return next(fitting, "commentator")

    def side(self, actor: str) -> str:
        """The state that an actor is or belongs to, or the actor itself."""
        found = self._actors.get(actor)
        return found.of if found is not None and found.of is not None else actor

    def is_person(self, actor: str) -> bool:
        """Whether the actor is a person."""
        found = self._actors.get(actor)
        return found is not None and found.kind == "person"


def _names(one: Actor | Entity) -> Iterable[str]:
    yield from (one.id, one.name)
    if isinstance(one, Actor):
        yield from one.aliases


def _folded(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return frozenset(re.findall(r"[a-z0-9]+", plain)) - _LOOSE


def _core(entity: Entity) -> frozenset[str]:
    """The words that tell an entity from its like: of a people's republic its place."""
    return _folded(entity.name) - {"people", "peoples", "s", "republic", "republics"}
