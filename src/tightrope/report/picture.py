"""A chart over time as a picture file of its own: SVG with its colours, and a line that says of what it is."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from tightrope.report.chart import Drawing

# Room above the chart for its title, below it for the line that says of what it is.
ABOVE, BELOW, SIDE = 30.0, 26.0, 12.0
STYLE = (
    "text{font:12px system-ui,'Segoe UI',Roboto,Arial,sans-serif;fill:#555e67}"
    ".heading{font:600 15px Charter,Georgia,serif;fill:#1b1f23}.value{font-weight:600;font-size:13px;fill:#1b1f23}"
    ".x{text-anchor:middle}.y{text-anchor:end}.foot{font-size:9px}"
    ".grid{stroke:#dcd8cf;fill:none}.notch,.zero{stroke:#555e67;fill:none}"
    ".outer{fill:#d3e4ef}.inner{fill:#92bedb}.middle{stroke:#0b5c8a;stroke-width:2.2;fill:none}.end{fill:#0b5c8a}"
)


def svg(drawing: Drawing, foot: str) -> str:
    """The picture; `foot` says of which case and how many runs it is."""
    width, height = drawing.width + 2 * SIDE, drawing.height + ABOVE + BELOW
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{2 * width:g}" '
        f'height="{2 * height:g}" role="img" aria-label={quoteattr(drawing.title)}>',
        f"<title>{escape(drawing.title)}</title><desc>{escape(drawing.description)}</desc>",
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fffdf9"/>',
        f'<g transform="translate({SIDE:g} {ABOVE:g})">',
        f'<text class="heading" x="0" y="-10">{escape(drawing.title)}</text>',
        f'<text class="unit" x="0" y="10">{escape(drawing.unit)}</text>',
        *_axes(drawing),
        *_bands(drawing),
        f'<text class="foot" x="0" y="{drawing.height + 14:g}">{escape(foot)}</text>',
        "</g></svg>",
    ]
    return "\n".join(lines) + "\n"


def _axes(drawing: Drawing) -> Iterator[str]:
    for tick in drawing.y:
        yield f'<path class="grid" d="M{drawing.left:g} {tick.at:g}H{drawing.right:g}"/>'
        yield f'<text class="y" x="{drawing.left - 6:g}" y="{tick.at + 4:g}">{escape(tick.label)}</text>'
    for tick in drawing.x:
        yield f'<path class="notch" d="M{tick.at:g} {drawing.bottom:g}v5"/>'
        yield f'<text class="x" x="{tick.at:g}" y="{drawing.bottom + 18:g}">{escape(tick.label)}</text>'


def _bands(drawing: Drawing) -> Iterator[str]:
    yield f'<path class="outer" d="{drawing.outer}"/>'
    if drawing.inner:
        yield f'<path class="inner" d="{drawing.inner}"/>'
    if drawing.zero is not None:
        yield f'<path class="zero" d="M{drawing.left:g} {drawing.zero:g}H{drawing.right:g}"/>'
    yield f'<path class="middle" d="{drawing.middle}"/>'
    yield f'<circle class="end" cx="{drawing.right:g}" cy="{drawing.end.at:g}" r="3"/>'
    yield (
        f'<text class="value" x="{drawing.right + 7:g}" y="{drawing.end.at + 4.5:g}">'
        f"{escape(drawing.end.label)}</text>"
    )
