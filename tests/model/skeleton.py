"""The expected-value skeleton of the model: probabilities instead of draws, no seeds (model.md §6.6).

The months are run by the model's own `step`, on stages in which a mechanism that draws is replaced by its expectation,
computed with the same probability functions; the others run as they are, without shocks. Parameters stand at their
modes, figures in the middle of their ranges. Left out: memberships, recognition, symbolic acts, reforms, crises,
retaliation, the global game, and the end of the war, which goes on. It is not the Monte Carlo mean: an expectation put
through a curve is not the expectation of what comes out. `python -m tests.model.skeleton` writes `skeleton.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from tests.model.shipped import plain

from tightrope.model.account import utility
from tightrope.model.alignment import alignment
from tightrope.model.belief import acts_evidence, belief, reputation
from tightrope.model.blueprint import Blueprint
from tightrope.model.choice import Array, choice, logistic
from tightrope.model.commitment import commitment
from tightrope.model.compliance import MENU, compliance_accounts, penalty_hazard, persistence
from tightrope.model.contest import contest
from tightrope.model.economy import economy
from tightrope.model.occasion import decide, occasions
from tightrope.model.opening import opened
from tightrope.model.opinion import opinion
from tightrope.model.parameters import Range, table
from tightrope.model.routing import routing
from tightrope.model.rule import rule
from tightrope.model.rupture import rupture
from tightrope.model.scale import scales
from tightrope.model.security import asking_accounts, granted
from tightrope.model.stability import stability
from tightrope.model.state import Change, Flow, Mechanism, Month, Setting, State
from tightrope.model.step import step
from tightrope.model.tally import SCORE
from tightrope.model.vote import baseline, vote_accounts
from tightrope.model.world import world

PINNED = Path(__file__).parent / "skeleton.json"
MONTHS = 24
QUARTERS = (5, 11, 17, 23)
# The median of a half-normal, which is what parameters.yaml gives as its mode.
MIDDLE = 0.6744897501960817


@dataclass(frozen=True)
class Expected:
    """A month without shocks: everything normal is 0, and a uniform draw never falls below a probability."""

    index: int
    deciders: int

    def uniform(self, kind: str) -> Array:
        """Ones, so that nothing occurs by chance."""
        return np.ones((self.deciders, 1))

    def normal(self, kind: str) -> Array:
        """No shock of one's own."""
        return np.zeros((self.deciders, 1))

    def world(self, kind: str) -> Array:
        """No shock that all share."""
        return np.zeros(1)

    lot = world


# The start.


def central(found: Range) -> float:
    """The mode of a range; of a half-normal its median, of a counted rate its mean, else the middle."""
    if found.shape == "half_normal":
        return MIDDLE
    if found.shape == "counted":
        return (1.0 + found.low) / (2.0 + found.low + found.high)
    return 0.5 * (found.low + found.high) if found.mode is None else found.mode


def _point(found: Range) -> Range:
    value = central(found)
    return Range(value, value)


def middle(blueprint: Blueprint) -> Blueprint:
    """The blueprint with every range at its central value, and no spread of opinions: one voice, their mean."""
    known = {name: _point(found) for name, found in blueprint.parameters.items()}
    known |= {name: Range(0.0, 0.0) for name in ("prior_spread", "opinion_unknown")}
    voices = {
        place: {"mean": _point(Range(mean, mean))}
        for place, heard in blueprint.voices.items()
        if heard
        for mean in [float(np.mean([central(one) for one in heard.values()]))]
    }
    return replace(
        blueprint,
        parameters=known,
        figures={name: _point(found) for name, found in blueprint.figures.items()},
        positions={key: _point(found) for key, found in blueprint.positions.items()},
        opinions={key: _point(found) for key, found in blueprint.opinions.items()},
        voices=voices,
        events={key: replace(one, strength=_point(one.strength)) for key, one in blueprint.events.items()},
        acts=tuple(
            replace(act, accounts={name: _point(found) for name, found in act.accounts.items()})
            for act in blueprint.acts
        ),
        commitments=tuple(replace(one, strength=_point(one.strength)) for one in blueprint.commitments),
        threats=tuple(replace(one, strength=_point(one.strength)) for one in blueprint.threats),
    )


def start(**parameters: float) -> tuple[State, Setting]:
    """The start of the shipped case with all at its middle but the given parameters, as one run."""
    centred = middle(plain())
    given = {name: Range(value, value) for name, value in parameters.items()}
    assert set(given) <= set(table())
    state, setting = opened(
        replace(centred, parameters={**centred.parameters, **given}), 0, 0, scales(plain())
    )
    return State(**{item.name: _first(getattr(state, item.name)) for item in fields(State)}), replace(
        setting,
        runs=1,
        parameters=_firsts(setting.parameters),
        figures=_firsts(setting.figures),
        weights=_firsts(setting.weights),
        sincere=_firsts(setting.sincere),
        gamer=_firsts(setting.gamer),
        schedule=replace(
            setting.schedule,
            votes=tuple(replace(one, log_base=_first(one.log_base)) for one in setting.schedule.votes),
        ),
        menu=(),
    )


def _first(values: Array) -> Array:
    assert (values == values[..., :1]).all(), "runs differ where nothing is drawn"
    return values[..., :1].copy()


def _firsts(values: Mapping[str, Array]) -> dict[str, Array]:
    return {name: _first(value) for name, value in values.items()}


# The mechanisms that draw, by their expectations.


def heard(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """The month's outside quantities without shocks; threatening words at their expected rate."""
    silent = world(state, flow, setting, month)
    mark = 1.0 - np.exp(-setting["rhetoric_rate"])
    expected = mark * setting["rhetoric_strength"] * setting.figures["neighbour"]
    return replace(silent, state={"menace": silent.state["menace"] + expected})


def asked(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Request × intervention in an emergency; troops, debt and refusals as expected numbers."""
    open_to = (flow["emergency"] > 0) & (state.ally > 0)
    up = occasions(np.zeros(open_to.shape), 1.0, open_to)
    asks, sent = np.zeros(open_to.shape), np.zeros(open_to.shape)
    if up.run.size:
        seen = up.setting(setting)
        help_, usual = granted(state, flow, setting, up)
        accounts = asking_accounts(up.state(state), seen, help_, usual)
        base = np.broadcast_to(seen["request_base_rate"], up.run.shape)
        _, p_ask = decide(up, base, accounts, seen, "request")
        free = 1.0 - up.at(state.troops)
        asks, sent = up.spread(free * p_ask), up.spread(free * p_ask * help_)
    leave = np.clip(
        setting["withdrawal_base"] + setting["withdrawal_calm"] * (1.0 - state.defection[0]), 0.0, 1.0
    )
    return Change(
        state={
            "defection": state.defection * (1.0 - setting["intervention_effect"] * sent),
            "debt": state.debt * _kept(setting["debt_half_life"]) + sent,
            "troops": state.troops * (1.0 - leave) + sent,
            "abandoned": state.abandoned * _kept(setting["abandon_half_life"]) + asks - sent,
        },
        flow={"request": asks, "intervention": sent},
    )


def complied(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Expected enforcement, undertaking and evidence: over the menu, and over being under a penalty or not."""
    base = persistence(state.compliance, setting["compliance_stickiness"])
    chance, told = np.zeros_like(base), np.zeros_like(state.log_odds)
    for penalised, weight in ((0.0, 1.0 - state.penalised), (1.0, state.penalised)):
        known = replace(state, penalised=np.full_like(state.penalised, penalised))
        p, ratio = _chosen(known, compliance_accounts(known, flow, setting), base, setting, "compliance")
        chance += weight * p
        told += weight * (p * ratio).sum(axis=1)
    gap = (MENU[:, None, None] - state.compliance) * setting.figures["penalisable"]
    moved = setting["compliance_speed"] * (chance * gap).sum(axis=0)
    return Change(
        state={"compliance": state.compliance + moved},
        flow={"stricter": (chance * np.maximum(gap, 0.0)).sum(axis=0), "evidence_compliance": told},
    )


def voted(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Expected score of each vote of the month, and what the votes tell on average."""
    found: dict[str, Array] = {}
    told = np.zeros_like(state.log_odds)
    for item in setting.schedule.votes:
        if item.month == month.index:
            accounts = vote_accounts(state, setting, item)
            p, ratio = _chosen(state, accounts, baseline(item, accounts["security"].shape), setting, "vote")
            found[f"score.{item.id}"] = np.tensordot(SCORE, p, axes=1)
            told = told + (p * ratio).sum(axis=1)
    return Change(flow={**found, "evidence_vote": told})


def _chosen(
    state: State, accounts: dict[str, Array], base: Array, setting: Setting, menu: str
) -> tuple[Array, Array]:
    """The probabilities of a menu (K, N, R) and what each alternative tells (A, K, N, R)."""
    ratio = acts_evidence(base, accounts, setting, menu)
    accounts = {**accounts, "reputation": reputation(state, ratio, setting)}
    worth = utility(accounts, setting.weights, setting.divisors.get(menu, {}))
    return choice(base, worth, setting["choice_intensity"]), ratio


def punished(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Probability of being under secondary sanctions: imposed at the hazard, lifted at the relief."""
    figures = setting.figures
    hazard = figures["penalisable"] * penalty_hazard(
        setting["penalty_base_rate"],
        flow["evasion"] * figures["gdp"] / 100.0,
        logistic(state.log_odds[0]),
        setting["penalty_sensitivity"],
        setting["choice_intensity"],
    )
    relief = setting["penalty_relief"] * state.compliance
    after = state.penalised * (1.0 - relief) + hazard * (1.0 - state.penalised)
    return Change(state={"penalised": after}, flow={"p_penalty": hazard})


def faded(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """What reforms of the past have left, fading."""
    return Change(state={"purged": state.purged * _kept(setting["purge_half_life"])})


def _kept(half_life: Array) -> Array:
    kept: Array = 0.5 ** (1.0 / half_life)
    return kept


STAGES: tuple[tuple[Mechanism, ...], ...] = (
    (heard,),
    (routing, economy),
    (opinion, stability),
    (asked,),
    (contest,),
    (alignment, complied, voted, faded),
    (punished,),
    (belief,),
    (commitment, rule, rupture),
)


def month(state: State, setting: Setting, index: int) -> tuple[State, dict[str, Array]]:
    """One month of the skeleton."""
    return step(state, setting, Expected(index, len(setting.deciders)), STAGES)


def path(**parameters: float) -> tuple[list[State], dict[str, Array], Setting]:
    """The states of 24 months, the expected scores of the votes held in them, and the setting."""
    state, setting = start(**parameters)
    states, scores = [], {}
    for index in range(MONTHS):
        state, flow = month(state, setting, index)
        states.append(state)
        scores |= {name: value for name, value in flow.items() if name.startswith("score.")}
    return states, scores, setting


def numbers() -> dict[str, list[float]]:
    """What is pinned of the focus state: after each half-year of two, and the expected score of each vote."""
    states, scores, setting = path()
    me = setting.focus
    found: dict[str, list[float]] = {}
    for place, pole in enumerate((*setting.poles, "own")):
        found[f"share.{pole}"] = [float(states[index].share[place, me, 0]) for index in QUARTERS]
    for name in ("compliance", "penalised", "hardship", "menace", "commitments", "debt", "rupture", "prices"):
        found[name] = [float(getattr(states[index], name)[me, 0]) for index in QUARTERS]
    for row, audience in enumerate(("sanctioner", "target")):
        found[f"log_odds.{audience}"] = [float(states[index].log_odds[row, me, 0]) for index in QUARTERS]
    found["defection"] = [float(states[index].defection[0, me, 0]) for index in QUARTERS]
    found["rule"] = [float(states[index].rule[0, 0]) for index in QUARTERS]
    return found | {name: [float(score[me, 0])] for name, score in scores.items()}


# How one month answers to the state before it.

# Sums since the start that no mechanism reads, and what the skeleton leaves as it is.
IDLE = frozenset({"exchange", "prices", "ally", "union", "joined", "sent", "unfriendly", "retaliated"})
IDLE |= {"recognised", "conceded", "repressed", "capped", "war"}
MOVING = tuple(item.name for item in fields(State) if item.name not in IDLE)


def spectral_radius(state: State, setting: Setting, index: int, width: float = 1e-5) -> float:
    """The largest modulus of an eigenvalue of the one-step Jacobian, by central differences."""
    point = _flat(state)
    columns = []
    for place in range(point.size):
        nudge = np.zeros_like(point)
        nudge[place] = width
        up, down = (_flat(month(_filled(state, point + sign * nudge), setting, index)[0]) for sign in (1, -1))
        columns.append((up - down) / (2.0 * width))
    return float(np.abs(np.linalg.eigvals(np.stack(columns, axis=1))).max())


def brink(state: State, setting: Setting, index: int, short: float = 1e-3) -> State:
    """The state with the focus state's grievance raised until it is `short` of tipping in the next month."""

    def aggrieved(more: float) -> State:
        grievance = state.grievance.copy()
        grievance[setting.focus] += more
        return replace(state, grievance=grievance)

    calm, over = 0.0, 4.0
    for _ in range(50):
        half = 0.5 * (calm + over)
        tipped = month(aggrieved(half), setting, index)[1]["emergency"][setting.focus, 0] > 0
        calm, over = (calm, half) if tipped else (half, over)
    return aggrieved(calm - short)


def _flat(state: State) -> Array:
    return np.concatenate([getattr(state, name).ravel() for name in MOVING])


def _filled(state: State, values: Array) -> State:
    found, place = {}, 0
    for name in MOVING:
        old = getattr(state, name)
        found[name] = values[place : place + old.size].reshape(old.shape)
        place += old.size
    return replace(state, **found)


if __name__ == "__main__":
    PINNED.write_text(json.dumps(numbers(), indent=1) + "\n", encoding="utf-8")
