"""A resolution of which no vote is known: who leans where, and how many will say what."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.array import Array, Integers, Small
from tightrope.measure.forecast import Fitted, next_points
from tightrope.measure.kind import Kind
from tightrope.measure.normal import edges
from tightrope.measure.tally import to_tally
from tightrope.measure.votes import ABSENT, ABSTAIN, MISSING, NO, YES, RollCalls

HABIT, ROUNDS = 1.0, 15
WEIGHT, RECENT, EVEN = 5.0, 2, (0.5, 5.0)
LEVELS = 200


@dataclass(frozen=True, eq=False)
class Sorting:
    """Who leans where on a kind of resolution: everything but how many.

    Attributes:
        lean: towards yes (S).
        spread: what is not known of it, a standard deviation (S).
        missing: how likely each state is to be absent at other times (S).
    """

    lean: Array
    spread: Array
    missing: Array

    def given(self, tally: Array) -> Array:
        """Probabilities of no, abstain, yes and absent (S, 4) if the tally is this: conditional on the margins."""
        return to_tally(self.lean, self.spread, self.missing, tally)

    def over(self, levels: Array) -> Array:
        """The same averaged over levels (L, 4), shares of the four answers: nothing of the vote is known."""
        found: Array = np.mean([self.given(level) for level in levels], axis=0)
        return found

    def of(self, place: Integers) -> Sorting:
        """These states only."""
        return replace(self, lean=self.lean[place], spread=self.spread[place], missing=self.missing[place])


def sorting(estimate: Fitted, kind: Kind, day: np.datetime64, generator: np.random.Generator) -> Sorting:
    """Who leans where on a new resolution of that kind.

    A state leans b·θ + α: b is the mean direction of the kind's items, θ where the state stands a session on, and
    α ~ N(0, `HABIT`²) what its votes on items of the kind show beyond its point. Absence is counted on the kind's
    items, with `WEIGHT` roll calls' worth of what it was over the last `RECENT` sessions.

    Args:
        estimate: what is known.
        kind: what the resolution is about.
        day: when it is voted on.
        generator: where chance comes from.

    Raises:
        MeasureError: the estimate knows votes of that day or later, or no item of the kind.
    """
    if day <= estimate.until:
        raise MeasureError(
            f"the vote is of {day}, and the estimate knows votes up to {estimate.until}; fit on "
            "rolls.known_by(the day before)"
        )
    rows, items = _items(estimate, kind)
    draws = estimate.draws
    points = next_points(estimate, np.arange(len(draws.point)), generator)
    slope = draws.slope[:, items].mean(0).astype(float)
    cut = draws.cut[:, items].mean(0).astype(float)
    ahead, last = points.mean(0), _last(estimate)
    habit, doubt = _habit(estimate.known.choice[rows], last @ slope.T, cut)
    direction = slope.mean(0)
    turn = slope - direction
    other = ((ahead @ turn.T) ** 2).mean(1)
    return Sorting(ahead @ direction + habit, np.sqrt(doubt + other), _missing(estimate.known, rows))


def levels(known: RollCalls, kind: Kind, generator: np.random.Generator, count: int = LEVELS) -> Array:
    """Draws of the shares of no, abstain, yes and absent (L, 4) on a new resolution of the kind.

    Log ratios to yes of the past resolutions' shares, half a state added to each, are taken as normal with their own
    mean and covariance, widened by (1 + 1/n) for the n that there are.

    Raises:
        MeasureError: fewer than eight resolutions of the kind are known.
    """
    rows = kind.of(known)
    if len(rows) < 8:
        raise MeasureError(
            f"{len(rows)} resolutions about {kind.name} are known; a level takes at least 8: give more sessions"
        )
    chosen = known.choice[rows]
    tally = np.stack([(chosen == answer).sum(1) for answer in (NO, ABSTAIN, YES, ABSENT)], axis=1) + 0.5
    ratio = np.log(tally[:, [0, 1, 3]] / tally[:, 2:3])
    spread = np.cov(ratio.T) * (1 + 1 / len(rows))
    drawn = np.exp(generator.multivariate_normal(ratio.mean(0), spread, count))
    four = np.stack([drawn[:, 0], drawn[:, 1], np.ones(count), drawn[:, 2]], axis=1)
    found: Array = four / four.sum(1, keepdims=True)
    return found


def _items(estimate: Fitted, kind: Kind) -> tuple[Integers, Integers]:
    """Roll calls of the kind and the item of each, those that have one."""
    item = {place: own for own, places in enumerate(estimate.cells.roll) for place in places}
    rows = [place for place in kind.of(estimate.known).tolist() if place in item]
    if not rows:
        raise MeasureError(
            f"the estimate knows no divided vote about {kind.name}; give sessions that have one"
        )
    return np.array(rows), np.array([item[place] for place in rows])


def _last(estimate: Fitted) -> Array:
    """Mean of each state's last point (S, D)."""
    present = estimate.cells.present
    last = len(present) - 1 - present[::-1].argmax(0)
    found: Array = estimate.draws.point[:, last, np.arange(present.shape[1])].mean(0).astype(float)
    return found


def _habit(chosen: Small, lean: Array, cut: Array) -> tuple[Array, Array]:
    """Mean and variance of α (S) given votes (J, S) on items with these leanings (S, J) and cuts (J, 2)."""
    edge = np.concatenate([np.full((len(cut), 1), -np.inf), cut, np.full((len(cut), 1), np.inf)], axis=1)
    answer = NO - np.clip(chosen, YES, NO).astype(np.int64)
    cast = ((chosen >= YES) & (chosen <= NO)).T
    place = np.arange(len(cut))[:, None]
    low, high = edge[place, answer].T, edge[place, answer + 1].T
    habit, stiff = np.zeros(lean.shape[0]), np.ones(lean.shape[0])
    for _ in range(ROUNDS):
        one, other = low - lean - habit[:, None], high - lean - habit[:, None]
        _, at_low, at_high = (each.reshape(one.shape) for each in edges(one.ravel(), other.ravel()))
        pull = at_low - at_high
        bend = pull**2 - np.where(at_low > 0, one, 0) * at_low + np.where(at_high > 0, other, 0) * at_high
        stiff = (np.maximum(bend, 0) * cast).sum(1) + HABIT**-2
        habit = habit + np.clip(((pull * cast).sum(1) - habit * HABIT**-2) / stiff, -1, 1)
    return habit, 1 / stiff


def _missing(known: RollCalls, rows: Integers) -> Array:
    """How likely each state is to be absent (S)."""
    recent = known.choice[known.session > known.session.max() - RECENT]
    share = ((recent == ABSENT).sum(0) + EVEN[0]) / ((recent != MISSING).sum(0) + EVEN[1])
    own = known.choice[rows]
    found: Array = ((own == ABSENT).sum(0) + WEIGHT * share) / ((own != MISSING).sum(0) + WEIGHT)
    return found
