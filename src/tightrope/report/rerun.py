"""Further runs beside a result: many small ensembles, each on its own, by this process or by several.

The same random numbers serve all of them, so that what differs is what was changed. The results are the same bits
for any number of processes.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TypeVar

from tightrope.engine import simulate
from tightrope.engine.pairing import Difference, paired
from tightrope.engine.record import dims_of
from tightrope.engine.result import Result
from tightrope.engine.simulate import Plan

RUNS = 500
Job = TypeVar("Job")
Done = TypeVar("Done")
Differences = Mapping[str, Difference]
Run = Callable[[Plan, int, int], Result]


def each(
    work: Callable[[Job], Done],
    jobs: Iterable[Job],
    workers: int,
    begin: Callable[[Result], None] | None = None,
    first: Result | None = None,
) -> Iterator[Done]:
    """`work` on each job, in their order; by so many processes, or by this one if that is 1.

    `begin`, if given, gets `first` once in every process before its work.
    """
    if begin is not None and first is not None and workers < 2:
        begin(first)
    if workers < 2:
        yield from map(work, jobs)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _deaf, (begin, first))
    try:
        yield from pool.map(work, jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def _deaf(begin: Callable[[Result], None] | None, first: Result | None) -> None:
    """Set up a process: Ctrl-C is for its parent to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if begin is not None and first is not None:
        begin(first)


def leading(whole: Result, runs: int = RUNS) -> Result:
    """The leading runs of a result, at most so many: what a smaller ensemble would have given."""
    if whole.manifest.runs <= runs:
        return whole
    arrays = {name: values[..., :runs] for name, values in whole.arrays.items()}
    return replace(whole, arrays=arrays, manifest=replace(whole.manifest, runs=runs, asked=runs))


def narrowed(whole: Result) -> Result:
    """A result of the focus state and the world alone, which is all that a report compares."""
    place = whole.axes["actor"].index(whole.manifest.focus)
    arrays = {}
    for name, values in whole.arrays.items():
        dims = dims_of(name)
        arrays[name] = values.take([place], axis=dims.index("actor")) if "actor" in dims else values
    return replace(whole, arrays=arrays, axes={**whole.axes, "actor": (whole.manifest.focus,)})


@dataclass(frozen=True)
class Pairing:
    """A scenario to be set beside a first result; and beside `other`, which reads the same matter differently."""

    made: Plan
    other: Plan | None
    runs: int
    seed: int


def pairings(plans: Mapping[str, Plan], runs: int, seed: int) -> dict[str, Pairing]:
    """One for each plan by its scenario's id; `other` where the scenario names one that is among them."""
    against = {name: made.scenario.against if made.scenario else None for name, made in plans.items()}
    return {name: Pairing(made, plans.get(against[name] or ""), runs, seed) for name, made in plans.items()}


_first: list[Result] = []


def hold(first: Result) -> None:
    """Keep what the pairings of this process are set against."""
    _first[:] = [narrowed(first)]


def set_beside(one: Pairing, run: Run = simulate.run) -> tuple[Differences, Differences | None]:
    """Paired differences of a scenario from the result that is held, and from the scenario it is set against.

    Of the focus state and the world only.
    """
    ran = narrowed(run(one.made, one.runs, one.seed))
    if one.other is None:
        return paired(_first[0], ran), None
    return paired(_first[0], ran), paired(narrowed(run(one.other, one.runs, one.seed)), ran)
