"""Commands about tightrope itself: `cite`, `version`."""

from __future__ import annotations

import click

from tightrope import __version__
from tightrope.cli.group import cli


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
