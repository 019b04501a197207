"""Symbolic acts: the menu by hand, what cheap and costly acts can tell, tied hands, and offers to mediate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.shipped import SEED, case, plain
from tests.model.small import RED, SHAPE, Given, exactly, flow, only, setting, state

from tightrope.engine.shock import Shocks
from tightrope.model.account import utility
from tightrope.model.acts import acts, acts_accounts, baseline, trust, weighed
from tightrope.model.choice import Array, choice, logistic
from tightrope.model.draw import draw
from tightrope.model.occasion import occasions
from tightrope.model.state import ACCOUNTS, Act, Change, Setting, State

RATE = 0.25
amounts = st.floats(-1.5, 1.5)
odds = st.floats(-3.0, 3.0)


def kind(
    name: str = "words",
    monthly: float = 0.05,
    pledge: float = 0.0,
    mediation: bool = False,
    pledge_on: str = "other",
    open_to: str = "all",
    needs: str = "nothing",
    **accounts: float,
) -> Act:
    """A kind of act with these accounts, the same in every run."""
    drawn = {account: np.array([value]) for account, value in accounts.items()}
    return Act(name, monthly, drawn, np.array([pledge]), mediation, pledge_on, open_to, needs)


def offering(*menu: Act, figure: Mapping[str, Any] | None = None, **parameter: float) -> Setting:
    """The small world with these kinds on the menu; trade with RED is that of the reference."""
    usual = {"trade": (10.0, 10.0, 5.0)} | dict(figure or {})
    known = {"act_rate": RATE, "act_trade_reference": 10.0} | parameter
    return replace(setting(usual, **known), menu=menu)


def chances(here: State, given_: Setting) -> Array:
    """Probabilities of nothing and of each kind on an occasion, (K, N, R)."""
    base = baseline(here, given_)
    accounts, _ = weighed(here, flow(), given_, base)
    return choice(base, utility(accounts, given_.weights, {}), given_["choice_intensity"])


def told(here: State, given_: Setting) -> Array:
    """What nothing, and each kind, tells the audiences of AAA, (A, K)."""
    return weighed(here, flow(), given_, baseline(here, given_))[1][:, :, 0, 0]


def occasion(lot: float = 0.5) -> Given:
    """A month in which both states have an occasion, with this draw for the choice."""
    return Given(uniforms={"acts": lot * RATE})


def month(given_: Setting, at: Given, here: State | None = None) -> Change:
    return acts(here or state(), flow(), given_, at)


def test_worked_by_hand() -> None:
    """Once in twenty months on an occasion in four: π = 1/5; U = -.2 (ally) - .3 (trade) + .1 = -.4."""
    base = offering(
        kind(security=-0.2, economy=-0.3, principle=0.1), **only("security", "economy", "principle")
    )
    by_hand = 0.2 * np.exp(-0.4) / (0.8 + 0.2 * np.exp(-0.4))
    assert chances(state(), base)[1, 0, 0] == pytest.approx(by_hand)
    assert month(base, occasion(1.0 - by_hand + 1e-6)).flow["act"].tolist() == [[1.0], [1.0]]
    assert month(base, occasion(1.0 - by_hand - 1e-6)).flow["act"].tolist() == [[0.0], [0.0]]


def test_accounts_by_hand() -> None:
    """Not an ally and .4 leaning: .4 of the displeasure; trade 20 against 10: twice the cost; the rest as drawn."""
    drawn = {"economy": -0.1, "security": -0.5, "domestic": 0.3, "principle": 0.2, "reputation": 0.1}
    base = offering(kind(**drawn), figure={"trade": (20.0, 10.0, 5.0)})
    expected = {**drawn, "economy": -0.2, "security": -0.2, "autonomy": 0.0}
    found = acts_accounts(state(ally=0.0), flow(), base)
    assert set(found) == set(ACCOUNTS)
    for name, value in expected.items():
        assert found[name][:, 0, 0] == pytest.approx([0.0, value]), name
    assert acts_accounts(state(), flow(), base)["security"][1] == pytest.approx(np.full(SHAPE, -0.5))


@exactly
@given(st.lists(st.floats(0.001, 0.06), min_size=1, max_size=4), amounts, st.floats(0.3, 1.0))
def test_without_theory_each_kind_comes_as_often_as_the_case_says(
    monthly: list[float], cost: float, rate: float
) -> None:
    menu = [kind(f"kind_{place}", usual, economy=cost) for place, usual in enumerate(monthly)]
    base = offering(*menu, choice_intensity=0.0, act_rate=rate)
    found = rate * chances(state(), base)[1:, 0, 0]
    assert found == pytest.approx(monthly, abs=1e-12)


def test_kinds_that_come_more_often_than_occasions_leave_room_for_nothing() -> None:
    base = offering(kind(monthly=0.2), kind(monthly=0.6), choice_intensity=0.0)
    assert chances(state(), base)[:, 0, 0] == pytest.approx([0.05, 0.95 / 4, 0.95 * 3 / 4])


@exactly
@given(amounts, amounts, st.floats(0.0, 1.0))
def test_cheap_talk_tells_nothing(pleasing: float, loss: float, share: float) -> None:
    """Equal accounts for both types: 0, however well it is seen; beside a costly kind, no more than silence."""
    cheap = kind(security=pleasing, domestic=loss, reputation=share)
    assert not told(state(), offering(cheap)).any()
    seen = {"observability_sanctioner": 1.0, "observability_target": 1.0}
    beside = told(state(), offering(cheap, kind("costly", economy=-1.0, principle=1.0), **seen))
    assert beside[:, 1] == pytest.approx(beside[:, 0], abs=1e-12)
    assert np.abs(beside[:, 2] - beside[:, 1]).min() > 0.5


@exactly
@given(
    st.sampled_from([("economy", -1.0), ("principle", 1.0)]),
    st.floats(0.0, 2.0),
    st.floats(0.05, 1.5),
    amounts,
)
def test_the_costlier_an_act_the_more_it_tells(
    account: tuple[str, float], little: float, more: float, pleasing: float
) -> None:
    """Fully seen, the log-likelihood ratio starts at 0 and grows with what only a sincere state would pay."""
    name, sign = account
    found = [
        told(
            state(),
            offering(
                kind(security=pleasing, **{name: sign * cost}),
                observability_sanctioner=1.0,
                observability_target=1.0,
            ),
        )[:, 1]
        for cost in (0.0, little, little + more)
    ]
    assert found[0] == pytest.approx([0.0, 0.0], abs=1e-12)
    assert (found[1] >= 0.0).all()
    assert (found[2] > found[1]).all()


def test_what_costs_the_audience_nothing_to_miss_tells_less() -> None:
    """The better an audience sees, the more a costly act tells it."""
    blurred = told(
        state(), offering(kind(principle=1.0), observability_sanctioner=0.2, observability_target=0.9)
    )
    assert 0.0 < blurred[0, 1] < blurred[1, 1]


@exactly
@given(st.floats(0.0, 3.0), st.floats(0.1, 3.0), st.floats(-0.5, -0.01))
def test_tied_hands_make_words_of_loyalty_rarer_for_both_types(
    stock: float, more: float, pledge: float
) -> None:
    """And leave acts that contradict nothing alone."""
    loyal, distant = kind("loyalty", pledge=pledge, security=0.2), kind("distance", pledge=0.2, security=-0.2)
    free, bound = state(commitments=stock), state(commitments=stock + more)
    base = offering(loyal, distant, tied_hands=0.3)
    for weights in (base.weights, base.sincere, base.gamer):
        ratio = []
        for here in (free, bound):
            accounts = acts_accounts(here, flow(), base)
            chance = choice(baseline(here, base), utility(accounts, weights, {}))
            ratio.append(chance[1:, 0, 0] / chance[0, 0, 0])
        assert np.log(ratio[0][0] / ratio[1][0]) == pytest.approx(0.3 * more)
        assert ratio[0][1] == pytest.approx(ratio[1][1])


@exactly
@given(odds, odds, st.floats(0.05, 2.0), st.integers(0, 1))
def test_mediation_pays_only_with_both_audiences_trust(
    west: float, east: float, more: float, which: int
) -> None:
    """φ_R = v min(bel_W, 1 - bel_R): it rises with the lesser trust, and the greater one does not help."""
    base = offering(kind("offer", mediation=True), mediation_value=2.0)

    def worth(*log_odds: float) -> float:
        here = state(log_odds=np.broadcast_to(np.reshape(log_odds, (2, 1, 1)), (2, *SHAPE)))
        return float(acts_accounts(here, flow(), base)["reputation"][1, 0, 0])

    trusts = logistic(np.array([west, -east]))
    assert worth(west, east) == pytest.approx(2.0 * trusts.min())
    better = worth(west + more, east) if which == 0 else worth(west, east - more)
    if trusts[which] == trusts.min() and trusts[0] != trusts[1]:
        assert better > worth(west, east)
    elif trusts[which] > trusts[1 - which]:
        assert better == pytest.approx(worth(west, east))
    assert worth(west, 30.0) == pytest.approx(0.0, abs=1e-9)
    assert worth(-30.0, east) == pytest.approx(0.0, abs=1e-9)


def test_both_sides_must_accept() -> None:
    """Trust 3/4 and 2/3, acceptance .6: .6 x 1/2 = .3."""
    log_odds = np.broadcast_to(np.reshape([np.log(3.0), -np.log(2.0)], (2, 1, 1)), (2, *SHAPE))
    here = state(log_odds=log_odds)
    assert trust(here.log_odds)[:, 0, 0] == pytest.approx([3 / 4, 2 / 3])
    base = offering(kind("offer", 0.2, mediation=True), kind("words"), mediation_acceptance=0.6)
    for lot, accepted in ((0.299, 1.0), (0.301, 0.0)):
        found = month(base, Given(uniforms={"acts": 0.5 * RATE, "mediation_accepted": lot}), here).flow
        assert found["mediation"].all()
        assert np.array_equal(found["mediation_accepted"], np.full(SHAPE, accepted))
    quiet = month(base, Given(uniforms={"acts": 1e-6, "mediation_accepted": 0.0}), here).flow
    assert not quiet["mediation"].any()
    assert not quiet["mediation_accepted"].any()


@pytest.mark.parametrize("outcome", [1.0, 2.0, 3.0])
def test_nobody_offers_to_mediate_without_a_war(outcome: float) -> None:
    base = offering(kind("offer", mediation=True), kind("words", principle=0.3))
    assert chances(state(), base)[1].all()
    over, never = state(war=outcome), replace(base, figures={**base.figures, "at_war": np.zeros((1, 1))})
    for here, given_ in ((over, base), (state(), never)):
        assert not chances(here, given_)[1].any()
        found = month(given_, occasion(0.999), here).flow
        assert (found["act"] == 2.0).all()
        assert all(np.isfinite(value).all() for value in found.values())


FIRST, BOTH, NEITHER = [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]
ONE = np.array([[1.0], [0.0]])


@pytest.mark.parametrize(
    ("limit", "field", "figure", "expected"),
    [
        ({}, {"ally": ONE, "war": 1.0}, {"cohort": ONE, "at_war": 0.0, "sanctions_on": 0.0}, BOTH),
        ({"open_to": "allies"}, {"ally": ONE}, {}, FIRST),
        ({"open_to": "allies"}, {"ally": 0.0}, {}, NEITHER),
        ({"open_to": "cohort"}, {"ally": 0.0}, {"cohort": ONE}, FIRST),
        ({"needs": "war"}, {}, {}, BOTH),
        ({"needs": "war"}, {"war": 2.0}, {}, NEITHER),
        ({"needs": "war"}, {}, {"at_war": 0.0}, NEITHER),
        ({"needs": "sanctions"}, {"war": 1.0}, {"at_war": 0.0}, BOTH),
        ({"needs": "sanctions"}, {}, {"sanctions_on": 0.0}, NEITHER),
        ({"open_to": "allies", "needs": "war"}, {"ally": ONE}, {}, FIRST),
        ({"open_to": "cohort", "needs": "sanctions"}, {}, {"cohort": ONE}, FIRST),
    ],
)
def test_a_kind_comes_where_it_is_open_and_nowhere_else(
    limit: dict[str, str], field: dict[str, Any], figure: dict[str, Any], expected: list[float]
) -> None:
    """Without theory exactly its monthly chance where it is open, and none elsewhere; however much it would pay."""
    menu = kind(monthly=0.04, **limit), kind("free", monthly=0.06)
    free = offering(*menu, figure=figure, choice_intensity=0.0)
    here = state(**field)
    assert RATE * chances(here, free)[1, :, 0] == pytest.approx(0.04 * np.array(expected), abs=1e-15)
    assert RATE * chances(here, free)[2, :, 0] == pytest.approx([0.06, 0.06])
    keen = offering(kind(monthly=0.2, **limit, domestic=6.0), figure=figure)
    found = month(keen, occasion(0.999), here).flow
    assert found["act"][:, 0].tolist() == expected
    assert all(np.isfinite(value).all() for value in found.values())


def test_beliefs_are_weighed_by_who_is_leant_to() -> None:
    """Distance pays before the sanctioner and costs before the target: φ_R > 0 only for who leans to BLUE."""
    base = offering(kind(principle=1.0))
    usual = baseline(state(), base)
    west, east = (
        weighed(state(share=shares), flow(), base, usual)[0]["reputation"][1, 0, 0]
        for shares in ((0.05, 0.6, 0.05, 0.3), (0.6, 0.05, 0.05, 0.3))
    )
    assert east < 0.0 < west
    half = weighed(state(share=(0.05, 0.6, 0.05, 0.3)), flow(), base, usual, 0.5)[0]["reputation"][1, 0, 0]
    assert half == pytest.approx(2.0 * west)


def test_beliefs_count_in_the_unit_of_the_compliance_menu() -> None:
    base = offering(kind(principle=1.0))
    here = state(share=(0.05, 0.6, 0.05, 0.3))
    plain_, fine = (
        month(replace(base, divisors={"compliance": {"reputation": unit}}), occasion(0.999), here).flow
        for unit in (1.0, 0.25)
    )
    row = 1 + ACCOUNTS.index("reputation")
    assert fine["reasons.acts"][row] == pytest.approx(4.0 * plain_["reasons.acts"][row])


def test_pledges_tie_and_take_back_no_more_than_there_is() -> None:
    """A half-life of 6 months leaves 2^(-1/6) of the stock at the end of the month."""
    loyal, bound = kind("loyalty", 0.2, pledge=-0.3), kind("promise", 0.2, pledge=0.4)
    for stock in (0.0, 0.1, 1.0):
        here = state(stands=stock)
        base = offering(loyal, choice_intensity=0.0, commitment_half_life=6.0)
        taken = month(base, occasion(0.9), here).flow["pledged"]
        assert taken == pytest.approx(np.full(SHAPE, -min(0.3, stock * 0.5 ** (1 / 6))))
        given_ = offering(bound, choice_intensity=0.0, commitment_half_life=6.0)
        assert month(given_, occasion(0.9), here).flow["pledged"] == pytest.approx(np.full(SHAPE, 0.4))
        assert not month(given_, occasion(0.1), here).flow["pledged"].any()


@exactly
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.sampled_from(["sanctions", "other"]))
def test_a_pledge_goes_to_the_stock_of_its_matter(sanctions: float, stands: float, matter: str) -> None:
    """And what is taken back comes from there, never more than is left there."""
    here, left = state(commitments=sanctions, stands=stands), 0.5 ** (1 / 6)
    stock, other = (sanctions, "pledged") if matter == "sanctions" else (stands, "pledged_sanctions")
    own = "pledged_sanctions" if matter == "sanctions" else "pledged"
    for pledge, expected in ((0.4, 0.4), (-0.3, -min(0.3, stock * left))):
        menu = kind("words", 0.2, pledge=pledge, pledge_on=matter)
        base = offering(menu, choice_intensity=0.0, commitment_half_life=6.0)
        found = month(base, occasion(0.9), here).flow
        assert found["act"].all()
        assert found[own] == pytest.approx(np.full(SHAPE, expected))
        assert not found[other].any()


def test_reasons_sum_to_the_log_odds_of_the_act_against_nothing() -> None:
    menu = kind("one", 0.05, economy=-0.2, principle=0.4), kind("two", 0.1, pledge=-0.1, security=0.3)
    here, base = state(commitments=0.7), offering(*menu)
    chance = chances(here, base)[:, 0, 0]
    for place, lot in ((1, chance[0] + 0.5 * chance[1]), (2, 0.999)):
        found = month(base, occasion(lot), here).flow
        assert found["act"][0, 0] == place
        assert found["reasons.acts"][:-1].sum() == pytest.approx(np.log(chance[place] / chance[0]))
        assert found["reasons.acts"][-1] == 1.0
        assert found["evidence_acts"][:, 0, 0] == pytest.approx(told(here, base)[:, place])
    nothing = month(base, occasion(0.001), here).flow
    assert not nothing["reasons.acts"].any()
    assert nothing["evidence_acts"][:, 0, 0] == pytest.approx(told(here, base)[:, 0])


def test_without_a_menu_or_an_occasion_everything_runs() -> None:
    missed = Given(uniforms={"acts": RATE + 0.01})
    empty, idle = month(offering(), occasion()).flow, month(offering(kind()), missed).flow
    busy = month(offering(kind()), occasion(0.99)).flow
    for found in (empty, idle):
        assert {name: value.shape for name, value in found.items()} == {
            name: value.shape for name, value in busy.items()
        }
        assert not any(value.any() for value in found.values())


# The shipped case: the kinds of its menu, over many runs.


@lru_cache(maxsize=1)
def start() -> tuple[State, Setting]:
    return draw(plain(), SEED, 0)


def test_columns_give_what_whole_arrays_give() -> None:
    """With every state on an occasion, the chosen acts, and what they tell, are those of the whole arrays."""
    here, base = start()
    base = replace(base, parameters={**base.parameters, "act_rate": np.ones(base.runs)})
    at = Shocks(SEED, 0, base.deciders, 12).month(2)
    found = acts(here, {}, base, at).flow
    usual = baseline(here, base)
    accounts, ratio = weighed(here, {}, base, usual, base.divisors["compliance"]["reputation"])
    chance = choice(usual, utility(accounts, base.weights, {}), base["choice_intensity"])
    chosen = (at.uniform("acts") >= np.cumsum(chance[:-1], axis=0)).sum(axis=0)
    assert np.array_equal(found["act"], chosen)
    assert found["evidence_acts"] == pytest.approx(np.take_along_axis(ratio, chosen[None, None], 1)[:, 0])
    some = occasions(at.uniform("acts"), 0.1)
    assert some.at(usual).shape == (len(base.menu) + 1, some.run.size)
    assert baseline(some.state(here), some.setting(base)) == pytest.approx(some.at(usual), abs=0)


def test_the_menu_of_the_case() -> None:
    """Five to seven kinds, every one an assumption that says so; usual chances leave room for doing nothing."""
    here, base = start()
    assert 5 <= len(base.menu) <= 7
    kinds = {one.id: one for one in case().acts}
    assert all(kinds[act.id].scenario for act in base.menu)
    assert [act.id for act in base.menu if act.mediation] == ["offer_mediation"]
    assert sum(act.monthly for act in base.menu) < 0.95 * base["act_rate"].min()
    assert {np.sign(act.pledge.mean()) for act in base.menu} == {-1.0, 0.0, 1.0}
    assert baseline(here, base).sum(axis=0) == pytest.approx(np.ones((len(base.deciders), base.runs)))


def test_who_may_do_what_in_the_case() -> None:
    """Words of loyalty are for the allies, the rite for the cohort; an assurance binds where the sanctions are."""
    here, base = start()
    usual = baseline(here, base)
    place = {act.id: number + 1 for number, act in enumerate(base.menu)}
    where = {name: base.deciders.index(name) for name in ("KAZ", "GEO", "ISR")}
    for name, open_to in (
        ("affirm_alliance", {"KAZ"}),
        ("cancel_victory_parade", {"KAZ", "GEO"}),
        ("assure_no_circumvention", {"KAZ", "GEO", "ISR"}),
    ):
        found = {decider for decider, at in where.items() if usual[place[name], at].all()}
        assert found == open_to, name
        assert not any(usual[place[name], where[decider]].any() for decider in set(where) - open_to), name
    over = baseline(replace(here, war=np.ones_like(here.war)), base)
    for name in ("refuse_recognition_beside_putin", "send_humanitarian_aid", "offer_mediation"):
        assert usual[place[name]].all()
        assert not over[place[name]].any(), name
    on = {act.id for act in base.menu if act.pledge_on == "sanctions"}
    assert on == {"assure_no_circumvention"}


def test_costly_kinds_of_the_case_tell_more_than_words() -> None:
    """Refusing beside Putin speaks for sincerity, words of distance hardly, words of loyalty against it."""
    here, base = start()
    _, ratio = weighed(here, {}, base, baseline(here, base))
    place = {act.id: number + 1 for number, act in enumerate(base.menu)}
    kaz = base.deciders.index("KAZ")
    mean = {name: float((ratio[:, at, kaz] - ratio[:, 0, kaz]).mean()) for name, at in place.items()}
    assert (
        mean["refuse_recognition_beside_putin"]
        > mean["cancel_victory_parade"]
        > mean["stress_differences"]
        > 0.0
    )
    assert mean["affirm_alliance"] < 0.0


def test_the_target_s_friends_praise_it_more_and_leave_it_less() -> None:
    """Over the runs Belarus speaks of loyalty more often than Kazakhstan, and refuses beside Putin less often."""
    here, base = start()
    chance = chances(here, base)
    place = {act.id: number + 1 for number, act in enumerate(base.menu)}
    kaz, blr = base.deciders.index("KAZ"), base.deciders.index("BLR")
    assert here.share[RED, blr].mean() > here.share[RED, kaz].mean()
    assert chance[place["affirm_alliance"], blr].mean() > chance[place["affirm_alliance"], kaz].mean()
    refusal = chance[place["refuse_recognition_beside_putin"]]
    assert refusal[blr].mean() < refusal[kaz].mean()
