"""What numba compiles for the `fast` extra: the functions of `normal` and `sums`, over the threads numba is given.

They agree with the NumPy versions to about twelve digits. The bits do not depend on the number of threads.
"""

from __future__ import annotations

from math import erfc, exp, log, sqrt

import numpy as np
from numba import njit, prange

from tightrope.measure.array import Array, Integers

_ROOT_HALF, _ROOT_TWO_PI = 0.7071067811865476, 2.5066282746310002
_FLOOR, _FAR = 1e-300, 37.0


@njit(cache=True, nogil=True, inline="always", error_model="numpy")
def _below(value: float) -> float:
    """Mass of the standard normal below `value`."""
    return 0.5 * erfc(-value * _ROOT_HALF)


@njit(cache=True, nogil=True, inline="always", error_model="numpy")
def _between(low: float, high: float) -> float:
    """Mass between two bounds, from the tail in which it does not cancel."""
    if low > 0.0:
        low, high = -high, -low
    return max(_below(high) - _below(low), _FLOOR)


@njit(cache=True, nogil=True, error_model="numpy")
def _quantile(share: float) -> float:
    """Where `share` of the standard normal lies below; for shares up to a half. Wichura 1988, algorithm AS 241."""
    if share < _FLOOR:
        return -_FAR
    near = share - 0.5
    if near > -0.425:
        r = 0.180625 - near * near
        top = 2509.0809287301226727 * r + 33430.575583588128105
        top = ((top * r + 67265.770927008700853) * r + 45921.953931549871457) * r + 13731.693765509461125
        top = ((top * r + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.387132872796366608
        low = 5226.495278852545925 * r + 28729.085735721942674
        low = ((low * r + 39307.89580009271061) * r + 21213.794301586595867) * r + 5394.1960214247511077
        low = ((low * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1.0
        return near * top / low
    r = sqrt(-log(share))
    if r <= 5.0:
        r -= 1.6
        top = 7.7454501427834140764e-4 * r + 0.0227238449892691845833
        top = ((top * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r + 3.64784832476320460504
        top = ((top * r + 5.7694972214606914055) * r + 4.6303378461565452959) * r + 1.42343711074968357734
        low = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4
        low = ((low * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455
        low = ((low * r + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1.0
        return -top / low
    r -= 5.0
    top = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    top = ((top * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r + 0.29656057182850489123
    top = ((top * r + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772
    low = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7
    low = ((low * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r + 0.0148753612908506148525
    low = ((low * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1.0
    return -top / low


@njit(cache=True, nogil=True, parallel=True, error_model="numpy")
def truncated(low: Array, high: Array, uniform: Array) -> Array:
    """`normal.truncated`, compiled."""
    found = np.empty_like(low)
    for place in prange(low.size):
        one, other, share = low[place], high[place], uniform[place]
        mirrored = one > -other
        if mirrored:
            one, other, share = -other, -one, 1.0 - share
        start = _below(one)
        at = start + share * (_below(other) - start)
        value = _quantile(at) if at <= 0.5 else -_quantile(1.0 - at)
        value = min(max(value, one), other)
        found[place] = -value if mirrored else value
    return found


@njit(cache=True, nogil=True, parallel=True, error_model="numpy")
def edges(low: Array, high: Array) -> tuple[Array, Array, Array]:
    """`normal.edges`, compiled."""
    mass, at_low, at_high = np.empty_like(low), np.empty_like(low), np.empty_like(low)
    for place in prange(low.size):
        one, other = low[place], high[place]
        share = _between(one, other)
        mass[place] = log(share)
        at_low[place] = exp(-0.5 * one * one) / (_ROOT_TWO_PI * share)
        at_high[place] = exp(-0.5 * other * other) / (_ROOT_TWO_PI * share)
    return mass, at_low, at_high


@njit(cache=True, nogil=True, error_model="numpy")
def dots(left: Array, at_left: Integers, right: Array, at_right: Integers) -> Array:
    """`sums.dots`, compiled."""
    found = np.zeros(at_left.size)
    for place in range(at_left.size):
        one, other = at_left[place], at_right[place]
        for dim in range(left.shape[1]):
            found[place] += left[one, dim] * right[other, dim]
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def moments(
    table: Array, at: Integers, group: Integers, count: int, value: Array, weight: Array
) -> tuple[Array, Array]:
    """`sums.moments`, compiled."""
    dims = table.shape[1]
    first, second = np.zeros((count, dims)), np.zeros((count, dims, dims))
    for place in range(at.size):
        row, own = at[place], group[place]
        for one in range(dims):
            first[own, one] += value[place] * table[row, one]
            for other in range(one + 1):
                second[own, one, other] += weight[place] * table[row, one] * table[row, other]
    for own in range(count):
        for one in range(dims):
            for other in range(one):
                second[own, other, one] = second[own, one, other]
    return first, second


@njit(cache=True, nogil=True, parallel=True, error_model="numpy")
def log_ratio(low: Array, high: Array, low_before: Array, high_before: Array) -> Array:
    """`normal.log_ratio`, compiled."""
    found = np.empty_like(low)
    for place in prange(low.size):
        before = _between(low_before[place], high_before[place])
        found[place] = log(_between(low[place], high[place]) / before)
    return found
