"""The start of a run: what the claims known at `as_of` set (model definition 8.6)."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import numpy as np

from tightrope.model.belief import observability, update
from tightrope.model.blueprint import Blueprint, DatedAct, Stock
from tightrope.model.choice import Array, evidence, tilt_odds
from tightrope.model.economy import pass_through
from tightrope.model.parameters import Range
from tightrope.model.stability import columns, group_pulls, settle, settled, tipping_point
from tightrope.model.state import LAGS, Setting, State
from tightrope.model.stream import CHUNK, stream

STEP, STEPS = 0.1, 30


class Draws:
    """The draws of one chunk: parameters by name, figures and stances by key, each from its own stream."""

    def __init__(self, blueprint: Blueprint, seed: int, chunk: int, parameters: Mapping[str, Array]) -> None:
        self.blueprint, self.parameters = blueprint, parameters
        self._seed, self._chunk = seed, chunk
        self._kept: dict[tuple[str, ...], Array] = {}

    def one(self, found: Range, *words: str) -> Array:
        """Draws from a range (R,), keyed by words."""
        if found.low == found.high and found.shape == "uniform":
            return np.full(CHUNK, found.low)
        if words not in self._kept:
            self._kept[words] = found.draw(stream(self._seed, self._chunk, *words))
        return self._kept[words]

    def uniform(self, *words: str) -> Array:
        """Uniform draws on [0, 1), (R,)."""
        return stream(self._seed, self._chunk, *words).random(CHUNK)

    def normal(self, *words: str) -> Array:
        """Standard normal draws (R,)."""
        return stream(self._seed, self._chunk, *words).standard_normal(CHUNK)

    def figure(self, name: str) -> Array:
        """A figure of every decider (N, R)."""
        ids = [f"{decider.lower()}.{name}" for decider in self.blueprint.deciders]
        return np.stack([self.one(self.blueprint.figures[found], "figure", found) for found in ids])

    def by_pole(self, prefix: str) -> Array:
        """A figure of every decider with every pole (P, N, R)."""
        return np.stack([self.figure(f"{prefix}_{pole.lower()}") for pole in self.blueprint.poles])

    def of_world(self, prefix: str) -> Array:
        """A figure of the mean state with every pole (P, 1, R)."""
        ids = [f"world.{prefix}_{pole.lower()}" for pole in self.blueprint.poles]
        return np.stack([self.one(self.blueprint.figures[found], "figure", found) for found in ids])[:, None]

    def of_poles(self, name: str) -> Array:
        """A figure of every pole itself (P, 1, R)."""
        ids = [f"{pole.lower()}.{name}" for pole in self.blueprint.poles]
        return np.stack([self.one(self.blueprint.figures[found], "figure", found) for found in ids])[:, None]

    def stance(self, *issues: str, group: bool = False) -> Array:
        """Mean stated stance on issues, -1 to 1 (N, R); a leading minus turns an issue round.

        The state's own stance or its public's (`group`); anything within ± `opinion_unknown` if no claim
        tells it, as silence is not neutrality.
        """
        rows = []
        for place, decider in enumerate(self.blueprint.deciders):
            found = [self._stance(place, decider, issue, group) for issue in issues]
            known = [stance for stance in found if stance is not None]
            rows.append(np.mean(known, axis=0) if known else self._silent(decider, *issues))
        return np.stack(rows)

    def _silent(self, decider: str, *issues: str) -> Array:
        return (2.0 * self.uniform("silent", decider, *issues) - 1.0) * self.parameters["opinion_unknown"]

    def _stance(self, place: int, decider: str, issue: str, group: bool) -> Array | None:
        name = issue.lstrip("-")
        found = (self.blueprint.opinions if group else self.blueprint.positions).get((place, name))
        if found is None:
            return None
        drawn = self.one(found, "opinion" if group else "position", decider, name)
        return drawn * (-1.0 if issue.startswith("-") else 1.0)

    def event(self, name: str) -> Array:
        """Strength of an event for every decider (N, R); 0 where no claim tells it."""
        rows = []
        for place, decider in enumerate(self.blueprint.deciders):
            found = self.blueprint.events.get((name, place))
            rows.append(self.one(found.strength, "event", name, decider) if found else np.zeros(CHUNK))
        return np.stack(rows)

    def members(self, pairs: frozenset[tuple[int, int]]) -> Array:
        """1 where a decider belongs to an institution that the pole leads (P, N, 1)."""
        member = np.zeros((len(self.blueprint.poles), len(self.blueprint.deciders), 1))
        for decider, pole in pairs:
            member[pole, decider] = 1.0
        return member

    def condition(self, event: str) -> Array:
        """1 if an event about the target is known, which switches a part of the model on (1, R)."""
        return np.full((1, CHUNK), float(event in self.blueprint.conditions))

    def rivals(self) -> Array:
        """1 for a decider that the target has fought (N, 1): threats are heard there whoever lives there."""
        return np.array(
            [[float(place in self.blueprint.rivals)] for place in range(len(self.blueprint.deciders))]
        )

    def figures(self) -> dict[str, Array]:
        """Everything that mechanisms read of the deciders by name; percent unless it says otherwise."""
        plan, own = self.blueprint, self.figure
        ideal, allied = own("ideal_point"), self.members(plan.allied)
        shape = ideal.shape
        minority = own("ethnic_russians")
        coalition = own("selectorate_ratio")
        against = self.stance("-public_approval_of_war", group=True)
        preference = self.members(plan.preferred) * self.parameters["preference_margin"]
        imports, total = self.by_pole("imports"), own("import_ceiling")
        exports = {side: own(f"exports_{plan.poles[place].lower()}") for side, place in self._sides().items()}
        flow = f"{plan.poles[plan.sanctioner].lower()}.exports_{plan.poles[plan.target].lower()}"
        return {
            "trade": self.by_pole("trade"),
            "world_trade": self.of_world("trade"),
            "imports": imports * np.minimum(1.0, total / imports.sum(axis=0)),
            **exports,
            "exports_total": own("exports_total"),
            "gdp": own("gdp"),
            "west_exports_to_target": self.one(plan.figures[flow], "figure", flow)[None],
            "detour": own("detour"),
            "sanctioned": own("sanctioned"),
            "penalisable": (1.0 - own("sanctioned")) * self.condition("western_sanctions"),
            "capability": 10.0 * own("capability"),
            "ideal_point": ideal,
            "affinity": -np.abs(ideal - self.of_poles("ideal_point")),
            "ally": np.broadcast_to(allied[plan.target], shape),
            "protection": np.broadcast_to(allied, (len(plan.poles), *shape)),
            "preference": np.broadcast_to(preference, (len(plan.poles), *shape)),
            "pole_budget": self.of_poles("gdp"),
            "threat": np.broadcast_to(self.parameters["threat_level"], shape),
            "neighbour": np.maximum(minority / 20.0, self.rivals()),
            "union": np.broadcast_to(self.members(plan.preferred)[plan.target], shape),
            "sanctions_on": self.condition("western_sanctions"),
            "at_war": self.condition("invasion"),
            "route_dependence": own("route_dependence"),
            "selectorate_ratio": coalition,
            "repression": 1.0 - coalition,
            "rents": own("resource_rents") / 10.0,
            "purge": self.event("purge"),
            "war_opinion": against * (1.0 - minority / 100.0)
            - self.parameters["minority_support"] * minority / 100.0,
            "stated_compliance": self.stance("-help_evade_sanctions", "join_sanctions"),
            "stated_vote": self.stance("condemn_russia_unga", "condemn_russia"),
            "sincerity_prior": self._prior(),
            "anchor": np.zeros((len(plan.poles) + 1, *shape)),
            "calm": np.zeros(shape),
        }

    def _sides(self) -> dict[str, int]:
        return {"exports_west": self.blueprint.sanctioner, "exports_target": self.blueprint.target}

    def _prior(self) -> Array:
        """L_0: a plain spread, plus one voice drawn at random per run, one opinion one voice (N, R), nats."""
        rows = []
        for place, decider in enumerate(self.blueprint.deciders):
            prior = self.parameters["prior_spread"] * self.normal("sincerity prior", decider)
            voices = self.blueprint.voices.get(place, {})
            if voices:
                lots = np.stack([self.uniform("voice", decider, voice) for voice in voices])
                stances = np.stack(
                    [self.one(found, "stance", decider, voice) for voice, found in voices.items()]
                )
                heard = np.take_along_axis(stances, lots.argmax(axis=0)[None], 0)[0]
                prior = prior + self.parameters["opinion_weight"] * heard
            rows.append(prior)
        return np.stack(rows)


def start(blueprint: Blueprint, draws: Draws, setting: Setting) -> State:
    """The state at the beginning of the first month, N deciders × 500 runs."""
    shape = (len(blueprint.deciders), CHUNK)
    stated = setting.figures["stated_compliance"]
    level = setting["initial_compliance"] + setting["initial_compliance_stated"] * stated
    level = np.clip(level * (1.0 - setting.figures["sanctioned"]), 0.0, 1.0)
    lags, debt = _past_currency(blueprint, draws), _debt(blueprint, draws)
    commitments = _decayed(blueprint.commitments, draws, setting["commitment_half_life"])
    return State(
        share=first_shares(blueprint, draws, setting),
        compliance=level,
        exchange=np.zeros(shape),
        exchange_lags=lags,
        prices=np.zeros(shape),
        hardship=_past_hardship(lags, setting),
        suppressed=np.zeros(shape),
        income_loss=np.zeros(shape),
        import_price=np.zeros(shape),
        grievance=np.zeros(shape),
        defection=quiet_groups(setting),
        log_odds=_beliefs(blueprint, draws, setting),
        debt=debt,
        commitments=commitments,
        menace=_decayed(blueprint.threats, draws, setting["menace_half_life"]),
        troops=np.zeros(shape),
        penalised=np.zeros(shape),
    )


def first_shares(blueprint: Blueprint, draws: Draws, setting: Setting) -> Array:
    """The alignment index at the start: trade, votes, memberships, statements, and own strength (P+1, N, R).

    Each part is a share over the poles; their weighted mean fills what self-reliance leaves. An index,
    not a measurement.
    """
    trade = setting.figures["trade"] / setting.figures["trade"].sum(axis=0)
    votes = np.exp(setting.figures["affinity"])
    member = draws.members(blueprint.allied) + draws.members(blueprint.preferred) + 0.25
    lean = distance(blueprint, draws)
    words = np.ones_like(trade)
    words[blueprint.sanctioner], words[blueprint.target] = np.exp(lean), np.exp(-lean)
    parts = {
        "trade": trade,
        "votes": votes,
        "membership": np.broadcast_to(member, trade.shape),
        "statements": words,
    }
    total = sum(setting[f"index_{name}"] for name in parts)
    index = sum(setting[f"index_{name}"] * part / part.sum(axis=0) for name, part in parts.items()) / total
    own = np.clip(
        setting["own_share"] + setting["own_share_statements"] * draws.stance("multi_vector_policy"),
        0.02,
        0.9,
    )
    return np.concatenate([index * (1.0 - own), own[None]])


def distance(blueprint: Blueprint, draws: Draws) -> Array:
    """Stated distance from the target: mean over issues of stance × the issue's distance (N, R)."""
    rows = []
    for place, decider in enumerate(blueprint.deciders):
        issues = [
            issue for where, issue in blueprint.positions if where == place and blueprint.distances.get(issue)
        ]
        leans = [
            draws.one(blueprint.positions[place, issue], "position", decider, issue)
            * blueprint.distances[issue]
            for issue in sorted(issues)
        ]
        rows.append(np.mean(leans, axis=0) if leans else np.zeros(CHUNK))
    return np.stack(rows)


def _beliefs(blueprint: Blueprint, draws: Draws, setting: Setting) -> Array:
    """Run the dated acts through (11) from the first of them to the start (A, N, R)."""
    prior, memory = setting.figures["sincerity_prior"], setting["belief_memory"]
    log_odds = np.stack([prior, prior])
    ages = sorted({int(act.age) for act in blueprint.acts}, reverse=True)
    for place, age in enumerate(ages):
        ratio = np.zeros_like(log_odds)
        for act in blueprint.acts:
            if int(act.age) == age:
                ratio[:, act.decider] += _told(act, draws, setting)
        log_odds = update(log_odds, prior, memory, ratio)
        # The months without acts, until the next one or the start, in one go.
        quiet = age - ages[place + 1] - 1 if place + 1 < len(ages) else age
        log_odds = prior + memory**quiet * (log_odds - prior)
    return log_odds


def _told(act: DatedAct, draws: Draws, setting: Setting) -> Array:
    """What one act tells each audience (A, R), nats."""
    drawn = {name: draws.one(found, "act", act.kind, name) for name, found in act.accounts.items()}
    level0 = {name: phi for name, phi in drawn.items() if name != "reputation"}
    chances = []
    for weights in (setting.sincere, setting.gamer):
        worth = sum((weights[name] * phi for name, phi in level0.items()), np.zeros(CHUNK))
        chances.append(tilt_odds(act.base_rate, worth, setting["choice_intensity"]))
    base = np.full(CHUNK, act.base_rate)
    return np.stack([evidence(base, chances[0], chances[1], seen) for seen in observability(setting)])


def _decayed(stocks: tuple[Stock, ...], draws: Draws, half_life: Array) -> Array:
    """Sum of strengths, each halved every half-life since it was said (N, R); threats weigh by rank."""
    total = np.zeros((len(draws.blueprint.deciders), CHUNK))
    for stock in stocks:
        strength = draws.one(stock.strength, "stock", stock.key)
        if stock.rank:
            strength = strength * draws.parameters[f"rank_{stock.rank}"]
        total[stock.decider] += strength * 0.5 ** (stock.age / half_life)
    return total


def _debt(blueprint: Blueprint, draws: Draws) -> Array:
    debt = np.zeros((len(blueprint.deciders), CHUNK))
    for (event, place), stock in blueprint.events.items():
        if event == "intervention":
            owed = draws.one(stock.strength, "event", event, blueprint.deciders[place])
            debt[place] += owed * 0.5 ** (stock.age / draws.parameters["debt_half_life"])
    return debt


def _past_currency(blueprint: Blueprint, draws: Draws) -> Array:
    """Falls of the currency in the year before the start, which prices have still to follow (12, N, R).

    The event says when; the figure `currency_fall` (percent of its value) how far.
    """
    lags = np.zeros((LAGS, len(blueprint.deciders), CHUNK))
    for (event, place), stock in blueprint.events.items():
        name = f"{blueprint.deciders[place].lower()}.currency_fall"
        if event == "currency_fall" and stock.age < LAGS and name in blueprint.figures:
            fall = draws.one(blueprint.figures[name], "figure", name) / 100.0
            lags[max(0, ceil(stock.age) - 1), place] -= np.log1p(-fall)
    return lags


def _past_hardship(lags: Array, setting: Setting) -> Array:
    """Hardship that past falls of the currency have left by the start, their pass-through so far (N, R)."""
    hardship = np.zeros(lags.shape[1:])
    for back in range(LAGS - 1, -1, -1):
        window = np.concatenate([lags[back:], np.zeros((back, *lags.shape[1:]))])
        passed = pass_through(window, setting["pass_through_impact"], setting["pass_through_year"])
        hardship = hardship * 0.5 ** (1.0 / setting["price_memory"]) + passed
    return hardship


def calm(setting: Setting) -> Array:
    """How far the quiet pull must be lowered so that a state that was calm starts below its tipping point.

    Zero in most runs; where parameters drawn together would put people in the streets at once, which
    the record at `as_of` rules out, the difference (N, R), at most 0, in logit units. The masses' own tipping
    point is the first guess; where the elite still carries them over, the pull is lowered by STEP until it
    does not.
    """
    pull = quiet_pull(setting)
    tip = tipping_point(setting["mass_coupling"], setting["threshold_spread"])
    ceiling = np.where(np.isnan(tip), np.inf, tip) - setting["calm_margin"]
    lowered: Array = np.minimum(0.0, ceiling - pull[0]).reshape(-1)
    margin = np.tile(setting["calm_margin"], len(pull[0]))
    quiet = pull.reshape(len(pull), -1)
    coupling, spread = columns(setting, len(pull[0]))
    # With the whole elite behind them the masses must be able to tip, or the column need not be looked at.
    carried = (
        pull[0] + lowered.reshape(pull[0].shape) + 2.0 * setting["calm_margin"] + setting["elite_to_mass"]
    )
    hot = np.flatnonzero((np.isnan(tip) | (carried > tip)).reshape(-1))
    for _ in range(STEPS):
        if not hot.size:
            break
        now = quiet[:, hot]
        now[0] += lowered[hot] + margin[hot] * (lowered[hot] < 0)
        level, _ = settle(np.zeros_like(now), now, coupling[:, :, hot], spread[hot])
        hot = hot[level[0] > 0.5]
        lowered[hot] -= STEP
    return lowered.reshape(pull[0].shape)


def quiet_pull(setting: Setting) -> Array:
    """The pulls of mass and elite before the first month (2, N, R)."""
    blank = np.zeros_like(setting.figures["gdp"])
    flow = {"price_cap": setting.schedule.price_cap[0][:, None], "fuel_step": blank}
    return group_pulls(blank, blank, flow, setting)


def quiet_groups(setting: Setting) -> Array:
    """Where mass and elite settle before the first month, from nobody in the streets (2, N, R)."""
    pull = quiet_pull(setting)
    return settled(np.zeros_like(pull), pull, setting)[0]
