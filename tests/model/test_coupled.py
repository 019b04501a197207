"""The whole month, coupled, on the shipped case: what must hold whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np
import pytest
from tests.model.shipped import MONTHS, SEED, Run, as_known, case, changed, fixed, outlook, plain, run

from tightrope.case.knowledge import known
from tightrope.engine.shock import Shocks
from tightrope.model.account import utility
from tightrope.model.belief import acts_evidence, reputation
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import build
from tightrope.model.choice import choice, pick
from tightrope.model.compliance import compliance_accounts, persistence
from tightrope.model.draw import draw
from tightrope.model.occasion import decide, occasions
from tightrope.model.security import asking_accounts, granted
from tightrope.model.state import Setting, State, Vote
from tightrope.model.step import step
from tightrope.model.vote import baseline, vote_accounts

YEAR = 12
# What a month has settled before the choices of stage 5 are made.
EARLIER = ("defection", "debt", "menace", "troops", "opinion", "war", "abandoned", "grievance")
SANCTIONER, TARGET = 2, 0
N = len(plain().deciders)
ORDER = (*plain().deciders[5::-1], *plain().deciders[:5:-1])


@lru_cache(maxsize=1)
def indifferent() -> Run:
    """A year in which nobody weighs anything: λ = 0."""
    return run(changed(parameters__choice_intensity=0.0), YEAR)


def test_every_month_of_three_years_is_finite_and_in_range() -> None:
    found = outlook()
    assert len(found.states) == MONTHS
    for state, flow in zip(found.states, found.flows, strict=True):
        for name, value in [*vars(state).items(), *flow.items()]:
            assert np.isfinite(value).all(), name
        assert state.share.sum(axis=0) == pytest.approx(np.ones((N, 500)), abs=1e-10)
        assert state.share.min() > 0
        for value in (state.compliance, state.defection, flow["p_comply"]):
            assert value.min() >= 0.0
            assert value.max() <= 1.0
        assert set(np.unique(state.troops)) <= {0.0, 1.0}
        assert set(np.unique(state.penalised)) <= {0.0, 1.0}
        assert flow["evasion_share"].sum(axis=0).max() < 1.0
        assert np.abs(state.log_odds).max() <= 20.0


def test_nearly_every_state_month_settles() -> None:
    unsettled = sum(float(flow["unsettled"].sum()) for flow in outlook().flows)
    assert unsettled <= 1e-3 * MONTHS * N * 500


def test_who_is_indifferent_keeps_its_alignment_bit_for_bit() -> None:
    found = indifferent()
    assert all(np.array_equal(state.share, found.start.share) for state in found.states)


def lots(vote: Vote, setting: Setting) -> np.ndarray:
    """The vote's draws: those of the format where the habit holds, else its own, put together here."""
    month = Shocks(SEED, 0, plain().deciders, MONTHS).month(vote.month)
    own, kept = month.uniform(f"vote.{vote.id}").copy(), month.uniform(f"habit.{vote.id}")
    holds = kept < setting["vote_habit"]
    own[holds] = month.uniform(f"vote.{vote.format}")[holds]
    return own


def test_who_is_indifferent_votes_as_the_tally_does() -> None:
    """The very picks that the last tally of the format gives to the same draws."""
    found = indifferent()
    held = [vote for vote in plain().schedule.votes if vote.month < YEAR]
    assert held
    for vote in held:
        base = np.broadcast_to(np.exp(vote.log_base)[:, None, None], (4, N, 500))
        wanted = pick(base / base.sum(axis=0), lots(vote, found.setting))
        assert np.array_equal(found.flows[vote.month][f"vote.{vote.id}"], wanted)
        votes, tally = found.flows[vote.month][f"vote.{vote.id}"].ravel(), np.exp(vote.log_base)
        share = np.bincount(votes.astype(int), minlength=4) / votes.size
        assert (np.abs(share - tally) < 4.0 * np.sqrt(tally * (1.0 - tally) / votes.size)).all()


def test_a_habit_repeats_a_vote_of_one_format_and_none_draws_afresh() -> None:
    """Votes of a format share their tally, so with λ = 0 a full habit repeats every pick; none agrees by chance."""
    first, last = (
        next(one for one in plain().schedule.votes if one.id == name)
        for name in ("territory_2022_10", "territory_2023_02")
    )
    other = next(one for one in plain().schedule.votes if one.id == "crimea_2022")
    assert first.format == last.format != other.format
    chance = float((np.exp(first.log_base) ** 2).sum())
    for habit, usual in ((1.0, 1.0), (0.0, chance)):
        found = run(fixed(plain(), vote_habit=habit, choice_intensity=0.0), last.month + 1)
        picks = [found.flows[one.month][f"vote.{one.id}"] for one in (first, last, other)]
        same = (picks[0] == picks[1]).mean()
        assert same == pytest.approx(usual, abs=4.0 * np.sqrt(usual * (1.0 - usual) / picks[0].size))
        assert (picks[0] == picks[2]).mean() < 0.9


def test_who_is_indifferent_complies_out_of_habit() -> None:
    found, level = indifferent(), indifferent().start.compliance
    for state, flow in zip(found.states, found.flows, strict=True):
        habit = persistence(level, found.setting["compliance_stickiness"])
        assert np.array_equal(flow["p_comply"], habit[2])
        level = state.compliance


def test_who_is_indifferent_tells_nothing_and_is_punished_at_the_base_rate() -> None:
    found = indifferent()
    for flow in found.flows:
        assert not flow["evidence_compliance"].any()
        assert not flow.get("evidence_vote", np.zeros(1)).any()
        # Who has joined the sanctions cannot be punished for helping round them.
        exposed = found.setting["penalty_base_rate"] * found.setting.figures["penalisable"]
        free = flow["p_penalty"] == 0.0
        assert np.array_equal(flow["p_penalty"][~free], exposed[~free])
        assert free.mean() < 0.3


def test_who_is_indifferent_asks_and_sends_at_the_base_rates() -> None:
    """Whoever asked in any state and month, and whatever vetoes are left out."""
    found = indifferent()
    every = occasions(np.zeros((N, 500)), 1.0)
    seen = every.setting(found.setting)
    for state, flow in zip(found.states, found.flows, strict=True):
        sent, _ = granted(state, flow, replace(found.setting, organ="leader"), every)
        assert np.array_equal(sent, seen["grant_base_rate"])
        accounts = asking_accounts(every.state(state), seen, sent, 0.5 * sent)
        asks = decide(every, seen["request_base_rate"], accounts, seen, "request")[1]
        assert np.array_equal(asks, seen["request_base_rate"])


def test_relabelling_the_deciders_relabels_the_results() -> None:
    about = case().about.model_copy(update={"deciders": ORDER})
    other = run(build(known(case().model_copy(update={"about": about}), case().about.as_of)), YEAR)
    place = [plain().deciders.index(name) for name in ORDER]
    for month in range(YEAR):
        for name, value in vars(outlook().states[month]).items():
            moved = value if value.shape[-2] == 1 else value[..., place, :]
            assert np.abs(moved - getattr(other.states[month], name)).max() < 1e-12, (name, month)
        for name, value in outlook().flows[month].items():
            if value.ndim > 1 and value.shape[-2] == N:
                assert np.abs(value[..., place, :] - other.flows[month][name]).max() < 1e-12, (name, month)
            elif name != "unsettled":  # explanations are those of Kazakhstan wherever it stands
                assert np.abs(value - other.flows[month][name]).max() < 1e-12, (name, month)


def before(index: int) -> tuple[State, State, dict[str, np.ndarray]]:
    """The state before and after a month of the outlook, and the month's quantities."""
    found = outlook()
    return (found.states[index - 1] if index else found.start), found.states[index], found.flows[index]


@pytest.mark.parametrize("index", [0, 3, 7, 20, 35])
def test_explanations_of_alignment_sum_to_the_log_odds(index: int) -> None:
    _, after, flow = before(index)
    odds = np.log(after.share[SANCTIONER, 0] / after.share[TARGET, 0])
    assert flow["why_alignment"].sum(axis=0) == pytest.approx(odds, abs=1e-10)


@pytest.mark.parametrize("index", [0, 7, 35])
def test_explanations_of_every_leaning_sum_to_its_odds_against_every_other(index: int) -> None:
    _, after, flow = before(index)
    shares, whole = after.share[:, 0], flow["why_leaning"].sum(axis=1)
    for pole in range(len(shares)):
        odds = np.log(shares[pole] / shares)
        assert whole[pole] - whole == pytest.approx(odds, abs=1e-10)


@pytest.mark.parametrize("index", [0, 3, 7, 20, 35])
def test_explanations_of_compliance_sum_to_the_log_odds(index: int) -> None:
    """Full against no enforcement, the probabilities put together here from the accounts."""
    earlier, _, flow = before(index)
    setting = outlook().setting
    # Within the month, compliance is decided after order at home and before beliefs.
    now = replace(
        earlier,
        **{name: getattr(outlook().states[index], name) for name in EARLIER},
    )
    accounts = compliance_accounts(now, flow, setting)
    base = persistence(now.compliance, setting["compliance_stickiness"])
    accounts["reputation"] = reputation(now, acts_evidence(base, accounts, setting, "compliance"), setting)
    chance = choice(base, utility(accounts, setting.weights, setting.divisors["compliance"]))
    # A crisis later in the month raises the menace that is seen here at its end.
    calm = flow["challenge"] == 0.0
    assert chance[2][calm] == pytest.approx(flow["p_comply"][calm], abs=1e-12)
    odds = np.log(chance[2, 0] / chance[0, 0])
    assert flow["why_compliance"].sum(axis=0)[calm[0]] == pytest.approx(odds[calm[0]], abs=1e-10)


@pytest.mark.parametrize("vote", plain().schedule.votes, ids=lambda one: one.id)
def test_explanations_of_votes_sum_to_the_log_odds(vote: object) -> None:
    index = vote.month  # type: ignore[attr-defined]
    earlier, _, flow = before(index)
    setting = outlook().setting
    now = replace(
        earlier,
        **{name: getattr(outlook().states[index], name) for name in EARLIER},
    )
    item = next(one for one in setting.schedule.votes if one.id == vote.id)  # type: ignore[attr-defined]
    accounts = vote_accounts(now, setting, item)
    base = baseline(item, (4, N, 500))
    accounts["reputation"] = reputation(now, acts_evidence(base, accounts, setting, "vote"), setting)
    chance = choice(base, utility(accounts, setting.weights, setting.divisors["vote"]))
    odds = np.log(chance[1, 0] / chance[2, 0])
    assert flow[f"why_vote.{vote.id}"].sum(axis=0) == pytest.approx(odds, abs=1e-10)  # type: ignore[attr-defined]
    drawn = pick(chance, lots(item, setting))
    assert np.array_equal(flow[f"vote.{vote.id}"], drawn)  # type: ignore[attr-defined]


def test_a_longer_horizon_leaves_the_first_months_as_they_were() -> None:
    short = run(plain(), 4)
    for month in range(4):
        for name, value in vars(short.states[month]).items():
            assert np.array_equal(value, getattr(outlook().states[month], name)), name


def test_a_further_decider_leaves_the_shocks_of_the_others_alone() -> None:
    fewer, more = Shocks(SEED, 0, ("KAZ",), 3), Shocks(SEED, 0, ("GEO", "KAZ"), 3)
    assert np.array_equal(fewer.month(2).uniform("compliance")[0], more.month(2).uniform("compliance")[1])


def test_the_hindcast_runs_and_is_finite() -> None:
    blueprint = build(known(case(), date(2021, 12, 31)))
    found = run(blueprint, YEAR)
    assert all(np.isfinite(value).all() for state in found.states for value in vars(state).values())


def test_before_the_war_there_is_none_in_the_model() -> None:
    """As known at the end of 2021: no sanctions, no war, and no session on it."""
    found = run(as_known("2021-12-31"), 1)
    assert {vote.id for vote in found.setting.schedule.votes} <= {"crimea_2022", "crimea_2023", "crimea_2024"}
    assert not found.setting.figures["sanctions_on"].any()
    assert not found.setting.figures["at_war"].any()
    assert np.array_equal(found.flows[0]["tied_down"][TARGET, 0], found.setting["tied_down_reference"])
    assert found.flows[0]["evasion"] == pytest.approx(np.zeros((N, 500)), abs=1e-12)
    assert found.flows[0]["evasion_free"] == pytest.approx(np.zeros((N, 500)), abs=1e-12)
    later = outlook()
    assert (later.setting.figures["sanctions_on"] == 1.0).all()
    assert (later.setting.figures["at_war"] == 1.0).all()
    fought = later.states[0].war[0] == 0.0
    tied = later.flows[0]["tied_down"][TARGET, 0]
    assert np.array_equal(tied[fought], later.setting["tied_down"][fought])
    assert (later.flows[0]["evasion"].mean(axis=1)[[0, 1, 2, 3, 5]] > 0.0).all()


def fast(blueprint: Blueprint, speed: float) -> np.ndarray:
    """Shares after a month of the shipped start at another speed."""
    state, setting = draw(blueprint, SEED, 0)
    given = replace(setting, parameters={**setting.parameters, "alignment_speed": np.full(500, speed)})
    return step(state, given, Shocks(SEED, 0, blueprint.deciders, 1).month(0))[0].share


def test_half_the_speed_is_half_the_log_change() -> None:
    start = draw(plain(), SEED, 0)[0].share

    def moved(share: np.ndarray) -> np.ndarray:
        return np.log(share[0] / share[2]) - np.log(start[0] / start[2])

    assert moved(fast(plain(), 0.1)) == pytest.approx(2.0 * moved(fast(plain(), 0.05)), abs=1e-12)
