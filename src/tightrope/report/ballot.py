"""Votes in the General Assembly: how the runs vote, beside how the state voted last on such a text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tightrope.case.case import Case
from tightrope.case.issue import Resolution
from tightrope.engine.result import Result
from tightrope.model.vote import OPTIONS
from tightrope.report import words
from tightrope.report.topic import last_time, next_vote


@dataclass(frozen=True)
class Ballot:
    """One vote of one state: the share of runs for each option, and how it voted last in this format."""

    state: str
    title: str
    date: str
    shares: tuple[tuple[str, float], ...]
    last: str | None
    assumed: bool


def ballots(result: Result, case: Case) -> tuple[Ballot, ...]:
    """Every scheduled vote of the focus state, in the order of the calendar."""
    names = result.axes["resolution"]
    coming = sorted((vote for vote in case.resolutions if vote.id in names), key=lambda vote: vote.date)
    return tuple(_ballot(result, case, vote, result.manifest.focus) for vote in coming)


def next_by_state(result: Result, case: Case) -> tuple[Ballot, ...]:
    """The next scheduled vote, for every state."""
    coming = next_vote(result, case)
    if coming is None:
        return ()
    return tuple(_ballot(result, case, coming, actor) for actor in result.axes["actor"])


def _ballot(result: Result, case: Case, vote: Resolution, state: str) -> Ballot:
    row, place = result.axes["resolution"].index(vote.id), result.axes["actor"].index(state)
    cast = result.arrays["vote"][row, place]
    before = last_time(case, vote, state)
    return Ballot(
        state=result.manifest.origin.names.get(state, state),
        title=vote.title,
        date=words.month(vote.date.year, vote.date.month),
        shares=tuple((option, float(np.mean(cast == code))) for code, option in enumerate(OPTIONS)),
        last=before[0] if before else None,
        assumed=vote.scenario is not None,
    )
