"""The blueprint: a case turned into ranges, dated claims and a schedule, before anything is drawn.

Plain, frozen and small, so that it travels to other processes. `build` makes it; `draw` draws from it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np

from tightrope.model.parameters import Range
from tightrope.model.state import Schedule


@dataclass(frozen=True)
class DatedAct:
    """An observed act of a decider, `age` months before the start, with its kind's account ranges."""

    decider: int
    kind: str
    age: float
    base_rate: float
    accounts: Mapping[str, Range]


@dataclass(frozen=True)
class Stock:
    """Something said or done `age` months before the start that adds `strength` to a decaying stock.

    `key` names the happening for its draws; `rank` is the speaker's, for threats.
    """

    decider: int
    key: str
    age: float
    strength: Range
    rank: str = ""


@dataclass(frozen=True)
class MenuAct:
    """A kind of symbolic act on the menu of every decider (see `tightrope.model.state.Act`), as ranges."""

    id: str
    monthly: float
    accounts: Mapping[str, Range]
    pledge: Range
    mediation: bool = False
    pledge_on: str = "other"
    open_to: str = "all"
    needs: str = "nothing"


@dataclass(frozen=True)
class Entity:
    """A territory whose statehood is disputed: its parent by id, and the issue on which stances are taken."""

    id: str
    parent: str | None = None
    issue: str | None = None


@dataclass(frozen=True)
class Blueprint:
    """All that runs draw from. N deciders, P poles; ranges by figure id, parameter name or issue.

    Attributes:
        figures: ranges by figure id.
        positions: stance ranges by (decider index, issue id), and `opinions` those of its groups;
            `distances` says which way an issue leans.
        voices: opinions on each decider's sincerity, one stance range per voice.
        events: strength ranges of what happened, by (event id, decider index).
        refusals: requests for troops by a decider that were refused, of strength 1, with their age in months.
        allied, preferred: membership in a security, or economic, institution by (decider, leading pole).
        rivals: deciders with which the target has fought a war; `conditions` events about the target that
            switch parts of the model on (`western_sanctions`, `invasion`).
        entities: territories whose statehood is disputed; `recognitions` who among poles and deciders
            recognises which, by (actor, entity), or which part of a bloc; `decided` how often each decider
            recognised, and did not.
        cohort: deciders that are looked at together.
        menu: symbolic acts that deciders may choose.
        organ: how the security institution that the target leads decides.
        filled: figures without a known claim, and the wide range used instead.
        origin: the blueprint before a scenario changed it: start and scales come from there.
    """

    deciders: tuple[str, ...]
    poles: tuple[str, ...]
    target: int
    sanctioner: int
    focus: int
    start: tuple[int, int]
    months: int
    parameters: Mapping[str, Range]
    figures: Mapping[str, Range]
    positions: Mapping[tuple[int, str], Range]
    opinions: Mapping[tuple[int, str], Range]
    distances: Mapping[str, float]
    voices: Mapping[int, Mapping[str, Range]]
    events: Mapping[tuple[str, int], Stock]
    acts: tuple[DatedAct, ...]
    commitments: tuple[Stock, ...]
    stands: tuple[Stock, ...]
    threats: tuple[Stock, ...]
    allied: frozenset[tuple[int, int]]
    preferred: frozenset[tuple[int, int]]
    rivals: frozenset[int]
    conditions: frozenset[str]
    schedule: Schedule
    entities: tuple[Entity, ...] = ()
    recognitions: Mapping[tuple[str, str], float] = field(default_factory=dict)
    decided: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    cohort: frozenset[int] = frozenset()
    menu: tuple[MenuAct, ...] = ()
    organ: str = "consensus"
    filled: tuple[str, ...] = ()
    origin: Blueprint | None = None
    refusals: tuple[Stock, ...] = ()


class Key:
    """A blueprint as a key of a cache: by identity, and kept alive by the cache that holds it."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint

    def __hash__(self) -> int:
        return id(self.blueprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and other.blueprint is self.blueprint


class Content:
    """A blueprint as a key of a cache: by all that it says."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint, self._said = blueprint, _said(blueprint)

    def __hash__(self) -> int:
        return hash(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and other._said == self._said


def _said(value: Any) -> Hashable:
    """A value, however deep, as something that can be compared as a whole."""
    if isinstance(value, np.ndarray):
        return (value.shape, value.dtype.str, value.tobytes())
    if is_dataclass(value):
        return tuple(_said(getattr(value, one.name)) for one in fields(value))
    if isinstance(value, Mapping):
        return tuple((key, _said(each)) for key, each in value.items())
    if isinstance(value, tuple | list):
        return tuple(_said(each) for each in value)
    found: Hashable = value
    return found
