"""One small run of the shipped case, gathered once; and the same case with hostile texts in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pytest

from tightrope.case.case import Case
from tightrope.case.load import load_case
from tightrope.engine.pairing import Difference, paired
from tightrope.engine.result import Result
from tightrope.engine.simulate import Plan, plan, run
from tightrope.report.findings import Findings, find

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from tightrope.report.desk import Desk

HOSTILE = "</title></style><script>document.title='pwned'</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}"
RUNS = 500


@pytest.fixture(scope="session")
def case() -> Case:
    return load_case("kazakhstan-2022")


@pytest.fixture(scope="session")
def made(case: Case) -> Plan:
    return plan(case)


@pytest.fixture(scope="session")
def result(made: Plan) -> Result:
    return run(made, RUNS, 7)


@pytest.fixture(scope="session")
def others(case: Case) -> Mapping[str, Result]:
    """Some scenarios: two shocks, one that breaks ties, and the two that the case sets against each other."""
    wanted = ("fuel_shock_without_cap", "secondary_sanctions", "csto_left")
    return {name: run(plan(case, name), RUNS, 7) for name in (*wanted, *pair(case))}


def pair(case: Case) -> tuple[str, str]:
    """The first two scenarios that the case sets against each other."""
    return next((one.against, one.id) for one in case.scenarios if one.against)


@pytest.fixture(scope="session")
def comparisons(result: Result, others: Mapping[str, Result]) -> Mapping[str, Mapping[str, Difference]]:
    return {name: paired(result, other) for name, other in others.items()}


@pytest.fixture(scope="session")
def between(case: Case, others: Mapping[str, Result]) -> Mapping[str, Mapping[str, Difference]]:
    first, second = pair(case)
    return {second: paired(others[first], others[second])}


@pytest.fixture(scope="session")
def findings(
    made: Plan,
    result: Result,
    comparisons: Mapping[str, Mapping[str, Difference]],
    between: Mapping[str, Mapping[str, Difference]],
    case: Case,
) -> Findings:
    whole = plan(case, as_of=case.about.as_of).blueprint
    return find(result, comparisons, made.known, made.blueprint, readings=between, claims=5, whole=whole)


@pytest.fixture(scope="session")
def hostile(case: Case) -> Findings:
    """Findings of a case whose every text of interest tries to break out of the page."""
    about = case.about.model_copy(update={"title": HOSTILE, "summary": HOSTILE, "boundaries": HOSTILE})
    changed = case.model_copy(
        update={
            "about": about,
            "claims": tuple(
                one.model_copy(update={"paraphrase": HOSTILE, "note": HOSTILE}) for one in case.claims
            ),
            "sources": tuple(
                one.model_copy(update={"title": HOSTILE, "publisher": HOSTILE}) for one in case.sources
            ),
            "actors": tuple(one.model_copy(update={"name": HOSTILE}) for one in case.actors),
            "conflicts": tuple(one.model_copy(update={"what": HOSTILE}) for one in case.conflicts),
            "resolutions": tuple(one.model_copy(update={"title": HOSTILE}) for one in case.resolutions),
            "scenarios": tuple(
                one.model_copy(update={"title": HOSTILE, "meaning": HOSTILE}) for one in case.scenarios
            ),
        }
    )
    base = plan(changed)
    first = run(base, 20, 1)
    beside = {"fuel_shock": paired(first, run(plan(changed, "fuel_shock"), 20, 1))}
    return find(first, beside, base.known, base.blueprint, claims=None)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """What a server of the shipped cases holds, without a workspace."""
    from tightrope.report.desk import Desk

    made = Desk()
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    """The whole app, asked without a network."""
    from fastapi.testclient import TestClient

    from tightrope.report.app import app

    return TestClient(app(desk))
