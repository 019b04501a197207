"""Scenarios against the baseline, run by run, as a reader compares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.case.scenario import Scenario
from tightrope.engine.pairing import Difference
from tightrope.engine.result import Result
from tightrope.report import words
from tightrope.report.evidence import ClaimNote

KINDS = {
    "secondary_sanctions": "secondary sanctions on",
    "tied_down": "capacity tied down elsewhere, of",
    "fuel_step": "a step of the fuel price in",
    "price_cap": "the price cap in",
    "route_closed": "a closed route for",
    "threat": "a threat against",
    "credibility": "how far offers are believed, of",
    "effort": "what is spent on influence, times the usual, by",
    "coordination": "how far it bids together with its partner instead of against it:",
    "claim": "a claim pressed on the land of",
    "retaliation": "retaliation by trade, transit and energy against",
    "leave_security": "out of the security alliance goes",
    "leave_economic": "out of the economic union goes",
    "join_sanctions": "the sanctions are joined by",
    "send_troops": "troops to the war are sent by",
    "enforcement": "enforcement of the sanctions, held at, in",
    "outside_threat": "a threat from outside against",
}


# Outcomes of the world that are compared too, and what they are called beside a chart.
WORLD = {
    "world.states": "States in the world",
    "world.cohesion": "The cohort leans to the sanctioned power",
    "world.rule": "Rule against force",
}
LARGEST = 4
LARGE = 2.0


@dataclass(frozen=True)
class Gap:
    """One outcome's paired difference: its mean with the 90 % Monte Carlo interval, and the spread of runs.

    In percentage points where `points`, else in `unit`; `clear` when the interval leaves out zero.
    """

    name: str
    label: str
    unit: str
    points: bool
    mean: float
    low: float
    high: float
    p05: float | None
    p95: float | None
    shown: tuple[str, str, str]
    clear: bool

    @property
    def large(self) -> bool:
        """Whether it is large enough, in points, for a line of a chart."""
        return abs(self.mean) >= LARGE


@dataclass(frozen=True)
class Contrast:
    """A scenario: what changes, what it means, which claims suggest it, and what differs.

    `gaps` are the differences larger than chance, `unchanged` names the other outcomes, and `brief` says the largest.
    """

    id: str
    title: str
    meaning: str
    changes: tuple[str, ...]
    suggested_by: tuple[ClaimNote, ...]
    gaps: tuple[Gap, ...]
    unchanged: tuple[str, ...]
    brief: str


def contrasts(
    comparisons: Mapping[str, Mapping[str, Difference]],
    result: Result,
    case: Case,
    notes: dict[str, ClaimNote],
) -> tuple[Contrast, ...]:
    """Every compared scenario; the outcomes are those of the focus state, votes left out, and some of the world."""
    scenarios = {scenario.id: scenario for scenario in case.scenarios}
    who = result.manifest.focus.lower()
    wanted = [*(f"{who}.{suffix}" for suffix in _wanted(case)), *WORLD]
    return tuple(
        _contrast(scenarios.get(name), name, [found[one] for one in wanted if one in found], case, notes)
        for name, found in comparisons.items()
    )


def _wanted(case: Case) -> tuple[str, ...]:
    poles = (*case.about.poles, "own")
    return (
        "unrest",
        "request",
        "secondary_sanctions",
        "rupture",
        "retaliation",
        "leaves_alliance",
        "leaves_union",
        "joins_sanctions",
        "sends_troops",
        "territorial_crisis",
        "force",
        *(f"alignment.{pole}" for pole in poles),
        "compliance",
        f"belief.{case.about.sanctioner}",
        f"belief.{case.about.target}",
        "hedging_index",
        "evasion_flow",
        "currency",
        "prices",
    )


def _contrast(
    scenario: Scenario | None, name: str, found: list[Difference], case: Case, notes: dict[str, ClaimNote]
) -> Contrast:
    every = [_gap(one, case) for one in found]
    gaps = tuple(gap for gap in every if gap.clear)
    still = tuple(gap.label for gap in every if not gap.clear)
    if scenario is None:
        return Contrast(name, name, "", (), (), gaps, still, _brief(gaps))
    claims = tuple(notes[claim] for claim in scenario.suggested_by if claim in notes)
    changed = tuple(_changes(scenario, case))
    return Contrast(name, scenario.title, scenario.meaning, changed, claims, gaps, still, _brief(gaps))


def _brief(gaps: tuple[Gap, ...]) -> str:
    """The largest differences in points, in words; where there are none, those in other units."""
    points = sorted((gap for gap in gaps if gap.points), key=lambda gap: -abs(gap.mean))
    largest = (points or gaps)[:LARGEST]
    return "; ".join(f"{gap.label} {gap.shown[1]} {gap.unit}" for gap in largest) + "." if largest else ""


def _changes(scenario: Scenario, case: Case) -> list[str]:
    names = case.names
    said = []
    for happening in scenario.happenings:
        count = happening.months
        length = f" for {count} month{'s' if count != 1 else ''}" if count else " to the end"
        start = words.month(happening.start.year, happening.start.month)
        what = f"{KINDS.get(happening.kind, happening.kind)} {names.get(happening.about, happening.about)}"
        said.append(
            f"{words.initial(what)}: {happening.value:g} ({happening.unit}), from {start}{length}. {happening.why}"
        )
    for setting in scenario.settings:
        value = f"{setting.value:g}" if setting.value is not None else f"{setting.low:g} to {setting.high:g}"
        said.append(f"{setting.path}: {value} {setting.unit}. {setting.why}")
    return said


def _gap(found: Difference, case: Case) -> Gap:
    points = found.unit in ("share", "probability", "0 to 1")
    scale = 100.0 if points else 1.0
    numbers = tuple(scale * each for each in (found.low, found.mean, found.high))
    shown = tuple(signed(each, points) for each in numbers)
    return Gap(
        name=found.name,
        label=short(found.name, found.label, case),
        unit="points" if points else words.unit_shown(found.unit),
        points=points,
        mean=numbers[1],
        low=numbers[0],
        high=numbers[2],
        p05=None if found.p05 is None else scale * found.p05,
        p95=None if found.p95 is None else scale * found.p95,
        shown=(shown[0], shown[1], shown[2]),
        clear=(found.low > 0 or found.high < 0) and shown[1] != "0",
    )


def signed(value: float, points: bool) -> str:
    """A difference with its sign, one decimal where it is in points or large; "0" where it rounds to nothing."""
    text = f"{value:+.1f}" if points or abs(value) >= 10 else f"{value:+.2f}"
    return "0" if not text.strip("+-0.") else text.replace("-", "−")


def short(name: str, label: str, case: Case) -> str:
    """A label short enough for the side of a chart."""
    if name in WORLD:
        return WORLD[name]
    names = case.names | {"own": "its own strength"}
    suffix = name.partition(".")[2]
    kind, _, of = suffix.partition(".")
    plain = {
        "unrest": "Mass unrest",
        "request": "Asks for troops",
        "secondary_sanctions": "Secondary sanctions",
        "compliance": "Enforcement",
        "hedging_index": "Hedging index",
        "evasion_flow": "Detour of sanctioned trade",
        "currency": "Price of a dollar",
        "prices": "Consumer prices",
        "rupture": "Ties break",
        "retaliation": "Retaliation",
        "leaves_alliance": "Leaves the alliance",
        "leaves_union": "Leaves the union",
        "joins_sanctions": "Joins the sanctions",
        "sends_troops": "Sends troops",
        "territorial_crisis": "A claim is pressed",
        "force": "Force is used",
    }
    if kind == "alignment":
        return f"Leans on {names.get(of, of)}"
    if kind == "belief":
        return f"{words.initial(names.get(of, of))} believes it"
    return plain.get(kind, label)
