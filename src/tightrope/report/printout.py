"""The parts of the terminal report that follow the outcomes: subjects, breaks, beliefs, readings, questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tightrope.report import words
from tightrope.report.findings import Findings
from tightrope.report.rupture import sentence

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from tightrope.report.reading import Cell, Row


def sections(findings: Findings) -> Iterator[RenderableType]:
    """Everything beside judgements and outcomes, shortest first."""
    yield _rupture(findings)
    yield _subjects(findings)
    if findings.sincerity is not None:
        yield from _sincerity(findings)
    yield from _readings(findings)
    if findings.occasional:
        yield _occasional(findings)
    if findings.replies:
        yield _replies(findings)


def _table(title: str, *headings: str) -> Table:
    """A table without lines: text on the left, numbers on the right."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", box=None)
    table.add_column(headings[0], ratio=1)
    for heading in headings[1:]:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _rupture(findings: Findings) -> RenderableType:
    from rich.text import Text

    found = findings.rupture
    text = Text(f"{found.title}\n", style="italic")
    text.append(f"{sentence(found)} {found.reading}\n", style="not italic")
    for cause in found.causes:
        low, mean, high = cause.shown
        text.append(f"{cause.title}: unrest {mean} points ({low} to {high})\n", style="not italic")
    text.append(f"{found.cause_reading}\n", style="not italic dim")
    return text


def _subjects(findings: Findings) -> RenderableType:
    from rich.text import Text

    table = _table(f"{findings.about.focus}, subject by subject", "Outcome", "Mean", "Range", "Unit")
    for subject in findings.subjects:
        table.add_row(Text(subject.title, style="italic"), "", "", "")
        for line in subject.lines:
            low, mean, high = line.shown
            table.add_row(Text(f"  {line.label}"), Text(mean, style="bold"), f"{low} to {high}", line.unit)
        for said in subject.said:
            table.add_row(Text(f"  {said.text}", style="dim"), "", "", "")
    return table


def _sincerity(findings: Findings) -> Iterator[RenderableType]:
    from rich.text import Text

    found = findings.sincerity
    if found is None:
        return
    for audience, name in found.audiences:
        title = f"Does {name} believe it? Mean in percent, {found.runs:,} runs"
        table = _table(title, "Read", "Prior", "Start", "End", "Change at start", "90 % interval")
        for reader in found.readers:
            beliefs = reader.beliefs[audience]
            means = [f"{one.mean:.0f}" for one in beliefs]
            start = beliefs[1]
            change, low, high = (words.signed(each, 1) for each in (start.change, start.low, start.high))
            last = (change, f"{low} to {high}") if reader.without else ("", "")
            label = f"Without {reader.without} ({reader.carries})" if reader.without else reader.title
            table.add_row(Text(label), *means, *last)
        yield table


def _readings(findings: Findings) -> Iterator[RenderableType]:
    from rich.text import Text

    for found in findings.readings:
        headings = (found.first_title, found.second_title, "Second less first")
        table = _table("Two readings; means with 90 % intervals", "Outcome", *headings, "Unit")
        for heading in table.columns[1:4]:
            heading.no_wrap = False
        for row in found.rows:
            cells = (f"{cell.shown[1]} ({cell.shown[0]} to {cell.shown[2]})" for cell in _cells(row))
            table.add_row(Text(row.label), *cells, row.unit)
        yield table
        yield Text(f"{found.said}\n")


def _cells(row: Row) -> tuple[Cell, ...]:
    return row.first, row.second, row.between


def _occasional(findings: Findings) -> RenderableType:
    from rich.text import Text

    table = _table("Why the model chose this, on occasion: mean log-odds", "Choice", "Occasions", "Log-odds")
    for why in findings.occasional:
        most = max(why.rows, key=lambda row: abs(row.mean))
        label = Text(f"{why.title}; most by {most.account} {words.signed(most.mean)} ({most.words})")
        table.add_row(label, f"{why.occasions:,}", words.signed(why.total))
    return table


def _replies(findings: Findings) -> RenderableType:
    from rich.text import Text

    table = _table("The case's questions", "Question", "Answer", "Range")
    for reply in findings.replies:
        open_ = reply.answer is None
        table.add_row(
            Text(reply.text), Text(reply.answer or "open", style="bold"), "" if open_ else reply.range
        )
    return table
