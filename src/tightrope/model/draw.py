"""From a blueprint to one chunk of runs, with or without a scenario."""

from __future__ import annotations

from dataclasses import replace

from tightrope.model.blueprint import Blueprint
from tightrope.model.opening import opened
from tightrope.model.scale import scales
from tightrope.model.state import Setting, State


def draw(blueprint: Blueprint, seed: int, chunk: int) -> tuple[State, Setting]:
    """The start and the setting of one chunk of 500 runs.

    A scenario changes parameters, figures and the calendar from now on; the start, the anchor of
    alignment and the scales come from the blueprint before it, so that what is known stays known.
    """
    origin = blueprint.origin or blueprint
    held = scales(origin)
    state, known = opened(origin, seed, chunk, held)
    if blueprint.origin is None:
        return state, known
    _, changed = opened(blueprint, seed, chunk, held)
    kept = {name: known.figures[name] for name in ("anchor", "calm", "sincerity_prior")}
    return state, replace(changed, figures={**changed.figures, **kept})
