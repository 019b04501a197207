"""The standard normal between two bounds: its mass, its density at the bounds, draws from it.

Everything here is elementwise on one-dimensional arrays; bounds may be infinite. Where numba is installed (the `fast`
extra) compiled versions take over, unless the environment says TIGHTROPE_FAST=0; they are the only thing compiled.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri  # type: ignore[import-untyped]

from tightrope.kernel import chosen
from tightrope.measure.array import Array

_FLOOR, _FAR = 1e-300, 37.0


def _between(low: Array, high: Array) -> Array:
    mirrored = low > 0
    one, other = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    found: Array = np.maximum(ndtr(other) - ndtr(one), _FLOOR)
    return found


def _log_ratio(low: Array, high: Array, low_before: Array, high_before: Array) -> Array:
    found: Array = np.log(_between(low, high) / _between(low_before, high_before))
    return found


def _truncated(low: Array, high: Array, uniform: Array) -> Array:
    mirrored = low > -high
    one, other = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    share = np.where(mirrored, 1 - uniform, uniform)
    start = ndtr(one)
    at = np.maximum(start + share * (ndtr(other) - start), _FLOOR)
    value = np.clip(np.clip(ndtri(at), -_FAR, _FAR), one, other)
    found: Array = np.where(mirrored, -value, value)
    return found


def _edges(low: Array, high: Array) -> tuple[Array, Array, Array]:
    mass = _between(low, high)
    density = [np.exp(-0.5 * bound * bound) / (np.sqrt(2 * np.pi) * mass) for bound in (low, high)]
    return np.log(mass), density[0], density[1]


compiled = chosen("tightrope.measure.fast")


def log_ratio(low: Array, high: Array, low_before: Array, high_before: Array) -> Array:
    """Log of the mass between two bounds over that between two others (C); no mass counts as less than 1e-300."""
    ratio = compiled.log_ratio if compiled else _log_ratio
    found: Array = ratio(low, high, low_before, high_before)
    return found


def truncated(low: Array, high: Array, uniform: Array) -> Array:
    """The quantile `uniform` (C), from 0 to 1, of a standard normal that is known to lie between the bounds (C)."""
    found: Array = (compiled.truncated if compiled else _truncated)(low, high, uniform)
    return found


def edges(low: Array, high: Array) -> tuple[Array, Array, Array]:
    """Log of the mass m between the bounds (C), and the density at each divided by it: φ(low)/m, φ(high)/m."""
    mass, at_low, at_high = (compiled.edges if compiled else _edges)(low, high)
    return mass, at_low, at_high
