from __future__ import annotations

import numpy as np
import pytest

from tightrope.engine.outcome import wilson
from tightrope.report.spread import movers, spread

RNG = np.random.default_rng(5)
DRAWS = {f"parameters.{n}": RNG.random(2000) for n in range(30)}


def test_chance_alone_hardly_widens_the_range() -> None:
    found = spread(RNG.random(2000) < 0.3, DRAWS)
    assert found.mover is None
    assert found.low > 0.18
    assert found.high < 0.42


def test_a_parameter_that_decides_widens_it_to_its_ends_and_is_named() -> None:
    found = spread(DRAWS["parameters.7"] > 0.5, DRAWS)
    assert (found.low, found.high) == (pytest.approx(0.0, abs=0.02), pytest.approx(1.0, abs=0.02))
    assert found.mover is not None
    assert found.mover.name == "parameters.7"
    assert found.mover.low < 0.05 < 0.95 < found.mover.high


def test_the_range_holds_the_frequency_and_the_sampling_interval() -> None:
    for share in (0.02, 0.5, 0.97):
        found = spread(RNG.random(800) < share, DRAWS | {name: one[:800] for name, one in DRAWS.items()})
        assert found.low <= found.sampling_low <= found.frequency <= found.sampling_high <= found.high
        assert (found.sampling_low, found.sampling_high) == wilson(found.frequency, 800)


@pytest.mark.parametrize("happened", [np.zeros(500, bool), np.ones(500, bool)])
def test_what_never_or_always_happens_has_the_sampling_interval(happened: np.ndarray) -> None:
    found = spread(happened, {name: one[:500] for name, one in DRAWS.items()})
    assert (found.low, found.high) == (found.sampling_low, found.sampling_high)


def test_few_runs_give_no_range_over_assumptions() -> None:
    found = spread(RNG.random(60) < 0.5, {name: one[:60] for name, one in DRAWS.items()})
    assert (found.low, found.high) == (found.sampling_low, found.sampling_high)


def test_what_moves_a_number_comes_first_and_chance_not_at_all() -> None:
    values = 4.0 * DRAWS["parameters.3"] - 2.0 * DRAWS["parameters.9"] + RNG.normal(size=2000)
    found = movers(values, DRAWS | {"parameters.still": np.ones(2000)})
    assert [one.name for one in found] == ["parameters.3", "parameters.9"]
    assert found[0].high - found[0].low == pytest.approx(4.0 * 2 / 3, rel=0.2)
    assert found[1].high < found[1].low
    assert movers(RNG.normal(size=2000), DRAWS) == ()
    assert movers(np.zeros(2000), DRAWS) == ()
    assert movers(values, {}) == ()
