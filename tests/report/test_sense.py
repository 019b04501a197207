"""Opinions are read out of words with their denials; an act told again shares the happening of the case."""

from __future__ import annotations

import doctest

import pytest

from tightrope.case.case import Case
from tightrope.report import sense, shift
from tightrope.report.happening import happening


@pytest.mark.parametrize("module", [sense, shift])
def test_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("It is all theatre.", -1),
        ("They stage-managed the whole visit.", -1),
        ("That was no bluff.", 1),
        ("A courageous, principled stand.", 1),
        ("It was hardly sincere.", -1),
        ("A sincere word, or a mere show?", 0),
        ("The talks go on.", 0),
    ],
)
def test_a_verdict_has_its_sign(text: str, sign: int) -> None:
    found = sense.verdict(text)
    assert (0 if found is None else 1 if found > 0 else -1) == sign


@pytest.mark.parametrize(
    ("fields", "when", "shared"),
    [
        ({"kind": "act", "act": "abstain_unga", "about": "KAZ"}, None, "abstain_unga"),
        ({"kind": "act", "act": "abstain_unga", "about": "KAZ"}, "2022-03", "abstain_unga"),
        ({"kind": "act", "act": "abstain_unga", "about": "KAZ"}, "2020-01", "abstain_unga_2020_01"),
        ({"kind": "act", "act": "abstain_unga", "about": "UZB"}, None, None),
        ({"kind": "threat", "by": "zatulin", "about": "KAZ"}, "2022-06-20", "zatulin"),
        ({"kind": "threat", "by": "lavrov", "about": "KAZ"}, None, None),
        ({"kind": "commitment", "issue": "send_troops", "about": "UZB"}, None, None),
    ],
)
def test_a_happening_is_shared_where_dates_allow(
    case: Case, fields: dict[str, str], when: str | None, shared: str | None
) -> None:
    assert happening(case, fields, when) == shared


def test_every_act_that_a_stand_means_is_known_to_a_shipped_case(case: Case) -> None:
    known = {one.id for one in case.acts} | {"vote_yes_unga"}
    assert set(sense.STANDS.values()) <= known
    issues = {one.id for one in case.issues}
    assert {issue for issue, _ in sense.STANDS} <= issues
    assert set(sense.BINDING) | set(sense.MENACING) <= issues
