"""Everything that the page, the terminal and `--json` say of a result, gathered once as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tightrope.case.case import Case
from tightrope.case.knowledge import Known
from tightrope.case.scenario import Scenario
from tightrope.engine.outcome import outcomes
from tightrope.engine.pairing import Difference
from tightrope.engine.result import CAVEAT, Result
from tightrope.model.blueprint import Blueprint
from tightrope.report import words
from tightrope.report.ballot import Ballot, ballots, next_by_state
from tightrope.report.bearing import inputs
from tightrope.report.change import Change, changes
from tightrope.report.difference import Contrast, contrasts
from tightrope.report.evidence import (
    ClaimNote,
    ConflictNote,
    RangeNote,
    SourceNote,
    claim_notes,
    conflict_notes,
    figure_notes,
    parameter_notes,
    source_notes,
)
from tightrope.report.fan import FanGroup, fans, month_names
from tightrope.report.judgement import Ground, Judgement, judgements
from tightrope.report.leverage import Leverage, Progress, measure
from tightrope.report.occasion import occasional
from tightrope.report.question import Reply, replies
from tightrope.report.reading import Reading
from tightrope.report.reading import readings as two_readings
from tightrope.report.rerun import RUNS
from tightrope.report.rupture import Rupture, rupture
from tightrope.report.sincerity import Sincerity, sincerity
from tightrope.report.subject import Subject, subjects
from tightrope.report.summary import Row, StateRow, other_states, rows
from tightrope.report.watch import Warned, watch_list
from tightrope.report.why import Why, leanings, whys

CAVEATS = (
    CAVEAT,
    "Alignment shares are an index built from trade, votes, memberships and statements, not a measurement.",
    "The weights of the six accounts are drawn from wide ranges and fitted to nothing here; weights fitted "
    "on votes in the United Nations would still be an assumption for every other choice.",
    "The tables say why the model chose this, never why the state did.",
)
RANGE_NOTE = (
    "The range behind each probability shows ignorance, not only chance: runs are sorted by what their own "
    "parameter draws predict and cut into ten groups, and the range goes from the group with the fewest "
    "cases to the one with the most. It is never narrower than the 90 % Monte Carlo interval, or than what the one "
    "assumption that moves it most does alone."
)
CLAIMS = 12
ENOUGH = 200


@dataclass(frozen=True)
class About:
    """What was asked: the case, the date, the horizon, the runs."""

    case: str
    title: str
    summary: str
    focus: str
    as_of: str
    first_month: str
    last_month: str
    months: int
    runs: int
    asked: int
    seed: int
    scenario: str
    scenario_title: str | None
    settings: tuple[tuple[str, float], ...]
    without: tuple[str, ...]
    boundaries: str


@dataclass(frozen=True)
class Making:
    """How it was made: digest, versions, what was dropped and filled, and the command that makes it again."""

    digest: str
    seconds: float
    python: str
    versions: tuple[tuple[str, str], ...]
    machine: str
    warnings: tuple[str, ...]
    dropped: tuple[tuple[str, int], ...]
    filled: tuple[str, ...]
    command: str
    reruns: int


@dataclass(frozen=True)
class Findings:
    """All that is said of a result. Made by `find`; `as_data` is what findings.json holds."""

    about: About
    caveats: tuple[str, ...]
    scale: tuple[tuple[str, float, float], ...]
    range_note: str
    judgements: tuple[Judgement, ...]
    outcomes: tuple[Row, ...]
    states: tuple[StateRow, ...]
    fans: tuple[FanGroup, ...]
    ballots: tuple[Ballot, ...]
    next_vote: tuple[Ballot, ...]
    replies: tuple[Reply, ...]
    watch: tuple[Warned, ...]
    rupture: Rupture
    subjects: tuple[Subject, ...]
    sincerity: Sincerity | None
    readings: tuple[Reading, ...]
    contrasts: tuple[Contrast, ...]
    compared_runs: int
    whys: tuple[Why, ...]
    leanings: tuple[Why, ...]
    occasional: tuple[Why, ...]
    claims: tuple[ClaimNote, ...]
    conflicts: tuple[ConflictNote, ...]
    sources: tuple[SourceNote, ...]
    parameters: tuple[RangeNote, ...]
    figures: tuple[RangeNote, ...]
    changes: tuple[Change, ...]
    making: Making

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)

    def highlights(self) -> dict[str, Any]:
        """What `run --json` prints of it beside the outcomes; the rest lies in findings.json."""
        names = ("watch", "rupture", "readings", "sincerity", "subjects", "whys", "leanings", "occasional")
        found = {name: getattr(self, name) for name in names}
        return {
            name: [asdict(each) for each in one] if isinstance(one, tuple) else one and asdict(one)
            for name, one in found.items()
        }


def find(
    result: Result,
    comparisons: Mapping[str, Mapping[str, Difference]],
    known: Known,
    blueprint: Blueprint,
    *,
    readings: Mapping[str, Mapping[str, Difference]] | None = None,
    claims: int | None = CLAIMS,
    whole: Blueprint | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Findings:
    """Gather everything that is said of a result.

    Args:
        result: the runs.
        comparisons: for each scenario's id, the paired differences from `result` (`engine.pairing.paired`).
        known, blueprint: what the result was run from (`engine.simulate.plan`).
        readings: paired differences of a scenario from the one that it is set `against`, by the first one's id.
        claims: how many things that claims say are left out in turn, each costing 500 runs, to learn what
            carries each judgement; every source that sets anything of the state is left out as well. None, or a
            result of fewer than 200 runs, in which nothing could be told from chance: make no further runs.
        whole: the blueprint with no source left out, to list what `--without` changed.
    """
    case, leverage = known.case, None
    found = inputs(case, result.manifest.focus)
    if claims is not None and result.manifest.runs >= ENOUGH:
        leverage = measure(result, known, blueprint, found, claims, workers, progress)
    summed = outcomes(result)
    notes = claim_notes(case)
    conflicts = conflict_notes(case, notes)
    ground = Ground(result, case, blueprint, summed, notes, conflicts, found, leverage)
    return Findings(
        about=_about(result, case),
        caveats=CAVEATS,
        scale=words.SCALE,
        range_note=RANGE_NOTE,
        judgements=judgements(ground),
        outcomes=rows(result, blueprint, summed),
        states=other_states(result, case, summed),
        fans=fans(result),
        ballots=ballots(result, case),
        next_vote=next_by_state(result, case),
        replies=replies(result, case),
        watch=watch_list(result),
        rupture=rupture(result, case, summed, comparisons),
        subjects=subjects(result, blueprint, case, summed),
        sincerity=_sincerity(result, case, leverage),
        readings=two_readings(readings or {}, comparisons, result, case),
        contrasts=contrasts(comparisons, result, case, notes),
        compared_runs=min(RUNS, result.manifest.runs),
        whys=whys(result, case),
        leanings=leanings(result),
        occasional=occasional(result, case),
        claims=tuple(notes[claim.id] for claim in case.claims),
        conflicts=conflicts,
        sources=source_notes(case),
        parameters=parameter_notes(blueprint),
        figures=figure_notes(case, blueprint),
        changes=() if whole is None else changes(whole, blueprint, case),
        making=_making(result, leverage),
    )


def _sincerity(result: Result, case: Case, leverage: Leverage | None) -> Sincerity | None:
    if leverage is None:
        return None
    return sincerity(result, case, leverage.trust, leverage.trust_without)


def _about(result: Result, case: Case) -> About:
    made, months = result.manifest, month_names(result)
    source = made.origin
    return About(
        case=source.case,
        title=case.about.title,
        summary=_summary(case, made.origin.as_of),
        focus=source.names.get(made.focus, made.focus),
        as_of=words.day(date.fromisoformat(source.as_of)),
        first_month=months[0],
        last_month=months[-1],
        months=made.months,
        runs=made.runs,
        asked=made.asked,
        seed=made.seed,
        scenario=source.scenario,
        scenario_title=_title(case.scenarios, source.scenario),
        settings=tuple(source.settings.items()),
        without=tuple(source.without),
        boundaries=case.about.boundaries,
    )


def _summary(case: Case, as_of: str) -> str:
    """The case's summary, unless it tells of what this run does not know yet."""
    if as_of >= case.about.as_of.isoformat():
        return case.about.summary
    return (
        "The summary of the case tells of later events and is left out: this run knows nothing that was "
        f"published after {as_of}."
    )


def _title(scenarios: tuple[Scenario, ...], name: str) -> str | None:
    return next((scenario.title for scenario in scenarios if scenario.id == name), None)


def _making(result: Result, leverage: Leverage | None) -> Making:
    made = result.manifest
    reruns = 0 if leverage is None else leverage.runs * (len(leverage.sources) + len(leverage.inputs))
    return Making(
        digest=made.origin.digest,
        seconds=made.seconds,
        python=made.python,
        versions=tuple(made.versions.items()),
        machine=made.cpu[0] if made.cpu else "",
        warnings=tuple(line for line in made.warnings if not line.startswith("no known claim gives")),
        dropped=tuple(made.origin.dropped.items()),
        filled=tuple(made.filled),
        command=command(result),
        reruns=reruns,
    )


def command(result: Result) -> str:
    """The command that makes the result again."""
    made, source = result.manifest, result.manifest.origin
    parts = ["tightrope run", source.case.replace("_", "-")]
    if source.scenario != "baseline":
        parts.append(f"--scenario {source.scenario}")
    parts += [f"--set {path}={value:g}" for path, value in source.settings.items()]
    parts += [
        f"--runs {made.runs}",
        f"--months {made.months}",
        f"--seed {made.seed}",
        f"--as-of {source.as_of}",
    ]
    parts += [f"--without {name}" for name in source.without]
    return " ".join(parts)
