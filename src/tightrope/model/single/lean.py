"""Stages 4 and 5 of a single run: what the poles offer, and how far states lean (see `contest`, `alignment`)."""

from __future__ import annotations

import numpy as np

from tightrope.model.alignment import LEAST
from tightrope.model.single.lanes import any_of, pick
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
    TIMES_ROW,
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
from tightrope.model.single.rules import exp, jit, log, part

RISK_ROW, ANCHOR_ROW = 7, 8


@part
def needed(now, n):
    """The need of protection in quiet times, from outside and by unrest."""
    p = now.p
    return now.f[THREAT, n] + p.outside_weight * now.flow[OUTSIDE, n] + p.unrest_need * now.s[MASS, n]


@part
def trusted(now, n, target):
    """How much the protector's word is worth, 0 to 1."""
    refused = now.s[ABANDONED, n]
    free = 1.0 - now.tied[target]
    if any_of(refused != 0.0):
        free *= exp(-now.p.abandonment * refused)
    return free


@part
def strengths(now, poles, given, work):
    """The capacity that each pole has left, into `work[1]`, and what it weighs in a contest, into `work[0]`."""
    for pole in range(now.tied.shape[0]):
        free = poles.q[BUDGET, pole] * given[G_EFFORT, now.month, pole] * (1.0 - now.tied[pole])
        work[0, pole] = exp(now.p.contest_decisiveness * log(free))
        work[1, pole] = free


@part
def pool(given, month, target, power, work):
    """Let the target and its partners coordinate: `work[2]` holds what each pole brings to bear on a decider."""
    for partner in range(given.shape[2]):
        bound = given[G_COORDINATION, month, partner]
        if bound != 0.0:
            ours, theirs = work[2, target], work[2, partner]
            # The efforts themselves, out of the strengths that they were raised to.
            pooled = exp(power * log(exp(log(ours) / power) + exp(log(theirs) / power)))
            joint = pooled * max(1.0, exp((1.0 - power) * log(2.0)))
            grown = 1.0 + bound * (joint / (ours + theirs) - 1.0)
            work[2, target] *= grown
            work[2, partner] *= grown


@part
def credible(world, p):
    """How far the target's offers are believed where nothing is ordered, 0 to 1."""
    worn = (1.0 - world[RULE]) / max(1.0 - p.rule_strength, 1e-9)
    own = min(1.0, max(0.0, 1.0 - p.at_war * (1.0 - p.target_credibility) * worn))
    return own + world[COORDINATED] * (1.0 - own)


@jit
def contest(now, poles, given, who, work):
    """What each pole offers each decider, percent of GDP a year: a Tullock contest with the capacity left."""
    s, p, offer, target = now.s, now.p, poles.offer, who.target
    count = now.tied.shape[0]
    strengths(now, poles, given, work)
    own = credible(now.world, p)
    for n in range(s.shape[1]):
        total = 0.0
        for pole in range(count):
            work[2, pole] = work[0, pole] * poles.fp[VALUE, pole, n]
        pool(given, now.month, target, p.contest_decisiveness, work)
        for pole in range(count):
            total += work[2, pole]
        each = p.offer_total / total
        for pole in range(count):
            ordered = given[G_CREDIBILITY, now.month, pole]
            believed = pick(np.isnan(ordered), pick(pole == target, own, 1.0), ordered)
            offer[pole, n] = believed * work[2, pole] * each
        offer[who.sanctioner, n] *= 1.0 - p.penalty_loss * s[PENALISED, n]
        offer[target, n] *= (1.0 - p.unfriendly_loss * s[UNFRIENDLY, n]) * (1.0 - s[RETALIATED, n])


@part
def terms(now, n):
    """How far membership of the union, and the trade that it eases, is more than at the start."""
    return now.s[UNION, n] * (1.0 - now.s[RETALIATED, n]) - now.f[FIRST_UNION, n]


@jit
def account(now, poles, phi, n, pole, target):
    """What leaning to a pole, or to own strength (the last), brings: economy, security, autonomy, principle."""
    s, f, p, fp = now.s, now.f, now.p, poles.fp
    phi[:] = 0.0
    if pole == now.tied.shape[0]:
        phi[A] = f[STRENGTH, n]
        return
    phi[E] = poles.offer[pole, n] + fp[TRADE, pole, n] * fp[PREFERENCE, pole, n]
    need = needed(now, n)
    phi[S] = fp[PROTECTION, pole, n] * need * (1.0 - now.tied[pole])
    phi[N] = fp[AFFINITY, pole, n]
    if pole == target:
        phi[E] += fp[TRADE, target, n] * p.preference_margin * terms(now, n)
        thanks = 1.0 + p.troops_thanks * s[SENT, n]
        phi[S] = s[ALLY, n] * thanks * need * trusted(now, n, target)
        phi[S] += p.debt_pull * s[DEBT, n] - p.menace_weight * s[MENACE, n] * (1.0 - now.world[RULE])


@jit
def alignment(now, poles, who, by):
    """Move the shares one month: s' ∝ s exp{λ β [μ - γ Σ s]}, into `poles.after`.

    `poles.steady` is the part of μ and of the anchor that months do not change (see `figures`).
    """
    s, share, p, fp, after, target = now.s, now.share, now.p, poles.fp, poles.after, who.target
    w, d, cov = by.w, by.per[M_ALIGNMENT], poles.cov
    kinds = share.shape[0]
    scale = p.alignment_speed * p.choice_intensity
    economy, safety, aversion = scale * w[0, E] * d[E], scale * w[0, S] * d[S], scale * p.risk_aversion
    held = 1.0 - now.world[RULE]
    for n in range(s.shape[1]):
        need = needed(now, n)
        for pole in range(kinds):
            risk = 0.0
            for other in range(kinds):
                risk += cov[pole, other] * share[other, n]
            tilted = scale * poles.steady[pole, n] - aversion * risk
            if pole < kinds - 1:
                tilted += economy * poles.offer[pole, n]
                if pole == target:
                    more = terms(now, n)
                    if any_of(more != 0.0):
                        tilted += economy * fp[TRADE, target, n] * p.preference_margin * more
                    safe = p.debt_pull * s[DEBT, n] - p.menace_weight * s[MENACE, n] * held
                    if any_of(s[ALLY, n] != 0.0):
                        thanks = 1.0 + p.troops_thanks * s[SENT, n]
                        safe += s[ALLY, n] * thanks * need * trusted(now, n, target)
                    tilted += safety * safe
                elif any_of(fp[PROTECTION, pole, n] != 0.0):
                    tilted += safety * fp[PROTECTION, pole, n] * need * (1.0 - now.tied[pole])
            after[pole, n] = tilted
        divided(share, after, n)
    explain(now, poles, who, by)


@part
def divided(share, after, n):
    """From what moves a decider to each pole, taken against own strength, to the shares."""
    own = share.shape[0] - 1
    still = after[own, n]
    after[own, n] = share[own, n]
    total = share[own, n]
    for pole in range(own):
        after[pole, n] = share[pole, n] * exp(after[pole, n] - still)
        total += after[pole, n]
    each = 1.0 / total
    for pole in range(own + 1):
        after[pole, n] = max(LEAST, after[pole, n] * each)


@jit
def explain(now, poles, who, by):
    """What moves the focus actor to each pole and to own strength: baseline, accounts, risk, anchor.

    The baseline is the start's, all else sums over months. From it the table of the sanctioner against the target,
    whose baseline is a sum as well.
    """
    share, p, focus, phi, d = now.share, now.p, who.focus, by.phi, by.per[M_ALIGNMENT]
    scale = p.alignment_speed * p.choice_intensity
    for pole in range(share.shape[0]):
        table = by.leaning[pole]
        account(now, poles, phi, focus, pole, who.target)
        if now.month == 0:
            table[BASE_ROW] = log(share[pole, focus])
        for a in (E, S, A, N):
            table[1 + a] += scale * by.w[0, a] * phi[a] * d[a]
        risk = 0.0
        for other in range(share.shape[0]):
            risk += poles.cov[pole, other] * share[other, focus]
        table[RISK_ROW] -= scale * p.risk_aversion * risk
        table[ANCHOR_ROW] += scale * poles.anchor[pole, focus]
    against = by.reasons[W_ALIGNMENT]
    against[BASE_ROW] += log(share[who.sanctioner, focus]) - log(share[who.target, focus])
    for row in range(BASE_ROW + 1, TIMES_ROW):
        against[row] = by.leaning[who.sanctioner, row] - by.leaning[who.target, row]
