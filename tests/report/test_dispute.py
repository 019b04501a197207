from __future__ import annotations

import pytest

from tightrope.case.case import Case
from tightrope.case.load import load_case
from tightrope.engine.simulate import plan, run
from tightrope.report.bearing import inputs
from tightrope.report.dispute import counts, disputes
from tightrope.report.evidence import ClaimNote, ConflictNote, claim_notes, conflict_notes
from tightrope.report.topic import topics


@pytest.mark.parametrize("name", ["kazakhstan-2022", "serbia-2022"])
def test_conflicts_are_found_by_what_they_share_in_any_case(name: str) -> None:
    made = plan(load_case(name))
    case = made.known.case
    result = run(made, 5, 1, workers=1)
    weights = counts(case, topics(result, case), inputs(case, case.about.focus))
    every = conflict_notes(case, claim_notes(case))
    for topic in ("balance", "sanctions", "sincerity"):
        found = disputes(every, weights[topic], 2)
        assert found
        for conflict in found:
            assert any(weights[topic].get(note.id) for note in conflict.claims)


def test_a_claim_counts_less_the_more_topics_it_bears_on(case: Case) -> None:
    result = run(plan(case), 5, 1)
    weights = counts(case, topics(result, case), inputs(case, "KAZ"))
    for claim in case.claims:
        held = [one[claim.id] for one in weights.values() if claim.id in one]
        assert sum(held) <= 1.0 + 1e-9


def note(name: str) -> ClaimNote:
    return ClaimNote(name, "act", "", "", "", "", "", "", "", "", None, None)


def test_the_weightiest_come_first_and_of_these_the_closest() -> None:
    def conflict(name: str, salience: int, *claims: str) -> ConflictNote:
        return ConflictNote(name, "polarity", salience, "", None, tuple(note(one) for one in claims))

    every = (
        conflict("far", 3, "a", "x", "y"),
        conflict("near", 3, "a", "b"),
        conflict("minor", 2, "a", "b"),
        conflict("off", 3, "x", "y"),
    )
    found = disputes(every, {"a": 1.0, "b": 1.0}, 3)
    assert [one.id for one in found] == ["near", "far", "minor"]
