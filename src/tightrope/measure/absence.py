"""Staying away as a choice of its own: how likely each state is to miss a roll call, session by session."""

from __future__ import annotations

import numpy as np
from scipy.special import expit  # type: ignore[import-untyped]

from tightrope.measure.array import Array, Integers
from tightrope.measure.votes import ABSENT, MISSING, RollCalls
from tightrope.measure.walk import paths, walk

SMOOTH, ITEM_SPREAD, ROUNDS, DRAWS, LONGEST = 0.5, 1.0, 15, 200, 2.0
USUAL = -2.5


def absences(rolls: RollCalls, generator: np.random.Generator) -> Array:
    """Share of a session's roll calls that each state is expected to miss: mean, p05 and p95 (T, S, 3).

    The log-odds of missing roll call i are u_st + κ_i: the state's own, which walks from session to session like its
    point, and the roll call's, κ_i ~ N(0, `ITEM_SPREAD`²). Both are taken to their joint mode by Newton steps; the
    interval is that of u_st around it. nan where a state was no member or nothing is known.

    Args:
        rolls: with absences told from missing votes; where none is known, every share is near zero.
        generator: of the draws for the interval.
    """
    sessions, when = np.unique(rolls.session, return_inverse=True)
    member = (rolls.choice != MISSING).astype(float)
    gone = (rolls.choice == ABSENT).astype(float)
    count = _by_session(member, when, len(sessions))
    there = count > 0
    between = np.maximum.accumulate(there, 0) & np.maximum.accumulate(there[::-1], 0)[::-1]
    prior = walk(count.astype(np.int64), between, SMOOTH)
    own, roll = np.full(count.shape, USUAL), np.zeros(len(rolls))
    for _ in range(ROUNDS):
        chance = expit(own[when] + roll[:, None])
        excess, bend = member * (gone - chance), member * chance * (1 - chance)
        step = (excess.sum(1) - roll / ITEM_SPREAD**2) / (bend.sum(1) + ITEM_SPREAD**-2)
        roll = roll + np.clip(step, -LONGEST, LONGEST)
        chance = expit(own[when] + roll[:, None])
        weight = _by_session(member * chance * (1 - chance), when, len(sessions))
        pull = _by_session(member * (gone - chance), when, len(sessions)) + weight * (own - USUAL)
        goal = paths(prior, pull[..., None], weight[..., None, None])[..., 0] + USUAL
        own = own + np.clip(goal - own, -LONGEST, LONGEST)
    normal = generator.standard_normal((DRAWS, *own.shape, 1))
    drawn = np.stack(
        [paths(prior, pull[..., None], weight[..., None, None], each)[..., 0] for each in normal]
    )
    share = _shares(drawn + USUAL, roll, when, len(sessions))
    found = np.stack([share.mean(0), *np.quantile(share, (0.05, 0.95), axis=0)], axis=-1)
    found[~there] = np.nan
    return found


def _by_session(values: Array, when: Integers, sessions: int) -> Array:
    """Sums over the roll calls of each session (T, S)."""
    found = np.zeros((sessions, values.shape[1]))
    np.add.at(found, when, values)
    return found


def _shares(own: Array, roll: Array, when: Integers, sessions: int) -> Array:
    """Mean chance over the roll calls of each session (N, T, S)."""
    found = np.empty(own.shape)
    for session in range(sessions):
        there = roll[when == session]
        found[:, session] = expit(own[:, session, :, None] + there).mean(-1)
    return found
