"""Memberships: four decisions by one table, account by account; who is asked; what is done stays done."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.shipped import SEED, plain
from tests.model.small import SHAPE, Given, calendar, exactly, flow, only, setting, state, with_figure

from tightrope.engine.shock import Shocks
from tightrope.model.choice import Array, logistic, logit
from tightrope.model.draw import draw
from tightrope.model.membership import (
    DECISIONS,
    Decision,
    feared,
    membership,
    protection,
    weighed,
)
from tightrope.model.occasion import Occasion
from tightrope.model.opening import quiet
from tightrope.model.state import ACCOUNTS, Change, Setting, State

MENUS = [decision.menu for decision in DECISIONS]
RATES = {"review_rate": 1.0, "join_rate": 1.0, "troops_request_rate": 1.0}
every = pytest.mark.parametrize("decision", DECISIONS, ids=MENUS)
AROUND = {"outside_threat": 0.2, "evasion": 2.0}
parts = st.floats(0.0, 1.0)
more = st.floats(0.05, 1.0)


def of(menu: str) -> Decision:
    return next(decision for decision in DECISIONS if decision.menu == menu)


def column(menu: str, now: State, given_: Setting, **quantities: object) -> dict[str, float]:
    """The accounts of the first decider."""
    found = of(menu).accounts(now, flow(**quantities), given_)
    return {name: float(np.broadcast_to(phi, SHAPE)[0, 0]) for name, phi in found.items()}


def chance(menu: str, now: State, given_: Setting, **quantities: object) -> Array:
    """The probability on an occasion, by the whole arrays (N, R)."""
    base = np.broadcast_to(given_[of(menu).base], SHAPE)
    accounts, _ = weighed(of(menu), now, flow(**quantities), given_, base)
    worth = sum(given_.weights[name] * phi for name, phi in accounts.items())
    return logistic(logit(base) + given_["choice_intensity"] * worth)


def decided(now: State, given_: Setting, lot: float = 0.5, **quantities: object) -> Change:
    """A month in which everything that can be up is up, with one draw for all decisions."""
    return membership(now, flow(**quantities), given_, Given(uniforms=dict.fromkeys(MENUS, lot)))


def test_protection_by_hand() -> None:
    """(.4 + ½ × .2 + .5 × .2) = .6, half of it tied down, and e^{-.8 × 2} after two refusals."""
    given_ = setting({"threat": 0.4}, outside_weight=0.5, unrest_need=0.5, abandonment=0.8)
    found = protection(
        state(defection=0.2, abandoned=2.0),
        flow(outside_threat=np.full(SHAPE, 0.2), tied_down=(0.5, 0.9, 0.9)),
        given_,
    )
    assert found == pytest.approx(np.full(SHAPE, 0.3 * np.exp(-1.6)))
    assert feared(state(menace=0.5, rule=0.2), setting(menace_weight=0.7)) == pytest.approx(
        np.full(SHAPE, 0.7 * 0.5 * 0.8)
    )


def test_accounts_by_hand() -> None:
    """Opinion .9 × .3 - .1 × .3 = .24; need .4 + .1 + .05 = .55; menace .7 × .5 × ½ = .175."""
    given_ = setting(
        {
            "stated_leaving": -0.2, "stated_joining": -0.5, "stated_troops": -0.8, "threat": 0.4, "minority": 0.1,
            "trade": (20.0, 10.0, 5.0), "remittances": 1.0, "exports_target": 5.0, "exports_west": 10.0,
        },
        outside_weight=0.5, unrest_need=0.5, menace_weight=0.7, debt_weight=0.1, tied_hands=0.3, rent_share=0.1,
        preference_margin=0.04, migration_loss=0.15, joining_loss=0.3, troops_thanks=0.5, penalty_loss=0.3,
        army_share=0.1, penalty_base_rate=0.01, penalty_sensitivity=0.5,
    )  # fmt: skip
    now = state(debt=1.0, commitments=2.0, menace=0.5, opinion=(0.3, -0.3), defection=0.1)
    hazard = np.e / (99 + np.e)  # evasion of 2 % of a GDP of 200, half doubted: one nat
    freed = 0.2 - 0.1 - 0.2  # strength, less a debt of 1 and trade of 20 % with the target
    assert column("leave_security", now, given_, **AROUND) == pytest.approx(
        {"security": 0.175 - 0.55, "domestic": 0.24, "autonomy": freed, "principle": -0.2}
    )
    assert column("leave_economic", now, given_, **AROUND) == pytest.approx(
        {"economy": -0.04 * 20.0 - 0.15 * 1.0, "domestic": 0.24, "autonomy": freed, "principle": -0.2}
    )
    assert column("join_sanctions", now, given_, **AROUND) == pytest.approx(
        {
            "economy": -0.3 * 5.0 - 0.1 * 2.0 + 0.3 * 10.0 * (1.0 - (1.0 - hazard) ** 12),
            "security": -0.175,
            "domestic": 0.24,
            "autonomy": 0.2 - 0.1 - 0.2,
            "principle": -0.5 + 0.5,
        }
    )
    assert column("send_troops", now, given_, **AROUND) == pytest.approx(
        {
            "economy": -0.3 * 10.0,
            "security": 0.5 - 0.1 * 0.55,
            "domestic": -0.24,
            "autonomy": 0.1 - 0.6,
            "principle": -0.8 - 0.5,
        }
    )


def test_nothing_to_punish_where_nothing_can_be_penalised() -> None:
    found = column("send_troops", state(), setting({"penalisable": 0.0, "exports_west": 20.0}))
    assert found["economy"] == 0.0


def test_the_month_by_hand() -> None:
    """Principle only, weight 1: odds 1 to 3 at the base, and e^{-.5 + .5 × 1} = 1 for joining, e^{-.2} for leaving."""
    given_ = setting(
        join_base_rate=0.25, leave_security_base_rate=0.25, gamer_principle=1.0, sincere_principle=1.0,
        **only("principle"), **RATES,
    )  # fmt: skip
    leave = 1.0 / (1.0 + 3.0 * np.exp(0.2))
    for lot, joins, leaves in ((leave - 1e-3, 1, 1), (leave + 1e-3, 1, 0), (0.249, 1, 0), (0.251, 0, 0)):
        change = decided(state(), given_, lot)
        assert np.array_equal(change.flow["joined_now"], np.full(SHAPE, float(joins))), lot
        assert np.array_equal(change.state["joined"], np.full(SHAPE, float(joins))), lot
        assert np.array_equal(change.flow["left_security"], np.full(SHAPE, float(leaves))), lot
        assert np.array_equal(change.state["ally"], np.full(SHAPE, 1.0 - leaves)), lot


@every
@exactly
@given(base=st.floats(0.05, 0.95), lot=st.floats(0.0, 1.0, exclude_max=True))
def test_without_intensity_the_base_rate_decides_alone(decision: Decision, base: float, lot: float) -> None:
    given_ = setting(choice_intensity=0.0, **{decision.base: base}, **RATES)
    now = state(menace=1.0, debt=1.0, union=1.0)
    assert np.array_equal(chance(decision.menu, now, given_), np.full(SHAPE, base)) or (
        chance(decision.menu, now, given_) == pytest.approx(np.full(SHAPE, base), abs=1e-15)
    )
    assert np.array_equal(decided(now, given_, lot).flow[decision.told], np.full(SHAPE, float(lot < base)))


@exactly
@given(parts, more)
def test_leaving_is_likelier_where_less_protection_is_lost(level: float, extra: float) -> None:
    def leave(now: State, given_: Setting, **quantities: object) -> Array:
        return chance("leave_security", now, given_, **quantities)

    def threatened(threat: float) -> Array:
        return leave(state(), setting({"threat": threat}))

    assert (threatened(level) > threatened(level + extra)).all()
    busy = [
        leave(state(), setting(), tied_down=(tied, 0.0, 0.0)) for tied in (0.5 * level, 0.5 * level + 0.4)
    ]
    assert (busy[0] < busy[1]).all()
    let_down = [leave(state(abandoned=count), setting()) for count in (level, level + extra)]
    assert (let_down[0] < let_down[1]).all()
    menaced = [leave(state(menace=menace), setting()) for menace in (level, level + extra)]
    assert (menaced[0] < menaced[1]).all()
    outside = [
        leave(state(), setting(), outside_threat=np.full(SHAPE, threat)) for threat in (level, level + extra)
    ]
    assert (outside[0] > outside[1]).all()


@exactly
@given(st.floats(1.0, 20.0), more)
def test_the_union_is_left_the_less_the_more_it_gives(trade: float, extra: float) -> None:
    given_ = setting(preference_margin=0.1, **only("economy"))
    found = [chance("leave_economic", state(), with_trade(given_, value)) for value in (trade, trade + extra)]
    assert (found[0] > found[1]).all()
    sent_home = [
        chance("leave_economic", state(), with_figure(given_, remittances=r)) for r in (trade, trade + extra)
    ]
    assert (sent_home[0] > sent_home[1]).all()


def with_trade(given_: Setting, trade: float) -> Setting:
    """The setting in which the first pole, the target, has this trade, and the sanctioner much more."""
    level = np.broadcast_to(np.reshape((trade, 50.0, 5.0), (3, 1, 1)), (3, *SHAPE))
    return replace(given_, figures={**given_.figures, "trade": level})


@exactly
@given(st.floats(-1.0, 0.9), st.floats(0.05, 0.5), st.floats(1.0, 20.0))
def test_joining_rises_with_displeasure_and_falls_with_exports(
    level: float, extra: float, exports: float
) -> None:
    angry = [chance("join_sanctions", state(opinion=value), setting()) for value in (level, level + extra)]
    assert (angry[0] < angry[1]).all()
    given_ = setting(joining_loss=0.1)
    selling = [
        chance("join_sanctions", state(), with_figure(given_, exports_target=value))
        for value in (exports, exports + extra)
    ]
    assert (selling[0] > selling[1]).all()
    said = [
        chance("join_sanctions", state(), setting({"stated_joining": value}))
        for value in (level, level + extra)
    ]
    assert (said[0] < said[1]).all()


@exactly
@given(st.floats(-1.0, 0.5), st.floats(0.05, 0.5), parts)
def test_troops_are_sent_the_less_the_more_displeasure_and_rule(
    level: float, extra: float, low: float
) -> None:
    angry = [chance("send_troops", state(opinion=value), setting()) for value in (level, level + extra)]
    assert (angry[0] > angry[1]).all()
    ruled = [
        chance("send_troops", state(rule=value), setting(**only("principle")))
        for value in (0.5 * low, 0.5 * low + 0.3)
    ]
    assert (ruled[0] > ruled[1]).all()
    pledged = [chance("send_troops", state(commitments=value), setting()) for value in (low, low + extra)]
    assert (pledged[0] > pledged[1]).all()
    selling = [
        chance("send_troops", state(), setting({"exports_west": value}, penalty_loss=0.1))
        for value in (low, low + extra)
    ]
    assert (selling[0] > selling[1]).all()


@exactly
@given(st.floats(0.0, 1.0), st.floats(0.05, 1.0))
def test_a_broken_rule_makes_joining_a_matter_of_principle_only_in_war(rule: float, extra: float) -> None:
    at_war, quiet = (
        [
            chance("join_sanctions", state(rule=value), setting({"at_war": war}, **only("principle")))
            for value in (rule, rule + extra)
        ]
        for war in (1.0, 0.0)
    )
    assert (at_war[0] < at_war[1]).all()
    assert np.array_equal(*quiet)


def test_who_is_asked() -> None:
    """With every rate 1, every draw 0 and base rates of a half, whatever is up is done."""
    given_ = setting(choice_intensity=0.0, **RATES)
    now = state(union=1.0)
    change = decided(now, given_, 0.0)
    told = {"left_security", "left_economic", "joined_now", "sent_now"}
    assert all(np.array_equal(change.flow[name], np.ones(SHAPE)) for name in told)
    wanted = {"ally": 0.0, "union": 0.0, "joined": 1.0, "sent": 1.0}
    assert set(change.state) == set(wanted)
    assert all(np.array_equal(change.state[name], np.full(SHAPE, value)) for name, value in wanted.items())
    for changed, figure, closed in (
        ({"ally": 0.0}, {}, {"left_security", "sent_now"}),
        ({"union": 0.0}, {}, {"left_economic"}),
        ({"joined": 1.0}, {}, {"joined_now"}),
        ({"sent": 1.0}, {}, {"sent_now"}),
        ({"war": 1.0}, {}, {"sent_now"}),
        ({}, {"at_war": 0.0}, {"sent_now"}),
        ({}, {"sanctions_on": 0.0}, {"joined_now"}),
        ({}, {"penalisable": 0.0}, {"joined_now"}),
    ):
        again = decided(replace(now, **{k: np.full_like(getattr(now, k), v) for k, v in changed.items()}),
                        with_figure(given_, **figure), 0.0)  # fmt: skip
        shut = {name for name in told if not again.flow[name].any()}
        assert shut == closed, (changed, figure)


@every
def test_an_occasion_comes_at_its_rate(decision: Decision) -> None:
    """Rate .3 and a base rate of ½: done below .15, not above, though .2 is below the rate and below ½."""
    given_ = setting(choice_intensity=0.0, **(dict.fromkeys(RATES, 0.3)))
    for draw_, done in ((0.149, 1.0), (0.2, 0.0), (0.31, 0.0)):
        change = decided(state(union=1.0), given_, draw_)
        assert np.array_equal(change.flow[decision.told], np.full(SHAPE, done))
        rows = change.flow[f"reasons.{decision.menu}"]
        assert rows[-1, 0] == (draw_ < 0.3)


@every
def test_what_the_calendar_orders_happens_and_stays(decision: Decision) -> None:
    ordered = np.array([0.0, 1.0])
    schedule = calendar(**{decision.menu: ordered})
    given_ = setting(schedule=schedule, **(dict.fromkeys(RATES, 0.0)))
    now = state(union=1.0)
    change = decided(now, given_, 0.999)
    assert np.array_equal(change.flow[decision.told], np.array([[0.0], [1.0]]))
    before = getattr(now, decision.field)
    assert np.array_equal(change.state[decision.field], np.array([[before[0, 0]], [decision.after]]))
    assert change.flow["evidence_membership"][:, 1].all()
    assert not change.flow["evidence_membership"][:, 0].any()
    assert not change.flow[f"reasons.{decision.menu}"].any()
    later = membership(replace(now, **change.state), flow(), given_, Given())
    assert not later.flow[decision.told].any()
    assert np.array_equal(later.state[decision.field], change.state[decision.field])


def test_an_order_to_the_focus_actor_is_no_reason_of_its_own() -> None:
    schedule = calendar(join_sanctions=np.array([1.0, 0.0]))
    change = decided(state(), setting(schedule=schedule, **RATES), 0.999)
    assert np.array_equal(change.flow["joined_now"], np.array([[1.0], [0.0]]))
    assert not change.flow["reasons.join_sanctions"].any()
    assert change.flow["reasons.leave_security"][-1, 0] == 1.0


def test_what_is_ordered_happens_against_every_reason() -> None:
    given_ = setting(
        {"stated_joining": -1.0}, schedule=calendar(join_sanctions=1.0), **only("principle", at=1e5)
    )
    assert chance("join_sanctions", state(), given_).max() == 0.0
    assert np.array_equal(decided(state(), given_).state["joined"], np.ones(SHAPE))


def test_the_calendar_cannot_send_troops_to_no_war() -> None:
    given_ = setting({"at_war": 0.0}, schedule=calendar(send_troops=1.0))
    assert not decided(state(), given_).flow["sent_now"].any()
    # An order needs no alliance.
    given_ = setting(schedule=calendar(send_troops=1.0))
    assert decided(state(ally=0.0), given_).flow["sent_now"].all()


@pytest.mark.parametrize("ended", [1.0, 2.0, 3.0])
def test_troops_come_home_when_the_war_is_over(ended: float) -> None:
    given_ = setting(**(dict.fromkeys(RATES, 0.0)))
    assert np.array_equal(decided(state(sent=1.0), given_).state["sent"], np.ones(SHAPE))
    assert not decided(state(sent=1.0, war=ended), given_).state["sent"].any()


def test_a_quiet_month_changes_nothing() -> None:
    now = state(union=1.0)
    change = decided(now, setting(), 0.999)
    assert all(np.array_equal(change.state[name], getattr(now, name)) for name in change.state)
    assert all(not values.any() for values in change.flow.values())
    assert change.flow["evidence_membership"].shape == (2, *SHAPE)
    assert all(change.flow[f"reasons.{menu}"].shape == (8, 1) for menu in MENUS)


def test_evidence_by_hand() -> None:
    """Joining, principle 1 alone, base 1 to 4, seen in full and by half: P_S = e²/(4 + e²), P_G = ⅕."""
    given_ = setting(
        {"stated_joining": 0.5},
        sincere_principle=2.0, gamer_principle=0.0, join_base_rate=0.2, observability_sanctioner=1.0,
        observability_target=0.5, **only("principle"), **RATES,
    )  # fmt: skip
    given_ = replace(given_, parameters={**given_.parameters, "review_rate": np.zeros(1)})
    sincere = np.exp(2.0) / (4.0 + np.exp(2.0))
    for lot, p, usual in ((0.0, sincere, 0.2), (0.999, 1.0 - sincere, 0.8)):
        ratio = decided(state(ally=0.0), given_, lot).flow["evidence_membership"]
        assert ratio[0] == pytest.approx(np.full(SHAPE, np.log(p / usual)))
        assert ratio[1] == pytest.approx(np.full(SHAPE, np.log((0.5 * p + 0.5 * usual) / usual)))


def test_evidence_of_several_acts_adds_up() -> None:
    def told(**rates: float) -> Array:
        return decided(state(union=1.0), setting(**(dict.fromkeys(RATES, 0.0) | rates)), 0.0).flow[
            "evidence_membership"
        ]

    apart = [told(**{name: 1.0}) for name in RATES]
    assert sum(apart) == pytest.approx(told(**RATES))
    assert all(one.any() for one in apart)


def test_what_an_act_does_to_beliefs_counts_by_whom_one_leans_to() -> None:
    """Joining tells of a distancer: worth more to who leans to the sanctioner, less to who leans to the target."""
    given_ = setting({"stated_joining": 1.0}, **(only("principle", "reputation")))
    west, east = (
        chance("join_sanctions", state(share=share), given_)
        for share in ((0.1, 0.7, 0.1, 0.1), (0.7, 0.1, 0.1, 0.1))
    )
    deaf = chance(
        "join_sanctions",
        state(),
        replace(given_, parameters={**given_.parameters, "audience_value": np.zeros(1)}),
    )
    assert (west > deaf).all()
    assert (deaf > east).all()


@every
def test_the_table_sums_to_the_log_odds(decision: Decision) -> None:
    given_ = setting(
        divisors={decision.menu: {"economy": 2.0, "security": 0.5, "reputation": 0.1}},
        choice_intensity=0.7, **{decision.base: 0.2}, **RATES,
    )  # fmt: skip
    now = state(union=1.0, menace=0.3, commitments=0.5)
    rows = decided(now, given_).flow[f"reasons.{decision.menu}"]
    base = np.full(SHAPE, 0.2)
    accounts, _ = weighed(decision, now, flow(), given_, base)
    scaled = given_.divisors[decision.menu]
    worth = sum(phi / scaled.get(name, 1.0) for name, phi in accounts.items())
    assert rows[:-1].sum(axis=0) == pytest.approx(np.log(0.25) + 0.7 * worth[0])
    for name, phi in accounts.items():
        assert rows[1 + ACCOUNTS.index(name)] == pytest.approx(0.7 * phi[0] / scaled.get(name, 1.0))


def wide(runs: int = 40) -> tuple[State, dict[str, Array], Setting]:
    """The small world drawn: every parameter, weight, figure and stock times its own draw from ½ to 1, by run."""
    generator = np.random.default_rng(3)

    def drawn(values: Array) -> Array:
        return values * generator.uniform(0.5, 1.0, (*values.shape[:-1], runs))

    base, now = setting(), state(menace=1.0, debt=1.0, commitments=1.0, abandoned=1.0, log_odds=1.0)
    given_ = replace(
        base,
        runs=runs,
        **{
            name: {key: drawn(value) for key, value in getattr(base, name).items()}
            for name in ("parameters", "figures", "weights", "sincere", "gamer")
        },
    )
    now = replace(now, **{item.name: drawn(getattr(now, item.name)) for item in fields(State)})
    return now, {name: drawn(value) for name, value in flow().items()}, given_


@every
def test_columns_and_whole_arrays_agree(decision: Decision) -> None:
    """Accounts, reputation and evidence of 60 columns, taken out before or after; and of none at all."""
    now, quantities, given_ = wide()
    shape = (now.ally.shape[0], now.ally.shape[1])
    generator = np.random.default_rng(4)
    base = np.broadcast_to(given_[decision.base], shape)
    whole, told = weighed(decision, now, quantities, given_, base)
    for count in (60, 0):
        decider, run = (generator.integers(0, size, count) for size in shape)
        some = Occasion(decider, run, np.zeros(count), shape)
        near = some.setting(given_)
        accounts, ratio = weighed(decision, some.state(now), some.flow(quantities), near, near[decision.base])
        assert set(whole) == set(accounts) >= {"domestic", "autonomy", "principle", "reputation"}
        for name, phi in accounts.items():
            assert phi.shape == (count,), name
            assert phi == pytest.approx(whole[name][decider, run], abs=1e-14), name
        assert ratio == pytest.approx(told[..., decider, run], abs=1e-14)


def test_in_the_shipped_case_members_face_what_members_face() -> None:
    """One month: leaving the union costs Kazakhstan preferences, and who is outside is not asked."""
    now, given_ = draw(plain(), SEED, 0)
    quantities = quiet(now, given_)
    brought = {decision.menu: decision.accounts(now, quantities, given_) for decision in DECISIONS}
    kaz = plain().deciders.index("KAZ")
    for menu in ("leave_economic", "send_troops"):
        assert (brought[menu]["economy"][kaz] < 0).all()
    assert (brought["send_troops"]["principle"][kaz] < 0).all()
    rates = {name: np.ones(given_.runs) for name in RATES}
    given_ = replace(given_, parameters={**given_.parameters, **rates})
    change = membership(now, quantities, given_, Shocks(SEED, 0, plain().deciders, 1).month(0))
    for told, open_to in (
        ("left_security", now.ally),
        ("left_economic", now.union),
        ("sent_now", now.ally),
    ):
        closed = np.max(open_to, axis=-1) == 0
        assert closed.any(), told
        assert not change.flow[told][closed].any(), told
        assert change.flow[told][~closed].any(), told
