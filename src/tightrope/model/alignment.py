"""Stage 5, alignment: how far a state leans to each pole and on its own strength (equation 3).

s_ip' ∝ s_ip exp{ λ β [μ_ip - γ (Σ s_i)_p] }        repeated tilt of last month's shares

Return maximising is μ, risk contingency is Σ: the two faces of hedging (Kuik 2008). With β γ max|Σ| ≤ 1
the mean-variance objective rises every month. Update: exponentiated gradient (Helmbold et al. 1998).
"""

from __future__ import annotations

import numpy as np

from tightrope.model.account import utility
from tightrope.model.choice import Array, ArrayLike, choice
from tightrope.model.protection import needed, trusted
from tightrope.model.state import ACCOUNTS, Change, Flow, Month, Setting, State

# No share vanishes altogether, so that its logarithm stays a number.
LEAST = 1e-12


def tilt_shares(
    share: Array,
    reward: Array,
    covariance: Array,
    aversion: ArrayLike,
    speed: ArrayLike,
    intensity: ArrayLike = 1.0,
) -> Array:
    """One month of (3). Shapes: `share`, `reward` μ (K, ...), `covariance` Σ (K, K); the rest broadcast."""
    gradient = np.tensordot(covariance, share, axes=1)
    gradient *= aversion
    np.subtract(reward, gradient, out=gradient)
    gradient *= speed
    return choice(share, gradient, intensity)


def hedging_index(share: Array) -> Array:
    """H = 1 / Σ_p s_p²: the number of equal poles that would be as spread out, 1 to K."""
    index: Array = 1.0 / np.einsum("p...,p...->...", share, share)
    return index


def alignment_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What leaning to each pole, and last to own strength, brings (P+1, N, R).

    Economy: trade share × preference margin + credible offer, percent of GDP a year. Security, for the
    pole that protects: protection × threat + κ_g debt - menace (1 - n); other poles protect where a
    figure says so. Autonomy: the own asset is worth the state's strength. Principle: affinity of votes.
    """
    figures, target = setting.figures, setting.target
    blank = np.zeros_like(state.share)
    economy, safety, autonomy, principle = blank, blank.copy(), blank.copy(), blank.copy()
    economy[:-1] = flow["offer"]
    economy[:-1] += figures["trade"] * figures["preference"]
    terms = state.union * (1.0 - state.retaliated) - figures["union"]
    economy[target] += figures["trade"][target] * setting["preference_margin"] * terms
    need = needed(state, flow, setting)
    safety[:-1] = figures["protection"] * need * (1.0 - flow["tied_down"])
    thanks = 1.0 + setting["troops_thanks"] * state.sent
    safety[target] = state.ally * thanks * need * trusted(state, flow, setting)
    safety[target] += setting["debt_pull"] * state.debt - setting["menace_weight"] * state.menace * (
        1.0 - state.rule
    )
    autonomy[-1] = figures["strength"]
    principle[:-1] = figures["affinity"]
    return {"economy": economy, "security": safety, "autonomy": autonomy, "principle": principle}


def alignment(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Move the shares one month; `anchor` holds what the start reveals of unobserved pulls.

    The anchor is the constant that would make the start a resting point, times `anchoring` in [0, 1]:
    the alternative-specific constant of a choice model. Flow: `why_leaning`, the focus actor's account of
    every pole and of own strength (P+1, 9, R): baseline, six accounts, risk, anchor (see `pulls`); and
    `why_alignment` (9, R), the sanctioner's less the target's.
    """
    accounts = alignment_accounts(state, flow, setting)
    reward = utility(accounts, setting.weights, setting.divisors.get("alignment", {}))
    share = tilt_shares(
        state.share,
        reward + setting.figures["anchor"],
        setting.covariance,
        setting["risk_aversion"],
        setting["alignment_speed"],
        setting["choice_intensity"],
    )
    share = np.maximum(share, LEAST)
    told = pulls(state.share, accounts, setting)
    between = told[setting.sanctioner] - told[setting.target]
    return Change(state={"share": share}, flow={"why_leaning": told, "why_alignment": between})


def pulls(share: Array, accounts: dict[str, Array], setting: Setting) -> Array:
    """What each term of (3) adds to the log of the focus actor's share of each pole and own strength (P+1, 9, R).

    Row by row: log s_p; λβ θ_f φ_f(p) / d_f of the six accounts; -λβγ (Σ s)_p; λβ times the anchor; nats.
    The rows of one pole less those of another sum to log s'_p / s'_q exactly.
    """
    scale = setting["alignment_speed"] * setting["choice_intensity"]
    own = share[:, setting.focus]
    rows = np.zeros((len(share), len(ACCOUNTS) + 3, setting.runs))
    rows[:, 0] = np.log(own)
    divisors = setting.divisors.get("alignment", {})
    for name, phi in accounts.items():
        weight = scale * setting.weights[name] / divisors.get(name, 1.0)
        rows[:, 1 + ACCOUNTS.index(name)] = weight * phi[:, setting.focus]
    rows[:, -2] = -scale * setting["risk_aversion"] * np.tensordot(setting.covariance, own, axes=1)
    rows[:, -1] = scale * setting.figures["anchor"][:, setting.focus]
    return rows
