"""Numbers of several runs side by side give what each run gives alone, and exp and log are those of NumPy."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

numba = pytest.importorskip("numba")

from tightrope.model.single.lanes import WIDTH, added_up, any_of, marked, pick  # noqa: E402
from tightrope.model.single.rules import exp, log, logistic  # noqa: E402
from tightrope.model.single.views import keep, lane, side_by_side  # noqa: E402

OPTIONS = {"nogil": True, "error_model": "numpy", "_nrt": False}


class Things(NamedTuple):
    """A bundle as the loop has them: parameters, a table (rows, N, L), and what is the same in all runs."""

    p: Any
    table: Any
    same: int


@numba.njit(**OPTIONS, forceinline=True)
def worked_out(now, n):
    """Every operation once; into the third row."""
    a, b = now.table[0, n], now.table[1, n]
    total = 0.0
    for row in range(2):
        total += 2 * now.table[row, n]
    found = pick((a > b) & (a < 0.5) | (b == 0.25), now.p.first * a, -b / now.p.second)
    found = min(1.0, max(found, -1.0)) + abs(a - b) - now.same
    now.table[2, n] = found + total + logistic(log(1.0 + a)) + exp(b)


@numba.njit(**OPTIONS)
def together(bundle, single, small):
    now = side_by_side(bundle)
    for n in range(now.table.shape[1]):
        worked_out(now, n)
    value = now.table[2, 0]
    keep(single, 0, value)
    keep(small, 0, value > 1.0)
    return any_of(value > 1e9), marked(value > 1.0, 1), added_up(value)


@numba.njit(**OPTIONS)
def alone(bundle):
    now = side_by_side(bundle)
    for place in range(WIDTH):
        one = lane(now, place)
        for n in range(one.table.shape[1]):
            worked_out(one, n)


@numba.njit(**OPTIONS)
def of_each(x, powers, logarithms):
    for place in range(x.size):
        powers[place], logarithms[place] = exp(x[place]), log(abs(x[place]))


def bundle() -> Things:
    random = np.random.default_rng(5)
    p = np.zeros(1, np.dtype([("first", float, (WIDTH,)), ("second", float, (WIDTH,))]))
    p["first"], p["second"] = random.random((2, WIDTH)) + 0.5
    return Things(p[0], random.random((3, 5, WIDTH)), 2)


def test_runs_side_by_side_are_what_each_is_alone() -> None:
    first, second = bundle(), bundle()
    single, small = np.zeros(WIDTH, np.float32), np.zeros(WIDTH, np.int8)
    none, mark, total = together(first, single, small)
    alone(second)
    np.testing.assert_array_equal(first.table, second.table)
    value = first.table[2, 0]
    np.testing.assert_array_equal(single, value.astype(np.float32))
    np.testing.assert_array_equal(small, value > 1.0)
    assert (none, mark) == (False, value[1] > 1.0)
    assert total == pytest.approx(value.sum())


def test_operations_are_those_of_numpy() -> None:
    made = bundle()
    a, b = made.table[0].copy(), made.table[1].copy()
    together(made, np.zeros(WIDTH, np.float32), np.zeros(WIDTH, np.int8))
    found = np.where((a > b) & (a < 0.5) | (b == 0.25), made.p["first"] * a, -b / made.p["second"])
    found = np.clip(found, -1.0, 1.0) + np.abs(a - b) - 2 + 2.0 * (a + b)
    expected = found + (1.0 + a) / (2.0 + a) + np.exp(b)
    np.testing.assert_allclose(made.table[2], expected, rtol=1e-14)


def test_exp_and_log_to_the_last_places() -> None:
    x = np.concatenate([np.linspace(-690.0, 690.0, 4001), np.linspace(-2.0, 2.0, 4001)])
    x = x[x != 0.0]
    powers, logarithms = np.empty_like(x), np.empty_like(x)
    of_each(x, powers, logarithms)
    np.testing.assert_allclose(powers, np.exp(x), rtol=3e-15)
    np.testing.assert_allclose(logarithms, np.log(np.abs(x)), rtol=2e-15, atol=1e-15)


def test_exp_and_log_hold_at_the_ends() -> None:
    x = np.array([-1e4, 1e4, 0.0])
    powers, logarithms = np.empty_like(x), np.empty_like(x)
    of_each(x, powers, logarithms)
    assert powers[0] < 1e-300
    assert 1e300 < powers[1] < np.inf
    assert logarithms[2] == pytest.approx(-709.1, abs=0.1)
