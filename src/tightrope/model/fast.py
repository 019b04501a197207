"""What numba compiles for the `fast` extra: the rounds of the map of domestic order (`stability.settle`).

It agrees with the NumPy version within the tolerance to which both iterate; the last digits may differ.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from tightrope.model.choice import Array, Boolean
from tightrope.model.single.lanes import any_of, pick
from tightrope.model.single.rules import logistic


@njit(nogil=True, error_model="numpy")
def column(
    level: tuple[Any, Any],
    pull: tuple[Any, Any],
    coupling: tuple[Any, Any, Any, Any],
    limits: tuple[float, float, float, float, float],
    rounds: int,
) -> tuple[Any, Any, Any]:
    """Iterate one mass and elite, or those of several runs side by side, from `level` to the next fixed point.

    The coupling lies row by row. Whether they had not settled comes third. What has settled stays as it is.
    """
    tolerance, near, invertible, far, curvature = limits
    mass, elite = level
    from_mass, from_elite, to_elite, own_elite = coupling
    left = mass * 0.0 + 1.0
    for _ in range(rounds):
        moving = left > tolerance
        first = logistic(pull[0] + from_mass * mass + from_elite * elite)
        second = logistic(pull[1] + to_elite * mass + own_elite * elite)
        up, over = first - mass, second - elite
        gap = max(abs(up), abs(over))
        first, second = first - first * first, second - second * second
        a, d = 1.0 - first * from_mass, 1.0 - second * own_elite
        determinant = a * d - first * from_elite * second * to_elite
        each = 1.0 / determinant
        by_mass = (d * up + first * from_elite * over) * each
        by_elite = (second * to_elite * up + a * over) * each
        step = max(abs(by_mass), abs(by_elite))
        newton = (gap < near) & (determinant > invertible) & (a > 0.0) & (step < far)
        left = pick(moving, pick(newton, curvature * step * step * each, gap), left)
        mass = pick(moving, mass + pick(newton, by_mass, up), mass)
        elite = pick(moving, elite + pick(newton, by_elite, over), elite)
        if not any_of(left > tolerance):
            break
    return mass, elite, left > tolerance


@njit(cache=True, nogil=True, error_model="numpy")
def settle(
    level: Array,
    pull: Array,
    coupling: Array,
    limits: tuple[float, float, float, float, float],
    rounds: int,
) -> tuple[Array, Boolean]:
    """Iterate every column from `level` to its next fixed point; which had not settled after `rounds` (M,).

    Shapes: `level` and `pull` (2, M), `coupling` (2, 2, M), the latter two divided by the temperature. `limits` are
    those of `stability`: tolerance, near, invertible, far and curvature.
    """
    result = np.empty_like(level)
    unsettled = np.zeros(level.shape[1], np.bool_)
    for m in range(level.shape[1]):
        result[0, m], result[1, m], unsettled[m] = column(
            (level[0, m], level[1, m]),
            (pull[0, m], pull[1, m]),
            (coupling[0, 0, m], coupling[0, 1, m], coupling[1, 0, m], coupling[1, 1, m]),
            limits,
            rounds,
        )
    return result, unsettled
