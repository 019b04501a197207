"""Warnings as a watcher keeps them: each with its rule, when it comes, on which claims it rests, and an id that stays.

Three origins in one list: what happens in runs (graded by the written scale of `watch`), what sources report (threats
and events, not graded: they are on record), and what is due on the calendar.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tightrope.case.case import Case
from tightrope.case.issue import Resolution
from tightrope.engine.measure import EVENTS
from tightrope.engine.result import Result
from tightrope.evidence.claim import Event, Threat
from tightrope.model.vote import OPTIONS
from tightrope.report import words
from tightrope.report.bearing import Input, inputs
from tightrope.report.topic import BEARS_ON
from tightrope.report.watch import GRAVITY, LIKELY, SEVERITY, YEAR, Warned, watch_list

Origin = Literal["runs", "record", "calendar"]
ON_RECORD, DUE = "on record", "due"
GRAVE = ("light", "serious", "grave")
_FROM = [f"{100 * limit:g}" for limit in LIKELY]
STEPS = ("I", "II", "III")
SCALE = (
    f"A warning says that something comes within {YEAR} months in at least {_FROM[0]} of 100 runs. Its severity is "
    "points: the step of its gravity (I light, II serious, III grave) times the step of its frequency "
    f"(I from {_FROM[0]}, II from {_FROM[1]}, III from {_FROM[2]} of 100 runs). 1 to 2 points are a notice, 3 to 5 a "
    "warning, 6 to 9 an alarm. The steps are ours: a way to sort, no result. What sources report "
    "is on record and what the calendar holds is due; neither is graded."
)
_BALANCE = BEARS_ON["balance"]
# Claims on land come up the more often, the more menace was heard.
_LAND: Mapping[str, Collection[str] | None] = {"threat": None}
# Which claims about a state bear on a warning of it, as `topic.BEARS_ON`; on other events, those on the balance.
BEARS: Mapping[str, Mapping[str, Collection[str] | None]] = {
    "unrest": BEARS_ON["unrest"],
    "intervention": BEARS_ON["unrest"],
    "secondary_sanctions": BEARS_ON["sanctions"],
    "joins_sanctions": BEARS_ON["sanctions"],
    "retaliation": BEARS_ON["sanctions"],
    "unfriendly": BEARS_ON["sanctions"],
    "territorial_crisis": _LAND,
    "concession_to_claim": _LAND,
    "force": _LAND,
}
# What is watched, in a word or two, to be picked from.
KINDS: Mapping[str, str] = {
    "unrest": "mass unrest",
    "intervention": "allied troops come",
    "secondary_sanctions": "secondary sanctions",
    "joins_sanctions": "joins the sanctions",
    "rupture": "break of ties",
    "leaves_alliance": "leaves the alliance",
    "leaves_union": "leaves the union",
    "retaliation": "retaliation",
    "unfriendly": "named unfriendly",
    "territorial_crisis": "claim on its land",
    "concession_to_claim": "gives in to a claim",
    "force": "use of force",
    "sends_troops": "sends troops",
    "threat": "threat",
    "event": "event",
    "vote": "vote",
}


@dataclass(frozen=True)
class Alert:
    """One line of the list. `first` to `last` are the days it may be on, `month` the month it stands under.

    `claims` are ids of what it rests on, `sources` how many sources those are of. From runs alone: how often
    (`frequency` with its 90 % interval, `runs` of `total` that trigger it), `score` and how it is made, `first_times`
    by month.
    """

    id: str
    origin: Origin
    kind: str
    kind_name: str
    actor: str
    actor_name: str
    what: str
    severity: str
    rule: str
    month: str
    first: str
    last: str
    claims: tuple[str, ...]
    sources: int
    score: int = 0
    gravity: int = 0
    likely: int = 0
    frequency: float | None = None
    low: float | None = None
    high: float | None = None
    runs: int = 0
    total: int = 0
    first_times: tuple[int, ...] = ()
    strength: float | None = None


def alerts(result: Result, case: Case) -> tuple[Alert, ...]:
    """All that is watched: from runs, the focus state before others; on record, the latest first; on the calendar."""
    return (*of_runs(result, case), *of_record(case), *of_calendar(result, case))


def of_runs(result: Result, case: Case) -> Iterator[Alert]:
    """The warnings of `watch_list`, in full."""
    found = first_times(result)
    known = {actor: inputs(case, actor) for actor in result.axes["actor"]}
    for one in watch_list(result):
        yield _of_runs(result, one, found[one.actor, one.event], known[one.actor])


def _of_runs(result: Result, one: Warned, first: npt.NDArray[Any], known: tuple[Input, ...]) -> Alert:
    gravity = GRAVITY[one.event]
    bearing = [each for each in known if _among(BEARS.get(one.event, _BALANCE), each)]
    months = np.bincount(first[first >= 0], minlength=min(YEAR, result.manifest.months))
    at = date.fromisoformat(f"{one.month}-01")
    return Alert(
        id=f"{one.actor}.{one.event}",
        origin="runs",
        kind=one.event,
        kind_name=KINDS.get(one.event, one.event),
        actor=one.actor,
        actor_name=result.manifest.origin.names.get(one.actor, one.actor),
        what=words.initial(one.what.partition(": ")[2] or one.what),
        severity=one.severity,
        rule=_rule(one, gravity),
        month=one.month,
        first=str(result.months[0])[:10],
        last=_end(at).isoformat(),
        claims=_claims(bearing),
        sources=_sources(bearing),
        score=one.score,
        gravity=gravity,
        likely=one.score // gravity,
        frequency=one.frequency,
        low=one.low,
        high=one.high,
        runs=one.runs,
        total=result.manifest.runs,
        first_times=tuple(int(count) for count in months),
    )


def _rule(one: Warned, gravity: int) -> str:
    frequent = one.score // gravity
    return (
        f"Comes within {YEAR} months in at least {_FROM[frequent - 1]} of 100 runs: frequency step "
        f"{STEPS[frequent - 1]}. It is {GRAVE[gravity - 1]}: gravity step {STEPS[gravity - 1]}. "
        f"{gravity} × {frequent} = {one.score} point{'' if one.score == 1 else 's'} of severity, "
        f"{_article(one.severity)}."
    )


def _article(severity: str) -> str:
    return f"an {severity}" if severity[0] in "aeiou" else f"a {severity}"


def _among(wanted: Mapping[str, Collection[str] | None], found: Input) -> bool:
    kind, _, name = found.key
    return kind in wanted and ((names := wanted[kind]) is None or name in names)


def _claims(bearing: list[Input]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(each.claims for each in bearing)))


def _sources(bearing: list[Input]) -> int:
    return len(set(chain.from_iterable(each.sources for each in bearing)))


def first_times(result: Result) -> dict[tuple[str, str], npt.NDArray[np.intp]]:
    """For each state and watched event the month of the year in which it first happens, -1 where it does not (R,)."""
    found: dict[tuple[str, str], npt.NDArray[np.intp]] = {}
    for event, variable, _ in EVENTS:
        if event not in GRAVITY:
            continue
        for place, actor in enumerate(result.axes["actor"]):
            happened = result.arrays[variable][place, :YEAR]
            found[actor, event] = np.where(happened.any(axis=0), happened.argmax(axis=0), -1)
    return found


def of_record(case: Case) -> tuple[Alert, ...]:
    """Threats and events that sources report; one line for what several tell of the same, the latest first."""
    gathered: dict[tuple[str, str, str], list[Threat | Event]] = defaultdict(list)
    for claim in case.claims:
        if isinstance(claim, Threat | Event) and claim.fault is None:
            gathered[claim.kind, claim.about, _name(claim)].append(claim)
    found = [_recorded(case, key, claims) for key, claims in gathered.items()]
    return tuple(sorted(found, key=lambda one: (one.last, one.id), reverse=True))


def _name(claim: Threat | Event) -> str:
    """What it is a claim of: the happening, the event, or its own id without the source."""
    return claim.happening or (claim.event if isinstance(claim, Event) else claim.id.rpartition(".")[0])


def _recorded(case: Case, key: tuple[str, str, str], claims: list[Threat | Event]) -> Alert:
    kind, about, name = key
    told = min(claims, key=lambda one: ((one.date.latest - one.date.earliest).days, -one.strength))
    names = case.names
    sources = len({one.source for one in claims})
    many = f"{sources} source{'' if sources == 1 else 's'}"
    strength = max(one.strength for one in claims)
    by = f"; by {names.get(told.by, told.by)}, {told.rank}" if isinstance(told, Threat) else ""
    return Alert(
        id=f"{kind}.{about}.{name}",
        origin="record",
        kind=kind,
        kind_name=KINDS[kind],
        actor=about,
        actor_name=names.get(about, about),
        what=told.paraphrase,
        severity=ON_RECORD,
        rule=f"Reported by {many}{by}; strength {strength:g} of 1, as the case reads it.",
        month=told.date.earliest.isoformat()[:7],
        first=told.date.earliest.isoformat(),
        last=told.date.latest.isoformat(),
        claims=tuple(one.id for one in claims),
        sources=sources,
        strength=strength,
    )


def of_calendar(result: Result, case: Case) -> tuple[Alert, ...]:
    """The votes that are due within the runs, with how the focus state votes."""
    due = [one for one in case.resolutions if one.id in result.axes["resolution"]]
    bearing = [one for one in inputs(case, result.manifest.focus) if _among(BEARS_ON["vote"], one)]
    return tuple(_due(result, one, bearing) for one in sorted(due, key=lambda one: (one.date, one.id)))


def _due(result: Result, one: Resolution, bearing: list[Input]) -> Alert:
    focus = result.manifest.focus
    name = result.manifest.origin.names.get(focus, focus)
    votes = result.arrays["vote"][result.axes["resolution"].index(one.id), result.axes["actor"].index(focus)]
    shares = [float((votes == place).mean()) for place in range(len(OPTIONS))]
    said = ", ".join(
        f"{option} {words.hundred(share)}" for option, share in zip(OPTIONS, shares, strict=True) if share
    )
    return Alert(
        id=f"vote.{one.id}",
        origin="calendar",
        kind="vote",
        kind_name=KINDS["vote"],
        actor=focus,
        actor_name=name,
        what=f"Vote in the General Assembly: “{one.title}”",
        severity=DUE,
        rule=f"Assumed by the case: {one.why or 'it gives no reason'} Of 100 runs {name} votes {said}.",
        month=one.date.isoformat()[:7],
        first=one.date.isoformat(),
        last=one.date.isoformat(),
        claims=_claims(bearing),
        sources=_sources(bearing),
        total=result.manifest.runs,
    )


def _end(month: date) -> date:
    """The last day of a month."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def scale() -> dict[str, Any]:
    """The written scale as data, for a table."""
    labels = {event: label for event, _, label in EVENTS}
    return {
        "said": SCALE,
        "gravity": [
            [labels[event].format(target="the target"), grade]
            for event, grade in sorted(GRAVITY.items(), key=lambda item: -item[1])
        ],
        "likely": list(LIKELY),
        "severity": [[name, least] for least, name in SEVERITY],
        "months": YEAR,
    }
