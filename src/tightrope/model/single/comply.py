"""Stages 5 and 6 of a single run: enforcement of the sanctions, and the penalty for evasion (see `compliance`)."""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import TINY
from tightrope.model.compliance import LEAST
from tightrope.model.single.home import displeasure
from tightrope.model.single.lanes import any_of, pick
from tightrope.model.single.layout import (
    BASE_ROW,
    COMMITMENTS,
    COMPLIANCE,
    DEBT,
    EVASION,
    EVASION_FREE,
    EVASION_FREE_VALUE,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    EXPORTS_TARGET,
    EXPORTS_WEST,
    G_ENFORCEMENT,
    G_SECONDARY,
    GDP,
    JOINED,
    M_COMPLIANCE,
    MENACE,
    NEXT_COMPLIANCE,
    NEXT_PENALISED,
    PENALISABLE,
    PENALISED,
    SENT,
    STATED_COMPLIANCE,
    STRICTER,
    TRADE_TARGET,
    U_COMPLIANCE,
    U_PENALTY,
    U_RELIEF,
    W_COMPLIANCE,
    A,
    D,
    E,
    N,
    R,
    S,
)
from tightrope.model.single.rules import (
    believed,
    drawn,
    exp,
    jit,
    log,
    logistic,
    observed,
    part,
    resting,
    tilt,
    value_of,
)

LEVELS = 3


@part
def hazard(now, n, evasion):
    """P_sec: monthly probability of secondary sanctions at an evasion in bn USD a year that belief doubts."""
    doubt, p = 1.0 - believed(0, now, n), now.p
    return logistic(p.penalty_logit + p.choice_intensity * p.penalty_sensitivity * evasion * doubt)


@part
def twelve(x):
    """x¹², by squaring."""
    square = x * x
    fourth = square * square
    return fourth * fourth * fourth


@part
def slopes(now, n, phi):
    """What enforcing in full brings rather than none, by account: each account is linear in the level."""
    s, flow, f, p = now.s, now.flow, now.f, now.p
    chance = hazard(now, n, flow[EVASION_FREE_VALUE, n])
    avoidable = pick(s[PENALISED, n] > 0, p.penalty_relief, chance * f[PENALISABLE, n])
    lost = (1.0 - twelve(1.0 - avoidable)) * p.penalty_loss * f[EXPORTS_WEST, n]
    exposure = p.debt_weight * s[DEBT, n] + f[TRADE_TARGET, n] / 100.0
    phi[E] = -(p.rent_share * flow[EVASION_FREE, n] - lost)
    phi[S] = -p.retaliation * f[EXPORTS_TARGET, n] * (1.0 + s[MENACE, n])
    phi[D] = displeasure(now, n)
    phi[A] = p.tied_hands * s[COMMITMENTS, n] - exposure
    phi[N] = f[STATED_COMPLIANCE, n]
    phi[R] = 0.0


@part
def normed(a, b, c):
    """Three weights as chances."""
    each = 1.0 / (a + b + c)
    return a * each, b * each, c * each


@part
def spread(base, slope, intensity):
    """The rule over the three levels, each of which brings its part of the slope."""
    tilted = 0.5 * intensity * slope
    half = exp(-abs(tilted))
    whole, less = half * half, tilted <= 0.0
    return normed(pick(less, base[0], base[0] * whole), base[1] * half, pick(less, base[2] * whole, base[2]))


@part
def persistence(level, stickiness):
    """π(c) ∝ exp(-k |c - level|) over none, half and full."""
    half = exp(stickiness * (level - abs(0.5 - level)))
    full = exp(stickiness * (level - (1.0 - level)))
    none, half, full = normed(1.0, half, full)
    return max(LEAST, none), max(LEAST, half), max(LEAST, full)


@part
def seen_by(audience, now, base, chances):
    """How likely a sincere state, or a gamer, is to choose each level, as an audience sees it."""
    seen = observed(audience, now.p)
    rest = 1.0 - seen
    return (
        seen * chances[0] + (rest * base[0] + TINY),
        seen * chances[1] + (rest * base[1] + TINY),
        seen * chances[2] + (rest * base[2] + TINY),
    )


@part
def standing(audience, now, who, n, sincere, gamer):
    """φ_R of each level with one audience.

    σ(rest + log ratio) = 1 / (1 + e^{-rest} / ratio), so that no logarithm is needed before a level is chosen.
    """
    current, value = believed(audience, now, n), value_of(audience, now, who, n)
    doubt = exp(-resting(audience, now, n))
    return (
        value * (sincere[0] / (sincere[0] + doubt * gamer[0]) - current),
        value * (sincere[1] / (sincere[1] + doubt * gamer[1]) - current),
        value * (sincere[2] / (sincere[2] + doubt * gamer[2]) - current),
    )


@part
def told_by(audience, now, who, n, base, sincere, gamer, told):
    """φ_R of each level with one audience; how likely each is, of a sincere state and of a gamer, into `told`."""
    ours, theirs = seen_by(audience, now, base, sincere), seen_by(audience, now, base, gamer)
    for k in range(LEVELS):
        told[2 * audience, k], told[2 * audience + 1, k] = ours[k], theirs[k]
    return standing(audience, now, who, n, ours, theirs)


@part
def levels(now, who, by, n):
    """Base rates, φ_R and chances of the three levels; how likely each is to be seen, into `by.told`."""
    w, d, phi, intensity = by.w, by.per[M_COMPLIANCE], by.phi, now.p.choice_intensity
    slopes(now, n, phi)
    base = persistence(now.s[COMPLIANCE, n], now.p.compliance_stickiness)
    alike = w[0, S] * phi[S] * d[S] + w[0, D] * phi[D] * d[D] + w[0, A] * phi[A] * d[A]
    economy, principle = phi[E] * d[E], phi[N] * d[N]
    sincere = spread(base, alike + w[1, E] * economy + w[1, N] * principle, intensity)
    gamer = spread(base, alike + w[2, E] * economy + w[2, N] * principle, intensity)
    first = told_by(0, now, who, n, base, sincere, gamer, by.told)
    second = told_by(1, now, who, n, base, sincere, gamer, by.told)
    reputation = (first[0] + second[0], first[1] + second[1], first[2] + second[2])
    slope, weight = alike + w[0, E] * economy + w[0, N] * principle, w[0, R] * d[R]
    half = exp(intensity * (0.5 * slope + weight * (reputation[1] - reputation[0])))
    full = exp(intensity * (slope + weight * (reputation[2] - reputation[0])))
    return base, reputation, normed(base[0], base[1] * half, base[2] * full)


@part
def of_chosen(row, some, full):
    """The entry of the level that is chosen."""
    return pick(full, row[2], pick(some, row[1], row[0]))


@jit
def compliance(now, given, who, by):
    """Choose enforcement for the month; the level moves a part of the way to it. Into NEXT_COMPLIANCE."""
    s, flow, p, told = now.s, now.flow, now.p, by.told
    for n in range(s.shape[1]):
        base, reputation, chance = levels(now, who, by, n)
        lot, level = drawn(now, U_COMPLIANCE, n), s[COMPLIANCE, n]
        some, full = lot >= chance[0], (lot >= chance[0] + chance[1]) | (s[JOINED, n] > 0)
        aim = pick(full, 1.0, pick(some, 0.5, 0.0))
        ordered = given[G_ENFORCEMENT, now.month, n]
        fixed = not np.isnan(ordered)
        if fixed:
            aim = level * 0.0 + ordered
            some, full = aim > 0.25, aim >= 0.75  # what is nearest to it
        gap = (aim - level) * now.f[PENALISABLE, n]
        flow[NEXT_COMPLIANCE, n] = pick(fixed, aim, level + p.compliance_speed * gap)
        flow[STRICTER, n] = max(gap, 0.0)
        flow[EVIDENCE_SANCTIONER, n] += log(of_chosen(told[0], some, full) / of_chosen(told[1], some, full))
        flow[EVIDENCE_TARGET, n] += log(of_chosen(told[2], some, full) / of_chosen(told[3], some, full))
        if n == who.focus:
            explain(by, base, reputation, p.choice_intensity)


@part
def explain(by, base, reputation, intensity):
    """Why the focus actor enforces in full rather than not at all."""
    table, phi, d = by.reasons[W_COMPLIANCE], by.phi, by.per[M_COMPLIANCE]
    table[BASE_ROW] += log(base[2]) - log(base[0])
    phi[R] = reputation[2] - reputation[0]
    for a in range(6):
        table[1 + a] += intensity * by.w[0, a] * phi[a] * d[a]


@jit
def penalty(now, given):
    """The sanctioner may impose secondary sanctions, and lift them from who enforces. Into NEXT_PENALISED."""
    s, flow, f, p = now.s, now.flow, now.f, now.p
    for n in range(s.shape[1]):
        chance = hazard(now, n, flow[EVASION, n] * f[GDP, n] / 100.0)
        if any_of(s[SENT, n] > 0):
            chance = tilt(chance, p.troops_penalty * s[SENT, n], p.choice_intensity)
        chance *= f[PENALISABLE, n] * (1.0 - s[JOINED, n])
        ordered = given[G_SECONDARY, now.month, n]
        imposed = max(pick(drawn(now, U_PENALTY, n) < chance, 1.0, 0.0), ordered) * (1.0 - s[PENALISED, n])
        relief = p.penalty_relief * s[COMPLIANCE, n] * (1.0 - ordered)
        kept = s[PENALISED, n] * pick(drawn(now, U_RELIEF, n) < relief, 0.0, 1.0)
        flow[NEXT_PENALISED, n] = kept + imposed
