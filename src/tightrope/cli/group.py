"""The group that all commands stand in, and what they share: the shipped case, exit codes, a progress bar."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tightrope import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tightrope.job import Progress

SHIPPED = "kazakhstan-2022"
WRONG_INPUT, OUR_FAULT, INTERRUPTED = 1, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="tightrope")
def cli() -> None:
    """A state between great powers: from what is reported to what may follow, with sources and error bars.

    CASE is a folder with a case.yaml, or the name of a shipped case (kazakhstan-2022, the default; serbia-2022).

    \b
    Examples:
      tightrope run                                     the shipped case, 1,000 runs, three years
      tightrope run --without report_002                what rests on one report?
      tightrope run --as-of 2021-12-31                  what was to be seen before January 2022?
      tightrope compare secondary_sanctions russia_tied_down
      tightrope read reports/ --out found               what is reported, and where do reports disagree?
      tightrope update kazakhstan-2022 report.txt       what does a new report change?
      tightrope check my-case/
      tightrope new my-case                             begin a case for another state
      tightrope serve                                   the web app, for moving levers
    """


@contextmanager
def progress(silent: bool) -> Iterator[Progress | None]:
    """A progress bar on a terminal; nothing elsewhere."""
    if silent or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done)

        yield report
