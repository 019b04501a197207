"""Files read by a dask cluster (`--cluster`), where dask.distributed is installed; they come back in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from tightrope.errors import EvidenceError
from tightrope.evidence.backend import Backend, Wanted, backends, library
from tightrope.evidence.file import contents
from tightrope.evidence.found import Findings
from tightrope.evidence.gazetteer import Gazetteer
from tightrope.evidence.reader import read_report
from tightrope.evidence.text import Printed, printed_of, report_of

# What `--cluster` without an address means: the cores of this machine.
HERE = "here"
# Files on their way for each thread that works: enough to keep it busy, too few to fill the memory.
AHEAD = 3


@dataclass(frozen=True)
class Read:
    """What a file came to: its texts, each with what it holds (None where that is known), and its fault."""

    reports: tuple[tuple[Printed, Findings | None], ...]
    fault: str | None = None


def digest(raw: str) -> str:
    """The SHA-256 by which a text is known again."""
    return sha256(raw.encode("utf-8", "replace")).hexdigest()


def read_bytes(path: Path, data: bytes, known: Gazetteer, wanted: Wanted, finished: Collection[str]) -> Read:
    """Read the bytes of a file as any worker does; a text whose digest is among `finished` is not read again."""
    done: list[tuple[Printed, Findings | None]] = []
    try:
        for one in printed_of(path, data):
            fresh = digest(one.raw) not in finished
            done.append((one, read_report(report_of(one), known, _loaded(wanted)) if fresh else None))
    except EvidenceError as error:
        return Read(tuple(done), str(error))
    return Read(tuple(done))


@lru_cache(maxsize=1)
def _loaded(wanted: Wanted) -> tuple[Backend, ...]:
    """The back ends of a worker, loaded once."""
    return backends(wanted)


def in_order(
    paths: Iterable[Path], known: Gazetteer, wanted: Wanted, finished: Collection[str], address: str
) -> Iterator[tuple[Path, Read]]:
    """Each file with what a cluster read in it, in the order given; only some are on their way at a time.

    The workers need the same version of tightrope; they then find the same.

    Raises:
        EvidenceError: dask.distributed is not installed, nothing answers at the address, or nobody works there.
    """
    with _client(address) as client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise EvidenceError(
                f"the cluster at {address} has no workers; start some with `dask worker {address}`"
            )
        shared = client.scatter([known, frozenset(finished)], broadcast=True, hash=False)
        waiting: deque[tuple[Path, Any]] = deque()
        for path in paths:
            waiting.append((path, _sent(client, path, shared, wanted)))
            if len(waiting) >= AHEAD * threads:
                yield _came(*waiting.popleft())
        while waiting:
            yield _came(*waiting.popleft())


def _sent(client: Any, path: Path, shared: list[Any], wanted: Wanted) -> Any:
    """A file on its way to a worker; one that cannot be opened here goes nowhere."""
    try:
        data = contents(path)
    except EvidenceError as error:
        return Read((), str(error))
    return client.submit(read_bytes, path, data, shared[0], wanted, shared[1], pure=False)


def _came(path: Path, sent: Any) -> tuple[Path, Read]:
    return path, sent if isinstance(sent, Read) else sent.result()


@contextmanager
def _client(address: str) -> Iterator[Any]:
    distributed = library("distributed", "--cluster", "cluster")
    try:
        if address == HERE:
            client = distributed.Client(threads_per_worker=1, dashboard_address=None, set_as_default=False)
        else:
            client = distributed.Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EvidenceError(
            f"no cluster answers at {address} ({error}); give it as tcp://HOST:PORT"
        ) from None
    with client:
        yield client
