"""Levers are made of the case's roles; moved ones make a scenario over the one below them."""

from __future__ import annotations

import numpy as np
import pytest

from tightrope.case.load import load_case
from tightrope.engine.simulate import plan, run
from tightrope.errors import ModelError
from tightrope.model.build import varied
from tightrope.report.lever import GIVEN, Lever, expressed, levers, merged

CASES = ("kazakhstan-2022", "serbia-2022")
START = (2022, 7)


@pytest.fixture(scope="module", params=CASES)
def made(request):  # type: ignore[no-untyped-def]
    return plan(load_case(request.param))


@pytest.fixture(scope="module")
def kazakh():  # type: ignore[no-untyped-def]
    return plan(load_case("kazakhstan-2022"))


def test_every_lever_is_within_its_own_range_and_told_in_words(made) -> None:  # type: ignore[no-untyped-def]
    found = levers(made.known, made)
    assert len({lever.id for lever in found}) == len(found) > 25
    for lever in found:
        assert lever.low < lever.high
        assert 0 < lever.step <= lever.high - lever.low
        assert lever.neutral is None or lever.low <= lever.neutral <= lever.high
        assert lever.title
        assert lever.unit
        assert lever.held
        assert "{" not in lever.title + lever.meaning + lever.held


def test_every_lever_can_be_run_at_both_ends(made) -> None:  # type: ignore[no-untyped-def]
    found = levers(made.known, made)
    for lever in found:
        for value in (lever.low, lever.high):
            scenario = merged(None, {lever.id: value}, found, made.blueprint.start)
            assert scenario is not None
            varied(made.blueprint, scenario)


def test_levers_that_move_nothing_leave_the_base_as_it_is(kazakh) -> None:  # type: ignore[no-untyped-def]
    base = kazakh.known.case.scenarios[0]
    found = levers(kazakh.known, kazakh)
    assert merged(base, {}, found, START) is base
    assert merged(None, {}, found, START) is None


def test_a_lever_takes_the_place_of_what_the_base_says_of_the_same_thing(kazakh) -> None:  # type: ignore[no-untyped-def]
    base = next(one for one in kazakh.known.case.scenarios if one.id == "china_steps_in")
    made = merged(base, {"effort.CHN": 3.0, "effort.TUR": 2.0}, levers(kazakh.known, kazakh), START)
    assert made is not None
    given = {(one.kind, one.about): one.value for one in made.happenings}
    assert given == {("effort", "CHN"): 3.0, ("effort", "TUR"): 2.0}


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ({"nothing.here": 1.0}, "no lever"),
        ({"effort.CHN": 99.0}, "give 0 to 4"),
        ({"tied_down.RUS": -1.0}, "give 0"),
    ],
)
def test_what_cannot_be_moved_is_named(kazakh, moved: dict[str, float], said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ModelError, match=said):
        merged(None, moved, levers(kazakh.known, kazakh), START)


def test_a_happening_holds_from_the_first_month(kazakh) -> None:  # type: ignore[no-untyped-def]
    scenario = merged(None, {"tied_down.RUS": 0.9}, levers(kazakh.known, kazakh), START)
    given = varied(kazakh.blueprint, scenario).schedule["tied_down"]
    row = kazakh.blueprint.poles.index("RUS")
    assert np.all(given[:, row] == 0.9)


def test_a_membership_is_left_once_and_not_every_month(kazakh) -> None:  # type: ignore[no-untyped-def]
    scenario = merged(None, {"leave_security.KAZ": 1.0}, levers(kazakh.known, kazakh), START)
    given = varied(kazakh.blueprint, scenario).schedule["leave_security"]
    assert given[:, kazakh.blueprint.focus].tolist()[:3] == [1.0, 0.0, 0.0]


def test_moving_a_lever_moves_the_numbers(kazakh) -> None:  # type: ignore[no-untyped-def]
    scenario = merged(None, {"tied_down.RUS": 1.0}, levers(kazakh.known, kazakh), START)
    tied = plan(load_case("kazakhstan-2022"), scenario)
    place = kazakh.blueprint.poles.index("RUS")
    before, after = (run(one, 100, 1).arrays["alignment"][place, 0, -1].mean() for one in (kazakh, tied))
    assert after < before


def test_a_preset_shows_on_the_levers(kazakh) -> None:  # type: ignore[no-untyped-def]
    found = levers(kazakh.known, kazakh)
    by_id = {one.id: one for one in kazakh.known.case.scenarios}
    assert expressed(by_id["china_steps_in"], found) == {"effort.CHN": 2.0}


def test_every_kind_of_lever_can_happen_in_a_case() -> None:
    from tightrope.model.state import BY_DECIDER, BY_POLE

    assert {given.kind for given in GIVEN} <= {*BY_POLE, *BY_DECIDER}


def test_a_lever_names_the_claims_that_suggest_it(kazakh) -> None:  # type: ignore[no-untyped-def]
    found: dict[str, Lever] = {lever.id: lever for lever in levers(kazakh.known, kazakh)}
    names = {claim.id for claim in kazakh.known.case.claims}
    assert found["effort.CHN"].claims
    assert set(found["effort.CHN"].claims) <= names
    assert found["figures.kaz.exports_rus"].sources == 3
