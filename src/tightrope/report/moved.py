"""What accepting claims moves: the key judgements before and after, by the same random numbers, and which claim did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.engine.ensemble import Ensembles
from tightrope.engine.outcome import outcomes
from tightrope.engine.pairing import adjusted_wald, paired
from tightrope.engine.result import Result
from tightrope.engine.simulate import Plan, run
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import build
from tightrope.report import widening
from tightrope.report.bearing import inputs
from tightrope.report.difference import contrasts
from tightrope.report.evidence import claim_notes, conflict_notes
from tightrope.report.judgement import Ground, Judgement, judgements
from tightrope.report.topic import topics

RUNS, LEFT_OUT = 500, 12
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Trial:
    """What is compared: a case without and with the accepted claims, both as known from one day on."""

    before: Plan
    after: Plan
    runs: int
    seed: int


@dataclass(frozen=True)
class Gap:
    """After less before, over runs: mean, its 90 % interval, how many runs turned out otherwise."""

    mean: float
    low: float
    high: float
    turned: int


def without_claims(made: Plan, names: Sequence[str]) -> Plan:
    """The same plan of the case without some claims, or readings of figures."""
    kept = tuple(claim for claim in made.known.case.claims if claim.id not in names)
    case = widening.without(made.known.case, names).model_copy(update={"claims": kept})
    seen = replace(made.known, case=case)
    blueprint: Blueprint = build(seen, made.scenario, None)
    return Plan(seen, replace(blueprint, months=made.blueprint.months), made.scenario, {})


def effect(trial: Trial, progress: Progress | None = None, by: Ensembles | None = None) -> dict[str, Any]:
    """Judgements before and after as plain data, and what else differs by more than chance; `by` runs them."""
    before, after = (
        whole(made, trial.runs, trial.seed, bar(progress, what), by)
        for made, what in ((trial.before, "before"), (trial.after, "after"))
    )
    first, second = _judged(before, trial.before), _judged(after, trial.after)
    gaps = {one.id: gap(*happened) for one, happened in zip(first, _pairs(before, after, trial), strict=True)}
    case = trial.after.known.case
    others = contrasts({"accepted": paired(before, after)}, before, case, claim_notes(case))[0]
    return {
        "judgements": [
            {
                "id": one.id,
                "title": one.title,
                "before": _told(one),
                "after": _told(two),
                "gap": asdict(gaps[one.id]),
            }
            for one, two in zip(first, second, strict=True)
        ],
        "others": [{"label": one.label, "unit": one.unit, "shown": list(one.shown)} for one in others.gaps],
        "same": same(before, after),
        "runs": before.manifest.runs,
        "months": before.manifest.months,
    }


def movers(
    after: Plan,
    names: Sequence[str],
    runs: int,
    seed: int,
    progress: Progress | None = None,
    by: Ensembles | None = None,
) -> dict[str, dict[str, dict[str, float]]]:
    """For each claim and judgement what the claim's presence does: the runs with all less those without it."""
    every = whole(after, runs, seed, by=by)
    found = {}
    for place, name in enumerate(names):
        if progress:
            progress("leaving claims out", place, len(names))
        lesser = whole(without_claims(after, (name,)), runs, seed, by=by)
        pairs = zip(topics(every, after.known.case), topics(lesser, after.known.case), strict=True)
        found[name] = {
            one.id: asdict(gap(other.happened(lesser), one.happened(every))) for one, other in pairs
        }
    return found


def whole(
    made: Plan,
    runs: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    by: Ensembles | None = None,
) -> Result:
    """All runs of a plan; runs that were cut short cannot be compared with others, so an interrupt ends it.

    Raises:
        KeyboardInterrupt: not all runs were finished.
    """
    found = run(made, runs, seed, progress=progress, by=by)
    if found.manifest.runs < runs:
        raise KeyboardInterrupt
    return found


def bar(progress: Progress | None, what: str) -> Callable[[int, int], None] | None:
    """Progress of one thing; None where nobody looks."""
    return None if progress is None else lambda done, of: progress(what, done, of)


def same(first: Result, second: Result) -> bool:
    """Whether every number of every run is the same."""
    return all(
        np.array_equal(values, second.arrays[name], equal_nan=values.dtype.kind == "f")
        for name, values in first.arrays.items()
    )


def gap(before: npt.NDArray[Any], after: npt.NDArray[Any]) -> Gap:
    """The paired difference of something that happens or not; exactly nothing where no run turned out otherwise."""
    found = after.astype(float) - before.astype(float)
    turned = int(np.count_nonzero(found))
    if not turned:
        return Gap(0.0, 0.0, 0.0, 0)
    low, high = adjusted_wald(found)
    return Gap(float(found.mean()), low, high, turned)


def _pairs(before: Result, after: Result, trial: Trial) -> list[tuple[npt.NDArray[Any], npt.NDArray[Any]]]:
    first, second = topics(before, trial.before.known.case), topics(after, trial.after.known.case)
    return [(one.happened(before), two.happened(after)) for one, two in zip(first, second, strict=True)]


def _judged(result: Result, made: Plan) -> tuple[Judgement, ...]:
    case = made.known.case
    notes = claim_notes(case)
    found = inputs(case, result.manifest.focus)
    conflicts = conflict_notes(case, notes)
    return judgements(Ground(result, case, made.blueprint, outcomes(result), notes, conflicts, found, None))


def _told(one: Judgement) -> Mapping[str, Any]:
    return {name: getattr(one, name) for name in ("statement", "word", "frequency", "low", "high", "range")}
