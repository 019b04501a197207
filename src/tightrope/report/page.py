"""The report as one file: no request leaves it, and everything is readable without its script."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tightrope.engine.output import write_text
from tightrope.report import chart, words
from tightrope.report.evidence import ClaimNote
from tightrope.report.findings import Findings

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE = "report.html"


def write_page(findings: Findings, folder: Path) -> Path:
    """Write `report.html` into an existing folder, whole or not at all, and return its path.

    Raises:
        OutputError: disk full, folder read-only or gone.
    """
    path = folder / PAGE
    write_text(path, page(findings))
    return path


def page(findings: Findings) -> str:
    """The report as one HTML document; whatever the case says is text in it, never markup."""
    style, script = _static("report.css"), _static("report.js")
    by_source: dict[str, list[ClaimNote]] = {}
    for claim in findings.claims:
        by_source.setdefault(claim.source, []).append(claim)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            f=findings,
            style=style,
            script=script,
            style_hash=_digest(style),
            script_hash=_digest(script),
            by_source=by_source,
            chart=chart,
            words=words,
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader("tightrope.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["ours"] = lambda text: Markup(text)  # our own static files, which hold no case's text
    made.globals["hundred"] = words.hundred
    return made


@lru_cache(maxsize=4)
def _static(name: str) -> str:
    return files("tightrope.report").joinpath("static", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def report(
    result: Any,
    comparisons: Any,
    known: Any,
    blueprint: Any,
    folder: Path | str,
    **options: Any,
) -> Path:
    """Gather the findings of a result (see `findings.find` for the arguments) and write its page."""
    from tightrope.report.findings import find

    return write_page(find(result, comparisons, known, blueprint, **options), Path(folder))
