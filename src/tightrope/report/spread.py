"""The range of a probability: how far it moves with what nobody knows.

More runs make Monte Carlo error vanish, but not the ignorance of parameters. So the runs are sorted by
what their own parameter draws predict for them and cut into ten groups; the range goes from the group with
the lowest frequency to the one with the highest, and is never narrower than the Monte Carlo interval or
than what the one draw that moves it most does alone. The prediction for a run is fitted on other runs (five
folds), so that chance alone does not widen the range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.engine.outcome import wilson
from tightrope.engine.result import Result
from tightrope.model.blueprint import Blueprint, Key
from tightrope.model.draws import Draws
from tightrope.model.parameters import Range, draw_all
from tightrope.model.stream import CHUNK

Array = npt.NDArray[np.float64]
GROUPS, SMALLEST, FOLDS, PENALTY = 10, 40, 5, 50.0


@dataclass(frozen=True)
class Mover:
    """A draw that moves a mean, and this mean in the runs of its lowest and highest third."""

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """A frequency with its range over assumptions, and the Monte Carlo interval alone."""

    frequency: float
    low: float
    high: float
    sampling_low: float
    sampling_high: float
    mover: Mover | None = None


def spread(happened: npt.NDArray[Any], drawn: Mapping[str, Array]) -> Spread:
    """The range of the frequency of `happened` (R,) over the draws (R,) that were made for each run."""
    values = happened.astype(float)
    mean, runs = float(values.mean()), len(values)
    low, high = wilson(mean, runs)
    groups = min(GROUPS, runs // SMALLEST)
    varied = {name: draws for name, draws in drawn.items() if np.ptp(draws) > 0}
    if groups < 3 or not varied or not 0.0 < mean < 1.0:
        return Spread(mean, low, high, low, high)
    scores = np.stack([_ranks(draws) for draws in varied.values()])
    order = np.argsort(_predicted(values, scores), kind="stable")
    found = [float(part.mean()) for part in np.array_split(values[order], groups)]
    mover = next(iter(_apart(values, scores, tuple(varied))), None)
    ends = [*found, *((mover.low, mover.high) if mover else ())]
    return Spread(mean, min(low, *ends), max(high, *ends), low, high, mover)


def draws_of(result: Result, blueprint: Blueprint) -> dict[str, Array]:
    """What each run drew: every parameter and every figure of the focus state, (R,) by name; cached."""
    made = result.manifest
    return _draws(Key(blueprint), made.seed, made.runs)


@lru_cache(maxsize=4)
def _draws(key: Key, seed: int, runs: int) -> dict[str, Array]:
    chunks = [_chunk(key.blueprint, seed, chunk) for chunk in range(-(-runs // CHUNK))]
    return {name: np.concatenate([chunk[name] for chunk in chunks])[:runs] for name in chunks[0]}


def _chunk(blueprint: Blueprint, seed: int, chunk: int) -> dict[str, Array]:
    parameters = draw_all(blueprint.parameters, seed, chunk)
    draws = Draws(blueprint, seed, chunk, parameters)
    prefix = f"{blueprint.deciders[blueprint.focus].lower()}."
    figures = {
        f"figures.{name}": draws.one(found, "figure", name)
        for name, found in blueprint.figures.items()
        if name.startswith(prefix) and _wide(found)
    }
    return {f"parameters.{name}": values for name, values in parameters.items()} | figures


def _wide(found: Range) -> bool:
    return found.high > found.low


def _ranks(draws: Array) -> Array:
    """Ranks scaled to mean 0 and variance 1, so that no unit and no tail counts for more."""
    ranks = np.argsort(np.argsort(draws, kind="stable"), kind="stable").astype(float)
    scaled: Array = (ranks - ranks.mean()) / ranks.std()
    return scaled


def _predicted(values: Array, scores: Array) -> Array:
    """Ridge regression of the outcome on the draws, each fold predicted from the others (R,)."""
    fold = np.arange(len(values)) % FOLDS
    found = np.zeros_like(values)
    for part in range(FOLDS):
        rest = fold != part
        x, y = scores[:, rest], values[rest] - values[rest].mean()
        slopes = np.linalg.solve(x @ x.T + PENALTY * np.eye(len(x)), x @ y)
        found[~rest] = slopes @ scores[:, ~rest]
    return found


def movers(values: Array, drawn: Mapping[str, Array]) -> tuple[Mover, ...]:
    """The draws (R,) that move the mean of `values` (R,) by more than chance among so many would, the most first."""
    varied = {name: draws for name, draws in drawn.items() if np.ptp(draws) > 0}
    if not varied:
        return ()
    return _apart(values, np.stack([_ranks(draws) for draws in varied.values()]), tuple(varied))


def _apart(values: Array, scores: Array, names: tuple[str, ...]) -> tuple[Mover, ...]:
    """The draws between whose lowest and highest third the mean differs, if chance among so many would not do it."""
    third = max(1, len(values) // 3)
    order = np.argsort(scores, axis=1, kind="stable")
    low, high = values[order[:, :third]].mean(axis=1), values[order[:, -third:]].mean(axis=1)
    size = np.abs(high - low)
    noise = 3.5 * float(np.sqrt(2.0 * values.var() / third))
    ranked = [int(row) for row in np.argsort(-size, kind="stable") if size[row] > 0 and size[row] >= noise]
    return tuple(Mover(names[row], float(low[row]), float(high[row])) for row in ranked)
