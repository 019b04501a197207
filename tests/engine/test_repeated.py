"""One ensemble after another is what each is alone, and what does not differ is drawn once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.model.shipped import as_known, changed, shipped

from tightrope.engine import repeated
from tightrope.engine.ensemble import Ensemble, ensemble
from tightrope.engine.prepared import Prepared, available
from tightrope.engine.repeated import Repeated
from tightrope.model.blueprint import Blueprint

compiled = pytest.mark.skipif(available() is not None, reason=str(available()))
RUNS, MONTHS, SEED = 30, 6, 5


def short(blueprint: Blueprint) -> Blueprint:
    return replace(blueprint, months=MONTHS)


def agree(found: Ensemble, expected: Ensemble) -> bool:
    return all(
        np.allclose(values.astype(float), found.arrays[name].astype(float), rtol=1e-5, atol=1e-5)
        for name, values in expected.arrays.items()
    )


@compiled
def test_each_is_what_it_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated, "compiled_before", lambda: True)
    by = Repeated()
    blueprints = [
        as_known(),
        as_known(without=("report_002",)),
        changed(shipped("secondary_sanctions")),
        as_known(),
    ]
    for one in map(short, blueprints):
        found, expected = by(one, RUNS, SEED), ensemble(one, RUNS, SEED)
        assert (found.runs, found.seed, found.axes) == (RUNS, SEED, expected.axes)
        assert agree(found, expected)


@compiled
def test_shocks_are_drawn_once_and_only_where_they_are_the_same() -> None:
    one = short(as_known())
    first = Prepared(one, RUNS, SEED)
    alike = Prepared(short(as_known(without=("report_002",))), RUNS, SEED, like=first)
    assert alike._where.shocks is first._where.shocks
    for other in (Prepared(one, RUNS, SEED + 1, like=first), Prepared(as_known(), RUNS, SEED, like=first)):
        assert other._where.shocks is not first._where.shocks
        expected = Prepared(other.blueprint, RUNS, other.seed).run()
        assert all(
            np.array_equal(values, expected.arrays[name]) for name, values in other.run().arrays.items()
        )


def test_what_is_not_compiled_is_left_to_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated, "compiled_before", lambda: False)
    told: list[tuple[int, int]] = []
    found = Repeated()(short(as_known()), RUNS, SEED, progress=lambda *one: told.append(one))
    expected: Any = ensemble(short(as_known()), RUNS, SEED)
    assert told == [(RUNS, RUNS)]
    assert all(np.array_equal(values, found.arrays[name]) for name, values in expected.arrays.items())
