"""One chunk of runs: the same for the same seed, on one scale, resting where it starts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.model.shipped import SEED, changed, fixed, plain, shipped
from tests.model.small import Given
from tests.model.test_parameters import Watched

from tightrope.case.scenario import Setting as LaterSetting
from tightrope.engine.shock import Shocks
from tightrope.model.alignment import alignment, alignment_accounts
from tightrope.model.compliance import compliance_accounts
from tightrope.model.contest import contest
from tightrope.model.draw import draw
from tightrope.model.reference import SEED as REFERENCE_SEED
from tightrope.model.reference import reference, unsettled
from tightrope.model.routing import routing
from tightrope.model.scale import scales, strained
from tightrope.model.security import client_accounts, patron_accounts, standing
from tightrope.model.state import ACCOUNTS
from tightrope.model.step import step
from tightrope.model.tally import level_of
from tightrope.model.vote import leaning
from tightrope.model.world import usual_menace

N = len(plain().deciders)


def test_the_same_seed_and_chunk_give_the_same_draws() -> None:
    (one, first), (other, second) = draw(plain(), 3, 1), draw(plain(), 3, 1)
    assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in vars(one))
    assert all(np.array_equal(first.figures[name], second.figures[name]) for name in first.figures)


def test_draws_that_are_kept_are_those_made_anew_and_do_not_grow_with_moves() -> None:
    """A lever that is moved a thousand times leaves no more behind than one that is moved twice."""
    kept: dict[Hashable, Any] = {}
    settings = [
        {"parameters.opinion_unknown": 0.1 * step, "figures.kaz.exports_rus": 5.0 * step}
        for step in range(1, 9)
    ]
    sizes = []
    for each in [{}, *settings, settings[0], {}]:
        plan = changed(**each) if each else plain()
        again, anew = draw(plan, SEED, 0, kept)[1], draw(plan, SEED, 0)[1]
        assert all(np.array_equal(again.figures[name], anew.figures[name]) for name in anew.figures)
        assert all(np.array_equal(again.parameters[name], anew.parameters[name]) for name in anew.parameters)
        sizes.append(held(kept.values()))
    assert sizes[2] == sizes[8]


def held(values: Iterable[Any]) -> int:
    """Numbers in all arrays, however deep they lie."""
    return sum(
        one.size if isinstance(one, np.ndarray) else held(one) if isinstance(one, list | tuple) else 0
        for one in values
    )


@pytest.mark.parametrize("way", [(4, 1), (3, 2)])
def test_another_seed_or_chunk_gives_others(way: tuple[int, int]) -> None:
    one, other = draw(plain(), 3, 1)[0], draw(plain(), *way)[0]
    assert not np.isclose(one.share[0, 0], other.share[0, 0]).any()


def test_the_start_is_in_range() -> None:
    state, _ = draw(plain(), SEED, 0)
    assert state.share.sum(axis=0) == pytest.approx(np.ones((N, 500)), abs=1e-12)
    assert (state.share > 0).all()
    assert ((state.compliance >= 0) & (state.compliance <= 1)).all()
    assert ((state.defection > 0) & (state.defection < 1)).all()
    assert all(np.isfinite(getattr(state, name)).all() for name in vars(state))


def quiet(state: object, setting: object) -> dict[str, np.ndarray]:
    """The month's quantities with nothing happening, put together here."""
    poles = len(plain().poles)
    tied = np.zeros((poles, 1, 500))
    tied[0] = setting["tied_down"]  # type: ignore[index]
    flow = {
        "tied_down": tied,
        "sanctions": np.ones((1, 500)),
        "outside_threat": setting.figures["outside_threat"],  # type: ignore[attr-defined]
        "effort": np.ones((poles, 1, 1)),
        "coordination": np.zeros((poles, 1, 1)),
    }
    for mechanism in (contest, routing):
        flow.update(mechanism(state, dict(flow), setting, Given()).flow)  # type: ignore[arg-type]
    return flow


def test_with_full_anchoring_the_start_is_a_resting_point() -> None:
    """Once debts are forgotten and menace is what the usual words keep up."""
    state, setting = draw(fixed(plain(), anchoring=1.0), SEED, 0)
    state = replace(state, debt=np.zeros_like(state.debt), menace=usual_menace(setting))
    after = alignment(state, quiet(state, setting), setting, Given()).state["share"]
    assert after == pytest.approx(state.share, abs=1e-12)


def test_the_level_of_a_vote_is_that_of_its_tally_given_how_leanings_spread() -> None:
    """Spread λ √Σ θ²: none under λ = 0, when the level is the tally itself."""
    setting = draw(plain(), SEED, 0)[1]
    spread = np.sqrt(sum(weight**2 for weight in setting.weights.values()))
    for given_, known_ in zip(setting.schedule.votes, plain().schedule.votes, strict=True):
        assert given_.log_base == pytest.approx(level_of(np.exp(known_.log_base), spread), abs=1e-12)
    still = draw(changed(parameters__choice_intensity=0.0), SEED, 0)[1]
    for given_, known_ in zip(still.schedule.votes, plain().schedule.votes, strict=True):
        wanted = known_.log_base - known_.log_base[0]
        assert given_.log_base == pytest.approx(np.repeat(wanted[:, None], 500, axis=1), abs=1e-12)


def test_without_anchoring_it_is_not_and_half_goes_half_the_way() -> None:
    none, half, full = (
        draw(fixed(plain(), anchoring=a), SEED, 0)[1].figures["anchor"] for a in (0.0, 0.5, 1.0)
    )
    assert not none.any()
    assert half == pytest.approx(0.5 * full)
    assert full.mean(axis=0) == pytest.approx(np.zeros((N, 500)), abs=1e-10)


def test_a_scenario_changes_what_comes_and_not_what_is_known() -> None:
    """Even where it sets what the prior, the anchor or the calm would be made of."""
    later = tuple(
        LaterSetting(path=f"parameters.{name}", value=value, unit="its own", why="a test")
        for name, value in (("prior_spread", 0.9), ("risk_aversion", 5.5), ("mass_pull", -1.4))
    )
    # A figure of the poles themselves, on which the divisors rest.
    later += (LaterSetting(path="figures.west.exports_rus", value=500.0, unit="bn USD", why="a test"),)
    scenario = shipped("russia_tied_down").model_copy(update={"settings": later})
    before, after = draw(plain(), SEED, 0), draw(changed(scenario), SEED, 0)
    assert all(np.array_equal(getattr(before[0], name), getattr(after[0], name)) for name in vars(before[0]))
    for name in ("anchor", "calm", "sincerity_prior"):
        assert np.array_equal(before[1].figures[name], after[1].figures[name])
    assert after[1].divisors == before[1].divisors
    assert (after[1].schedule["tied_down"][:, 0] == 0.8).all()


def test_divisors_are_one_standard_deviation_of_the_prior() -> None:
    """Divided by them, every account of the reference states varies by one between alternatives."""
    calm, setting = draw(reference(plain()), REFERENCE_SEED, 0)
    assert setting.divisors == scales(plain())  # the reference states of the reference states are the same
    state, streets = unsettled(calm), unsettled(calm, emergency=True)
    flow = quiet(state, setting)
    for menu, accounts in (
        ("alignment", alignment_accounts(state, flow, setting)),
        ("compliance", compliance_accounts(state, flow, setting)),
    ):
        for name, phi in accounts.items():
            deviation = np.std((phi[1:] - phi[:1]) / setting.divisors[menu][name])
            assert deviation == pytest.approx(1.0, rel=1e-6), (menu, name)
    helped, refused = client_accounts(streets, setting)
    pulls = leaning(state, setting, setting.schedule.votes[0])
    for menu, accounts in (
        (
            "intervene",
            patron_accounts(streets, {**flow, "standing": standing(strained(state), setting)}, setting),
        ),
        ("request", {**helped, **refused}),
        ("vote", pulls),
    ):
        for name, phi in accounts.items():
            deviation = np.std(np.broadcast_to(phi, (8, 500)[: phi.ndim] if phi.ndim < 3 else phi.shape))
            assert deviation / setting.divisors[menu][name] == pytest.approx(1.0, rel=1e-6), (menu, name)


MENUS = {
    "alignment",
    "claim",
    "compliance",
    "crisis",
    "designation",
    "intervene",
    "join_sanctions",
    "leave_economic",
    "leave_security",
    "recognition",
    "reform",
    "request",
    "retaliation",
    "send_troops",
    "threat",
    "veto",
    "vote",
}


def test_every_menu_has_positive_divisors() -> None:
    found = scales(plain())
    assert set(found) == MENUS
    for menu, divisors in found.items():
        assert set(divisors) <= set(ACCOUNTS), menu
        assert all(value > 0 and np.isfinite(value) for value in divisors.values()), menu
    assert set(found["vote"]) == set(ACCOUNTS)
    assert set(found["compliance"]) == set(ACCOUNTS)


def test_relation_shocks_are_a_covariance() -> None:
    covariance = draw(plain(), SEED, 0)[1].covariance
    assert np.array_equal(covariance, covariance.T)
    assert np.linalg.eigvalsh(covariance).min() > 0
    assert covariance[:2, :2] == pytest.approx(np.array([[1.0, 0.1], [0.1, 1.0]]))
    assert covariance[-1].tolist() == [0.0] * len(plain().poles) + [0.05]


def test_types_differ_in_economy_and_principle_alone() -> None:
    setting = draw(plain(), SEED, 0)[1]
    for name in ACCOUNTS:
        same = name not in ("economy", "principle")
        assert np.array_equal(setting.sincere[name], setting.weights[name]) == same
        assert np.array_equal(setting.gamer[name], setting.weights[name]) == same
    assert (setting.sincere["economy"] < setting.gamer["economy"]).all()
    assert (setting.sincere["principle"] > setting.gamer["principle"]).all()


def test_every_figure_drawn_is_read() -> None:
    """By some mechanism within eight months of which one holds a vote, penalties being in force."""
    state, setting = draw(plain(), SEED, 0)
    figures = Watched(setting.figures)
    shocks = Shocks(SEED, 0, plain().deciders, 8)
    state = replace(state, penalised=np.ones_like(state.penalised))
    Watched.read.clear()
    for index in range(8):
        state, _ = step(state, replace(setting, figures=figures), shocks.month(index))
    assert set(figures) - Watched.read == set()
