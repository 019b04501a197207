"""Reform: the menu's base rates, what each reform brings, and what it does to the pulls of mass and elite."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import SHAPE, Given, exactly, flow, only, setting, state

from tightrope.model.account import utility
from tightrope.model.choice import Array, choice
from tightrope.model.occasion import Occasion
from tightrope.model.reform import (
    CAP,
    CONCEDE,
    NOTHING,
    PURGE,
    REFORMS,
    REPRESS,
    added,
    base_rates,
    credibility,
    reform,
    reform_accounts,
)
from tightrope.model.stability import group_pulls
from tightrope.model.state import ACCOUNTS, Change, Setting, State

MASS, ELITE = 0, 1
ALWAYS = {"reform_rate": 1.0, "reform_urgency": 1.0}
RATES = ("concession_base_rate", "purge_rate", "cap_rate", "repression_base_rate")
ORDER = (CONCEDE, PURGE, CAP, REPRESS)
STOCKS = ("conceded", "purged", "repressed", "capped", "grievance")
parts = st.floats(0.0, 1.0)
small_parts = st.floats(0.01, 0.2)


def rates(**given_: float) -> dict[str, float]:
    """Rates of the four reforms, 0 but for those given by short name."""
    names = dict(zip(REFORMS[1:], RATES, strict=True))
    return dict.fromkeys(RATES, 0.0) | {names[name]: value for name, value in given_.items()}


def month(now: State, given_: Setting, lot: float = 0.5, **quantities: object) -> Change:
    return reform(now, flow(**({"emergency": 0.0} | quantities)), given_, Given(uniforms={"reform": lot}))


def done(name: str, now: State, **parameter: object) -> Change:
    """The month in which this reform is chosen for sure, by the base rates alone."""
    figure = parameter.pop("figure", None)
    given_ = setting(
        figure, choice_intensity=0.0, inaction_rate=0.0, **ALWAYS, **rates(**{name: 1.0}), **parameter
    )
    change = month(now, given_)
    assert np.array_equal(change.flow["reform"], np.full(SHAPE, float(REFORMS.index(name))))
    return change


def after(now: State, change: Change) -> State:
    return replace(now, **change.state)


# Base rates.


def test_base_rates_that_fit_are_themselves() -> None:
    """.3 + .1 + .2 + .25 leave .15, above the least of .1; with .3 for a cap .05 would be left: .1 of 1.05."""
    given_ = setting(inaction_rate=0.1, **rates(concede=0.3, purge=0.1, cap=0.2, repress=0.25))
    assert base_rates(given_)[:, 0] == pytest.approx([0.15, 0.3, 0.1, 0.2, 0.25])
    given_ = setting(inaction_rate=0.1, **rates(concede=0.3, purge=0.1, cap=0.3, repress=0.25))
    assert base_rates(given_)[:, 0] == pytest.approx(np.array([0.1, 0.3, 0.1, 0.3, 0.25]) / 1.05)


@exactly
@given(parts, parts, parts, parts, st.floats(0.01, 0.5))
def test_base_rates_sum_to_one_and_keep_their_proportions(
    concede: float, purge: float, cap: float, repress: float, least: float
) -> None:
    found = base_rates(
        setting(inaction_rate=least, **rates(concede=concede, purge=purge, cap=cap, repress=repress))
    )
    assert found.sum() == pytest.approx(1.0, abs=1e-14)
    assert found[NOTHING, 0] > 0.0
    assert found[CONCEDE, 0] * repress == pytest.approx(found[REPRESS, 0] * concede)
    assert found[PURGE, 0] * cap == pytest.approx(found[CAP, 0] * purge)


def test_without_intensity_the_base_rates_decide_alone() -> None:
    """Edges .2, .5, .6, .8: what a draw falls on, whatever the accounts."""
    given_ = setting(
        choice_intensity=0.0, inaction_rate=0.1, **ALWAYS,
        **rates(concede=0.3, purge=0.1, cap=0.2, repress=0.2),
    )  # fmt: skip
    base = base_rates(given_)
    accounts = reform_accounts(state(), flow(), given_)
    chance = choice(base[..., None], utility(accounts, given_.weights, {}), given_["choice_intensity"])
    assert np.array_equal(chance, np.broadcast_to(base[..., None], (5, *SHAPE)))
    for lot, code in ((0.19, 0), (0.21, 1), (0.49, 1), (0.51, 2), (0.59, 2), (0.61, 3), (0.79, 3), (0.81, 4)):
        found = month(state(defection=0.9), given_, lot).flow["reform"]
        assert np.array_equal(found, np.full(SHAPE, float(code))), lot


# Accounts.


def test_credibility_by_hand() -> None:
    """e^{-.5 (.6 × 1.5 + .7)} at a coalition of .4, purged by half, and a Gini index of 40 against 33."""
    given_ = setting(
        {"selectorate_ratio": 0.4, "inequality": 40.0}, reform_doubt=0.5, inequality_reference=33.0
    )
    assert credibility(np.full(SHAPE, 0.5), given_) == pytest.approx(np.full(SHAPE, np.exp(-0.8)))
    equal = setting({"selectorate_ratio": 0.4, "inequality": 20.0}, reform_doubt=0.5)
    assert credibility(np.full(SHAPE, 0.5), equal) == pytest.approx(np.full(SHAPE, np.exp(-0.45)))


@exactly
@given(parts, small_parts, parts, st.floats(25.0, 50.0), st.floats(0.1, 1.0))
def test_who_gathers_power_is_believed_less(
    coalition: float, extra: float, purged: float, gini: float, doubt: float
) -> None:
    def believed(ratio: float, stock: float, inequality: float) -> float:
        given_ = setting({"selectorate_ratio": ratio, "inequality": inequality}, reform_doubt=doubt)
        return float(credibility(np.full(SHAPE, stock), given_)[0, 0])

    coalition *= 0.7
    plain = believed(coalition, purged, gini)
    assert 0.0 < plain <= 1.0
    assert believed(coalition + extra, purged, gini) > plain
    assert believed(coalition, purged + extra, gini) < plain
    assert believed(coalition, purged, max(gini, 33.0) + 1.0) < plain


def test_accounts_by_hand() -> None:
    """A democracy without inequality believes, c = 1; .8 of the mass and .4 of the elite are in the streets."""
    given_ = setting(
        {"selectorate_ratio": 1.0, "inequality": 33.0, "rents": 2.0},
        concession_cost=1.0, cap_budget=0.5, concession_relief=0.3, elite_fear=0.05, purge_effect=0.25,
        cap_relief=0.1, cap_strength=0.6, fuel_grievance=0.5, repression_effect=0.2, backlash=0.1,
    )  # fmt: skip
    now = state(defection=(0.8, 0.4), conceded=0.1, purged=0.2, repressed=0.5)
    found = {name: phi[:, 0, 0] for name, phi in reform_accounts(now, flow(fuel_step=2.0), given_).items()}
    assert found["economy"] == pytest.approx([0.0, -1.0, 0.0, -0.5, 0.0])
    assert found["domestic"] == pytest.approx(
        [0.0, 0.8 * 0.2 - 0.1, (0.4 * 0.25 - 0.1) * 0.8, 0.8 * (0.1 + 0.6), (0.8 * 0.2 - 0.1) * 0.5]
    )
    assert found["reputation"] == pytest.approx([0.0, 0.5, 0.5, 0.0, 0.0])


def test_a_purge_by_a_narrow_ruler_is_taken_for_a_grab_of_power() -> None:
    """With a coalition of .2 and doubt 1: a purge leaves e^{-1.6} - ½ of belief, a concession e^{-.8} - ½."""
    given_ = setting({"selectorate_ratio": 0.2, "inequality": 33.0}, reform_doubt=1.0)
    found = reform_accounts(state(), flow(), given_)["reputation"][:, 0, 0]
    assert found[[CONCEDE, PURGE]] == pytest.approx([np.exp(-0.8) - 0.5, np.exp(-1.6) - 0.5])


@pytest.mark.parametrize(("capped", "given_cap"), [(3.0, 0.0), (0.0, 1.0)])
def test_a_cap_in_force_costs_and_brings_nothing_more(capped: float, given_cap: float) -> None:
    found = reform_accounts(state(capped=capped), flow(fuel_step=1.0, price_cap=given_cap), setting())
    free = reform_accounts(state(), flow(fuel_step=1.0), setting())
    for name in ("economy", "domestic"):
        assert not found[name][CAP].any()
        assert free[name][CAP].all()


@exactly
@given(st.floats(0.0, 0.8), small_parts)
def test_fuller_streets_call_for_relief(mass: float, extra: float) -> None:
    given_ = setting(elite_fear=0.0)
    before, now = (
        reform_accounts(state(defection=(level, 0.3)), flow(fuel_step=1.0), given_)["domestic"]
        for level in (mass, mass + extra)
    )
    assert (now[[CONCEDE, CAP, REPRESS]] > before[[CONCEDE, CAP, REPRESS]]).all()
    assert np.array_equal(now[PURGE], before[PURGE])
    before, now = (
        reform_accounts(state(defection=(0.3, level)), flow(), given_)["domestic"]
        for level in (mass, mass + extra)
    )
    assert (now[PURGE] > before[PURGE]).all()


def test_rents_at_stake_deter_from_touching_the_elite() -> None:
    poor, rich = (
        reform_accounts(state(), flow(), setting({"rents": rents}, elite_fear=0.1))["domestic"]
        for rents in (0.0, 3.0)
    )
    assert (rich[[CONCEDE, PURGE]] < poor[[CONCEDE, PURGE]]).all()
    assert np.array_equal(rich[[CAP, REPRESS]], poor[[CAP, REPRESS]])


# What reforms do.


@exactly
@given(st.floats(0.1, 0.9), small_parts, st.floats(0.1, 1.0))
def test_a_believed_concession_lowers_the_mass_pull_more(
    coalition: float, extra: float, doubt: float
) -> None:
    coalition *= 0.8
    pulls = []
    for ratio in (coalition, coalition + extra):
        change = done("concede", state(), figure={"selectorate_ratio": ratio}, reform_doubt=doubt)
        pulls.append(group_pulls(after(state(), change), flow(), setting())[MASS])
    quiet = group_pulls(state(), flow(), setting())
    assert (pulls[1] < pulls[0]).all()
    assert (pulls[0] < quiet[MASS]).all()


def test_a_concession_by_hand_and_no_more_than_its_relief() -> None:
    """Believed in full, relief .3: .3 at once; held .12, the next adds .18 to what is left after a month."""
    given_ = {"figure": {"selectorate_ratio": 1.0, "inequality": 33.0}, "concession_relief": 0.3}
    first = done("concede", state(), concession_half_life=12.0, **given_)
    assert first.state["conceded"] == pytest.approx(np.full(SHAPE, 0.3))
    second = done("concede", state(conceded=0.12), concession_half_life=12.0, **given_)
    assert second.state["conceded"] == pytest.approx(np.full(SHAPE, 0.12 * 0.5 ** (1 / 12) + 0.18))
    full = done("concede", state(conceded=0.5), concession_half_life=12.0, **given_)
    assert full.state["conceded"] == pytest.approx(np.full(SHAPE, 0.5 * 0.5 ** (1 / 12)))


@exactly
@given(st.floats(0.05, 2.0), st.floats(0.05, 0.9))
def test_a_cap_lowers_the_pull_the_more_the_larger_the_fuel_step(step: float, strength: float) -> None:
    now = after(state(), done("cap", state(), cap_duration=6.0))
    given_ = setting(cap_strength=strength)

    def relief(fuel: float) -> Array:
        around = flow(fuel_step=fuel)
        return group_pulls(state(), around, given_)[MASS] - group_pulls(now, around, given_)[MASS]

    assert (relief(step) > 0).all()
    assert (relief(step + 0.1) > relief(step)).all()


def test_a_cap_holds_for_its_months() -> None:
    """Decided for 3 months: the pull is lower in the three after the decision and not in the fourth."""
    given_, around = setting(**dict.fromkeys(ALWAYS, 0.0)), flow(fuel_step=1.0)
    now, held = after(state(), done("cap", state(), cap_duration=3.0)), []
    for _ in range(5):
        held.append(
            bool((group_pulls(now, around, given_)[MASS] < group_pulls(state(), around, given_)[MASS]).all())
        )
        now = after(now, month(now, given_))
    assert held == [True, True, True, False, False]
    assert not now.capped.any()


def test_a_purge_lowers_the_pull_of_the_elite_alone() -> None:
    for before in (0.0, 0.4):
        now = state(purged=before)
        later = after(now, done("purge", now, purge_half_life=24.0))
        assert later.purged == pytest.approx(np.full(SHAPE, before * 0.5 ** (1 / 24) + 1.0 - before))
        pulls = group_pulls(later, flow(), setting()) - group_pulls(now, flow(), setting())
        assert (pulls[ELITE] < 0).all()
        assert not pulls[MASS].any()


def test_repression_lowers_the_pull_now_and_comes_back_as_grievance() -> None:
    """Full at once; halved in 9 months, when half of the backlash has been paid back."""
    given_ = setting(repression_half_life=9.0, backlash=0.2, **dict.fromkeys(ALWAYS, 0.0))
    now = after(state(), done("repress", state()))
    assert np.array_equal(now.repressed, np.ones(SHAPE))
    assert not now.grievance.any()
    assert (group_pulls(now, flow(), given_)[MASS] < group_pulls(state(), flow(), given_)[MASS]).all()
    for _ in range(9):
        now = after(now, month(now, given_))
    assert now.repressed == pytest.approx(np.full(SHAPE, 0.5))
    assert now.grievance == pytest.approx(np.full(SHAPE, 0.1))


@pytest.mark.parametrize(
    ("stock", "half_life"),
    [
        ("conceded", "concession_half_life"),
        ("purged", "purge_half_life"),
        ("repressed", "repression_half_life"),
    ],
)
def test_stocks_halve_in_their_half_lives(stock: str, half_life: str) -> None:
    lives = {"concession_half_life": 5.0, "purge_half_life": 7.0, "repression_half_life": 11.0}
    given_ = setting(**lives, **dict.fromkeys(ALWAYS, 0.0))
    now = state(**{stock: 0.8})
    for _ in range(int(lives[half_life])):
        now = after(now, month(now, given_))
    assert getattr(now, stock) == pytest.approx(np.full(SHAPE, 0.4))
    assert not any(getattr(now, other).any() for other in STOCKS[:3] if other != stock)


@pytest.mark.parametrize("name", REFORMS)
def test_each_reform_moves_its_own_stock(name: str) -> None:
    moved = {"concede": "conceded", "purge": "purged", "cap": "capped", "repress": "repressed"}
    now = state()
    change = (
        done(name, now)
        if name != "nothing"
        else month(now, setting(choice_intensity=0.0, inaction_rate=1.0, **ALWAYS, **rates()))
    )
    assert set(change.state) == set(STOCKS)
    assert {stock for stock in STOCKS if change.state[stock].any()} == (
        {moved[name]} if name in moved else set()
    )


# When, and why.


def test_an_occasion_is_rare_in_quiet_and_frequent_in_alarm() -> None:
    """Rates .1 and .5; alarm above a third of the mass, or in the month of an emergency."""
    given_ = setting(
        choice_intensity=0.0, inaction_rate=0.0, reform_rate=0.1, reform_urgency=0.5, reform_alarm=0.33,
        **rates(repress=1.0),
    )  # fmt: skip
    for mass, emergency, lot, up in (
        (0.3, 0.0, 0.09, True), (0.3, 0.0, 0.11, False), (0.36, 0.0, 0.49, True), (0.36, 0.0, 0.51, False),
        (0.3, 1.0, 0.49, True), (0.3, 1.0, 0.51, False),
    ):  # fmt: skip
        found = month(state(defection=(mass, 0.9)), given_, lot, emergency=emergency).flow["reform"]
        assert np.array_equal(found, np.full(SHAPE, REPRESS * float(up))), (mass, emergency, lot)


def test_the_month_by_hand() -> None:
    """Domestic alone, weight 2: π ½ and ½ of nothing and repression worth .9 × .2 - .1 = .08: 1 to e^{.16}."""
    given_ = setting(
        inaction_rate=0.5, repression_effect=0.2, backlash=0.1, **rates(repress=0.5), **ALWAYS,
        **only("domestic", at=2.0),
    )  # fmt: skip
    edge = 1.0 / (1.0 + np.exp(0.16))
    for lot, code in ((edge - 1e-4, NOTHING), (edge + 1e-4, REPRESS)):
        assert np.array_equal(
            month(state(defection=0.9), given_, lot).flow["reform"], np.full(SHAPE, float(code))
        )


@pytest.mark.parametrize("code", ORDER)
def test_the_table_sums_to_the_log_odds_of_what_was_done(code: int) -> None:
    given_ = setting(
        divisors={"reform": {"economy": 2.0, "domestic": 0.1, "reputation": 0.3}},
        choice_intensity=0.7, inaction_rate=0.2, **ALWAYS,
        **rates(concede=0.2, purge=0.2, cap=0.2, repress=0.2),
    )  # fmt: skip
    now, around = state(defection=0.6), flow(fuel_step=1.0, emergency=0.0)
    accounts = reform_accounts(now, around, given_)
    worth = utility(accounts, given_.weights, given_.divisors["reform"])[:, 0, 0]
    chance = choice(base_rates(given_)[:, 0], worth, 0.7)
    lot = chance[:code].sum() + 0.5 * chance[code]
    change = reform(now, around, given_, Given(uniforms={"reform": lot}))
    assert change.flow["reform"][0, 0] == code
    rows = change.flow["reasons.reform"][:, 0]
    assert rows[:-1].sum() == pytest.approx(np.log(chance[code] / chance[NOTHING]))
    assert rows[1 + ACCOUNTS.index("economy")] == pytest.approx(0.7 * accounts["economy"][code, 0, 0] / 2.0)
    assert rows[-1] == 1.0
    # Where nothing is done, or nothing is up, there is nothing to explain.
    idle = reform(now, around, given_, Given(uniforms={"reform": 0.5 * chance[NOTHING]}))
    assert not idle.flow["reasons.reform"].any()
    assert idle.flow["reasons.reform"].shape == (8, 1)


def test_a_quiet_month_keeps_what_there_is() -> None:
    now = state(purged=0.0, grievance=0.3)
    change = month(now, setting(), 0.999)
    assert all(np.array_equal(change.state[name], getattr(now, name)) for name in STOCKS)
    assert not change.flow["reform"].any()
    assert not change.flow["reasons.reform"].any()


def test_columns_and_whole_arrays_agree() -> None:
    """The small world drawn by run, 60 columns taken out before or after; and none at all."""
    generator, runs = np.random.default_rng(5), 40

    def drawn(values: Array) -> Array:
        return values * generator.uniform(0.5, 1.0, (*values.shape[:-1], runs))

    base, now = setting(), state(purged=0.5, conceded=0.2, repressed=0.5)
    given_ = replace(
        base,
        runs=runs,
        parameters={name: drawn(value) for name, value in base.parameters.items()},
        figures={name: drawn(value) for name, value in base.figures.items()},
    )
    now = replace(now, **{item.name: drawn(getattr(now, item.name)) for item in fields(State)})
    around = {name: drawn(value) for name, value in flow(fuel_step=1.0).items()}
    whole, stocks = reform_accounts(now, around, given_), added(now, given_)
    for count in (60, 0):
        decider, run = (generator.integers(0, size, count) for size in now.purged.shape)
        some = Occasion(decider, run, np.zeros(count), (now.purged.shape[0], runs))
        seen, near = some.state(now), some.setting(given_)
        for name, phi in reform_accounts(seen, some.flow(around), near).items():
            assert phi == pytest.approx(whole[name][:, decider, run], abs=1e-14), name
        for part, stock in zip(added(seen, near), stocks, strict=True):
            assert part == pytest.approx(stock[decider, run], abs=1e-14)
        assert base_rates(near) == pytest.approx(base_rates(given_)[:, run], abs=1e-14)
