"""Occasions: columns taken out and put back, and the rule on them, exactly as on whole arrays."""

from __future__ import annotations

import numpy as np
import pytest
from tests.model.shipped import SEED, plain

from tightrope.model.account import utility
from tightrope.model.choice import tilt_odds
from tightrope.model.draw import draw
from tightrope.model.occasion import decide, occasions, reasons

N, R = len(plain().deciders), 500
UNIFORM = np.random.default_rng(3).random((N, R))


def test_what_is_taken_out_lies_where_it_was() -> None:
    up = occasions(UNIFORM, 0.2)
    whole = np.arange(N * R, dtype=float).reshape(N, R)
    assert np.array_equal(up.at(whole), whole[UNIFORM < 0.2])
    assert np.array_equal(up.spread(up.at(whole), -1.0), np.where(UNIFORM < 0.2, whole, -1.0))


def test_every_shape_is_taken_out() -> None:
    up = occasions(UNIFORM, 0.2)
    runs, states, poles = np.arange(float(R)), np.arange(float(N))[:, None], np.arange(5.0)[:, None, None]
    assert np.array_equal(up.at(runs), runs[up.run])
    assert np.array_equal(up.at(states), states[up.decider, 0])
    assert np.array_equal(up.at(runs[None]), runs[up.run])
    assert np.array_equal(up.at(poles), np.arange(5.0)[:, None])
    assert up.at(poles + states).shape == (5, len(up.run))
    assert np.array_equal(up.at(poles + states + runs)[2], 2.0 + states[up.decider, 0] + runs[up.run])
    assert np.array_equal(up.at(np.array([7.0])), np.array([7.0]))


def test_the_draw_left_for_the_decision_is_uniform() -> None:
    lots = occasions(np.random.default_rng(0).random((100, 5000)), 0.3).lot
    assert (lots >= 0).all()
    assert (lots < 1).all()
    assert np.quantile(lots, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.01)


def test_only_who_is_open_to_it_has_an_occasion() -> None:
    open_to = np.arange(N)[:, None] % 2 == np.zeros(R)
    up = occasions(UNIFORM, 0.5, open_to)
    assert (up.decider % 2 == 0).all()
    assert len(occasions(UNIFORM, 0.5, np.zeros((N, R), bool)).run) == 0


def test_a_decision_on_columns_is_the_rule_on_whole_arrays() -> None:
    state, setting = draw(plain(), SEED, 0)
    accounts = {"security": state.share[0] - 0.3, "economy": setting.figures["trade"][0] / 100.0}
    whole = tilt_odds(
        setting["claim_base_rate"], utility(accounts, setting.weights, {}), setting["choice_intensity"]
    )
    up = occasions(UNIFORM, 0.2)
    view = up.setting(setting)
    parts = {name: up.at(phi) for name, phi in accounts.items()}
    done, chance = decide(up, view["claim_base_rate"], parts, view, "none")
    assert chance == pytest.approx(up.at(whole), abs=1e-14)
    assert np.array_equal(done, (0.2 * whole > UNIFORM)[UNIFORM < 0.2].astype(float))


def test_a_state_seen_through_an_occasion_has_its_fields() -> None:
    state, setting = draw(plain(), SEED, 0)
    up = occasions(UNIFORM, 0.1)
    view = up.state(state)
    assert np.array_equal(view.share, up.at(state.share))
    assert np.array_equal(view.rule, up.at(state.rule))
    assert np.array_equal(up.setting(setting).figures["gdp"], up.at(setting.figures["gdp"]))


def test_reasons_sum_to_the_log_odds_and_count_occasions() -> None:
    state, setting = draw(plain(), SEED, 0)
    up = occasions(UNIFORM, 0.5)
    view = up.setting(setting)
    base, accounts = view["claim_base_rate"], {"security": up.at(state.share[0])}
    _, chance = decide(up, base, accounts, view, "none")
    rows = reasons(up, np.log(base / (1 - base)), accounts, view, "none")
    mine = up.decider == setting.focus
    assert rows.shape == (8, R)
    assert rows[-1].sum() == mine.sum()
    assert rows[:-1].sum(axis=0)[up.run[mine]] == pytest.approx(
        np.log(chance / (1 - chance))[mine], abs=1e-12
    )
