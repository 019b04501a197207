"""What a page paints of one answer, as bytes: a short text that says what they are, then arrays of float32.

uint32 length of the head, little-endian; the head as JSON, padded with spaces so that what follows begins at a
multiple of 8; then the arrays one after another.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.case.case import Case
from tightrope.engine.outcome import Z90, wilson
from tightrope.engine.pairing import adjusted_wald
from tightrope.engine.result import Result
from tightrope.report import words
from tightrope.report.pull import chiefs
from tightrope.report.series import Series, series, shares
from tightrope.report.topic import Happened, topics

Values = npt.NDArray[np.float32]
QUANTILES = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
DOTS, PATHS = 20, 20


@dataclass(frozen=True)
class Frame:
    """The arrays of one answer by name, and what its head says."""

    head: Mapping[str, Any]
    arrays: Mapping[str, Values]

    def packed(self) -> bytes:
        """The frame as bytes."""
        described, offset = [], 0
        for name, values in self.arrays.items():
            described.append(
                {"name": name, "dtype": "float32", "shape": list(values.shape), "offset": offset}
            )
            offset += values.nbytes
        head = {**self.head, "arrays": described, "bytes": offset}
        text = json.dumps(head, ensure_ascii=False, allow_nan=False).encode()
        text += b" " * (-(4 + len(text)) % 8)
        parts = [len(text).to_bytes(4, "little"), text]
        parts += [np.ascontiguousarray(values, "<f4").tobytes() for values in self.arrays.values()]
        return b"".join(parts)


def frame(
    result: Result, base: Result, case: Case, wanted: Collection[str], head: Mapping[str, Any]
) -> Frame:
    """What is painted of a result beside the baseline's same runs: bands, dots, paths, gaps and judgements."""
    shown = _chosen(result, wanted)
    before = {one.id: one for one in _chosen(base, wanted)}
    values = [one.values().astype(np.float32, copy=False) for one in shown]
    both = list(zip(shown, values, strict=True))
    arrays = {
        "bands": _stack([band(*each) for each in both], (5, 0)),
        "dots": _stack([dots(*each) for each in both], (DOTS,)),
        "paths": _stack([paths(*each) for each in both], (PATHS, 0)),
        "gaps": _stack([gap(one, found, before[one.id].values()) for one, found in both], (3,)),
        "means": np.array([mean(*each) for each in both], np.float32),
    }
    told = {
        "fans": [one.id for one in shown],
        "judgements": judged(result, base, case),
        "leanings": leanings(result, base),
    }
    return Frame({**head, **told}, arrays)


def _chosen(result: Result, wanted: Collection[str]) -> list[Series]:
    every = [one for group in series(result) for one in group.series]
    return [one for one in every if one.id in wanted]


def _stack(found: list[Values], empty: tuple[int, ...]) -> Values:
    return np.stack(found) if found else np.zeros((0, *empty), np.float32)


def band(one: Series, values: Values) -> Values:
    """Quantiles of the runs by month, (M, R) → (5, M); of a frequency the share so far and its interval, percent."""
    if one.kind == "fan":
        return quantiles(values, QUANTILES)
    so_far = _so_far(values).mean(axis=1)
    ends = np.array([wilson(float(share), values.shape[1]) for share in so_far]).T
    found: Values = (100.0 * np.stack([ends[0], ends[0], so_far, ends[1], ends[1]])).astype(np.float32)
    return found


def quantiles(values: npt.NDArray[Any], levels: npt.NDArray[Any]) -> Values:
    """Of each row, (M, R) → (levels, M), as `np.quantile` with linear interpolation: by one sort, which is quicker."""
    ordered = np.sort(values, axis=1)
    place = levels * (values.shape[1] - 1)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, values.shape[1] - 1)
    part = (place - low).astype(values.dtype)
    found: Values = (ordered[:, low] * (1.0 - part) + ordered[:, high] * part).T
    return found


def _so_far(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    happened: npt.NDArray[np.bool_] = np.logical_or.accumulate(values > 0.5, axis=0)
    return happened


def dots(one: Series, values: Values) -> Values:
    """Twenty dots, each for a twentieth of the runs in the last month, ascending (20,)."""
    last = 100.0 * _so_far(values)[-1] if one.kind == "frequency" else values[-1]
    found: Values = quantiles(last[None], (np.arange(DOTS) + 0.5) / DOTS)[:, 0].astype(np.float32)
    return found


def paths(one: Series, values: Values) -> Values:
    """The first twenty runs (20, M): the same runs whatever is moved; fewer runs repeat."""
    first = values[:, np.arange(PATHS) % values.shape[1]]
    return np.ascontiguousarray((100.0 * _so_far(first) if one.kind == "frequency" else first).T, np.float32)


def mean(one: Series, values: npt.NDArray[Any]) -> float:
    """Mean over runs in the last month; of a frequency the share of runs so far, percent."""
    return float(100.0 * _so_far(values)[-1].mean() if one.kind == "frequency" else values[-1].mean())


def gap(one: Series, values: Values, before: npt.NDArray[Any]) -> Values:
    """Mean difference from the baseline's same runs in the last month, with its 90 % Monte Carlo interval (3,).

    Exactly nothing where no run differs.
    """
    if one.kind == "frequency":
        change = _so_far(values)[-1].astype(float) - _so_far(before)[-1]
        ends = adjusted_wald(change) if change.any() else (0.0, 0.0)
        return 100.0 * np.array([change.mean(), *ends], np.float32)
    change = values[-1].astype(float) - before[-1]
    error = Z90 * float(change.std()) / sqrt(len(change))
    mean = float(change.mean())
    return np.array([mean, mean - error, mean + error], np.float32)


def over_runs(values: Values, before: npt.NDArray[Any]) -> list[float]:
    """Between which two differences from the baseline's same run nine of ten runs lie, in the last month."""
    change = values[-1].astype(float) - before[-1]
    return [float(each) for each in quantiles(change[None], QUANTILES[[0, -1]])[:, 0]]


def leanings(result: Result, base: Result) -> list[dict[str, Any]]:
    """How far the focus state leans to each power in the last month, what that is beside the baseline, and why.

    `gap` is the mean difference with its Monte Carlo interval, `spread` the range that holds nine of ten runs.
    """
    each = zip(shares(result), shares(base), chiefs(result, base), strict=True)
    return [_leaning(now, now.values(), was.values(), reason) for now, was, reason in each]


def _leaning(one: Series, values: Values, before: Values, reason: str | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "mean": mean(one, values),
        "gap": [float(each) for each in gap(one, values, before)],
        "spread": over_runs(values, before),
        "chief": reason,
    }


def judged(result: Result, base: Result, case: Case) -> list[dict[str, Any]]:
    """The key judgements: how often, in which words, and how much that differs from the baseline's same runs."""
    before = {topic.id: topic.happened(base) for topic in topics(base, case)}
    return [
        _judged(topic.id, topic.title, topic.clause, topic.happened(result), before.get(topic.id))
        for topic in topics(result, case)
    ]


def _judged(
    name: str, title: str, clause: str, happened: Happened, before: Happened | None
) -> dict[str, Any]:
    frequency = float(happened.mean())
    low, high = wilson(frequency, len(happened))
    change = None if before is None else happened.astype(float) - before
    moved = None
    if change is not None and change.any():
        ends = adjusted_wald(change)
        moved = {"mean": float(change.mean()), "low": ends[0], "high": ends[1]}
    return {
        "id": name,
        "title": title,
        "clause": clause,
        "frequency": frequency,
        "low": low,
        "high": high,
        "word": words.word(frequency),
        "statement": words.sentence(frequency, clause),
        "gap": moved,
    }
