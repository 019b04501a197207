"""What a subject says in sentences, with frequencies that no single outcome holds."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from tightrope.engine.outcome import Z90, wilson
from tightrope.engine.result import Result
from tightrope.report import words


@dataclass(frozen=True)
class Said:
    """A sentence, the number in it with its interval (0 to 1, or a difference), and the runs that count."""

    text: str
    value: float
    low: float
    high: float
    runs: int


def deterrence(result: Result) -> tuple[Said, ...]:
    """Among the runs in which a claim is pressed: how often the state gives in, and how often force is used."""
    place = result.axes["actor"].index(result.manifest.focus)
    pressed = result.arrays["challenge"][place].any(axis=0)
    runs = int(pressed.sum())
    if not runs:
        return ()
    lines = (
        ("concession", "the state gives in at least once"),
        ("force", "force is used at least once"),
    )
    found = []
    for name, clause in lines:
        value = float(result.arrays[name][place].any(axis=0)[pressed].mean())
        low, high = wilson(value, runs)
        text = (
            f"Where a claim is pressed ({runs:,} runs), {clause} in {words.hundred(value)} of 100 "
            f"({words.of_100(low, high)} by chance alone)."
        )
        found.append(Said(text, value, low, high, runs))
    return tuple(found)


def two_structures(result: Result) -> tuple[Said, ...]:
    """Unrest by the map less unrest by the global game, over the same runs, and what the difference says."""
    place = result.axes["actor"].index(result.manifest.focus)
    by_map = result.arrays["emergency"][place].any(axis=0).astype(float)
    by_game = 1.0 - np.prod(1.0 - result.arrays["twin_risk"].astype(float), axis=0)
    gap = by_map - by_game
    mean, error = float(gap.mean()), float(gap.std()) / sqrt(len(gap))
    low, high = mean - Z90 * error, mean + Z90 * error
    points = [words.amount(each, "probability", signed=True) for each in (mean, low, high)]
    if low <= 0.0 <= high:
        verdict = "no more than chance: the frequency does not hang on which structure is chosen"
    else:
        more = "more" if mean > 0 else "less"
        verdict = f"the map gives {more} unrest than the game; that much hangs on the structure chosen"
    alike = float(np.corrcoef(by_map, by_game)[0, 1]) if by_map.std() and by_game.std() else 0.0
    text = (
        f"Map less game: {points[0]} points ({points[1]} to {points[2]}, 90 % interval), {verdict}. Over the runs "
        f"the two rise and fall together with a correlation of {words.signed(alike)}. Only the map acts in the "
        "runs; the game is reported beside it."
    )
    return (Said(text, mean, low, high, len(gap)),)
