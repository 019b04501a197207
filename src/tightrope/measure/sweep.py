"""The sampler: sweeps over latent leanings, cuts, directions and points (Albert & Chib 1993; Cowles 1996)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri  # type: ignore[import-untyped]

from tightrope.measure.array import Array
from tightrope.measure.identify import standardised
from tightrope.measure.lag import Lag
from tightrope.measure.normal import log_ratio, truncated
from tightrope.measure.ordinal import Items
from tightrope.measure.panel import Panel
from tightrope.measure.sums import dots, moments
from tightrope.measure.walk import Walk

FARTHEST_POINT, FARTHEST_CUT, FARTHEST_LEAN = 5.0, 7.0, 9.0


@dataclass(frozen=True, eq=False)
class State:
    """Where the chain is: `point` (T, S, D), the items, and the means around which points were drawn (T, S, D)."""

    point: Array
    items: Items
    centre: Array


@dataclass(frozen=True, eq=False)
class Setting:
    """What stays as it is.

    Attributes:
        cells: the votes.
        prior: of the points.
        slope_variance: of the prior of directions.
        stride: how far each item's cuts are moved at a time (P).
    """

    cells: Panel
    prior: Walk | Lag
    slope_variance: float
    stride: Array


def sweep(now: State, setting: Setting, generator: np.random.Generator) -> State:
    """The chain one sweep on.

    1. Cuts: both are proposed at once, from normals of width `stride` that keep their order and stay within
       ±`FARTHEST_CUT`; accepted by the votes' likelihood, latent leanings integrated out.
    2. Leanings z = η + ε of every vote: normals truncated to the answer's part of the line, kept within
       ±`FARTHEST_LEAN`.
    3. Directions: a regression of z on the points, β ~ N(0, `slope_variance`·I).
    4. Points: a regression of z on the directions, with their prior, kept within ±`FARTHEST_POINT`; then their
       mean is set to zero and their covariance to the identity, which fixes origin and scale.

    The limits are those of the code published with Bailey, Strezhnev & Voeten 2017.
    """
    cells = setting.cells
    lean = leanings(now, cells)
    cut = _cuts(now.items, lean, setting, generator)
    low, high = bounds(cut, cells)
    latent = lean + truncated(low - lean, high - lean, generator.random(len(lean)))
    latent = np.clip(latent, -FARTHEST_LEAN, FARTHEST_LEAN)
    slope = _slopes(latent, now.point, setting, generator)
    point, centre = _points(latent, slope, now.centre, setting, generator)
    return State(standardised(point, cells.votes > 0), Items(slope, cut), centre)


def leanings(now: State, cells: Panel) -> Array:
    """η = β·θ of every vote (C)."""
    voter = np.ascontiguousarray(now.point.reshape(-1, now.point.shape[2]))
    return dots(now.items.slope, cells.owner, voter, cells.place)


def bounds(cut: Array, cells: Panel) -> tuple[Array, Array]:
    """The ends of the part of the line that each vote stands for (C)."""
    end = np.full((len(cut), 1), np.inf)
    edge = np.concatenate([-end, cut, end], axis=1).ravel()
    return edge[cells.edge], edge[1:][cells.edge]


def _cuts(items: Items, lean: Array, setting: Setting, generator: np.random.Generator) -> Array:
    """Both cuts of every item (P, 2), moved where the votes allow; Johnson & Albert 1999."""
    low, high = items.cut.T
    stride, ends = setting.stride, (-FARTHEST_CUT, FARTHEST_CUT)
    uniform = generator.random((3, len(low)))
    first = _moved(low, stride, ends[0], high, uniform[0])
    second = _moved(high, stride, first, ends[1], uniform[1])
    proposed = np.stack([first, second], axis=1)
    ratio = _width(low, stride, ends[0], high) + _width(high, stride, first, ends[1])
    ratio -= _width(first, stride, ends[0], second) + _width(second, stride, low, ends[1])
    ends_of = [edge - lean for cut in (proposed, items.cut) for edge in bounds(cut, setting.cells)]
    ratio += setting.cells.by_item(log_ratio(*ends_of))
    back = second > low  # or the way back could not be proposed
    taken = back & (np.log(uniform[2]) < ratio)
    return np.where(taken[:, None], proposed, items.cut)


def _moved(
    centre: Array, stride: Array, floor: Array | float, ceiling: Array | float, uniform: Array
) -> Array:
    """A draw from a normal around `centre` that is known to lie between floor and ceiling."""
    start, end = ndtr((floor - centre) / stride), ndtr((ceiling - centre) / stride)
    found: Array = np.clip(centre + stride * ndtri(start + uniform * (end - start)), floor, ceiling)
    return found


def _width(centre: Array, stride: Array, floor: Array | float, ceiling: Array | float) -> Array:
    """Log of the mass that such a normal has between them."""
    mass = ndtr((ceiling - centre) / stride) - ndtr((floor - centre) / stride)
    found: Array = np.log(np.maximum(mass, 1e-300))
    return found


def _slopes(latent: Array, point: Array, setting: Setting, generator: np.random.Generator) -> Array:
    """Directions of all items (P, D) given the leanings of their voters (C) and where these stand."""
    cells, dims = setting.cells, point.shape[2]
    voter = np.ascontiguousarray(point.reshape(-1, dims))
    pull, weight = moments(voter, cells.place, cells.owner, cells.items, latent)
    spread = np.linalg.inv(weight + np.eye(dims) / setting.slope_variance)
    normal = generator.standard_normal(pull.shape)
    found: Array = spread @ pull[..., None] + np.linalg.cholesky(spread) @ normal[..., None]
    return found[..., 0]


def _points(
    latent: Array, slope: Array, centre: Array, setting: Setting, generator: np.random.Generator
) -> tuple[Array, Array]:
    """Where all states stand given leanings (C) and the directions (P, D) they lean in, and the means (T, S, D)."""
    cells, shape = setting.cells, centre.shape
    pull, weight = moments(slope, cells.owner, cells.place, shape[0] * shape[1], latent)
    point, mean = setting.prior.draw(
        pull.reshape(shape), weight.reshape(*shape, shape[2]), centre, generator.standard_normal(shape)
    )
    return np.clip(point, -FARTHEST_POINT, FARTHEST_POINT), mean
