"""What else the runs say, subject by subject: the focus state first, the other states in a table on demand.

One row of `SUBJECTS` a subject: which outcomes it shows, in which words, and how they are to be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.engine.measure import measures
from tightrope.engine.outcome import Outcome
from tightrope.engine.result import Result
from tightrope.model.blueprint import Blueprint
from tightrope.report import words
from tightrope.report.aside import Said, deterrence, two_structures
from tightrope.report.fan import Fan, world_fans
from tightrope.report.spread import draws_of, spread


@dataclass(frozen=True)
class Line:
    """One outcome: frequency of 100 runs or mean, with its range, as numbers and as text."""

    name: str
    label: str
    low: float
    mean: float
    high: float
    shown: tuple[str, str, str]
    unit: str


@dataclass(frozen=True)
class Others:
    """The same of the other states: a heading for each column, and for each state (mean, range) in each."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Subject:
    """One subject: how to read it, its lines, what more is said in words, charts, and the other states."""

    id: str
    title: str
    reading: str
    lines: tuple[Line, ...]
    said: tuple[Said, ...]
    fans: tuple[Fan, ...]
    others: Others | None


@dataclass(frozen=True)
class Layout:
    """Which outcomes a subject shows: of the focus state and of the world, by suffix; `family.*` is every member."""

    id: str
    title: str
    reading: str
    state: tuple[str, ...] = ()
    world: tuple[str, ...] = ()
    fans: tuple[str, ...] = ()


# In labels and readings {target} is the sanctioned power and {cohort} the bloc that is looked at together.
SUBJECTS = (
    Layout(
        "memberships",
        "Alliances, sanctions and troops",
        "Whether it leaves {target}'s alliance or union, joins the sanctions, sends troops, or asks for them.",
        ("leaves_alliance", "leaves_union", "joins_sanctions", "sends_troops", "request", "intervention"),
    ),
    Layout(
        "recognition",
        "Recognition",
        "Who recognises which entity at the end. A state counts in the world once more than half of the members of "
        "the United Nations recognise it.",
        ("recognises.*",),
        ("states",),
    ),
    Layout(
        "crisis",
        "Claims on land, and deterrence",
        "{target} may press a claim; the state gives in or stands firm; only then does force follow or not.",
        ("territorial_crisis", "concession_to_claim", "force"),
    ),
    Layout(
        "retaliation",
        "Retaliation and designation",
        "What {target} does to a state that displeases it, and whether ties break by that or otherwise.",
        ("retaliation", "unfriendly", "rupture"),
    ),
    Layout(
        "reform",
        "Reform and repression",
        "Each kind counts once a run; a run may see several. A cap is one that the state chooses; what is in force "
        "at the start is not counted.",
        ("reform.*",),
    ),
    Layout(
        "acts",
        "Symbolic acts and mediation",
        "Each kind counts once a run, and stands for any act of its kind whatever its name dates it to. "
        "Mediation comes about where both sides trust the mediator.",
        ("act.*", "mediation_accepted"),
    ),
    Layout(
        "war",
        "How the war ends",
        "Not explained by the model: endings are drawn with probabilities that the case assumes, and a scenario sets.",
        (),
        ("war.*",),
    ),
    Layout(
        "rule",
        "The rule against force, and cohesion",
        "Unpunished force wears the rule down and quiet restores it. Cohesion is how far {cohort} lean to {target} "
        "on average.",
        (),
        ("rule", "patience_needed", "cohesion"),
        ("rule", "cohesion"),
    ),
    Layout(
        "twin",
        "Unrest by two structures",
        "The same grievances, read by two models of a crowd: the map of thresholds, which remembers who is in the "
        "streets and tips, and a global game of people who guess what others will do, without memory.",
        ("unrest",),
        ("unrest_by_twin",),
    ),
)
# What a line says; an outcome that is not here keeps its own label.
LABELS = {
    "leaves_alliance": "Leaves {target}'s security alliance",
    "leaves_union": "Leaves {target}'s economic union",
    "joins_sanctions": "Joins the sanctions",
    "sends_troops": "Sends troops to {target}'s war",
    "request": "Asks its patron for troops",
    "intervention": "Its patron's troops come",
    "territorial_crisis": "{target} presses a claim",
    "concession_to_claim": "Gives in to it",
    "force": "{target} uses force",
    "retaliation": "{target} retaliates by trade, transit or energy",
    "unfriendly": "Designated as unfriendly",
    "rupture": "Ties break within a year",
    "reform.concede": "Concedes",
    "reform.purge": "Purges the old elite",
    "reform.cap": "Caps prices",
    "reform.repress": "Represses",
    "mediation_accepted": "Mediates with both sides' consent",
    "war.stalemate": "Stalemate: still fought",
    "war.defeat": "Defeat of {target}",
    "war.victory": "Victory of {target}",
    "war.settlement": "Settlement",
    "states": "States in the world",
    "rule": "Strength of the rule against force",
    "patience_needed": "Patience that restraint needs under it",
    "cohesion": "{cohort} lean to {target}",
    "unrest": "By the map of thresholds",
    "unrest_by_twin": "By the global game",
}
# An offer to mediate is an act, and shown among the acts.
PLACED = ("mediation", *(name for layout in SUBJECTS for name in layout.state if name != "unrest"))


def placed(suffix: str) -> bool:
    """Whether an outcome of a state stands under a subject, so that the first table can do without it."""
    return any(_fits(suffix, one) for one in PLACED)


def _fits(suffix: str, wanted: str) -> bool:
    return suffix.startswith(wanted[:-1]) if wanted.endswith(".*") else suffix == wanted


def subjects(
    result: Result, blueprint: Blueprint, case: Case, found: Mapping[str, Outcome]
) -> tuple[Subject, ...]:
    """Every subject of which the result tells anything."""
    maker = _Maker(result, blueprint, case, found)
    made = (maker.subject(layout) for layout in SUBJECTS)
    return tuple(one for one in made if one.lines)


class _Maker:
    """What all subjects are made from."""

    def __init__(
        self, result: Result, blueprint: Blueprint, case: Case, found: Mapping[str, Outcome]
    ) -> None:
        self.result, self.blueprint, self.case, self.found = result, blueprint, case, found
        self.focus = result.manifest.focus
        self.names = result.manifest.origin.names
        self.measures = measures(result)
        cohort = next((actor.name for actor in case.actors if actor.id == case.about.cohort), "all states")
        self.called = {"target": self.names.get(case.about.target, case.about.target), "cohort": cohort}
        self.members = {one.id: words.initial(one.name) for one in case.entities}
        self.members |= {one.id: words.initial(one.name) for one in case.acts}

    def subject(self, layout: Layout) -> Subject:
        """One subject, with its sentences and charts."""
        lines = [self._line(name, layout) for name in self._wanted(self.focus.lower(), layout.state)]
        lines += [self._line(name, layout) for name in self._wanted("world", layout.world)]
        said = {"crisis": deterrence, "twin": two_structures}.get(layout.id)
        return Subject(
            layout.id,
            layout.title,
            words.initial(layout.reading.format(**self.called)),
            tuple(lines),
            () if said is None else said(self.result),
            world_fans(self.result, layout.fans, self.called),
            self._others(layout) if layout.state else None,
        )

    def _wanted(self, who: str, suffixes: tuple[str, ...]) -> list[str]:
        prefix = f"{who}."
        return [
            name
            for wanted in suffixes
            for name in self.found
            if name.startswith(prefix) and _fits(name.removeprefix(prefix), wanted)
        ]

    def label(self, name: str) -> str:
        """An outcome in few words."""
        suffix = name.partition(".")[2]
        if suffix in LABELS:
            return words.initial(LABELS[suffix].format(**self.called))
        member = suffix.partition(".")[2]
        return self.members.get(member) or words.initial(self.found[name].label.partition(": ")[2])

    def _line(self, name: str, layout: Layout) -> Line:
        one = self.found[name]
        if name == "world.unrest_by_twin":
            low, mean, high = (one.mean + side * 1.645 * one.standard_error for side in (-1, 0, 1))
        elif one.kind == "probability":
            drawn = spread(self.measures[name].values(), draws_of(self.result, self.blueprint))
            low, mean, high = drawn.low, drawn.frequency, drawn.high
        else:
            low, mean, high = one.p05 or 0.0, one.mean, one.p95 or 0.0
        shown, unit = _shown(one, low, mean, high)
        return Line(name, self.label(name), low, mean, high, shown, unit)

    def _others(self, layout: Layout) -> Others | None:
        """The frequencies of the other states; columns in which nobody has anything are left out."""
        states = [actor for actor in self.result.axes["actor"] if actor != self.focus]
        suffixes = [
            name.partition(".")[2]
            for name in self._wanted(self.focus.lower(), layout.state)
            if any(self.found[f"{actor.lower()}.{name.partition('.')[2]}"].mean for actor in states)
        ]
        if not states or not suffixes:
            return None
        headings = tuple(self.label(f"{self.focus.lower()}.{suffix}") for suffix in suffixes)
        rows = tuple(
            (
                self.names.get(actor, actor),
                tuple(_cell(self.found[f"{actor.lower()}.{suffix}"]) for suffix in suffixes),
            )
            for actor in states
        )
        return Others(headings, rows)


def _shown(one: Outcome, low: float, mean: float, high: float) -> tuple[tuple[str, str, str], str]:
    if one.unit == "probability":
        return (words.hundred(low), words.hundred(mean), words.hundred(high)), "of 100 runs"
    if one.unit == "states":
        return (f"{low:.0f}", f"{mean:.0f}", f"{high:.0f}"), "states"
    texts = (words.amount(low, one.unit), words.amount(mean, one.unit), words.amount(high, one.unit))
    return texts, "%" if one.unit == "share" else one.unit


def _cell(one: Outcome) -> tuple[str, str]:
    low, mean, high = (_brief(each or 0.0) for each in (one.low, one.mean, one.high))
    return mean, low if low == high else f"{low}–{high}"


def _brief(probability: float) -> str:
    return words.hundred(probability).replace("fewer than ", "<").replace("more than ", ">")
