"""Why the model chose as it did: the additive accounts of a decision, averaged over runs.

The rows of a table sum to the log-odds exactly (model definition 8.3): nothing is approximated, and
nothing is said of why the state itself would act.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp

import numpy as np

from tightrope.case.case import Case
from tightrope.engine.result import Result
from tightrope.model.choice import Array
from tightrope.model.vote import OPTIONS
from tightrope.report import words
from tightrope.report.topic import next_vote

# What each account weighs in each menu, in words.
ACCOUNTS: dict[str, dict[str, str]] = {
    "alignment": {
        "baseline": "where the shares stood the month before",
        "economy": "trade at better terms, and offers of credit and transit",
        "security": "protection against a threat and debt for help, less menace",
        "domestic": "not weighed in this choice",
        "autonomy": "worth of its own strength: the same on both sides",
        "principle": "how alike it votes with each",
        "reputation": "not weighed in this choice",
        "risk": "not putting too much on one power",
        "anchor": "pulls that nobody observes, read off the starting point",
    },
    "leaning": {
        "baseline": "where the shares stood at the start",
        "economy": "trade at better terms, and offers of credit and transit",
        "security": "protection against a threat and debt for help, less menace",
        "domestic": "not weighed in this choice",
        "autonomy": "worth of its own strength",
        "principle": "how alike it votes with each",
        "reputation": "not weighed in this choice",
        "risk": "not putting too much on one power",
        "anchor": "pulls that nobody observes, read off the starting point",
    },
    "compliance": {
        "baseline": "habit: what was enforced the month before",
        "economy": "gain from transit, less the expected penalty",
        "security": "what {rival} may do in return",
        "domestic": "opinion at home on the war",
        "autonomy": "promises given, less debt and dependence on {rival}",
        "principle": "the position it has stated",
        "reputation": "what {bloc} and {rival} would believe of it",
    },
    "vote": {
        "baseline": "how all states voted last on a text of this format",
        "economy": "pressure of trade partners",
        "security": "the powers it leans on",
        "domestic": "opinion at home on the war",
        "autonomy": "debt to the patron",
        "principle": "its voting record and what it has stated",
        "reputation": "what {bloc} and {rival} would believe of it",
    },
}
TINY = 0.05
_VOTED = {"no": "votes no", "abstain": "abstains", "yes": "votes yes", "absent": "stays away"}


@dataclass(frozen=True)
class Row:
    """One account: its mean over runs and the 5 to 95 % of runs, in log-odds."""

    account: str
    words: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Why:
    """One decision: chosen against which alternative, its rows, and their sum.

    `occasions` is on how many occasions it came up; 0 where it comes up in every run. `fits` says what the runs did
    where there are more options than the two.
    """

    id: str
    title: str
    question: str
    first: str
    second: str
    rows: tuple[Row, ...]
    total: float
    odds: str
    occasions: int = 0
    fits: str = ""


def whys(result: Result, case: Case) -> tuple[Why, ...]:
    """The tables of alignment, enforcement, and the next vote."""
    names = result.manifest.origin.names
    who = names.get(result.manifest.focus, result.manifest.focus)
    rival, bloc = (names.get(side, side) for side in (case.about.target, case.about.sanctioner))
    found = [
        _table(
            result,
            "alignment",
            result.arrays["why_alignment"],
            (f"Leaning to {bloc} rather than {rival}", "mean over all months"),
            (bloc, rival),
            (rival, bloc),
        ),
        _table(
            result,
            "compliance",
            result.arrays["why_compliance"],
            ("Full enforcement of the sanctions rather than none", "mean over all months"),
            ("full", "none"),
            (rival, bloc),
        ),
    ]
    coming = next_vote(result, case)
    if coming is not None:
        row = result.axes["resolution"].index(coming.id)
        title = (f"{who} abstains rather than voting yes", coming.title)
        made = _table(
            result, "vote", result.arrays["why_vote"][row], title, ("abstain", "yes"), (rival, bloc)
        )
        cast = result.arrays["vote"][row, result.axes["actor"].index(result.manifest.focus)]
        found.append(replace(made, fits=_cast(cast)))
    return tuple(found)


def _cast(cast: Array) -> str:
    """What the runs voted, and why that is no ratio of the table: it weighs two options, and averages logarithms."""
    if cast.size == 1:
        return f"It {_VOTED[OPTIONS[int(cast[0])]]}: the table weighs only “abstain” against “yes”."
    parts = {option: float(np.mean(cast == code)) for code, option in enumerate(OPTIONS)}
    said = [f"{_VOTED[one]} in {words.hundred(parts[one])}" for one in ("abstain", "yes", "no", "absent")]
    both = parts["abstain"] + parts["yes"]
    either = (
        f"; of those that do either of the first two, {words.hundred(parts['abstain'] / both)} of 100 abstain"
        if both
        else ""
    )
    return (
        f"Runs differ: of 100 it {', '.join(said[:3])} and {said[3]}{either}. The table weighs these two in all runs, "
        "also in those that do neither, and averages logarithms: its factor is no ratio of votes."
    )


def leanings(result: Result) -> tuple[Why, ...]:
    """A table for each power: leaning to it rather than on own strength, from the start to the last month.

    All months together: the first row is the start, the others are sums over months, and the sum of all is the log of
    how many times as large as own strength the power's share is in the last month, but where one was held at its least.
    """
    rows, names = result.arrays["why_leaning"].astype(float), result.manifest.origin.names
    where = "In this run" if result.manifest.runs == 1 else "In a typical run"
    found = []
    for pole, table in zip(result.axes["pole"][:-1], rows[:-1] - rows[-1], strict=True):
        name = names.get(pole, pole)
        title = (f"Leaning to {name} rather than on its own strength", "from the start to the last month")
        one = _table(result, "leaning", table, title, (name, "own strength"), ("", ""))
        said = times(one.total, f"to {name}", "on its own strength", where)
        found.append(replace(one, id=f"leaning-{pole.lower()}", odds=said))
    return tuple(found)


def _table(
    result: Result,
    menu: str,
    values: object,
    title: tuple[str, str],
    options: tuple[str, str],
    sides: tuple[str, str],
) -> Why:
    """Rows of one menu; accounts that it does not weigh, and are 0 in every run, are left out."""
    table = np.asarray(values, dtype=float)
    rows = []
    for name, found in zip(result.axes["account"], table, strict=True):
        if name not in ACCOUNTS[menu] or not np.any(found):
            continue
        said = ACCOUNTS[menu][name].format(rival=sides[0], bloc=sides[1])
        low, high = (float(each) for each in np.quantile(found, (0.05, 0.95)))
        rows.append(Row(name, said, float(found.mean()), low, high))
    total = float(table.mean(axis=1).sum())
    return Why(menu, title[0], title[1], *options, tuple(rows), total, odds(total, *options))


def odds(total: float, first: str, second: str, where: str = "In a typical run") -> str:
    """The sum of a table in words.

    >>> odds(1.1, "abstain", "yes")
    'In a typical run “abstain” is 3.0 times as likely as “yes”.'
    """
    if abs(total) < TINY:
        return f"{where} “{first}” and “{second}” are about equally likely."
    ahead, behind = (first, second) if total > 0 else (second, first)
    return f"{where} “{ahead}” is {_factor(total)} times as likely as “{behind}”."


def times(total: float, first: str, second: str, where: str) -> str:
    """The log of the ratio of two shares in words.

    >>> times(-0.7, "to China", "on its own strength", "In this run")
    'In this run it leans 2.0 times as much on its own strength as to China.'
    """
    if abs(total) < TINY:
        return f"{where} it leans about as much {first} as {second}."
    more, less = (first, second) if total > 0 else (second, first)
    return f"{where} it leans {_factor(total)} times as much {more} as {less}."


def _factor(total: float) -> str:
    factor = exp(min(abs(total), 20.0))
    return words.number(factor) if factor < 100 else "more than 100"
