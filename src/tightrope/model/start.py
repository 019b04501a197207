"""The start of a run: what the claims known at `as_of` set (model definition 8.6)."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import numpy as np

from tightrope.model.belief import observability, update
from tightrope.model.blueprint import Blueprint, DatedAct, Stock
from tightrope.model.choice import Array, evidence, tilt_odds
from tightrope.model.draws import Draws
from tightrope.model.economy import pass_through
from tightrope.model.stability import columns, group_pulls, settle, settled, tipping_point
from tightrope.model.state import GROUPS, LAGS, Setting, State
from tightrope.model.stream import CHUNK

STEP, STEPS = 0.1, 30


def start(blueprint: Blueprint, draws: Draws, setting: Setting) -> State:
    """The state at the beginning of the first month, N deciders × 500 runs; nobody is in the streets yet."""
    shape = (len(blueprint.deciders), CHUNK)
    stated = setting.figures["stated_compliance"]
    level = setting["initial_compliance"] + setting["initial_compliance_stated"] * stated
    level = np.clip(level * (1.0 - setting.figures["sanctioned"]), 0.0, 1.0)
    lags, debt = _past_currency(blueprint, draws), _debt(blueprint, draws)
    commitments = _decayed(blueprint.commitments, draws, setting["commitment_half_life"])
    share = first_shares(blueprint, draws, setting)
    return State(
        share=share,
        compliance=level,
        exchange=np.zeros(shape),
        exchange_lags=lags,
        prices=np.zeros(shape),
        hardship=_past_hardship(lags, setting),
        suppressed=np.zeros(shape),
        income_loss=np.zeros(shape),
        import_price=np.zeros(shape),
        grievance=np.zeros(shape),
        defection=np.zeros((len(GROUPS), *shape)),
        log_odds=_beliefs(blueprint, draws, setting),
        debt=debt,
        commitments=commitments,
        stands=_decayed(blueprint.stands, draws, setting["commitment_half_life"]),
        menace=_decayed(blueprint.threats, draws, setting["menace_half_life"]),
        troops=np.zeros(shape),
        penalised=np.zeros(shape),
        ally=np.broadcast_to(setting.figures["ally"], shape).copy(),
        union=np.broadcast_to(setting.figures["union"], shape).copy(),
        joined=np.zeros(shape),
        sent=np.zeros(shape),
        unfriendly=np.zeros(shape),
        retaliated=np.zeros(shape),
        recognised=np.broadcast_to(setting.figures["recognises"], (len(setting.entities), *shape)).copy(),
        abandoned=_decayed(blueprint.refusals, draws, setting["abandon_half_life"]),
        purged=draws.event("purge"),
        conceded=np.zeros(shape),
        repressed=np.zeros(shape),
        capped=np.zeros(shape),
        opinion=setting.figures["opinion"].copy(),
        usual_share=share[setting.target].copy(),
        rupture=np.zeros(shape),
        war=np.zeros((1, CHUNK)),
        rule=setting["rule_strength"][None].copy(),
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


def calm(state: State, setting: Setting) -> Array:
    """How far the quiet pull must be lowered so that a state that was calm starts below its tipping point.

    Zero in most runs; where parameters drawn together would put people in the streets at once, which
    the record at `as_of` rules out, the difference (N, R), at most 0, in logit units. The masses' own tipping
    point is the first guess; where the elite still carries them over, the pull is lowered by STEP until it
    does not.
    """
    pull = quiet_pull(state, setting)
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


def quiet_pull(state: State, setting: Setting) -> Array:
    """The pulls of mass and elite before the first month, without hardship (2, N, R)."""
    blank = np.zeros_like(state.hardship)
    flow = {"price_cap": setting.schedule["price_cap"][0][:, None], "fuel_step": blank}
    return group_pulls(replace(state, hardship=blank), flow, setting)


def quiet_groups(state: State, setting: Setting) -> Array:
    """Where mass and elite settle before the first month, from nobody in the streets (2, N, R)."""
    pull = quiet_pull(state, setting)
    return settled(np.zeros_like(pull), pull, setting)[0]
