"""Which kinds of resolution to go by, and how far: weighed by how past resolutions came out, and by nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import brentq, minimize  # type: ignore[import-untyped]
from scipy.special import expit, logit, softmax  # type: ignore[import-untyped]

from tightrope.errors import MeasureError
from tightrope.measure.array import Array
from tightrope.measure.forecast import Fitted
from tightrope.measure.kind import UKRAINE, WIDER, Kind
from tightrope.measure.newcomer import Sorting
from tightrope.measure.posterior import Progress
from tightrope.measure.tally import FAR, FEWEST
from tightrope.measure.trial import Trial, joined, lag_of, rungs, trials
from tightrope.measure.votes import RollCalls

HALF_LIFE, PRIOR, TIE, ROUNDS, FURTHEST = 2.0, 0.1, 1e-3, 15, 4.0
STRICT, SURE, LEAST = 1.0, 1e-3, 1e-4
GONE = 3


@dataclass(frozen=True, eq=False)
class Stack:
    """How rungs are joined.

    Attributes:
        weight: of each rung, from narrow to wide (K); sums to 1.
        steep: factor on leanings.
        usual: factor on the log-odds of a state's usual absence.
        torn: what standing in the middle adds to the log-odds of absence, see `middle`.
    """

    weight: Array
    steep: float = 1.0
    usual: float = 1.0
    torn: float = 0.0

    def of(self, said: Sequence[Sorting]) -> Sorting:
        """What the rungs say together."""
        both = joined(said, self.weight, self.steep)
        odds = self.usual * logit(both.missing) + self.torn * middle(both.lean)
        return replace(both, missing=np.clip(expit(odds), 1e-6, 1 - 1e-6))


def middle(lean: Array) -> Array:
    """How near a state is to the middle of the order: 1 − |2r − 1| (S) for its rank r from 0 to 1, ties apart."""
    rank = lean.argsort(kind="stable").argsort(kind="stable") / max(len(lean) - 1, 1)
    found: Array = 1 - np.abs(2 * rank - 1)
    return found


def new_sorting(
    known: RollCalls,
    estimate: Fitted,
    day: np.datetime64,
    own: Kind = UKRAINE,
    progress: Progress | None = None,
) -> Sorting:
    """Who leans where on a new resolution about the use of force against a state, by the rule of `stacked`.

    Args:
        known: all that is known before the day; past resolutions are predicted from it.
        estimate: made from the last sessions of it.
        day: when the new one is voted on.
        own: resolutions about that state.
        progress: told how far the past resolutions are.

    Raises:
        MeasureError: votes of that day or later are among what is known, or no divided vote of any rung is.
    """
    if day <= known.date.max():
        raise MeasureError(
            f"the vote is of {day}, and votes up to {known.date.max()} are given to choose by; give "
            "rolls.known_by(the day before)"
        )
    said = rungs(estimate, own, WIDER, day)
    past = trials(known, lag_of(known, day), estimate.draws.point.shape[3], progress=progress)
    return stacked(past, len(said), int(known.session.max())).of(said)


def stacked(past: Sequence[Trial], count: int, now: int) -> Stack:
    """Weights, steepness and absence under which past resolutions were least surprising.

    Minimised over weights w on the simplex and steepness g, as in stacking (Yao, Vehtari, Simpson & Gelman 2018) but
    of leanings and not of probabilities:

        Σ_t ½^((now − t)/`HALF_LIFE`) L_t(w, g) − `PRIOR` · mean_k log w_k + `PRIOR` · (log g)²

    L_t is −log of the probability given to a state's answer, mean over states, conditional on the tally of t, clipped
    at `SURE`. Without any trial all rungs count alike and g = 1. The absence of each trial's states is fitted then:
    log-odds a·u + b·m + its own level, for usual absence u and nearness to the middle m, a ~ 1 and b ~ 0 with
    precision 2 · `STRICT`.

    Args:
        past: resolutions predicted from before them.
        count: rungs (K).
        now: session of the last vote known.
    """
    fade = [0.5 ** ((now - trial.session) / HALF_LIFE) for trial in past]

    def surprise(free: Array) -> float:
        weight, steep = softmax(free[:count]), float(np.exp(free[count]))
        lost = sum(part * loss(trial, weight, steep) for part, trial in zip(fade, past, strict=True))
        held = -np.log(weight).mean() + free[count] ** 2
        return float(lost + PRIOR * held + TIE * (free[:count] ** 2).sum())

    best = minimize(
        surprise, np.zeros(count + 1), method="L-BFGS-B", options={"maxiter": ROUNDS},
        bounds=[(-FURTHEST, FURTHEST)] * (count + 1),
    ).x  # fmt: skip
    weight, steep = softmax(best[:count]), float(np.exp(best[count]))
    usual, torn = _absence(past, fade, weight, steep)
    return Stack(weight, steep, usual, torn)


def loss(trial: Trial, weight: Array, steep: float) -> float:
    """Mean log score of a trial, conditional on its tally, without what the middle says of absence."""
    return score(joined(trial.rungs, weight, steep), trial)


def score(said: Sorting, trial: Trial) -> float:
    """−log of the probability given to each state's answer, mean over states, conditional on the tally."""
    chance = said.given(trial.tally)[np.arange(len(trial.answer)), trial.answer]
    return float(-np.log(np.clip(chance, SURE, 1)).mean())


def _absence(
    past: Sequence[Trial], fade: Sequence[float], weight: Array, steep: float
) -> tuple[float, float]:
    both = [joined(trial.rungs, weight, steep) for trial in past]
    signs = [np.stack([logit(each.missing), middle(each.lean)], axis=1) for each in both]
    gone = [trial.answer == GONE for trial in past]

    def surprise(free: Array) -> float:
        lost = STRICT * ((free[0] - 1) ** 2 + free[1] ** 2)
        for part, sign, away in zip(fade, signs, gone, strict=True):
            odds, many = sign @ free, min(max(float(away.sum()), FEWEST), len(away) - FEWEST)
            move = brentq(lambda move, odds=odds, many=many: expit(odds + move).sum() - many, -FAR, FAR)
            right = np.where(away, expit(odds + move), expit(-odds - move))
            lost -= part * np.log(np.maximum(right, LEAST)).sum()
        return float(lost)

    best = minimize(surprise, np.array([1.0, 0.0]), method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return float(best[0]), float(best[1])
