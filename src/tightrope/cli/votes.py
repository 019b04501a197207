"""Commands about roll calls of the UN General Assembly: `votes fit`, `votes figures`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tightrope.cli.group import cli, progress

if TYPE_CHECKING:
    from tightrope.job import Progress
    from tightrope.measure.standing import Standing
    from tightrope.measure.votes import RollCalls

STATES = "KAZ,KGZ,UZB,RUS,CHN,USA"
MOST_STATES = 12


@cli.group("votes", short_help="Where states stand, from their votes in the UN General Assembly.")
def votes() -> None:
    """Measure where states stand from roll calls of the UN General Assembly.

    FILES are the R files of the package unvotes, the UN Digital Library's CSV or Voeten's CSV; beside those that
    number roll calls by rcid, also Voeten's list of identical resolutions. What a file is, is told from its content.
    """


def _sessions(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[int, ...] | None:
    if value is None:
        return None
    found: set[int] = set()
    for part in value.split(","):
        ends = re.fullmatch(r"\s*(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?\s*", part)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (1, 0)
        if first > last:
            raise click.BadParameter(f"{part.strip()!r} is no session; give 46-74, or 65,70-74")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def _codes(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    from tightrope.measure.country import STATES as KNOWN

    codes = tuple(dict.fromkeys(part.strip().upper() for part in value.split(",") if part.strip()))
    for code in codes:
        if code not in KNOWN:
            raise click.BadParameter(
                f"{code!r} is no state; give ISO codes of three letters, such as KAZ,RUS"
            )
    if not codes:
        raise click.BadParameter("it names no state; give ISO codes, such as KAZ,RUS")
    if len(codes) > MOST_STATES:
        raise click.BadParameter(
            f"{len(codes)} states are more than a chart can name; give {MOST_STATES} at most"
        )
    return codes


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise click.BadParameter(f"{value!r} is no day; give it as 2019-12-31")
    return value


_FILES = click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILES...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
_SESSIONS = click.option(
    "--sessions", metavar="RANGE", callback=_sessions, help="Sessions to use, as 46-74; default all."
)
_AS_OF = click.option("--as-of", metavar="DATE", callback=_day, help="Use no vote after this day.")
_SEED = click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=1,
    show_default=True,
    help="Same files, options and versions give the same numbers.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")


@votes.command("fit", short_help="Ideal points of all states, with intervals, and a page.")
@_FILES
@click.option("--dims", type=click.IntRange(1, 3), default=1, show_default=True, help="How many dimensions.")
@_SESSIONS
@_AS_OF
@click.option(
    "--anchors",
    default="USA,RUS",
    show_default=True,
    metavar="CODES",
    callback=_codes,
    help="Fix sign and rotation: the first stands above the second on dimension 1, a third is "
    "positive on 2, a fourth on 3.",
)
@click.option("--absence", is_flag=True, help="Model absence as a choice of its own.")
@click.option(
    "--states",
    default=STATES,
    show_default=True,
    metavar="CODES",
    callback=_codes,
    help="States that the page names.",
)
@_SEED
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the files; default runs/votes-SEED-N, never overwritten.",
)
@_JSON
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
        rolls = _read(files, as_of, sessions, bar)
        done = fit_votes(rolls, files, states, out, progress=bar, as_of=as_of, **options)
    if as_json:
        click.echo(json.dumps(done.as_data(), ensure_ascii=False))
    elif quiet:
        click.echo(done.folder)
    else:
        _show(rolls, done.standing, states)
        click.echo(f"Files: {done.folder}")


def _instead(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    from tightrope.measure.country import STATES as KNOWN

    found = {}
    for value in values:
        actor, sign, state = value.partition("=")
        if not sign or state not in KNOWN:
            raise click.BadParameter(f"{value!r} names no actor and state; give them as WEST=USA")
        found[actor.strip()] = state
    return found


def _published(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value):
        raise click.BadParameter(f"{value!r} is no day or month; give it as 2020-02")
    return value


@votes.command("figures", short_help="Ideal points as figures of a case, with their source.")
@click.argument("case")
@_FILES
@click.option(
    "--for",
    "instead",
    multiple=True,
    metavar="ACTOR=STATE",
    callback=_instead,
    help="Let a state stand for an actor, as WEST=USA; other blocs take their members' mean.",
)
@click.option(
    "--published",
    required=True,
    metavar="DATE",
    callback=_published,
    help="When the votes were published: from then on runs may know the figures.",
)
@click.option(
    "--source",
    default="tightrope_votes",
    show_default=True,
    metavar="ID",
    help="Id of the source that the claims name.",
)
@_SESSIONS
@_AS_OF
@click.option(
    "--last",
    type=click.IntRange(1, 20),
    default=3,
    show_default=True,
    help="How many of the last sessions are cited.",
)
@_SEED
@click.option(
    "--write", "written", is_flag=True, help="Write them into CASE, a folder; otherwise print them."
)
@_JSON
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
    sessions before it give their means. All are standardised over the states of their session. Nothing else in the
    files of the case is changed.

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
        rolls = _read(files, as_of, sessions, bar)
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


def _read(
    files: tuple[Path, ...], as_of: str | None, sessions: tuple[int, ...] | None, bar: Progress | None
) -> RollCalls:
    """The roll calls of the files, those known by a day, of some sessions."""
    from tightrope.measure.votes import read_votes

    if bar is not None:
        bar("reading", 0, 1)
    rolls = read_votes(files)
    if bar is not None:
        bar("reading", 1, 1)
    if as_of is not None:
        rolls = rolls.known_by(as_of)
    return rolls if sessions is None else rolls.select(sessions=sessions)


def _show(rolls: RollCalls, standing: Standing, states: tuple[str, ...]) -> None:
    """The chosen states in the last session, as a table on the terminal."""
    from rich.console import Console
    from rich.table import Table

    from tightrope.measure.country import name_of

    last = standing.sessions[-1]
    table = Table(
        title=f"Session {last}, from {len(rolls):,} roll calls and {rolls.votes:,} votes",
        title_justify="left",
    )
    table.add_column("State")
    for dim in range(standing.dims):
        table.add_column(f"Dimension {dim + 1}", justify="right")
        table.add_column("90 % interval", justify="right")
    for state in states:
        found = standing.at(last, state)
        cells = ["–", ""] * standing.dims if found is None else []
        for mean, low, high in found if found is not None else ():
            cells += [f"{mean:+.2f}", f"{low:+.2f} to {high:+.2f}"]
        table.add_row(name_of(state), *cells)
    Console().print(table)
