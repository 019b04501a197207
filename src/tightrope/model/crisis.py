"""Stage 6, crisis: the target claims territory, the other gives way or stands firm, force is used or not.

p_F = σ(logit π_F + λ [W1 - B1])
p_R = σ(logit π_R + λ [p_F W2 + (1 - p_F) V2 - C2])
p_C = σ(logit π_C + λ [p_R (p_F W1 + (1 - p_F) B1) + (1 - p_R) C1 - SQ1])                    (equation 4)

Agent-logit backward induction, unique (Signorino 1999; McKelvey & Palfrey 1998); with every π = ½ it is (4) itself.
How often wars happen is no property of it: p_C may fall where force becomes cheaper, as the weak then give way
(who enters a crisis is selected: Fearon 2002).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tightrope.model.account import Accounts, utility
from tightrope.model.belief import acts_evidence, seen
from tightrope.model.choice import Array, ArrayLike, logit, tilt_odds
from tightrope.model.occasion import Occasion, occasions, reasons
from tightrope.model.opinion import displeasure
from tightrope.model.security import ALL_TIED
from tightrope.model.state import AUDIENCES, Change, Flow, Month, Setting, State, occurred

# The outcomes, in the order of every array of payoffs: nothing happens, the other gives way, the challenger
# does not follow up, or it does.
KEPT, CONCEDED, BACKED_DOWN, FORCED = range(4)
# Without a reference class for it, standing firm is as likely as not.
EVEN = 0.5
# Capabilities are figures in tenths of the target's.
TENTHS = 10.0
# Force costs this many percent of GDP for each log point of hardship.
PERCENT = 100.0


def outcomes(
    shape: tuple[int, ...],
    conceded: ArrayLike = 0.0,
    backed_down: ArrayLike = 0.0,
    forced: ArrayLike = 0.0,
) -> Array:
    """One account of the four outcomes (4, ...), against nothing happening."""
    account = np.zeros((4, *shape))
    account[CONCEDED], account[BACKED_DOWN], account[FORCED] = conceded, backed_down, forced
    return account


def expected(worth: Array, p_force: ArrayLike) -> Array:
    """What standing firm brings: p_F of force, else of the challenger's retreat; (4, ...) → (...)."""
    mean: Array = p_force * worth[FORCED] + (1.0 - p_force) * worth[BACKED_DOWN]
    return mean


def force(base_rate: ArrayLike, challenger: Array, intensity: ArrayLike = 1.0) -> Array:
    """p_F: chance that the challenger carries its threat out once the other stands firm; payoffs (4, ...)."""
    return tilt_odds(base_rate, challenger[FORCED] - challenger[BACKED_DOWN], intensity)


def resist(base_rate: ArrayLike, p_force: Array, decider: Array, intensity: ArrayLike = 1.0) -> Array:
    """p_R: chance that the challenged stands firm, given p_F; payoffs (4, ...)."""
    return tilt_odds(base_rate, expected(decider, p_force) - decider[CONCEDED], intensity)


def challenge(
    base_rate: ArrayLike, p_force: Array, p_resist: Array, challenger: Array, intensity: ArrayLike = 1.0
) -> Array:
    """p_C: chance that the challenger begins at all, given p_F and p_R; payoffs (4, ...)."""
    begun = p_resist * expected(challenger, p_force) + (1.0 - p_resist) * challenger[CONCEDED]
    return tilt_odds(base_rate, begun - challenger[KEPT], intensity)


def play(
    challenger: Array,
    decider: Array,
    bases: tuple[ArrayLike, ArrayLike, ArrayLike] = (EVEN, EVEN, EVEN),
    intensity: ArrayLike = 1.0,
) -> tuple[Array, Array, Array]:
    """Equation (4) by backward induction: p_C, p_R and p_F, from payoffs (4, ...) and base rates in that order."""
    p_force = force(bases[2], challenger, intensity)
    p_resist = resist(bases[1], p_force, decider, intensity)
    return challenge(bases[0], p_force, p_resist, challenger, intensity), p_resist, p_force


def winning(state: State, flow: Flow, setting: Setting) -> Array:
    """The target's chance to take what it claims by force, p = C1 (1 - b) / (C1 (1 - b) + C2 + help), (N, R) or (M,).

    C1 = 1, the target's own strength. Help: each other pole lends `help_share` of the strength it has free, as
    far as the state leans to it.
    """
    free = 1.0 - np.minimum(flow["tied_down"], ALL_TIED)
    lent = state.share[:-1] * setting.figures["pole_capability"] * free
    helped = setting["help_share"] * (lent.sum(axis=0) - lent[setting.target])
    own = setting.figures["pole_capability"][setting.target] * free[setting.target]
    chance: Array = own / (own + setting.figures["capability"] / TENTHS + helped)
    return chance


def challenger_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What each outcome is worth to the target (4, N, R) or (4, M).

    Economy, in costs of full sanctions: war, dearer the more forces are tied down, and the sanctions still to
    come. Security: the stake V, had for nothing or with the chance of `winning`. Principle: the rule against
    force. Reputation: an empty threat, worse the louder it was.
    """
    stake, shape = setting.figures["neighbour"], state.menace.shape
    free = 1.0 - np.minimum(flow["tied_down"][setting.target], ALL_TIED)
    to_come = 1.0 - flow["sanctions"] * setting["sanctioned_fraction"]
    return {
        "economy": outcomes(shape, forced=-(setting["force_cost"] / free + to_come)),
        "security": outcomes(shape, conceded=stake, forced=winning(state, flow, setting) * stake),
        "principle": outcomes(shape, forced=-state.rule),
        "reputation": outcomes(shape, backed_down=-(1.0 + state.menace)),
    }


def decider_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What each outcome is worth to the state that is challenged (4, N, R) or (4, M).

    Economy: percent of GDP a year that force destroys. Security: the stake, lost for certain or with the chance
    of `winning`. Domestic, logit units of grievance: pride kept or hurt. Principle: giving way rewards a
    breach of the rule. Reputation: giving way after words that bind.
    """
    shape = state.menace.shape
    stake, feeling = setting.figures["neighbour"], pride(state, setting)
    return {
        "economy": outcomes(shape, forced=-PERCENT * setting["force_hardship"]),
        "security": outcomes(shape, conceded=-stake, forced=-winning(state, flow, setting) * stake),
        "domestic": outcomes(shape, conceded=-feeling, backed_down=feeling, forced=feeling),
        "principle": outcomes(shape, conceded=-state.rule),
        "reputation": outcomes(shape, conceded=-(1.0 + state.stands)),
    }


def pride(state: State, setting: Setting) -> Array:
    """Grievance that giving way adds and standing firm takes off, logit units: the more the war displeases."""
    feeling: Array = setting["humiliation"] * (1.0 + displeasure(state, setting))
    return feeling


def claim_chance(state: State, setting: Setting) -> Array:
    """Monthly probability that a claim comes up, 1 - exp(-rate · neighbour (1 + menace)), (N, R)."""
    chance: Array = -np.expm1(-setting["claim_rate"] * setting.figures["neighbour"] * (1.0 + state.menace))
    return chance


def payoffs(accounts: Accounts, setting: Setting, menu: str) -> Array:
    """Σ_f θ_f φ_f / d_f of the four outcomes (4, ...), nats."""
    return utility(accounts, setting.weights, setting.divisors.get(menu, {}))


def firm(accounts: Accounts, p_force: Array) -> dict[str, Array]:
    """What standing firm brings rather than giving way, account by account, given p_F; (4, ...) → (...)."""
    return {name: expected(phi, p_force) - phi[CONCEDED] for name, phi in accounts.items()}


def narrowed(occasion: Occasion, kept: Array, lot: Array) -> Occasion:
    """The columns of an occasion for which `kept` (M,) is 1, with a fresh draw (N, R) for the next decision."""
    some = kept > 0
    left = replace(occasion, decider=occasion.decider[some], run=occasion.run[some], lot=occasion.lot[some])
    return replace(left, lot=left.at(lot))


def stand(
    occasion: Occasion, accounts: Accounts, p_force: Array, setting: Setting, menu: str
) -> tuple[Array, Array, Array]:
    """The decider's move where it is challenged: stands firm (M,), its table (8, R), what it tells (A, N, R).

    `setting` as the columns see it; the table sums to the log-odds of standing firm against giving way.
    """
    gained = firm(accounts, p_force)
    p_resist = resist(EVEN, p_force, payoffs(accounts, setting, menu), setting["choice_intensity"])
    stood = occurred(occasion.lot, p_resist)
    base = np.full((2, len(occasion.run)), EVEN)
    pair = {name: np.stack([np.zeros_like(phi), phi]) for name, phi in gained.items()}
    told = seen(acts_evidence(base, pair, setting, menu), stood.astype(np.intp))
    table = reasons(occasion, logit(np.full(1, EVEN)), gained, setting, menu)
    return stood, table, occasion.spread(np.broadcast_to(told, (len(AUDIENCES), len(occasion.run))))


def crisis(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Play (4) where a claim comes up; the calendar's `claim` forces a challenge in its month.

    Giving way adds to grievance and to menace; standing firm takes grievance off; force adds much menace and
    hardship. Flow, each (N, R): `claim`, `challenge`, `concession`, `stood_firm`, `force` (0/1) and `p_force` where
    there was a challenge; `evidence_crisis` (A, N, R); `reasons.crisis`, standing firm against giving way (8, R).
    """
    live, held = _challenges(state, flow, setting, month)
    now, drawn, around = held.state(state), held.setting(setting), held.flow(flow)
    accounts = decider_accounts(now, around, drawn)
    worth = payoffs(challenger_accounts(now, around, drawn), drawn, "claim")
    p_force = force(drawn["force_base_rate"], worth, drawn["choice_intensity"])
    stood, table, told = stand(held, accounts, p_force, drawn, "crisis")
    forced = stood * occurred(held.at(month.uniform("force")), p_force)
    feeling = held.spread(pride(now, drawn) * (1.0 - 2.0 * stood))
    menace = drawn["claim_menace"] * (1.0 - stood) + drawn["force_menace"] * forced
    return Change(
        state={
            "grievance": state.grievance + feeling,
            "menace": state.menace + held.spread(menace),
            "hardship": state.hardship + held.spread(drawn["force_hardship"] * forced),
        },
        flow={
            "claim": live.spread(np.ones(len(live.run))),
            "challenge": held.spread(np.ones(len(held.run))),
            "concession": held.spread(1.0 - stood),
            "stood_firm": held.spread(stood),
            "force": held.spread(forced),
            "p_force": held.spread(p_force),
            "evidence_crisis": told,
            "reasons.crisis": table,
        },
    )


def _challenges(state: State, flow: Flow, setting: Setting, month: Month) -> tuple[Occasion, Occasion]:
    """Where a claim is live, and where the target turns it into a challenge; the latter with the decider's draw."""
    ordered = np.broadcast_to(setting.schedule["claim"][month.index][:, None] > 0, state.menace.shape)
    chance = np.where(ordered, 1.0, claim_chance(state, setting))
    live = occasions(month.uniform("claim"), chance)
    now, drawn, around = live.state(state), live.setting(setting), live.flow(flow)
    p_challenge, _, _ = play(
        payoffs(challenger_accounts(now, around, drawn), drawn, "claim"),
        payoffs(decider_accounts(now, around, drawn), drawn, "crisis"),
        (drawn["claim_base_rate"], EVEN, drawn["force_base_rate"]),
        drawn["choice_intensity"],
    )
    begun = np.maximum(occurred(live.lot, p_challenge), live.at(ordered * 1.0))
    return live, narrowed(live, begun, month.uniform("stand_firm"))
