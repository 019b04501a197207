"""What `tightrope run` prints: key judgements, then outcomes with intervals, the caveat, and the files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tightrope.engine.pairing import Difference
from tightrope.engine.result import CAVEAT
from tightrope.report import words
from tightrope.report.findings import Findings
from tightrope.report.judgement import Judgement
from tightrope.report.page import PAGE
from tightrope.report.printout import sections

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

BAR = 30
LISTED = 20


def plain_console() -> Console:
    """The terminal, leaving it to the caller what a closed pipe means."""
    from rich.console import Console

    class Piped(Console):
        """Rich exits with 1 where the reader has gone; that is no error of ours."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Piped()


def show(findings: Findings, folder: Path | None = None, console: Console | None = None) -> None:
    """Print the findings; what the case says is printed as it is, never as markup."""
    from rich.text import Text

    to = console or plain_console()
    to.print(_heading(findings))
    for place, judgement in enumerate(findings.judgements, start=1):
        to.print(_judgement(place, judgement))
    to.print(_outcomes(findings))
    to.print()
    for section in sections(findings):
        to.print(section)
        to.print()
    if findings.about.without:
        to.print(_changes(findings))
    to.print(Text(findings.caveats[0], style="bold"))
    for line in (*findings.caveats[1:], *findings.making.warnings):
        to.print(Text(line, style="dim"))
    if folder is not None:
        to.print(Text(f"\nFiles: {folder}\nReport: {folder / PAGE}"), soft_wrap=True)


def show_comparison(
    differences: Mapping[str, Mapping[str, Difference]],
    focus: str,
    every: bool = False,
    console: Console | None = None,
) -> None:
    """Print what scenarios change against the baseline: means of paired differences with 90 % intervals.

    Only the outcomes of the state `focus` (its prefix, as in `kaz`) whose interval leaves out zero,
    unless `every`.
    """
    from rich.table import Table
    from rich.text import Text

    to = console or plain_console()
    for scenario, found in differences.items():
        table = Table(title=Text(f"{scenario} less baseline"), title_justify="left", box=None)
        table.add_column("Outcome", ratio=1)
        for heading in ("Mean", "90 % interval", "Unit"):
            table.add_column(heading, justify="left" if heading == "Unit" else "right", no_wrap=True)
        wanted = [one for one in found.values() if every or _telling(one, focus)]
        for one in wanted:
            low, mean, high = (
                words.amount(each, one.unit, signed=True) for each in (one.low, one.mean, one.high)
            )
            unit = "points" if one.unit in ("share", "probability") else words.unit_shown(one.unit)
            table.add_row(Text(one.label), Text(mean, style="bold"), f"{low} to {high}", Text(unit))
        to.print(table if wanted else Text(f"{scenario}: no outcome differs by more than chance may do"))
        to.print()
    to.print(Text(CAVEAT, style="bold"))


def _telling(found: Difference, focus: str) -> bool:
    return found.name.startswith(f"{focus}.") and (found.low > 0 or found.high < 0)


def _heading(findings: Findings) -> RenderableType:
    from rich.text import Text

    about = findings.about
    scenario = f" · {about.scenario_title}" if about.scenario_title else ""
    settings = "".join(f" · set {path} = {value:g}" for path, value in about.settings)
    text = Text(f"{about.title}\n", style="bold")
    text.append(
        f"known up to {about.as_of} · {about.first_month} to {about.last_month} · {about.runs:,} runs · "
        f"seed {about.seed}{scenario}{settings}\n",
        style="not bold dim",
    )
    return text


def _judgement(place: int, judgement: Judgement) -> RenderableType:
    from rich.text import Text

    text = Text()
    text.append(f"{place}. {judgement.statement}\n", style="bold")
    text.append(
        f"{_gauge(judgement)} {words.hundred(judgement.frequency)} of 100 runs; range {judgement.range}\n"
    )
    if judgement.sides.meaning and judgement.carried:
        text.append(f"{judgement.sides.meaning}\n", style="dim")
    if judgement.baseline:
        text.append(f"{judgement.baseline}\n")
    for weight in judgement.carried:
        text.append(
            f"+ {weight.claim.paraphrase} ({', '.join(weight.sources)}; {weight.effect})\n", style="dim"
        )
    if judgement.against:
        against = judgement.against
        text.append(
            f"− {against.claim.paraphrase} ({', '.join(against.sources)}; {against.effect})\n", style="dim"
        )
    if judgement.moved_by_source:
        text.append(f"Report that moves it most: {judgement.moved_by_source}\n", style="dim")
    return text


def _gauge(judgement: Judgement) -> str:
    """The range and the frequency on a line from 0 to 100."""
    marks = ["·"] * (BAR + 1)
    for place in range(round(judgement.low * BAR), round(judgement.high * BAR) + 1):
        marks[place] = "─"
    marks[round(judgement.frequency * BAR)] = "●"
    return "".join(marks)


def _outcomes(findings: Findings) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(f"{findings.about.focus}, {findings.about.last_month}"), title_justify="left", box=None
    )
    table.add_column("Outcome", ratio=1)
    table.add_column("Mean", justify="right", no_wrap=True)
    table.add_column("Range", justify="right", no_wrap=True)
    table.add_column("Unit", no_wrap=True)
    for row in findings.outcomes:
        low, mean, high = row.shown
        table.add_row(Text(row.label), Text(mean, style="bold"), Text(f"{low} to {high}"), Text(row.unit))
    return table


def _changes(findings: Findings) -> RenderableType:
    """What leaving sources out changed of what runs start from."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    without = words.listed(findings.about.without)
    if not findings.changes:
        return Text(f"Without {without} nothing changes of what runs start from.\n")
    table = Table(title=Text(f"Without {without}"), title_justify="left", box=None)
    for heading in ("What", "Before", "After"):
        table.add_column(heading, overflow="fold")
    for change in findings.changes[:LISTED]:
        table.add_row(Text(f"{change.kind}: {change.what}"), Text(change.before), Text(change.after))
    more = len(findings.changes) - LISTED
    return Group(table, Text(f"and {more} more, listed in the report\n" if more > 0 else "", style="dim"))
