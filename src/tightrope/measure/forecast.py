"""What an estimate says of votes that it has not seen. It refuses to speak of those that it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.array import Array, Boolean, Integers
from tightrope.measure.habit import around, kept, pooled
from tightrope.measure.ideal_points import anchor_places
from tightrope.measure.ordinal import chances
from tightrope.measure.panel import Panel, panel
from tightrope.measure.posterior import BURN, DRAWS, FORECAST, Assumptions, Posterior, Progress, posterior
from tightrope.measure.votes import ABSTAIN, MISSING, NO, YES, RollCalls


@dataclass(frozen=True, eq=False)
class Fitted:
    """Draws of points and items, with the votes that they were made from.

    Attributes:
        known: the roll calls.
        cells: their votes as a panel.
        draws: points and items.
        assumed: the priors.
    """

    known: RollCalls
    cells: Panel
    draws: Posterior
    assumed: Assumptions

    @property
    def until(self) -> np.datetime64:
        """Day of the last vote that the estimate knows."""
        day: np.datetime64 = self.known.date.max()
        return day


def fitted(
    known: RollCalls, dims: int = 3, anchors: Sequence[str] = ("USA", "RUS"), seed: int = 1,
    draws: int = DRAWS, burn: int = BURN, assumed: Assumptions = FORECAST, progress: Progress | None = None,
) -> Fitted:  # fmt: skip
    """Estimate, to predict: see `ideal_points.fit` for the arguments, `posterior.FORECAST` for the priors.

    Raises:
        MeasureError: as `fit` does.
    """
    cells = panel(known)
    places = anchor_places(cells, dims, anchors)
    generator = np.random.default_rng(seed)
    found = posterior(cells, dims, places, generator, draws, burn, assumed, progress)
    return Fitted(known, cells, found, assumed)


def hidden(estimate: Fitted, row: Integers, column: Integers, habits: bool = True) -> Array:
    """Probabilities of no, abstain and yes (N, 3) of states `column` on known roll calls `row`, averaged over draws.

    With `habits`, what a state is known to have said to the nearest roll call of the same title is pooled with them,
    see `habit`. A roll call on which all known votes agree has no parameters; its own shares, plus a tenth of a vote
    each, are given for it. The same goes for a state that has no point in that session.

    Raises:
        MeasureError: one of these votes is among those that the estimate was made from.
    """
    if (estimate.known.choice[row, column] != MISSING).any():
        at = int(np.flatnonzero(estimate.known.choice[row, column] != MISSING)[0])
        raise MeasureError(
            f"the vote of {estimate.known.states[column[at]]} on {estimate.known.items[row[at]]} is one that the "
            "estimate was made from; hide it before fitting"
        )
    item, session = _item_of(estimate)[row], _session_of(estimate)[row]
    there = (item >= 0) & estimate.cells.present[session, column]
    found = _shares(estimate.known)[row]
    draws, total = estimate.draws, np.zeros((int(there.sum()), 3))
    for point, slope, cut in zip(draws.point, draws.slope, draws.cut, strict=True):
        lean = (slope[item[there]] * point[session[there], column[there]]).sum(1)
        total += chances(lean, cut[item[there]])
    found[there] = total / len(draws.point)
    return _with_habits(estimate.known, row, column, found) if habits else found


def _with_habits(known: RollCalls, row: Integers, column: Integers, model: Array) -> Array:
    near = around(known)
    share = kept(near, shown_answers(known, (known.choice >= YES) & (known.choice <= NO)))
    return pooled(model, near[row, column], share[row])


def refuse_known(estimate: Fitted, new: RollCalls) -> None:
    """Nothing is fitted on votes that it predicts.

    Raises:
        MeasureError: a roll call to be predicted is not later than the last that the estimate knows.
    """
    early = np.flatnonzero(new.date <= estimate.until)
    if len(early):
        raise MeasureError(
            f"{new.items[early[0]]} is of {new.date[early[0]]}, and the estimate knows votes up to "
            f"{estimate.until}; fit on what was known the day before: rolls.known_by(day)"
        )
    if new.states != estimate.known.states:
        raise MeasureError("the new roll calls have other states than the known; give both the same states")


def next_points(estimate: Fitted, which: Integers, generator: np.random.Generator) -> Array:
    """Draws of where all states will stand one session on (J, S, D): their last points and the steps since.

    A state that has never had a point is drawn from N(0, I).

    Args:
        estimate: what is known.
        which: draws to start from (J).
        generator: of the steps.
    """
    cells, dims = estimate.cells, estimate.draws.point.shape[3]
    sessions = len(cells.sessions)
    last = sessions - 1 - cells.present[::-1].argmax(0)
    never = ~cells.present.any(0)
    steps = np.where(never, 0, sessions - last)
    place = np.arange(len(cells.states))
    centre = estimate.draws.point[which][:, last, place].astype(float)
    width = np.where(never, 1.0, np.sqrt(steps * estimate.assumed.smooth / 2))
    return centre + width[:, None] * generator.standard_normal((len(which), len(place), dims))


def shown_answers(new: RollCalls, shown: Boolean) -> Integers:
    """Answers 0 no, 1 abstain, 2 yes (I, S) of the votes shown, −1 elsewhere; what is not shown is never read."""
    return np.where(shown, NO - np.where(shown, new.choice, 0).astype(np.int64), -1)


def _item_of(estimate: Fitted) -> Integers:
    """Item of each known roll call (I), −1 where it has none."""
    found = np.full(len(estimate.known), -1)
    for item, places in enumerate(estimate.cells.roll):
        found[list(places)] = item
    return found


def _session_of(estimate: Fitted) -> Integers:
    sessions = np.array(estimate.cells.sessions)
    return np.clip(np.searchsorted(sessions, estimate.known.session), 0, len(sessions) - 1)


def _shares(rolls: RollCalls) -> Array:
    count = np.stack([(rolls.choice == answer).sum(1) for answer in (NO, ABSTAIN, YES)], axis=1) + 0.1
    found: Array = count / count.sum(1, keepdims=True)
    return found
