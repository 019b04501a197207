"""Ideal points as figures of a case: estimates standardised within each session, as dated claims with their limits.

The model reads a state's ideal point as so many standard deviations from the mean of all states in a session. The last
session gives three claims: the mean of the posterior and the ends of its 90 % interval; sessions before it give their
means. What runs draw from is the hull of those known at `as_of`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tightrope.errors import MeasureError
from tightrope.measure.country import STATES
from tightrope.measure.standing import Standing
from tightrope.report.tracks import year

FIGURE = ".ideal_point"
INSIDE, REPLACED = "    ", ("claims", "scenario", "low", "high", "why")
_ID = re.compile(r"^  - id: (?P<id>\S+)\s*$")
_CITES = re.compile(r"source: (\w+)")
_SOURCE = re.compile(r"^  - \{id: (?P<id>\w+),")


@dataclass(frozen=True)
class Point:
    """One dated estimate of a figure: session, mean, limits, and over how many states it is standardised."""

    session: int
    mean: float
    low: float
    high: float
    states: int
    members: int = 1


def standardised(standing: Standing) -> Standing:
    """The first dimension with mean 0 and population standard deviation 1 over all states, session by session."""
    first = standing.mean[:, :, :1]
    mean = np.nanmean(first, axis=1, keepdims=True)
    spread = np.nanstd(first, axis=1, keepdims=True)
    parts = ((part[:, :, :1] - mean) / spread for part in (standing.mean, standing.p05, standing.p95))
    return Standing(standing.sessions, standing.states, *parts)


def point(standing: Standing, states: Sequence[str], session: int) -> Point:
    """The ideal point of a state, or of a bloc as the unweighted mean of its members, in one session.

    A bloc's interval takes its members' errors for independent: half its width is the root of the sum of squares of
    theirs, divided by their number.

    Args:
        standing: standardised estimates.
        states: the state, or the members.
        session: one of the estimates' sessions.

    Raises:
        MeasureError: none of them has an estimate in that session.
    """
    found = [each[0] for each in (standing.at(session, state) for state in states) if each is not None]
    if not found:
        raise MeasureError(
            f"{', '.join(states)}: no vote of theirs is in session {session}; use other sessions or files"
        )
    mean, low, high = np.array(found).T
    middle = float(mean.mean())
    below = float(np.sqrt(((mean - low) ** 2).sum())) / len(found)
    above = float(np.sqrt(((high - mean) ** 2).sum())) / len(found)
    return Point(session, middle, middle - below, middle + above, len(standing.seen(session)), len(found))


def claims(points: Sequence[Point], source: str) -> list[str]:
    """Lines of YAML for `claims`, the latest session first and with its limits."""
    lines = []
    for age, one in enumerate(sorted(points, key=lambda each: -each.session)):
        of = "" if one.members == 1 else f"unweighted mean of {one.members} states; "
        kinds = (
            (one.mean, "about", f"mean of the posterior; {of}standardised over {one.states} states"),
            (one.low, "lower", "5 % of the posterior lie below"),
            (one.high, "upper", "5 % of the posterior lie above"),
        )
        for value, bound, note in kinds if age == 0 else kinds[:1]:
            lines.append(
                f"      - {{value: {value:.3f}, bound: {bound}, source: {source}, date: {year(one.session)}, "
                f'note: "session {one.session}; {note}"}}'
            )
    return lines


def rewritten(text: str, found: Mapping[str, Sequence[Point]], source: str) -> str:
    """The text of `figures.yaml` with the claims of these figures replaced, and nothing else.

    A figure that the case assumed (`scenario: true`) is then cited.

    Raises:
        MeasureError: a figure whose place in the text cannot be found.
    """
    out: list[str] = []
    left = set(found)
    dropping, added = False, None
    for line in [*text.splitlines(), ""]:
        if added is not None and not line.startswith(INSIDE):
            out += ["    claims:", *claims(found[added], source)]
            dropping, added = False, None
        named = _ID.match(line)
        if named and named["id"] in found:
            added = named["id"]
            left.discard(added)
        elif added is not None and not line.startswith(f"{INSIDE}  "):
            dropping = line.strip().partition(":")[0] in REPLACED
        if not dropping:
            out.append(line)
    if left:
        raise MeasureError(
            f"figures.yaml: no entry `- id: {', '.join(sorted(left))}` stands on a line of its own"
        )
    return "\n".join(out).rstrip("\n") + "\n"


def with_source(text: str, source: str, line: str) -> str:
    """The text of `sources.yaml` with the source's line replaced, or added after the last source of one line."""
    lines = text.splitlines()
    places = {
        found["id"]: at
        for at, found in ((at, _SOURCE.match(line_)) for at, line_ in enumerate(lines))
        if found
    }
    if source in places:
        lines[places[source]] = line
    else:
        lines.insert(max(places.values(), default=len(lines) - 1) + 1, line)
    return "\n".join(lines) + "\n"


def without_unused(sources: str, before: str, others: Sequence[str]) -> str:
    """The text of `sources.yaml` without what only the replaced claims cited.

    Args:
        sources: the text, with one source a line.
        before: the text of `figures.yaml` as it was.
        others: the texts of all other files of the case, and of `figures.yaml` as it is to be.
    """
    cited = set(_CITES.findall(before))
    still = {name for text in others for name in re.findall(r"\w+", text)}
    lines = []
    for line in sources.splitlines():
        named = _SOURCE.match(line)
        if not named or named["id"] not in cited - still:
            lines.append(line)
    return "\n".join(lines) + "\n"


def wanted(
    figures: Mapping[str, str], members: Mapping[str, Sequence[str]], instead: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Which states each figure of an ideal point is estimated from.

    Args:
        figures: whom each figure of the case is about, by the figure's id.
        members: the members of each bloc.
        instead: a state that stands for an actor, by the actor's id, as USA for the West.

    Raises:
        MeasureError: an actor that is no state and has no members.
    """
    found = {}
    for name, actor in figures.items():
        if not name.endswith(FIGURE):
            continue
        states = (
            (instead[actor],)
            if actor in instead
            else (actor,)
            if actor in STATES
            else tuple(members.get(actor, ()))
        )
        if not states:
            raise MeasureError(
                f"{name}: {actor} is no state and has no members; say who stands for it, as --for {actor}=USA"
            )
        found[name] = states
    if not found:
        raise MeasureError(f"the case has no figure whose id ends in {FIGURE}")
    return found
