"""Numbers that a figure, a setting or a happening cannot have, each refused with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from tightrope.case.domain import HAPPENINGS, figure_domain
from tightrope.case.load import load_case
from tightrope.case.scenario import Happening
from tightrope.errors import Fault

Edit = Callable[[str, str, str], Path]
Write = Callable[..., Path]
Refused = Callable[..., list[Fault]]

# Word of a figure, its unit, what it can be, what it cannot.
WORDS: list[tuple[str, str, list[float], list[float]]] = [
    ("gdp", "billion", [0.001, 51342], [0, -1]),
    ("population", "million", [0.1], [0, -3]),
    ("detour", "ratio", [1, 7.6], [0, -1]),
    ("exports_total", "percent of GDP", [0.1, 1000], [0, -1, 1001]),
    ("trade_rus", "percent of GDP", [0, 1000], [-0.1, 1000.5]),
    ("imports_chn", "Percent", [0, 114], [-1, 2000]),
    ("exports_west", "% of GDP", [0, 20], [-1, 2000]),
    ("exports_rus", "billion US dollars", [0, 5000], [-1]),
    ("ethnic_russians", "percent", [0, 100], [-1, 101]),
    ("route_dependence", "percent", [0, 100], [-1, 101]),
    ("resource_rents", "percent", [0, 100], [-1, 101]),
    ("selectorate_ratio", "index", [0, 1], [-0.1, 1.1]),
    ("sanctioned", "share", [0, 1], [-0.1, 1.1]),
    ("import_ceiling", "percent", [0, 95], [-1, 96]),
    ("ideal_point", "deviations", [-10, 10], [-10.1, 11]),
    ("capability", "ratio", [0, 12.6], [-0.1]),
    ("currency_fall", "percent", [0, 99], [-1, 100]),
    ("fuel_step_2022", "log points", [-5, 1e12], []),
]


@pytest.mark.parametrize(("word", "unit", "fit", "unfit"), WORDS)
def test_a_figure_can_be_what_its_last_word_says(
    word: str, unit: str, fit: list[float], unfit: list[float]
) -> None:
    domain = figure_domain(f"kaz.{word}")
    assert [value for value in fit if domain.remedy(value, unit)] == []
    assert [value for value in unfit if not domain.remedy(value, unit)] == []
    assert all(domain.remedy(value, unit) for value in (float("nan"), float("inf"), -float("inf")))


@pytest.mark.parametrize(
    ("figure", "value", "unit", "said"),
    [
        ("kaz.gdp", 0, None, "give a number above 0"),
        ("kaz.exports_total", 2000, "percent of GDP", "give a number above 0 and at most 1000"),
        ("kaz.exports_total", 2000, None, None),
        ("kaz.capability", -1, None, "give a number of at least 0"),
        ("kaz.ideal_point", 11, None, "give a number from -10 to 10"),
        ("kaz.other", float("nan"), None, "give a number from -1e+12 to 1e+12"),
    ],
)
def test_the_remedy_names_the_bounds(figure: str, value: float, unit: str | None, said: str | None) -> None:
    assert figure_domain(figure).remedy(value, unit) == said


def test_every_kind_of_happening_has_its_domain() -> None:
    assert set(HAPPENINGS) == set(get_args(Happening.model_fields["kind"].annotation))


GUESS = """\
  - id: kaz.guess
    about: KAZ
    measure: a guess
    unit: share
    scenario: true
    low: 0.1
    high: 0.4
"""
CUT_OFF = "scenarios/cut_off.yaml"
SETTING = "path: figures.kaz.guess, low: 0.2, high: 0.3"
HAPPENING = "kind: route_closed, about: KAZ, start: 2022-09-01, months: 3, value: 1"

PLACES = [
    (
        "figures.yaml",
        "value: 20",
        "value: 120",
        "7:25",
        "figures[kaz.ethnic_russians].claims[0].value",
        "it cannot be 120; give a number from 0 to 100",
    ),
    ("figures.yaml", "value: 15.5", "value: -1", "8:17", "claims[1].value", "it cannot be -1; give"),
    (
        "figures.yaml",
        GUESS,
        GUESS.replace("kaz.guess", "x.sanctioned").replace("0.4", "1.4"),
        "15:11",
        "figures[x.sanctioned].high",
        "from 0 to 1",
    ),
    (
        CUT_OFF,
        SETTING,
        "path: figures.kaz.ethnic_russians, low: -2, high: 500",
        "7:46",
        "scenarios[cut_off].settings[0].low",
        "it cannot be -2; give a number from 0 to 100",
    ),
    (CUT_OFF, SETTING, "path: figures.kaz.ethnic_russians, low: 2, high: 500", "7:55", "[0].high", "500"),
    (CUT_OFF, SETTING, "path: figures.kaz.ethnic_russians, value: 500", "7:48", "[0].value", "500"),
    (
        CUT_OFF,
        HAPPENING,
        HAPPENING.replace("value: 1", "value: 1.5"),
        "10:75",
        "scenarios[cut_off].happenings[0].value",
        "it cannot be 1.5; give a number from 0 to 1",
    ),
    (CUT_OFF, HAPPENING, HAPPENING.replace("months: 3", "months: 241"), "10:65", "months", "at most 240"),
]


@pytest.mark.parametrize(("name", "old", "new", "place", "path", "said"), PLACES)
def test_what_no_number_can_be_is_told_with_its_place(
    edit: Edit, refused: Refused, name: str, old: str, new: str, place: str, path: str, said: str
) -> None:
    told = [str(fault) for fault in refused(edit(name, old, new))]
    assert any(f"{name}:{place}: " in line and path in line and said in line for line in told), told


@pytest.mark.parametrize(("kind", "value", "fits"), [
    ("fuel_step", 3, True), ("fuel_step", -3, True), ("fuel_step", 3.1, False), ("threat", 5, True),
    ("threat", 5.1, False), ("threat", -1, False), ("price_cap", 2, False), ("tied_down", -0.1, False),
    ("secondary_sanctions", 1.1, False),
])  # fmt: skip
def test_a_happening_has_a_size_that_it_can_have(
    edit: Edit, refused: Refused, kind: str, value: float, fits: bool
) -> None:
    new = HAPPENING.replace("route_closed", kind).replace("value: 1", f"value: {value}")
    folder = edit(CUT_OFF, HAPPENING, new)
    if fits:
        assert load_case(folder).scenarios[0].happenings[0].value == value
    else:
        assert refused(folder)[0].path == "scenarios[cut_off].happenings[0].value"


@pytest.mark.parametrize(("value", "fits"), [(0, True), (0.86, True), (1, True), (1.1, False), (-3, False)])
def test_who_recognises_does_so_in_part_or_whole(
    edit: Edit, refused: Refused, value: float, fits: bool
) -> None:
    tie = f"kind: recognition\n    from: WEST\n    to: ENT\n    since: 1992\n    value: {value}"
    old = "kind: trade\n    from: KAZ\n    to: RUS\n    since: 1992\n    value: 24"
    folder = edit("ties.yaml", old, tie)
    if fits:
        assert load_case(folder).ties[0].value == value
    else:
        told = refused(folder)[0]
        assert (told.path, told.right) == ("ties[kaz.rus.trade].value", "give a number from 0 to 1")
