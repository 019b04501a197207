"""Past resolutions, each predicted from earlier sessions alone: what kinds of resolution are judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.array import Array, Integers
from tightrope.measure.forecast import Fitted, fitted
from tightrope.measure.kind import PLACES, WIDER, Kind
from tightrope.measure.newcomer import Sorting, sorting
from tightrope.measure.posterior import Progress
from tightrope.measure.votes import ABSENT, ABSTAIN, NO, YES, RollCalls

PAST, KNOWN, LONGEST = 10, 10, 3
DRAWS, BURN, SEED = 20, 10, 1
ANSWERS = (NO, ABSTAIN, YES, ABSENT)


@dataclass(frozen=True, eq=False)
class Trial:
    """A past resolution and what each rung said of it before.

    Attributes:
        session: of the vote.
        item: its id.
        place: whom it was about, the name of a kind.
        rungs: who leans where by each rung, from narrow to wide (K).
        answer: 0 no, 1 abstain, 2 yes, 3 absent of the states that could answer (S).
    """

    session: int
    item: str
    place: str
    rungs: tuple[Sorting, ...]
    answer: Integers

    @property
    def tally(self) -> Array:
        """How many said no, abstain and yes and were absent (4)."""
        return np.bincount(self.answer, minlength=len(ANSWERS)).astype(float)


def rungs(
    estimate: Fitted, own: Kind, wider: Sequence[Kind], day: np.datetime64, seed: int = SEED
) -> tuple[Sorting, ...]:
    """Who leans where on a resolution about one state, by kinds from its own past to the widest.

    A rung on which the estimate knows no divided vote takes what the next wider one says.

    Args:
        estimate: what is known.
        own: resolutions about that state.
        wider: kinds that hold it, from narrow to wide.
        day: when it is voted on.
        seed: of the generator of chance, anew for each rung.

    Raises:
        MeasureError: the estimate knows votes of that day or later, or none of even the widest kind.
    """
    found: list[Sorting] = []
    for kind in reversed((own, *wider)):
        try:
            found.append(sorting(estimate, kind, day, np.random.default_rng(seed)))
        except MeasureError:
            if not found:
                raise
            found.append(found[-1])
    return tuple(reversed(found))


def lag_of(known: RollCalls, day: np.datetime64) -> int:
    """Sessions from the last that is known to that of the day, between 1 and `LONGEST`; one begins each September."""
    year, month = (int(part) for part in str(day.astype("datetime64[M]")).split("-"))
    return int(np.clip(year - 1946 + (month >= 9) - known.session.max(), 1, LONGEST))


def trials(
    known: RollCalls, lag: int, dims: int = 3, places: Sequence[Kind] = PLACES, wider: Sequence[Kind] = WIDER,
    progress: Progress | None = None,
) -> tuple[Trial, ...]:  # fmt: skip
    """Past resolutions about these places in the last `PAST` sessions, each predicted `lag` sessions ahead.

    Those of session t are predicted from an estimate of the `KNOWN` sessions up to t − lag; nothing later is in it.
    Left out are resolutions on which all agreed, and those before which no vote of the widest kind was known.

    Args:
        known: what is known; all of it is earlier than what is to be predicted at last.
        lag: sessions from the last vote known to the vote predicted, see `lag_of`.
        dims: of the estimates.
        places: kinds, each about one state.
        wider: kinds that hold them, from narrow to wide.
        progress: told how far it is.
    """
    about = {int(at): kind for kind in places for at in kind.of(known)}
    found: list[Trial] = []
    sessions = [number for number in known.sessions if number > known.session.max() - PAST]
    for step, session in enumerate(sessions):
        rows = [row for row in sorted(about) if known.session[row] == session and _divided(known, row)]
        estimate = _estimate(known.keep(known.session <= session - lag), dims) if rows else None
        if estimate is not None:
            told = [_trial(estimate, known, row, about[row], wider) for row in rows]
            found += [trial for trial in told if trial is not None]
        if progress is not None:
            progress("past resolutions", step + 1, len(sessions))
    return tuple(found)


def _divided(known: RollCalls, row: int) -> bool:
    return len(set(known.choice[row].tolist()) & {NO, ABSTAIN, YES}) > 1


def _estimate(before: RollCalls, dims: int) -> Fitted | None:
    """From the last `KNOWN` of these sessions; None where they are too few for that."""
    try:
        recent = before.select(sessions=before.sessions[-KNOWN:])
        return fitted(recent, dims, seed=SEED, draws=DRAWS, burn=BURN)
    except MeasureError:
        return None


def _trial(estimate: Fitted, known: RollCalls, row: int, own: Kind, wider: Sequence[Kind]) -> Trial | None:
    try:
        said = rungs(estimate, own, wider, known.date[row])
    except MeasureError:
        return None
    column = [known.states.index(state) for state in estimate.known.states]
    chosen = known.choice[row, column]
    there = np.flatnonzero(np.isin(chosen, ANSWERS))
    answer = np.array([ANSWERS.index(int(each)) for each in chosen[there]], np.int64)
    return Trial(
        int(known.session[row]), known.items[row], own.name, tuple(each.of(there) for each in said), answer
    )


def joined(said: Sequence[Sorting], weight: Array, steep: float) -> Sorting:
    """Rungs as one: lean_s = steep · Σ_k w_k lean_ks; the variance and the chance of absence are weighted means too."""
    lean = sum(part * each.lean for part, each in zip(weight, said, strict=True))
    variance = sum(part * each.spread**2 for part, each in zip(weight, said, strict=True))
    missing = sum(part * each.missing for part, each in zip(weight, said, strict=True))
    return replace(
        said[0], lean=steep * np.asarray(lean), spread=steep * np.sqrt(variance), missing=np.asarray(missing)
    )
