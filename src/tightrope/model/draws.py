"""What is drawn for one chunk of runs, by key: figures, stances, events, each from its own stream."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from tightrope.model.blueprint import Blueprint
from tightrope.model.choice import Array
from tightrope.model.heard import Made, alike, made
from tightrope.model.parameters import Range
from tightrope.model.remembered import remembered
from tightrope.model.stream import CHUNK, stream

# Draws of one seed and chunk by what they are of: another blueprint with the same range has the same
# draws. Of a table of all deciders, what it was made of, and the table.
Kept = dict[Hashable, Any]
Arrays = dict[str, Array]
# What else a blueprint says: a scenario changes its figures, its parameters and its calendar.
SAID = tuple(
    one.name
    for one in fields(Blueprint)
    if one.name not in ("figures", "parameters", "schedule", "origin", "months")
)


class Draws:
    """The draws of one chunk: parameters by name, figures and stances by key, each from its own stream.

    `kept` is shared by blueprints that are drawn for the same seed and chunk, to draw only what differs. `ranges` are
    those of the blueprint's figures.
    """

    def __init__(
        self,
        blueprint: Blueprint,
        seed: int,
        chunk: int,
        parameters: Mapping[str, Array],
        kept: Kept | None = None,
    ) -> None:
        self.blueprint, self.parameters = blueprint, parameters
        self.ranges: Mapping[str, Range] = blueprint.figures
        self._seed, self._chunk = seed, chunk
        self._kept: Kept = {} if kept is None else kept

    def one(self, found: Range, *words: str) -> Array:
        """Draws from a range (R,), keyed by words."""
        if found.low == found.high and found.shape == "uniform":
            return np.full(CHUNK, found.low)
        return self._once((found, *words), lambda: found.draw(stream(self._seed, self._chunk, *words)))

    def uniform(self, *words: str) -> Array:
        """Uniform draws on [0, 1), (R,)."""
        return self._once(("uniform", *words), lambda: stream(self._seed, self._chunk, *words).random(CHUNK))

    def normal(self, *words: str) -> Array:
        """Standard normal draws (R,)."""
        return self._once(
            ("normal", *words), lambda: stream(self._seed, self._chunk, *words).standard_normal(CHUNK)
        )

    def _once(self, key: Hashable, make: Callable[[], Array]) -> Array:
        """Draws that are made once for their range and words."""
        if key not in self._kept:
            self._kept[key] = make()
        drawn: Array = self._kept[key]
        return drawn

    def again(self, name: str, make: Callable[[Draws], Arrays]) -> Arrays:
        """What `make` gives of these draws; what it gave before, if all that it read is the same.

        What it gave at first and what it gave at last are looked at. A blueprint differs from another in figures and
        parameters alone, or it is none that a lever changed.
        """
        said = tuple(getattr(self.blueprint, each) for each in SAID)

        def same(of: tuple[tuple[object, ...], Made[Arrays]]) -> bool:
            alone = all(one is other for one, other in zip(said, of[0], strict=True))
            return alone and of[1].holds(self.ranges, self.parameters)

        def new() -> tuple[tuple[tuple[object, ...], Made[Arrays]], Arrays]:
            found = made(lambda *read: make(self._reading(*read)), self.ranges, self.parameters)
            for values in found.what.values():
                values.flags.writeable = False
            return (said, found), found.what

        return remembered(self._kept.setdefault(("made", name), []), same, new)

    def _reading(self, ranges: Mapping[str, Range], parameters: Mapping[str, Array]) -> Draws:
        """The same draws, of figures and parameters that note what is read."""
        other = Draws(self.blueprint, self._seed, self._chunk, parameters, self._kept)
        other.ranges = ranges
        return other

    def figure(self, name: str) -> Array:
        """A figure of every decider (N, R)."""
        ids = [f"{decider.lower()}.{name}" for decider in self.blueprint.deciders]
        ranges = [self.ranges[found] for found in ids]
        return self._table(
            ("all", *ids),
            ranges,
            lambda: [self.one(one, "figure", id_) for one, id_ in zip(ranges, ids, strict=True)],
        )

    def _table(self, key: Hashable, parts: Sequence[object], rows: Callable[[], list[Array]]) -> Array:
        """Rows below each other, as they were made of the first `parts` that came with this key or of the latest.

        Which those are is told at a glance: what a scenario leaves alone stays the same object.
        """

        def new() -> tuple[Sequence[object], Array]:
            found = np.stack(rows())
            found.flags.writeable = False
            return parts, found

        return remembered(
            self._kept.setdefault(key, []),
            lambda before: all(alike(one, other) for one, other in zip(parts, before, strict=True)),
            new,
        )

    def by_pole(self, prefix: str) -> Array:
        """A figure of every decider with every pole (P, N, R)."""
        return np.stack([self.figure(f"{prefix}_{pole.lower()}") for pole in self.blueprint.poles])

    def of_world(self, prefix: str) -> Array:
        """A figure of the mean state with every pole (P, 1, R)."""
        ids = [f"world.{prefix}_{pole.lower()}" for pole in self.blueprint.poles]
        return np.stack([self.one(self.ranges[found], "figure", found) for found in ids])[:, None]

    def of_poles(self, name: str) -> Array:
        """A figure of every pole itself (P, 1, R)."""
        ids = [f"{pole.lower()}.{name}" for pole in self.blueprint.poles]
        return np.stack([self.one(self.ranges[found], "figure", found) for found in ids])[:, None]

    def stance(self, *issues: str, group: bool = False) -> Array:
        """Mean stated stance on issues, -1 to 1 (N, R); a leading minus turns an issue round.

        The state's own stance or its public's (`group`); anything within ± `opinion_unknown` if no claim
        tells it, as silence is not neutrality.
        """
        plan = self.blueprint
        told = (plan.opinions if group else plan.positions, self.parameters["opinion_unknown"], plan.deciders)
        return self._table(("said", group, *issues), told, lambda: self._said(issues, group))

    def _said(self, issues: Sequence[str], group: bool) -> list[Array]:
        rows = []
        for place, decider in enumerate(self.blueprint.deciders):
            found = [self._stance(place, decider, issue, group) for issue in issues]
            known = [stance for stance in found if stance is not None]
            rows.append(np.mean(known, axis=0) if known else self._silent(decider, *issues))
        return rows

    def _silent(self, decider: str, *issues: str) -> Array:
        return (2.0 * self.uniform("silent", decider, *issues) - 1.0) * self.parameters["opinion_unknown"]

    def _stance(self, place: int, decider: str, issue: str, group: bool) -> Array | None:
        name = issue.lstrip("-")
        found = (self.blueprint.opinions if group else self.blueprint.positions).get((place, name))
        if found is None:
            return None
        drawn = self.one(found, "opinion" if group else "position", decider, name)
        return drawn * (-1.0 if issue.startswith("-") else 1.0)

    def event(self, name: str) -> Array:
        """Strength of an event for every decider (N, R); 0 where no claim tells it."""
        rows = []
        for place, decider in enumerate(self.blueprint.deciders):
            found = self.blueprint.events.get((name, place))
            rows.append(self.one(found.strength, "event", name, decider) if found else np.zeros(CHUNK))
        return np.stack(rows)

    def members(self, pairs: frozenset[tuple[int, int]]) -> Array:
        """1 where a decider belongs to an institution that the pole leads (P, N, 1)."""
        member = np.zeros((len(self.blueprint.poles), len(self.blueprint.deciders), 1))
        for decider, pole in pairs:
            member[pole, decider] = 1.0
        return member

    def condition(self, event: str) -> Array:
        """1 if an event about the target is known, which switches a part of the model on (1, R)."""
        return np.full((1, CHUNK), float(event in self.blueprint.conditions))

    def rivals(self) -> Array:
        """1 for a decider that the target has fought (N, 1): threats are heard there whoever lives there."""
        return np.array(
            [[float(place in self.blueprint.rivals)] for place in range(len(self.blueprint.deciders))]
        )

    def voices(self, place: int, decider: str) -> Array | None:
        """The opinion on a decider's sincerity that each run hears, one voice each (R,); None without any."""
        voices = self.blueprint.voices.get(place, {})
        if not voices:
            return None
        lots = np.stack([self.uniform("voice", decider, voice) for voice in voices])
        stances = np.stack([self.one(found, "stance", decider, voice) for voice, found in voices.items()])
        heard: Array = np.take_along_axis(stances, lots.argmax(axis=0)[None], 0)[0]
        return heard

    def capabilities(self) -> Array:
        """Military spending of each pole as a ratio to the target's (P, 1, R); the target's own is 1."""
        plan = self.blueprint
        rows = [
            np.ones(CHUNK) if place == plan.target else self._pole(f"{pole.lower()}.capability")
            for place, pole in enumerate(plan.poles)
        ]
        return np.stack(rows)[:, None]

    def _pole(self, name: str) -> Array:
        return self.one(self.ranges[name], "figure", name)

    def recognises(self, actors: tuple[str, ...]) -> Array:
        """1 where an actor recognises an entity at the start, or the part of a bloc that does (E, actors)."""
        plan = self.blueprint
        found = [[plan.recognitions.get((actor, one.id), 0.0) for actor in actors] for one in plan.entities]
        return np.array(found).reshape(len(plan.entities), len(actors))

    def recognition_stances(self) -> Array:
        """Stated stance of each decider on recognising each entity, -1 to 1 (E, N, R)."""
        rows = [self.stance(one.issue or f"recognise_{one.id}") for one in self.blueprint.entities]
        return np.stack(rows) if rows else np.zeros((0, len(self.blueprint.deciders), CHUNK))

    def recognisers(self) -> Array:
        """How many states recognise each entity at the start (E, 1, R)."""
        rows = [self._pole(f"{one.id}.recognisers") for one in self.blueprint.entities]
        return (np.stack(rows) if rows else np.zeros((0, CHUNK)))[:, None]

    def parents(self) -> Array:
        """1 where a pole is the parent of an entity (P, E, 1, 1)."""
        plan = self.blueprint
        found = [[float(one.parent == pole) for one in plan.entities] for pole in plan.poles]
        return np.array(found).reshape(len(plan.poles), len(plan.entities), 1, 1)

    def own_land(self) -> Array:
        """1 where a decider is the parent of an entity (E, N, 1)."""
        plan = self.blueprint
        found = [[float(one.parent == name) for name in plan.deciders] for one in plan.entities]
        return np.array(found).reshape(len(plan.entities), len(plan.deciders), 1)
