"""Key judgements: a probability in calibrated words, what carries it, what is against it, what to watch."""

from __future__ import annotations

from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.engine.outcome import Outcome
from tightrope.engine.result import Result
from tightrope.model.blueprint import Blueprint
from tightrope.model.parameters import table
from tightrope.report import words
from tightrope.report.bearing import Input
from tightrope.report.dispute import counts, disputes
from tightrope.report.evidence import ClaimNote, ConflictNote
from tightrope.report.leverage import Effect, Leverage
from tightrope.report.meaning import meant_for, signposts
from tightrope.report.spread import Mover, draws_of, spread
from tightrope.report.topic import Topic, last_time, topics

SHORT_CONFLICTS = 2
RULE = (
    "Claims about one and the same thing count as one. Each such group was left out in turn, and the runs "
    "made again with the same random numbers. The two whose presence pushes the probability furthest "
    "towards the judgement carry it; the one that pushes furthest the other way is the strongest against."
)
UNMEASURED = (
    "The runs were not made again without single claims, so these are the flattest and most often told of "
    "those that bear on the judgement, whichever way they push."
)


EVEN = "roughly even"


# A range over which the odds differ by more than this is not called narrow, however close its ends are.
ODDS = 4.0


@dataclass(frozen=True)
class Sides:
    """How the claims on both sides of a judgement are headed, and what the signs + and − before them mean."""

    towards: str
    away: str
    meaning: str


CARRIES = Sides("What carries it", "Strongest claim against", "")
EITHER = Sides(
    "What makes it likelier",
    "What makes it less likely",
    "The chance is roughly even, so there is no side to carry: + marks claims that make it likelier, − the one that "
    "makes it less likely.",
)


@dataclass(frozen=True)
class Weight:
    """A claim that moves a judgement: its text, who else says so, and what its presence does.

    `effect` says it with the value that it is measured from, `absent` without.
    """

    claim: ClaimNote
    sources: tuple[str, ...]
    effect: str
    absent: str
    measurable: bool


@dataclass(frozen=True)
class Aside:
    """An outcome beside a judgement: its name, its mean or frequency, and its range, all as text."""

    label: str
    mean: str
    range: str


@dataclass(frozen=True)
class Sign:
    """A sign to watch: what, in which direction, and what it would do to the probability."""

    observable: str
    direction: str
    likelier: bool


@dataclass(frozen=True)
class Judgement:
    """One key judgement. `frequency`, `low` and `high` are of the judged event; `low` to `high` its range.

    `moved_by_source` says what the report does that moves it most, `without_source` the same without the value that
    this is measured from.
    """

    id: str
    title: str
    statement: str
    word: str
    frequency: float
    low: float
    high: float
    sampling_low: float
    sampling_high: float
    range: str
    firmness: str
    asides: tuple[Aside, ...]
    baseline: str | None
    carried: tuple[Weight, ...]
    against: Weight | None
    rule: str
    sides: Sides
    moved_by_source: str | None
    without_source: str | None
    moved_by_assumption: str | None
    conflicts: tuple[ConflictNote, ...]
    signposts: tuple[Sign, ...]
    meant: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ground:
    """What judgements are made from."""

    result: Result
    case: Case
    blueprint: Blueprint
    found: dict[str, Outcome]
    notes: dict[str, ClaimNote]
    conflicts: tuple[ConflictNote, ...]
    inputs: tuple[Input, ...]
    leverage: Leverage | None


def judgements(ground: Ground) -> tuple[Judgement, ...]:
    """The key judgements of a result, in the order of the page."""
    asked = topics(ground.result, ground.case)
    weights = counts(ground.case, asked, ground.inputs)
    return tuple(
        _judge(ground, topic, disputes(ground.conflicts, weights[topic.id], SHORT_CONFLICTS))
        for topic in asked
    )


def _judge(ground: Ground, topic: Topic, conflicts: tuple[ConflictNote, ...]) -> Judgement:
    about, names = ground.case.about, ground.result.manifest.origin.names
    called = {
        "who": names.get(ground.result.manifest.focus, ground.result.manifest.focus),
        "rival": names.get(about.target, about.target),
        "bloc": names.get(about.sanctioner, about.sanctioner),
    }
    found = spread(topic.happened(ground.result), draws_of(ground.result, ground.blueprint))
    carried, against, rule = _weights(ground, topic, found.frequency)
    source, without = _source(ground, topic)
    return Judgement(
        id=topic.id,
        title=topic.title,
        statement=words.sentence(found.frequency, topic.clause),
        word=words.word(found.frequency),
        frequency=found.frequency,
        low=found.low,
        high=found.high,
        sampling_low=found.sampling_low,
        sampling_high=found.sampling_high,
        range=words.of_100(found.low, found.high),
        firmness=firmness(found.low, found.high),
        asides=tuple(aside(ground.found[name]) for name in topic.beside if name in ground.found),
        baseline=_baseline(ground, topic),
        carried=carried,
        against=against,
        rule=rule,
        sides=EITHER if words.word(found.frequency) == EVEN else CARRIES,
        moved_by_source=source,
        without_source=without,
        moved_by_assumption=_assumption(ground, found.mover),
        conflicts=conflicts,
        signposts=tuple(Sign(*sign) for sign in signposts(topic.id, called)),
        meant=meant_for(topic.id, found.frequency, called),
    )


def firmness(low: float, high: float) -> str:
    """How far the answer turns on assumptions, from its range; what is rare or nearly sure is judged by its odds.

    >>> firmness(0.3, 0.6)
    'The assumptions move the answer over 30 of 100 runs, from 30 to 60.'
    >>> firmness(0.02, 0.15)
    'The assumptions move the answer over only 13 of 100 runs, but its odds by a factor of 8.6.'
    """
    bottom, top = words.ends(low, high)
    over = f"over {top - bottom} of 100 runs, from {bottom} to {top}"
    odds = high * (1.0 - low) / max(1e-9, low * (1.0 - high))
    if high - low > 0.5:
        return f"The answer turns on assumptions that no source settles: they move it {over}."
    if high - low > 0.15:
        return f"The assumptions move the answer {over}."
    only = f"over only {top - bottom} of 100 runs"
    if odds > ODDS:
        factor = "more than 100" if odds > 100 else words.number(odds)
        return f"The assumptions move the answer {only}, but its odds by a factor of {factor}."
    return (
        f"Within the model the assumptions move the answer {only}, which is no proof that the model is right."
    )


def aside(found: Outcome) -> Aside:
    """An outcome as a line of text."""
    label = words.initial(found.label.partition(": ")[2] or found.label).replace(
        " in the last month", " at the end"
    )
    if ".vote." in found.name:
        label = words.initial(label.partition(": ")[2] or label).partition(" on ")[0]
    unit = {"share": " %", "probability": " %", "percent": " %"}.get(found.unit, f" {found.unit}")
    if found.kind == "probability":
        range_ = words.of_100(found.low or 0.0, found.high or 0.0)
        return Aside(label, f"{words.hundred(found.mean)} of 100 runs", range_)
    if found.unit in ("0 to 1", "poles"):
        unit = ""
    low, mean, high = (words.amount(each or 0.0, found.unit) for each in (found.p05, found.mean, found.p95))
    return Aside(label, f"{mean}{unit}", f"on average; {low} to {high}{unit} in nine of ten runs")


def _baseline(ground: Ground, topic: Topic) -> str | None:
    coming = next((vote for vote in ground.case.resolutions if vote.id == topic.vote), None)
    if coming is None:
        return None
    before = last_time(ground.case, coming, ground.result.manifest.focus)
    if before is None:
        return "No earlier vote of this format is known, so there is no plain baseline."
    said = {"no": "it votes no", "yes": "it votes yes", "absent": "it stays away"}
    guess = said.get(before[0], "it abstains")
    modelled = ground.found[f"{topic.outcome.rpartition('.')[0]}.{before[0]}"].mean
    return (
        f"The plain baseline, “as last time on a text of this format”, says that {guess}, as on "
        f"{words.day(before[1].date)} ({before[1].title}). The model says so in {words.hundred(modelled)} of "
        f"100 runs. A model has to beat that baseline before it is believed."
    )


def _weights(ground: Ground, topic: Topic, frequency: float) -> tuple[tuple[Weight, ...], Weight | None, str]:
    """The two that carry the judgement, the strongest against it, and the rule by which they were chosen."""
    bearing = [one for one in ground.inputs if topic.bears(one)]
    effects = {} if ground.leverage is None else ground.leverage.inputs
    measured = [(one, effects[one.id][topic.id]) for one in bearing if topic.id in effects.get(one.id, {})]
    if not measured:
        ranked = sorted(bearing, key=lambda one: (-one.weight, one.key))
        return tuple(_weight(ground, one, None) for one in ranked[:2]), None, UNMEASURED
    side = 1.0 if frequency >= 0.5 or words.word(frequency) == EVEN else -1.0
    ordered = sorted(measured, key=lambda pair: (-side * pair[1].size, -pair[0].weight, pair[0].key))
    towards = [pair for pair in ordered if side * pair[1].size > 0][:2]
    away = [pair for pair in ordered if side * pair[1].size < 0][-1:]
    carried = tuple(_weight(ground, *pair) for pair in towards)
    return carried, next((_weight(ground, *pair) for pair in away), None), RULE


def _weight(ground: Ground, found: Input, effect: Effect | None) -> Weight:
    """The longest paraphrase among the claims of an input stands for it."""
    shown = max((ground.notes[name] for name in found.claims), key=lambda note: len(note.paraphrase))
    if effect is None:
        return Weight(shown, found.sources, "not measured", "not measured", False)
    return Weight(shown, found.sources, *_said(effect), effect.measurable)


def _said(effect: Effect) -> tuple[str, str]:
    """What is left without something, with and without the value that it is measured from."""
    absent, present = _tenths(effect.absent), _tenths(effect.present)
    chance = "" if effect.measurable else ": less than chance alone may do"
    return (
        f"without it {absent} instead of {present} of 100 runs{chance}",
        f"without it {absent} of 100 runs{chance}",
    )


def _tenths(probability: float) -> str:
    return f"{100.0 * probability:.1f}".removesuffix(".0")


def _source(ground: Ground, topic: Topic) -> tuple[str, str] | tuple[None, None]:
    """The report that moves it most, with and without the value that it is measured from."""
    if ground.leverage is None or not ground.leverage.sources:
        return None, None
    effects = {name: found[topic.id] for name, found in ground.leverage.sources.items() if topic.id in found}
    if not effects:
        return None, None
    name, effect = max(effects.items(), key=lambda pair: (abs(pair[1].size), pair[0]))
    title = next((source.title for source in ground.case.sources if source.id == name), name)
    if not effect.measurable:
        none = "No single source moves it by more than chance alone may do."
        return none, none
    whole, short = (f"{name} (“{title}”): {said}." for said in _said(effect))
    return whole, short


def _assumption(ground: Ground, mover: Mover | None) -> str | None:
    if mover is None:
        return None
    gap = (
        f"{words.hundred(mover.low)} of 100 runs where it is drawn low, "
        f"{words.hundred(mover.high)} where it is drawn high"
    )
    return f"{words.initial(meaning_of(ground.case, mover.name))}: {gap}."


def meaning_of(case: Case, path: str) -> str:
    """A parameter or figure in words, from its path."""
    kind, _, name = path.partition(".")
    if kind == "parameters" and name in table():
        return table()[name].note.partition(";")[0]
    figure = next((found for found in case.figures if found.id == name), None)
    return figure.measure if figure else name
