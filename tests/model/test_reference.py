"""The yardstick: made-up states that no decider, no setting and no report can move."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from tests.model.shipped import SEED, as_known, case, changed, happening, plain
from tests.model.small import Given

from tightrope.model.account import utility
from tightrope.model.belief import acts_evidence, reputation
from tightrope.model.blueprint import Blueprint
from tightrope.model.choice import choice
from tightrope.model.compliance import compliance
from tightrope.model.draw import draw
from tightrope.model.parameters import Range, table
from tightrope.model.reference import EMERGENCY, FIGURES, STATES, STOCKS, reference, unsettled
from tightrope.model.scale import scales
from tightrope.model.state import Setting, State
from tightrope.model.vote import baseline, vote_accounts


def only(*deciders: str) -> Blueprint:
    """The shipped case with these deciders alone."""
    about = case().about.model_copy(update={"deciders": deciders, "focus": deciders[0]})
    return as_known(of=case().model_copy(update={"about": about}))


@lru_cache(maxsize=1)
def pair() -> Blueprint:
    return only("KAZ", "GEO")


def votes(state: State, setting: Setting) -> np.ndarray:
    """The probabilities of every vote to come, if it were held at the start (V, 4, N, R)."""
    found = []
    for item in setting.schedule.votes:
        accounts = vote_accounts(state, setting, item)
        base = baseline(item, accounts["security"].shape)
        accounts["reputation"] = reputation(state, acts_evidence(base, accounts, setting, "vote"), setting)
        worth = utility(accounts, setting.weights, setting.divisors["vote"])
        found.append(choice(base, worth, setting["choice_intensity"]))
    return np.array(found)


def comply(state: State, setting: Setting) -> np.ndarray:
    """The probability of full enforcement at the start, evasion of 1 % of GDP or 2 bn USD given (N, R)."""
    shape = state.compliance.shape
    flow = {"evasion_free": np.ones(shape), "evasion_free_value": np.full(shape, 2.0)}

    class Still(Given):
        def uniform(self, kind: str) -> np.ndarray:
            return np.full(shape, 0.5)

    return np.asarray(compliance(state, flow, setting, Still()).flow["p_comply"])


@pytest.mark.parametrize("deciders", [("KAZ",), ("GEO", "KAZ"), ("KAZ", "BLR", "UZB")])
def test_who_else_is_in_the_case_moves_no_divisor(deciders: tuple[str, ...]) -> None:
    assert scales(only(*deciders)) == scales(plain())


def test_a_further_decider_leaves_the_others_choices_alone() -> None:
    """Of Kazakhstan and Georgia, by themselves and with four more: votes and, at given evasion, compliance."""
    few, many = draw(pair(), SEED, 0), draw(plain(), SEED, 0)
    places = [plain().deciders.index(name) for name in pair().deciders]
    for name in vars(few[0]):
        value = getattr(many[0], name)
        same = value if value.shape[-2] == 1 else value[..., places, :]
        if name == "defection":  # settled together with the others, to 1e-10
            assert getattr(few[0], name) == pytest.approx(same, abs=1e-9)
        else:
            assert np.array_equal(getattr(few[0], name), same), name
    assert np.array_equal(votes(*few), votes(*many)[:, :, places])
    assert np.array_equal(comply(*few), comply(*many)[places])


def test_what_a_user_sets_moves_no_divisor() -> None:
    """Divisors are of the table and of states at large: only then does a setting change a choice."""
    for name, value in (
        ("parameters__retaliation", 0.9),
        ("parameters__help_value", 5.0),
        ("parameters__choice_intensity", 0.3),
        ("parameters__request_base_rate", 0.9),
        ("figures__kaz__exports_west", 60.0),
    ):
        assert scales(changed(**{name: value})) == scales(plain()), name
    assert scales(changed(happening("threat", "KAZ", 0.5))) == scales(plain())


def test_a_setting_changes_the_choice() -> None:
    """Feared five times as much, retaliation keeps every state from enforcing."""
    usual = table()["retaliation"].range.mode
    assert usual is not None
    weak, strong = (
        comply(*draw(changed(parameters__retaliation=times * usual), SEED, 0)) for times in (1.0, 5.0)
    )
    assert (strong < weak).mean() > 0.99
    assert weak.mean() - strong.mean() > 0.02


@pytest.mark.parametrize("report", ["report_000", "report_001", "report_002", "report_003", "report_004"])
def test_dropping_a_report_moves_no_divisor(report: str) -> None:
    assert scales(as_known(without=(report,))) == scales(plain())


def test_reference_states_are_of_the_table_and_of_the_case_only_by_its_poles() -> None:
    found = reference(changed(parameters__retaliation=0.9))
    assert found.parameters["retaliation"] == table()["retaliation"].range
    counted = [name for name, row in table().items() if row.range.shape == "counted"]
    assert counted
    assert all(found.parameters[name] == table()[name].range for name in counted)
    assert len(found.deciders) == STATES
    assert set(found.deciders) & set(plain().deciders) == set()
    assert found.allied == found.preferred == frozenset((place, 0) for place in (0, 2, 4, 6))
    assert {"western_sanctions", "invasion"} <= found.conditions
    for name in ("acts", "commitments", "threats", "events", "voices", "rivals"):
        assert not getattr(found, name), name
    assert found.origin is None


def test_reference_states_spread_as_declared() -> None:
    """Eight states over 500 draws: each figure as wide as its range, mean and spread those of a uniform law."""
    state, setting = draw(reference(plain()), 0, 0)
    for name, (low, high) in (
        ("gdp", FIGURES["gdp"]),
        ("ideal_point", FIGURES["ideal_point"]),
        ("detour", FIGURES["detour"]),
        ("trade", FIGURES["trade"]),
        ("exports_west", FIGURES["exports"]),
        ("selectorate_ratio", FIGURES["selectorate_ratio"]),
    ):
        values = setting.figures[name]
        assert values.min() >= low
        assert values.max() <= high
        assert values.mean() == pytest.approx((low + high) / 2.0, abs=0.03 * (high - low)), name
        assert values.std() == pytest.approx((high - low) / np.sqrt(12.0), rel=0.05), name
    assert np.isfinite(state.share).all()


@pytest.mark.parametrize("emergency", [False, True])
def test_stocks_are_drawn_from_nothing_to_plenty(emergency: bool) -> None:
    calm = draw(reference(plain()), 0, 0)[0]
    found = unsettled(calm, emergency)
    ranges = {**STOCKS, "compliance": (0.0, 1.0), **({"defection": EMERGENCY} if emergency else {})}
    for name, (low, high) in ranges.items():
        values = getattr(found, name)
        assert low <= values.min() < values.max() <= high, name
        assert values.mean() == pytest.approx((low + high) / 2.0, abs=0.03 * (high - low)), name
        assert values.std() == pytest.approx((high - low) / np.sqrt(12.0), rel=0.05), name
    assert (found.log_odds.mean(), found.log_odds.std()) == pytest.approx((0.0, 1.0), abs=0.05)
    for name in set(vars(calm)) - set(ranges) - {"log_odds"}:
        assert np.array_equal(getattr(found, name), getattr(calm, name)), name
    stocks = np.stack([getattr(found, name).ravel() for name in (*STOCKS, "compliance")])
    assert np.abs(np.corrcoef(stocks) - np.eye(len(stocks))).max() < 0.1


def test_one_yardstick_is_made_for_all_who_know_the_same_of_the_poles() -> None:
    """By content, so that a case without one of its reports need not make it again; never for other poles."""
    whole, without = scales(as_known()), scales(as_known(without=("report_002",)))
    assert without is whole
    poles = replace(plain(), figures={**plain().figures, "rus.gdp": Range(1.0, 1.0)})
    assert scales(poles) is not whole
    assert scales(poles)["alignment"] != whole["alignment"]
    acts = replace(plain(), organ="leader")
    assert scales(acts) is not whole
