"""Commands about roll calls of the UN General Assembly: `votes fit`, `votes figures`, `votes predict`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from tightrope.cli.group import cli, progress
from tightrope.cli.rollcalls import (
    AS_OF,
    FILES,
    JSON,
    SEED,
    SESSIONS,
    answers_given,
    codes_given,
    day_given,
    published_given,
    read_files,
    stand_ins,
)
from tightrope.cli.standing import show_prediction, show_standing

STATES = "KAZ,KGZ,UZB,RUS,CHN,USA"


@cli.group("votes", short_help="Where states stand, from their votes in the UN General Assembly.")
def votes() -> None:
    """Measure where states stand from roll calls of the UN General Assembly.

    FILES are the R files of the package unvotes, the UN Digital Library's CSV or Voeten's CSV; beside those that
    number roll calls by rcid, also Voeten's list of identical resolutions. What a file is, is told from its content.
    """


@votes.command("fit", short_help="Ideal points of all states, with intervals, and a page.")
@FILES
@click.option("--dims", type=click.IntRange(1, 3), default=1, show_default=True, help="How many dimensions.")
@SESSIONS
@AS_OF
@click.option(
    "--anchors",
    default="USA,RUS",
    show_default=True,
    metavar="CODES",
    callback=codes_given,
    help="Fix sign and rotation: the first stands above the second on dimension 1, a third is "
    "positive on 2, a fourth on 3.",
)
@click.option("--absence", is_flag=True, help="Model absence as a choice of its own.")
@click.option(
    "--settled",
    is_flag=True,
    help="Start with each session's common level where the published prior wants it: for all sessions, to compare "
    "with the published estimates.",
)
@click.option(
    "--states",
    default=STATES,
    show_default=True,
    metavar="CODES",
    callback=codes_given,
    help="States that the page names.",
)
@SEED
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the files; default runs/votes-SEED-N, never overwritten.",
)
@JSON
@click.option("--quiet", is_flag=True, help="Print only where the files are.")
def fit_command(
    files: tuple[Path, ...],
    sessions: tuple[int, ...] | None,
    as_of: str | None,
    states: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Estimate ideal points from FILES and write ideal_points.csv, items.csv, manifest.json and votes.html.

    Each estimate has a mean and the interval that holds 90 % of its posterior. Reading the R files takes half a
    minute once; what they hold is kept in your cache folder.

    \b
    Examples:
      tightrope votes fit un_votes.rda un_roll_calls.rda --sessions 46-74 --out ideal
      tightrope votes fit un_votes.rda un_roll_calls.rda matches.csv --dims 2 --as-of 2019-12-31
      tightrope votes fit ga_voting.csv --states ARM,GEO,RUS,USA --json
    """
    from tightrope.report.votes_job import fit_votes

    with progress(as_json or quiet) as bar:
        rolls = read_files(files, as_of, sessions, bar)
        done = fit_votes(rolls, files, states, out, progress=bar, as_of=as_of, **options)
    if as_json:
        click.echo(json.dumps(done.as_data(), ensure_ascii=False))
    elif quiet:
        click.echo(done.folder)
    else:
        show_standing(rolls, done.standing, states)
        click.echo(f"Files: {done.folder}")


@votes.command("figures", short_help="Ideal points as figures of a case, with their source.")
@click.argument("case")
@FILES
@click.option(
    "--for",
    "instead",
    multiple=True,
    metavar="ACTOR=STATE",
    callback=stand_ins,
    help="Let a state stand for an actor, as WEST=USA; other blocs take their members' mean.",
)
@click.option(
    "--published",
    required=True,
    metavar="DATE",
    callback=published_given,
    help="When the votes were published: from then on runs may know the figures.",
)
@click.option(
    "--source",
    default="tightrope_votes",
    show_default=True,
    metavar="ID",
    help="Id of the source that the claims name.",
)
@SESSIONS
@AS_OF
@click.option(
    "--last",
    type=click.IntRange(1, 20),
    default=3,
    show_default=True,
    help="How many of the last sessions are cited.",
)
@SEED
@click.option(
    "--write", "written", is_flag=True, help="Write them into CASE, a folder; otherwise print them."
)
@JSON
@click.option("--quiet", is_flag=True, help="Print nothing but what was asked for.")
def figures_command(
    case: str,
    files: tuple[Path, ...],
    instead: dict[str, str],
    sessions: tuple[int, ...] | None,
    as_of: str | None,
    written: bool,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Estimate ideal points from FILES and make the figures *.ideal_point of CASE from them.

    The last session gives three claims, the mean and both ends of the interval that holds 90 % of the posterior;
    sessions before it give their means. All are standardised over the states of their session. A source that nothing
    cites any more is taken out; nothing else in the files of the case is changed.

    \b
    Example:
      tightrope votes figures my-case un_votes.rda un_roll_calls.rda --for WEST=USA --as-of 2019-12-31
        --published 2020-02 --write
    """
    from tightrope.report.cite_job import Asked, cite_votes, write

    if written and not Path(case).is_dir():
        raise click.BadParameter(
            f"{case!r} is no folder; --write changes a case's own folder, never a shipped case"
        )
    with progress(as_json or quiet) as bar:
        rolls = read_files(files, as_of, sessions, bar)
        made = cite_votes(case, rolls, files, Asked(instead=instead, **options), progress=bar)
    if written:
        write(case, made)
    if as_json:
        click.echo(json.dumps(made.as_data(), ensure_ascii=False))
    elif written and not quiet:
        click.echo(f"{case}: {len(made.found)} figures and their source were written")
    elif not written:
        from tightrope.report.cited_points import claims

        click.echo(made.line)
        for name, points in made.found.items():
            click.echo("\n".join([f"  - id: {name}", "    claims:", *claims(points, options["source"])]))


@votes.command("predict", short_help="How states will vote on a new resolution.")
@FILES
@click.option(
    "--day",
    required=True,
    metavar="DATE",
    callback=day_given,
    help="Day of the vote; nothing of that day or later is used.",
)
@click.option("--title", default="", help="Title of the resolution, as past ones of its kind are called.")
@click.option(
    "--vote",
    "shown",
    multiple=True,
    metavar="STATE=ANSWER",
    callback=answers_given,
    help="A vote that is known already, as KAZ=abstain (again for several).",
)
@click.option(
    "--about",
    metavar="PATTERN",
    help="Titles of past resolutions on which states are sorted; default four kinds, from those on Ukraine to "
    "conduct in general, weighed by how they sorted past votes (takes a minute).",
)
@click.option(
    "--level",
    metavar="PATTERN",
    help="Titles of past resolutions that tell how many say what; default armed intervention, or --about.",
)
@click.option("--dims", type=click.IntRange(1, 3), default=3, show_default=True, help="How many dimensions.")
@click.option(
    "--states",
    default=STATES,
    show_default=True,
    metavar="CODES",
    callback=codes_given,
    help="States that are printed.",
)
@SEED
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write the probabilities of all states as CSV; never overwritten.",
)
@JSON
@click.option("--quiet", is_flag=True, help="Print nothing but what was asked for.")
def predict_command(
    files: tuple[Path, ...],
    states: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Predict from FILES how each state votes on a resolution of a day, from what was known the day before.

    With --vote, the votes that are known tell which past resolutions it is like. Without any, past resolutions of
    its kind tell who leans where, and how many may say what: that is the less certain part, and it is said.

    \b
    Examples:
      tightrope votes predict un_votes.rda un_roll_calls.rda --day 2022-03-02
      tightrope votes predict un_votes.rda un_roll_calls.rda --day 2020-11-03 --vote USA=no --vote KAZ=yes
    """
    from tightrope.engine.output import write_text
    from tightrope.report.predict_job import Asked, predict_vote

    if out is not None and out.exists():
        raise click.BadParameter(f"{out} is there already, and nothing is overwritten; name another file")
    with progress(as_json or quiet) as bar:
        rolls = read_files(files, None, None, bar)
        found = predict_vote(rolls, Asked(**options), progress=bar)
    if out is not None:
        write_text(out, found.written())
    if as_json:
        click.echo(json.dumps(found.as_data(), ensure_ascii=False))
    elif not quiet:
        show_prediction(found, states)
