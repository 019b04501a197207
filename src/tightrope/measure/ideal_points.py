"""Ideal points: where each state stands in each session, estimated from its votes.

`fit(rolls, dims=1, anchors=("USA", "RUS"), absence=False, progress=None, seed=1) -> Estimates`. What is estimated,
and how, says `sweep`; what is predicted from it, `forecast` and `level`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.absence import absences
from tightrope.measure.array import Array
from tightrope.measure.panel import Panel, panel
from tightrope.measure.posterior import BURN, DRAWS, PUBLISHED, Posterior, Progress, posterior
from tightrope.measure.votes import RollCalls

MOST_DIMS = 3
INTERVAL = (0.05, 0.95)


@dataclass(frozen=True, eq=False)
class ItemEstimates:
    """Parameters of P items; each has `mean`, `p05` and `p95` on its last axis but one (…, 3).

    Attributes:
        ids: the roll calls that share the parameters (P tuples of ids).
        slope: the direction in which yes is more likely, β (P, D, 3).
        cut: where no ends and where yes begins on the line η = β·θ (P, 2, 3).
    """

    ids: tuple[tuple[str, ...], ...]
    slope: Array
    cut: Array


@dataclass(frozen=True, eq=False)
class Estimates:
    """Ideal points of S states in T sessions and D dimensions.

    Over all states and sessions that voted, each dimension has mean 0 and standard deviation 1.

    Attributes:
        sessions: numbers of the sessions, rising (T).
        states: ISO codes (S).
        mean: posterior mean (T, S, D); nan in sessions in which a state cast no vote that counts.
        p05, p95: ends of the interval that holds 90 % of the posterior (T, S, D).
        items: the roll calls.
        absences: share of roll calls that a state is expected to miss, its mean, p05 and p95 (T, S, 3), where
            asked for; else None.
    """

    sessions: tuple[int, ...]
    states: tuple[str, ...]
    mean: Array
    p05: Array
    p95: Array
    items: ItemEstimates
    absences: Array | None = None


def fit(
    rolls: RollCalls, dims: int = 1, anchors: Sequence[str] = ("USA", "RUS"), absence: bool = False,
    progress: Progress | None = None, seed: int = 1, draws: int = DRAWS, burn: int = BURN, settled: bool = False,
) -> Estimates:  # fmt: skip
    """Dynamic ordinal ideal points after Bailey, Strezhnev & Voeten 2017, with intervals.

    A state s at θ_st leans η = β_i·θ_st on item i; it answers no, abstain or yes as η + ε, ε ~ N(0, 1), falls below,
    between or above two cuts. θ_st walks from session to session (`walk`). Roll calls of one `bridge` share β and cuts.

    Args:
        rolls: the votes; those on which nobody differed are left out.
        dims: dimensions, 1 to 3.
        anchors: states that fix sign and rotation: the first is on the positive side of the second in dimension 1,
            a third is positive in dimension 2, a fourth in dimension 3; more than dims + 1 are refused.
        absence: also estimate who stays away, see `absence`.
        progress: told (step, done, total).
        seed: of the generator of chance; the same seed gives the same estimates.
        draws: sweeps that are kept.
        burn: sweeps before that.
        settled: start with the common level of each session where the published prior wants it (`settle`), for
            comparison with the published estimates; else near that of a walk which ties a session to both neighbours.

    Raises:
        MeasureError: dimensions, anchors or votes that nothing can be estimated from.
    """
    cells, generator = panel(rolls), np.random.default_rng(seed)
    found = posterior(
        cells, dims, anchor_places(cells, dims, anchors), generator, draws, burn,
        replace(PUBLISHED, settled=settled), progress,
    )  # fmt: skip
    made = summary(rolls, cells, found)
    return replace(made, absences=_absences(rolls, cells, generator)) if absence else made


def _absences(rolls: RollCalls, cells: Panel, generator: np.random.Generator) -> Array:
    """`absence.absences` of the sessions that have an estimate (T, S, 3)."""
    return absences(rolls.keep(np.isin(rolls.session, cells.sessions)), generator)


def anchor_places(cells: Panel, dims: int, anchors: Sequence[str]) -> list[int]:
    """Places of the anchors on the axis of states.

    Raises:
        MeasureError: too many dimensions, no or too many anchors, one twice, or one without a vote.
    """
    if not 1 <= dims <= MOST_DIMS:
        raise MeasureError(f"dims is {dims}; 1 to {MOST_DIMS} dimensions can be estimated")
    if not 1 <= len(anchors) <= dims + 1:
        raise MeasureError(
            f"{len(anchors)} anchors for {dims} dimension{'s' * (dims > 1)}; name one to {dims + 1}, "
            "the first on the positive side"
        )
    if len(set(anchors)) < len(anchors):
        raise MeasureError(f"an anchor is named twice: {', '.join(anchors)}; name different states")
    voting = dict(zip(cells.states, cells.votes.sum(0).tolist(), strict=True))
    for state in anchors:
        if not voting.get(state):
            raise MeasureError(
                f"anchor {state} has no vote on which states differed; choose a state that has, such as "
                f"{max(voting, key=lambda name: voting[name])}"
            )
    return [cells.states.index(state) for state in anchors]


def summary(rolls: RollCalls, cells: Panel, found: Posterior) -> Estimates:
    """Means and intervals of the draws, with labels."""
    three = _three(found.point)
    three[:, cells.votes == 0] = np.nan
    ids = tuple(tuple(rolls.items[place] for place in places) for places in cells.roll)
    items = ItemEstimates(ids, np.moveaxis(_three(found.slope), 0, -1), np.moveaxis(_three(found.cut), 0, -1))
    return Estimates(cells.sessions, cells.states, three[0], three[1], three[2], items)


def _three(draws: Array) -> Array:
    """Mean and both ends of the interval over the first axis (3, …)."""
    mean = draws.mean(0, dtype=np.float64)
    low, high = np.quantile(draws, INTERVAL, axis=0)
    return np.stack([mean, np.minimum(low, mean), np.maximum(high, mean)])
