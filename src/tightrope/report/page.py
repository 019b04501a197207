"""The report as one file: no request leaves it, and everything is readable without its script."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tightrope.engine.output import write_text
from tightrope.report import chart, words
from tightrope.report.evidence import ClaimNote
from tightrope.report.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from tightrope.engine.pairing import Difference
    from tightrope.engine.result import Result
    from tightrope.engine.simulate import Plan

PAGE = "report.html"
# End tags that HTML lets one leave out, which in long tables are a tenth of the page. What the case says is escaped
# and cannot hold one.
OPTIONAL = re.compile(
    r"</(?:td|th|tr|thead|tbody|li|dt|dd)>\n?"
    r"|</p>(?=\s*<(?:p|[uod]l|div|table|details|article|h\d|/(?:article|section|div|details|li))\b)"
)


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
    style, script = static("report.css"), static("theme.js") + "\n" + static("report.js")
    by_source: dict[str, list[ClaimNote]] = {}
    for claim in findings.claims:
        by_source.setdefault(claim.source, []).append(claim)
    whole = rendered("page.html.j2", style, script, f=findings, by_source=by_source, chart=chart, words=words)
    return OPTIONAL.sub("", whole)


def rendered(template: str, style: str, script: str, **shown: Any) -> str:
    """A page with its style, its script and the digests by which its own policy knows them."""
    hashes = {"style_hash": digest(style), "script_hash": digest(script)}
    return environment().get_template(template).render(style=style, script=script, **hashes, **shown)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of all pages; what is put into them is text, never markup."""
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


@lru_cache(maxsize=8)
def static(name: str) -> str:
    """One of our style sheets or scripts, without its indents."""
    text = files("tightrope.report").joinpath("static", name).read_text(encoding="utf-8")
    return "\n".join(line.strip() for line in text.splitlines())


def digest(text: str) -> str:
    """The SHA-256 by which a page's own policy knows its style or script."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def write_report(
    made: Plan,
    result: Result,
    folder: Path | str,
    comparisons: Mapping[str, Mapping[str, Difference]] | None = None,
) -> Path:
    """Gather the findings of a result and write its page into an existing folder; returns the page's path.

    Args:
        made: what was run (`engine.simulate.plan`), and `result` what came of it (`engine.simulate.run`).
        folder: where `report.html` goes, whole or not at all.
        comparisons: paired differences by scenario (`engine.pairing.paired`), if any were run.
    """
    from tightrope.report.findings import find

    return write_page(find(result, comparisons or {}, made.known, made.blueprint), Path(folder))
