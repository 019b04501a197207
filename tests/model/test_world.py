"""What is given from outside: scales of the shocks, what the calendar says, and how threats fade."""

from __future__ import annotations

import numpy as np
import pytest
from tests.model.small import BLUE, RED, SHAPE, Given, calendar, setting, state

from tightrope.model.world import heard, tied_down, usual_menace, world


def test_menace_halves_in_its_half_life() -> None:
    menace = np.array([0.8])
    for _ in range(8):
        menace = heard(menace, np.array([8.0]), np.zeros(1))
    assert menace == pytest.approx([0.4])
    assert heard(np.array([0.8]), np.array([1.0]), np.array([0.3])) == pytest.approx([0.7])


def test_shocks_have_their_standard_deviation() -> None:
    change = world(
        state(), {}, setting(rouble_sd=0.05, oil_sd=0.1), Given(worlds={"rouble": 2.0, "oil": -1.0})
    )
    assert change.flow["rouble"] == pytest.approx([0.1])
    assert change.flow["oil"] == pytest.approx([-0.1])


def test_rhetoric_is_a_mark_of_its_rate() -> None:
    """A month has at least one mark with probability 1 - e^{-½}; it weighs with the minority next door."""
    given_ = setting({"neighbour": np.array([[1.0], [0.5]])}, rhetoric_rate=0.5, rhetoric_strength=0.4)
    edge = 1.0 - np.exp(-0.5)
    heard_, silent = (
        world(state(), {}, given_, Given(uniforms={"rhetoric": u})) for u in (edge - 1e-9, edge + 1e-9)
    )
    assert heard_.state["menace"][:, 0] == pytest.approx([0.4, 0.2])
    assert not silent.state["menace"].any()


def test_the_calendar_speaks_for_its_month() -> None:
    given = {name: np.zeros((24, 2)) for name in ("fuel_step", "price_cap", "route_closed", "threat")}
    for place, name in enumerate(given):
        given[name][5, 1] = place + 1.0
    given_ = setting(schedule=calendar(**given))
    change = world(state(), {}, given_, Given(5, {"rhetoric": 0.9999}))
    for place, name in enumerate(("fuel_step", "price_cap", "route_closed")):
        assert change.flow[name].tolist() == [[0.0], [place + 1.0]]
    assert change.state["menace"].tolist() == [[0.0], [4.0]]
    assert not change.flow["fuel_before"].any()
    assert not world(state(), {}, given_, Given(4)).flow["fuel_step"].any()


def test_the_fuel_price_of_the_month_before_is_known() -> None:
    """Before the first month there was none, whatever the calendar's last month says."""
    steps = np.zeros((24, 2))
    steps[0, 1], steps[5, 0], steps[23, 0] = 0.3, 0.5, 0.9
    given_ = setting(schedule=calendar(fuel_step=steps))
    for index, wanted in ((0, (0.0, 0.0)), (1, (0.0, 0.3)), (5, (0.0, 0.0)), (6, (0.5, 0.0))):
        found = world(state(), {}, given_, Given(index)).flow
        assert found["fuel_before"].tolist() == [[wanted[0]], [wanted[1]]]
        assert found["fuel_step"].tolist() == steps[index][:, None].tolist()


def test_without_a_war_the_target_is_tied_down_as_ever() -> None:
    for war, wanted in ((0.0, 0.1), (0.5, 0.3), (1.0, 0.5)):
        given_ = setting({"at_war": war}, tied_down=0.5, tied_down_reference=0.1)
        assert tied_down(state(), given_)[0] == pytest.approx([wanted])
        assert world(state(), {}, given_, Given()).flow["tied_down"][:, 0, 0] == pytest.approx(
            [wanted, 0.0, 0.0]
        )


def test_the_calendar_overrules_how_tied_down_a_pole_is() -> None:
    tied = np.full((24, 3), np.nan)
    tied[5, RED], tied[6, BLUE] = 0.9, 0.2
    given_ = setting(schedule=calendar(tied_down=tied), tied_down=0.45)
    assert world(state(), {}, given_, Given(0)).flow["tied_down"][:, 0, 0].tolist() == [0.45, 0.0, 0.0]
    assert world(state(), {}, given_, Given(5)).flow["tied_down"][:, 0, 0].tolist() == [0.9, 0.0, 0.0]
    assert world(state(), {}, given_, Given(6)).flow["tied_down"][:, 0, 0].tolist() == [0.45, 0.2, 0.0]
    assert world(state(), {}, given_, Given(0)).flow["fuel_step"].shape == SHAPE


def test_usual_menace_is_where_the_mean_of_words_keeps_it() -> None:
    """A mark of .4 at rate ½ every month, on average, for ever."""
    given_ = setting(rhetoric_rate=0.5, rhetoric_strength=0.4, menace_half_life=8.0)
    menace = np.zeros(SHAPE)
    for _ in range(600):
        menace = heard(menace, given_["menace_half_life"], np.full(SHAPE, 0.4 * (1.0 - np.exp(-0.5))))
    assert usual_menace(given_) == pytest.approx(menace, abs=1e-12)
