"""Who runs the chunks: this thread, several threads or several processes; they come back in order."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Literal, Protocol

from tightrope.engine.chunk import Chunk, run_chunk
from tightrope.errors import ModelError
from tightrope.model.blueprint import Blueprint
from tightrope.model.scale import scales

Kind = Literal["thread", "process"]
KINDS: tuple[Kind, ...] = ("thread", "process")


class Promise(Protocol):
    """A chunk that somebody is running."""

    def result(self) -> Chunk:
        """Wait for it."""


_job: tuple[Blueprint, int] | None = None


def in_order(
    blueprint: Blueprint, seed: int, chunks: int, workers: int, kind: Kind
) -> Generator[Chunk, None, None]:
    """The chunks 0, 1, 2, … as they are finished, by so many workers; each chunk is the same whoever runs it.

    Closing the iterator drops what has not begun and waits for what has (a fraction of a second).

    Raises:
        ModelError: a worker process died, as it does when memory runs out.
    """
    scales(blueprint.origin or blueprint)  # once, so that threads do not each compute it
    if workers == 1:
        with single_blas():
            yield from (run_chunk(blueprint, seed, chunk) for chunk in range(chunks))
    elif kind == "thread":
        with single_blas(), _pool(ThreadPoolExecutor(workers)) as pool:
            yield from windowed(lambda chunk: pool.submit(run_chunk, blueprint, seed, chunk), chunks, workers)
    else:
        executor = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (blueprint, seed))
        with _pool(executor) as pool:
            yield from windowed(lambda chunk: pool.submit(_work, chunk), chunks, workers)


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


def windowed(submit: Callable[[int], Promise], chunks: int, workers: int) -> Iterator[Chunk]:
    """Keep two chunks a worker in hand, so that finished ones do not pile up in memory."""
    waiting: deque[Promise] = deque()
    with _deaf_children():
        for chunk in range(min(chunks, 2 * workers)):
            waiting.append(submit(chunk))
    for chunk in range(len(waiting), chunks + len(waiting)):
        yield waiting.popleft().result()
        if chunk < chunks:
            waiting.append(submit(chunk))


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


def _work(chunk: int) -> Chunk:
    if _job is None:
        raise RuntimeError("the worker was not set up")
    return run_chunk(*_job, chunk)
