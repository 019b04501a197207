"""The organ's decision: two-option voting, vetoes by hand, and who sits in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.shipped import SEED, case, plain
from tests.model.small import SHAPE, exactly, flow, only, setting, state

from tightrope.model.account import utility
from tightrope.model.build import _organ
from tightrope.model.choice import Array, logistic, tilt_odds
from tightrope.model.council import LEADER, council, leaning, veto_accounts, vetoes
from tightrope.model.draw import draw
from tightrope.model.occasion import Occasion
from tightrope.model.scale import scales
from tightrope.model.state import Setting, State

supports = st.lists(st.floats(-2.0, 2.0), min_size=2, max_size=6)


def column(*values: float) -> Array:
    return np.array(values)[:, None]


def asks(decider: int) -> Occasion:
    """One request, of this decider in the only run."""
    return Occasion(np.array([decider]), np.array([0]), np.array([0.5]), SHAPE)


def two(first: float, second: float) -> Array:
    """One value for AAA and one for BBB (2, 1)."""
    return np.array([[first], [second]])


def power(first: float, second: float) -> dict[str, Array]:
    """Military spending of AAA and of BBB, and the strength that comes of it, in tenths of the target's."""
    return {"capability": two(first, second), "strength": two(min(1.0, first), min(1.0, second))}


@exactly
@given(supports, st.lists(st.floats(0.1, 3.0), min_size=6, max_size=6), st.floats(0.3, 3.0))
def test_two_options_are_the_ratio_of_supports(
    worth: list[float], weight: list[float], exponent: float
) -> None:
    """V = S_for^ν / (S_for^ν + S_against^ν), put together here voter by voter."""
    found = logistic(leaning(column(*worth), column(*weight[: len(worth)]), exponent))
    pro = sum(w * u for u, w in zip(worth, weight, strict=False) if u > 0)
    contra = sum(-w * u for u, w in zip(worth, weight, strict=False) if u < 0)
    if min(pro, contra) > 1e-6:
        assert found == pytest.approx([pro**exponent / (pro**exponent + contra**exponent)], abs=1e-11)
    elif pro > contra == 0:
        assert found == pytest.approx([1.0], abs=1e-12)
    elif contra > pro == 0:
        assert found == pytest.approx([0.0], abs=1e-12)


def test_the_vote_by_hand() -> None:
    """Weights 1, 2, 3 and worths 4, -1, 0: 4 against 2, squared 16 to 4. Nobody caring: a coin."""
    odds = leaning(column(4.0, -1.0, 0.0), column(1.0, 2.0, 3.0), 2.0)
    assert np.exp(odds) == pytest.approx([4.0])
    assert leaning(column(0.0, 0.0), column(1.0, 1.0), 2.0) == pytest.approx([0.0])


@exactly
@given(supports, st.integers(0, 1), st.floats(0.05, 1.0))
def test_who_is_won_over_brings_the_decision_nearer(worth: list[float], who: int, more: float) -> None:
    weight = np.arange(1.0, 1.0 + len(worth))[:, None]
    better = [u + more * (place == who) for place, u in enumerate(worth)]
    assert (leaning(column(*better), weight, 1.0) >= leaning(column(*worth), weight, 1.0)).all()
    assert leaning(-column(*worth), weight, 1.0) == pytest.approx(
        -leaning(column(*worth), weight, 1.0), abs=1e-9
    )


def test_accounts_of_a_veto_by_hand() -> None:
    given_ = setting({"strength": 0.3}, veto_precedent=0.5)
    found = veto_accounts(state(defection=0.1, menace=0.4, rule=0.7), flow(outside_threat=0.2), given_)
    assert set(found) == {"security", "autonomy", "principle"}
    assert found["security"] == pytest.approx(np.full(SHAPE, -0.3))
    assert found["autonomy"] == pytest.approx(np.full(SHAPE, 0.3 + 0.2))
    assert found["principle"] == pytest.approx(np.full((1, 1), 0.2))
    calm = veto_accounts(state(defection=0.0), flow(outside_threat=0.0), setting({"strength": 0.0}))
    assert all(not phi.any() for phi in calm.values())


def chance(now: State, given_: Setting, leader: float = 0.0, asker: int = 0, **given: object) -> Array:
    """P(sent | asked) of one request."""
    return council(now, flow(**given), given_, asks(asker), np.array([leader]))[0]


def test_consensus_by_hand() -> None:
    """Leader 3 to 1 times e^{ln 2} = 6 to 1; BBB vetoes at 1 to 9 times e^{.5 - .3 × 2} (divisor ½), and asks not."""
    given_ = setting(
        power(9.0, 0.5),
        divisors={"veto": {"security": 0.5}},
        grant_base_rate=0.75,
        veto_base_rate=0.1,
        veto_precedent=0.0,
    )
    now = state(defection=np.array([[[0.9], [0.1]], [[0.1], [0.1]]]), rule=0.5)
    veto = np.exp(-0.1) / (9.0 + np.exp(-0.1))
    found, usual = council(now, flow(outside_threat=0.2), given_, asks(0), np.array([np.log(2.0)]))
    assert found == pytest.approx([6 / 7 * (1.0 - veto)], abs=1e-12)
    assert usual == pytest.approx([0.75 * 0.9], abs=1e-12)


def test_majority_by_hand() -> None:
    """For: the leader, ten times ¼. Against: BBB, of strength .5, whose veto is worth .5. Ratio 10, π4 three to one."""
    given_ = setting(power(9.0, 0.5), grant_base_rate=0.75, council_decisiveness=2.0, veto_precedent=0.0)
    given_ = replace(given_, organ="majority")
    now = state(defection=0.0, rule=0.5)
    found, usual = council(now, flow(outside_threat=0.0), given_, asks(0), np.array([0.25]))
    assert LEADER == 10.0
    assert found == pytest.approx([300.0 / 301.0], abs=1e-12)
    assert usual == pytest.approx([0.75])
    # The leader alone against it is outvoted by none so weak.
    assert chance(now, given_, -0.25, outside_threat=0.0) == pytest.approx([0.0], abs=1e-12)


def test_a_leader_decides_alone() -> None:
    given_ = replace(setting(grant_base_rate=0.75, veto_base_rate=0.5), organ="leader")
    assert chance(state(), given_, np.log(2.0)) == pytest.approx([6 / 7])
    assert chance(state(), replace(given_, organ="consensus"), np.log(2.0)) < 6 / 7


@pytest.mark.parametrize("organ", ["consensus", "majority"])
def test_only_members_but_the_asker_have_a_say(organ: str) -> None:
    """With BBB outside there is no veto; what AAA itself thinks of a precedent counts only where BBB asks."""
    strong = setting(power(8.0, 0.1), veto_base_rate=0.3, grant_base_rate=0.6)
    weak = setting(power(0.0, 0.1), veto_base_rate=0.3, grant_base_rate=0.6)
    strong, weak = (replace(one, organ=organ) for one in (strong, weak))
    now = state(defection=0.0, rule=0.7)
    assert np.array_equal(chance(now, strong, 0.2), chance(now, weak, 0.2))
    assert chance(now, strong, 0.2, asker=1) < chance(now, weak, 0.2, asker=1)
    alone = state(defection=0.0, ally=two(1.0, 0.0))
    wanted = 0.6 if organ == "consensus" else 1.0
    found = chance(alone, strong, 1e-15 if organ == "consensus" else 0.2)
    assert found == pytest.approx([wanted], abs=1e-12)
    assert chance(now, strong, 0.2) < found if organ == "majority" else chance(now, strong, 1e-15) < found


@pytest.mark.parametrize(
    ("account", "more", "sign"),
    [
        ("security", {"defection": 0.6}, 1),
        ("security", {"outside_threat": 0.9}, 1),
        ("autonomy", {"menace": 0.9}, -1),
        ("principle", {"rule": 0.9}, -1),
    ],
)
@pytest.mark.parametrize("organ", ["consensus", "majority"])
def test_what_moves_a_member(account: str, more: dict[str, float], sign: int, organ: str) -> None:
    """May need the same help: less veto. Threatened by the leader, or a strong rule against force: more."""
    given_ = replace(setting(**only(account), veto_base_rate=0.1), organ=organ)
    quiet = state(defection=0.1, menace=0.2, rule=0.6)
    fields_ = {name: value for name, value in more.items() if name != "outside_threat"}
    moved = state(**{"defection": 0.1, "menace": 0.2, "rule": 0.6, **fields_})
    threat = more.get("outside_threat", 0.2)
    # The leader's worth is against the member's, so that neither side of a vote is empty.
    leader = 0.3 * -sign if account == "security" else 0.3
    before = chance(quiet, given_, leader)
    after = chance(moved, given_, leader, outside_threat=threat)
    assert (sign * (after - before) > 0).all()


def test_a_strong_member_vetoes_sooner() -> None:
    weak, strong = (setting(power(0.2, own), veto_base_rate=0.1) for own in (0.1, 0.9))
    assert (chance(state(), strong) < chance(state(), weak)).all()


@exactly
@given(
    st.floats(0.05, 0.95),
    st.floats(0.01, 0.5),
    st.floats(-2.0, 2.0),
    st.sampled_from(["consensus", "majority"]),
)
def test_without_intensity_all_decide_at_their_base_rates(
    base: float, veto: float, leader: float, organ: str
) -> None:
    given_ = setting(grant_base_rate=base, veto_base_rate=veto, choice_intensity=0.0)
    found, usual = council(
        state(menace=1.0), flow(), replace(given_, organ=organ), asks(0), np.array([leader])
    )
    assert np.array_equal(found, usual)
    assert found == pytest.approx([base * (1.0 - veto) if organ == "consensus" else base], abs=1e-15)


@exactly
@given(st.floats(0.01, 0.5), st.floats(-3.0, 3.0), st.floats(0.0, 3.0))
def test_a_veto_is_the_tilt_of_its_base_rate(base: float, worth: float, intensity: float) -> None:
    given_ = setting(veto_base_rate=base, choice_intensity=intensity)
    odds = base / (1.0 - base) * np.exp(intensity * worth)
    assert vetoes(np.array([worth]), given_) == pytest.approx([odds / (1.0 + odds)], abs=1e-12)


def test_whole_arrays_and_columns_agree() -> None:
    now, month = state(defection=np.array([[[0.2], [0.7]], [[0.1], [0.3]]]), menace=two(0.1, 0.6)), flow()
    given_ = setting(power(0.2, 0.4))
    up = Occasion(np.array([1, 0]), np.array([0, 0]), np.zeros(2), SHAPE)
    whole = veto_accounts(now, month, given_)
    part = veto_accounts(up.state(now), up.flow(month), up.setting(given_))
    for name, phi in whole.items():
        wanted = np.broadcast_to(phi, SHAPE)[[1, 0], 0]
        assert np.array_equal(np.broadcast_to(part[name], 2), wanted), name


@pytest.mark.parametrize("organ", ["consensus", "majority", "leader"])
def test_requests_are_decided_each_by_itself(organ: str) -> None:
    """Both ask in one run: each gets what it gets when it asks alone; nobody asking gives nothing."""
    now, month = state(menace=two(0.1, 0.6)), flow(outside_threat=two(0.5, 0.1))
    given_ = replace(setting(power(0.2, 0.4), veto_base_rate=0.2), organ=organ)
    worth = np.array([0.4, -0.3])
    together = council(
        now, month, given_, Occasion(np.array([0, 1]), np.zeros(2, int), np.zeros(2), SHAPE), worth
    )
    for place in (0, 1):
        alone = council(now, month, given_, asks(place), worth[[place]])
        assert together[0][place] == pytest.approx(alone[0].item(), abs=1e-15)
        assert together[1][place] == pytest.approx(alone[1].item(), abs=1e-15)
    none = Occasion(np.zeros(0, int), np.zeros(0, int), np.zeros(0), SHAPE)
    assert all(found.shape == (0,) for found in council(now, month, given_, none, np.zeros(0)))


def test_vetoes_are_those_of_the_run_of_the_request() -> None:
    """In the shipped case, requests of three runs: the vetoes of all states and runs at once, put together here."""
    state_, setting_ = draw(plain(), SEED, 0)
    quantities = {"outside_threat": setting_.figures["outside_threat"]}
    worth = utility(
        veto_accounts(state_, quantities, setting_), setting_.weights, setting_.divisors.get("veto", {})
    )
    veto = np.broadcast_to(vetoes(worth, setting_), state_.ally.shape)
    members = np.flatnonzero(state_.ally[:, 0])
    assert len(members) > 2
    asker, run = members[[0, 1, 0]], np.array([400, 7, 21])
    request = Occasion(asker, run, np.zeros(3), state_.ally.shape)
    sends = np.array([0.3, -0.2, 0.1])
    found, _ = council(state_, quantities, setting_, request, sends)
    for place in range(3):
        leader = tilt_odds(setting_["grant_base_rate"][run[place]], sends[[place]])
        others = members[members != asker[place]]
        wanted = leader * np.prod(1.0 - veto[others, run[place]])
        assert found[place] == pytest.approx(wanted.item(), abs=1e-14)


def test_the_organ_is_that_of_the_targets_security_institution() -> None:
    assert plain().organ == "consensus"
    led = [one for one in case().institutions if one.role == "security" and one.leader == case().about.target]
    assert [one.decides_by for one in led] == ["consensus"]
    others = tuple(one for one in case().institutions if one not in led)
    for rule in ("majority", "leader"):
        changed = (*others, led[0].model_copy(update={"decides_by": rule}))
        assert _organ(case().model_copy(update={"institutions": changed})) == rule
    # Economic unions and forums have no say in this; where there is no such institution, nobody is passed over.
    assert _organ(case().model_copy(update={"institutions": others})) == "consensus"


def test_vetoes_have_a_scale() -> None:
    found = scales(plain())
    assert set(found["veto"]) == {"security", "autonomy", "principle"}
    assert all(0.01 < scale < 0.9 for scale in found["veto"].values())
    assert 0.01 < found["intervene"]["reputation"] < 0.9
