"""What the case and a scenario put on the calendar: votes, and happenings given from outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from tightrope.case.case import Case
from tightrope.case.issue import Resolution
from tightrope.case.scenario import Happening
from tightrope.errors import ModelError
from tightrope.model.choice import Array
from tightrope.model.state import BY_POLE, Schedule, Vote, nothing_given
from tightrope.model.tally import SCORE
from tightrope.model.vote import OPTIONS

if TYPE_CHECKING:
    from tightrope.model.blueprint import Blueprint

HORIZON = 240


def plan(case: Case, start: tuple[int, int], capped: frozenset[int]) -> Schedule:
    """The calendar without a scenario: scheduled votes, and a price cap where one is in force."""
    deciders = case.about.deciders
    given = nothing_given(HORIZON, len(deciders), len(case.about.poles))
    for place in sorted(capped):
        given["price_cap"][: _cap_months(case, deciders[place]), place] = 1.0
    return Schedule(given, _votes(case, start))


def _cap_months(case: Case, decider: str) -> int:
    """How many months from the start a cap that is in force still holds: the figure `price_cap_months`."""
    name = f"{decider.lower()}.price_cap_months"
    hull = next((figure.hull for figure in case.figures if figure.id == name), None)
    return round(sum(hull) / 2.0) if hull else 0


def months_from(start: tuple[int, int], day: date) -> int:
    """Months from the start of the run to the month of `day`; negative before it."""
    return (day.year - start[0]) * 12 + day.month - start[1]


def apply_happenings(schedule: Schedule, happenings: Iterable[Happening], blueprint: Blueprint) -> Schedule:
    """Write a scenario's happenings into a copy of the calendar.

    Raises:
        ModelError: a happening is about nobody whom it can concern, or lies before the start of the run.
    """
    given = dict(schedule.given)
    for happening in happenings:
        names = blueprint.poles if happening.kind in BY_POLE else blueprint.deciders
        if happening.about not in names:
            raise ModelError(f"{happening.kind} cannot be about {happening.about}; one of {', '.join(names)}")
        first = months_from(blueprint.start, happening.start)
        if not 0 <= first < HORIZON:
            year, month = blueprint.start
            raise ModelError(
                f"{happening.kind} starts {happening.start}, outside the run; "
                f"it can start from {year}-{month:02d} on"
            )
        given[happening.kind] = _written(given[happening.kind], happening, first, names)
    return replace(schedule, given=given)


def _written(values: Array, happening: Happening, first: int, names: tuple[str, ...]) -> Array:
    last = HORIZON if happening.months is None else first + happening.months
    changed = values.copy()
    changed[first:last, names.index(happening.about)] = happening.value
    return changed


def _votes(case: Case, start: tuple[int, int]) -> tuple[Vote, ...]:
    past = [item for item in case.resolutions if item.tally is not None]
    votes = []
    for item in case.resolutions:
        month = months_from(start, item.date)
        if item.tally is not None or not 0 <= month < HORIZON:
            continue
        like = [found for found in past if found.format == item.format] or past
        if not like:
            raise ModelError(
                f"{item.id}: no past vote is known to take the level from; add one with its tally"
            )
        votes.append(_vote(item, month, like, case))
    return tuple(sorted(votes, key=lambda vote: (vote.month, vote.id)))


def _vote(item: Resolution, month: int, like: list[Resolution], case: Case) -> Vote:
    latest = max(like, key=lambda found: found.date)
    tally = _counts(latest) + 0.5
    return Vote(
        id=item.id,
        format=item.format,
        month=month,
        log_base=np.log(tally / tally.sum()),
        precedent=np.array([_lean(name, like) for name in case.about.deciders]),
        stance=np.array([_stance(name, latest, like) for name in case.about.poles]),
    )


def _counts(item: Resolution) -> Array:
    """The tally in the order of the options: no, abstain, yes, absent."""
    tally = {str(option): count for option, count in (item.tally or {}).items()}
    return np.array([float(tally.get(option, 0)) for option in OPTIONS])


def _lean(actor: str, like: list[Resolution]) -> float:
    """Mean score of the actor's votes of this format less the mean score of all states in them."""
    gaps = []
    for item in like:
        if actor in item.votes and item.votes[actor] != "absent":
            counts = _counts(item)[:3]
            gaps.append(SCORE[OPTIONS.index(item.votes[actor])] - float(counts @ SCORE[:3]) / counts.sum())
    return float(np.mean(gaps)) if gaps else 0.0


def _stance(pole: str, latest: Resolution, like: list[Resolution]) -> float:
    """A pole's side: its latest known vote of this format, from -1 (no) over 0 to 1 (yes)."""
    for item in [latest, *sorted(like, key=lambda found: found.date, reverse=True)]:
        if pole in item.votes and item.votes[pole] != "absent":
            return float(SCORE[OPTIONS.index(item.votes[pole])]) - 1.0
    return 0.0
