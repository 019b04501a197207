"""The command that serves the web app."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from tightrope.cli.group import SHIPPED, cli


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
