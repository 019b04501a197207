"""What the commands do: load, run, compare, write. `cli` parses and prints, this delegates."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tightrope.case.load import load_case
from tightrope.engine.answer import Answer, answers
from tightrope.engine.outcome import Outcome, outcomes
from tightrope.engine.output import fresh_folder, named_folder, write, write_text
from tightrope.engine.pairing import Difference, paired
from tightrope.engine.result import CAVEAT, Result
from tightrope.engine.simulate import Plan, plan, run
from tightrope.errors import CaseError, ModelError
from tightrope.model.changes import Changed, changed
from tightrope.model.parameters import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tightrope.case.case import Case
    from tightrope.evidence.backend import Wanted
    from tightrope.evidence.corpus import Corpus
    from tightrope.model.blueprint import Blueprint
    from tightrope.report.findings import Findings

Progress = Callable[[str, int, int], None]
KEPT = ("p05", "p50", "p95")


@dataclass(frozen=True)
class Job:
    """A finished run: its result and files, and what changed against knowing everything."""

    result: Result
    folder: Path
    findings: Findings
    changed: tuple[Changed, ...]
    answers: tuple[Answer, ...]
    skipped: tuple[str, ...]
    interrupted: bool
    seconds: float

    def as_data(self) -> dict[str, Any]:
        """The object that `run --json` prints."""
        made = self.result.manifest
        return {
            "case": made.origin.case,
            "scenario": made.origin.scenario,
            "as_of": made.origin.as_of,
            "without": list(made.origin.without),
            "seed": made.seed,
            "runs": made.runs,
            "months": made.months,
            "wall_s": round(self.seconds, 3),
            "note": CAVEAT,
            "outcomes": _outcomes(self.result),
            "questions": [asdict(one) for one in self.answers],
            **self.findings.highlights(),
            "dropped": {"claims": sum(made.origin.dropped.values()), "by_source": dict(made.origin.dropped)},
            "changed": [asdict(one) for one in self.changed],
            "warnings": [*made.warnings, *self.skipped],
            "interrupted": self.interrupted,
            "out": str(self.folder),
        }


@dataclass(frozen=True)
class Beside:
    """The case's scenarios against a run; why some were skipped; whether it was cut short.

    `readings`: those that the case sets against another scenario, less that scenario.
    """

    differences: Mapping[str, Mapping[str, Difference]]
    skipped: list[str]
    interrupted: bool
    readings: Mapping[str, Mapping[str, Difference]] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """Scenarios against the baseline, and where their files are."""

    differences: Mapping[str, Mapping[str, Difference]]
    focus: str
    folder: Path
    interrupted: bool
    seconds: float

    def as_data(self) -> dict[str, Any]:
        """The object that `compare --json` prints."""
        found = {
            name: {outcome: asdict(one) for outcome, one in differences.items()}
            for name, differences in self.differences.items()
        }
        return {
            "differences": found,
            "interrupted": self.interrupted,
            "note": CAVEAT,
            "wall_s": round(self.seconds, 3),
            "out": str(self.folder),
        }


@dataclass(frozen=True)
class Asked:
    """How a case is to be run: the options that every command has which runs an ensemble."""

    runs: int
    seed: int
    months: int | None = None
    as_of: date | None = None
    without: Collection[str] = ()
    settings: Mapping[str, float] | None = None
    workers: int = 1
    out: Path | None = None
    progress: Progress | None = None

    def plan(self, case: Case, scenario: str | None = None) -> Plan:
        """What is to be run of a loaded case."""
        return plan(case, scenario, self.settings, self.months, self.as_of, self.without)

    def run(self, made: Plan, what: str) -> Result:
        """Run a plan; `what` names it on the progress bar."""
        return run(made, self.runs, self.seed, self.workers, progress=_bar(self.progress, what))


def run_case(case: str, scenario: str | None, compared: bool, asked: Asked) -> Job:
    """Run a case, its scenarios beside it if `compared`, and write all files of the run."""
    began = time.perf_counter()
    loaded = load_case(case, parameters=frozenset(table()))
    made = asked.plan(loaded, scenario)
    with _folder(made, asked) as folder:
        result = asked.run(made, scenario or "baseline")
        write(result, folder)
        beside = Beside({}, [], result.manifest.runs < asked.runs)
        if compared and not scenario and not beside.interrupted:
            beside = _beside(loaded, made, asked, result)
        findings, cut = _findings(made, result, beside, plan(loaded).blueprint, asked)
        _write_report(findings, folder)
        altered = _altered(loaded, scenario, asked, result, beside.interrupted or cut)
    answered = answers(result, made.known.case.questions)
    seconds = time.perf_counter() - began
    interrupted = beside.interrupted or cut
    return Job(result, folder, findings, altered, answered, tuple(beside.skipped), interrupted, seconds)


def _altered(
    loaded: Case, scenario: str | None, asked: Asked, result: Result, cut: bool
) -> tuple[Changed, ...]:
    """What leaving sources out, or another date, changed: ranges, start values and, for sources, outcomes."""
    seen = plan(loaded, as_of=asked.as_of, without=asked.without)
    found = changed(plan(loaded).blueprint, seen.blueprint)
    if not asked.without or cut:
        return found
    whole = replace(asked, without=()).run(
        replace(asked, without=()).plan(loaded, scenario), "with all sources"
    )
    before, after = outcomes(whole), outcomes(result)
    focus = f"{result.manifest.focus.lower()}."
    moved = (
        Changed(name, "outcome", _points(before[name]), _points(after[name]))
        for name in after
        if name.startswith(focus) and _points(before[name]) != _points(after[name])
    )
    return (*found, *moved)


def _points(found: Outcome) -> tuple[float, ...]:
    if found.p05 is None or found.p50 is None or found.p95 is None:
        return (found.mean,)
    return found.p05, found.p50, found.p95


def compare_scenarios(case: str, scenarios: Collection[str], asked: Asked) -> Comparison:
    """Run the baseline and some scenarios with common random numbers; write the differences."""
    began = time.perf_counter()
    loaded = load_case(case, parameters=frozenset(table()))
    base = asked.plan(loaded)
    plans = {name: asked.plan(loaded, name) for name in scenarios}
    with _folder(base, asked) as folder:
        first = asked.run(base, "baseline")
        beside = _paired(first, plans, asked)
        if beside.interrupted and not beside.differences:
            raise KeyboardInterrupt
        focus = base.blueprint.deciders[base.blueprint.focus].lower()
        seconds = time.perf_counter() - began
        done = Comparison(beside.differences, focus, folder, beside.interrupted, seconds)
        write_text(folder / "comparison.json", _json(done.as_data()))
    return done


def _paired(first: Result, plans: Mapping[str, Plan], asked: Asked) -> Beside:
    """Each plan run and paired with `first`; on Ctrl-C, those that were finished."""
    found: dict[str, Mapping[str, Difference]] = {}
    try:
        for name, made in plans.items():
            ran = asked.run(made, name)
            if first.manifest.runs < asked.runs or ran.manifest.runs < asked.runs:
                return Beside(found, [], True)
            found[name] = paired(first, ran)
    except KeyboardInterrupt:
        return Beside(found, [], True)
    return Beside(found, [], False)


def check_case(case: str) -> tuple[dict[str, int], list[str]]:
    """How many of what a case holds, and its faults as text; what only the model can see included."""
    try:
        loaded = load_case(case, parameters=frozenset(table()))
        plan(loaded)
    except CaseError as error:
        return {}, [str(fault) for fault in error.faults]
    except ModelError as error:
        return {}, [f"{case}: {error}"]
    faults = list(_scenario_faults(case, loaded))
    if faults:
        return {}, faults
    parts = ("sources", "actors", "figures", "claims", "conflicts", "scenarios")
    return {part: len(getattr(loaded, part)) for part in parts}, []


def _scenario_faults(case: str, loaded: Case) -> Iterator[str]:
    """What is wrong with each scenario that only the model can see, by the scenario's name."""
    for scenario in loaded.scenarios:
        try:
            plan(loaded, scenario.id)
        except ModelError as error:
            yield f"{case}: scenario {scenario.id}: {error}"


@dataclass(frozen=True)
class Reading:
    """How reports are to be read: into which folder, with the names of which case, told to whom, on which cluster."""

    out: Path
    case: str | None = None
    progress: Progress | None = None
    tell: Callable[[str], None] | None = None
    cluster: str | None = None


def read_files(files: Collection[Path], asked: Reading, aids: Wanted) -> Corpus:
    """Read reports into a folder, and write the page of what was read."""
    from tightrope.evidence.corpus import read_corpus
    from tightrope.report.intake import of_case

    known = of_case(load_case(asked.case)) if asked.case else None
    corpus = read_corpus(files, asked.out, known, asked.progress, asked.tell, aids, asked.cluster)
    _write_corpus(corpus)
    return corpus


def _write_corpus(corpus: Corpus) -> None:
    """The page of what was read, with what was set aside."""
    from tightrope.report.corpus import write_corpus_of

    foreign = [(doc, f"its language is {name!r}, not English") for doc, name in corpus.aside.items()]
    write_corpus_of(
        corpus.folder, [*foreign, *((Path(file).name, why) for file, why in corpus.faults.items())]
    )


def new_case(folder: Path, name: str, code: str) -> tuple[str, ...]:
    """Write the skeleton of a case for another state; the files written.

    Raises:
        ModelError: the name or the code cannot be used.
        OutputError: the folder holds something, or cannot be written.
    """
    from tightrope.case.outline import write_outline

    return write_outline(folder, name, code)


def schema_text(part: str) -> str:
    """The JSON Schema of a part of a case as text.

    Raises:
        ModelError: there is no such part; names the nearest.
    """
    from tightrope.case.schema import kinds, text

    if part not in kinds():
        near = get_close_matches(part, kinds(), 3) or sorted(kinds())
        raise ModelError(f"no schema is called {part!r}; there is {', '.join(near)}")
    return text(part).rstrip()


def _outcomes(result: Result) -> dict[str, dict[str, Any]]:
    found = {}
    for name, one in outcomes(result).items():
        if one.kind == "probability":
            values: dict[str, Any] = {"probability": one.mean, "low": one.low, "high": one.high}
        else:
            values = {key: getattr(one, key) for key in KEPT}
        found[name] = {**values, "unit": one.unit, "label": one.label}
    return found


@contextmanager
def _folder(made: Plan, asked: Asked) -> Iterator[Path]:
    """The folder of a run; taken back, if still empty, when nothing comes of it."""
    case = made.known.case.about.id.replace("_", "-")
    folder = named_folder(asked.out) if asked.out else fresh_folder(case, asked.seed)
    try:
        yield folder
    except BaseException:
        with suppress(OSError):  # it refuses, and keeps, a folder that holds something
            folder.rmdir()
        raise


def _bar(progress: Progress | None, what: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, of: progress(what, done, of)


def _beside(loaded: Case, made: Plan, asked: Asked, result: Result) -> Beside:
    """The case's scenarios against this run, by common random numbers."""
    plans, skipped = {}, []
    for scenario in made.known.case.scenarios:
        try:
            plans[scenario.id] = asked.plan(loaded, scenario.id)
        except ModelError as error:
            skipped.append(f"scenario {scenario.id} was left out: {error}")
    return _set_beside(result, plans, skipped, asked)


def _set_beside(result: Result, plans: Mapping[str, Plan], skipped: list[str], asked: Asked) -> Beside:
    """Each plan paired with the leading runs of `result`; on Ctrl-C, those that were finished."""
    from tightrope.report import rerun

    first = rerun.leading(result)
    jobs = rerun.pairings(plans, first.manifest.runs, asked.seed)
    work = rerun.set_beside if asked.workers > 1 else lambda one: rerun.set_beside(one, run)
    bar = _bar(asked.progress, "scenarios")
    found: dict[str, Mapping[str, Difference]] = {}
    readings: dict[str, Mapping[str, Difference]] = {}
    try:
        done = rerun.each(work, jobs.values(), asked.workers, rerun.hold, first)
        for name, (differences, between) in zip(jobs, done, strict=True):
            found[name] = differences
            if between is not None:
                readings[name] = between
            if bar:
                bar(len(found), len(jobs))
    except KeyboardInterrupt:
        return Beside(found, skipped, True, readings)
    return Beside(found, skipped, False, readings)


def _findings(
    made: Plan, result: Result, beside: Beside, whole: Blueprint, asked: Asked
) -> tuple[Findings, bool]:
    """What is found, and whether it was cut short: then without the runs that leave sources out."""
    from tightrope.report.findings import find

    bar = _bar(asked.progress, "leaving sources out")
    about = (result, beside.differences, made.known, made.blueprint)
    if not beside.interrupted:
        try:
            found = find(*about, readings=beside.readings, whole=whole, workers=asked.workers, progress=bar)
            return found, False
        except KeyboardInterrupt:
            pass
    return find(*about, readings=beside.readings, whole=whole, claims=None), True


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _write_report(findings: Findings, folder: Path) -> None:
    from tightrope.report.page import write_page

    write_page(findings, folder)
    write_text(folder / "findings.json", _json(findings.as_data()))
