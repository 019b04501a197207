"""One chunk of 500 runs, from its draws to what is stored of it; the same wherever it is run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tightrope.engine.record import Stored, blank, labels, note
from tightrope.engine.shock import Shocks
from tightrope.model.blueprint import Blueprint
from tightrope.model.draw import draw
from tightrope.model.state import Flow, Setting, State
from tightrope.model.step import step
from tightrope.model.stream import CHUNK


@dataclass(frozen=True)
class Chunk:
    """What is stored of 500 runs, and how many states had not settled in how many months, summed."""

    arrays: dict[str, Stored]
    unsettled: int


def walk(blueprint: Blueprint, seed: int, chunk: int) -> Iterator[tuple[int, State, Flow, Setting]]:
    """The months of one chunk in turn: index, the state after the month, its quantities, the setting."""
    state, setting = draw(blueprint, seed, chunk)
    shocks = Shocks(seed, chunk, blueprint.deciders, blueprint.months)
    for index in range(blueprint.months):
        state, flow = step(state, setting, shocks.month(index))
        yield index, state, flow, setting


def run_chunk(blueprint: Blueprint, seed: int, chunk: int) -> Chunk:
    """Run one chunk; depends on nothing but the arguments."""
    axes = labels(blueprint)
    arrays = blank(axes, blueprint.months, CHUNK)
    unsettled = 0
    for index, state, flow, setting in walk(blueprint, seed, chunk):
        note(arrays, axes, index, state, flow, setting)
        unsettled += int(flow["unsettled"].sum())
    return Chunk(arrays, unsettled)
