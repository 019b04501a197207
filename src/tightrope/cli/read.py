"""The command that reads reports: `read`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from tightrope.cli.group import WRONG_INPUT, cli, progress


@cli.command("read", short_help="Read reports: statements, events, positions, figures, conflicts.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder for what is found; a second call goes on where one was cut short.")  # fmt: skip
@click.option("--case", metavar="CASE", help="Also know the actors of this case.")
@click.option(
    "--cluster",
    is_flag=False,
    flag_value="here",
    metavar="[ADDRESS]",
    help="Read on a dask cluster at tcp://HOST:PORT, or, written last, on this machine's cores.",
)
@click.option(
    "--embed",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Link passages by a sentence model: a folder with model.onnx and tokenizer.json.",
)
@click.option("--spacy", metavar="MODEL", help="Also take names from this spaCy model, by name or folder.")
@click.option(
    "--language-model",
    "address",
    metavar="ADDRESS",
    help="Also ask a language model (OpenAI-compatible, http://HOST:PORT/v1; key: TIGHTROPE_API_KEY). "
    "It is sent the reports; what it says counts where its passage stands word for word.",
)
@click.option("--model", default="default", show_default=True, help="Which language model to ask for.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option("--quiet", is_flag=True, help="Print only where the files are.")
def read_command(
    files: tuple[Path, ...],
    out: Path,
    case: str | None,
    cluster: str | None,
    as_json: bool,
    quiet: bool,
    **aids: Any,
) -> None:
    """Read FILES (text, HTML, PDF, feeds, folders of them) and write what they hold into DIR: JSON lines and a page.

    Nothing is fetched. A report in another language than English is named and set aside; a file that cannot be read is
    named with the reason, the others are read, and the exit code is 1.

    \b
    Examples:
      tightrope read reports/ --out found
      tightrope read talks.txt summit.html paper.pdf feed.xml --out found --json
      tightrope read reports/ --case kazakhstan-2022 --out found
      tightrope read archive/ --out found --cluster
    """
    from tightrope.evidence.backend import Wanted
    from tightrope.job import Reading, read_files

    if cluster not in (None, "here") and "://" not in str(cluster):
        raise click.UsageError(
            f"{cluster!r} is no address of a cluster; put --cluster behind FILES, or give tcp://HOST:PORT"
        )
    with progress(as_json or quiet) as bar:
        asked = Reading(out, case, bar, lambda line: click.echo(f"error: {line}", err=True), cluster)
        corpus = read_files(files, asked, Wanted(**aids))
    if as_json:
        click.echo(json.dumps(corpus.as_data(), ensure_ascii=False))
    elif quiet:
        click.echo(corpus.folder)
    else:
        click.echo("\n".join(corpus.as_text()))
    if corpus.faults:
        sys.exit(WRONG_INPUT)
