"""Habit: many resolutions come back every year under the same title, and states mostly repeat their answer."""

from __future__ import annotations

import re

import numpy as np

from tightrope.measure.array import Array, Integers, Small
from tightrope.measure.votes import NO, YES, RollCalls

SESSIONS, HABIT, MODEL, KEPT, BROKEN = 4, 0.6, 0.7, 8.0, 1.0


def subject(title: str) -> str:
    """A title without case, punctuation, and what some files put after it.

    >>> subject("The right to food : resolution / adopted by the General Assembly") == subject(
    ...     "The Right to Food"
    ... )
    True
    """
    return " ".join(re.findall(r"\w+", re.sub(r"\s*: (resolution|decision) /.*$", "", title).lower()))


def before(known: RollCalls, new: RollCalls) -> Integers:
    """Each state's last vote on a known roll call of the same title (I, S): 0 no, 1 abstain, 2 yes, −1 none.

    Roll calls more than `SESSIONS` sessions before the first that is new are not looked at.
    """
    found = np.full(new.choice.shape, -1)
    recent = known.keep(known.session > known.session.max() - SESSIONS)
    places = _by_title(recent)
    for row, title in enumerate(new.title):
        for place in places.get(subject(title), ()):
            found[row] = _over(found[row], recent.choice[place])
    return found


def around(known: RollCalls) -> Integers:
    """Each state's nearest vote on another roll call of the same title (I, S), the last before if there is one."""
    found = np.full(known.choice.shape, -1)
    for places in _by_title(known).values():
        for order in (places[::-1], places):  # what came after first, so that what came before stands
            seen = np.full(known.choice.shape[1], -1)
            for place in order:
                found[place] = np.where(seen >= 0, seen, found[place])
                seen = _over(seen, known.choice[place])
    return found


def kept(habit: Integers, answers: Integers) -> Array:
    """Share of states that keep to habit on each roll call (I), from the answers known on it.

    `KEPT` that kept and `BROKEN` that did not are counted before any.

    Args:
        habit: the answer of habit (I, S), −1 where there is none.
        answers: those known on the roll call (I, S), −1 elsewhere.
    """
    both = (habit >= 0) & (answers >= 0)
    found: Array = ((both & (habit == answers)).sum(1) + KEPT) / (both.sum(1) + KEPT + BROKEN)
    return found


def pooled(model: Array, habit: Integers, share: Array) -> Array:
    """Probabilities of no, abstain and yes (…, 3): p ∝ model^`MODEL` · own^`HABIT`.

    `own` gives the answer of habit (…) the share (…) of states that keep to theirs, and the other two answers the rest
    in halves. Where there is no habit (−1) the model's stand.

    >>> pooled(np.array([[0.2, 0.3, 0.5], [0.2, 0.3, 0.5]]), np.array([0, -1]), np.array([0.9, 0.9])).round(2)
    array([[0.64, 0.15, 0.21],
           [0.2 , 0.3 , 0.5 ]])
    """
    own = np.where(np.arange(3) == habit[..., None], share[..., None], (1 - share[..., None]) / 2)
    found: Array = np.where((habit >= 0)[..., None], model**MODEL * own**HABIT, model)
    found /= found.sum(-1, keepdims=True)
    return found


def _by_title(rolls: RollCalls) -> dict[str, list[int]]:
    """Places of the roll calls of each subject, in order of date."""
    found: dict[str, list[int]] = {}
    for place in np.argsort(rolls.date, kind="stable").tolist():
        if about := subject(rolls.title[place]):
            found.setdefault(about, []).append(place)
    return found


def _over(seen: Integers, choice: Small) -> Integers:
    """What was seen last, after one more roll call."""
    return np.where((choice >= YES) & (choice <= NO), NO - choice.astype(np.int64), seen)
