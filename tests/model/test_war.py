"""How the war ends: the four endings by their chances, in a month drawn evenly, and what follows from each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import BLUE, RED, Given, exactly, flow, setting, state

from tightrope.model.war import DEFEAT, ONGOING, SETTLEMENT, VICTORY, ending, share_of, war
from tightrope.model.world import sanctions, tied_down, world

CHANCES = {"war_defeat": 0.1, "war_victory": 0.2, "war_settlement": 0.3, "war_window": 20.0}


@pytest.mark.parametrize(
    ("lot", "wanted"),
    [
        (0.05, DEFEAT),
        (0.15, VICTORY),
        (0.29, VICTORY),
        (0.31, SETTLEMENT),
        (0.59, SETTLEMENT),
        (0.61, ONGOING),
    ],
)
def test_an_ending_falls_by_its_chance(lot: float, wanted: int) -> None:
    chances = (np.array([value]) for value in (0.1, 0.2, 0.3))
    assert ending(np.array([lot]), *chances).tolist() == [wanted]


@exactly
@given(st.floats(0.0, 0.3), st.floats(0.0, 0.3), st.floats(0.0, 0.3))
def test_endings_come_as_often_as_their_chances(defeat: float, victory: float, settlement: float) -> None:
    lots = (np.arange(100_000) + 0.5) / 100_000
    found = ending(lots, *(np.full(lots.shape, value) for value in (defeat, victory, settlement)))
    shares = [(found == code).mean() for code in (DEFEAT, VICTORY, SETTLEMENT)]
    assert shares == pytest.approx([defeat, victory, settlement], abs=2e-5)


def test_it_ends_in_the_month_that_was_drawn() -> None:
    """Half of a window of 20 months: not in month 9, in month 10, and for good."""
    given_ = setting(**CHANCES)
    for index, wanted in ((0, ONGOING), (9, ONGOING), (10, VICTORY), (23, VICTORY)):
        month = Given(index, worlds={"war.ending": 0.2, "war.month": 0.5})
        assert war(state(), flow(), given_, month).state["war"].tolist() == [[float(wanted)]]


def test_without_a_war_nothing_ends() -> None:
    month = Given(23, worlds={"war.ending": 0.05, "war.month": 0.0})
    assert not war(state(), flow(), setting({"at_war": 0.0}, **CHANCES), month).state["war"].any()


def test_a_value_for_each_way_the_war_stands() -> None:
    for code, value in enumerate((1.0, 2.0, 3.0, 4.0)):
        assert share_of(state(war=float(code)), (1.0, 2.0, 3.0, 4.0)).tolist() == [[value]]


def test_what_the_target_is_tied_down_by_after_each_ending() -> None:
    """.6 while it fights, half of the rest gone by defeat, .2 as ever after victory, half-way after a settlement."""
    given_ = setting(tied_down=0.6, tied_down_reference=0.2, defeat_loss=0.5)
    for code, wanted in ((ONGOING, 0.6), (DEFEAT, 0.8), (VICTORY, 0.2), (SETTLEMENT, 0.4)):
        now = state(war=float(code))
        assert tied_down(now, given_)[0] == pytest.approx([wanted])
        tied = world(now, {}, given_, Given()).flow["tied_down"][:, 0, 0]
        assert tied[RED] == pytest.approx(wanted)
        assert tied[BLUE] == 0.0


def test_a_settlement_eases_the_sanctions_and_nothing_else_does() -> None:
    given_ = setting(settlement_relief=0.3)
    found = [float(sanctions(state(war=float(code)), given_)[0, 0]) for code in range(4)]
    assert found == pytest.approx([1.0, 1.0, 1.0, 0.7])


def test_victory_makes_words_more_threatening_and_defeat_less() -> None:
    """A draw between the two chances: a mark after victory, none after defeat."""
    given_ = setting(rhetoric_rate=0.5, defeat_rhetoric=0.5, victory_rhetoric=2.0, rhetoric_strength=1.0)
    heard = {}
    for code in (ONGOING, DEFEAT, VICTORY):
        month = Given(uniforms={"rhetoric": 0.5})
        heard[code] = float(world(state(war=float(code)), {}, given_, month).state["menace"][0, 0])
    assert heard[VICTORY] > 0.0
    assert heard[ONGOING] == heard[DEFEAT] == 0.0
