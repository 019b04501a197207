"""What `tightrope votes` does: estimate, gather, write. The command line parses and prints, this delegates."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tightrope.engine.output import fresh_folder, named_folder
from tightrope.measure.array import Array
from tightrope.measure.standing import Standing
from tightrope.measure.votes import RollCalls
from tightrope.report import item_table, votes_folder

Progress = Callable[[str, int, int], None]
ABSENCES = "absences.csv"


@dataclass(frozen=True)
class Fitted:
    """Estimates that were made and written."""

    rolls: RollCalls
    standing: Standing
    chosen: tuple[str, ...]
    folder: Path
    files: tuple[str, ...]
    data: dict[str, Any]

    def as_data(self) -> dict[str, Any]:
        """The object that `votes fit --json` prints."""
        last = self.standing.sessions[-1]
        states = {}
        for state in self.chosen:
            found = self.standing.at(last, state)
            states[state] = None if found is None else np.round(found, 4).tolist()
        return {
            **self.data,
            "session": last,
            "standing": states,
            "wrote": list(self.files),
            "out": str(self.folder),
        }


def fit_votes(
    rolls: RollCalls, paths: Sequence[Path], chosen: Sequence[str], out: Path | None,
    dims: int = 1, anchors: Sequence[str] = ("USA", "RUS"), absence: bool = False,
    settled: bool = False, seed: int = 1, as_of: str | None = None, progress: Progress | None = None,
) -> Fitted:  # fmt: skip
    """Estimate where states stand from the roll calls and write the folder that `votes_folder` describes.

    Args:
        rolls: what to estimate from, already cut to sessions and dates.
        paths: the files that they were read from, for the manifest.
        chosen: ISO codes of the states that the page names.
        out: the folder; None for the next free one under `runs`.
        dims, anchors, absence, settled, seed: see `ideal_points.fit`.
        as_of: the day after which no vote was used, for the manifest.
        progress: told what is done, how far, of how much.

    Raises:
        MeasureError: nothing can be estimated, an anchor has no vote.
        OutputError: the folder cannot be written; nothing is left of it.
    """
    from tightrope.measure.ideal_points import fit

    folder = named_folder(out) if out is not None else fresh_folder("votes", seed)
    try:
        begun = time.perf_counter()
        found = fit(
            rolls,
            dims=dims,
            anchors=tuple(anchors),
            absence=absence,
            settled=settled,
            progress=progress,
            seed=seed,
        )
        seconds = time.perf_counter() - begun
        standing = Standing(found.sessions, found.states, found.mean, found.p05, found.p95)
        options = {
            "anchors": list(anchors),
            "absence": absence,
            "settled": settled,
            "seed": seed,
            "as_of": as_of,
        }
        made = votes_folder.making(paths, options, seconds)
        tables = {votes_folder.ITEMS: item_table.written(rolls, found.items)}
        if found.absences is not None:
            tables[ABSENCES] = _absences(standing, found.absences)
        files = votes_folder.write(rolls, standing, tables, chosen, made, folder)
    except BaseException:
        if not any(folder.iterdir()):
            folder.rmdir()
        raise
    return Fitted(rolls, standing, tuple(chosen), folder, files, made.as_data(rolls, standing))


def _absences(standing: Standing, absences: Array) -> str:
    """The text of `absences.csv`: the share of roll calls that each state is expected to miss, with its interval."""
    rows = ["session,iso3,mean,p05,p95"]
    for row, session in enumerate(standing.sessions):
        for state in standing.seen(session):
            three = absences[row, standing.states.index(state)]
            rows.append(f"{session},{state}," + ",".join(f"{value:.4f}" for value in three))
    return "\n".join(rows) + "\n"
