"""Levers: what an analyst may move in the web app, and the scenario that moved levers make.

A lever is a happening that the model can be given from outside, a figure of the focus state, or one of a few
assumptions. A moved lever holds from the first month of the run to the last, over whatever the scenario below it says
of the same thing. Nothing here is known of a single case: the roles in it (target, sanctioner, poles, focus) make the
list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tightrope.case.case import Case
from tightrope.case.domain import figure_domain
from tightrope.case.figure import Figure
from tightrope.case.knowledge import Known
from tightrope.case.scenario import Happening, Scenario, Setting
from tightrope.engine.simulate import Plan
from tightrope.errors import ModelError
from tightrope.model.parameters import Range, table
from tightrope.report import words
from tightrope.report.evidence import shown

Kind = Literal["happening", "figure", "parameter"]
WHY = "A lever that was moved: a what-if of the analyst's own, which no source gives."
ID, TITLE = "own_levers", "Levers of your own"
# So many moved levers are taken at most.
MOST = 60


@dataclass(frozen=True)
class Lever:
    """One lever: its range and step, in `unit`, where it stands if it is not moved, and on whose word.

    `neutral` is the value that stands for what the model has without it, where one value does; `held` says so in
    words. `claims` are ids of the claims that suggest it or carry its number, `sources` how many sources these are of.
    """

    id: str
    group: str
    title: str
    meaning: str
    unit: str
    low: float
    high: float
    step: float
    neutral: float | None
    held: str
    kind: Kind
    sources: int
    claims: tuple[str, ...]
    assumed: bool
    warning: str | None


@dataclass(frozen=True)
class _Given:
    """A kind of happening as a lever: about which role, and how it is told. {who} is the focus, {about} the actor."""

    kind: str
    role: Literal["target", "rival", "ally of the target", "focus"]
    group: str
    title: str
    meaning: str
    unit: str
    high: float
    step: float
    neutral: float | None
    held: str
    months: int | None = None


POWERS, PRESSURE, HOME, TIES, FACTS, ASSUMPTIONS = (
    "The powers",
    "Pressure and sanctions",
    "Order at home",
    "Memberships and sides",
    "Dependence, in figures",
    "How the model reasons",
)
_ON = "0 = no, 1 = yes"
GIVEN: tuple[_Given, ...] = (
    _Given("tied_down", "target", POWERS, "{About} tied down by its war",
           "How much of its troops, money and attention the war absorbs, and the neighbours do not get.",
           "fraction of capacity", 1.0, 0.05, None, "drawn, {tied_down}"),
    _Given("credibility", "target", POWERS, "{About}'s word is believed",
           "How far its offers are taken at their word; without the lever its own use of force lowers it.",
           "0 not at all – 1 in full", 1.0, 0.05, None, "follows its use of force"),
    _Given("effort", "rival", POWERS, "{About} {steps} in",
           "What it bids for influence in the region, as a multiple of what it bids now.",
           "times its bids of today", 4.0, 0.1, 1.0, "as today"),
    _Given("effort", "target", POWERS, "{About} spends on the region",
           "What it bids for influence in the region, as a multiple of what it bids now.",
           "times its bids of today", 4.0, 0.1, 1.0, "as today"),
    _Given("coordination", "ally of the target", POWERS, "{About} and {target} act as one",
           "From each for itself to one bloc against all others.",
           "0 apart – 1 one bloc", 1.0, 0.1, 0.0, "each for itself"),
    _Given("secondary_sanctions", "focus", PRESSURE, "Secondary sanctions on {who}",
           "The sanctioning side punishes banks and traders of {who} for helping {target}.",
           _ON, 1.0, 1.0, 0.0, "may come, by chance and conduct"),
    _Given("enforcement", "focus", PRESSURE, "{Who} enforces the sanctions",
           "Fixes how strictly, instead of letting the model choose month by month.",
           "0 not at all – 1 in full", 1.0, 0.05, None, "chosen month by month"),
    _Given("route_closed", "focus", PRESSURE, "Export route through {target} shut",
           "How much of the exports on that route stand still.",
           "fraction of exports on the route", 1.0, 0.05, 0.0, "open"),
    _Given("retaliation", "focus", PRESSURE, "{Target} retaliates",
           "{Target} strikes back by trade, transit and energy, in every month.",
           _ON, 1.0, 1.0, 0.0, "may come, by chance and conduct"),
    _Given("threat", "focus", PRESSURE, "{Target} threatens {who}",
           "Threatening words heard each month, on top of the usual ones.",
           "strength; 1 = a president's flat threat", 1.0, 0.05, 0.0, "the usual words"),
    _Given("fuel_step", "focus", HOME, "Fuel price shock",
           "How far the pump price lies above its old level.",
           "log points; 0.7 doubles it", 1.5, 0.05, 0.0, "no shock"),
    _Given("price_cap", "focus", HOME, "Price cap",
           "The state holds prices down, at the budget's cost.",
           "0 lifted – 1 in force", 1.0, 1.0, None, "as on the calendar of the case"),
    _Given("outside_threat", "focus", HOME, "Threat from elsewhere",
           "Need of protection against others than {target}, such as the south.",
           "0 none – 1 as great as can be", 1.0, 0.05, None, "drawn, {outside_threat}"),
    _Given("leave_security", "focus", TIES, "{Who} leaves the alliance", "In the first month of the run.",
           _ON, 1.0, 1.0, 0.0, "decided as it comes up", 1),
    _Given("leave_economic", "focus", TIES, "{Who} leaves the economic union", "In the first month of the run.",
           _ON, 1.0, 1.0, 0.0, "decided as it comes up", 1),
    _Given("join_sanctions", "focus", TIES, "{Who} joins the sanctions", "In the first month of the run.",
           _ON, 1.0, 1.0, 0.0, "decided as it comes up", 1),
    _Given("send_troops", "focus", TIES, "{Who} sends troops beside {target}", "In the first month of the run.",
           _ON, 1.0, 1.0, 0.0, "decided as it comes up", 1),
)  # fmt: skip

# Figures of the focus state that mechanisms read, by the end of their name, with the title of the lever.
FIGURES: tuple[tuple[str, str], ...] = (
    ("route_dependence", "Exports that cross {target}"),
    ("exports_{target_id}", "Exports to {target}"),
    ("exports_{sanctioner_id}", "Exports to {bloc}"),
    ("remittances_{target_id}", "Remittances from {target}"),
    ("energy_dependence_{target_id}", "Energy from {target}"),
    ("ethnic_russians", "Ethnic Russians in the population"),
    ("capability", "Military spending beside {target}'s"),
    ("resource_rents", "Rents of oil, gas and minerals"),
    ("inequality", "Inequality of incomes"),
    ("secession_exposure", "Fear of secession"),
)
# Assumptions worth moving, each with its title.
PARAMETERS: Mapping[str, str] = {
    "choice_intensity": "How much reasons count (0 = habit alone)",
    "risk_aversion": "Aversion to depending on one power",
    "tied_hands": "How far promises bind",
    "debt_weight": "How far a debt for help binds",
    "penalty_sensitivity": "How evasion provokes penalties",
}


def levers(known: Known, made: Plan) -> tuple[Lever, ...]:
    """Every lever of a case as known, in the order in which they are shown."""
    case = known.case
    found = [*_happenings(case, made), *_figures(case, made), *_parameters(made)]
    return tuple(found)


def _called(case: Case) -> dict[str, str]:
    names = case.names
    about = case.about
    return {
        "who": names.get(about.focus, about.focus),
        "target": names.get(about.target, about.target),
        "bloc": names.get(about.sanctioner, about.sanctioner),
        "target_id": about.target.lower(),
        "sanctioner_id": about.sanctioner.lower(),
    }


def _said(text: str, called: Mapping[str, str], about: str = "") -> str:
    """A text with names filled in; a name in capitals begins a sentence."""
    first = {name.capitalize(): words.initial(value) for name, value in {**called, "about": about}.items()}
    steps = "step" if about.endswith("states") else "steps"
    return text.format(**called, about=about, steps=steps, **first)


def _about(role: str, case: Case) -> tuple[str, ...]:
    """The actors that a happening of this role may concern."""
    about = case.about
    others = tuple(pole for pole in about.poles if pole != about.target)
    rivals = tuple(pole for pole in others if pole != about.sanctioner)
    return {
        "target": (about.target,),
        "focus": (about.focus,),
        "rival": (*rivals, about.sanctioner),
        "ally of the target": rivals[:1],
    }[role]


def _happenings(case: Case, made: Plan) -> Iterator[Lever]:
    names, called = case.names, _called(case)
    plan = made.blueprint
    drawn = {
        "tied_down": _between(plan.parameters["tied_down"]),
        "outside_threat": _between(plan.figures[f"{case.about.focus.lower()}.outside_threat"]),
    }
    for given in GIVEN:
        for actor in _about(given.role, case):
            about = names.get(actor, actor)
            claims = _suggesting(case, given.kind, actor)
            yield Lever(
                id=f"{given.kind}.{actor}",
                group=given.group,
                title=words.initial(_said(given.title, called, about)),
                meaning=_said(given.meaning, called, about),
                unit=given.unit,
                low=0.0,
                high=given.high,
                step=given.step,
                neutral=given.neutral,
                held=given.held.format(**drawn),
                kind="happening",
                sources=len({claim.source for claim in case.claims if claim.id in claims}),
                claims=claims,
                assumed=True,
                warning=None,
            )


def _suggesting(case: Case, kind: str, actor: str) -> tuple[str, ...]:
    """The claims that suggest the scenarios in which this happens."""
    like = (
        scenario
        for scenario in case.scenarios
        if any(one.kind == kind and one.about == actor for one in scenario.happenings)
    )
    return tuple(dict.fromkeys(name for scenario in like for name in scenario.suggested_by))


def _held(found: Range) -> str:
    """What runs have where a lever is not moved."""
    return shown(found) if found.low == found.high else f"drawn, {_between(found)}"


def _between(found: Range) -> str:
    """A range as two numbers."""
    return f"{found.low:.3g}–{found.high:.3g}"


def _figures(case: Case, made: Plan) -> Iterator[Lever]:
    called, prefix = _called(case), f"{case.about.focus.lower()}."
    known = {figure.id: figure for figure in case.figures}
    for name, title in FIGURES:
        path = prefix + name.format(**called)
        found, figure = made.blueprint.figures.get(path), known.get(path)
        if found is not None and figure is not None:
            yield _figure(path, _said(title, called), found, figure)


def _figure(path: str, title: str, found: Range, figure: Figure) -> Lever:
    domain = figure_domain(path)
    most = min(domain.high, 2.0 * found.high or 1.0, 100.0 if figure.unit.startswith("percent") else 1e9)
    step = _step(most)
    assumed = figure.scenario is not None
    wide = found.low > 0 and found.high / found.low > 1.5
    return Lever(
        id=f"figures.{path}",
        group=FACTS,
        title=title,
        meaning=words.initial(figure.measure) + ".",
        unit=figure.unit,
        low=0.0 if found.low <= 0 else step,
        high=round(max(found.high, step * round(most / step)), 6),
        step=step,
        neutral=round((found.low + found.high) / 2.0, 6),
        held=_held(found),
        kind="figure",
        sources=len({reading.source for reading in figure.claims}),
        claims=tuple(reading.id for reading in figure.claims if reading.id),
        assumed=assumed,
        warning=(
            f"An assumption: {figure.why}"
            if assumed
            else "Sources, or years, differ by half or more."
            if wide
            else None
        ),
    )


def _step(most: float) -> float:
    """A round step of which about a hundred make the range."""
    raw = most / 100.0
    return next(
        (size * base for base in (1e-4, 1e-3, 1e-2, 0.1, 1.0) for size in (1, 2, 5) if size * base >= raw),
        10.0,
    )


def _parameters(made: Plan) -> Iterator[Lever]:
    rows = table()
    for name, title in PARAMETERS.items():
        row, found = rows[name], made.blueprint.parameters[name]
        high = 2.0 * found.high
        middle = found.mode if found.mode is not None else (found.low + found.high) / 2.0
        yield Lever(
            id=f"parameters.{name}",
            group=ASSUMPTIONS,
            title=title,
            meaning=words.initial(row.note) + ".",
            unit=row.unit,
            low=0.0,
            high=high,
            step=_step(high),
            neutral=middle,
            held=_held(found),
            kind="parameter",
            sources=1 if row.source else 0,
            claims=(),
            assumed=row.source is None,
            warning=None if row.source else "An assumption of the model; no source gives it.",
        )


def merged(
    base: Scenario | None, moved: Mapping[str, float], found: tuple[Lever, ...], start: tuple[int, int]
) -> Scenario | None:
    """A base scenario with the moved levers over it, as one scenario; None where there is neither.

    Raises:
        ModelError: a lever of that name does not exist, or a value lies outside its range.
    """
    if not moved:
        return base
    by_id = {lever.id: lever for lever in found}
    settings = {one.path: one for one in base.settings} if base else {}
    happenings = {(one.kind, one.about): one for one in base.happenings} if base else {}
    for name, value in sorted(moved.items()):
        lever = by_id.get(name)
        if lever is None:
            raise ModelError(f"there is no lever {name!r}; GET /api/situation lists them")
        if not lever.low <= value <= lever.high:
            raise ModelError(f"{name} cannot be {value:g}; give {lever.low:g} to {lever.high:g} {lever.unit}")
        if lever.kind == "happening":
            happening = _happening(lever, value, start)
            happenings[happening.kind, happening.about] = happening
        else:
            settings[name] = Setting(path=name, value=value, unit=lever.unit, why=WHY)
    return _scenario(base, tuple(settings.values()), tuple(happenings.values()))


def _happening(lever: Lever, value: float, start: tuple[int, int]) -> Happening:
    kind, _, about = lever.id.partition(".")
    given = next(one for one in GIVEN if one.kind == kind)
    return Happening.model_validate(
        {
            "kind": kind,
            "about": about,
            "start": date(*start, 1).isoformat(),
            "months": given.months,
            "value": value,
            "unit": lever.unit,
            "why": WHY,
        }
    )


def _scenario(
    base: Scenario | None, settings: tuple[Setting, ...], happenings: tuple[Happening, ...]
) -> Scenario:
    return Scenario(
        id=base.id if base else ID,
        title=base.title if base else TITLE,
        meaning=f"{base.meaning} With levers moved over it." if base else WHY,
        scenario=True,
        suggested_by=base.suggested_by if base else (),
        settings=settings,
        happenings=happenings,
    )


def expressed(scenario: Scenario, found: tuple[Lever, ...]) -> dict[str, float]:
    """The values of the levers that show what a scenario does, whenever in the run it does it."""
    ids = {lever.id for lever in found}
    given = {f"{one.kind}.{one.about}": one.value for one in scenario.happenings}
    given |= {one.path: one.value for one in scenario.settings if one.value is not None}
    return {name: value for name, value in given.items() if name in ids}
