"""The state of the model, what surrounds it, and the one signature of a mechanism.

Axes: run always last; actor before it; pole, group or audience first. Nothing here knows a label
except through the index tables of `Setting`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from tightrope.errors import ModelError
from tightrope.model.choice import Array

ACCOUNTS = ("economy", "security", "domestic", "autonomy", "principle", "reputation")
GROUPS = ("mass", "elite")
AUDIENCES = ("sanctioner", "target")
LAGS = 12

Flow = Mapping[str, Array]


@dataclass(frozen=True)
class State:
    """What the next month needs, and nothing else. N deciders, P poles, R runs.

    Attributes:
        share: alignment with each pole and, last, with own strength; simplex (P+1, N, R).
        compliance: enforcement of the sanctions regime, 0 to 1 (N, R).
        exchange: log national currency per dollar since the start (N, R).
        exchange_lags: the last twelve monthly changes of `exchange`, newest first (12, N, R).
        prices: log consumer prices since the start, the contributions modelled here (N, R).
        hardship: decaying sum of price rises and of income newly lost, log points (N, R).
        suppressed: price rise that a cap holds back, log points (N, R).
        income_loss: percent of GDP a year lost through closed routes and penalties (N, R).
        import_price: log import price index of the reduced trade block (N, R).
        grievance: passing part of mass grievance, logit units (N, R).
        defection: share of mass and elite in open defection (2, N, R).
        log_odds: audiences' log-odds that the state is a sincere distancer, nats (2, N, R).
        debt: owed to the patron after interventions, in interventions (N, R).
        commitments: tied-hands stock (N, R).
        menace: decaying threats heard from the target of the sanctions (N, R).
        troops: 1 while an intervention's troops are in the country (N, R).
        penalised: 1 while secondary sanctions on the state are in force (N, R).
    """

    share: Array
    compliance: Array
    exchange: Array
    exchange_lags: Array
    prices: Array
    hardship: Array
    suppressed: Array
    income_loss: Array
    import_price: Array
    grievance: Array
    defection: Array
    log_odds: Array
    debt: Array
    commitments: Array
    menace: Array
    troops: Array
    penalised: Array


@dataclass(frozen=True)
class Change:
    """What a mechanism returns: fields of the state to replace, and quantities of this month."""

    state: Mapping[str, Array] = field(default_factory=dict)
    flow: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Vote:
    """A scheduled vote: its log-baseline (no, abstain, yes, absent) and each decider's precedent.

    `log_base` is the log tally of the last vote of the format (4,) in a blueprint, and in a setting the level
    solved from it for each run (4, R).
    `precedent` is the mean score of the decider's votes of this format, 0 to 2, less that of all
    states (N,); `stance` is each pole's side, -1 (no) to 1 (yes) (P,).
    """

    id: str
    format: str
    month: int
    log_base: Array
    precedent: Array
    stance: Array


@dataclass(frozen=True)
class Schedule:
    """What is given from outside for each month of the horizon (first axis: months)."""

    tied_down: Array
    fuel_step: Array
    price_cap: Array
    sanction_order: Array
    route_closed: Array
    threat: Array
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class Setting:
    """Everything that stays fixed during a chunk of runs.

    Attributes:
        parameters: drawn structural parameters by code name, each (R,).
        figures: drawn figures of the deciders by name, each (N, R) or (P, N, R).
        weights: the six account weights θ (6, R); `sincere` and `gamer` those of the two types.
        divisors: one prior standard deviation of each menu's account.
        covariance: of monthly relation shocks, poles and own (P+1, P+1).
    """

    deciders: tuple[str, ...]
    poles: tuple[str, ...]
    target: int
    sanctioner: int
    focus: int
    runs: int
    months: int
    parameters: Mapping[str, Array]
    figures: Mapping[str, Array]
    weights: Mapping[str, Array]
    sincere: Mapping[str, Array]
    gamer: Mapping[str, Array]
    divisors: Mapping[str, Mapping[str, float]]
    covariance: Array
    schedule: Schedule

    def __getitem__(self, name: str) -> Array:
        """The draws of a parameter, (R,).

        Raises:
            ModelError: the parameter table has no such name.
        """
        try:
            return self.parameters[name]
        except KeyError:
            raise ModelError(
                f"parameter {name!r} is not in parameters.yaml; add it there with unit and range"
            ) from None


class Month(Protocol):
    """One month of one chunk: its number from the start, and its shocks by kind."""

    index: int

    def uniform(self, kind: str) -> Array:
        """Uniform draws on [0, 1), one for each decider and run (N, R)."""

    def normal(self, kind: str) -> Array:
        """Standard normal draws, one for each decider and run (N, R)."""

    def world(self, kind: str) -> Array:
        """Standard normal draws that all deciders share (R,)."""


class Mechanism(Protocol):
    """One mechanism of the model: (state, flow, setting, month) → change. No randomness of its own."""

    __name__: str

    def __call__(self, state: State, flow: Flow, setting: Setting, month: Month) -> Change:
        """Read the state and this month's earlier quantities; return what changes."""


def occurred(uniform: Array, probability: Array) -> Array:
    """1 where a uniform draw falls below a probability, else 0."""
    return np.where(uniform < probability, 1.0, 0.0)
