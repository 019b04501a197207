"""A new resolution of which some votes are known: which of the past ones does it resemble, and who keeps habits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tightrope.measure.array import Array, Boolean, Integers
from tightrope.measure.forecast import Fitted, next_points, refuse_known, shown_answers
from tightrope.measure.habit import before, kept, pooled, subject
from tightrope.measure.ordinal import chances
from tightrope.measure.votes import RollCalls

PAST, PER_ITEM, POINTS = 8, 4, 8
SAME_TITLE, JITTER, SURPRISE, BEST = 0.5, 0.1, 0.005, 300
EVEN = 0.01


@dataclass(frozen=True, eq=False)
class Candidates:
    """M draws of past items that a new one may resemble: `slope` (M, D), `cut` (M, 2), `title` (M) as a subject."""

    slope: Array
    cut: Array
    title: tuple[str, ...]


def revealed(estimate: Fitted, new: RollCalls, shown: Boolean, generator: np.random.Generator) -> Array:
    """Probabilities of no, abstain and yes (I, S, 3) of all states on new roll calls of which some votes are shown.

    The prior of a new item is a mixture of the items of the last `PAST` sessions, moved by a little noise; those of
    the same title have `SAME_TITLE` of its weight together. Shown votes weigh them by their likelihood, in which a
    share `SURPRISE` of votes is random. Then habit is asked, see `habit.pooled`: what a state said last to a
    resolution of that title. Constants were chosen on session 73, forecast from 63–72.

    Args:
        estimate: what was known before.
        new: roll calls later than that (I).
        shown: which of their votes are known (I, S); the others are not looked at.
        generator: where chance comes from.

    Raises:
        MeasureError: a new roll call is not later than the last known; nothing is fitted on what it predicts.
    """
    refuse_known(estimate, new)
    answers = shown_answers(new, shown)
    past = candidates(estimate, generator)
    points = next_points(estimate, generator.integers(0, len(estimate.draws.point), POINTS), generator)
    found = np.empty((*new.choice.shape, 3))
    for row, title in enumerate(new.title):
        weight = _prior(past, subject(title))
        found[row] = np.mean([_one(past, weight, point, answers[row], generator) for point in points], axis=0)
    found = (1 - EVEN) * found + EVEN / 3
    habit = before(estimate.known, new)
    return pooled(found, habit, kept(habit, answers)[:, None])


def candidates(estimate: Fitted, generator: np.random.Generator) -> Candidates:
    """Draws of all items of the last `PAST` sessions, `PER_ITEM` of each."""
    known, draws = estimate.known, estimate.draws
    last = [places[-1] for places in estimate.cells.roll]
    recent = np.flatnonzero(known.session[last] > known.session.max() - PAST)
    slope, cut = [], []
    for _ in range(PER_ITEM):
        which = generator.integers(0, len(draws.point), len(recent))
        slope.append(draws.slope[which, recent].astype(float))
        cut.append(draws.cut[which, recent].astype(float))
    title = tuple(subject(known.title[last[item]]) for item in recent.tolist()) * PER_ITEM
    return Candidates(np.concatenate(slope), np.concatenate(cut), title)


def _prior(past: Candidates, title: str) -> Array:
    same = np.array([bool(title) and each == title for each in past.title])
    even = np.full(len(same), 1 / len(same))
    return (1 - SAME_TITLE) * even + SAME_TITLE * same / same.sum() if same.any() else even


def _one(
    past: Candidates, weight: Array, point: Array, answer: Integers, generator: np.random.Generator
) -> Array:
    """Chances of all states (S, 3) at these points (S, D), given the answers shown (S), −1 where none is."""
    slope = past.slope + JITTER * generator.standard_normal(past.slope.shape)
    cut = past.cut + JITTER * generator.standard_normal((len(past.cut), 1))
    voter = np.flatnonzero(answer >= 0)
    known = chances(slope @ point[voter].T, cut[:, None])[:, np.arange(len(voter)), answer[voter]]
    score = np.log((1 - SURPRISE) * known + SURPRISE / 3).sum(1) + np.log(weight)
    best = np.argsort(-score, kind="stable")[:BEST]
    share = np.exp(score[best] - score[best[0]])
    found: Array = np.einsum(
        "m,msa->sa", share / share.sum(), chances(slope[best] @ point.T, cut[best, None])
    )
    return found
