"""What scenarios do to Kazakhstan: the directions that the accounts say, on the same 500 runs (model.md §3, [C])."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from tests.model.shipped import MONTHS, Run, changed, happening, outlook, plain, run, shipped

from tightrope.case.scenario import Scenario
from tightrope.model.occasion import occasions
from tightrope.model.security import granted

RUS, CHN, WEST, TUR = range(4)
OWN = -1
KAZ = 0


@lru_cache(maxsize=6)
def under(name: str) -> Run:
    """The shipped case under a scenario of its own."""
    return run(changed(shipped(name)))


def moved(found: Run, pole: int, month: int = -1) -> np.ndarray:
    """How far Kazakhstan's share of a pole is from the outlook, in each run."""
    return found.at("share", month)[pole, KAZ] - outlook().at("share", month)[pole, KAZ]


def unrest(found: Run) -> float:
    """In how many runs Kazakhstan's streets fill."""
    return float(found.ever("emergency")[KAZ].mean())


def comply(found: Run, first: int = 0) -> float:
    """Mean probability that Kazakhstan enforces fully."""
    return float(np.mean([flow["p_comply"][KAZ] for flow in found.flows[first:]]))


def test_tied_down_russia_loses_and_the_others_gain() -> None:
    """s_RUS falls in every run and s_CHN rises in nearly every one, against a Russia that is free."""
    tied, free = (
        run(changed(happening("tied_down", "RUS", 0.8))),
        run(changed(happening("tied_down", "RUS", 0.1))),
    )
    russia, china = (tied.at("share")[pole, KAZ] - free.at("share")[pole, KAZ] for pole in (RUS, CHN))
    assert russia.mean() < -0.05
    assert (russia < 0).mean() >= 0.95
    assert china.mean() > 0.01
    assert (china > 0).mean() >= 0.90
    assert moved(under("russia_tied_down"), RUS).mean() < 0.0 < moved(under("russia_tied_down"), CHN).mean()


def test_the_void_is_filled_by_china_turkey_and_oneself() -> None:
    found = under("russia_tied_down")
    assert all(moved(found, pole).mean() > 0 for pole in (CHN, TUR, OWN))
    assert sum(moved(found, pole).mean() for pole in range(len(plain().poles) + 1)) == pytest.approx(
        0.0, abs=1e-12
    )


def test_a_russia_that_is_free_would_come_if_asked() -> None:
    free = run(changed(happening("tied_down", "RUS", 0.0)), 12)
    tied = run(changed(happening("tied_down", "RUS", 0.8)), 12)
    places = np.arange(len(plain().deciders))[:, None]
    every = occasions(np.zeros((len(places), 500)), 1.0, places == np.full(500, KAZ))
    for month, (one, other) in enumerate(zip(free.states, tied.states, strict=True)):
        chances = [
            granted(state, found.flows[month], found.setting, every)[0].mean()
            for state, found in ((one, free), (other, tied))
        ]
        assert chances[0] > chances[1]


def test_a_fuel_step_brings_people_out_and_a_cap_never_does() -> None:
    step, capped = under("fuel_shock_without_cap"), under("fuel_shock")
    assert unrest(step) > unrest(outlook()) + 0.05
    assert unrest(capped) < unrest(step)
    # Run by run, no state is fuller of people while the cap holds than without it.
    lifted, kept = (run(changed(happening("price_cap", "KAZ", cap))) for cap in (0.0, 1.0))
    assert (kept.ever("emergency")[KAZ] <= lifted.ever("emergency")[KAZ]).mean() >= 0.99
    assert unrest(kept) <= unrest(lifted)


def test_a_cap_costs_the_budget_and_holds_prices() -> None:
    lifted, kept = (run(changed(happening("price_cap", "KAZ", cap)), 12) for cap in (0.0, 1.0))
    assert (kept.at("prices")[KAZ] <= lifted.at("prices")[KAZ] + 1e-12).mean() > 0.99
    assert kept.flows[-1]["cap_cost"][KAZ].mean() > 0.0
    chosen = np.max([state.capped[KAZ] for state in lifted.states], axis=0) > 0
    assert not lifted.flows[-1]["cap_cost"][KAZ][~chosen].any()


def test_secondary_sanctions_make_prices_jump_and_comply() -> None:
    """From October 2022, month 3: import prices and income at once; enforcement, which alone lifts them, more."""
    found = under("secondary_sanctions")
    assert (found.at("penalised", 3)[KAZ] == 1.0).all()
    assert (found.at("import_price", 4)[KAZ] > 0.0).all()
    assert found.at("prices")[KAZ].mean() > outlook().at("prices")[KAZ].mean()
    assert found.at("income_loss", 5)[KAZ].mean() > outlook().at("income_loss", 5)[KAZ].mean()
    assert unrest(found) >= unrest(outlook())
    for month in range(3):
        assert np.array_equal(found.at("share", month), outlook().at("share", month))
    assert comply(found, first=6) > comply(outlook(), first=6)


def test_before_a_scenario_begins_nothing_is_different() -> None:
    found = under("fuel_shock_without_cap")
    late = run(changed(happening("fuel_step", "KAZ", 0.5, "2023-01-01")))
    for month in range(6):
        for name, value in vars(late.states[month]).items():
            assert np.array_equal(value, getattr(outlook().states[month], name)), name
    assert len(found.states) == MONTHS


def test_menace_repels_russias_neighbour() -> None:
    found = run(changed(happening("threat", "KAZ", 0.3)))
    assert (moved(found, RUS) < 0).mean() >= 0.95
    assert moved(found, RUS).mean() < -0.02
    assert moved(found, OWN).mean() > 0.0
    assert found.at("opinion")[0, KAZ].mean() > outlook().at("opinion")[0, KAZ].mean()


@pytest.mark.parametrize(("figure", "sign"), [("exports_west", 1), ("exports_rus", -1), ("trade_rus", -1)])
def test_trade_decides_whether_one_complies(figure: str, sign: int) -> None:
    """Exports to the sanctioner up: more; exports to, or trade with, the target up: less (Han 2018)."""
    known = plain().figures[f"kaz.{figure}"]
    low, high = (
        run(changed(**{f"figures__kaz__{figure}": times * (known.low + known.high) / 2.0}), 18)
        for times in (0.5, 2.0)
    )
    assert sign * (comply(high) - comply(low)) > 0.01


def test_a_closed_route_costs_income_and_order() -> None:
    found = run(changed(happening("route_closed", "KAZ", 1.0)))
    assert (found.at("income_loss", 0)[KAZ] > 5.0).all()
    assert unrest(found) > unrest(outlook()) + 0.1


@pytest.mark.parametrize(
    "scenario", [shipped("russia_tied_down"), shipped("fuel_shock")], ids=lambda one: one.id
)
def test_what_concerns_one_state_leaves_the_others_alone(scenario: Scenario) -> None:
    """The fuel price of Kazakhstan moves nobody else's order; only what Russia does reaches all."""
    found = under(scenario.id)
    others = found.at("defection")[:, 1:] - outlook().at("defection")[:, 1:]
    if scenario.id == "fuel_shock":
        assert np.abs(others).max() < 1e-6
    assert np.isfinite(others).all()


def test_three_years_of_the_outlook() -> None:
    """A pin against slips: no share of a pole has vanished or taken all, and unrest is possible, not usual."""
    share = outlook().at("share")[:, KAZ].mean(axis=1)
    assert share.min() > 0.02
    assert share.max() < 0.6
    assert 0.01 < unrest(outlook()) < 0.4
