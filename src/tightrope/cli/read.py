"""The command that reads reports: `read`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from tightrope.cli.group import WRONG_INPUT, cli, progress


@cli.command("read", short_help="Read reports: statements, events, positions, figures, conflicts.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder for what is found; a second call goes on where one was cut short.")  # fmt: skip
@click.option("--case", metavar="CASE", help="Also know the actors of this case.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option("--quiet", is_flag=True, help="Print only where the files are.")
def read_command(
    files: tuple[Path, ...], out: Path, case: str | None, as_json: bool, quiet: bool
) -> None:
    """Read FILES (text, HTML, PDF, feeds, folders of them) and write what they hold into DIR as JSON lines.

    Nothing is fetched. A report in another language than English is named and set aside; a file that cannot be read is
    named with the reason, the others are read, and the exit code is 1.

    \b
    Examples:
      tightrope read reports/ --out found
      tightrope read talks.txt summit.html paper.pdf feed.xml --out found --json
      tightrope read reports/ --case kazakhstan-2022 --out found
    """
    from tightrope.job import read_files

    with progress(as_json or quiet) as bar:
        corpus = read_files(files, out, case, bar, lambda line: click.echo(f"error: {line}", err=True))
    if as_json:
        click.echo(json.dumps(corpus.as_data(), ensure_ascii=False))
    elif quiet:
        click.echo(corpus.folder)
    else:
        click.echo("\n".join(corpus.as_text()))
    if corpus.faults:
        sys.exit(WRONG_INPUT)
