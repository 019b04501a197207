from __future__ import annotations

import json

from tightrope.case.case import Case
from tightrope.engine.answer import answers
from tightrope.engine.result import Result
from tightrope.engine.simulate import Plan, run
from tightrope.report.findings import Findings
from tightrope.report.question import replies


def test_every_question_is_answered_as_by_the_engine(findings: Findings, case: Case, result: Result) -> None:
    given = {one.id: one.answer for one in answers(result, case.questions)}
    assert [reply.id for reply in findings.replies] == [question.id for question in case.questions]
    for reply in findings.replies:
        answer = given[reply.id]
        assert answer is not None
        if answer.kind == "probability":
            assert reply.answer == f"{100 * answer.mean:.0f} of 100 runs" or "than" in str(reply.answer)


def test_a_question_beyond_the_horizon_stays_open_and_says_why(made: Plan, case: Case) -> None:
    from dataclasses import replace

    short = Plan(made.known, replace(made.blueprint, months=3), None, {})
    found = replies(run(short, 5, 1), case)
    open_ = [reply for reply in found if reply.answer is None]
    assert open_
    assert all("outside the run" in reply.range for reply in open_)


def test_json_holds_what_the_page_opens_with(findings: Findings) -> None:
    data = json.loads(json.dumps(findings.highlights(), allow_nan=False))
    assert set(data) == {
        "rupture",
        "readings",
        "sincerity",
        "subjects",
        "whys",
        "leanings",
        "occasional",
        "watch",
    }
    assert data["rupture"]["lines"][0]["runs"] == findings.rupture.lines[0].runs
    assert len(data["sincerity"]["readers"]) == len(findings.sincerity.readers)  # type: ignore[union-attr]
