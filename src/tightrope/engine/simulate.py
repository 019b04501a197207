"""From a case to a result in one call: filter what is known, build, run, label."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from tightrope.case.case import Case
from tightrope.case.knowledge import Known, known
from tightrope.case.load import load_case
from tightrope.case.scenario import Scenario
from tightrope.engine.ensemble import Ensembles, Progress, ensemble
from tightrope.engine.manifest import origin
from tightrope.engine.result import Result, result
from tightrope.engine.worker import Kind
from tightrope.errors import ModelError
from tightrope.evidence.period import as_of_refusal
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import build
from tightrope.model.schedule import HORIZON


@dataclass(frozen=True)
class Plan:
    """What is to be run: a case as known, its blueprint, and the scenario and settings in it."""

    known: Known
    blueprint: Blueprint
    scenario: Scenario | None
    settings: Mapping[str, float]


def plan(
    case: Case,
    scenario: str | Scenario | None = None,
    settings: Mapping[str, float] | None = None,
    months: int | None = None,
    as_of: date | None = None,
    without: Collection[str] = (),
) -> Plan:
    """Build what `simulate` runs, without running it; a scenario is one of the case's, by id, or one of your own.

    Raises:
        ModelError: an unknown scenario or path, an impossible number of months, a figure that is missing.
        EvidenceError: `without` names no source.
    """
    when = as_of or case.about.as_of
    if refusal := as_of_refusal(when):
        raise ModelError(refusal)
    seen = known(case, when, without)
    chosen = _scenario(seen.case, scenario) if isinstance(scenario, str) else scenario
    blueprint = build(seen, chosen, settings)
    length = months or blueprint.months
    if not 1 <= length <= HORIZON:
        raise ModelError(f"{length} months cannot be run; give 1 to {HORIZON}")
    return Plan(seen, replace(blueprint, months=length), chosen, dict(settings or {}))


def simulate(
    case: Case | str,
    *,
    scenario: str | Scenario | None = None,
    settings: Mapping[str, float] | None = None,
    runs: int = 1000,
    months: int | None = None,
    seed: int = 1,
    as_of: date | None = None,
    without: Collection[str] = (),
    workers: int = 1,
    kind: Kind = "process",
    progress: Progress | None = None,
) -> Result:
    """Run a case and return the labelled result.

    Args:
        case: a case, the path of its folder, or the name of a shipped one.
        scenario: id of one of the case's scenarios, or a `Scenario` of your own; None is the baseline.
        settings: values by path, such as {"parameters.choice_intensity": 0}.
        runs, months, seed: size of the ensemble; the same three give the same bits for any `workers`.
        as_of: what was published later is not known to the run; default the case's own date.
        without: ids of sources to leave out.

    Raises:
        CaseError, EvidenceError, ModelError: what is wrong, where, and what would be right.

    >>> from tightrope import simulate
    >>> simulate("kazakhstan-2022", runs=10, months=3).manifest.runs
    10
    """
    loaded = load_case(case) if isinstance(case, str) else case
    made = plan(loaded, scenario, settings, months, as_of, without)
    return run(made, runs, seed, workers, kind, progress)


def run(
    made: Plan,
    runs: int,
    seed: int,
    workers: int = 1,
    kind: Kind = "process",
    progress: Progress | None = None,
    by: Ensembles | None = None,
) -> Result:
    """Run a plan; see `simulate`. `by` runs it in place of workers."""
    if by:
        finished = by(made.blueprint, runs, seed, progress=progress)
    else:
        finished = ensemble(made.blueprint, runs, seed, workers, kind, progress)
    return result(finished, made.blueprint, origin(made.known, made.scenario, made.settings))


def _scenario(case: Case, name: str) -> Scenario:
    found = {scenario.id: scenario for scenario in case.scenarios}
    wanted = name.replace("-", "_")
    if wanted not in found:
        near = get_close_matches(wanted, found, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(found)) or 'none'}"
        raise ModelError(f"the case has no scenario {name!r}; {hint}")
    return found[wanted]
