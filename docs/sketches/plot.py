"""Lines in a box as SVG text: what the pictures of the mechanisms are drawn with, and nothing more.

The text is the same wherever the numbers are; colours follow the reader's wish for light or dark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 680.0, 320.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 212.0, 34.0, 48.0
APART = 17.0  # between the labels of two lines, so that they can be read

STYLE = """
.ground{fill:#fff}.axis{stroke:#55606b;stroke-width:1}.grid{stroke:#e3e7eb;stroke-width:1}
text{font:13px system-ui,sans-serif;fill:#24292f}.tick{fill:#55606b;font-size:12px}
.line{fill:none;stroke-width:2.2}.mark{stroke:#55606b;stroke-width:1;stroke-dasharray:3 3}
.c0{stroke:#0b63b0}.c1{stroke:#b3430d}.c2{stroke:#177245}.c3{stroke:#7a3ea1}.c4{stroke:#55606b}
.t0{fill:#0b63b0}.t1{fill:#b3430d}.t2{fill:#177245}.t3{fill:#7a3ea1}.t4{fill:#55606b}
@media(prefers-color-scheme:dark){.ground{fill:#16191d}.axis,.mark{stroke:#a3adb8}.grid{stroke:#2d333a}
text{fill:#e6eaee}.tick{fill:#a3adb8}
.c0{stroke:#6db3f2}.c1{stroke:#f0915c}.c2{stroke:#5fc98e}.c3{stroke:#c79be6}.c4{stroke:#a3adb8}
.t0{fill:#6db3f2}.t1{fill:#f0915c}.t2{fill:#5fc98e}.t3{fill:#c79be6}.t4{fill:#a3adb8}}
"""
# Lines differ by their dashes as well as by colour.
DASHES = ("", "7 4", "2 4", "10 3 2 3", "1 3")


@dataclass(frozen=True)
class Line:
    """One line: its label, which stands at its end, and its points."""

    label: str
    x: Sequence[float]
    y: Sequence[float]


@dataclass(frozen=True)
class Plot:
    """A picture: what it shows in a sentence, what the axes are, the lines, and marks on the x-axis."""

    about: str
    x_name: str
    y_name: str
    lines: Sequence[Line]
    y_range: tuple[float, float] | None = None
    marks: Sequence[tuple[float, str]] = ()
    percent: bool = False


def svg(plot: Plot) -> str:
    """The picture as the text of an SVG file."""
    x_low, x_high = _ends([each for line in plot.lines for each in line.x])
    y_low, y_high = plot.y_range or _ends([0.0, *(each for line in plot.lines for each in line.y)])
    y_steps = _ticks(y_low, y_high)
    y_low, y_high = min(y_low, y_steps[0]), max(y_high, y_steps[-1])
    across = _scale(x_low, x_high, LEFT, WIDTH - RIGHT)
    down = _scale(y_low, y_high, HEIGHT - BOTTOM, TOP)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img">',
            f"<title>{escape(plot.about)}</title><style>{STYLE}</style>",
            f'<rect class="ground" width="{WIDTH:g}" height="{HEIGHT:g}" rx="6"/>',
            *_axes(plot, across, down, _inside(x_low, x_high), y_steps),
            *_curves(plot.lines, across, down),
            "</svg>\n",
        )
    )


def _axes(
    plot: Plot,
    across: Callable[[float], float],
    down: Callable[[float], float],
    x_steps: Sequence[float],
    y_steps: Sequence[float],
) -> list[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    found = [f'<text x="{LEFT - 44:g}" y="18">{escape(plot.y_name)}</text>']
    for step in y_steps:
        y = down(step)
        found.append(f'<path class="grid" d="M{LEFT:g} {y:.1f}H{right:g}"/>')
        said = _number(100.0 * step, y_steps, 100.0) + " %" if plot.percent else _number(step, y_steps)
        found.append(f'<text class="tick" x="{LEFT - 7:g}" y="{y + 4:.1f}" text-anchor="end">{said}</text>')
    found.append(f'<path class="axis" d="M{LEFT:g} {bottom:g}H{right:g}"/>')
    for step in x_steps:
        x = across(step)
        found.append(f'<path class="axis" d="M{x:.1f} {bottom:g}v5"/>')
        said = _number(step, x_steps)
        found.append(f'<text class="tick" x="{x:.1f}" y="{bottom + 19:g}" text-anchor="middle">{said}</text>')
    middle = 0.5 * (LEFT + right)
    found.append(f'<text x="{middle:g}" y="{HEIGHT - 9:g}" text-anchor="middle">{escape(plot.x_name)}</text>')
    for place, said in plot.marks:
        x = across(place)
        found.append(f'<path class="mark" d="M{x:.1f} {TOP:g}V{bottom:g}"/>')
        found.append(f'<text class="tick" x="{x + 5:.1f}" y="{TOP + 10:g}">{escape(said)}</text>')
    return found


def _curves(
    lines: Sequence[Line], across: Callable[[float], float], down: Callable[[float], float]
) -> list[str]:
    found = []
    for place, line in enumerate(lines):
        points = "L".join(f"{across(x):.1f} {down(y):.1f}" for x, y in zip(line.x, line.y, strict=True))
        dash = f' stroke-dasharray="{DASHES[place]}"' if DASHES[place] else ""
        found.append(f'<path class="line c{place}" d="M{points}"{dash}/>')
    ends = _spread([down(line.y[-1]) for line in lines])
    for place, (line, y) in enumerate(zip(lines, ends, strict=True)):
        x = WIDTH - RIGHT + 8.0
        found.append(f'<text class="t{place}" x="{x:g}" y="{y + 4:.1f}">{escape(line.label)}</text>')
    return found


def _spread(ends: Sequence[float]) -> list[float]:
    """The places of the labels, moved apart where they would cover each other, within the box."""
    order = sorted(range(len(ends)), key=lambda place: ends[place])
    found = [0.0] * len(ends)
    floor_ = TOP
    for place in order:
        found[place] = max(ends[place], floor_)
        floor_ = found[place] + APART
    ceiling = HEIGHT - BOTTOM
    for place in reversed(order):
        found[place] = min(found[place], ceiling)
        ceiling = found[place] - APART
    return found


def _scale(low: float, high: float, first: float, last: float) -> Callable[[float], float]:
    def placed(value: float) -> float:
        return first + (float(value) - low) / (high - low) * (last - first)

    return placed


def _ends(values: Sequence[float]) -> tuple[float, float]:
    return float(min(values)), float(max(values))


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers from the first below `low` to the first above `high`, about five of them."""
    rough = (high - low) / 5.0
    power = 10.0 ** floor(log10(rough))
    step = next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= rough * 0.999)
    first, last = ceil(low / step - 1e-6), ceil(high / step - 1e-6)
    return [step * each for each in range(first, last + 1)]


def _inside(low: float, high: float) -> list[float]:
    return [step for step in _ticks(low, high) if step <= high * (1.0 + 1e-9)]


def _number(value: float, steps: Sequence[float], times: float = 1.0) -> str:
    step = times * (steps[1] - steps[0])
    places = max(0, -floor(log10(step) + 1e-9)) + (abs(step / 10 ** floor(log10(step) + 1e-9) - 2.5) < 1e-6)
    return f"{value:.{places}f}".replace("-", "−")
