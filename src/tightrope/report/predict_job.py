"""What `tightrope votes predict` does: say how states will vote on a resolution that is not in the files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.array import Array
from tightrope.measure.country import could_vote
from tightrope.measure.kind import INTERVENTION, Kind
from tightrope.measure.votes import CHOICES, MISSING, RollCalls
from tightrope.report.votes_job import Progress

ANSWERS = ("no", "abstain", "yes", "absent")
SESSIONS, RECENT = 10, 2
ENDS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Asked:
    """What is to be predicted.

    Attributes:
        day: of the vote; nothing of that day or later is used.
        title: of the resolution, as past ones of the kind are called.
        about: pattern of titles of past resolutions on which states are sorted; None for the use of force against
            Ukraine, by kinds that past resolutions weigh, see `stack.new_sorting`.
        level: pattern of titles of those from which it is learned how many say what; None for armed intervention.
        shown: votes that are known already, by state: "yes", "abstain" or "no".
        dims: dimensions of the estimate.
        seed: of the generator of chance.
    """

    day: str
    title: str = ""
    about: str | None = None
    level: str | None = None
    shown: Mapping[str, str] | None = None
    dims: int = 3
    seed: int = 1


@dataclass(frozen=True)
class Predicted:
    """Probabilities of no, abstain, yes and absent (S, 4) by state, and the tally: 5, 50 and 95 % of each (4, 3).

    Where votes are shown, absence is not predicted: its column is 0, and the tally is of expectations alone (its three
    numbers are equal).
    """

    asked: Asked
    known_until: str
    states: tuple[str, ...]
    chances: Array
    tally: Array

    def as_data(self) -> dict[str, Any]:
        """The object that `votes predict --json` prints."""
        return {
            "day": self.asked.day,
            "known_until": self.known_until,
            "shown": dict(self.asked.shown or {}),
            "tally": {
                answer: [round(float(each), 1) for each in row]
                for answer, row in zip(ANSWERS, self.tally, strict=True)
            },
            "states": {
                state: {answer: round(float(each), 4) for answer, each in zip(ANSWERS, row, strict=True)}
                for state, row in zip(self.states, self.chances, strict=True)
            },
        }

    def written(self) -> str:
        """The probabilities as CSV."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(["iso3", *ANSWERS])
        for state, row in zip(self.states, self.chances, strict=True):
            table.writerow([state, *(f"{value:.4f}" for value in row)])
        return text.getvalue()


def predict_vote(rolls: RollCalls, asked: Asked, progress: Progress | None = None) -> Predicted:
    """Predict from what was known the day before the vote.

    With votes shown, `revealed.revealed` says how the others vote. Without, `newcomer.sorting` says who leans where, or
    `stack.new_sorting` where no titles are given, and `newcomer.levels` how many say what: the level is uncertain, and
    so is the tally.

    Args:
        rolls: roll calls; whatever is of the vote's day or later is dropped before anything is computed.
        asked: what is to be predicted.
        progress: told how far the estimate is.

    Raises:
        MeasureError: nothing is known before that day, too few past resolutions of the kind, an unknown state.
    """
    from tightrope.measure.forecast import fitted

    known = rolls.known_by(np.datetime64(asked.day) - 1)
    recent = known.select(sessions=known.sessions[-SESSIONS:])
    unknown = sorted(set(asked.shown or {}) - set(recent.states))
    if unknown:
        raise MeasureError(
            f"{', '.join(unknown)}: no vote of theirs is in sessions {recent.sessions[0]}–{recent.sessions[-1]}"
        )
    estimate = fitted(recent, dims=asked.dims, seed=asked.seed, progress=progress)
    generator = np.random.default_rng(asked.seed)
    voters = _voters(recent, np.datetime64(asked.day))
    if asked.shown:
        chances = _revealed(estimate, asked, generator)[voters]
        tally = np.repeat(chances.sum(0)[:, None], len(ENDS), axis=1)
    else:
        chances, tally = _unseen(estimate, known, asked, generator, voters, progress)
    return Predicted(
        asked, str(known.date.max()), tuple(recent.states[place] for place in voters), chances, tally
    )


def _voters(recent: RollCalls, day: np.datetime64) -> list[int]:
    """Places of the states that have answered or been absent of late, and can vote that day."""
    late = recent.session > recent.session.max() - RECENT
    there = np.asarray((recent.choice[late] != MISSING).any(0))
    return [
        place
        for place, state in enumerate(recent.states)
        if there[place] and could_vote(state, np.array([day]))[0]
    ]


def _revealed(estimate: Any, asked: Asked, generator: np.random.Generator) -> Array:
    from tightrope.measure.revealed import revealed

    states = estimate.known.states
    shown = asked.shown or {}
    choice = np.array([[CHOICES[shown[state]] if state in shown else MISSING for state in states]], np.int8)
    day = np.array([asked.day], "datetime64[D]")
    last = np.array([estimate.known.session.max() + 1])
    new = RollCalls(states, ("new",), last, day, choice, np.array([-1]), (asked.title,), ((),))
    three = revealed(estimate, new, choice != MISSING, generator)[0]
    for place, state in enumerate(states):
        if state in shown:
            three[place] = np.eye(3)[ANSWERS.index(shown[state])]
    return np.concatenate([three, np.zeros((len(states), 1))], axis=1)


def _unseen(
    estimate: Any, known: RollCalls, asked: Asked, generator: np.random.Generator, voters: list[int],
    progress: Progress | None,
) -> tuple[Array, Array]:  # fmt: skip
    from tightrope.measure.newcomer import levels, sorting
    from tightrope.measure.stack import new_sorting

    day = np.datetime64(asked.day)
    if asked.about is None:
        who = new_sorting(known, estimate, day, progress=progress)
    else:
        who = sorting(estimate, _kind(asked.about), day, generator)
    like = (
        INTERVENTION
        if asked.about is None and asked.level is None
        else _kind(asked.level or asked.about or "")
    )
    drawn = levels(known, like, generator)
    ends = np.quantile(drawn * len(voters), ENDS, axis=0).T
    return who.of(np.array(voters)).over(drawn), ends


def _kind(pattern: str) -> Kind:
    try:
        re.compile(pattern)
    except re.error as error:
        raise MeasureError(
            f"{pattern!r} is no pattern of titles: {error}; give words, as nuclear|disarmament"
        ) from None
    return Kind(f"what {pattern!r} matches", pattern)
