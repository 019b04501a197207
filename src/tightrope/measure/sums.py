"""Sums over cells that pair a row of one table with a row of another: leanings, and the moments regressions need.

Plain NumPy here; compiled where numba is installed, see `normal`. Up to three columns, so loops over pairs are short.
"""

from __future__ import annotations

import numpy as np

from tightrope.measure.array import Array, Integers
from tightrope.measure.normal import compiled


def dots(left: Array, at_left: Integers, right: Array, at_right: Integers) -> Array:
    """Inner product of the two rows that each cell pairs (C), of tables (P, D) and (Q, D)."""
    if compiled:
        found: Array = compiled.dots(left, at_left, right, at_right)
        return found
    found = np.zeros(len(at_left))
    for dim in range(left.shape[1]):
        found += left[at_left, dim] * right[at_right, dim]
    return found


def moments(
    table: Array, at: Integers, group: Integers, count: int, value: Array, weight: Array | None = None
) -> tuple[Array, Array]:
    """Σ value·x and Σ weight·x x' over the cells of each group, (G, D) and (G, D, D); x is row `at` of the table.

    Args:
        table: rows x (Q, D).
        at: row of each cell (C).
        group: group of each cell (C), below `count` (G).
        count: how many groups.
        value: per cell (C).
        weight: per cell (C); one each if not given.
    """
    weight = np.ones(len(at)) if weight is None else weight
    if compiled:
        first, second = compiled.moments(table, at, group, count, value, weight)
        return first, second
    dims = table.shape[1]
    column = [table[at, dim] for dim in range(dims)]
    first, second = np.empty((count, dims)), np.empty((count, dims, dims))
    for one in range(dims):
        first[:, one] = np.bincount(group, value * column[one], count)
        for other in range(one + 1):
            both = np.bincount(group, weight * column[one] * column[other], count)
            second[:, one, other] = second[:, other, one] = both
    return first, second
