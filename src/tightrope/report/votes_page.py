"""`votes.html`: where states stand, drawn from the estimates and counted from the roll calls beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tightrope.engine.output import write_text
from tightrope.measure.agreement import agreement
from tightrope.measure.country import name_of
from tightrope.measure.standing import Standing
from tightrope.measure.votes import RollCalls
from tightrope.report import page, tracks, words

PAGE = "votes.html"
DEFAULT = ("KAZ", "KGZ", "UZB", "RUS", "CHN", "USA")
ALIKE, BACK = 5, 10


@dataclass(frozen=True)
class Row:
    """One state's ideal point in one session: text of the mean and of the interval, by dimension."""

    state: str
    name: str
    cells: tuple[tuple[str, str], ...]
    rank: str = ""
    moved: str = ""


@dataclass(frozen=True)
class Pair:
    """Agreement of two states: percent of the votes that both cast, how many those are."""

    share: str
    votes: int


@dataclass(frozen=True)
class Neighbours:
    """The states that voted most like one state."""

    name: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """Agreement of the chosen states with each other."""

    caption: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Pair | None, ...]], ...]


def write(
    rolls: RollCalls, standing: Standing, chosen: Sequence[str], about: Mapping[str, Any], folder: Path
) -> Path:
    """Write `votes.html` into an existing folder, whole or not at all, and return its path.

    Args:
        rolls: the roll calls that the estimates are made from; agreement is counted on them.
        standing: the estimates.
        chosen: ISO codes of the states to show by name; those without an estimate are left out and said.
        about: what the manifest says (`title`, `method`, `facts`, `notes`, `anchors`).
        folder: where the page goes.

    Raises:
        OutputError: disk full, folder read-only or gone.
    """
    path = folder / PAGE
    write_text(path, html(rolls, standing, chosen, about))
    return path


def html(rolls: RollCalls, standing: Standing, chosen: Sequence[str], about: Mapping[str, Any]) -> str:
    """The page as one HTML document; whatever the files say is text in it, never markup."""
    shown = [
        state for state in chosen if any(standing.at(each, state) is not None for each in standing.sessions)
    ]
    last = standing.sessions[-1]
    style = page.static("report.css") + "\n" + page.static("votes.css")
    script = page.static("theme.js")
    whole = page.rendered(
        "votes.html.j2",
        style,
        script,
        about=about,
        last=last,
        last_year=tracks.year(last),
        lacking=[name_of(state) for state in chosen if state not in shown],
        places=_places(standing, shown, last),
        world=[tracks.world(standing, shown, last, size) for size in ("wide", "narrow")],
        everyone=[_row(standing, state, last) for state in standing.seen(last)],
        tracks=[
            [tracks.tracks(standing, shown, dim, size) for size in ("wide", "narrow")] for dim in range(standing.dims)
        ],
        history=_history(standing, shown),
        grids=_grids(rolls, shown),
        alike=_alike(rolls.select(sessions=[rolls.sessions[-1]]), shown),
        dims=standing.dims,
        names=[(state, name_of(state), place % 6) for place, state in enumerate(shown)],
    )  # fmt: skip
    return page.OPTIONAL.sub("", whole)


def _row(standing: Standing, state: str, session: int) -> Row:
    found = standing.at(session, state)
    if found is None:
        return Row(state, name_of(state), (("–", ""),) * standing.dims)
    cells = tuple((_signed(mean), f"{_signed(low)} to {_signed(high)}") for mean, low, high in found)
    return Row(state, name_of(state), cells)


def _signed(value: float) -> str:
    return words.signed(float(value))


def _places(standing: Standing, shown: Sequence[str], session: int) -> tuple[Row, ...]:
    """The chosen states in a session: where, in which place of how many, and how far from ten sessions before."""
    column = standing.mean[standing.sessions.index(session), :, 0]
    order = [standing.states[at] for at in np.argsort(column) if np.isfinite(column[at])]
    before = session - BACK if session - BACK in standing.sessions else standing.sessions[0]
    rows = []
    for state in shown:
        row = _row(standing, state, session)
        rank = f"{order.index(state) + 1} of {len(order)}" if state in order else "–"
        rows.append(Row(state, row.name, row.cells, rank, _moved(standing, state, before, session)))
    return tuple(rows)


def _moved(standing: Standing, state: str, before: int, session: int) -> str:
    """How far the state has moved on the first dimension, and whether the two intervals are apart."""
    old, new = standing.at(before, state), standing.at(session, state)
    if old is None or new is None or before == session:
        return "–"
    apart = old[0, 1] > new[0, 2] or new[0, 1] > old[0, 2]
    return f"{_signed(new[0, 0] - old[0, 0])} since {tracks.year(before)}{'' if apart else ', within the intervals'}"


def _history(standing: Standing, shown: Sequence[str]) -> tuple[tuple[str, str, tuple[Row, ...]], ...]:
    """Every session of each chosen state: the table behind the tracks."""
    return tuple(
        (
            state,
            name_of(state),
            tuple(
                Row(str(session), str(tracks.year(session)), _row(standing, state, session).cells)
                for session in standing.sessions
                if standing.at(session, state) is not None
            ),
        )
        for state in shown
    )


def _grids(rolls: RollCalls, shown: Sequence[str]) -> tuple[Grid, ...]:
    """Agreement of the chosen states in the last session, and over all sessions where there are several."""
    last = rolls.sessions[-1]
    found = [_grid(rolls.select(sessions=[last]), shown, f"Session {last} ({tracks.year(last)})")]
    if len(rolls.sessions) > 1:
        found.append(_grid(rolls, shown, f"Sessions {rolls.sessions[0]}–{last}"))
    return tuple(found)


def _grid(rolls: RollCalls, shown: Sequence[str], caption: str) -> Grid:
    here = [state for state in shown if state in rolls.states]
    found = agreement(rolls, here, here)
    rows = []
    for row, state in enumerate(here):
        cells = [
            None if row == column else _pair(found.same[row, column], found.votes[row, column])
            for column in range(len(here))
        ]
        rows.append((name_of(state), tuple(cells)))
    return Grid(f"{caption}: {len(rolls):,} roll calls", tuple(here), tuple(rows))


def _pair(share: float, votes: int) -> Pair:
    return Pair("–" if votes == 0 else f"{100.0 * share:.0f} %", int(votes))


def _alike(rolls: RollCalls, shown: Sequence[str]) -> tuple[Neighbours, ...]:
    """For each chosen state the five that voted most like it, among those with half of its votes in common."""
    here = [state for state in shown if state in rolls.states]
    found = agreement(rolls, here)
    rows = []
    for row, state in enumerate(here):
        own = rolls.states.index(state)
        share = np.where(found.votes[row] * 2 >= found.votes[row, own], found.same[row], -1.0)
        share[own] = -1.0
        best = [at for at in np.argsort(-share, kind="stable")[:ALIKE] if share[at] >= 0.0]
        rows.append(
            Neighbours(
                name_of(state), tuple((name_of(rolls.states[at]), f"{100 * share[at]:.0f} %") for at in best)
            )
        )
    return tuple(rows)
