"""Charts as geometry: numbers in, coordinates out; the template `chart.svg.j2` draws them.

Charts over time have fixed coordinates and scale with their box. Bars beside a row of a table are given in
percent of their track, so that they fit any width without distorting anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from tightrope.report import words
from tightrope.report.difference import Contrast
from tightrope.report.fan import Band, Fan
from tightrope.report.judgement import Judgement
from tightrope.report.reading import Reading
from tightrope.report.rupture import Conditional
from tightrope.report.sincerity import Belief
from tightrope.report.subject import Line
from tightrope.report.why import Why

WIDTH, HEIGHT = 340.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 52.0, 22.0, 24.0
WIDEST = 30.0


@dataclass(frozen=True)
class Tick:
    """A place on an axis and its label."""

    at: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """A chart over time: paths of the outer band, the inner band and the middle, axes, and words for it."""

    id: str
    title: str
    unit: str
    description: str
    note: str
    width: float
    height: float
    outer: str
    inner: str
    middle: str
    x: tuple[Tick, ...]
    y: tuple[Tick, ...]
    left: float
    right: float
    bottom: float
    zero: float | None
    end: Tick
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bar:
    """A bar on a track, in percent of the track from the left."""

    start: float
    length: float
    kind: str


@dataclass(frozen=True)
class Dot:
    """A mean with its interval and a wider, thinner one, in percent of the track; clipped at its ends."""

    at: float
    low: float
    high: float
    thin_low: float | None
    thin_high: float | None
    off: str


def draw(fan: Fan) -> Drawing:
    """A chart over time with one band, its axes and the table behind it."""
    band = fan.bands[0]
    low, high, steps = _axis(fan, band)

    def y(value: float) -> float:
        return _fixed(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM))

    def x(index: int) -> float:
        return _fixed(LEFT + index / max(1, len(fan.months) - 1) * (WIDTH - LEFT - RIGHT))

    rows = [tuple(min(max(value, low), high) for value in row) for row in band.rows]
    middle = _path([(x(index), y(row[2])) for index, row in enumerate(rows)])
    last = band.rows[-1]
    return Drawing(
        id=fan.id,
        title=fan.title,
        unit=fan.unit,
        description=_described(fan, band),
        note=fan.note,
        width=WIDTH,
        height=HEIGHT,
        outer=_area([(x(i), y(row[0]), y(row[4])) for i, row in enumerate(rows)]),
        inner=""
        if fan.kind == "frequency"
        else _area([(x(i), y(row[1]), y(row[3])) for i, row in enumerate(rows)]),
        middle=middle,
        x=tuple(Tick(x(index), label) for index, label in _years(fan.months)),
        y=tuple(Tick(y(step), _plain(step)) for step in steps),
        left=LEFT,
        right=WIDTH - RIGHT,
        bottom=HEIGHT - BOTTOM,
        zero=y(0.0) if low < 0 < high else None,
        end=Tick(y(min(max(last[2], low), high)), _plain(last[2])),
        head=_head(fan),
        rows=_table(fan, band),
    )


def _fixed(value: float) -> float:
    return round(value, 1)


def _area(points: list[tuple[float, float, float]]) -> str:
    there = [(x, top) for x, top, _ in points]
    back = [(x, bottom) for x, _, bottom in reversed(points)]
    return f"{_path([*there, *back])}Z"


def _path(points: list[tuple[float, float]]) -> str:
    """A path from point to point, by steps from each to the next: half as long as by places."""
    steps = (_step_to(x1 - x0) + _joined(_step_to(y1 - y0)) for (x0, y0), (x1, y1) in pairwise(points))
    (x, y), *_ = points
    return f"M{x:g} {y:g}" + "".join(f"l{step}" for step in steps)


def _step_to(value: float) -> str:
    """A step with one decimal, without the zero before its point."""
    text = f"{round(value, 1) + 0.0:g}"
    return text if text == "0" else text.replace("-0.", "-.").removeprefix("0")


def _joined(text: str) -> str:
    return text if text.startswith("-") else f" {text}"


def _axis(fan: Fan, band: Band) -> tuple[float, float, list[float]]:
    """Lower end, upper end and ticks: round numbers, and the given floor and ceiling where there are any."""
    low = min(row[0] for row in band.rows) if fan.floor is None else fan.floor
    high = max(row[4] for row in band.rows) if fan.ceiling is None else fan.ceiling
    if high <= low:
        high = low + 1.0
    step = _step((high - low) / 4.0)
    first = low if fan.floor is not None else step * floor(low / step)
    last = high if fan.ceiling is not None else step * ceil(high / step)
    count = int((last - first) / step + 1e-9)
    return first, last, [round(first + step * each, 9) for each in range(count + 1)]


def _step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return float(next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough * 0.999))


def _plain(value: float) -> str:
    if abs(value) >= 10 or float(value).is_integer():
        return (
            f"{value:.0f}".replace("-", "−").replace("−0", "0")
            if abs(value) < 0.5
            else f"{value:.0f}".replace("-", "−")
        )
    return f"{value:.2g}".replace("-", "−")


def _years(months: tuple[str, ...]) -> list[tuple[int, str]]:
    found = [(index, name.split()[1]) for index, name in enumerate(months) if name.startswith("January")]
    return found or [(0, months[0])]


def _described(fan: Fan, band: Band) -> str:
    first, last = band.rows[0], band.rows[-1]
    if fan.kind == "frequency":
        return f"By {fan.months[-1]} it has happened in {words.number(last[2])} % of runs."
    return (
        f"{fan.unit}. Median {words.number(first[2])} in {fan.months[0]} and {words.number(last[2])} in "
        f"{fan.months[-1]}, when nine tenths of runs lie between {words.number(last[0])} and "
        f"{words.number(last[4])}."
    )


def _head(fan: Fan) -> tuple[str, ...]:
    if fan.kind == "frequency":
        return "Month", "low", "% of runs", "high"
    return "Month", "5 %", "25 %", "median", "75 %", "95 %"


def _table(fan: Fan, band: Band) -> tuple[tuple[str, ...], ...]:
    """Every sixth month and the last, as text; the result's file holds them all."""
    kept = sorted({*range(0, len(band.rows), 6), len(band.rows) - 1})
    chosen = (0, 2, 4) if fan.kind == "frequency" else range(5)
    return tuple(
        (fan.months[index], *(words.number(band.rows[index][one]) for one in chosen)) for index in kept
    )


def waterfall(why: Why) -> tuple[tuple[Bar, ...], float]:
    """A bar for each row, beginning where the last one ended, and one for the sum; and where zero lies."""
    ends = [0.0]
    for row in why.rows:
        ends.append(ends[-1] + row.mean)
    low, high = min(ends), max(ends)
    room = (high - low) or 1.0

    def at(value: float) -> float:
        return round(2.0 + 96.0 * (value - low) / room, 1)

    pairs = [*pairwise(ends), (0.0, why.total)]
    bars = [
        Bar(
            at(min(one, two)),
            round(max(0.4, at(max(one, two)) - at(min(one, two))), 1),
            "up" if two >= one else "down",
        )
        for one, two in pairs
    ]
    return tuple(bars), at(0.0)


def stacked(shares: tuple[tuple[str, float], ...]) -> tuple[Bar, ...]:
    """The shares of a whole side by side."""
    start, bars = 0.0, []
    for name, share in shares:
        bars.append(Bar(round(100.0 * start, 2), round(100.0 * share, 2), name))
        start += share
    return tuple(bars)


def dots(contrast: Contrast) -> tuple[tuple[Dot, ...], float]:
    """A dot for each large difference in percentage points, on one axis of ± the second value."""
    gaps = [gap for gap in contrast.gaps if gap.points and gap.large]
    limit = _limit(max(abs(gap.low), abs(gap.high)) for gap in gaps)
    found: list[Dot] = []
    for gap in gaps:
        ends = (_around(gap.mean, limit), _around(gap.low, limit), _around(gap.high, limit))
        thin_low = None if gap.p05 is None else _around(gap.p05, limit)
        thin_high = None if gap.p95 is None else _around(gap.p95, limit)
        found.append(Dot(*ends, thin_low, thin_high, _off(gap.mean, limit)))
    return tuple(found), limit


def gauge(judgement: Judgement) -> Dot:
    """The frequency of a judgement on a track from 0 to 100, with its range and its sampling error."""
    return _on_track(
        judgement.frequency, judgement.sampling_low, judgement.sampling_high, judgement.low, judgement.high
    )


def line(found: Line | Conditional) -> Dot:
    """A frequency with its range on a track from 0 to 100."""
    mean = found.mean if isinstance(found, Line) else found.frequency
    return _on_track(mean, mean, mean, found.low, found.high)


def belief(found: Belief) -> Dot:
    """The median of a belief on a track from 0 to 100, with half and nine tenths of the runs."""
    low, lower, middle, upper, high = (each / 100.0 for each in found.quantiles)
    return _on_track(middle, lower, upper, low, high)


def _on_track(middle: float, thick_low: float, thick_high: float, low: float, high: float) -> Dot:
    at = [round(100.0 * each, 1) for each in (middle, thick_low, thick_high, low, high)]
    return Dot(at[0], at[1], at[2], at[3], at[4], "")


def readings(found: Reading) -> tuple[tuple[Dot | None, ...], float]:
    """For each row in points a dot of the second reading less the first, on one axis of ± the second value."""
    shown = [row.between if row.unit == "points" else None for row in found.rows]
    limit = _limit(max(abs(cell.low), abs(cell.high)) for cell in shown if cell)
    dots_ = tuple(
        None
        if cell is None
        else Dot(
            _around(cell.mean, limit),
            _around(cell.low, limit),
            _around(cell.high, limit),
            None,
            None,
            _off(cell.mean, limit),
        )
        for cell in shown
    )
    return dots_, limit


def _limit(reaches: Iterable[float]) -> float:
    reach = max(reaches, default=1.0)
    return float(next((step for step in (2, 5, 10, 20) if step >= reach), WIDEST))


def _around(value: float, limit: float) -> float:
    return round(50.0 + 48.0 * min(max(value / limit, -1.0), 1.0), 1)


def _off(value: float, limit: float) -> str:
    return "right" if value > limit else "left" if value < -limit else ""
