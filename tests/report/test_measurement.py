"""A number becomes a reading of the one figure that its actor, unit and words fit, and of none where they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.report.report_text import findings, report

from tightrope.case.case import Case
from tightrope.evidence.found import Figure, Findings
from tightrope.report import widening
from tightrope.report.measurement import readings
from tightrope.report.roster import Roster


def number(text: str, words: str, **more: object) -> Findings:
    start = text.index(words)
    plain = Figure("made_up", start, start + len(words), 22, "percent", "quantity", None, None, "Kazakhstan")
    return Findings(
        report(raw=text, text=text, origin=range(len(text))), (), (), (), (), (replace(plain, **more),)
    )  # type: ignore[arg-type]


def read(case: Case, found: Findings) -> list[dict[str, object]]:
    return [data for _, data, _, _ in readings(case, Roster(case), found)]


def test_a_share_of_the_population_is_found(case: Case) -> None:
    text = "Ethnic Russians are more than 22 percent of the population of Kazakhstan."
    (one,) = read(case, number(text, "22 percent", comparator="more than"))
    assert (one["figure"], one["value"], one["bound"]) == ("kaz.ethnic_russians", 22.0, "lower")


@pytest.mark.parametrize(
    "more",
    [
        {"unit": "km"},
        {"value": 2200},
        {"value": None},
        {"value": "2022"},
        {"kind": "ordinal"},
        {"about": "Ukraine"},
    ],
)
def test_what_does_not_fit_is_left_alone(case: Case, more: dict[str, object]) -> None:
    text = "Ethnic Russians are 22 percent of the population of Kazakhstan."
    assert read(case, number(text, "22 percent", **more)) == []


def test_a_percentage_of_something_else_is_none(case: Case) -> None:
    assert read(case, number("Prices of bread rose by 22 percent there.", "22 percent")) == []


def test_a_reading_stands_under_its_figure_without_what_was_only_said(case: Case) -> None:
    (one,) = read(case, findings())
    kept = widening.reading(
        {**one, "id": "x.made_up", "source": "made_up", "date": "2022", "paraphrase": "Our words."}
    )
    assert set(kept) == {"id", "value", "bound", "source", "date", "note"}
    assert kept["note"] == "Our words."
