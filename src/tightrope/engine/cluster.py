"""Chunks run by a dask cluster (`--cluster ADDRESS`), where dask.distributed is installed."""

from __future__ import annotations

import importlib
from collections.abc import Generator
from typing import Any

from tightrope.engine.chunk import Chunk, run_chunks
from tightrope.engine.worker import windowed
from tightrope.errors import ModelError
from tightrope.model.blueprint import Blueprint


def in_order(blueprint: Blueprint, seed: int, chunks: int, address: str) -> Generator[Chunk, None, None]:
    """The chunks 0, 1, 2, … as the cluster whose scheduler listens at `address` finishes them.

    The workers need the same version of tightrope; with the same CPU features they give the same bits.

    Raises:
        ModelError: dask.distributed is not installed, nothing answers at the address, or nobody works there.
    """
    with _client(address) as client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ModelError(
                f"the cluster at {address} has no workers; start some with `dask worker {address}`"
            )
        shared = client.scatter(blueprint, broadcast=True)
        yield from windowed(
            lambda chunk: client.submit(run_chunks, shared, seed, chunk, 1, pure=False), chunks, threads
        )


def _client(address: str) -> Any:
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise ModelError(
            "--cluster needs dask.distributed, which is not installed; pip install 'tightrope[cluster]'"
        ) from None
    try:
        return distributed.Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ModelError(f"no cluster answers at {address} ({error}); give it as tcp://HOST:PORT") from None
