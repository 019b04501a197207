"""The command line: parse, delegate, print.

Exit codes: 0 right, 1 the input is wrong, 2 usage, 3 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tightrope import __version__
from tightrope.errors import CaseError, TightropeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tightrope.job import Progress

SHIPPED = "kazakhstan-2022"
WRONG_INPUT, OUR_FAULT, INTERRUPTED = 1, 3, 130


def main() -> NoReturn:
    """Run the command line and exit with the code that says how it went."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, _terminated)
    try:
        cli.main(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(0)
    except click.exceptions.Exit as asked:
        sys.exit(asked.exit_code)
    except click.ClickException as usage:
        usage.show()
        sys.exit(usage.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted: nothing was finished, nothing was written", err=True)
        sys.exit(INTERRUPTED)
    except TightropeError as error:
        click.echo(f"error: {error}" if not isinstance(error, CaseError) else _faults(error), err=True)
        sys.exit(WRONG_INPUT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"error: the output cannot be written: {error.strerror or error}", err=True)
        sys.exit(WRONG_INPUT)
    except Exception as fault:
        if os.environ.get("TIGHTROPE_TRACE"):
            raise
        click.echo(f"a fault of ours: {type(fault).__name__}: {fault}", err=True)
        click.echo("Please report it; TIGHTROPE_TRACE=1 shows where it happened.", err=True)
        sys.exit(OUR_FAULT)


def _terminated(number: int, frame: object) -> NoReturn:
    """Be ended as by Ctrl-C: what is finished is kept, and no worker is left behind."""
    raise KeyboardInterrupt


def _faults(error: CaseError) -> str:
    count = len(error.faults)
    return f"{error}\n{count} fault{'s' if count != 1 else ''}; the case was not loaded"


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
      tightrope check my-case/
      tightrope new my-case                             begin a case for another state
      tightrope serve                                   the web app, for moving levers
    """


def _date(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; give it as 2022-06-30") from None


def _settings(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, float]:
    found = {}
    for item in values:
        path, sign, number = item.partition("=")
        try:
            found[path.strip()] = float(number)
        except ValueError:
            sign = ""
        if not sign or found[path.strip()] != found[path.strip()] or abs(found[path.strip()]) == float("inf"):
            raise click.BadParameter(f"{item!r} is no setting; give it as parameters.risk_aversion=3")
    return found


Command = Callable[..., Any]


def _ensemble_options(command: Command) -> Command:
    """The options of every command that runs an ensemble."""
    for option in reversed(
        (
            click.option("--runs", type=click.IntRange(1, 1_000_000), default=1000, show_default=True,
                         help="How many futures to simulate."),
            click.option("--months", type=click.IntRange(1, 240), help="Horizon; default the case's own."),
            click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True,
                         help="Same case, seed and versions give the same bits."),
            click.option("--as-of", "as_of", metavar="DATE", callback=_date,
                         help="Know nothing published after this day; start in the month after it."),
            click.option("--without", multiple=True, metavar="SOURCE",
                         help="Leave a source out (again for several)."),
            click.option("--set", "settings", multiple=True, metavar="PATH=VALUE", callback=_settings,
                         help="Set parameters.NAME or figures.ID (again for several)."),
            click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True,
                         help="Processes; the results are the same bits for any number."),
            click.option("--out", type=click.Path(path_type=Path), metavar="DIR",
                         help="Folder for the files; default runs/CASE-SEED-N, never overwritten."),
            click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text."),
            click.option("--quiet", is_flag=True, help="Print only where the files are."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@cli.command("run", short_help="Run a case and write its report.")
@click.argument("case", default=SHIPPED)
@click.option("--scenario", metavar="ID", help="Run a scenario of the case instead of its baseline.")
@click.option("--compare/--no-compare", "compared", default=True,
              help="Also run the case's scenarios for the report.")  # fmt: skip
@_ensemble_options
def run_command(
    case: str, scenario: str | None, compared: bool, as_json: bool, quiet: bool, **options: Any
) -> None:
    """Run CASE and write result.nc, summary.csv, report.html, findings.json and manifest.json.

    \b
    Examples:
      tightrope run kazakhstan-2022 --runs 1000 --months 36 --seed 1 --json
      tightrope run --scenario russia_tied_down --set parameters.choice_intensity=0
    """
    from tightrope.job import Asked, run_case

    with _progress(as_json or quiet) as progress:
        job = run_case(case, scenario, compared, Asked(progress=progress, **options))
    if as_json:
        click.echo(json.dumps(job.as_data(), ensure_ascii=False))
    elif quiet:
        click.echo(job.folder)
    else:
        from tightrope.report.terminal import show

        show(job.findings, job.folder)
    if job.interrupted:
        made = job.result.manifest
        rest = "" if made.runs < made.asked else "; scenarios or leaving sources out were cut short"
        click.echo(f"interrupted: {made.runs} of {made.asked} runs kept in {job.folder}{rest}", err=True)
        sys.exit(INTERRUPTED)


@cli.command("compare", short_help="Set scenarios against the baseline, run by run.")
@click.argument("scenarios", nargs=-1, required=True)
@click.option("--case", default=SHIPPED, show_default=True, help="A case folder, or a shipped case.")
@click.option("--all", "every", is_flag=True, help="Show every outcome, not only the focus state's.")
@_ensemble_options
def compare_command(
    scenarios: tuple[str, ...], case: str, every: bool, as_json: bool, quiet: bool, **options: Any
) -> None:
    """Run the baseline and SCENARIOS with common random numbers and print what differs.

    \b
    Example:
      tightrope compare fuel_shock fuel_shock_without_cap --runs 5000
    """
    from tightrope.job import Asked, compare_scenarios

    with _progress(as_json or quiet) as progress:
        comparison = compare_scenarios(case, scenarios, Asked(progress=progress, **options))
    if as_json:
        click.echo(json.dumps(comparison.as_data(), ensure_ascii=False))
    elif quiet:
        click.echo(comparison.folder)
    else:
        from tightrope.report.terminal import show_comparison

        show_comparison(comparison.differences, comparison.focus, every)
        click.echo(f"Files: {comparison.folder}")
    if comparison.interrupted:
        click.echo(f"interrupted: {len(comparison.differences)} of {len(scenarios)} scenarios kept", err=True)
        sys.exit(INTERRUPTED)


@cli.command(short_help="Validate a case: all errors at once.")
@click.argument("case", default=SHIPPED)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option("--quiet", is_flag=True, help="Print nothing if all is well.")
def check(case: str, as_json: bool, quiet: bool) -> None:
    """Read CASE, name every fault with its place and remedy, and exit 1 if there is any.

    \b
    Example:
      tightrope check my-case/
    """
    from tightrope.job import check_case

    summary, faults = check_case(case)
    if as_json:
        click.echo(json.dumps({"case": case, "ok": not faults, "faults": faults, **summary}))
    elif faults:
        click.echo("\n".join(str(fault) for fault in faults), err=True)
        click.echo(f"{len(faults)} fault{'s' if len(faults) != 1 else ''}", err=True)
    elif not quiet:
        click.echo(f"{case}: no faults. " + ", ".join(f"{count} {what}" for what, count in summary.items()))
    if faults:
        sys.exit(WRONG_INPUT)


@cli.command("new", short_help="Write the skeleton of a case for another state.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default="Exampleland", show_default=True, help="The state's name.")
@click.option("--code", default="XAA", show_default=True, help="Its three letters, as in ISO 3166-1.")
def new_command(folder: Path, name: str, code: str) -> None:
    """Write a commented case into DIR, which checks and runs as it stands, to be filled file by file.

    Every number in it is a placeholder that says so. A folder that holds something is left as it is.

    \b
    Examples:
      tightrope new my-case
      tightrope new moldova-2024 --name Moldova --code MDA
    """
    from tightrope.job import new_case

    written = new_case(folder, name, code)
    click.echo(f"{folder}: {len(written)} files, from case.yaml on; {folder / 'schemas'} is for editors")
    click.echo(f"Next: tightrope check {folder}")


@cli.command(short_help="Serve the web app.")
@click.argument("case", default=SHIPPED)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Listen here. Anything but this machine lets others in: there is no password.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
@click.option(
    "--workspace",
    type=click.Path(path_type=Path),
    default=Path("tightrope-workspace"),
    show_default=True,
    metavar="DIR",
    help="Where scenarios and cases are saved.",
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Your own texts of the sources, to show passages from; found by their SHA-256.",
)
@click.option("--open/--no-open", "opened", default=None, help="Open a browser; by default on a terminal.")
@click.option("--quiet", is_flag=True, help="Print nothing but the address.")
def serve(case: str, **options: Any) -> None:
    """Serve CASE as a web app: judgements, levers, map, warnings and evidence, on the same model.

    CASE is a shipped case or one saved in the workspace. The app listens on this machine only, unless --host says
    otherwise. Ctrl-C ends it.

    \b
    Examples:
      tightrope serve
      tightrope serve serbia-2022 --port 0
      tightrope serve --texts ~/reports --workspace ~/tightrope
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):  # more threads only get in each other's way
        os.environ.setdefault(name, "1")
    from tightrope.report.server import Served, serve_app

    serve_app(Served(case=case, say=lambda text: click.echo(text, err=True), **options))


@cli.command(short_help="Print the JSON Schema of a case file.")
@click.argument("part", default="whole")
def schema(part: str) -> None:
    """Print the JSON Schema of PART (case, claims, figures, scenario, …), or of a whole case.

    \b
    Example:
      tightrope schema figures > figures.schema.json
    """
    from tightrope.job import schema_text

    click.echo(schema_text(part))


@cli.command(short_help="How to cite tightrope.")
def cite() -> None:
    """Print how to cite this version, as text and as BibTeX."""
    from tightrope.report.citation import bibtex, citation

    click.echo(f"{citation()}\n")
    click.echo(bibtex())


@cli.command(short_help="Print the version.")
def version() -> None:
    """Print the version."""
    click.echo(__version__)


@contextmanager
def _progress(silent: bool) -> Iterator[Progress | None]:
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
