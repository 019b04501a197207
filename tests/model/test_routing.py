"""Evasion: the shares of routes, the inverse that the truncation equals, and who gains by a sanction."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import SHAPE, Given, exactly, flow, setting, state

from tightrope.model.routing import hub_shares, route_weight, routing, volume_left
from tightrope.model.state import Setting, State

costs = st.floats(1.05, 3.0)
elasticities = st.floats(4.0, 12.0)


def test_route_weight_by_hand() -> None:
    """Twice the cost at elasticity 3 attracts an eighth."""
    assert route_weight(2.0, 3.0) == pytest.approx(1 / 8)


def test_hub_shares_by_hand() -> None:
    found = hub_shares(np.array([2.0]), np.array([[1.0], [5.0]]))
    assert found[:, 0] == pytest.approx([1 / 8, 5 / 8])


@exactly
@given(st.lists(st.tuples(costs, costs, st.floats(0.0, 1.0)), min_size=1, max_size=5), costs, elasticities)
def test_shares_are_those_of_the_inverse_where_hubs_do_not_chain(
    hubs: list[tuple[float, float, float]], direct: float, elasticity: float
) -> None:
    """Allen and Arkolakis sum all routes, B = (I - A D)⁻¹ A; with one hub at most that is A + A D A."""
    size = len(hubs)
    graph = np.zeros((size + 2, size + 2))
    pass_ = np.eye(size + 2)
    graph[0, -1] = route_weight(direct, elasticity)
    for place, (there, onward, compliance) in enumerate(hubs, start=1):
        graph[0, place], graph[place, -1] = route_weight(there, elasticity), route_weight(onward, elasticity)
        pass_[place, place] = np.exp(-2.0 * compliance)
    whole = np.linalg.solve(np.eye(size + 2) - graph @ pass_, graph)[0, -1]
    via = np.array([graph[0, k] * pass_[k, k] * graph[k, -1] for k in range(1, size + 1)])[:, None]
    found = hub_shares(np.array([graph[0, -1]]), via)
    assert found[:, 0] == pytest.approx(via[:, 0] / whole, abs=1e-12)
    assert found.sum() + graph[0, -1] / whole == pytest.approx(1.0, abs=1e-12)


def test_the_illustration_of_the_model_text() -> None:
    """One hub of route cost 9^(1/8) = 1.316 at θ = 8: .10 of the flow; .63 with σ = .4067 on the direct route;
    .0003 once the hub complies in full at κ = 8.643 (d = 1.76e-4; within the usual κ ≤ 4 it stays above .03).
    """
    elasticity, via = 8.0, route_weight(9.0**0.125, 8.0)
    before = hub_shares(np.array([1.0]), np.array([[via]]))
    sanctioned = route_weight(1.4067, elasticity)
    under = hub_shares(np.array([sanctioned]), np.array([[via]]))
    comply = hub_shares(np.array([sanctioned]), np.array([[via * np.exp(-8.643)]]))
    assert before.item() == pytest.approx(0.10, abs=1e-12)
    assert under.item() == pytest.approx(0.63, abs=5e-4)
    assert comply.item() == pytest.approx(0.0003, abs=5e-7)
    assert hub_shares(np.array([sanctioned]), np.array([[via * np.exp(-4.0)]])).item() > 0.03


def test_volume_left_by_hand() -> None:
    """A quarter of the weight at ε = θ/2 leaves a half; more weight than before leaves all."""
    assert volume_left(0.25, 1.0, 2.0, 4.0) == pytest.approx(0.5)
    assert volume_left(1.5, 1.0, 2.0, 4.0) == 1.0


@exactly
@given(st.floats(0.01, 0.8), st.floats(0.01, 0.19), st.floats(3.0, 8.0), elasticities)
def test_more_of_the_routes_weight_leaves_more_trade(
    weight: float, extra: float, trade: float, routes: float
) -> None:
    assert volume_left(weight + extra, 1.0, trade, routes) > volume_left(weight, 1.0, trade, routes)


def month(now: State, given_: Setting, **quantities: object) -> dict[str, np.ndarray]:
    return dict(routing(now, flow(**quantities), given_, Given()).flow)


UNION = np.array([[0.0], [1.0]])


def by_hand(**figure: object) -> Setting:
    """θ = 2 and ε = 1. AAA has a border to cross: 2 × (1 + ½ + ½) = 4; BBB has none: 4/3 × 1½ = 2."""
    return setting(
        {
            "detour": np.array([[2.0], [4 / 3]]),
            "gdp": 200.0,
            **figure,
        },
        routing_elasticity=2.0,
        trade_elasticity=1.0,
        sanction_cost=1.0,
        distance_elasticity=1.0,
        transit_cost=0.5,
        border_cost=0.5,
        hub_size_elasticity=0.0,
        compliance_friction=np.log(4.0),
        other_route_cost=4.0,
        sanctioned_fraction=0.5,
    )


def test_a_month_by_hand() -> None:
    """Sixteenths: before, direct 16, elsewhere 1, AAA 1, BBB 4: 22; now direct 4 and BBB, which complies, 1: 7.

    √(7/22) of the trade is left, 1/7 of it through each. Without the sanctions, controlled as now, the routes
    weigh 16 + 1 + 1 + 1 = 19 and √(19/22) of the trade would be left, 1/19 of it through each. Would BBB not
    comply, it were 4 of 10, and without the sanctions 4 of 22.
    """
    found = month(state(compliance=np.array([[0.0], [1.0]]), union=UNION), by_hand())
    assert found["evasion_share"][:, 0] == pytest.approx([1 / 7, 1 / 7])
    evaded = np.sqrt(7 / 22) / 7 - np.sqrt(19 / 22) / 19
    free = np.array([evaded, np.sqrt(10 / 22) * 4 / 10 - 4 / 22])
    # The West exports 100 to the target, half of it sanctioned, and each hub's economy is 200.
    assert found["evasion"][:, 0] == pytest.approx(25.0 * np.array([evaded, evaded]))
    assert found["evasion_free"][:, 0] == pytest.approx(25.0 * free)
    assert found["evasion_free_value"][:, 0] == pytest.approx(50.0 * free)


def test_a_hub_under_sanctions_by_hand() -> None:
    """BBB's way costs 2 × 2 now: of 4 sixteenths 1 is left, of 7 in all, and its usual 4/22 are taken off."""
    found = month(state(union=UNION), by_hand(sanctioned=np.array([[0.0], [1.0]])))
    assert found["evasion_share"][:, 0] == pytest.approx([1 / 7, 1 / 7])
    assert found["evasion"][:, 0] == pytest.approx([25.0 * (np.sqrt(7 / 22) / 7 - 1 / 22), 0.0])


def test_a_customs_union_saves_the_border_and_nothing_else() -> None:
    """At equal ways a member carries ((1 + t + b) / (1 + t))^θ times as much."""
    given_ = setting(transit_cost=0.25, border_cost=0.5, routing_elasticity=4.0)
    share = month(state(union=UNION), given_)["evasion_share"]
    assert share[1] / share[0] == pytest.approx((1.75 / 1.25) ** 4)


def test_handling_at_a_hub_keeps_traffic_off_every_hub() -> None:
    cheap, dear = (month(state(union=1.0), setting(transit_cost=t))["evasion_share"] for t in (0.1, 0.3))
    assert (dear < cheap).all()


@exactly
@given(elasticities, st.floats(3.0, 8.0))
def test_without_sanctions_and_controls_all_that_passes_is_usual_transit(routes: float, trade: float) -> None:
    given_ = setting(routing_elasticity=routes, trade_elasticity=trade)
    found = month(state(), given_, sanctions=0.0)
    assert (found["evasion_share"] > 0.0).all()
    for name in ("evasion", "evasion_free", "evasion_free_value"):
        assert found[name] == pytest.approx(np.zeros(SHAPE), abs=1e-12), name


@exactly
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), elasticities, st.floats(3.0, 8.0))
def test_without_sanctions_nothing_is_evaded(mine: float, other: float, routes: float, trade: float) -> None:
    """What passes through hubs is then their usual transit, however they comply."""
    given_ = setting(
        {"sanctioned": np.array([[0.0], [1.0]])}, routing_elasticity=routes, trade_elasticity=trade
    )
    found = month(state(compliance=np.array([[mine], [other]])), given_, sanctions=0.0)
    for name in ("evasion", "evasion_free", "evasion_free_value"):
        assert found[name] == pytest.approx(np.zeros(SHAPE), abs=1e-12), name


@exactly
@given(st.floats(4.0, 8.0), st.floats(0.1, 1.5), st.floats(1.0, 4.0))
def test_routes_are_closer_substitutes_than_origins(routes: float, sanction: float, more: float) -> None:
    """ε counts for at most .9 θ: beyond, trade would shrink faster than it moves, and hubs would lose by sanctions."""
    limit, beyond = (
        month(state(), setting(routing_elasticity=routes, trade_elasticity=trade, sanction_cost=sanction))
        for trade in (0.9 * routes, routes + more)
    )
    for name in ("evasion", "evasion_free"):
        assert (beyond[name] > 0.0).all()
        assert beyond[name] == pytest.approx(limit[name], rel=1e-12)


def test_a_sanctioned_hub_is_dearer_itself() -> None:
    given_ = setting({"sanctioned": np.array([[1.0], [0.0]])}, sanction_cost=1.0, routing_elasticity=4.0)
    share = month(state(), given_)["evasion_share"]
    assert share[0] / share[1] == pytest.approx(2.0**-4)


def test_size_of_the_hub() -> None:
    """Twice the economy attracts 2^0.7 times the traffic; in percent of it that is 2^(0.7 - 1)."""
    given_ = setting({"gdp": np.array([[400.0], [200.0]])}, hub_size_elasticity=0.7)
    found = month(state(), given_)
    assert found["evasion_share"][0] / found["evasion_share"][1] == pytest.approx(2.0**0.7)
    assert found["evasion"][0] / found["evasion"][1] == pytest.approx(2.0**-0.3)


compliance = st.floats(0.0, 0.8)


@exactly
@given(compliance, compliance, st.floats(0.1, 2.0), elasticities, st.floats(1.0, 4.0))
def test_shares_are_a_part_of_the_whole(
    mine: float, other: float, sanction: float, routes: float, friction: float
) -> None:
    given_ = setting(sanction_cost=sanction, routing_elasticity=routes, compliance_friction=friction)
    found = month(state(compliance=np.array([[mine], [other]])), given_)
    assert (found["evasion_share"] > 0).all()
    assert found["evasion_share"].sum() < 1.0
    assert (found["evasion_free"] >= found["evasion"] - 1e-15).all()
    everybody = found["evasion"] * given_.figures["gdp"] / 100.0
    assert everybody.sum() <= 100.0 * given_["sanctioned_fraction"].item()


@exactly
@given(compliance, st.floats(0.1, 1.5), st.floats(0.05, 1.0), elasticities)
def test_a_sanction_raises_every_hubs_share(
    level: float, sanction: float, extra: float, routes: float
) -> None:
    before, after = (
        month(state(compliance=level), setting(sanction_cost=s, routing_elasticity=routes))["evasion_share"]
        for s in (sanction, sanction + extra)
    )
    assert (after > before).all()


@exactly
@given(compliance, compliance, st.floats(0.05, 0.2), elasticities, st.floats(1.0, 4.0))
def test_compliance_moves_traffic_from_oneself_to_the_other(
    mine: float, other: float, extra: float, routes: float, friction: float
) -> None:
    given_ = setting(routing_elasticity=routes, compliance_friction=friction)
    before, after = (
        month(state(compliance=np.array([[c], [other]])), given_)["evasion_share"]
        for c in (mine, mine + extra)
    )
    assert after[0] < before[0]
    assert after[1] > before[1]


def test_without_compliance_nothing_is_held_back() -> None:
    found = month(state(), setting())
    assert found["evasion_free"] == pytest.approx(found["evasion"], rel=1e-14)
    assert found["evasion"].shape == SHAPE


@exactly
@given(st.floats(1.0, 2.0), st.floats(0.05, 1.0))
def test_a_longer_way_round_carries_less(detour: float, extra: float) -> None:
    before, after = (
        month(state(), setting({"detour": d}))["evasion_share"] for d in (detour, detour + extra)
    )
    assert (after < before).all()
