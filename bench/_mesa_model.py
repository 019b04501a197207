"""Alignment and compliance as a Mesa model: one agent for each state, one model for each run, plain floats.

Floats and short lists, as Python is quicker on them than NumPy is on arrays of three or five. Equations (3), (6)
and the reputation account are written out again from the model's text; nothing of the package computes here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, isnan, log
from typing import Any

import mesa
import numpy as np

from tightrope.model.state import ACCOUNTS, AUDIENCES, Flow, Month, Setting, State

MENU = (0.0, 0.5, 1.0)
LEAST_SHARE, LEAST_CHANCE = 1e-12, 1e-300


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What one state sees of the rest of the model in one month of one run."""

    unrest: float
    debt: float
    menace: float
    rule: float
    ally: float
    abandoned: float
    union: float
    sent: float
    retaliated: float
    outside_threat: float
    tied_down: list[float]
    offer: list[float]
    commitments: float
    joined: float
    penalised: float
    opinion: list[float]
    log_odds: list[float]
    evasion: float
    evasion_value: float
    ordered: float
    uniform: float


class World(mesa.Model):
    """One run: the states move at once, each on last month's numbers."""

    def __init__(self, setting: Setting, months: Sequence[tuple[State, Flow, Month]], run: int) -> None:
        super().__init__(rng=0)
        self.drawn = {name: _float(values, run) for name, values in setting.parameters.items()}
        self.divisors = setting.divisors
        self.weights = _weights(setting.weights, run)
        self.sincere, self.gamer = _weights(setting.sincere, run), _weights(setting.gamer, run)
        self.covariance = setting.covariance.tolist()
        self.sanctioner, self.target = setting.sanctioner, setting.target
        start = months[0][0]
        for place in range(len(setting.deciders)):
            figures = {name: _own(values, place, run) for name, values in setting.figures.items()}
            country = Country(self, figures, [_seen(setting, *each, place, run) for each in months])
            country.share = _own(start.share, place, run)
            country.compliance = _own(start.compliance, place, run)

    def step(self) -> None:
        self.agents.do("step")


class Country(mesa.Agent):
    """One state: its shares and its enforcement."""

    share: list[float]
    compliance: float

    def __init__(self, model: World, figures: Mapping[str, Any], months: list[Surrounding]) -> None:
        super().__init__(model)
        self.months = months
        self.figures = figures
        self.intensity = model.drawn["choice_intensity"]
        self._ready_alignment(model)
        self._ready_compliance(model)

    def _ready_alignment(self, model: World) -> None:
        """What no month changes: the pulls of trade, of affinity, of the anchor, and of own strength."""
        figures, drawn, target = self.figures, model.drawn, model.target
        weight = _scaled(model.weights, model.divisors["alignment"])
        self.pace = drawn["alignment_speed"] * self.intensity
        self.aversion = drawn["risk_aversion"]
        self.offer_weight, self.safety_weight = weight["economy"], weight["security"]
        self.union_pull = weight["economy"] * figures["trade"][target] * drawn["preference_margin"]
        self.debt_pull = weight["security"] * drawn["debt_pull"]
        self.menace_push = weight["security"] * drawn["menace_weight"]
        self.outside_weight, self.unrest_need = drawn["outside_weight"], drawn["unrest_need"]
        self.abandonment, self.troops_thanks = drawn["abandonment"], drawn["troops_thanks"]
        pulls = zip(
            figures["trade"], figures["preference"], figures["affinity"], figures["anchor"][:-1], strict=True
        )
        self.steady = [
            weight["economy"] * trade * margin + weight["principle"] * affinity + anchor
            for trade, margin, affinity, anchor in pulls
        ]
        self.steady.append(weight["autonomy"] * figures["strength"] + figures["anchor"][-1])

    def _ready_compliance(self, model: World) -> None:
        figures, drawn, divisors = self.figures, model.drawn, model.divisors["compliance"]
        self.weight = _scaled(model.weights, divisors)
        self.sincere, self.gamer = _scaled(model.sincere, divisors), _scaled(model.gamer, divisors)
        self.stickiness = drawn["compliance_stickiness"]
        self.penalty_logit = log(drawn["penalty_base_rate"]) - log(1.0 - drawn["penalty_base_rate"])
        self.sensitivity = self.intensity * drawn["penalty_sensitivity"]
        self.relief = drawn["penalty_relief"]
        self.penalty_loss = drawn["penalty_loss"] * figures["exports_west"]
        self.rent_share = drawn["rent_share"]
        self.retaliation = drawn["retaliation"] * figures["exports_target"]
        self.tied_hands, self.debt_weight = drawn["tied_hands"], drawn["debt_weight"]
        self.exposure = figures["trade"][model.target] / 100.0
        self.observability = [drawn[f"observability_{name}"] for name in AUDIENCES]
        self.audience_value, self.belief_memory = drawn["audience_value"], drawn["belief_memory"]
        self.penalisable, self.prior = figures["penalisable"], figures["sincerity_prior"]
        self.speed = drawn["compliance_speed"]

    def step(self) -> None:
        """Both choices on last month's numbers, then the numbers."""
        seen = self.months[self.model.steps - 1]
        share, compliance = self.aligned(seen), self.enforced(seen)
        self.share, self.compliance = share, compliance

    def aligned(self, seen: Surrounding) -> list[float]:
        """Next month's shares: equation (3)."""
        share, figures, target = self.share, self.figures, self.model.target
        threat = figures["threat"] + self.outside_weight * seen.outside_threat
        need = self.safety_weight * (threat + self.unrest_need * seen.unrest)
        protection = list(figures["protection"])
        thanks = 1.0 + self.troops_thanks * seen.sent
        protection[target] = seen.ally * thanks * exp(-self.abandonment * seen.abandoned)
        reward = list(self.steady)
        for pole, (shield, tied, offer) in enumerate(
            zip(protection, seen.tied_down, seen.offer, strict=True)
        ):
            reward[pole] += self.offer_weight * offer + shield * need * (1.0 - tied)
        reward[target] += self.union_pull * (seen.union * (1.0 - seen.retaliated) - figures["union"])
        reward[target] += self.debt_pull * seen.debt - self.menace_push * seen.menace * (1.0 - seen.rule)
        tilt = [
            self.pace * (pull - self.aversion * sum(map(_product, row, share)))
            for pull, row in zip(reward, self.model.covariance, strict=True)
        ]
        return [max(part, LEAST_SHARE) for part in _tilted(share, tilt)]

    def enforced(self, seen: Surrounding) -> float:
        """Next month's level: what is chosen is reached in part; the calendar's word is reached at once."""
        aim = 1.0 if seen.joined > 0 else self.chosen(seen)
        level = self.compliance + self.speed * (aim - self.compliance) * self.penalisable
        return level if isnan(seen.ordered) else seen.ordered

    def chosen(self, seen: Surrounding) -> float:
        """This month's choice from the menu: equation (6), with what audiences would think of it."""
        base = self.persistence()
        economy, rest, principle = self.pulls(seen)
        ratios = self.evidence(base, economy, rest, principle)
        pull = rest + self.weight["economy"] * economy + self.weight["principle"] * principle
        told = self.reputation(seen, ratios)
        scale = self.weight["reputation"]
        tilt = [
            self.intensity * (level * pull + scale * each) for level, each in zip(MENU, told, strict=True)
        ]
        none, half, _ = _tilted(base, tilt)
        return MENU[(seen.uniform >= none) + (seen.uniform >= none + half)]

    def persistence(self) -> list[float]:
        distance = [abs(level - self.compliance) for level in MENU]
        nearest = min(distance)
        raw = [exp(-self.stickiness * (each - nearest)) for each in distance]
        total = sum(raw)
        return [max(each / total, LEAST_CHANCE) for each in raw]

    def pulls(self, seen: Surrounding) -> tuple[float, float, float]:
        """What full enforcement brings over none: economy, all weighed alike by both types, and principle."""
        trust = _logistic(seen.log_odds[0])
        if seen.penalised > 0:
            avoidable = self.relief
        else:
            doubt = self.sensitivity * seen.evasion_value * (1.0 - trust)
            avoidable = _logistic(self.penalty_logit + doubt) * self.penalisable
        loss = (1.0 - (1.0 - avoidable) ** 12) * self.penalty_loss
        economy = loss - self.rent_share * seen.evasion
        weight, figures = self.weight, self.figures
        bound = self.tied_hands * seen.commitments - self.debt_weight * seen.debt - self.exposure
        majority, minority = seen.opinion
        displeasure = figures["at_war"] * (majority + figures["minority"] * (minority - majority))
        rest = (
            weight["autonomy"] * bound
            + weight["domestic"] * displeasure
            - weight["security"] * self.retaliation * (1.0 + seen.menace)
        )
        return economy, rest, figures["stated_compliance"]

    def evidence(self, base: list[float], economy: float, rest: float, principle: float) -> list[list[float]]:
        """What each choice would tell each audience: log odds of a sincere state over a gamer."""
        kinds = []
        for weight in (self.sincere, self.gamer):
            pull = self.intensity * (rest + weight["economy"] * economy + weight["principle"] * principle)
            kinds.append(_tilted(base, [level * pull for level in MENU]))
        ratios = []
        for clear in self.observability:
            hidden = [(1.0 - clear) * each for each in base]
            ratios.append(
                [
                    log(max(clear * one + under, LEAST_CHANCE) / max(clear * other + under, LEAST_CHANCE))
                    for one, other, under in zip(*kinds, hidden, strict=True)
                ]
            )
        return ratios

    def reputation(self, seen: Surrounding, ratios: list[list[float]]) -> list[float]:
        """Change of belief in it after each choice, valued by the leaning to each audience."""
        leaning = (self.share[self.model.sanctioner], -self.share[self.model.target])
        told = [0.0, 0.0, 0.0]
        for odds, ratio, lean in zip(seen.log_odds, ratios, leaning, strict=True):
            value, now = self.audience_value * lean, _logistic(odds)
            resting = self.belief_memory * odds + (1.0 - self.belief_memory) * self.prior
            for place, each in enumerate(ratio):
                told[place] += value * (_logistic(resting + each) - now)
        return told


def _tilted(base: list[float], tilt: list[float]) -> list[float]:
    top = max(tilt)
    raw = [chance * exp(each - top) for chance, each in zip(base, tilt, strict=True)]
    total = sum(raw)
    return [each / total for each in raw]


def _product(one: float, other: float) -> float:
    return one * other


def _logistic(x: float) -> float:
    if x >= 0.0:
        return 1.0 / (1.0 + exp(-x))
    odds = exp(x)
    return odds / (1.0 + odds)


def _scaled(weights: Mapping[str, float], divisors: Mapping[str, float]) -> dict[str, float]:
    return {name: weight / divisors.get(name, 1.0) for name, weight in weights.items()}


def _weights(weights: Mapping[str, Any], run: int) -> dict[str, float]:
    return {name: _float(weights[name], run) for name in ACCOUNTS}


def _float(values: Any, run: int) -> float:
    return float(values[run if len(values) > 1 else 0])


def _own(values: Any, place: int, run: int) -> Any:
    """One state's figure in one run: a float, or a list of one for each pole."""
    *_, states, runs = np.shape(values)
    return values[..., place if states > 1 else 0, run if runs > 1 else 0].tolist()


def _seen(setting: Setting, state: State, flow: Flow, month: Month, place: int, run: int) -> Surrounding:
    given = {
        "unrest": state.defection[0],
        "debt": state.debt,
        "menace": state.menace,
        "rule": state.rule,
        "ally": state.ally,
        "abandoned": state.abandoned,
        "union": state.union,
        "sent": state.sent,
        "retaliated": state.retaliated,
        "outside_threat": flow["outside_threat"],
        "tied_down": flow["tied_down"],
        "offer": flow["offer"],
        "commitments": state.commitments,
        "joined": state.joined,
        "penalised": state.penalised,
        "opinion": state.opinion,
        "log_odds": state.log_odds,
        "evasion": flow["evasion_free"],
        "evasion_value": flow["evasion_free_value"],
        "ordered": setting.schedule["enforcement"][month.index][:, None],
        "uniform": month.uniform("compliance"),
    }
    return Surrounding(**{name: _own(values, place, run) for name, values in given.items()})
