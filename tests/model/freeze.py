"""300 frozen draws of all parameters: `python -m tests.model.freeze` appends what a new parameter needs.

`frozen_draws.csv` has a row for each draw and a column for each row of parameters.yaml. It holds quantile levels in
thousandths, so that a range that changes keeps its draws; a new parameter gets a column of its own and moves no other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import betaincinv, ndtri

from tightrope.model.choice import Array
from tightrope.model.parameters import Range, table
from tightrope.model.stream import CHUNK, stream

DRAWS = Path(__file__).parent / "frozen_draws.csv"
HOWTO = (
    "run `python -m tests.model.freeze`, which appends columns for new parameters and draws none anew, "
    "then `python -m tests.model.signs`, both from the root of the checkout, and commit what they write"
)
COUNT, PARTS = 300, 1000
SEED = 20220630


def at_level(found: Range, level: Array) -> Array:
    """The value of a range below which it falls with probability `level`: the inverse of what `Range.draw` follows."""
    if found.shape == "half_normal":
        return np.asarray(ndtri(0.5 * (1.0 + level)))
    if found.shape == "counted":
        return np.asarray(betaincinv(1.0 + found.low, 1.0 + found.high, level))
    width = found.high - found.low
    if width == 0.0 or found.mode is None:
        return found.low + width * level
    rising, falling = found.mode - found.low, found.high - found.mode
    below = found.low + np.sqrt(level * width * rising)
    return np.where(level * width < rising, below, found.high - np.sqrt((1.0 - level) * width * falling))


def column(name: str) -> list[int]:
    """The levels of one parameter in thousandths, 0 to 999, from a stream of its own."""
    drawn: list[int] = stream(SEED, 0, "frozen", name).integers(0, PARTS, COUNT).tolist()
    return drawn


def frozen() -> dict[str, list[int]]:
    """The committed columns by parameter."""
    with DRAWS.open(encoding="utf-8", newline="") as file:
        names, *body = csv.reader(file)
    return {name: [int(row[place]) for row in body] for place, name in enumerate(names)}


def levels() -> dict[str, Array]:
    """The committed levels by parameter, each (300,), between 0 and 1."""
    return {name: (np.array(parts) + 0.5) / PARTS for name, parts in frozen().items()}


def append(names: Iterable[str]) -> None:
    """Append a column for each parameter that has none; what is there stays as it is."""
    there = frozen() if DRAWS.exists() else {}
    every = there | {name: column(name) for name in names if name not in there}
    with DRAWS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(every)
        writer.writerows(zip(*every.values(), strict=True))


@dataclass(frozen=True)
class Frozen(Range):
    """A range that draws its values at given levels, 50 runs each, whatever the generator."""

    levels: tuple[float, ...] = ()

    def draw(self, generator: np.random.Generator, runs: int = CHUNK) -> Array:
        """The values at the levels, repeated (R,)."""
        return np.repeat(at_level(self, np.array(self.levels)), runs // len(self.levels))


if __name__ == "__main__":
    append(table())
