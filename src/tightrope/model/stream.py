"""Streams of random numbers keyed by what they are for, so that scenarios share their draws.

A stream depends on the seed, the chunk of runs, and words such as the kind of shock and the actor's id:
adding or reordering actors, months or runs leaves every other draw as it was.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np

CHUNK = 500


@lru_cache(maxsize=4096)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")


def stream(seed: int, chunk: int, *words: str) -> np.random.Generator:
    """The generator for these words: PCG64 seeded by SeedSequence(seed, spawn_key=(chunk, words…))."""
    key = (chunk, *(_number(word) for word in words))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
