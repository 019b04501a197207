"""POST /api/warnings: the watch list, of the model and of the record, with rule, runs, months and evidence of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from fastapi import APIRouter

from tightrope.case.case import Case
from tightrope.engine.measure import EVENTS
from tightrope.engine.result import Result
from tightrope.evidence.claim import Claim, Event, Threat
from tightrope.report.ask import Ask
from tightrope.report.bearing import inputs, state_of
from tightrope.report.desk import Desk
from tightrope.report.topic import BEARS_ON
from tightrope.report.watch import GRAVITY, LIKELY, SEVERITY, YEAR, watch_list

# Which of the page's topics an event belongs to, for the claims that bear on it.
TOPIC: Mapping[str, str] = {
    "unrest": "unrest",
    "intervention": "unrest",
    "secondary_sanctions": "sanctions",
    "joins_sanctions": "sanctions",
    "rupture": "balance",
    "leaves_alliance": "balance",
    "leaves_union": "balance",
    "retaliation": "balance",
    "force": "balance",
    "territorial_crisis": "balance",
    "concession_to_claim": "balance",
    "sends_troops": "balance",
    "unfriendly": "sanctions",
}
# How grave what is on the record counts: a threat by who uttered it, an event as one that has happened.
RANKS: Mapping[str, tuple[str, int]] = {
    "president": ("warning", 5),
    "minister": ("warning", 4),
    "legislator": ("notice", 2),
    "television": ("notice", 2),
    "commentator": ("notice", 1),
}
RECORD_RULE = {
    "threat": "a threat on the record; by a president or minister a warning, else a notice",
    "event": "an event on the record; a notice, whatever came of it",
}


class Asked(Ask):
    """What is run, and what its watch list is set against: another question about the same case."""

    since: Ask | None = None


def router(desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.post("/warnings")
    def warnings(ask: Asked) -> dict[str, Any]:
        now = listed(desk, Ask(**ask.model_dump(exclude={"since"})))
        told: dict[str, Any] = {"warnings": now, "scale": scale(), "runs": ask.runs, "changes": None}
        if ask.since is not None:
            told["changes"] = changes(listed(desk, ask.since), now)
        return told

    return made


def scale() -> dict[str, Any]:
    """The written scale of severity."""
    return {
        "gravity": dict(GRAVITY),
        "likely": list(LIKELY),
        "severity": [[least, word] for least, word in SEVERITY],
        "said": (
            "Severity of what the model warns of is how grave the event is, 1 to 3, times how likely within a year, "
            f"1 to 3 (from {', '.join(f'{100 * limit:g}' for limit in LIKELY)} of 100 runs): 1–2 notice, 3–5 warning, "
            "6–9 alarm. Of what is on the record: a president's or minister's threat is a warning, all else a notice. "
            "The grades are ours: a way to sort, no result."
        ),
    }


def listed(desk: Desk, ask: Ask) -> list[dict[str, Any]]:
    """The warnings of one question: those of the model, then those on the record, the latest first."""
    seen, result = desk.situation(ask), desk.result(ask, everyone=True)
    return [*_modelled(result, seen.known.case), *_recorded(seen.known.case)]


def _modelled(result: Result, case: Case) -> Iterator[dict[str, Any]]:
    variables = {name: variable for name, variable, _ in EVENTS}
    names = result.manifest.origin.names
    for one in watch_list(result):
        place = result.axes["actor"].index(one.actor)
        yield {
            **asdict(one),
            "id": f"{one.actor.lower()}.{one.event}",
            "origin": "model",
            "name": names.get(one.actor, one.actor),
            "of": result.manifest.runs,
            "first": _first_times(result, result.arrays[variables[one.event]][place, :YEAR]),
            "evidence": _bearing(case, one.actor, one.event),
        }


def _first_times(result: Result, happened: Any) -> dict[str, int]:
    """In how many runs it happens for the first time in each month of the year ahead, where it does."""
    hit = happened.any(axis=0)
    counts = np.bincount(happened.argmax(axis=0)[hit], minlength=happened.shape[0])
    return {str(result.months[month])[:7]: int(count) for month, count in enumerate(counts) if count}


def _bearing(case: Case, actor: str, event: str) -> list[str]:
    """The claims about the state that bear on the event's topic."""
    wanted = BEARS_ON.get(TOPIC.get(event, ""), {})
    found = []
    for one in inputs(case, actor):
        kind, _, name = one.key
        names = wanted.get(kind) if kind in wanted else ()
        if names is None or name in names:
            found += one.claims
    return found


def _recorded(case: Case) -> list[dict[str, Any]]:
    """Threats and events that the sources tell of, each with its day."""
    names = {actor.id: actor.name for actor in case.actors}
    told = [one for one in case.claims if isinstance(one, Threat | Event) and one.fault is None]
    records = [_record(case, one, names) for one in told]
    return sorted(records, key=lambda one: one["month"], reverse=True)


def _record(case: Case, claim: Claim, names: dict[str, str]) -> dict[str, Any]:
    rank = claim.rank if isinstance(claim, Threat) else ""
    severity, score = RANKS.get(rank, ("notice", 1))
    actor = state_of(case, claim.about) or claim.about
    return {
        "id": f"record.{claim.id}",
        "origin": "record",
        "actor": actor,
        "name": names.get(actor, actor),
        "event": claim.kind,
        "what": claim.paraphrase,
        "severity": severity,
        "score": score,
        "frequency": None,
        "low": None,
        "high": None,
        "runs": None,
        "of": None,
        "month": claim.date.earliest.isoformat()[:7],
        "day": claim.date.earliest.isoformat(),
        "until": claim.date.latest.isoformat(),
        "first": {},
        "rule": RECORD_RULE[claim.kind],
        "evidence": [claim.id],
    }


def changes(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is new, gone, or more or less frequent by more than both intervals, by the warning's id."""
    was, found = {one["id"]: one for one in before}, {}
    for one in now:
        old = was.pop(one["id"], None)
        if old is None:
            found[one["id"]] = {"change": "new", "before": None}
        elif one["frequency"] is not None and (one["low"] > old["high"] or one["high"] < old["low"]):
            word = "rose" if one["frequency"] > old["frequency"] else "fell"
            found[one["id"]] = {"change": word, "before": old["frequency"]}
    for name, old in was.items():
        found[name] = {"change": "gone", "before": old["frequency"], "what": old["what"], "name": old["name"]}
    return found
