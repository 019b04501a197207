"""The folder that `tightrope votes fit` writes: estimates, items, page and manifest, all of them or none."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tightrope import __version__
from tightrope.engine.output import write_text
from tightrope.measure import standing as points
from tightrope.measure.cache import digest
from tightrope.measure.country import name_of
from tightrope.measure.standing import Standing
from tightrope.measure.votes import RollCalls
from tightrope.report import votes_page
from tightrope.report.tracks import year

ITEMS, MANIFEST = "items.csv", "manifest.json"
METHOD = (
    "Dynamic ordinal ideal points after Bailey, Strezhnev and Voeten (2017): yes, abstain and no are cut from one "
    "line per roll call, each state's point walks from session to session, identical resolutions share their "
    "parameters. Sign and rotation follow the anchors."
)


@dataclass(frozen=True)
class Making:
    """How estimates were made: everything one needs to make them again.

    `files` are names with their SHA-256; `options` what the command was given.
    """

    files: tuple[tuple[str, str], ...]
    options: Mapping[str, Any]
    seconds: float

    def as_data(self, rolls: RollCalls, standing: Standing) -> dict[str, Any]:
        """The object of `manifest.json`."""
        return {
            "format": 1,
            "tightrope": __version__,
            "method": METHOD,
            "files": [{"name": name, "sha256": sha} for name, sha in self.files],
            **self.options,
            "sessions": [standing.sessions[0], standing.sessions[-1]],
            "first_vote": str(rolls.date.min()),
            "last_vote": str(rolls.date.max()),
            "roll_calls": len(rolls),
            "votes": rolls.votes,
            "states": len(standing.states),
            "dims": standing.dims,
            "notes": list(rolls.notes),
            "seconds": round(self.seconds, 2),
            "python": platform.python_version(),
            "versions": {name: version(name) for name in ("numpy", "scipy")},
        }


def making(paths: Sequence[Path], options: Mapping[str, Any], seconds: float) -> Making:
    """A record of the files as they are now; `paths` are named without their folders."""
    return Making(tuple((path.name, digest(path)) for path in paths), options, seconds)


def write(
    rolls: RollCalls,
    standing: Standing,
    tables: Mapping[str, str],
    chosen: Sequence[str],
    made: Making,
    folder: Path,
) -> tuple[str, ...]:
    """Write `ideal_points.csv`, the other tables, `manifest.json` and `votes.html` into an existing folder.

    Args:
        rolls: what the estimates are made from.
        standing: the estimates.
        tables: the texts of further tables, such as `items.csv`, by name.
        chosen: ISO codes of the states that the page names.
        made: how they were made.
        folder: where to; if one file cannot be written, none is left.

    Raises:
        OutputError: disk full, folder read-only or gone.
    """
    data = made.as_data(rolls, standing)
    ready = {
        points.FILE: points.written(standing),
        **tables,
        votes_page.PAGE: votes_page.html(rolls, standing, chosen, about(rolls, standing, data)),
        MANIFEST: json.dumps(data, indent=1, ensure_ascii=False) + "\n",
    }
    try:
        for name, text in ready.items():
            write_text(folder / name, text)
    except BaseException:
        for name in ready:
            (folder / name).unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
        raise
    return tuple(ready)


def about(rolls: RollCalls, standing: Standing, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the page says about the estimates, from the manifest."""
    first, last = standing.sessions[0], standing.sessions[-1]
    span = f"{first}–{last}" if first != last else str(first)
    anchors = [str(state) for state in data.get("anchors", ())]
    named = " above ".join(name_of(state) for state in anchors[:2])
    return {
        "title": f"Where states stand: sessions {span} ({year(first)}–{year(last)})",
        "method": data["method"],
        "anchors": f"The sign of dimension 1 is set by its anchors, {named}." if named else "",
        "facts": [
            ("Roll calls", f"{len(rolls):,}"), ("Votes", f"{rolls.votes:,}"), ("States", len(standing.states)),
            ("Dimensions", standing.dims), ("Last vote", data["last_vote"]),
        ],
        "notes": rolls.notes,
        "making": [
            ("Version", data["tightrope"]), ("Seed", data.get("seed", "–")), ("Fitted in", f"{data['seconds']} s"),
            *((each["name"], f"SHA-256 {each['sha256'][:16]}…") for each in data["files"]),
        ],
    }  # fmt: skip
