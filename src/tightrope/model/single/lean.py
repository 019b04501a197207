"""Stages 4 and 5 of a single run: what the poles offer, and how far states lean (see `contest`, `alignment`)."""

from __future__ import annotations

from math import exp, log

import numpy as np

from tightrope.model.alignment import LEAST
from tightrope.model.single.layout import (
    ABANDONED,
    AFFINITY,
    ALLY,
    BASE_ROW,
    BUDGET,
    COORDINATED,
    DEBT,
    FIRST_UNION,
    G_COORDINATION,
    G_CREDIBILITY,
    G_EFFORT,
    M_ALIGNMENT,
    MASS,
    MENACE,
    OUTSIDE,
    PENALISED,
    PREFERENCE,
    PROTECTION,
    RETALIATED,
    RULE,
    SENT,
    STRENGTH,
    THREAT,
    TRADE,
    UNFRIENDLY,
    UNION,
    VALUE,
    W_ALIGNMENT,
    A,
    E,
    N,
    S,
)
from tightrope.model.single.rules import jit, part

RISK_ROW, ANCHOR_ROW = 7, 8


@part
def needed(s, flow, f, n, p):
    """The need of protection in quiet times, from outside and by unrest."""
    return f[THREAT, n] + p.outside_weight * flow[OUTSIDE, n] + p.unrest_need * s[MASS, n]


@part
def trusted(s, tied, n, target, p):
    """How much the protector's word is worth, 0 to 1."""
    kept = exp(-p.abandonment * s[ABANDONED, n]) if s[ABANDONED, n] != 0.0 else 1.0
    return kept * (1.0 - tied[target])


@jit
def contest(s, offer, fp, q, tied, world, poles, month, target, sanctioner, p, work):
    """What each pole offers each decider, percent of GDP a year: a Tullock contest with the capacity left."""
    power = p.contest_decisiveness
    count = tied.shape[0]
    for pole in range(count):
        free = q[BUDGET, pole] * poles[G_EFFORT, month, pole] * (1.0 - tied[pole])
        work[0, pole] = free**power
        work[1, pole] = free
    start, now = p.rule_strength, world[RULE]
    worn = (1.0 - now) / max(1.0 - start, 1e-9)
    own = min(1.0, max(0.0, 1.0 - p.at_war * (1.0 - p.target_credibility) * worn))
    own = own + world[COORDINATED] * (1.0 - own)
    for n in range(s.shape[1]):
        total = 0.0
        for pole in range(count):
            work[2, pole] = work[0, pole] * fp[VALUE, pole, n]
        for partner in range(count):
            bound = poles[G_COORDINATION, month, partner]
            if bound != 0.0:
                ours, theirs = work[2, target], work[2, partner]
                # The efforts themselves, out of the strengths that they were raised to.
                pooled = (ours ** (1.0 / power) + theirs ** (1.0 / power)) ** power
                joint = pooled * max(1.0, 2.0 ** (1.0 - power))
                grown = 1.0 + bound * (joint / (ours + theirs) - 1.0)
                work[2, target] *= grown
                work[2, partner] *= grown
        for pole in range(count):
            total += work[2, pole]
        for pole in range(count):
            given = poles[G_CREDIBILITY, month, pole]
            believed = (own if pole == target else 1.0) if np.isnan(given) else given
            offer[pole, n] = believed * work[2, pole] / total * p.offer_total
        offer[sanctioner, n] *= 1.0 - p.penalty_loss * s[PENALISED, n]
        offer[target, n] *= (1.0 - p.unfriendly_loss * s[UNFRIENDLY, n]) * (1.0 - s[RETALIATED, n])


@jit
def account(s, flow, f, fp, offer, tied, world, n, pole, target, p, phi):
    """What leaning to a pole, or to own strength (the last), brings: economy, security, autonomy, principle."""
    phi[:] = 0.0
    count = tied.shape[0]
    if pole == count:
        phi[A] = f[STRENGTH, n]
        return
    phi[E] = offer[pole, n] + fp[TRADE, pole, n] * fp[PREFERENCE, pole, n]
    need = needed(s, flow, f, n, p)
    phi[S] = fp[PROTECTION, pole, n] * need * (1.0 - tied[pole])
    phi[N] = fp[AFFINITY, pole, n]
    if pole == target:
        terms = s[UNION, n] * (1.0 - s[RETALIATED, n]) - f[FIRST_UNION, n]
        phi[E] += fp[TRADE, target, n] * p.preference_margin * terms
        thanks = 1.0 + p.troops_thanks * s[SENT, n]
        phi[S] = s[ALLY, n] * thanks * need * trusted(s, tied, n, target, p)
        phi[S] += p.debt_pull * s[DEBT, n] - p.menace_weight * s[MENACE, n] * (1.0 - world[RULE])


@jit
def alignment(
    s, flow, f, fp, anchor, steady, offer, share, after, tied, world, why, target, sanctioner, focus, p, phi, w,
    divisors, cov,
):  # fmt: skip
    """Move the shares one month: s' ∝ s exp{λ β [μ - γ Σ s]}, into `after`.

    `steady` is the part of μ and of the anchor that months do not change (see `pack.figures`).
    """
    kinds = share.shape[0]
    poles = kinds - 1
    d = divisors[M_ALIGNMENT]
    scale = p.alignment_speed * p.choice_intensity
    economy, safety, aversion = scale * w[0, E] / d[E], scale * w[0, S] / d[S], scale * p.risk_aversion
    held = 1.0 - world[RULE]
    for n in range(s.shape[1]):
        need = needed(s, flow, f, n, p)
        peak = -np.inf
        for pole in range(kinds):
            risk = 0.0
            for other in range(kinds):
                risk += cov[pole, other] * share[other, n]
            tilted = scale * steady[pole, n] - aversion * risk
            if pole < poles:
                tilted += economy * offer[pole, n]
                if pole == target:
                    terms = s[UNION, n] * (1.0 - s[RETALIATED, n]) - f[FIRST_UNION, n]
                    if terms != 0.0:
                        tilted += economy * fp[TRADE, target, n] * p.preference_margin * terms
                    safe = p.debt_pull * s[DEBT, n] - p.menace_weight * s[MENACE, n] * held
                    if s[ALLY, n] != 0.0:
                        thanks = 1.0 + p.troops_thanks * s[SENT, n]
                        safe += s[ALLY, n] * thanks * need * trusted(s, tied, n, target, p)
                    tilted += safety * safe
                elif fp[PROTECTION, pole, n] != 0.0:
                    tilted += safety * fp[PROTECTION, pole, n] * need * (1.0 - tied[pole])
            after[pole, n] = tilted
            peak = max(peak, tilted)
        total = 0.0
        for pole in range(kinds):
            after[pole, n] = share[pole, n] * exp(after[pole, n] - peak)
            total += after[pole, n]
        for pole in range(kinds):
            after[pole, n] = max(LEAST, after[pole, n] / total)
    explain(
        s, flow, f, fp, anchor, offer, share, tied, world, why, target, sanctioner, focus, p, phi, w, d, cov
    )


@jit
def explain(
    s, flow, f, fp, anchor, offer, share, tied, world, why, target, sanctioner, focus, p, phi, w, d, cov
):
    """Why the focus actor moves to the sanctioner rather than the target: baseline, accounts, risk, anchor."""
    table = why[W_ALIGNMENT]
    scale = p.alignment_speed * p.choice_intensity
    table[BASE_ROW] += log(share[sanctioner, focus]) - log(share[target, focus])
    for side in range(2):
        pole, sign = (sanctioner, 1.0) if side == 0 else (target, -1.0)
        account(s, flow, f, fp, offer, tied, world, focus, pole, target, p, phi)
        for a in (E, S, A, N):
            table[1 + a] += sign * scale * w[0, a] * phi[a] / d[a]
        risk = 0.0
        for other in range(share.shape[0]):
            risk += cov[pole, other] * share[other, focus]
        table[RISK_ROW] -= sign * scale * p.risk_aversion * risk
        table[ANCHOR_ROW] += sign * scale * anchor[pole, focus]
