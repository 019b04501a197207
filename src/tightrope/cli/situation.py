"""Commands about a case itself: `check`, `new`, `schema`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from tightrope.cli.group import SHIPPED, WRONG_INPUT, cli


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
