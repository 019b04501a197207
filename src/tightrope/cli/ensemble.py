"""Commands that run an ensemble: `run`, `compare`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from tightrope.cli.group import INTERRUPTED, SHIPPED, cli, progress


def a_day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A day as the value of an option."""
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
            click.option("--as-of", "as_of", metavar="DATE", callback=a_day,
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

    with progress(as_json or quiet) as bar:
        job = run_case(case, scenario, compared, Asked(progress=bar, **options))
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

    with progress(as_json or quiet) as bar:
        comparison = compare_scenarios(case, scenarios, Asked(progress=bar, **options))
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
