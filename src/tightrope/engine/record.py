"""What is stored of every run: one table of variables, and the arrays that hold them.

Run axis last, month before it. Quantities are float32, what is either so or not (and votes) int8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from tightrope.model.alignment import hedging_index
from tightrope.model.blueprint import Blueprint
from tightrope.model.choice import Array, logistic
from tightrope.model.opinion import displeasure
from tightrope.model.rupture import BROKEN
from tightrope.model.state import ACCOUNTS, GROUPS, Flow, Setting, State

OWN = "own"
ACCOUNT_ROWS = ("baseline", *ACCOUNTS, "risk", "anchor")

Stored = npt.NDArray[Any]
Labels = Mapping[str, tuple[str, ...]]


Kind = Literal["number", "flag", "code"]


class Reading(Protocol):
    """Takes one variable's values of a month, dims × (R,), from state, flow and setting."""

    def __call__(self, state: State, flow: Flow, setting: Setting, /) -> Array:
        """The month's values."""


@dataclass(frozen=True)
class Variable:
    """One stored variable: its leading dims (month and run follow), unit, meaning and where it is read.

    `kind` says how it is stored: a number as float32, a flag (0 or 1) or a code (a small whole number) as int8.
    """

    name: str
    dims: tuple[str, ...]
    unit: str
    meaning: str
    read: Reading
    kind: Kind = "number"


def _stock(name: str) -> Reading:
    return lambda state, flow, setting: getattr(state, name)


def _flow(name: str) -> Reading:
    return lambda state, flow, setting: flow[name]


def _happened(name: str) -> Reading:
    """A quantity that a mechanism gives only in months in which something is up; nothing otherwise."""
    return lambda state, flow, setting: flow.get(name, np.zeros(1))


def _first(name: str) -> Reading:
    """A quantity of the world or of the focus actor alone, (1, R)."""
    return lambda state, flow, setting: flow.get(name, np.zeros((1, 1)))[0]


def _cohesion(state: State, flow: Flow, setting: Setting) -> Array:
    cohort = setting.figures["cohort"]
    mean: Array = (cohort * state.share[setting.target]).sum(axis=0) / max(1.0, float(cohort.sum()))
    return mean


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
        "troops", _ACTOR, "0 or 1", "an intervention's troops are in the country", _stock("troops"), "flag"
    ),
    Variable("penalised", _ACTOR, "0 or 1", "secondary sanctions are in force", _stock("penalised"), "flag"),
    Variable(
        "evasion", _ACTOR, "% of GDP a year", "sanctioned trade routed through the state", _flow("evasion")
    ),
    Variable(
        "evasion_value", _ACTOR, "bn USD a year", "sanctioned trade routed through the state", _evasion_value
    ),
    Variable(
        "emergency",
        _ACTOR,
        "0 or 1",
        "mass defection crossed one half this month",
        _flow("emergency"),
        "flag",
    ),
    Variable("request", _ACTOR, "0 or 1", "the state asked its patron for troops", _flow("request"), "flag"),
    Variable("intervention", _ACTOR, "0 or 1", "the patron sent troops", _flow("intervention"), "flag"),
    Variable(
        "income_loss",
        _ACTOR,
        "% of GDP a year",
        "income lost to closed routes and sanctions",
        _stock("income_loss"),
    ),
    Variable("cap_cost", _ACTOR, "% of GDP a year", "what a price cap costs the budget", _flow("cap_cost")),
    Variable(
        "displeasure",
        _ACTOR,
        "-1 to 1",
        "how displeased the people are with the target's war",
        lambda state, flow, setting: displeasure(state, setting),
    ),
    Variable(
        "rupture",
        _ACTOR,
        "0 or 1",
        "ties with the target have broken",
        lambda state, flow, setting: state.rupture > BROKEN,
        "flag",
    ),
    Variable(
        "left_security",
        _ACTOR,
        "0 or 1",
        "leaves the target's security alliance",
        _happened("left_security"),
        "flag",
    ),
    Variable(
        "left_economic",
        _ACTOR,
        "0 or 1",
        "leaves the target's economic union",
        _happened("left_economic"),
        "flag",
    ),
    Variable("joined", _ACTOR, "0 or 1", "has joined the sanctions", _stock("joined"), "flag"),
    Variable("sent", _ACTOR, "0 or 1", "its troops fight beside the target", _stock("sent"), "flag"),
    Variable(
        "unfriendly", _ACTOR, "0 or 1", "designated unfriendly by the target", _stock("unfriendly"), "flag"
    ),
    Variable("retaliated", _ACTOR, "0 or 1", "the target retaliates by trade", _stock("retaliated"), "flag"),
    Variable(
        "challenge",
        _ACTOR,
        "0 or 1",
        "the target presses a claim on its land",
        _happened("challenge"),
        "flag",
    ),
    Variable("concession", _ACTOR, "0 or 1", "it gives in to the claim", _happened("concession"), "flag"),
    Variable("force", _ACTOR, "0 or 1", "the target uses force against it", _happened("force"), "flag"),
    Variable("act", _ACTOR, "code", "symbolic act of the month; 0 none", _happened("act"), "code"),
    Variable("mediation", _ACTOR, "0 or 1", "it offers to mediate", _happened("mediation"), "flag"),
    Variable(
        "mediation_accepted",
        _ACTOR,
        "0 or 1",
        "the offer is taken up",
        _happened("mediation_accepted"),
        "flag",
    ),
    Variable("reform", _ACTOR, "code", "reform of the month; 0 none", _happened("reform"), "code"),
    Variable(
        "twin_risk", (), "probability", "the focus actor's unrest by the global game", _first("twin_risk")
    ),
    Variable(
        "war", (), "code", "how the target's war stands", lambda state, flow, setting: state.war[0], "code"
    ),
    Variable(
        "rule", (), "0 to 1", "strength of the rule against force", lambda state, flow, setting: state.rule[0]
    ),
    Variable(
        "patience_needed", (), "discount factor", "patience that restraint needs", _first("patience_needed")
    ),
    Variable("cohesion", (), "share", "mean share of the cohort leaning to the target", _cohesion),
    Variable("states", (), "states", "states in the world", _first("states")),
)

# Menus that are up on occasions, and what their tables set against what.
OCCASIONS: Mapping[str, str] = {
    "request": "to ask for troops rather than not",
    "recognition": "to recognise an entity rather than not",
    "acts": "for the act chosen rather than for none",
    "reform": "for the reform chosen rather than for none",
    "leave_security": "to leave the security alliance rather than to stay",
    "leave_economic": "to leave the economic union rather than to stay",
    "join_sanctions": "to join the sanctions rather than not",
    "send_troops": "to send troops rather than not",
    "crisis": "to stand firm rather than to give in to a claim",
    "retaliation": "to stand firm rather than to give in to pressure",
}

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
    "why_leaning": (
        ("pole", "account"),
        "nats",
        "what each account adds to the log of the focus actor's share: the start, then sums over all months; "
        "one pole's rows less another's sum to the log of their ratio in the last month, but for a share held at 1e-12",
    ),
    "why_compliance": (("account",), "nats", "why full rather than no enforcement, mean over months"),
    "why_vote": (("resolution", "account"), "nats", "why to abstain rather than to vote yes"),
    "recognised": (("entity", "actor"), "0 or 1", "the state recognises the entity, in the last month"),
    **{
        f"why_{menu}": (("account",), "nats", f"why {title}, summed over the focus actor's occasions")
        for menu, title in OCCASIONS.items()
    },
    **{
        f"times_{menu}": ((), "occasions", f"how often the focus actor could choose {title}")
        for menu, title in OCCASIONS.items()
    },
}
_WHOLE = ("vote", "recognised")


def labels(blueprint: Blueprint) -> dict[str, tuple[str, ...]]:
    """The labels of every axis but month and run. Audiences are named after their poles."""
    votes = (vote.id for vote in blueprint.schedule.votes if vote.month < blueprint.months)
    return {
        "actor": blueprint.deciders,
        "pole": (*blueprint.poles, OWN),
        "audience": (blueprint.poles[blueprint.sanctioner], blueprint.poles[blueprint.target]),
        "group": GROUPS,
        "resolution": tuple(votes),
        "entity": tuple(one.id for one in blueprint.entities),
        "kind_of_act": tuple(one.id for one in blueprint.menu),
        "account": ACCOUNT_ROWS,
    }


def blank(axes: Labels, months: int, runs: int) -> dict[str, Stored]:
    """Arrays for so many runs, not yet written except for the explanations, which are summed up from 0."""
    arrays: dict[str, Stored] = {}
    for variable in MONTHLY:
        lead = tuple(len(axes[dim]) for dim in variable.dims)
        arrays[variable.name] = np.empty(
            (*lead, months, runs), np.float32 if variable.kind == "number" else np.int8
        )
    for name, (dims, _, _) in ONCE.items():
        shape = (*(len(axes[dim]) for dim in dims), runs)
        arrays[name] = np.full(shape, -1, np.int8) if name in _WHOLE else np.zeros(shape, np.float32)
    return arrays


def note(
    arrays: Mapping[str, Stored], axes: Labels, month: int, state: State, flow: Flow, setting: Setting
) -> None:
    """Write one month of one chunk into its arrays."""
    for variable in MONTHLY:
        value = variable.read(state, flow, setting)
        arrays[variable.name][..., month, :] = value > 0.5 if variable.kind == "flag" else value
    arrays["recognised"][...] = state.recognised > 0.5
    for menu in OCCASIONS:
        if f"reasons.{menu}" in flow:
            rows = flow[f"reasons.{menu}"]
            _explained(arrays[f"why_{menu}"], rows[:-1])
            arrays[f"times_{menu}"] += rows[-1]
    # All months together lead from the start's shares to the last month's.
    arrays["why_leaning"][:, 0 if month == 0 else 1 :] += flow["why_leaning"][:, 0 if month == 0 else 1 :]
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
