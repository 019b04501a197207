"""Which kind of file holds roll calls, told from its first bytes, and the reader for each."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tightrope.errors import MeasureError
from tightrope.measure import digital_library, unvotes, voeten
from tightrope.measure.ballot import Ballots, roll_calls
from tightrope.measure.votes import RollCalls

KNOWN = (
    "the R files of the package unvotes (un_votes with un_roll_calls), the UN Digital Library's CSV "
    "(ms_code, ms_vote, resolution, date), Voeten's CSV (rcid, ccode, vote, session) and his list of identical "
    "resolutions (v1, rcid1, rcid2)"
)
LARGEST = 2**31
_READERS: tuple[tuple[Callable[[Sequence[str]], bool], Callable[[Path], Ballots]], ...] = (
    (digital_library.is_header, digital_library.ballots),
    (voeten.is_header, voeten.ballots),
)


def read(paths: Sequence[Path]) -> RollCalls:
    """See `votes.read_votes`, which this is the work of."""
    tables: dict[str, unvotes.Table] = {}
    found: list[tuple[Path, Ballots]] = []
    bridges: list[NDArray[np.int64]] = []
    for path in paths:
        start = _start(path)
        if unvotes.is_r_file(start):
            tables |= unvotes.tables(path)
            continue
        header = _header(path, start)
        if voeten.is_bridges(header):
            bridges.append(voeten.bridges(path))
            continue
        found.append((path, _reader(path, header)(path)))
    if tables:
        found.append((paths[0], unvotes.ballots(tables, ", ".join(path.name for path in paths))))
    return roll_calls(_one(found), np.concatenate([np.empty((0, 2), np.int64), *bridges]))


def _one(found: Sequence[tuple[Path, Ballots]]) -> Ballots:
    if not found:
        raise MeasureError(
            "no file with votes was given, only a list of identical resolutions; add the votes"
        )
    if len(found) > 1:
        names = " and ".join(path.name for path, _ in found[:2])
        raise MeasureError(
            f"{names} both hold votes; give one source of votes at a time, the same vote counts once"
        )
    path, only = found[0]
    if len(set(only.id)) != len(only.id):
        seen: set[str] = set()
        twice = next(each for each in only.id if each in seen or seen.add(each))  # type: ignore[func-returns-value]
        raise MeasureError(f"{path}: two roll calls are called {twice!r}; each needs a name of its own")
    return replace(only)


def _start(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise MeasureError(f"{path} is a folder; give the files in it. Known are {KNOWN}")
        if path.stat().st_size > LARGEST:
            raise MeasureError(
                f"{path} is larger than 2 GiB, which no file of roll calls is; known are {KNOWN}"
            )
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise MeasureError(f"{path} cannot be read: {error.strerror or error}") from None


def _header(path: Path, start: bytes) -> tuple[str, ...]:
    if b"\x00" in start or not start.strip():
        raise MeasureError(f"{path}: {'empty' if not start.strip() else 'no text'}; known are {KNOWN}")
    line = start.decode("utf-8-sig", errors="replace").splitlines()[0]
    return tuple(name.strip().lower() for name in next(csv.reader([line]), ()))


def _reader(path: Path, header: Sequence[str]) -> Callable[[Path], Ballots]:
    for fits, reader in _READERS:
        if fits(header):
            return reader
    shown = ",".join(header)[:120]
    raise MeasureError(
        f"{path}: a file that begins with {shown!r} is no file of roll calls; known are {KNOWN}"
    )
