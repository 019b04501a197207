"""Streams of random numbers: keyed by words, and by nothing else."""

from __future__ import annotations

import hashlib

import numpy as np
from tests.model.shipped import plain

from tightrope.model.stream import CHUNK, stream


def test_the_same_words_give_the_same_draws() -> None:
    assert np.array_equal(
        stream(1, 2, "rouble", "world").random(9), stream(1, 2, "rouble", "world").random(9)
    )


def test_seed_chunk_and_each_word_matter() -> None:
    ways = [(1, 0, "a", "b"), (2, 0, "a", "b"), (1, 1, "a", "b"), (1, 0, "b", "a"), (1, 0, "a"), (1, 0, "ab")]
    assert len({stream(*way).random() for way in ways}) == len(ways)


def test_it_is_pcg64_keyed_by_digests() -> None:
    """Written out again, so that no change of the key goes unseen."""
    number = int.from_bytes(hashlib.sha256(b"rouble").digest()[:4], "big")
    wanted = np.random.Generator(np.random.PCG64(np.random.SeedSequence(7, spawn_key=(3, number))))
    assert stream(7, 3, "rouble").random() == wanted.random()


def test_no_two_names_of_the_case_share_a_stream() -> None:
    names = [*plain().parameters, *plain().figures, *plain().deciders]
    assert len({stream(0, 0, name).random() for name in names}) == len(set(names))
    assert CHUNK == 500
