"""Where states stand as geometry: tracks over sessions and a map in two dimensions, for `tracks.svg.j2`.

Each chart is drawn twice, for a wide and for a narrow page, so that its words keep their size; the page shows one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, cos, floor, hypot, log10, sin

import numpy as np

from tightrope.measure.country import name_of
from tightrope.measure.standing import Standing
from tightrope.report.chart import Tick

WIDE, NARROW = (760.0, 400.0), (340.0, 330.0)
LEFT, RIGHT, TOP, BOTTOM = 34.0, 54.0, 22.0, 30.0
APART, BESIDE = 14.0, 11.0
LABEL = 32.0
OPENED = 1945


@dataclass(frozen=True)
class Mark:
    """A chosen state on a chart: its colour and dash by `kind`, where its label stands and what it points at."""

    state: str
    name: str
    kind: int
    x: float
    y: float
    label_x: float
    label_y: float
    path: str
    band: str

    @property
    def lead(self) -> bool:
        """Whether the label stands so far off that a line must lead to it."""
        return abs(self.label_y - self.y) > 6.0 or abs(self.near_x - self.x) > 2.0 * BESIDE

    @property
    def near_x(self) -> float:
        """The end of the label that is nearer to the point."""
        return _fixed(min(max(self.x, self.label_x - 2.0), self.label_x + LABEL))


@dataclass(frozen=True)
class Dot:
    """A state that is not chosen: a small dot with its name."""

    x: float
    y: float
    name: str


@dataclass(frozen=True)
class Plot:
    """One chart in one size."""

    id: str
    size: str
    title: str
    description: str
    width: float
    height: float
    x: tuple[Tick, ...]
    y: tuple[Tick, ...]
    x_title: str
    y_title: str
    marks: tuple[Mark, ...]
    dots: tuple[Dot, ...]

    @property
    def left(self) -> float:
        """Left end of the field."""
        return LEFT

    @property
    def right(self) -> float:
        """Right end of the field."""
        return self.width - RIGHT

    @property
    def bottom(self) -> float:
        """Lower end of the field."""
        return self.height - BOTTOM


def year(session: int) -> int:
    """The year in which a regular session opened.

    >>> year(74)
    2019
    """
    return OPENED + session


def tracks(standing: Standing, chosen: Sequence[str], dim: int, size: str) -> Plot:
    """The chosen states' ideal points in one dimension over the sessions, each with its 90 % band."""
    width, height = WIDE if size == "wide" else NARROW
    values = [
        part[:, _columns(standing, chosen), dim] for part in (standing.mean, standing.p05, standing.p95)
    ]
    y_of, y_ticks = _scale(values[1], values[2], height - BOTTOM, TOP)
    first, last = standing.sessions[0], standing.sessions[-1]

    def x_of(session: float) -> float:
        return _fixed(LEFT + (session - first) / max(1, last - first) * (width - LEFT - RIGHT))

    marks = []
    for place, state in enumerate(chosen):
        rows = [
            (x_of(session), *(y_of(float(part[at, place])) for part in values))
            for at, session in enumerate(standing.sessions)
            if np.isfinite([part[at, place] for part in values]).all()
        ]
        if rows:
            x, y = rows[-1][0], rows[-1][1]
            path = _line([(row[0], row[1]) for row in rows])
            band = (
                _line([(row[0], row[3]) for row in rows] + [(row[0], row[2]) for row in reversed(rows)]) + "Z"
            )
            marks.append(Mark(state, name_of(state), place % 6, x, y, x + BESIDE, y, path, band))
    return Plot(
        id=f"tracks-{dim + 1}-{size}", size=size,
        title=f"Dimension {dim + 1}, sessions {first}–{last}",
        description=_told(standing, chosen, dim),
        width=width, height=height,
        x=tuple(Tick(x_of(each), str(year(each))) for each in _years(first, last, 8 if size == "wide" else 4)),
        y=y_ticks, x_title="year in which the session opened", y_title=f"ideal point, dimension {dim + 1}",
        marks=_spread(marks, TOP, height - BOTTOM), dots=(),
    )  # fmt: skip


def world(standing: Standing, chosen: Sequence[str], session: int, size: str) -> Plot:
    """All states in the first two dimensions in one session; where there is one only, dots heaped up along it."""
    width, height = WIDE if size == "wide" else NARROW
    row = standing.sessions.index(session)
    across = standing.mean[row, :, 0]
    up = standing.mean[row, :, 1] if standing.dims > 1 else np.zeros_like(across)
    x_of, x_ticks = _scale(across, across, LEFT, width - RIGHT)
    y_of, y_ticks = _scale(up, up, height - BOTTOM, TOP)
    heaps: dict[int, int] = {}
    marks, dots = [], []
    for column, state in enumerate(standing.states):
        if not np.isfinite(across[column] + up[column]):
            continue
        x = x_of(float(across[column]))
        y = y_of(float(up[column])) if standing.dims > 1 else _stacked(heaps, x, height - BOTTOM)
        if state not in chosen:
            dots.append(Dot(x, y, name_of(state)))
            continue
        low, high = standing.p05[row, column], standing.p95[row, column]
        cross = f"M{_at(x_of(low[0]), y)}L{_at(x_of(high[0]), y)}"
        if standing.dims > 1:
            cross += f"M{_at(x, y_of(low[1]))}L{_at(x, y_of(high[1]))}"
        marks.append(Mark(state, name_of(state), list(chosen).index(state) % 6, x, y, x, y, cross, ""))
    return Plot(
        id=f"world-{size}", size=size, title=f"The map of session {session} ({year(session)})",
        description=f"{len(marks) + len(dots)} states; {', '.join(mark.name for mark in marks)} are named.",
        width=width, height=height, x=x_ticks, y=y_ticks if standing.dims > 1 else (),
        x_title="dimension 1", y_title="dimension 2" if standing.dims > 1 else "",
        marks=_labelled(marks, dots, width), dots=tuple(dots),
    )  # fmt: skip


def _stacked(heaps: dict[int, int], x: float, bottom: float) -> float:
    """The height of the next dot of the heap at `x`."""
    heap = round(x / 7.0)
    heaps[heap] = heaps.get(heap, 0) + 1
    return _fixed(bottom - 8.0 * heaps[heap])


def _columns(standing: Standing, chosen: Sequence[str]) -> list[int]:
    return [standing.states.index(state) for state in chosen]


def _fixed(value: float) -> float:
    return round(float(value), 1)


def _at(x: float, y: float) -> str:
    return f"{x:g} {y:g}"


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(_at(x, y) for x, y in points)


def _scale(low: np.ndarray, high: np.ndarray, start: float, end: float):  # type: ignore[no-untyped-def]
    """A function from values to places between `start` and `end`, and round ticks."""
    bottom, top = float(np.nanmin(low)), float(np.nanmax(high))
    if top - bottom < 1e-9:
        bottom, top = bottom - 1.0, top + 1.0
    rough = (top - bottom) / 4.0
    power = 10.0 ** floor(log10(rough))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough * 0.999)
    first, last = step * floor(bottom / step), step * ceil(top / step)

    def place(value: float) -> float:
        return _fixed(start + (value - first) / (last - first) * (end - start))

    ticks = [first + step * each for each in range(round((last - first) / step) + 1)]
    return place, tuple(Tick(place(each), f"{round(each, 6) + 0.0:g}".replace("-", "−")) for each in ticks)


def _years(first: int, last: int, most: int) -> list[int]:
    """Sessions that open in round years, at most so many."""
    for step in (1, 2, 5, 10, 20, 50):
        found = [session for session in range(first, last + 1) if year(session) % step == 0]
        if len(found) <= most:
            return found or [first]
    return [first, last]


def _spread(marks: Sequence[Mark], top: float, bottom: float) -> tuple[Mark, ...]:
    """The marks with labels moved apart where they would cover each other; each label keeps its side."""
    ordered = sorted(marks, key=lambda mark: (mark.y, mark.state))
    places: list[float] = []
    for at, mark in enumerate(ordered):
        near = [places[other] for other in range(at) if abs(ordered[other].x - mark.x) < 40.0]
        places.append(max([mark.y, *(place + APART for place in near)]))
    excess = max([0.0, *(place - bottom for place in places)])
    moved = {
        mark.state: max(top, place - excess if excess and place > bottom - excess - APART else place)
        for mark, place in zip(ordered, places, strict=True)
    }
    return tuple(replace(mark, label_y=_fixed(moved[mark.state])) for mark in marks)


def _labelled(marks: Sequence[Mark], dots: Sequence[Dot], width: float) -> tuple[Mark, ...]:
    """The marks with each label beside its point, or further off, where it covers no other label and least else."""
    taken: list[tuple[float, float]] = []
    points = [(mark.x, mark.y) for mark in marks]
    found = []
    for mark in marks:
        x, y = min(_around(mark, width), key=lambda at: _cover(at, taken, points, dots, mark))
        taken.append((x, y))
        found.append(replace(mark, label_x=_fixed(x), label_y=_fixed(y)))
    return tuple(found)


def _around(mark: Mark, width: float) -> list[tuple[float, float]]:
    """Places for the start of a label: right, left, and all around at growing distance, within the chart."""
    places = []
    for away in (BESIDE, 30.0, 55.0, 85.0, 120.0):
        for turn in (0.0, 0.5, -0.5, 1.0, -1.0, 1.5, -1.5, 2.0, -2.0, 3.14):
            x, y = mark.x + away * cos(turn), mark.y + away * sin(turn)
            places.append((x if cos(turn) > 0.2 else x - LABEL if cos(turn) < -0.2 else x - LABEL / 2, y))
    return [(x, y) for x, y in places if LEFT <= x <= width - LABEL and y >= TOP] or [(mark.x, mark.y)]


def _cover(
    at: tuple[float, float],
    taken: Sequence[tuple[float, float]],
    points: Sequence[tuple[float, float]],
    dots: Sequence[Dot],
    mark: Mark,
) -> float:
    """What a label placed there would cost: other labels dear, chosen points less, dots and distance a little."""
    x, y = at

    def over(px: float, py: float) -> bool:
        return x - 6.0 <= px <= x + LABEL + 6.0 and abs(py - y) <= 10.0

    labels = sum(abs(px - x) < LABEL + 4.0 and abs(py - y) < APART for px, py in taken)
    chosen = sum(over(px, py) for px, py in points)
    return (
        1000.0 * labels
        + 100.0 * chosen
        + 6.0 * sum(over(dot.x, dot.y) for dot in dots)
        + 0.25 * hypot(x - mark.x, y - mark.y)
    )


def _told(standing: Standing, chosen: Sequence[str], dim: int) -> str:
    """The chart in a sentence, for who does not see it."""
    said = []
    for state in chosen:
        seen = [session for session in standing.sessions if standing.at(session, state) is not None]
        if seen:
            ends = [standing.at(session, state) for session in (seen[0], seen[-1])]
            said.append(
                f"{name_of(state)} from {ends[0][dim, 0]:.2f} in {year(seen[0])} "  # type: ignore[index]
                f"to {ends[1][dim, 0]:.2f} in {year(seen[-1])}"  # type: ignore[index]
            )
    return "; ".join(said).replace("-", "−") + "."
