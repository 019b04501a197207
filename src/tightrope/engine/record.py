"""What is stored of every run: one table of variables, and the arrays that hold them.

Run axis last, month before it. Quantities are float32, what is either so or not (and votes) int8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from tightrope.model.alignment import hedging_index
from tightrope.model.blueprint import Blueprint
from tightrope.model.choice import Array, logistic
from tightrope.model.state import ACCOUNTS, GROUPS, Flow, Setting, State

OWN = "own"
ACCOUNT_ROWS = ("baseline", *ACCOUNTS, "risk", "anchor")

Stored = npt.NDArray[Any]
Labels = Mapping[str, tuple[str, ...]]


class Reading(Protocol):
    """Takes one variable's values of a month, dims × (R,), from state, flow and setting."""

    def __call__(self, state: State, flow: Flow, setting: Setting, /) -> Array:
        """The month's values."""


@dataclass(frozen=True)
class Variable:
    """One stored variable: its leading dims (month and run follow), unit, meaning and where it is read.

    `flag` says that it is 0 or 1 and stored as int8.
    """

    name: str
    dims: tuple[str, ...]
    unit: str
    meaning: str
    read: Reading
    flag: bool = False


def _stock(name: str) -> Reading:
    return lambda state, flow, setting: getattr(state, name)


def _flow(name: str) -> Reading:
    return lambda state, flow, setting: flow[name]


def _evasion_value(state: State, flow: Flow, setting: Setting) -> Array:
    value: Array = flow["evasion"] * setting.figures["gdp"] / 100.0
    return value


_ACTOR = ("actor",)
MONTHLY: tuple[Variable, ...] = (
    Variable(
        "alignment",
        ("pole", "actor"),
        "share",
        "share of alignment with each pole and with own strength; an index, not a measurement",
        _stock("share"),
    ),
    Variable(
        "hedging_index",
        _ACTOR,
        "poles",
        "number of equal poles that would be as spread out",
        lambda state, flow, setting: hedging_index(state.share),
    ),
    Variable("compliance", _ACTOR, "0 to 1", "enforcement of the sanctions regime", _stock("compliance")),
    Variable("exchange", _ACTOR, "log", "national currency per dollar since the start", _stock("exchange")),
    Variable(
        "prices", _ACTOR, "log", "consumer prices since the start, as far as modelled", _stock("prices")
    ),
    Variable(
        "defection", ("group", "actor"), "share", "share of the group in open defection", _stock("defection")
    ),
    Variable(
        "belief",
        ("audience", "actor"),
        "probability",
        "the audience's belief that the state is a sincere distancer",
        lambda state, flow, setting: logistic(state.log_odds),
    ),
    Variable("debt", _ACTOR, "interventions", "debt owed to the patron after interventions", _stock("debt")),
    Variable("menace", _ACTOR, "strength", "decaying threats heard", _stock("menace")),
    Variable(
        "commitments", _ACTOR, "strength", "tied-hands stock of public commitments", _stock("commitments")
    ),
    Variable(
        "troops", _ACTOR, "0 or 1", "an intervention's troops are in the country", _stock("troops"), True
    ),
    Variable("penalised", _ACTOR, "0 or 1", "secondary sanctions are in force", _stock("penalised"), True),
    Variable(
        "evasion", _ACTOR, "% of GDP a year", "sanctioned trade routed through the state", _flow("evasion")
    ),
    Variable(
        "evasion_value", _ACTOR, "bn USD a year", "sanctioned trade routed through the state", _evasion_value
    ),
    Variable(
        "emergency", _ACTOR, "0 or 1", "mass defection crossed one half this month", _flow("emergency"), True
    ),
    Variable("request", _ACTOR, "0 or 1", "the state asked its patron for troops", _flow("request"), True),
    Variable("intervention", _ACTOR, "0 or 1", "the patron sent troops", _flow("intervention"), True),
    Variable(
        "income_loss",
        _ACTOR,
        "% of GDP a year",
        "income lost to closed routes and sanctions",
        _stock("income_loss"),
    ),
    Variable("cap_cost", _ACTOR, "% of GDP a year", "what a price cap costs the budget", _flow("cap_cost")),
)

# Stored once a run: dims before the run axis, unit, meaning.
ONCE: Mapping[str, tuple[tuple[str, ...], str, str]] = {
    "vote": (
        ("resolution", "actor"),
        "0 no, 1 abstain, 2 yes, 3 absent",
        "vote cast in the General Assembly",
    ),
    "why_alignment": (
        ("account",),
        "nats",
        "why the model moved the focus actor to the sanctioner rather than the target, mean over months",
    ),
    "why_compliance": (("account",), "nats", "why full rather than no enforcement, mean over months"),
    "why_vote": (("resolution", "account"), "nats", "why to abstain rather than to vote yes"),
}


def labels(blueprint: Blueprint) -> dict[str, tuple[str, ...]]:
    """The labels of every axis but month and run. Audiences are named after their poles."""
    votes = (vote.id for vote in blueprint.schedule.votes if vote.month < blueprint.months)
    return {
        "actor": blueprint.deciders,
        "pole": (*blueprint.poles, OWN),
        "audience": (blueprint.poles[blueprint.sanctioner], blueprint.poles[blueprint.target]),
        "group": GROUPS,
        "resolution": tuple(votes),
        "account": ACCOUNT_ROWS,
    }


def blank(axes: Labels, months: int, runs: int) -> dict[str, Stored]:
    """Arrays for so many runs, not yet written except for the explanations, which are summed up from 0."""
    arrays: dict[str, Stored] = {}
    for variable in MONTHLY:
        lead = tuple(len(axes[dim]) for dim in variable.dims)
        arrays[variable.name] = np.empty((*lead, months, runs), np.int8 if variable.flag else np.float32)
    for name, (dims, _, _) in ONCE.items():
        shape = (*(len(axes[dim]) for dim in dims), runs)
        arrays[name] = np.full(shape, -1, np.int8) if name == "vote" else np.zeros(shape, np.float32)
    return arrays


def note(
    arrays: Mapping[str, Stored], axes: Labels, month: int, state: State, flow: Flow, setting: Setting
) -> None:
    """Write one month of one chunk into its arrays."""
    for variable in MONTHLY:
        value = variable.read(state, flow, setting)
        arrays[variable.name][..., month, :] = value > 0.5 if variable.flag else value
    for name in ("why_alignment", "why_compliance"):
        _explained(arrays[name], flow[name] / setting.months)
    for place, resolution in enumerate(axes["resolution"]):
        if f"vote.{resolution}" in flow:
            arrays["vote"][place] = flow[f"vote.{resolution}"]
            _explained(arrays["why_vote"][place], flow[f"why_vote.{resolution}"])


def _explained(into: Stored, rows: Array) -> None:
    """Add a table of baseline, accounts, and risk and anchor where the choice has them; the rest stays 0."""
    into[: len(rows)] += rows


def dims_of(name: str) -> tuple[str, ...]:
    """The dims of a stored variable, run last."""
    return (*ONCE[name][0], "run") if name in ONCE else (*_BY_NAME[name].dims, "month", "run")


def described(name: str) -> tuple[str, str]:
    """Unit and meaning of a stored variable."""
    return ONCE[name][1:] if name in ONCE else (_BY_NAME[name].unit, _BY_NAME[name].meaning)


_BY_NAME: Mapping[str, Variable] = {variable.name: variable for variable in MONTHLY}
