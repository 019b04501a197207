"""Recognition: the log-odds by hand, the law of five states in the long run, and what moves a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.shipped import SEED, case, plain
from tests.model.small import BLUE, SHAPE, Given, exactly, flow, only, setting, state, with_figure

from tightrope.engine.shock import Shocks
from tightrope.model.choice import Array, logistic, logit
from tightrope.model.draw import draw
from tightrope.model.occasion import Occasion
from tightrope.model.recognition import (
    chance_of_change,
    company,
    precedent,
    recognition,
    recognition_accounts,
    states,
)
from tightrope.model.state import ACCOUNTS, Change, Setting, State

RED_WARD, BLUE_WARD = 0, 1
fractions = st.floats(0.0, 1.0)
shares = st.tuples(*[st.floats(0.02, 1.0)] * 4).map(lambda parts: tuple(np.array(parts) / sum(parts)))


def chance(here: State, given_: Setting) -> Array:
    """Probability of a change of mind on each entity (E, N, R)."""
    accounts = recognition_accounts(here, flow(**company(here)), given_)
    return chance_of_change(here.recognised, accounts, given_)


def recognising(here: State, given_: Setting, entity: int = RED_WARD, who: int = 0) -> float:
    return float(chance(here, given_)[entity, who, 0])


def opportunity(entity: int = RED_WARD, lot: float = 0.5, rate: float = 0.05) -> Given:
    """A month in which both states decide on an entity, with this draw for the decision."""
    return Given(uniforms={"recognition_entity": (entity + 0.5) / 2.0, "recognition": lot * rate})


def history(recognised: float, not_recognised: float, **given_: Any) -> Setting:
    figure = {"decided_yes": recognised, "decided_no": not_recognised, **given_.pop("figure", {})}
    return setting(figure, **given_)


def test_worked_by_hand() -> None:
    """AAA, ally of RED, which recognises its ward: shares .4, .2, .1, no other state with it, 0 of 4 before.

    S = 1 - 2 x .2 (BLUE is the parent) + .3 x -1; D = -.3; N = 2/6 - 1 + .25; R = .1.
    """
    parent = np.zeros((3, 2, 1, 1))
    parent[BLUE, RED_WARD] = 1.0
    base = setting({"stated_recognition": 0.25, "parent": parent}, recognition_base_rate=0.2)
    found = recognition_accounts(state(), flow(**company(state())), base)
    by_hand = {"security": 0.3, "domestic": -0.3, "principle": -5 / 12, "reputation": 0.1}
    assert {name: phi[RED_WARD, 0, 0] for name, phi in found.items()} == pytest.approx(by_hand)
    odds = 0.25 * np.exp(sum(by_hand.values()))
    assert recognising(state(), base) == pytest.approx(odds / (1.0 + odds))


def test_divisors_scale_each_account() -> None:
    base = setting(
        {"secession_exposure": 0.4}, divisors={"recognition": {"domestic": 0.2}}, **only("domestic")
    )
    assert recognising(state(), base) == pytest.approx(logistic(np.array([-2.0])).item())


@pytest.mark.parametrize(("refused", "expected"), [(4.0, 1 / 6), (6.0, 1 / 8)])
def test_precedent_of_kazakhstan(refused: float, expected: float) -> None:
    """0 of 4 before February 2022, 0 of 6 after it."""
    assert precedent(state(), history(0.0, refused)) == pytest.approx(np.full((2, *SHAPE), expected))


def test_what_the_run_decided_is_a_precedent_for_the_other_entity_only() -> None:
    """Recognised BLUE's ward in the run: (1 + 1) / (2 + 5) for RED's, and still 1 / 6 for BLUE's."""
    here = state(recognised=np.reshape([0.0, 1.0], (2, 1, 1)))
    assert precedent(here, history(0.0, 4.0))[:, 0, 0] == pytest.approx([2 / 7, 1 / 6])
    withdrawn = history(1.0, 0.0, figure={"recognises": np.reshape([0.0, 1.0], (2, 1, 1))})
    assert precedent(state(), withdrawn)[:, 0, 0] == pytest.approx([2 / 4, 2 / 3])
    assert precedent(here, withdrawn)[:, 0, 0] == pytest.approx([2 / 3, 2 / 3])


@exactly
@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95), fractions, st.floats(-1.0, 1.0))
def test_without_theory_the_base_rates(
    recognise: float, withdraw: float, exposure: float, said: float
) -> None:
    base = setting(
        {"secession_exposure": exposure, "stated_recognition": said},
        choice_intensity=0.0,
        recognition_base_rate=recognise,
        withdraw_base_rate=withdraw,
    )
    here = state(recognised=np.reshape([0.0, 1.0], (2, 1, 1)))
    assert np.array_equal(chance(here, base)[RED_WARD], np.full(SHAPE, recognise))
    assert np.array_equal(chance(here, base)[BLUE_WARD], np.full(SHAPE, withdraw))


@exactly
@given(fractions, fractions, st.floats(0.0, 1.0))
def test_who_fears_secession_recognises_less(one: float, other: float, said: float) -> None:
    low, high = sorted((one, other))
    calm, afraid = (
        recognising(state(), setting({"secession_exposure": fear, "stated_recognition": said}))
        for fear in (low, high)
    )
    assert calm >= afraid
    if high - low > 1e-6:
        assert calm > afraid


@exactly
@given(shares, st.integers(0, 2), st.floats(0.0, 0.8), fractions)
def test_a_great_power_that_recognises_draws_others_after_it(
    leaning: tuple[float, ...], pole: int, coordination: float, ally: float
) -> None:
    here = state(share=leaning, ally=np.round(ally))
    known = np.reshape(((1.0, 0.0), (0.0, 1.0), (0.0, 0.0)), (3, 2, 1, 1)).copy()
    known[pole, RED_WARD] = 0.0
    without = setting({"pole_recognises": known.copy()}, recognition_coordination=coordination)
    known[pole, RED_WARD] = 1.0
    with_ = setting({"pole_recognises": known}, recognition_coordination=coordination)
    assert recognising(here, with_) > recognising(here, without)
    assert recognising(here, with_, BLUE_WARD) == recognising(here, without, BLUE_WARD)


def test_an_ally_is_pressed_by_what_the_target_recognises() -> None:
    for entity, sign in ((RED_WARD, 1.0), (BLUE_WARD, 0.0)):
        accounts = [
            recognition_accounts(here, flow(**company(here)), setting())["security"][entity, 0, 0]
            for here in (state(ally=1.0), state(ally=0.0))
        ]
        assert accounts[0] - accounts[1] == pytest.approx(sign)


@exactly
@given(shares, st.integers(0, 2))
def test_the_parents_wrath_deters_by_the_share_leaning_to_it(leaning: tuple[float, ...], pole: int) -> None:
    parent = np.zeros((3, 2, 1, 1))
    parent[pole, RED_WARD] = 1.0
    here = state(share=leaning)
    given_ = only("security") | {"parent_reprisal": 3.0}
    torn, free = (
        logit(recognising(here, setting({"parent": of}, **given_))) for of in (parent, np.zeros_like(parent))
    )
    assert free - torn == pytest.approx(3.0 * leaning[pole])


@exactly
@given(st.floats(0.0, 3.0), fractions)
def test_states_follow_each_other(coordination: float, stake: float) -> None:
    alone, joined = state(), state(recognised=np.reshape([[0.0, 1.0], [0.0, 0.0]], (2, 2, 1)))
    base = setting(
        {"secession_exposure": stake}, recognition_coordination=coordination, **only("security", "domestic")
    )
    gap = logit(recognising(joined, base)) - logit(recognising(alone, base))
    assert gap == pytest.approx(2.0 * coordination, abs=1e-9)


@pytest.mark.parametrize(("yes", "no"), [(0.0, 1.0), (1.0, 0.0), (1.0, 4.0), (5.0, 2.0)])
def test_a_strong_precedent_decides_all_analogous_cases_alike(yes: float, no: float) -> None:
    here = state(recognised=np.zeros((2, *SHAPE)))
    found = chance(here, history(yes, no, precedent_strength=1e4))
    assert found == pytest.approx(np.full((2, *SHAPE), float(yes > no)))


def test_after_the_first_recognition_a_strong_precedent_brings_the_rest() -> None:
    base = history(0.0, 0.0, precedent_strength=1e4, recognition_coordination=0.0)
    here = state(recognised=np.reshape([0.0, 1.0], (2, 1, 1)))
    assert recognising(here, base) == pytest.approx(1.0)
    assert 0.1 < recognising(state(), base) < 0.9


@exactly
@given(st.floats(0.0, 9.0), st.floats(0.0, 9.0), fractions, fractions)
def test_without_precedent_and_company_decisions_are_independent(
    yes: float, no: float, one: float, other: float
) -> None:
    free = {"precedent_strength": 0.0, "recognition_coordination": 0.0}
    done = np.round(np.reshape([[0.0, other], [one, 0.0]], (2, 2, 1)))
    assert recognising(state(recognised=done), history(yes, no, **free)) == pytest.approx(
        recognising(state(), history(0.0, 0.0, **free)), abs=1e-12
    )


@exactly
@given(st.floats(0.0, 9.0), st.floats(-1.0, 0.0))
def test_self_determination_turns_precedent_and_stance_round(no: float, said: float) -> None:
    """φ_N is χ, whatever was refused and said before."""
    found = [
        recognition_accounts(
            state(),
            flow(**company(state())),
            history(
                0.0, no, figure={"stated_recognition": said}, precedent_strength=1.5, self_determination=on
            ),
        )["principle"]
        for on in (0.0, 1.0)
    ]
    assert found[1] == pytest.approx(np.full_like(found[1], 1.5))
    assert (found[0] <= 0.0).all()


# The law of the long run, against which Blume's theorem is checked: five states, one entity, all 32 situations at once.

STATES, SITUATIONS = 5, np.array(list(product((0.0, 1.0), repeat=5))).T
WITHDRAW = 0.7
FEAR = np.array([0.1, 0.5, 0.2, 0.9, 0.4])
SAID = np.array([0.4, -0.3, 0.8, -0.1, 0.2])


@lru_cache(maxsize=1)
def five() -> tuple[State, Setting]:
    """Every situation of five states is one run."""
    runs = SITUATIONS.shape[1]
    base = setting(
        recognition_base_rate=1.0 - WITHDRAW, withdraw_base_rate=WITHDRAW, recognition_coordination=1.2
    )
    names = tuple("ABCDE")
    blank = np.zeros((STATES, 1))
    figures = {
        **base.figures,
        "recognises": blank[None],
        "own_land": blank[None],
        "decided_yes": blank,
        "decided_no": blank + 3.0,
        "secession_exposure": FEAR[:, None],
        "stated_recognition": SAID[None, :, None],
        "pole_recognises": base.figures["pole_recognises"][:, :1],
        "parent": base.figures["parent"][:, :1],
        "recognisers": np.ones((1, 1, 1)),
        "sincerity_prior": blank,
    }
    share = np.broadcast_to(np.reshape((0.4, 0.2, 0.1, 0.3), (4, 1, 1)), (4, STATES, runs))
    here = replace(
        state(), share=share, ally=np.zeros((STATES, runs)), recognised=SITUATIONS[None],
        log_odds=np.zeros((2, STATES, runs)),
    )  # fmt: skip
    return here, replace(base, deciders=names, entities=("ward",), figures=figures, runs=runs)


def potential() -> Array:
    """Φ(x) = Σ_i h_i x_i + J/(n-1) Σ_{i<j} (2x_i - 1)(2x_j - 1)/2, written down apart from the model's code."""
    constant = np.log((1.0 - WITHDRAW) / WITHDRAW) + (2.0 * (1.0 / 5.0) - 1.0) - 0.0
    pull = 0.4 - 0.2 - 0.1
    field = constant + SAID - FEAR + pull
    spins = 2.0 * SITUATIONS - 1.0
    pairs = (spins.sum(axis=0) ** 2 - STATES) / 2.0
    return np.asarray(field @ SITUATIONS + 1.2 / (STATES - 1) * pairs / 2.0)


def flips() -> Array:
    """Chance of each state's change of mind in every situation (5, 32)."""
    return chance(*five())[0]


def transition(rate: float) -> Array:
    """What one month does if every state has an opportunity with this chance, (to 32, from 32)."""
    moving = rate * flips()
    moved = SITUATIONS[:, :, None] != SITUATIONS[:, None, :]
    return np.asarray(np.where(moved, moving[:, None, :], 1.0 - moving[:, None, :]).prod(axis=0))


def stationary(matrix: Array) -> Array:
    system = np.vstack([matrix - np.eye(len(matrix)), np.ones(len(matrix))])
    return np.asarray(np.linalg.lstsq(system, np.append(np.zeros(len(matrix)), 1.0), rcond=None)[0])


def test_one_at_a_time_the_long_run_is_gibbs() -> None:
    """Detailed balance of single flips under exp(Φ), and the stationary law by enumeration."""
    law = np.exp(potential())
    law /= law.sum()
    single = np.zeros((32, 32))
    for who in range(STATES):
        for here in range(32):
            there = here ^ (1 << (STATES - 1 - who))
            single[there, here] = flips()[who, here] / STATES
            assert law[here] * flips()[who, here] == pytest.approx(
                law[there] * flips()[who, there], abs=1e-12
            )
    single += np.diag(1.0 - single.sum(axis=0))
    assert stationary(single) == pytest.approx(law, abs=1e-12)


def test_all_at_once_the_law_is_another() -> None:
    """∝ exp(h·x) Π_i (exp(f_i) + exp(-f_i)) in the field f of each state; the total variation is the schedule's."""
    spins = 2.0 * SITUATIONS - 1.0
    away = spins.sum(axis=0) - spins
    own = np.log((1.0 - WITHDRAW) / WITHDRAW) + 2.0 / 5.0 - 1.0 + SAID - FEAR + 0.1
    field = own[:, None] + 1.2 / (STATES - 1) * away
    law = np.exp(own @ spins / 2.0) * np.prod(np.exp(field / 2.0) + np.exp(-field / 2.0), axis=0)
    law /= law.sum()
    assert stationary(transition(1.0)) == pytest.approx(law, abs=1e-12)
    gibbs = np.exp(potential())
    gibbs /= gibbs.sum()
    gaps = [0.5 * np.abs(stationary(transition(rate)) - gibbs).sum() for rate in (1.0, 0.3, 0.1, 0.01)]
    assert gaps[0] > 0.02
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.002


@dataclass(frozen=True)
class Wide:
    """A month of five states and 32 situations, all with the same draw."""

    same: Array
    index: int = 0

    def uniform(self, kind: str) -> Array:
        return np.zeros((STATES, 32)) if kind == "recognition_entity" else self.same

    normal = world = lot = uniform


def test_the_mechanism_draws_what_the_chances_say() -> None:
    """Grid of draws: the frequency of change is the chance in each situation, and the copy leaves the start alone."""
    here, base = five()
    rate, grid = float(base["recognition_rate"][0]), (np.arange(400) + 0.5) / 400
    times = np.zeros((STATES, 32))
    for lot in grid:
        change = recognition(here, {}, base, Wide(np.full((STATES, 32), lot * rate)))  # type: ignore[arg-type]
        times += np.abs(change.state["recognised"][0] - SITUATIONS)
        moved = change.flow["recognised_now"] + change.flow["withdrawn_now"]
        assert np.array_equal(moved, np.abs(change.state["recognised"][0] - SITUATIONS))
    assert times / 400 == pytest.approx(flips(), abs=1.0 / 400)
    assert np.array_equal(here.recognised[0], SITUATIONS)


# One month.


def month(given_: Setting, at: Given, here: State | None = None) -> Change:
    return recognition(here or state(), flow(), given_, at)


def test_only_the_entity_that_is_up_is_decided() -> None:
    certain = setting(recognition_base_rate=0.999, choice_intensity=0.0)
    for entity in (RED_WARD, BLUE_WARD):
        found = month(certain, opportunity(entity)).state["recognised"]
        assert found[entity].all()
        assert not found[1 - entity].any()
    assert "recognised" not in month(certain, opportunity(lot=1.01)).state


def test_nobody_recognises_what_is_cut_from_its_own_land() -> None:
    own = np.zeros((2, *SHAPE))
    own[RED_WARD, 1] = 1.0
    certain = setting({"own_land": own}, recognition_base_rate=0.999, choice_intensity=0.0)
    assert month(certain, opportunity(RED_WARD)).state["recognised"][RED_WARD, :, 0].tolist() == [1.0, 0.0]
    assert month(certain, opportunity(BLUE_WARD)).state["recognised"][BLUE_WARD].all()


def test_recognition_can_be_withdrawn() -> None:
    base = setting(withdraw_base_rate=0.4, choice_intensity=0.0)
    here = state(recognised=1.0)
    kept, gone = (month(base, opportunity(lot=lot), here) for lot in (0.41, 0.39))
    assert kept.state["recognised"].all()
    assert not gone.state["recognised"][RED_WARD].any()
    assert gone.flow["withdrawn_now"].all()
    assert not gone.flow["recognised_now"].any()


def test_worth_keeps_what_it_brought_about() -> None:
    """Withdrawing is the reverse act: what makes recognising likelier makes withdrawing less so."""
    for said in (-1.0, 1.0):
        here = state(recognised=np.reshape([0.0, 1.0], (2, 1, 1)))
        plain_ = state(recognised=np.zeros((2, *SHAPE)))
        free = only("principle") | {"precedent_strength": 0.0}
        base = setting(
            {"stated_recognition": said}, withdraw_base_rate=0.3, recognition_base_rate=0.7, **free
        )
        assert chance(here, base)[BLUE_WARD] == pytest.approx(1.0 - chance(plain_, base)[BLUE_WARD])


def test_refusal_on_principle_tells_of_sincerity_and_recognition_of_the_reverse() -> None:
    base = setting({"stated_recognition": -1.0}, recognition_base_rate=0.5)
    refused, done = (month(base, opportunity(lot=lot)).flow["evidence_recognition"] for lot in (0.99, 0.001))
    assert (refused > 0.0).all()
    assert (done < 0.0).all()
    # Fully seen: a gamer, who weighs no principle, refuses in 4 of 5 cases, a sincere state in 1 / (1 + e^{-1.5} / 4).
    seen = {"observability_sanctioner": 1.0, "observability_target": 1.0, "sincere_principle": 1.5}
    free = only("principle") | {"precedent_strength": 0.0, "recognition_base_rate": 0.2}
    told = month(setting({"stated_recognition": -1.0}, **seen, **free), opportunity(lot=0.99)).flow
    assert told["evidence_recognition"] == pytest.approx(
        np.full((2, *SHAPE), -np.log(0.8 * (1.0 + np.exp(-1.5) / 4.0)))
    )
    silent = setting({"stated_recognition": 0.0}, precedent_strength=0.0)
    assert not month(silent, opportunity()).flow["evidence_recognition"].any()


@pytest.mark.parametrize("entity", [RED_WARD, BLUE_WARD])
def test_reasons_sum_to_the_log_odds(entity: int) -> None:
    here = state(recognised=np.reshape([0.0, 1.0], (2, 1, 1)))
    base = setting(
        {"stated_recognition": -0.4}, divisors={"recognition": {"security": 0.7, "principle": 0.5}}
    )
    table = month(base, opportunity(entity), here).flow["reasons.recognition"]
    assert table.shape == (8, 1)
    assert table[:-1].sum() == pytest.approx(logit(chance(here, base)[entity, 0, 0]).item())
    assert table[-1] == 1.0


def test_columns_give_what_whole_arrays_give() -> None:
    base = history(1.0, 3.0, figure={"stated_recognition": np.array([[[0.2], [-0.5]], [[0.9], [0.1]]])})
    here = state(recognised=np.reshape([[1.0, 0.0], [0.0, 1.0]], (2, 2, 1)), ally=np.array([[1.0], [0.0]]))
    around = flow(**company(here))
    whole = recognition_accounts(here, around, base)
    some = Occasion(np.array([1, 0]), np.array([0, 0]), np.array([0.5, 0.5]), (2, 1))
    part = recognition_accounts(some.state(here), some.flow(around), some.setting(base))
    for name, phi in whole.items():
        assert part[name] == pytest.approx(phi[:, [1, 0], 0], abs=0), name


# How many states there are.


def test_states_by_hand() -> None:
    """193, and BLUE's ward once 97 of them recognise it: 100 did; RED's is far from it with 5 and two more."""
    nobody, all_ = np.zeros((2, *SHAPE)), np.ones((2, *SHAPE))
    assert states(nobody, setting()) == pytest.approx(np.full((1, 1), 194.0))
    assert states(all_, setting()) == pytest.approx(np.full((1, 1), 194.0))
    few = np.reshape([5.0, 95.0], (2, 1, 1))
    assert states(nobody, setting({"recognisers": few})).item() == 193.0
    assert states(all_, setting({"recognisers": few})).item() == 194.0
    lost = setting({"recognisers": few + 2.0, "recognises": np.ones((2, *SHAPE))})
    assert (states(all_, lost).item(), states(nobody, lost).item()) == (194.0, 193.0)


def test_under_self_determination_there_would_be_about_six_hundred() -> None:
    """Half of the deciders recognise RED's ward: 5 + 1 + .5 x 186 = 99 of 193."""
    half = np.zeros((2, *SHAPE))
    half[RED_WARD, 0] = 1.0
    assert states(half, setting(self_determination=1.0)).item() == 193.0 + 2.0 + 400.0
    few = setting({"recognisers": np.reshape([1.0, 1.0], (2, 1, 1))}, self_determination=0.9)
    assert states(half, few).item() == pytest.approx(193.0 + 0.9 * 400.0)


# What is missing, and the shipped case.


def test_without_entities_everything_runs() -> None:
    """No entities: nothing to recognise, and the states there are."""
    empty = {name: np.zeros((0, *SHAPE)) for name in ("recognises", "own_land", "stated_recognition")}
    bare = setting()
    empty |= {"recognisers": np.zeros((0, 1, 1)), "pole_recognises": np.zeros((3, 0, 1, 1))}
    none = replace(bare, entities=(), figures={**bare.figures, **empty})
    change = month(none, opportunity(), replace(state(), recognised=np.zeros((0, *SHAPE))))
    assert not change.state
    assert change.flow["states"].item() == 193.0
    quiet = month(setting(), opportunity(lot=1.01)).flow
    busy = month(setting(), opportunity()).flow
    assert {name: value.shape for name, value in change.flow.items()} == {
        name: value.shape for name, value in busy.items()
    }
    assert set(quiet) == set(busy)
    assert all(not value.any() for name, value in quiet.items() if name != "states")


def of_the_first(values: Mapping[str, Array]) -> dict[str, Array]:
    return {name: value[..., :1, :] if value.shape[-2:] == SHAPE else value for name, value in values.items()}


def test_a_lone_state_follows_nobody() -> None:
    bare = setting(**only("security"))
    lone = replace(bare, deciders=("AAA",), figures=of_the_first(bare.figures))
    here = State(**of_the_first(vars(state())))
    found = recognition_accounts(here, flow(**company(here)), lone)["security"]
    assert found[RED_WARD, 0, 0] == pytest.approx(1.0)


def test_shipped_case_kazakhstan_hardly_recognises_donetsk_and_less_if_it_fears_for_its_north() -> None:
    here, base = draw(plain(), SEED, 0)
    dnr, kaz = base.entities.index("dnr"), base.deciders.index("KAZ")
    fearless = with_figure(base, secession_exposure=np.zeros(1))
    afraid, calm = (chance(here, one)[dnr, kaz] for one in (base, fearless))
    assert (afraid <= calm).all()
    assert afraid.mean() < base["recognition_base_rate"].mean() < 1.0
    outside = replace(here, ally=np.zeros_like(here.ally))
    assert (chance(outside, base)[dnr, kaz] <= afraid).all()
    assert {entity.id for entity in case().entities} == set(base.entities)


def test_shipped_case_a_month_runs_and_repeats() -> None:
    here, base = draw(plain(), SEED, 0)
    at = Shocks(SEED, 0, base.deciders, 12).month(3)
    one, other = (recognition(here, {}, base, at) for _ in range(2))
    assert np.array_equal(one.state["recognised"], other.state["recognised"])
    assert set(np.unique(one.state["recognised"])) <= {0.0, 1.0}
    assert one.flow["reasons.recognition"].shape == (len(ACCOUNTS) + 2, base.runs)
    assert (one.flow["states"] >= 193.0).all()
