"""The five questions that the first page judges, and what in the model answers each.

A topic is an event that happens or not in a run, the inputs that bear on it, and the outcomes shown beside
it. Which inputs bear on which topic is one table, `BEARS_ON`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.case.case import Case
from tightrope.case.issue import Resolution
from tightrope.engine.result import Result
from tightrope.model.vote import OPTIONS
from tightrope.report.bearing import Input

Happened = npt.NDArray[Any]

# The kinds of claim that bear on each topic, narrowed for positions and events to these names.
BEARS_ON: dict[str, dict[str, Collection[str] | None]] = {
    "balance": {"position": None, "threat": None, "event": ("intervention",)},
    "unrest": {"event": ("price_cap", "currency_fall", "purge", "intervention")},
    "sanctions": {
        "position": ("help_evade_sanctions", "join_sanctions", "public_approval_of_war"),
        "commitment": None,
        "interpretation": None,
        "act": None,
        "threat": None,
    },
    "vote": {"position": None, "event": ("intervention",), "interpretation": None, "act": None},
    "sincerity": {
        "interpretation": None,
        "act": None,
        "position": ("help_evade_sanctions", "join_sanctions"),
    },
}


@dataclass(frozen=True)
class Topic:
    """One question of the first page.

    `clause` completes "It is likely that …"; `happened` says of each run whether it does; `beside` and
    `outcome` are names of outcomes; `vote` the id of the vote that is asked about.
    """

    id: str
    title: str
    clause: str
    happened: Callable[[Result], Happened]
    beside: tuple[str, ...]
    outcome: str
    vote: str | None = None

    def bears(self, found: Input) -> bool:
        """Whether an input bears on this topic."""
        wanted = BEARS_ON[self.id]
        kind, _, name = found.key
        if kind not in wanted:
            return False
        names = wanted[kind]
        return names is None or name in names


def topics(result: Result, case: Case) -> tuple[Topic, ...]:
    """The five topics for the focus state of a result; four where no vote is scheduled."""
    focus, names = result.manifest.focus, result.manifest.origin.names
    name = names.get(focus, focus)
    who, place = focus.lower(), result.axes["actor"].index(focus)
    target, sanctioner = case.about.target, case.about.sanctioner
    horizon, after = (f"{word} {result.manifest.months} months" for word in ("within", "after"))
    rival, bloc = names.get(target, target), names.get(sanctioner, sanctioner)
    found = [
        _balance(who, name, place, after, (target, sanctioner), (result.axes["pole"].index(target), rival)),
        Topic(
            "unrest",
            "Order at home, and the call for troops" if allied(case) else "Order at home",
            f"mass unrest on the scale of a state of emergency breaks out in {name} {horizon}",
            lambda result: result.arrays["emergency"][place].any(axis=0),
            (f"{who}.request", f"{who}.intervention") if allied(case) else (f"{who}.reform.repress",),
            f"{who}.unrest",
        ),
        Topic(
            "sanctions",
            "Enforcement, detours and secondary sanctions",
            f"{bloc} puts secondary sanctions on {name} {horizon}",
            lambda result: result.arrays["penalised"][place].any(axis=0),
            (f"{who}.compliance", f"{who}.evasion_flow"),
            f"{who}.secondary_sanctions",
        ),
        Topic(
            "sincerity",
            f"Whether {rival} and {bloc} take the distance at its word",
            f"{bloc}, by the end, holds {name}'s distance from {rival} to be sincere rather than a game",
            lambda result: (
                result.arrays["belief"][result.axes["audience"].index(sanctioner), place, -1] > 0.5
            ),
            (f"{who}.belief.{sanctioner}", f"{who}.belief.{target}"),
            f"{who}.belief.{sanctioner}",
        ),
    ]
    coming = next_vote(result, case)
    if coming is not None:
        row = result.axes["resolution"].index(coming.id)
        found.insert(3, _vote(who, name, place, coming, row, last_time(case, coming, focus)))
    return tuple(found)


def allied(case: Case) -> bool:
    """Whether the focus state is in a security institution that the target leads, and may ask for troops."""
    return any(
        member.actor == case.about.focus and member.until is None
        for institution in case.institutions
        if institution.role == "security" and institution.leader == case.about.target
        for member in institution.members
    )


def _balance(
    who: str, name: str, place: int, horizon: str, sides: tuple[str, str], rival: tuple[int, str]
) -> Topic:
    row, called = rival
    return Topic(
        "balance",
        "Between the powers",
        f"{name} leans less on {called} {horizon} than in the first",
        lambda result: result.arrays["alignment"][row, place, -1] < result.arrays["alignment"][row, place, 0],
        (*(f"{who}.alignment.{side}" for side in sides), f"{who}.alignment.own", f"{who}.hedging_index"),
        f"{who}.alignment.{sides[0]}",
    )


def _vote(
    who: str, name: str, place: int, coming: Resolution, row: int, last: tuple[str, Resolution] | None
) -> Topic:
    abstain = OPTIONS.index("abstain")
    again = last is not None and last[0] == "abstain"
    options = tuple(f"{who}.vote.{coming.id}.{option}" for option in OPTIONS if option != "abstain")
    return Topic(
        "vote",
        "The next vote in the General Assembly",
        f"{name} abstains on “{coming.title}”{', as it did last time in this format' if again else ''}",
        lambda result: result.arrays["vote"][row, place] == abstain,
        options,
        f"{who}.vote.{coming.id}.abstain",
        coming.id,
    )


def next_vote(result: Result, case: Case) -> Resolution | None:
    """The first vote on the calendar of the run."""
    names = result.axes["resolution"]
    found = [vote for vote in case.resolutions if vote.id in names]
    return min(found, key=lambda vote: vote.date, default=None)


def last_time(case: Case, vote: Resolution, state: str) -> tuple[str, Resolution] | None:
    """How the state voted last in this format: the plain baseline that a model has to beat."""
    past = [
        found
        for found in case.resolutions
        if found.format == vote.format and found.tally and state in found.votes
    ]
    if not past:
        return None
    latest = max(past, key=lambda found: found.date)
    return latest.votes[state], latest


def share(happened: Happened) -> float:
    """The frequency of an event."""
    return float(np.mean(happened))
