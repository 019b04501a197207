"""One chunk: relabelling, and what a further decider leaves alone."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from tests.engine.situation import same, situation

from tightrope.engine.chunk import run_chunk, run_chunks, walk

ORDER = ("AAA", "BBB", "CCC")
TURNED = ("CCC", "AAA", "BBB")


def test_relabelling_states_relabels_results() -> None:
    """Within 1e-12, over twelve months, in double precision."""
    places = [TURNED.index(name) for name in ORDER]
    for (_, one, *_), (_, other, *_) in zip(
        walk(situation(ORDER, 12), 1, 0), walk(situation(TURNED, 12), 1, 0), strict=True
    ):
        for field in fields(one):
            ours, theirs = getattr(one, field.name), getattr(other, field.name)
            turned = theirs if theirs.shape[-2] == 1 else theirs.take(places, axis=-2)
            assert np.abs(ours - turned).max(initial=0.0) < 1e-12, field.name


def test_a_further_decider_leaves_the_figures_of_the_others_alone() -> None:
    _, _, _, few = next(walk(situation(ORDER), 1, 0))
    _, _, _, more = next(walk(situation((*ORDER, "DDD")), 1, 0))
    for name in ("gdp", "ideal_point", "capability", "detour"):
        assert np.array_equal(few.figures[name], more.figures[name][:3]), name
    assert all(np.array_equal(few.parameters[name], more.parameters[name]) for name in few.parameters)


def test_a_further_decider_leaves_the_currencies_of_the_others_alone() -> None:
    """Exchange rates depend on shocks only."""
    few, more = run_chunk(situation(ORDER), 1, 0), run_chunk(situation((*ORDER, "DDD")), 1, 0)
    assert np.array_equal(few.arrays["exchange"], more.arrays["exchange"][:3])


def test_the_same_arguments_give_the_same_bits() -> None:
    assert same(run_chunk(situation(), 1, 1).arrays, run_chunk(situation(), 1, 1).arrays)
    assert not same(run_chunk(situation(), 1, 1).arrays, run_chunk(situation(), 1, 2).arrays)
    assert not same(run_chunk(situation(), 1, 1).arrays, run_chunk(situation(), 2, 1).arrays)


def test_chunks_run_together_have_the_bits_of_each_alone() -> None:
    together = run_chunks(situation(months=6), 1, 2, 3)
    for place, found in enumerate(together):
        alone = run_chunk(situation(months=6), 1, 2 + place)
        assert same(found.arrays, alone.arrays)
        assert found.unsettled == alone.unsettled
