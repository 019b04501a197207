"""The rule against force: eroded by what goes unpunished, restored by quiet; and the grim trigger."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import Given, exactly, flow, setting, state

from tightrope.model.rule import patience_needed, rule
from tightrope.model.war import DEFEAT, ONGOING, SETTLEMENT, VICTORY

PLAIN = {"punished_share": 0.6, "rule_erosion": 0.05, "rule_force": 0.1, "rule_recovery": 0.02}


def moved(war: int = ONGOING, force: object = 0.0, start: float = 0.5, **figure: float) -> float:
    change = rule(state(war=float(war), rule=start), flow(force=force), setting(figure, **PLAIN), Given())
    return float(change.state["rule"][0, 0])


@pytest.mark.parametrize(
    ("war", "wanted"),
    [(ONGOING, 0.5 - 0.05 * 0.4), (DEFEAT, 0.5), (VICTORY, 0.5 - 0.05), (SETTLEMENT, 0.5 - 0.05 * 0.5 * 0.4)],
)
def test_a_month_by_hand(war: int, wanted: float) -> None:
    """Recovery .02 × .5; erosion .05 × what is unpunished: .4 of the war, all of a conquest, none of a defeat."""
    assert moved(war) == pytest.approx(wanted + 0.01)


def test_force_erodes_it_for_each_crisis() -> None:
    both = np.array([[1.0], [1.0]])
    assert moved(force=both) == pytest.approx(moved() - 2 * 0.1)


def test_without_war_and_force_it_recovers() -> None:
    assert moved(at_war=0.0) == pytest.approx(0.51)
    assert moved(at_war=0.0, start=1.0) == 1.0


def test_it_stays_between_nothing_and_all() -> None:
    assert moved(VICTORY, np.ones((2, 1)), 0.05) == 0.0


def test_grim_trigger_by_simulation() -> None:
    """Cooperating for ever is worth R/(1-δ), cheating once T + δP/(1-δ): equal at the patience that is needed."""
    for temptation, reward, punishment in ((5.0, 3.0, 1.0), (1.0, 0.0, -0.5), (4.0, 3.9, 0.0)):
        delta = float(patience_needed(temptation, reward, punishment))
        for nudge, holds in ((0.01, True), (-0.01, False)):
            patience = delta + nudge
            weights = patience ** np.arange(20_000)
            keep = reward * weights.sum()
            cheat = temptation + punishment * weights[1:].sum()
            assert (keep >= cheat) == holds, (temptation, nudge)


@exactly
@given(st.floats(0.1, 0.9), st.floats(0.02, 0.1))
def test_a_stronger_rule_needs_less_patience(start: float, extra: float) -> None:
    weak, strong = (
        rule(state(rule=n), flow(), setting(**PLAIN), Given()).flow["patience_needed"]
        for n in (start, start + extra)
    )
    assert (strong < weak).all()


@exactly
@given(st.floats(0.0, 0.8), st.floats(0.05, 0.2))
def test_punishment_keeps_it_up(punished: float, extra: float) -> None:
    low, high = (
        rule(state(), flow(), setting(**{**PLAIN, "punished_share": p}), Given()).state["rule"]
        for p in (punished, punished + extra)
    )
    assert (high > low).all()
