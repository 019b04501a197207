"""From a blueprint to one chunk of runs, with or without a scenario."""

from __future__ import annotations

from dataclasses import replace

from tightrope.model.blueprint import Blueprint
from tightrope.model.draws import Kept
from tightrope.model.opening import opened, surrounded
from tightrope.model.scale import scales
from tightrope.model.state import Setting, State

# What a scenario leaves as it was known before it.
HELD = ("anchor", "calm", "sincerity_prior")


def draw(blueprint: Blueprint, seed: int, chunk: int, kept: Kept | None = None) -> tuple[State, Setting]:
    """The start and the setting of one chunk of 500 runs.

    A scenario changes parameters, figures and the calendar from now on; the start, the anchor of
    alignment and the scales come from the blueprint before it, so that what is known stays known.
    `kept` holds what was drawn for this seed and chunk before.
    """
    origin = blueprint.origin or blueprint
    state, known = opened(origin, seed, chunk, scales(origin), kept)
    return (
        (state, known) if blueprint.origin is None else (state, varied(blueprint, seed, chunk, known, kept))
    )


def varied(blueprint: Blueprint, seed: int, chunk: int, known: Setting, kept: Kept | None = None) -> Setting:
    """The setting of a chunk under a scenario, `known` being the one before it."""
    changed = surrounded(blueprint, seed, chunk, known.divisors, kept)
    return replace(changed, figures={**changed.figures, **{name: known.figures[name] for name in HELD}})
