"""The `fast` extra: compiled functions against those of NumPy, and the switch between the two."""

from __future__ import annotations

import numpy as np
import pytest

from tightrope import kernel
from tightrope.model import stability
from tightrope.model.stability import joining, settle

FAST = "tightrope.model.fast"
fast = kernel.chosen(FAST)
needs_numba = pytest.mark.skipif(fast is None, reason="numba is not installed (the extra `fast`)")


def test_it_can_be_switched_off() -> None:
    assert kernel.chosen(FAST, "0") is None


def test_without_numba_there_is_nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(kernel.importlib, "import_module", missing)
    assert kernel.chosen(FAST, "") is None


@needs_numba
def test_both_settle_on_the_same_fixed_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within 1e-10, the tolerance of both, in calm, in unrest and where a column tips."""
    random = np.random.default_rng(11)
    count = 4000
    level = np.where(random.random((2, count)) < 0.5, 0.02, 0.9)
    pull = random.normal(-1.0, 0.6, (2, count))
    coupling = random.uniform(0.2, 2.0, (2, 2, count))
    temperature = random.uniform(0.15, 0.5, count)
    found = []
    for module in (None, fast):
        monkeypatch.setattr(stability, "compiled", module)
        found.append(settle(level, pull, coupling, temperature))
    (plain, left), (compiled, too) = found
    assert np.abs(compiled - plain).max() < 1e-10
    assert (left, too) == (0, 0)
    assert np.abs(joining(compiled, pull, coupling, temperature) - compiled).max() < 1e-9
    assert (np.abs(plain - level) > 0.3).any(axis=0).sum() > 100


@needs_numba
def test_columns_that_do_not_settle_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fast is not None
    level, pull = np.full((2, 3), 0.1), np.zeros((2, 3))
    pull[:, 1] = -3.0
    coupling = np.zeros((2, 2, 3))
    limits = (0.0, 0.0, *stability.LIMITS[2:])
    _, unsettled = fast.settle(level, pull, np.full_like(coupling, 4.0), limits, 3)
    assert unsettled.all()
    found, unsettled = fast.settle(level, pull, coupling, limits, 3)
    assert not unsettled.any()
    assert found[:, 1] == pytest.approx(1.0 / (1.0 + np.exp(3.0)), abs=1e-15)
