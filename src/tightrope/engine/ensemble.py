"""Many runs of a blueprint: chunks in, one set of arrays out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tightrope.engine.chunk import Chunk
from tightrope.engine.record import Labels, Stored, blank, labels
from tightrope.engine.worker import KINDS, Kind, in_order
from tightrope.errors import ModelError
from tightrope.model.blueprint import Blueprint
from tightrope.model.stream import CHUNK

Progress = Callable[[int, int], None]

# Kept as logarithms and reported in percent; beyond e^80 the percent, or their squares, are no numbers any more.
LOGS, LARGEST_LOG = frozenset({"exchange", "prices"}), 80.0


@dataclass(frozen=True)
class Ensemble:
    """The finished runs: arrays by variable (see `record`), labels of their axes, and how it went.

    `runs` finished of `asked`; fewer only if `interrupted`. `unsettled` counts state-months in which the map
    of domestic order had not settled.
    """

    arrays: Mapping[str, Stored]
    axes: Labels
    seed: int
    runs: int
    asked: int
    seconds: float
    unsettled: int

    @property
    def interrupted(self) -> bool:
        """Whether it was stopped before all runs were finished."""
        return self.runs < self.asked


class Ensembles(Protocol):
    """What gives the finished runs of a blueprint: `ensemble`, or what is like it."""

    def __call__(
        self, blueprint: Blueprint, runs: int, seed: int, *, progress: Progress | None = None
    ) -> Ensemble:
        """All runs of a blueprint and seed."""


def ensemble(
    blueprint: Blueprint,
    runs: int,
    seed: int,
    workers: int = 1,
    kind: Kind = "process",
    progress: Progress | None = None,
    cluster: str | None = None,
) -> Ensemble:
    """Run the blueprint `runs` times; the same bits for any number and kind of workers.

    A dask `cluster`, if its address is given, works in place of them. `progress` is called with runs finished
    and asked after each chunk of 500. On Ctrl-C the leading chunks that are finished are kept; if there are
    none, KeyboardInterrupt is raised again.

    Raises:
        ModelError: an impossible number of runs or workers, a seed below 0, or more runs than memory holds.
    """
    _check(runs, seed, workers, kind)
    began = time.perf_counter()
    axes = labels(blueprint)
    arrays = _room(axes, blueprint.months, runs)
    done = unsettled = 0
    try:
        with closing(_chunks(blueprint, seed, -(-runs // CHUNK), workers, kind, cluster, arrays)) as chunks:
            for chunk in chunks:
                kept = min(CHUNK, runs - done)
                check_finite(chunk.arrays)
                for name, values in chunk.arrays.items():
                    place = arrays[name][..., done : done + kept]
                    if not np.may_share_memory(values, place):  # else it was written there at once
                        place[...] = values[..., :kept]
                done, unsettled = done + kept, unsettled + chunk.unsettled
                if progress:
                    progress(done, runs)
    except KeyboardInterrupt:
        if not done:
            raise
    kept_arrays = {name: values[..., :done] for name, values in arrays.items()}
    return Ensemble(kept_arrays, axes, seed, done, runs, time.perf_counter() - began, unsettled)


def _chunks(
    blueprint: Blueprint,
    seed: int,
    number: int,
    workers: int,
    kind: Kind,
    cluster: str | None,
    room: Mapping[str, Stored],
) -> Generator[Chunk, None, None]:
    if cluster is None:
        return in_order(blueprint, seed, number, workers, kind, room)
    from tightrope.engine import cluster as elsewhere

    return elsewhere.in_order(blueprint, seed, number, cluster)


def check_finite(arrays: Mapping[str, Stored]) -> None:
    """Refuse numbers that are none: some setting lies beyond what the model can compute with."""
    for name, values in arrays.items():
        most = LARGEST_LOG if name in LOGS else np.inf
        if not np.isfinite(values).all() or (values > most).any():
            raise ModelError(
                f"{name} is no number in some runs; a figure or parameter lies beyond what the model can "
                "compute with: set fewer, or less extreme, values"
            )


def _check(runs: int, seed: int, workers: int, kind: str) -> None:
    if runs < 1:
        raise ModelError(f"{runs} runs cannot be run; give 1 or more")
    if workers < 1:
        raise ModelError(f"{workers} workers cannot work; give 1 or more")
    if seed < 0:
        raise ModelError(f"the seed {seed} is below 0; give 0 or more")
    if kind not in KINDS:
        raise ModelError(f"no kind of worker is called {kind!r}; there are {', '.join(KINDS)}")


def _room(axes: Labels, months: int, runs: int) -> dict[str, Stored]:
    each = sum(values.nbytes for values in blank(axes, months, 1).values())
    if each * runs > _memory():
        most = int(_memory() / each)
        raise ModelError(
            f"{runs} runs of {months} months need {each * runs / 1e9:.0f} GB; give {most} or fewer"
        )
    return blank(axes, months, runs)


def _memory() -> float:
    """How much of the machine's memory runs may take, in bytes: a fifth of it, where the system tells.

    Two results are held at once when scenarios are compared, and summing them up takes as much again.
    """
    try:
        return 0.2 * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 2.0**40
