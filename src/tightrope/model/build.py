"""From a case, as far as it is known, to a blueprint: labels end here.

What each claim sets is decided in this module and nowhere else; `docs/reference/claims.md` lists it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from tightrope.case.case import Case
from tightrope.case.domain import figure_domain
from tightrope.case.knowledge import Known
from tightrope.case.scenario import Scenario
from tightrope.errors import ModelError
from tightrope.evidence.claim import Act, Commitment, Event, Interpretation, Position, Statement, Threat
from tightrope.evidence.period import Span
from tightrope.model.blueprint import Blueprint, DatedAct, Entity, MenuAct, Stock
from tightrope.model.needs import known_figures
from tightrope.model.parameters import LARGE, Range, need, table
from tightrope.model.schedule import apply_happenings, plan

# Base rates that are counted in a reference class of the case's precedents.
COUNTED: Mapping[str, str] = {
    "request_base_rate": "request",
    "grant_base_rate": "intervention",
    "recognition_base_rate": "recognition",
    "leave_security_base_rate": "leave_security",
    "leave_economic_base_rate": "leave_economic",
    "join_base_rate": "join_sanctions",
    "troops_base_rate": "send_troops",
    "claim_base_rate": "claim",
    "force_base_rate": "force",
    "retaliation_base_rate": "retaliation",
    "concession_base_rate": "concession",
    "repression_base_rate": "repression",
}
# Events about a decider that the model reads; others are evidence without a number.
READ_EVENTS = frozenset({"intervention", "purge", "price_cap", "currency_fall"})

# Issues on which a public undertaking ties hands in the matter of sanctions, and in what else the target wants; a stand
# on recognising any entity (`recognise_...`) is of the second kind.
BINDING = frozenset({"help_evade_sanctions", "join_sanctions"})
STANDS = frozenset({"send_troops"})


def build(
    known: Known, scenario: Scenario | None = None, settings: Mapping[str, float] | None = None
) -> Blueprint:
    """Turn what is known of a case into a blueprint; a scenario and single settings change it from then on.

    Args:
        known: the case as filtered by `as_of` and left-out sources.
        scenario: a what-if; the start of the run stays the one that is known.
        settings: values by path. A parameter is an assumption about how the world works and holds for the
            start too; a figure (`figures.ID`) is a what-if like a scenario's, over the scenario's own.

    Raises:
        ModelError: a figure that the model needs is missing, or a path names nothing.
    """
    wanted = {path: Range(value, value) for path, value in (settings or {}).items()}
    assumed = {path: found for path, found in wanted.items() if path.startswith("parameters.")}
    plain = _set(_known_blueprint(known), assumed)
    if scenario is None and len(assumed) == len(wanted):
        return plain
    return varied(plain, scenario, wanted)


def varied(
    plain: Blueprint, scenario: Scenario | None, wanted: Mapping[str, Range] | None = None
) -> Blueprint:
    """A blueprint changed by a scenario, and by single settings over it, from the first month on.

    Raises:
        ModelError: a path names nothing, a value cannot be, or a happening lies before the start.
    """
    changes: dict[str, Range] = {}
    for item in scenario.settings if scenario else ():
        low, high = (item.value, item.value) if item.value is not None else (item.low, item.high)
        changes[item.path] = Range(float(low or 0.0), float(high or 0.0))
    changed = _set(plain, {**changes, **(wanted or {})})
    happenings = scenario.happenings if scenario else ()
    schedule = apply_happenings(changed.schedule, happenings, plain)
    return replace(changed, schedule=schedule, origin=plain)


def _known_blueprint(known: Known) -> Blueprint:
    case, about = known.case, known.case.about
    start = (known.as_of.year + known.as_of.month // 12, known.as_of.month % 12 + 1)
    claims = tuple(claim for claim in case.claims if claim.fault is None)
    undertakings = [claim for claim in claims if isinstance(claim, Commitment)]
    who = _Places(case)
    figures, filled = known_figures(case)
    return Blueprint(
        deciders=about.deciders,
        poles=about.poles,
        target=about.poles.index(about.target),
        sanctioner=about.poles.index(about.sanctioner),
        focus=about.deciders.index(about.focus),
        start=start,
        months=about.months,
        parameters=_parameters(case),
        figures=figures,
        positions=_positions(claims, who, groups=False),
        opinions=_positions(claims, who, groups=True),
        distances={issue.id: issue.distance for issue in case.issues},
        voices=_voices(claims, who),
        events=_events(claims, who, start),
        acts=_acts(case, claims, who, start),
        commitments=_stocks((c for c in undertakings if c.issue in BINDING), who, start),
        stands=_stocks((c for c in undertakings if takes_a_stand(c.issue)), who, start),
        threats=_stocks((c for c in claims if isinstance(c, Threat) and who.of_target(c)), who, start),
        allied=_members(case, "security", known.as_of),
        preferred=_members(case, "economic", known.as_of),
        rivals=_rivals(case),
        conditions=frozenset(
            claim.event for claim in claims if isinstance(claim, Event) and claim.about == about.target
        ),
        schedule=plan(case, start, _cap_in_force(claims, who)),
        entities=tuple(Entity(one.id, one.parent, one.issue) for one in case.entities),
        recognitions=_recognitions(case),
        decided=_decided(case),
        cohort=_cohort(case),
        menu=_menu(case),
        organ=_organ(case),
        filled=filled,
        refusals=_refusals(case, start),
    )


def takes_a_stand(issue: str) -> bool:
    """Whether an undertaking on the issue is a stand against the target apart from the sanctions."""
    return issue in STANDS or issue.startswith("recognise_")


class _Places:
    """Which decider an actor belongs to: itself, or the state that a group or person is of."""

    def __init__(self, case: Case) -> None:
        self._index = {name: place for place, name in enumerate(case.about.deciders)}
        self._target = case.about.target
        self._of = {actor.id: actor.of for actor in case.actors if actor.of}
        self._groups = {actor.id for actor in case.actors if actor.kind == "group"}

    def of_target(self, claim: Threat) -> bool:
        """Whether a threat comes from the target, or from a person or group of it."""
        return self._target in (claim.by, self._of.get(claim.by))

    def is_group(self, actor: str) -> bool:
        """Whether the actor is a group, whose opinion is not the state's."""
        return actor in self._groups

    def __call__(self, actor: str) -> int | None:
        return self._index.get(actor, self._index.get(self._of.get(actor) or ""))


def _parameters(case: Case) -> dict[str, Range]:
    ranges = {name: row.range for name, row in table().items()}
    for name, kind in COUNTED.items():
        cases = [precedent.happened for precedent in case.precedents if precedent.reference_class == kind]
        ranges[name] = Range(float(sum(cases)), float(len(cases) - sum(cases)), shape="counted")
    return ranges


def _set(blueprint: Blueprint, changes: Mapping[str, Range]) -> Blueprint:
    figures, parameters = dict(blueprint.figures), dict(blueprint.parameters)
    for path, found in changes.items():
        kind, _, name = path.partition(".")
        if kind == "parameters":
            need(name).check(found)
            parameters[name] = found
        elif kind == "figures" and name in figures:
            _check_figure(name, figures[name], found)
            figures[name] = found
        else:
            near = get_close_matches(path, [f"figures.{name}" for name in figures], 1)
            hint = f"did you mean {near[0]}?" if near else "a path is parameters.NAME or figures.ID"
            raise ModelError(f"nothing is called {path!r}; {hint}")
    return replace(blueprint, figures=figures, parameters=parameters)


def _check_figure(name: str, known: Range, found: Range) -> None:
    """Refuse what the figure cannot be: no number, outside its domain, or of a sign that it never has."""
    unit = None if name.endswith("exports_rus") and name.startswith("west") else "percent of GDP"
    for value in (found.low, found.high):
        remedy = figure_domain(name).remedy(value, unit)
        if remedy is None and abs(value) > LARGE:
            remedy = f"give at most {LARGE:g}"
        if remedy is None and known.low > 0 >= value:
            remedy = f"give more than 0, known is {known.low:g} and up"
        if remedy is not None:
            raise ModelError(f"figures.{name} cannot be {value:g}; {remedy}")


def _months_before(start: tuple[int, int], when: Span) -> float:
    middle = when.earliest + (when.latest - when.earliest) / 2
    return (start[0] - middle.year) * 12 + (start[1] - middle.month) + (1 - middle.day) / 31.0


def _happening(claim: Statement) -> str:
    """What a claim tells of: as it says itself, or its kind of act, or its name before the source's."""
    return claim.happening or (claim.act if isinstance(claim, Act) else claim.id.rsplit(".", 1)[0])


def _hull(values: Iterable[float]) -> Range:
    found = list(values)
    return Range(min(found), max(found))


def _positions(claims: Iterable[Statement], who: _Places, groups: bool) -> dict[tuple[int, str], Range]:
    found: dict[tuple[int, str], list[float]] = defaultdict(list)
    for claim in claims:
        place = who(claim.about)
        if isinstance(claim, Position) and place is not None and who.is_group(claim.about) == groups:
            found[place, claim.issue].append(claim.stance)
    return {key: _hull(stances) for key, stances in found.items()}


def _voices(claims: Iterable[Statement], who: _Places) -> dict[int, dict[str, Range]]:
    heard: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        place = who(claim.about)
        if isinstance(claim, Interpretation) and place is not None:
            heard[place][claim.voice].append(claim.stance)
    return {place: {voice: _hull(heard[place][voice]) for voice in sorted(heard[place])} for place in heard}


def _grouped(claims: Iterable[Statement], who: _Places) -> dict[tuple[int, str], list[Statement]]:
    groups: dict[tuple[int, str], list[Statement]] = defaultdict(list)
    for claim in claims:
        place = who(claim.about)
        if place is not None:
            groups[place, _happening(claim)].append(claim)
    return dict(sorted(groups.items()))


def _sharpest(claims: Iterable[Statement]) -> Span:
    return min(
        (claim.date for claim in claims), key=lambda span: (span.latest - span.earliest, span.earliest)
    )


def _stocks(claims: Iterable[Statement], who: _Places, start: tuple[int, int]) -> tuple[Stock, ...]:
    stocks = []
    for (place, key), group in _grouped(claims, who).items():
        strength = _hull(claim.strength for claim in group if isinstance(claim, Commitment | Threat))
        rank = next((claim.rank for claim in group if isinstance(claim, Threat)), "")
        stocks.append(Stock(place, key, max(0.0, _months_before(start, _sharpest(group))), strength, rank))
    return tuple(stocks)


def _events(
    claims: Iterable[Statement], who: _Places, start: tuple[int, int]
) -> dict[tuple[str, int], Stock]:
    groups: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for claim in claims:
        place = who(claim.about)
        if isinstance(claim, Event) and place is not None and claim.event in READ_EVENTS:
            groups[claim.event, place].append(claim)
    return {
        (event, place): Stock(
            place,
            event,
            max(0.0, _months_before(start, _sharpest(group))),
            _hull(claim.strength for claim in group),
        )
        for (event, place), group in sorted(groups.items())
    }


def _acts(
    case: Case, claims: Iterable[Statement], who: _Places, start: tuple[int, int]
) -> tuple[DatedAct, ...]:
    kinds = {kind.id: kind for kind in case.acts}
    acts = []
    for (place, _), group in _grouped((c for c in claims if isinstance(c, Act)), who).items():
        first = group[0]
        if not isinstance(first, Act):
            continue
        kind = kinds[first.act]
        accounts: dict[str, Range] = {name: Range(low, high) for name, (low, high) in kind.accounts.items()}
        age = max(0.0, _months_before(start, _sharpest(group)))
        acts.append(DatedAct(place, kind.id, age, kind.base_rate, accounts))
    return tuple(sorted(acts, key=lambda act: (-act.age, act.decider, act.kind)))


def _members(case: Case, role: str, as_of: date) -> frozenset[tuple[int, int]]:
    poles = case.about.poles
    found = set()
    for institution in case.institutions:
        if institution.role != role or institution.leader not in poles:
            continue
        for member in institution.members:
            ended = member.until is not None and member.until.latest <= as_of
            if member.actor in case.about.deciders and member.since.earliest <= as_of and not ended:
                found.add((case.about.deciders.index(member.actor), poles.index(institution.leader)))
    return frozenset(found)


def _organ(case: Case) -> str:
    """How the security institution that the target leads decides; by consensus where there is none."""
    led = (one for one in case.institutions if one.role == "security" and one.leader == case.about.target)
    return next((one.decides_by for one in led), "consensus")


def _rivals(case: Case) -> frozenset[int]:
    """Deciders with which the target has fought a war: a tie of kind conflict between the two."""
    pairs = [{tie.source_actor, tie.target_actor} for tie in case.ties if tie.kind == "conflict"]
    return frozenset(
        place for place, name in enumerate(case.about.deciders) if {name, case.about.target} in pairs
    )


def _recognitions(case: Case) -> dict[tuple[str, str], float]:
    """Who among poles and deciders recognises which entity: the ties of that kind that are still in force.

    A bloc's tie may give the share of its members that do.
    """
    who, what = {*case.about.poles, *case.about.deciders}, {entity.id for entity in case.entities}
    return {
        (tie.source_actor, tie.target_actor): 1.0 if tie.value is None else tie.value
        for tie in case.ties
        if tie.kind == "recognition"
        and tie.until is None
        and tie.source_actor in who
        and tie.target_actor in what
    }


def _decided(case: Case) -> dict[int, tuple[int, int]]:
    """How often each decider recognised an entity in an analogous case, and how often it did not."""
    found: dict[int, tuple[int, int]] = {}
    for precedent in case.precedents:
        if precedent.reference_class == "recognition" and precedent.about in case.about.deciders:
            place = case.about.deciders.index(precedent.about)
            yes, no = found.get(place, (0, 0))
            found[place] = (yes + precedent.happened, no + (not precedent.happened))
    return found


def _refusals(case: Case, start: tuple[int, int]) -> tuple[Stock, ...]:
    """The requests for troops by a decider that were refused, as the precedents tell."""
    places = {name: place for place, name in enumerate(case.about.deciders)}
    return tuple(
        Stock(places[one.about], one.id, max(0.0, _months_before(start, one.date)), Range(1.0, 1.0))
        for one in case.precedents
        if one.reference_class == "intervention" and not one.happened and one.about in places
    )


def _cohort(case: Case) -> frozenset[int]:
    bloc = next((actor for actor in case.actors if actor.id == case.about.cohort), None)
    members = bloc.members if bloc else ()
    return frozenset(place for place, name in enumerate(case.about.deciders) if name in members)


def _menu(case: Case) -> tuple[MenuAct, ...]:
    return tuple(
        MenuAct(
            kind.id,
            kind.monthly,
            {name: Range(low, high) for name, (low, high) in kind.accounts.items()},
            Range(*kind.pledge),
            kind.mediation,
            kind.pledge_on,
            kind.open_to,
            kind.needs,
        )
        for kind in case.acts
        if kind.monthly is not None
    )


def _cap_in_force(claims: Iterable[Statement], who: _Places) -> frozenset[int]:
    places = (who(claim.about) for claim in claims if isinstance(claim, Event) and claim.event == "price_cap")
    return frozenset(place for place in places if place is not None)
