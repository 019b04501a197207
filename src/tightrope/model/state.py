"""The state of the model, what surrounds it, and the one signature of a mechanism.

Axes: run always last; actor before it; pole, entity, group or audience first. What does not differ between
actors, or between runs, has an axis of length 1 there. Nothing here knows a label except through the index
tables of `Setting`.
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
        commitments: tied-hands stock of undertakings on the sanctions (N, R).
        stands: tied-hands stock of other public stands against the target, on troops and recognition (N, R).
        menace: decaying threats heard from the target of the sanctions (N, R).
        troops: 1 while an intervention's troops are in the country (N, R).
        penalised: 1 while secondary sanctions on the state are in force (N, R).
        ally: 1 while in the security institution that the target leads (N, R).
        union: 1 while in the economic institution that the target leads (N, R).
        joined: 1 once the state has joined the sanctions (N, R).
        sent: 1 while its troops fight beside the target (N, R).
        unfriendly: 1 once the target has designated the state as unfriendly (N, R).
        retaliated: 1 while the target's economic retaliation is in force (N, R).
        recognised: 1 where the state recognises the entity (E, N, R).
        abandoned: decaying count of requests for troops that were refused (N, R).
        purged: strength of the purge of the old elite, decaying (N, R).
        conceded: decaying relief by concessions, logit units (N, R).
        repressed: decaying extra repression, 0 to about 1 (N, R).
        capped: months for which a cap of prices, once decided, still holds (N, R).
        opinion: displeasure of majority and minority with the target's war, -1 to 1 (2, N, R).
        usual_share: slow average of the share leaning to the target, about a year back (N, R).
        rupture: how far ties with the target have broken within about a year, 0 to 1 (N, R).
        war: 0 while the target's war goes on, then 1 its defeat, 2 its victory, 3 a settlement (1, R).
        rule: strength of the rule against force, 0 to 1 (1, R).
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
    stands: Array
    menace: Array
    troops: Array
    penalised: Array
    ally: Array
    union: Array
    joined: Array
    sent: Array
    unfriendly: Array
    retaliated: Array
    recognised: Array
    abandoned: Array
    purged: Array
    conceded: Array
    repressed: Array
    capped: Array
    opinion: Array
    usual_share: Array
    rupture: Array
    war: Array
    rule: Array


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


# What can be given from outside, month by month, and what holds where nothing is given (NaN: as the model has it).
BY_POLE: Mapping[str, float] = {
    "tied_down": np.nan,
    "credibility": np.nan,
    "effort": 1.0,
    "coordination": 0.0,
}
BY_DECIDER: Mapping[str, float] = {
    "secondary_sanctions": 0.0,
    "fuel_step": 0.0,
    "price_cap": 0.0,
    "route_closed": 0.0,
    "threat": 0.0,
    "claim": 0.0,
    "retaliation": 0.0,
    "leave_security": 0.0,
    "leave_economic": 0.0,
    "join_sanctions": 0.0,
    "send_troops": 0.0,
    "enforcement": np.nan,
    "outside_threat": np.nan,
}


@dataclass(frozen=True)
class Schedule:
    """What is given from outside: `given` by kind, (months, P) or (months, N), and the votes to be held."""

    given: Mapping[str, Array]
    votes: tuple[Vote, ...] = ()

    def __getitem__(self, kind: str) -> Array:
        """The values of one kind for each month of the horizon, (months, P) or (months, N)."""
        return self.given[kind]


def nothing_given(months: int, deciders: int, poles: int) -> dict[str, Array]:
    """A calendar on which nothing happens: every kind with the value that holds where nothing is given."""
    blank = {kind: np.full((months, poles), usual) for kind, usual in BY_POLE.items()}
    return blank | {kind: np.full((months, deciders), usual) for kind, usual in BY_DECIDER.items()}


@dataclass(frozen=True)
class Act:
    """A kind of symbolic act on the menu: accounts drawn for each run (R,), and how often it is usual.

    `monthly` is its chance in a month in the baseline; `pledge` what doing it adds to a tied-hands stock (R,), to that
    on the sanctions or on what is other (`pledge_on`); `mediation` whether it is an offer to mediate, which needs a
    war and pays only with both audiences' trust. `open_to` says who may do it (all, allies, cohort), `needs` what must
    be the case (nothing, war, sanctions).
    """

    id: str
    monthly: float
    accounts: Mapping[str, Array]
    pledge: Array
    mediation: bool = False
    pledge_on: str = "other"
    open_to: str = "all"
    needs: str = "nothing"


@dataclass(frozen=True)
class Setting:
    """Everything that stays fixed during a chunk of runs.

    Attributes:
        parameters: drawn structural parameters by code name, each (R,).
        figures: drawn figures by name, (N, R) or (P, N, R), an axis of length 1 where it does not matter.
        entities: ids of the entities whose statehood is disputed.
        menu: the kinds of symbolic act that a state may choose in a month.
        organ: how the security institution that the target leads decides: consensus, majority or leader.
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
    entities: tuple[str, ...] = ()
    menu: tuple[Act, ...] = ()
    organ: str = "consensus"

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

    def lot(self, kind: str) -> Array:
        """Uniform draws on [0, 1) that all deciders share (R,)."""


class Mechanism(Protocol):
    """One mechanism of the model: (state, flow, setting, month) → change. No randomness of its own."""

    __name__: str

    def __call__(self, state: State, flow: Flow, setting: Setting, month: Month) -> Change:
        """Read the state and this month's earlier quantities; return what changes."""


def occurred(uniform: Array, probability: Array) -> Array:
    """1 where a uniform draw falls below a probability, else 0."""
    return np.where(uniform < probability, 1.0, 0.0)
