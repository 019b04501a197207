"""What differs between two blueprints of one case: every figure and every start value, by name.

For `--without SOURCE` and `--as-of DATE`: what a source carries is what changes when it is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tightrope.model.blueprint import Blueprint
from tightrope.model.choice import Array, logistic
from tightrope.model.draw import draw
from tightrope.model.parameters import Range

SEED = 0
Values = Mapping[str, tuple[float, ...] | None]


@dataclass(frozen=True)
class Changed:
    """One name with what it was and what it is: a range, or the 5, 50 and 95 % points of a start value.

    None stands for a figure that one of the two does not know.
    """

    name: str
    kind: str
    before: tuple[float, ...] | None
    after: tuple[float, ...] | None


def changed(before: Blueprint, after: Blueprint) -> tuple[Changed, ...]:
    """Every range and start value that differs, ranges first, in the order of their names."""
    found = [
        *_different("range", ranges(before), ranges(after)),
        *_different("start", start_values(before), start_values(after)),
    ]
    return tuple(found)


def _different(kind: str, before: Values, after: Values) -> list[Changed]:
    names = sorted({*before, *after})
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return [Changed(name, kind, old, new) for name, old, new in pairs if not _same(old, new)]


def _same(old: tuple[float, ...] | None, new: tuple[float, ...] | None) -> bool:
    if old is None or new is None:
        return old is new
    return len(old) == len(new) and bool(np.allclose(old, new, rtol=1e-9, atol=1e-12))


def ranges(blueprint: Blueprint) -> dict[str, tuple[float, ...] | None]:
    """Every range that runs draw from, by name: figures, stances, events, counts, voices, acts."""
    who = blueprint.deciders
    found: dict[str, tuple[float, ...] | None] = {name: _ends(one) for name, one in blueprint.figures.items()}
    for part, stances in (("position", blueprint.positions), ("opinion", blueprint.opinions)):
        found |= {
            f"{who[place].lower()}.{part}.{issue}": _ends(one) for (place, issue), one in stances.items()
        }
    for (event, place), stock in blueprint.events.items():
        found[f"{who[place].lower()}.event.{event}"] = (*_ends(stock.strength), stock.age)
    for part, stocks in (
        ("commitment", blueprint.commitments),
        ("stand", blueprint.stands),
        ("threat", blueprint.threats),
    ):
        for stock in stocks:
            found[f"{who[stock.decider].lower()}.{part}.{stock.key}"] = (*_ends(stock.strength), stock.age)
    for act in blueprint.acts:
        found[f"{who[act.decider].lower()}.act.{act.kind}"] = (act.age,)
    for place, voices in blueprint.voices.items():
        ends = sorted(end for stance in voices.values() for end in _ends(stance))
        found[f"{who[place].lower()}.voices"] = tuple(ends)
    for name, one in blueprint.parameters.items():
        if one.shape == "counted":
            found[f"parameters.{name}"] = _ends(one)
    return found


def _ends(found: Range) -> tuple[float, float]:
    return found.low, found.high


def start_values(blueprint: Blueprint) -> dict[str, tuple[float, ...] | None]:
    """The 5, 50 and 95 % points of every start value of every decider, over one chunk of draws."""
    state, setting = draw(blueprint, SEED, 0)
    found: dict[str, tuple[float, ...] | None] = {}
    for place, decider in enumerate(blueprint.deciders):
        values: dict[str, Array] = {
            f"alignment.{pole}": state.share[row, place] for row, pole in enumerate((*blueprint.poles, "own"))
        }
        values |= {
            name: getattr(state, name)[place]
            for name in ("compliance", "debt", "commitments", "stands", "menace")
        }
        values["sincerity_prior"] = setting.figures["sincerity_prior"][place]
        values["defection"] = state.defection[0, place]
        for row, pole in enumerate((blueprint.sanctioner, blueprint.target)):
            values[f"belief.{blueprint.poles[pole]}"] = logistic(state.log_odds[row, place])
        for name, value in values.items():
            found[f"{decider.lower()}.{name}"] = tuple(np.quantile(value, (0.05, 0.5, 0.95)).tolist())
    return found
