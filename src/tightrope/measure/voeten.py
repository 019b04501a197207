"""Voeten's CSV of roll calls (UNVotes, Harvard Dataverse) and his list of identical resolutions.

One row per roll call and state: `rcid`, `ccode` (Correlates of War number), `vote` (1 yes, 2 abstain, 3 no, 8 absent,
9 no member), `session`; where there, `date` (or `year`: then the last day of it), `unres`, `short`, `descr` and the
issue columns `me`, `nu`, `di`, `hr`, `co`, `ec`. Without a date, the day is the last of the session's year, so that
nothing counts as known too early.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tightrope.errors import MeasureError
from tightrope.measure.ballot import Ballots
from tightrope.measure.country import state_of
from tightrope.measure.sheet import days, line_of, places, sheet, whole
from tightrope.measure.votes import ABSENT, ABSTAIN, ISSUES, MISSING, NO, YES

NEEDED = ("rcid", "ccode", "vote", "session")
_USED = (*NEEDED, "date", "year", "unres", "short", "descr", *ISSUES)
_CHOICE = {"1": YES, "2": ABSTAIN, "3": NO, "8": ABSENT, "9": MISSING, "": MISSING, "NA": MISSING}


def is_header(header: Sequence[str]) -> bool:
    """Whether these column names are those of Voeten's roll calls."""
    return set(NEEDED) <= set(header)


def is_bridges(header: Sequence[str]) -> bool:
    """Whether these column names are those of Voeten's list of identical resolutions."""
    return {"rcid1", "rcid2"} <= set(header)


def bridges(path: Path) -> NDArray[np.int64]:
    """Pairs of `rcid` (B, 2) whose resolutions are identical.

    Raises:
        MeasureError: a damaged file.
    """
    table = sheet(path, ("rcid1", "rcid2"))
    return np.stack([whole(path, table, "rcid1"), whole(path, table, "rcid2")], 1)


def ballots(path: Path) -> Ballots:
    """The votes of the file.

    Raises:
        MeasureError: a column, a vote, a date or a state that is not known, with its line.
    """
    table = sheet(path, _USED, NEEDED)
    rcid, first, item = np.unique(whole(path, table, "rcid"), return_index=True, return_inverse=True)
    calls = table.iloc[first]
    codes, state = places(path, table, "ccode", lambda code: state_of(code.removesuffix(".0")))
    return Ballots(
        item=item.astype(np.int64),
        state=state,
        choice=_choices(path, table),
        codes=codes,
        id=tuple(str(number) for number in rcid),
        session=whole(path, calls, "session"),
        date=_dates(path, calls),
        title=_titles(calls),
        resolution=_texts(calls, "unres"),
        issues=_issues(calls),
        rcid=rcid,
        absences=True,
    )


def _choices(path: Path, table: Any) -> NDArray[np.int8]:
    answers = table["vote"].cat.categories
    for answer in answers:
        if answer.removesuffix(".0") not in _CHOICE:
            at = line_of(table, "vote", answer)
            raise MeasureError(
                f"{path}:{at}: {answer!r} is no vote; votes are 1 yes, 2 abstain, 3 no, 8 absent, 9 no member"
            )
    code = np.array([_CHOICE[answer.removesuffix(".0")] for answer in answers], np.int8)
    place: NDArray[np.int8] = table["vote"].cat.codes.to_numpy()
    return code[place]


def _dates(path: Path, calls: Any) -> NDArray[np.datetime64]:
    if "date" in calls.columns:
        return days(path, calls, "date")
    year = whole(path, calls, "year") if "year" in calls.columns else 1946 + whole(path, calls, "session")
    return np.array([np.datetime64(f"{number}-12-31") for number in year], "datetime64[D]")


def _texts(calls: Any, column: str) -> tuple[str, ...]:
    return tuple(str(text) for text in calls[column]) if column in calls.columns else ("",) * len(calls)


def _titles(calls: Any) -> tuple[str, ...]:
    pairs = zip(_texts(calls, "short"), _texts(calls, "descr"), strict=True)
    return tuple((long if short in ("", "NA") else short).strip()[:300] for short, long in pairs)


def _issues(calls: Any) -> tuple[tuple[str, ...], ...]:
    marked = {name: _texts(calls, name) for name in ISSUES}
    return tuple(
        tuple(sorted(name for name, marks in marked.items() if marks[at] in ("1", "1.0")))
        for at in range(len(calls))
    )
