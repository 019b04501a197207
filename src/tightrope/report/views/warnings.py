"""POST /api/warnings: what is watched, from runs, on record, on the calendar; and what changed since another answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from tightrope.report.alert import Alert, alerts, scale
from tightrope.report.ask import Ask
from tightrope.report.desk import Desk
from tightrope.report.since import Change, Listed, changes, is_paired

PAIRED = "Compared run by run: both drew the same random numbers."
APART = (
    "The other answer starts in another month, so its year is another one; the two shares stand as they are."
)


class Asked(Ask):
    """What is run, and the question that its watch list is set against."""

    since: Ask | None = None


def router(desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.post("/warnings")
    def warnings(ask: Asked) -> dict[str, Any]:
        now = listed(desk, Ask(**ask.model_dump(exclude={"since"})))
        then = None if ask.since is None else listed(desk, ask.since)
        return told(now, then)

    return made


def listed(desk: Desk, ask: Ask) -> Listed:
    """The runs of all states that were asked for, and what is on the list then."""
    result = desk.result(ask, everyone=True)
    return Listed(result, alerts(result, desk.situation(ask).known.case))


def told(now: Listed, then: Listed | None) -> dict[str, Any]:
    """The list as plain data; what is no longer on it stands apart."""
    changed = {} if then is None else changes(now, then)
    here = {one.id for one in now.alerts}
    gone = [] if then is None else [one for one in then.alerts if one.id not in here]
    compared = None if then is None else PAIRED if is_paired(now.result, then.result) else APART
    return {
        "warnings": [_told(one, changed) for one in now.alerts],
        "gone": [_told(one, changed) for one in gone],
        "changes": None if then is None else _counts(changed),
        "compared": compared,
        "scale": scale(),
        "runs": now.result.manifest.runs,
        "ahead": [str(month)[:7] for month in now.result.months[: scale()["months"]]],
    }


def _told(one: Alert, changed: Mapping[str, Change]) -> dict[str, Any]:
    change = changed.get(one.id)
    return {**asdict(one), "change": asdict(change) if change else None}


def _counts(changed: Mapping[str, Change]) -> dict[str, int]:
    words = [change.word for change in changed.values()]
    return {word: words.count(word) for word in ("new", "gone", "rose", "fell", "same")}
