"""Who runs the chunks: this thread, several threads or several processes; they come back in order."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Literal, Protocol

from tightrope.engine.chunk import Chunk, run_chunks
from tightrope.engine.record import Stored
from tightrope.errors import ModelError
from tightrope.model.blueprint import Blueprint
from tightrope.model.scale import scales
from tightrope.model.stream import CHUNK

Kind = Literal["thread", "process"]
KINDS: tuple[Kind, ...] = ("thread", "process")
# Chunks run together: longer arrays cost fewer calls, until they no longer fit into the cache.
TOGETHER, COLUMNS = 2, 40_000


class Promise(Protocol):
    """A block of chunks that somebody is running."""

    def result(self) -> list[Chunk]:
        """Wait for it."""


_job: tuple[Blueprint, int] | None = None


def in_order(
    blueprint: Blueprint,
    seed: int,
    chunks: int,
    workers: int,
    kind: Kind,
    room: Mapping[str, Stored] | None = None,
) -> Generator[Chunk, None, None]:
    """The chunks 0, 1, 2, … as they are finished, by so many workers; each chunk is the same whoever runs it.

    A single worker writes into `room`, the blank arrays of all runs, where it is given (see `run_chunks`).
    Closing the iterator drops what has not begun and waits for what has (a fraction of a second).

    Raises:
        ModelError: a worker process died, as it does when memory runs out.
    """
    scales(blueprint.origin or blueprint)  # once, so that threads do not each compute it
    blocks = _blocks(blueprint, chunks, workers)
    if workers == 1:
        with single_blas():
            for block in blocks:
                yield from run_chunks(blueprint, seed, *block, room)
    elif kind == "thread":
        with single_blas(), _pool(ThreadPoolExecutor(workers)) as pool:
            yield from windowed(
                lambda place: pool.submit(run_chunks, blueprint, seed, *blocks[place]), len(blocks), workers
            )
    else:
        executor = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (blueprint, seed))
        with _pool(executor) as pool:
            yield from windowed(lambda place: pool.submit(_work, *blocks[place]), len(blocks), workers)


def _blocks(blueprint: Blueprint, chunks: int, workers: int) -> list[tuple[int, int]]:
    """Which chunks are run together, as the first of each block and how many.

    As many as leave each worker two blocks and a block no more columns than `COLUMNS`; never so few but one.
    """
    room = COLUMNS // (CHUNK * len(blueprint.deciders))
    together = max(1, min(room, TOGETHER, chunks // (2 * workers)))
    return [(first, min(together, chunks - first)) for first in range(0, chunks, together)]


def single_blas() -> AbstractContextManager[object]:
    """Holds BLAS to one thread where threadpoolctl is installed: more only get in each other's way here."""
    try:
        limits = importlib.import_module("threadpoolctl").threadpool_limits
    except ImportError:
        return nullcontext()
    holding: AbstractContextManager[object] = limits(limits=1)
    return holding


@contextmanager
def _pool(executor: Executor) -> Iterator[Executor]:
    try:
        yield executor
    except BrokenProcessPool as error:
        raise ModelError(f"a worker process died ({error}); use fewer workers, or threads") from None
    finally:
        executor.shutdown(cancel_futures=True)


def windowed(submit: Callable[[int], Promise], blocks: int, workers: int) -> Iterator[Chunk]:
    """Keep two blocks of chunks a worker in hand, so that finished ones do not pile up in memory."""
    waiting: deque[Promise] = deque()
    with _deaf_children():
        for block in range(min(blocks, 2 * workers)):
            waiting.append(submit(block))
    for block in range(len(waiting), blocks + len(waiting)):
        yield from waiting.popleft().result()
        if block < blocks:
            waiting.append(submit(block))


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started in here inherit a blocked Ctrl-C, which is for their parent to handle.

    For the parent it is only put off until the end of the block.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_with_parent() -> None:
    """End when the process that started this one has ended, however it ended."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _begin(blueprint: Blueprint, seed: int) -> None:
    """Set up a worker process: what it works on, deaf to Ctrl-C, one BLAS thread."""
    global _job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_leave_with_parent, daemon=True).start()
    _job = blueprint, seed
    single_blas()


def _work(chunk: int, chunks: int) -> list[Chunk]:
    if _job is None:
        raise RuntimeError("the worker was not set up")
    return run_chunks(*_job, chunk, chunks)
