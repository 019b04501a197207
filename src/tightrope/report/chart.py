"""Charts as geometry: numbers in, coordinates out; the template `chart.svg.j2` draws them.

Charts over time have fixed coordinates and scale with their box. Bars beside a row of a table are given in
percent of their track, so that they fit any width without distorting anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from tightrope.report import words
from tightrope.report.difference import Contrast
from tightrope.report.fan import Band, Fan
from tightrope.report.judgement import Judgement
from tightrope.report.why import Why

WIDTH, HEIGHT = 340.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 40.0, 22.0, 24.0
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
    middle = "M" + "L".join(f"{x(index):g} {y(row[2]):g}" for index, row in enumerate(rows))
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
    there = "L".join(f"{x:g} {top:g}" for x, _, top in points)
    back = "L".join(f"{x:g} {bottom:g}" for x, bottom, _ in reversed(points))
    return f"M{there}L{back}Z"


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
    """Every third month and the last, as text."""
    kept = sorted({*range(0, len(band.rows), 3), len(band.rows) - 1})
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
        return round(2.0 + 96.0 * (value - low) / room, 2)

    pairs = [*pairwise(ends), (0.0, why.total)]
    bars = [
        Bar(
            at(min(one, two)), max(0.4, at(max(one, two)) - at(min(one, two))), "up" if two >= one else "down"
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
    """A dot for each difference in percentage points, on one axis of ± the second value."""
    gaps = [gap for gap in contrast.gaps if gap.points]
    reach = max((max(abs(gap.low), abs(gap.high)) for gap in gaps), default=1.0)
    limit = float(next((step for step in (2, 5, 10, 20) if step >= reach), WIDEST))

    def at(value: float) -> float:
        return round(50.0 + 48.0 * min(max(value / limit, -1.0), 1.0), 2)

    found: list[Dot] = []
    for gap in gaps:
        off = "right" if gap.mean > limit else "left" if gap.mean < -limit else ""
        thin_low = None if gap.p05 is None else at(gap.p05)
        thin_high = None if gap.p95 is None else at(gap.p95)
        found.append(Dot(at(gap.mean), at(gap.low), at(gap.high), thin_low, thin_high, off))
    return tuple(found), limit


def gauge(judgement: Judgement) -> Dot:
    """The frequency of a judgement on a track from 0 to 100, with its range and its sampling error."""
    low, high = 100.0 * judgement.low, 100.0 * judgement.high
    thick = 100.0 * judgement.sampling_low, 100.0 * judgement.sampling_high
    return Dot(100.0 * judgement.frequency, *thick, low, high, "")
