"""What every reader of roll calls ends in: one row per vote cast, and how rows become `RollCalls`."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tightrope.errors import MeasureError
from tightrope.measure.country import GAPS, could_vote, seat
from tightrope.measure.votes import ABSENT, MISSING, RollCalls


@dataclass(frozen=True)
class Ballots:
    """The votes of one file in long form: V rows, I roll calls.

    Attributes:
        item: place of the roll call (V).
        state: place in `codes` (V).
        choice: YES, ABSTAIN, NO, ABSENT or MISSING (V).
        codes: code of each seat, as `country.state_of` gives it.
        id, session, date, title, resolution, issues: of each roll call (I).
        rcid: Voeten's number of each roll call (I), or -1; what `bridges` refer to.
        absences: whether the file itself says who was absent.
    """

    item: NDArray[np.int64]
    state: NDArray[np.int64]
    choice: NDArray[np.int8]
    codes: tuple[str, ...]
    id: tuple[str, ...]
    session: NDArray[np.int64]
    date: NDArray[np.datetime64]
    title: tuple[str, ...]
    resolution: tuple[str, ...]
    issues: tuple[tuple[str, ...], ...]
    rcid: NDArray[np.int64]
    absences: bool
    notes: tuple[str, ...] = field(default=())


def roll_calls(ballots: Ballots, bridges: NDArray[np.int64]) -> RollCalls:
    """Rows to a table; `bridges` (B, 2) are pairs of `rcid` whose resolutions are identical.

    Raises:
        MeasureError: there is no vote at all.
    """
    if not len(ballots.item):
        raise MeasureError("the file holds no vote")
    label = _labels(ballots.rcid, bridges)
    states, choice, clashes = _table(ballots)
    if not ballots.absences:
        _mark_absent(choice, states, ballots.date)
    order = np.lexsort((np.arange(len(ballots.id)), ballots.date))
    dull = np.asarray(np.isin(choice, (MISSING, ABSENT)).all(1))
    order = order[~dull[order]]
    notes = list(ballots.notes)
    if clashes:
        notes.append(f"{clashes} votes that the file gives twice, in two ways, are taken as missing.")
    if dull.any():
        notes.append(f"{int(dull.sum())} roll calls without any vote are left out.")
    return RollCalls(
        states=states,
        items=tuple(ballots.id[at] for at in order),
        session=ballots.session[order].astype(np.int64),
        date=ballots.date[order].astype("datetime64[D]"),
        choice=choice[order],
        bridge=label[order],
        title=tuple(ballots.title[at] for at in order),
        issues=tuple(ballots.issues[at] for at in order),
        resolution=tuple(ballots.resolution[at] for at in order),
        notes=tuple(notes),
    )


def _table(ballots: Ballots) -> tuple[tuple[str, ...], NDArray[np.int8], int]:
    """Codes of the seats in order, the table (I, S), and how many cells were given twice in two ways."""
    later = np.array([seat(code, np.datetime64("2999-01-01")) for code in ballots.codes])
    codes = np.array(ballots.codes)
    when = ballots.date[ballots.item]
    moved = (later != codes)[ballots.state] & (when > GAPS["SRB"][0][1])
    names = np.where(moved, later[ballots.state], codes[ballots.state])
    states, column = np.unique(names, return_inverse=True)
    shape = len(ballots.id), len(states)
    low = np.full(shape, 99, np.int8)
    high = np.zeros(shape, np.int8)
    told = ballots.choice != MISSING
    at = ballots.item[told], column[told]
    np.minimum.at(low, at, ballots.choice[told])
    np.maximum.at(high, at, ballots.choice[told])
    clash = (high > 0) & (low != high)
    return (
        tuple(str(state) for state in states),
        np.where(clash, MISSING, high).astype(np.int8),
        int(clash.sum()),
    )


def _mark_absent(choice: NDArray[np.int8], states: tuple[str, ...], date: NDArray[np.datetime64]) -> None:
    """Who was a member by then and could vote, but did not, was absent; only what was known that day is used."""
    for column, state in enumerate(states):
        votes = choice[:, column]
        member = date >= date[votes != MISSING].min()
        choice[(votes == MISSING) & member & could_vote(state, date), column] = ABSENT


def _labels(rcid: NDArray[np.int64], bridges: NDArray[np.int64]) -> NDArray[np.int64]:
    """One label per chain of identical resolutions (I); the place of the chain's first roll call in the file."""
    place = {int(number): at for at, number in enumerate(rcid) if number >= 0}
    parent = np.arange(len(rcid), dtype=np.int64)

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = int(parent[at])
        return at

    for first, second in bridges:
        if int(first) in place and int(second) in place:
            one, other = sorted((root(place[int(first)]), root(place[int(second)])))
            parent[other] = one
    return np.array([root(at) for at in range(len(rcid))], np.int64)
