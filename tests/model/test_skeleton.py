"""The expected-value skeleton as a pin, and how one month answers to the one before (model.md §6.6 and §7)."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from functools import lru_cache

import numpy as np
import pytest
from tests.model.shipped import SEED, Run, plain, run
from tests.model.skeleton import (
    IDLE,
    MONTHS,
    MOVING,
    PINNED,
    QUARTERS,
    brink,
    middle,
    month,
    numbers,
    path,
    spectral_radius,
    start,
)

from tightrope.model.state import Setting, State

NOT_THE_MEAN = (
    "the skeleton moved. It is a pin against slips and NOT the mean of the runs: an expectation put through a curve is "
    "not the expectation of what comes out. If the change was meant, run `python -m tests.model.skeleton` from the "
    "root of the checkout and commit what it writes"
)


@lru_cache(maxsize=1)
def found() -> tuple[list[State], Setting]:
    states, _, setting = path()
    return states, setting


@lru_cache(maxsize=1)
def drawn() -> Run:
    """500 runs of the same blueprint with draws instead of probabilities."""
    return run(middle(plain()), MONTHS)


def test_the_skeleton_is_as_pinned() -> None:
    now, pinned = numbers(), json.loads(PINNED.read_text(encoding="utf-8"))
    assert list(now) == list(pinned), NOT_THE_MEAN
    moved = {
        name: (values, pinned[name])
        for name, values in now.items()
        if values != pytest.approx(pinned[name], abs=1e-9)
    }
    assert not moved, f"{NOT_THE_MEAN}: {moved}"
    assert sum(len(values) for values in pinned.values()) > 48


def test_the_skeleton_has_no_luck() -> None:
    """Twice the same bits."""
    assert numbers() == numbers()


def test_probabilities_stay_probabilities() -> None:
    states, _ = found()
    for state in states:
        assert state.share.sum(axis=0) == pytest.approx(1.0, abs=1e-12)
        for values in (state.compliance, state.penalised, state.troops, state.defection, state.rule):
            assert values.min() >= 0.0
            assert values.max() <= 1.0
        assert all(np.isfinite(getattr(state, item.name)).all() for item in fields(State))


# What the skeleton leaves out changes a field in some runs of the first month; those without it are compared.
BESIDE = {"compliance": ("gave_in",), "menace": ("concession", "force"), "debt": (), "commitments": ("act",)}


@pytest.mark.parametrize("name", BESIDE)
def test_one_month_of_it_is_the_mean_of_that_month(name: str) -> None:
    """From one and the same start a month's expectation is the mean of its draws, to five standard errors."""
    after, flows = month(*start(), 0)[0], drawn().flows[0]
    same = np.all([flows[beside] == 0 for beside in BESIDE[name]], axis=0)
    values, count = getattr(drawn().states[0], name) * same, np.broadcast_to(same, (16, 500)).sum(axis=1)
    assert count.min() > 250
    mean = values.sum(axis=1) / count
    variance = np.maximum((values**2).sum(axis=1) / count - mean**2, 0.0)
    error = np.sqrt(variance / count)
    assert (np.abs(mean - getattr(after, name)[:, 0]) <= 5.0 * error + 1e-9).all()


def test_the_first_hazard_of_penalties_is_that_of_the_runs() -> None:
    after, flow = month(*start(), 0)
    assert flow["p_penalty"] == pytest.approx(drawn().flows[0]["p_penalty"][:, :1], abs=1e-12)
    assert after.penalised == pytest.approx(flow["p_penalty"], abs=1e-12)


def test_it_is_not_the_mean_of_the_runs() -> None:
    """After two years some quantity differs from the mean of 500 runs by more than four standard errors."""
    states, setting = found()
    me, far = setting.focus, []
    for name in ("compliance", "hardship", "menace", "commitments"):
        values = getattr(drawn().states[-1], name)[me]
        error = values.std() / np.sqrt(values.size)
        if abs(values.mean() - getattr(states[-1], name)[me, 0]) > 4.0 * error:
            far.append(name)
    for row, values in enumerate(drawn().states[-1].share[:, me]):
        if abs(values.mean() - states[-1].share[row, me, 0]) > 4.0 * values.std() / np.sqrt(values.size):
            far.append(f"share {row}")
    assert far, "the skeleton has become the mean of the runs; model.md §6.6 says that it is not"


def test_indifference_keeps_alignment_and_tells_nothing() -> None:
    """With λ = 0 nobody moves, and nothing that is done tells anything: beliefs fall back to the prior."""
    states, _, setting = path(choice_intensity=0.0)
    first, _ = start(choice_intensity=0.0)
    assert all(np.array_equal(state.share, first.share) for state in states)
    prior, memory = setting.figures["sincerity_prior"], setting["belief_memory"] ** MONTHS
    assert states[-1].log_odds == pytest.approx(prior + memory * (first.log_odds - prior), abs=1e-12)


def test_what_the_jacobian_leaves_out_does_not_move_or_is_not_read() -> None:
    states, setting = found()
    sums = {"exchange", "prices"}
    for name in IDLE - sums:
        assert np.array_equal(getattr(states[-1], name), getattr(states[0], name)), name
    shifted = replace(states[5], **{name: getattr(states[5], name) + 1.0 for name in sums})
    plainly, after = month(states[5], setting, 6)[0], month(shifted, setting, 6)[0]
    assert all(np.array_equal(getattr(plainly, name), getattr(after, name)) for name in MOVING)


@pytest.mark.parametrize("index", [QUARTERS[0], QUARTERS[1], QUARTERS[3]])
def test_a_calm_month_damps_what_disturbs_it(index: int) -> None:
    """Spectral radius below 1 at low grievance (§7); its slowest part is the rule, which recovers by 1 - r."""
    states, setting = found()
    assert states[index].defection[0].max() < 0.2
    radius = spectral_radius(states[index], setting, index + 1)
    assert radius < 1.0
    assert radius == pytest.approx(1.0 - setting["rule_recovery"][0], abs=1e-4)


def test_on_the_brink_a_month_amplifies_what_disturbs_it() -> None:
    """Just short of tipping the radius is above 1: forecasts of the path there depend on noise (§7)."""
    states, setting = found()
    assert spectral_radius(brink(states[11], setting, 12), setting, 12, 1e-6) > 1.0


def test_the_seed_of_the_runs_is_not_used() -> None:
    """The start is the same whatever streams the blueprint's draws would come from."""
    assert SEED != 0
    state, _ = start()
    for item in fields(State):
        assert np.array_equal(getattr(state, item.name), getattr(drawn().start, item.name)[..., :1]), (
            item.name
        )
