"""Occasions: the few states and runs in which a decision is up this month, taken out and put back.

Most decisions are not taken every month. An occasion comes with some chance; where it comes, the one rule
decides. Only those columns are computed: arrays of (..., N, R) become (..., M), the last axis being the M
columns with an occasion, and results go back to where they belong. The same functions serve both shapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

import numpy as np

from tightrope.model.account import Accounts, utility
from tightrope.model.choice import Array, Boolean, Index, tilt_odds
from tightrope.model.state import ACCOUNTS, Setting, State


@dataclass(frozen=True)
class Occasion:
    """The M columns with an occasion: which decider, which run, and a uniform draw for the decision itself."""

    decider: Index
    run: Index
    lot: Array
    shape: tuple[int, int]

    @cached_property
    def place(self) -> Index:
        """Where the columns lie in an (N, R) array laid out flat (M,): taking by one index is the quicker way."""
        return self.decider * self.shape[1] + self.run

    def at(self, values: Array) -> Array:
        """Values of these columns: (R,) → (M,); (..., N, R), with axes of length 1 allowed, → (..., M) or (..., 1)."""
        if values.ndim == 1:
            return values.take(self.run) if len(values) > 1 else values
        *lead, rows, runs = values.shape
        if rows == 1 and runs == 1:
            return values[..., 0, :]
        if rows == 1 or runs == 1:
            line = values[..., 0, :] if rows == 1 else values[..., 0]
            return line.take(self.run if rows == 1 else self.decider, axis=-1)
        if values.flags.c_contiguous:
            return values.reshape(*lead, rows * runs).take(self.place, axis=-1)
        taken: Array = values[..., self.decider, self.run]
        return taken

    def spread(self, values: Array, blank: float = 0.0) -> Array:
        """Values (..., M) put back among all states and runs, (..., N, R); `blank` elsewhere."""
        lead = np.shape(values)[:-1]
        whole = np.full((*lead, self.shape[0] * self.shape[1]), blank)
        whole[..., self.place] = values
        return whole.reshape(*lead, *self.shape)

    def state(self, state: State) -> State:
        """The state as these columns see it; a field is taken out when it is first read."""
        return cast(State, _Taken(state, self))

    def setting(self, setting: Setting) -> Setting:
        """The setting as these columns see it: parameters, figures and weights taken out as they are read."""
        return replace(
            setting,
            runs=len(self.run),
            parameters=Gathered(setting.parameters, self),
            figures=Gathered(setting.figures, self),
            weights=Gathered(setting.weights, self),
            sincere=Gathered(setting.sincere, self),
            gamer=Gathered(setting.gamer, self),
        )

    def flow(self, flow: Mapping[str, Array]) -> Mapping[str, Array]:
        """The month's quantities as these columns see them."""
        return Gathered(flow, self)


class Gathered(Mapping[str, Array]):
    """A mapping of arrays seen through an occasion; each is taken out once, when it is read."""

    def __init__(self, whole: Mapping[str, Array], occasion: Occasion) -> None:
        self._whole, self._occasion = whole, occasion
        self._taken: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._taken:
            self._taken[name] = self._occasion.at(self._whole[name])
        return self._taken[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)


class _Taken:
    """A state seen through an occasion."""

    def __init__(self, state: State, occasion: Occasion) -> None:
        self._state, self._occasion = state, occasion

    def __getattr__(self, name: str) -> Any:
        taken = self._occasion.at(getattr(self._state, name))
        setattr(self, name, taken)
        return taken


def occasions(uniform: Array, rate: Array | float, open_to: Boolean | None = None) -> Occasion:
    """The columns of (N, R) whose draw falls below `rate`; `open_to` says which can have an occasion at all.

    Below the rate u the draw is uniform on [0, rate), so that u / rate is a fresh draw for the decision.
    """
    up = uniform < rate
    if open_to is not None:
        up &= open_to
    decider, run = np.divmod(np.flatnonzero(up), up.shape[1])
    limit = np.broadcast_to(np.asarray(rate), uniform.shape)[decider, run]
    return Occasion(decider, run, uniform[decider, run] / limit, (uniform.shape[0], uniform.shape[1]))


def decide(
    occasion: Occasion, base_rate: Array, accounts: Accounts, setting: Setting, menu: str
) -> tuple[Array, Array]:
    """Do it or not, on each occasion: whether it is done, 0 or 1, and with what probability, each (M,).

    P = σ(logit π + λ Σ_f θ_f φ_f / d_f), φ being what doing it brings rather than not, (M,) each; `setting` and
    `base_rate` as the occasion sees them.
    """
    worth = utility(accounts, setting.weights, setting.divisors.get(menu, {}))
    chance = tilt_odds(base_rate, worth, setting["choice_intensity"])
    done = np.where(occasion.lot < chance, 1.0, 0.0)
    return done, np.broadcast_to(chance, done.shape)


def reasons(occasion: Occasion, log_odds: Array, accounts: Accounts, setting: Setting, menu: str) -> Array:
    """The table of the focus actor's decisions of the month: baseline and six accounts, (8, R), nats.

    `log_odds` of the baseline, chosen against the alternative, and each account's difference between the two, (M,)
    or (1,). The last row counts the occasions, so that sums over months are means once divided by it; the
    rows above sum to the log-odds of the decision exactly.
    """
    mine = occasion.decider == setting.focus
    rows = np.zeros((len(ACCOUNTS) + 2, occasion.shape[1]))
    run = occasion.run[mine]
    if not run.size:
        return rows
    divisors = setting.divisors.get(menu, {})
    terms = {
        1 + ACCOUNTS.index(name): _scaled(name, phi, setting, divisors) for name, phi in accounts.items()
    }
    for row, term in {0: log_odds, len(ACCOUNTS) + 1: np.ones(1), **terms}.items():
        rows[row, run] = np.broadcast_to(term, mine.shape)[mine]
    return rows


def _scaled(name: str, phi: Array, setting: Setting, divisors: Mapping[str, float]) -> Array:
    scaled: Array = setting["choice_intensity"] * setting.weights[name] * phi / divisors.get(name, 1.0)
    return scaled
