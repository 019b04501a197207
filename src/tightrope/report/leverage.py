"""What moves a judgement: the runs again, without one source or without one thing that claims say.

The same random numbers serve every rerun, so a difference is the source's or the claims' doing. An effect
is what their presence does: with them less without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.case.knowledge import Known, known
from tightrope.engine.ensemble import Ensembles, ensemble
from tightrope.engine.manifest import origin
from tightrope.engine.result import Result, result
from tightrope.errors import TightropeError
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import build
from tightrope.report.bearing import Input, nothing, state_of
from tightrope.report.rerun import RUNS, each
from tightrope.report.sincerity import Trust, trust
from tightrope.report.topic import Topic, topics

Progress = Callable[[int, int], None]
Happened = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Effect:
    """What presence does to a probability: the frequency with and without it, and the error of the gap."""

    present: float
    absent: float
    error: float

    @property
    def size(self) -> float:
        """With it less without it."""
        return self.present - self.absent

    @property
    def measurable(self) -> bool:
        """Whether the gap is larger than chance would make it, in nine of ten cases."""
        return abs(self.size) > 1.645 * self.error


@dataclass(frozen=True)
class Leverage:
    """Effects by topic, of each source and of each input that was measured; `runs` behind each of them.

    `trust` is what audiences believe with everything, and `trust_without` what they believe without each source.
    """

    runs: int
    sources: Mapping[str, Mapping[str, Effect]]
    inputs: Mapping[str, Mapping[str, Effect]]
    trust: Trust = field(default_factory=dict, compare=False)
    trust_without: Mapping[str, Trust] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class _Job:
    """One rerun: what is left out, and of which blueprint, seed and case."""

    name: str
    known: Known
    blueprint: Blueprint
    seed: int
    runs: int


def measure(
    base: Result,
    seen: Known,
    blueprint: Blueprint,
    found: tuple[Input, ...],
    claims: int = 12,
    workers: int = 1,
    progress: Progress | None = None,
    by: Ensembles = ensemble,
) -> Leverage:
    """Run again without each source whose claims set anything of the focus state, and without so many inputs.

    The inputs are taken in turn from each topic's list, and there in turn from each kind of claim, the flattest
    and most often told first. A source
    without which the model cannot run is passed over. `by` runs them.
    """
    runs = min(RUNS, base.manifest.runs)
    asked = topics(base, seen.case)
    with_all = {topic.id: topic.happened(base)[:runs] for topic in asked}
    chosen = shortlist(found, asked, claims)
    telling = _telling(seen, base.manifest.focus)
    names = [("source", name) for name in telling] + [("input", one.id) for one in chosen]
    jobs = [_job(base, blueprint, runs, name, _without_source(seen, name)) for name in telling]
    jobs += [_job(base, blueprint, runs, one.id, _without_claims(seen, one)) for one in chosen]
    effects: dict[str, dict[str, dict[str, Effect]]] = {"source": {}, "input": {}}
    believed: dict[str, Trust] = {}
    for count, ((kind, name), got) in enumerate(
        zip(names, each(partial(_run, by), jobs, workers), strict=True)
    ):
        if got is not None:
            effects[kind][name] = {topic: _effect(with_all[topic], got[0][topic]) for topic in got[0]}
            if kind == "source":
                believed[name] = got[1]
        if progress:
            progress(count + 1, len(jobs))
    return Leverage(runs, effects["source"], effects["input"], trust(base, blueprint, runs), believed)


def _telling(seen: Known, focus: str) -> list[str]:
    """The sources with a claim that sets something of the focus state."""
    case = seen.case
    return sorted(
        {
            claim.source
            for claim in case.claims
            if state_of(case, claim.about) == focus and not nothing(case, claim)
        }
    )


def shortlist(found: tuple[Input, ...], asked: Iterable[Topic], limit: int) -> tuple[Input, ...]:
    """At most `limit` inputs, taken in turn from each topic, and there in turn from each kind by weight."""
    ranked = [_in_turn(_by_kind([one for one in found if topic.bears(one)])) for topic in asked]
    return tuple(dict.fromkeys(_in_turn(ranked)))[:limit]


def _by_kind(found: Iterable[Input]) -> list[list[Input]]:
    kinds: dict[str, list[Input]] = {}
    for one in sorted(found, key=lambda one: (-one.weight, one.key)):
        kinds.setdefault(one.key[0], []).append(one)
    return list(kinds.values())


def _in_turn(lists: Iterable[list[Input]]) -> list[Input]:
    """The first of each list, then the second of each, and so on."""
    return [one for row in zip_longest(*lists) for one in row if one is not None]


def _without_source(seen: Known, source: str) -> Known:
    return known(seen.case, seen.as_of, (source,))


def _without_claims(seen: Known, found: Input) -> Known:
    kept = tuple(claim for claim in seen.case.claims if claim.id not in found.claims)
    return replace(seen, case=seen.case.model_copy(update={"claims": kept}))


def _job(base: Result, whole: Blueprint, runs: int, name: str, seen: Known) -> _Job | None:
    """The rerun, or None where the model lacks a figure without what is left out."""
    source = base.manifest.origin
    scenario = next((one for one in seen.case.scenarios if one.id == source.scenario), None)
    try:
        made = build(seen, scenario, source.settings)
    except TightropeError:
        return None
    return _Job(name, seen, replace(made, months=whole.months), base.manifest.seed, runs)


def _run(by: Ensembles, job: _Job | None) -> tuple[Happened, Trust] | None:
    if job is None:
        return None
    finished = by(job.blueprint, job.runs, job.seed)
    made = result(finished, job.blueprint, origin(job.known))
    happened = {topic.id: topic.happened(made) for topic in topics(made, job.known.case)}
    return happened, trust(made, job.blueprint, job.runs)


def _effect(present: npt.NDArray[Any], absent: npt.NDArray[Any]) -> Effect:
    gap = present.astype(float) - absent.astype(float)
    error = float(np.std(gap)) / sqrt(len(gap))
    return Effect(float(present.mean()), float(absent.mean()), max(error, 1.0 / len(gap)))
