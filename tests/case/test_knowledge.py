"""What was known at a date, and without a source: what stays, what falls, and that falling is no error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tightrope.case.case import Case
from tightrope.case.knowledge import Known, known
from tightrope.case.load import load_case
from tightrope.errors import EvidenceError

LATE = date(2022, 6, 30)
Edit = Callable[[str, str, str], Path]


@pytest.fixture
def case(folder: Path) -> Case:
    return load_case(folder)


def ids(records: tuple[object, ...]) -> list[str]:
    return [record.id for record in records]  # type: ignore[attr-defined]


def test_at_the_end_of_june_everything_is_known(case: Case) -> None:
    found = known(case, LATE)
    assert found.case == case
    assert (found.dropped, found.dropped_total, found.without) == ({}, 0, ())


def test_a_source_of_june_is_not_known_until_june_ends(case: Case) -> None:
    found = known(case, date(2022, 6, 29))
    assert found.dropped == {"report_002": 2}
    assert ids(found.case.claims) == ["c.parade", "c.position", "c.unrest", "c.context"]
    assert "report_002" not in ids(found.case.sources)


def test_before_the_reports_only_the_yearbook_speaks(case: Case) -> None:
    found = known(case, date(2021, 12, 31))
    assert ids(found.case.claims) == ["c.unrest", "c.context"]
    assert found.case.figures[0].hull == (15.5, 15.5)
    assert found.case.precedents == ()
    assert ids(found.case.resolutions) == ["next_vote"]
    assert ids(found.case.ties) == ["kaz.rus.trade"]
    assert found.case.conflicts == ()
    assert found.case.scenarios[0].suggested_by == ()
    assert found.dropped == {"report_001": 5, "report_002": 2}


def test_before_any_source_the_figures_are_still_there_and_empty(case: Case) -> None:
    found = known(case, date(2000, 1, 1))
    assert ids(found.case.figures) == ["kaz.ethnic_russians", "kaz.guess"]
    assert found.case.figures[0].claims == ()
    assert found.case.figures[0].hull is None
    assert found.case.figures[1].hull == (0.1, 0.4)
    assert found.case.institutions == found.case.ties == found.case.claims == found.case.sources == ()
    assert found.case.actors == case.actors


@pytest.mark.parametrize("word", ["report_001", "report_001 "[:-1]])
def test_without_a_source_what_rests_on_it_alone_falls(case: Case, word: str) -> None:
    found = known(case, LATE, [word])
    assert found.without == ("report_001",)
    assert found.dropped == {"report_001": 5}
    assert found.case.precedents == ()
    assert ids(found.case.conflicts) == ["k2"]
    assert found.case.conflicts[0].claims == ("c.unrest", "c.tool")


def test_the_start_of_a_name_is_enough_where_it_fits_one(case: Case) -> None:
    assert known(case, LATE, ["year"]).without == ("yearbook",)
    assert known(case, LATE, "yearbook").without == ("yearbook",)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("report", "fits several sources; give one of: report_001, report_002"),
        ("rumour", "there is no source 'rumour'; the case's sources are: report_001, report_002, yearbook"),
        ("", "there is no source ''"),
    ],
)
def test_an_unknown_source_is_an_error_that_lists_them(case: Case, word: str, said: str) -> None:
    with pytest.raises(EvidenceError, match=said.replace(".", r"\.")):
        known(case, LATE, [word])


@pytest.mark.parametrize(
    ("as_of", "there"),
    [(date(2022, 10, 31), True), (date(2022, 11, 1), False), (date(2022, 11, 30), False), (LATE, True)],
)
def test_a_scheduled_vote_counts_only_while_its_month_is_ahead(case: Case, as_of: date, there: bool) -> None:
    assert ("next_vote" in ids(known(case, as_of).case.resolutions)) is there


def test_an_end_that_lies_ahead_is_not_told(edit: Edit) -> None:
    case = load_case(edit("ties.yaml", "since: 1992", "since: 1992\n    until: 2023-01"))
    assert known(case, LATE).case.ties[0].until is None
    assert known(case, date(2023, 1, 31)).case.ties[0].until is not None


def test_a_membership_that_begins_later_is_not_told(edit: Edit) -> None:
    case = load_case(
        edit("institutions.yaml", "{actor: RUS, since: 2002-10-07}", "{actor: RUS, since: 2022-07}")
    )
    assert [member.actor for member in known(case, LATE).case.institutions[0].members] == ["KAZ"]


def test_a_tie_that_begins_later_is_not_told(edit: Edit) -> None:
    case = load_case(edit("ties.yaml", "since: 1992", "since: 2022-07-01"))
    assert known(case, LATE).case.ties == ()


def counted(found: Known) -> int:
    case = found.case
    cited = (*case.figures, *case.ties, *case.institutions, *case.resolutions, *case.precedents)
    return len(case.claims) + sum(len(record.claims) for record in cited)


SUBSETS = st.sets(st.sampled_from(["report_001", "report_002", "yearbook"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(early=st.dates(date(2019, 1, 1), date(2023, 1, 1)), later=st.integers(0, 900), without=SUBSETS)
def test_knowledge_only_grows_with_time_and_shrinks_with_sources(
    case: Case, early: date, later: int, without: set[str]
) -> None:
    before = known(case, early)
    after = known(case, date.fromordinal(early.toordinal() + later))
    assert set(ids(before.case.claims)) <= set(ids(after.case.claims))
    assert before.dropped_total >= after.dropped_total
    less = known(case, early, without)
    assert set(ids(less.case.claims)) <= set(ids(before.case.claims))
    assert counted(less) <= counted(before)
    assert known(less.case, early).case == less.case
    assert all(source.published.latest <= early and source.id not in without for source in less.case.sources)
