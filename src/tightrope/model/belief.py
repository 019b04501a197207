"""Stage 7, sincerity: what audiences believe of a state from what it does (equation 11).

L ← ρ L + (1 - ρ) L_0 + Σ_acts log [P̃_S(a) / P̃_G(a)],   P̃ = o P + (1 - o) π

Types: S a sincere distancer, G a gamer who keeps the target's rents and values no principle. Both follow
the one rule with their own weights. Level 0: their likelihoods leave the reputation account out, so that
nobody reasons about reasoning (declared; a fixed point would be a signalling equilibrium).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tightrope.model.account import Accounts, utility
from tightrope.model.choice import Array, ArrayLike, Index, choice, evidence, logistic
from tightrope.model.state import AUDIENCES, Change, Flow, Month, Setting, State

# Every quantity of the month whose name begins so is evidence on what a state is, nats (A, N, R).
EVIDENCE = "evidence_"
# The accounts that the two types weigh differently; the others' part is computed once for both.
APART = ("economy", "principle")


def update(log_odds: Array, prior: Array, memory: ArrayLike, ratio: ArrayLike) -> Array:
    """One month of (11): leaky memory ρ of the log-odds, pulled to the prior, plus the month's evidence."""
    after: Array = memory * log_odds + (1.0 - memory) * prior + ratio
    return after


def acts_evidence(base: Array, accounts: Accounts, setting: Setting, menu: str) -> Array:
    """What each alternative of a menu would tell each audience, nats (A, K, N, R), at level 0."""
    divisors, intensity = setting.divisors.get(menu, {}), setting["choice_intensity"]
    level0 = {name: phi for name, phi in accounts.items() if name != "reputation"}
    apart = {name: phi for name, phi in level0.items() if name in APART}
    shared = {name: phi for name, phi in level0.items() if name not in APART}
    if not apart:
        shape = np.broadcast_shapes(base.shape, *(phi.shape for phi in shared.values()))
        return np.zeros((len(AUDIENCES), *shape))
    alike = utility(shared, setting.weights, divisors) if shared else 0.0
    sincere = choice(base, alike + utility(apart, setting.sincere, divisors), intensity)
    gamer = choice(base, alike + utility(apart, setting.gamer, divisors), intensity)
    told = np.empty((len(AUDIENCES), *sincere.shape))
    for place, seen in enumerate(observability(setting)):
        told[place] = evidence(base, sincere, gamer, seen)
    return told


def observability(setting: Setting) -> Iterator[Array]:
    """How much of what states do each audience sees, in the order of `AUDIENCES`."""
    return (setting[f"observability_{name}"] for name in AUDIENCES)


def reputation(state: State, ratio: Array, setting: Setting) -> Array:
    """φ_R of each alternative: Σ_A v_A (belief after it - belief now), (K, N, R).

    The sanctioner wants distance and the target loyalty: v is the share leaning to the first, and minus
    the share leaning to the second, each times `audience_value`.
    """
    value = setting["audience_value"] * np.stack(
        [state.share[setting.sanctioner], -state.share[setting.target]]
    )
    prior, memory = setting.figures["sincerity_prior"], setting["belief_memory"]
    resting = memory * state.log_odds + (1.0 - memory) * prior
    after = logistic(resting[:, None] + ratio)
    after -= logistic(state.log_odds)[:, None]
    after *= value[:, None]
    change: Array = after.sum(axis=0)
    return change


def seen(ratio: Array, chosen: Index) -> Array:
    """The evidence of the alternatives that were chosen: (A, K, N, R) and (N, R) → (A, N, R)."""
    if ratio.shape[2:] != chosen.shape:
        picked: Array = np.take_along_axis(ratio, chosen[None, None], axis=1)[:, 0]
        return picked
    # Taking by one index is the quicker way.
    place = chosen.reshape(-1) * chosen.size + np.arange(chosen.size)
    return ratio.reshape(len(ratio), -1).take(place, axis=1).reshape(len(ratio), *chosen.shape)


def belief(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Update both audiences' log-odds with the evidence of this month's choices."""
    ratio = np.zeros_like(state.log_odds)
    for name in sorted(flow):
        if name.startswith(EVIDENCE):
            ratio = ratio + flow[name]
    after = update(state.log_odds, setting.figures["sincerity_prior"], setting["belief_memory"], ratio)
    return Change(state={"log_odds": np.clip(after, -20.0, 20.0)})
