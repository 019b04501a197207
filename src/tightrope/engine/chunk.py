"""One chunk of 500 runs, from its draws to what is stored of it; the same wherever it is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tightrope.engine.record import Stored, blank, labels, note
from tightrope.engine.shock import Shocks
from tightrope.model.blueprint import Blueprint
from tightrope.model.draw import draw
from tightrope.model.join import joined
from tightrope.model.state import Flow, Setting, State
from tightrope.model.step import step
from tightrope.model.stream import CHUNK


@dataclass(frozen=True)
class Chunk:
    """What is stored of 500 runs, and how many states had not settled in how many months, summed."""

    arrays: dict[str, Stored]
    unsettled: int


def walk(
    blueprint: Blueprint, seed: int, chunk: int, chunks: int = 1
) -> Iterator[tuple[int, State, Flow, Setting]]:
    """The months in turn of so many chunks from `chunk` on: index, the state after it, its quantities, the setting."""
    state, setting = joined([draw(blueprint, seed, each) for each in range(chunk, chunk + chunks)])
    shocks = Shocks(seed, chunk, blueprint.deciders, blueprint.months, chunks)
    for index in range(blueprint.months):
        state, flow = step(state, setting, shocks.month(index))
        yield index, state, flow, setting


def run_chunk(blueprint: Blueprint, seed: int, chunk: int) -> Chunk:
    """Run one chunk; depends on nothing but the arguments."""
    return run_chunks(blueprint, seed, chunk, 1)[0]


def run_chunks(
    blueprint: Blueprint, seed: int, chunk: int, chunks: int, room: Mapping[str, Stored] | None = None
) -> list[Chunk]:
    """Run so many chunks from `chunk` on together; the same bits as one by one, for fewer and longer array calls.

    `room` is the blank arrays of all runs, for those who need not send results elsewhere: what is stored is written
    there, at the runs' own place, if they all fit in.
    """
    axes = labels(blueprint)
    arrays = _part(room, chunk, chunks) if room else {}
    if not arrays:
        arrays = blank(axes, blueprint.months, chunks * CHUNK)
    unsettled = np.zeros(chunks, int)
    for index, state, flow, setting in walk(blueprint, seed, chunk, chunks):
        note(arrays, axes, index, state, flow, setting)
        unsettled += flow["unsettled"].astype(int)
    return [Chunk(_part(arrays, place, 1), count) for place, count in enumerate(unsettled.tolist())]


def _part(arrays: Mapping[str, Stored], chunk: int, chunks: int) -> dict[str, Stored]:
    """The runs of these chunks in arrays of all runs, as views; nothing if they do not all fit in."""
    first, end = chunk * CHUNK, (chunk + chunks) * CHUNK
    if any(values.shape[-1] < end for values in arrays.values()):
        return {}
    return {name: values[..., first:end] for name, values in arrays.items()}
