"""The command that says what a new report changes: `update`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tightrope.cli.ensemble import a_day
from tightrope.cli.group import INTERRUPTED, cli, progress

if TYPE_CHECKING:
    from tightrope.report.suggestion import Suggested
    from tightrope.report.update import Accepted, Base, Updated

QUIT, EVERY, NO_ONE = "quit", "all", "none"
ANSWERS = {"a": "accept", "r": "refuse", "all": EVERY, "none": NO_ONE, "q": QUIT, "quit": QUIT}


@cli.command("update", short_help="See what a new report changes, and take from it what you accept.")
@click.argument("case")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--accept", multiple=True, metavar="all|none|ID", help="Do not ask; accept these (again for several)."
)
@click.option(
    "--proposals",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what is proposed into FILE, to be edited, and end there.",
)
@click.option(
    "--decide",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Take the decisions from FILE, which --proposals wrote; FILES are not read again.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write the case with what was accepted into DIR; CASE itself stays as it is.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="SOURCE",
    help="Start from the case as if it had never read this source (again for several).",
)
@click.option(
    "--as-of",
    "as_of",
    metavar="DATE",
    callback=a_day,
    help="Run what was known on this day, or on that of the report if it came out later.",
)
@click.option("--published", metavar="DATE", help="When the reports came out, where they do not say.")
@click.option("--source", metavar="ID", help="What to call the new source; default after its file.")
@click.option(
    "--runs", type=click.IntRange(1, 100_000), default=500, show_default=True, help="Futures on each side."
)
@click.option("--months", type=click.IntRange(1, 240), help="Horizon; default the case's own.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=1,
    show_default=True,
    help="Both sides draw the same random numbers from it.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object; asks nothing, accepts --accept."
)
@click.option("--quiet", is_flag=True, help="Print only where the case is, or nothing.")
def update(
    case: str,
    files: tuple[Path, ...],
    accept: tuple[str, ...],
    proposals: Path | None,
    decide: Path | None,
    out: Path | None,
    without: tuple[str, ...],
    published: str | None,
    source: str | None,
    as_json: bool,
    quiet: bool,
    **wanted: Any,
) -> None:
    """Read FILES, propose what they would add to CASE, and show what the accepted claims change.

    Every claim comes with its passage, its place and what it would set in the model. You accept or refuse each one;
    nothing enters a case by itself, and CASE is never written to. Then the key judgements are shown before and after,
    run with the same random numbers, and which claim moved each.

    \b
    Examples:
      tightrope update kazakhstan-2022 report.txt
      tightrope update kazakhstan-2022 report.txt --proposals claims.yaml
      tightrope update kazakhstan-2022 --decide claims.yaml --out my-case
      tightrope update kazakhstan-2022 report_002.txt --without report_002 --accept all
      tightrope update my-case report.html --published 2022-07-01 --accept on_join_sanctions.report
    """
    if bool(files) == bool(decide):
        raise click.UsageError("give FILES to read, or --decide FILE with the decisions on them")
    from tightrope.report.suggestion import Told
    from tightrope.report.update import Wanted, base, effects, saved, trial, updated

    silent = as_json or quiet
    made = base(case, without)
    found: Sequence[Suggested] = ()
    if decide is None:
        found = _proposed(made, files, Told(published, source), silent)
    if proposals is not None:
        _written(proposals, found)
        return
    accepted = _from_file(decide) if decide else _decided(found, accept, silent)
    if accepted is None:
        click.echo("ended: nothing was accepted, nothing was written", err=True)
        return
    done, how = updated(made, accepted), Wanted(**wanted)
    compared = trial(made, done, how)
    folder = saved(done, out) if out is not None and done.accepted else None
    try:
        with progress(silent) as bar:
            told = effects(done, compared, bar)
    except KeyboardInterrupt:
        kept = f"the case with what you accepted is in {folder}" if folder else "nothing was written"
        click.echo(f"interrupted before it was run to the end; {kept}", err=True)
        sys.exit(INTERRUPTED)
    _said(done, found, told, folder, as_json, quiet)


def _proposed(made: Base, files: Sequence[Path], told: Any, silent: bool) -> Sequence[Suggested]:
    """What the reports propose; why a file was set aside is said at once."""
    from tightrope.report.intake import intake
    from tightrope.report.update import proposals

    with progress(silent) as bar:
        read = intake(made.case, files, bar)
    for name, why in read.aside:
        click.echo(f"set aside: {name}: {why}", err=True)
    return proposals(made, read.findings, told)


def _written(path: Path, found: Sequence[Suggested]) -> None:
    from tightrope.engine.output import write_text
    from tightrope.report.decision import written

    if path.exists():
        raise click.UsageError(f"{path} exists, and nothing is overwritten; name another file")
    write_text(path, written(found))
    count = sum(len(one.claims) for one in found)
    click.echo(f"{path}: {count} claim{'s' if count != 1 else ''} proposed, each with `accept: false`")


def _from_file(path: Path) -> Sequence[Accepted]:
    from tightrope.case.text import read_text
    from tightrope.report.decision import decided

    return decided(str(path), read_text(path, path.parent))


def _decided(found: Sequence[Suggested], accept: tuple[str, ...], silent: bool) -> Sequence[Accepted] | None:
    """What is accepted: as the options say, else as the user answers; None where he ends it."""
    from tightrope.report.update import chosen

    if accept or silent:
        return chosen(found, accept)
    names = _asked(found)
    return None if names is None else chosen(found, names)


def _asked(found: Sequence[Suggested]) -> list[str] | None:
    """Ask about each claim in turn; refused is what is not accepted."""
    from tightrope.report.shift import show_claim, show_source

    accepted: list[str] = []
    for one in found:
        show_source(one)
        for place, claim in enumerate(one.claims, start=1):
            show_claim(claim, place, len(one.claims))
            answer = _answer()
            if answer == QUIT:
                return None
            if answer == EVERY:
                accepted += [each.id for each in one.claims[place - 1 :]]
            if answer in (EVERY, NO_ONE):
                break
            if answer == "accept":
                accepted.append(claim.id)
    return accepted


def _answer() -> str:
    """One answer; at the end of the input the rest is refused."""
    try:
        asked = click.prompt(
            "[a]ccept, [r]efuse, all or none of the rest, [q]uit",
            default="r",
            type=click.Choice(list(ANSWERS), case_sensitive=False),
            show_choices=False,
        )
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo("\nno more answers: the rest is refused", err=True)
        return NO_ONE
    return ANSWERS[asked]


def _said(
    done: Updated,
    found: Sequence[Suggested],
    told: dict[str, Any],
    folder: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Print what came of it."""
    from tightrope.report.shift import show_effect
    from tightrope.report.update import stated

    if as_json:
        proposed = [stated(one, claim) for one in found for claim in one.claims]
        sources = [{"doc": one.doc, "source": one.source, "held": one.held} for one in found]
        body = {"sources": sources, "proposed": proposed, "accepted_claims": list(done.names), **told}
        click.echo(json.dumps({**body, "out": str(folder) if folder else None}, ensure_ascii=False))
        return
    if quiet:
        if folder:
            click.echo(str(folder))
        return
    show_effect(told)
    if folder is not None:
        click.echo(f"\nThe case with {len(done.names)} claims more: {folder}")
    elif done.accepted:
        click.echo("\nNothing was written; --out DIR keeps the case with what you accepted.")
