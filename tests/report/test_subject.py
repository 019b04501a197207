from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tightrope.engine.outcome import outcomes
from tightrope.engine.result import Result
from tightrope.report.aside import deterrence, two_structures
from tightrope.report.findings import Findings
from tightrope.report.subject import SUBJECTS, placed


def test_every_subject_is_there_and_its_lines_are_the_results(findings: Findings, result: Result) -> None:
    assert [one.id for one in findings.subjects] == [layout.id for layout in SUBJECTS]
    found = outcomes(result)
    for subject in findings.subjects:
        for line in subject.lines:
            one = found[line.name]
            assert line.mean == one.mean
            assert line.low <= line.high
            assert "{" not in line.label + subject.reading


def test_the_focus_comes_first_and_the_others_are_all_there(findings: Findings, result: Result) -> None:
    subject = next(one for one in findings.subjects if one.id == "memberships")
    assert all(line.name.startswith("kaz.") for line in subject.lines)
    assert subject.others is not None
    names = result.manifest.origin.names
    assert [state for state, _ in subject.others.rows] == [
        names[actor] for actor in result.axes["actor"] if actor != "KAZ"
    ]
    assert all(len(cells) == len(subject.others.headings) for _, cells in subject.others.rows)


def test_what_stands_under_a_subject_is_told_from_the_rest() -> None:
    assert placed("leaves_union")
    assert placed("recognises.kosovo")
    assert placed("reform.purge")
    assert not placed("unrest")
    assert not placed("alignment.RUS")


def test_deterrence_counts_only_runs_in_which_a_claim_is_pressed(result: Result) -> None:
    place = result.axes["actor"].index("KAZ")
    pressed = result.arrays["challenge"][place].any(axis=0)
    gave_in, force = deterrence(result)
    assert gave_in.runs == force.runs == pressed.sum()
    used = result.arrays["force"][place].any(axis=0)[pressed]
    assert force.value == pytest.approx(used.mean())
    assert force.low <= force.value <= force.high
    calm = replace(result, arrays={**result.arrays, "challenge": np.zeros_like(result.arrays["challenge"])})
    assert deterrence(calm) == ()


def test_the_two_structures_are_set_against_each_other(result: Result) -> None:
    (said,) = two_structures(result)
    game = outcomes(result)["world.unrest_by_twin"].mean
    assert said.value == pytest.approx(outcomes(result)["kaz.unrest"].mean - game)
    alike = result.arrays["emergency"][0].any(axis=0)[None].astype(np.float32)
    same = replace(result, arrays={**result.arrays, "twin_risk": alike})
    (none,) = two_structures(same)
    assert none.value == pytest.approx(0.0)
    assert "does not hang" in none.text or "no more than chance" in none.text
