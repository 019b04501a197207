"""Whatever is asked of the app by its own description of itself, it never answers with a fault of ours."""

from __future__ import annotations

import atexit
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

from tightrope.report.app import app  # noqa: E402
from tightrope.report.desk import Desk  # noqa: E402

# Enough to be answered at all; how long many runs take is not what is asked here.
FEW = {"runs": 5, "months": 2, "seed": 1}
EXAMPLES = 8


DESK = Desk(workspace=Path(mkdtemp(prefix="tightrope-test-")))
atexit.register(rmtree, DESK.workspace, ignore_errors=True)
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", app(DESK))
OPERATIONS = {
    operation.label: operation for found in SCHEMA.get_all_operations() if (operation := found.ok())
}
# Seconds of further runs each time, and nothing in it that /api/judgements has not.
LONG = {
    "POST /api/judgements/grounds",
    "POST /api/proposals/effect",
    "POST /api/proposals/movers",
    "POST /api/report",
}


def lightened(body: Any) -> Any:
    """The same body with few runs, wherever in it runs are asked for."""
    if isinstance(body, dict):
        few = {name: FEW[name] for name in FEW if isinstance(body.get(name), int) and body[name] > FEW[name]}
        return {name: lightened(value) for name, value in body.items()} | few | few_by_default(body)
    return [lightened(one) for one in body] if isinstance(body, list) else body


def few_by_default(body: dict[str, Any]) -> dict[str, int]:
    """Few runs where a question leaves their number open."""
    question = {"levers", "base", "seed", "client", "serial"} & body.keys()
    return {name: few for name, few in FEW.items() if question and name not in body}


@pytest.mark.parametrize("label", sorted(OPERATIONS.keys() - LONG))
def test_no_question_ends_in_a_fault_of_ours(label: str) -> None:
    @given(OPERATIONS[label].as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    def asked(case: Any) -> None:
        if isinstance(case.body, dict | list):
            case.body = lightened(case.body)
        answer = case.call(timeout=120)
        assert answer.status_code < 500, answer.text[:500]

    asked()


def test_a_workspace_is_all_that_is_written() -> None:
    assert DESK.workspace is not None
    home = DESK.workspace.resolve()
    assert [path for path in home.rglob("*") if not path.resolve().is_relative_to(home)] == []
