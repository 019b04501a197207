"""What the commands about roll calls share: how files, sessions, states and days are given, and reading them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tightrope.job import Progress
    from tightrope.measure.votes import RollCalls

MOST_STATES = 12


def sessions_given(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[int, ...] | None:
    """Sessions from 46-74 or 65,70-74."""
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


def codes_given(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Codes of states from KAZ,RUS."""
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


def day_given(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A day, as 2019-12-31."""
    if value is not None and not _is_day(value):
        raise click.BadParameter(f"{value!r} is no day; give it as 2019-12-31")
    return value


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


FILES = click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILES...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
SESSIONS = click.option(
    "--sessions", metavar="RANGE", callback=sessions_given, help="Sessions to use, as 46-74; default all."
)
AS_OF = click.option("--as-of", metavar="DATE", callback=day_given, help="Use no vote after this day.")
SEED = click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=1,
    show_default=True,
    help="Same files, options and versions give the same numbers.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")


def stand_ins(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Which state stands for which actor, from WEST=USA."""
    from tightrope.measure.country import STATES as KNOWN

    found = {}
    for value in values:
        actor, sign, state = value.partition("=")
        if not sign or state not in KNOWN:
            raise click.BadParameter(f"{value!r} names no actor and state; give them as WEST=USA")
        found[actor.strip()] = state
    return found


def published_given(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A month or a day, as 2020-02."""
    if not _is_day(value if value.count("-") > 1 else f"{value}-01"):
        raise click.BadParameter(f"{value!r} is no day or month; give it as 2020-02")
    return value


def answers_given(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Votes that are known already, from KAZ=abstain."""
    found = {}
    for value in values:
        state, _, answer = value.partition("=")
        if not re.fullmatch("[A-Z]{3}", state) or answer not in ("yes", "abstain", "no"):
            raise click.BadParameter(f"{value!r} is no vote; give it as KAZ=abstain (yes, abstain or no)")
        found[state] = answer
    return found


def read_files(
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
