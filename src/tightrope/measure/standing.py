"""Where states stand, session by session, with intervals; and its file, `ideal_points.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TypeVar

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.array import Array
from tightrope.measure.country import STATES

FILE = "ideal_points.csv"
COLUMNS = ("session", "iso3", "dim", "mean", "p05", "p95")
Key = TypeVar("Key", int, str)
LARGEST, MOST_DIMS = 64 * 2**20, 3


@dataclass(frozen=True, eq=False)
class Standing:
    """Ideal points of S states in T sessions and D dimensions, on the scale that their estimator identified.

    Attributes:
        sessions: numbers of the sessions, rising (T).
        states: ISO codes (S).
        mean: posterior mean (T, S, D); nan where a state has no estimate.
        p05, p95: ends of the interval that holds 90 % of the posterior (T, S, D).
    """

    sessions: tuple[int, ...]
    states: tuple[str, ...]
    mean: Array
    p05: Array
    p95: Array

    def __post_init__(self) -> None:
        shape = (len(self.sessions), len(self.states), self.mean.shape[-1])
        for name in ("mean", "p05", "p95"):
            if getattr(self, name).shape != shape:
                raise MeasureError(f"{name} is {getattr(self, name).shape}; sessions and states need {shape}")

    @property
    def dims(self) -> int:
        """How many dimensions."""
        return int(self.mean.shape[2])

    def at(self, session: int, state: str) -> Array | None:
        """Mean, p05 and p95 in each dimension (D, 3), or `None` where there is no estimate."""
        if session not in self.sessions or state not in self.states:
            return None
        place = self.sessions.index(session), self.states.index(state)
        found = np.stack([self.mean[place], self.p05[place], self.p95[place]], axis=1)
        return found if np.isfinite(found).all() else None

    def seen(self, session: int) -> tuple[str, ...]:
        """The states that have an estimate in that session."""
        row = np.isfinite(self.mean[self.sessions.index(session)]).all(1)
        return tuple(state for state, there in zip(self.states, row.tolist(), strict=True) if there)


def written(standing: Standing) -> str:
    """The text of `ideal_points.csv`: one row per session, state and dimension that has an estimate."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for row, session in enumerate(standing.sessions):
        for column, state in enumerate(standing.states):
            for dim in range(standing.dims):
                values = [
                    float(part[row, column, dim]) for part in (standing.mean, standing.p05, standing.p95)
                ]
                if all(isfinite(value) for value in values):
                    table.writerow([session, state, dim + 1, *(f"{value:.4f}" for value in values)])
    return text.getvalue()


def read(path: Path) -> Standing:
    """Read `ideal_points.csv` back.

    Raises:
        MeasureError: another file, or a line that is damaged: which, and what would be right.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise MeasureError(f"{path} is larger than 64 MiB, which no {FILE} is")
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MeasureError(f"{path} cannot be read: {error}") from None
    rows = csv.reader(lines)
    header = tuple(name.strip() for name in next(rows, ()))
    if header != COLUMNS:
        raise MeasureError(f"{path}:1: columns are {','.join(header)[:80]!r}; {FILE} has {','.join(COLUMNS)}")
    found: dict[tuple[int, str, int], tuple[float, float, float]] = {}
    for number, row in enumerate(rows, start=2):
        key, values = _row(path, number, row)
        if key in found:
            raise MeasureError(
                f"{path}:{number}: session {key[0]}, {key[1]}, dimension {key[2]} stands twice"
            )
        found[key] = values
    if not found:
        raise MeasureError(f"{path}: there is no row below the header")
    return _standing(found)


def _row(
    path: Path, number: int, row: Sequence[str]
) -> tuple[tuple[int, str, int], tuple[float, float, float]]:
    try:
        session, state, dim = int(row[0]), row[1].strip(), int(row[2])
        mean, low, high = (float(value) for value in row[3:])
    except (ValueError, IndexError):
        raise MeasureError(
            f"{path}:{number}: {','.join(row)[:80]!r}; a row has {','.join(COLUMNS)}"
        ) from None
    wrong = (
        f"session is {session}; sessions count from 1" if not 1 <= session <= 999
        else f"iso3 is {state!r}, no state that has had a seat" if state not in STATES
        else f"dim is {dim}; dimensions are 1 to {MOST_DIMS}" if not 1 <= dim <= MOST_DIMS
        else f"mean, p05, p95 are {mean:g}, {low:g}, {high:g}; p05 ≤ mean ≤ p95 must hold" if not low <= mean <= high
        else ""
    )  # fmt: skip
    if wrong or not all(isfinite(value) for value in (mean, low, high)):
        raise MeasureError(f"{path}:{number}: {wrong or 'numbers must be finite'}")
    return (session, state, dim), (mean, low, high)


def _standing(found: dict[tuple[int, str, int], tuple[float, float, float]]) -> Standing:
    sessions = _ordered(session for session, _, _ in found)
    states = _ordered(state for _, state, _ in found)
    dims = max(dim for _, _, dim in found)
    values = np.full((3, len(sessions), len(states), dims), np.nan)
    row = {session: place for place, session in enumerate(sessions)}
    column = {state: place for place, state in enumerate(states)}
    for (session, state, dim), three in found.items():
        values[:, row[session], column[state], dim - 1] = three
    return Standing(sessions, states, values[0], values[1], values[2])


def _ordered(keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(sorted(set(keys)))
