"""Origin, scale, rotation and sign: what no vote can tell, and how each is fixed."""

from __future__ import annotations

import numpy as np

from tightrope.measure.array import Array, Boolean


def standardised(point: Array, seen: Boolean) -> Array:
    """Points (T, S, D) with mean zero and covariance identity over where they are seen (T, S).

    The symmetric root of the covariance is divided out, so that axes turn as little as can be. Where a state has no
    point it stays at zero.
    """
    where = point[seen]
    centred = where - where.mean(0)
    values, vectors = np.linalg.eigh(centred.T @ centred / (len(centred) - 1))
    found: Array = (point - where.mean(0)) @ (vectors / np.sqrt(values)) @ vectors.T
    found[(point == 0).all(-1) & ~seen] = 0.0
    return found


def turned(point: Array, target: Array, seen: Boolean) -> Array:
    """The rotation or reflection (D, D) that brings `point` closest to `target`, both (T, S, D); Schönemann 1966."""
    left, _, right = np.linalg.svd(point[seen].T @ target[seen])
    found: Array = left @ right
    return found


def oriented(point: Array, slope: Array, seen: Boolean, anchors: list[int]) -> Array:
    """The rotation (D, D), to be applied from the right, that the anchors ask for.

    The first dimension runs from the second anchor's mean position to the first's, so that the first is on the
    positive side. A third anchor is positive on the second dimension, a fourth on the third. Where fewer are named,
    the dimensions left are those along which items discriminate most, and the first anchor, or if it is at zero there
    the largest position, is positive.

    Args:
        point: points (T, S, D).
        slope: directions of the items (P, D).
        seen: where a state cast a vote (T, S).
        anchors: places of the named states on the axis of states.
    """
    dims = point.shape[2]
    mean = [point[seen[:, place], place].mean(0) for place in anchors]
    wanted = [mean[0] - mean[1] if len(anchors) > 1 else mean[0], *mean[2:]]
    axes: list[Array] = []
    for direction in wanted[:dims]:
        rest = direction - sum((axis * (axis @ direction) for axis in axes), np.zeros(dims))
        axes.append(rest / np.linalg.norm(rest))
    while len(axes) < dims:
        left = np.eye(dims) - sum((np.outer(axis, axis) for axis in axes), np.zeros((dims, dims)))
        _, vectors = np.linalg.eigh(left @ slope.T @ slope @ left)
        axis = vectors[:, -1]
        axes.append(axis if mean[0] @ axis >= 0 else -axis)
    return np.stack(axes, axis=1)
