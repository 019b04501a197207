"""Stages 5 and 6 of a single run: enforcement of the sanctions, and the penalty for evasion (see `compliance`)."""

from __future__ import annotations

from math import exp, log

import numpy as np

from tightrope.model.choice import TINY
from tightrope.model.compliance import LEAST
from tightrope.model.single.home import displeasure
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
    ODDS_SANCTIONER,
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
    copy,
    jit,
    logistic,
    observed,
    part,
    resting,
    tilt,
    value_of,
)

LEVELS = 3
# Rows of the scratch room.
BASE, SINCERE, GAMER, REPUTATION, CHANCE = range(5)


@part
def hazard(now, n, evasion):
    """P_sec: monthly probability of secondary sanctions at an evasion in bn USD a year that belief doubts."""
    doubt, p = 1.0 - logistic(now.s[ODDS_SANCTIONER, n]), now.p
    if p.choice_intensity == 0.0:
        return p.penalty_base_rate
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
    avoidable = p.penalty_relief if s[PENALISED, n] > 0 else chance * f[PENALISABLE, n]
    lost = (1.0 - twelve(1.0 - avoidable)) * p.penalty_loss * f[EXPORTS_WEST, n]
    exposure = p.debt_weight * s[DEBT, n] + f[TRADE_TARGET, n] / 100.0
    phi[E] = -(p.rent_share * flow[EVASION_FREE, n] - lost)
    phi[S] = -p.retaliation * f[EXPORTS_TARGET, n] * (1.0 + s[MENACE, n])
    phi[D] = displeasure(now, n)
    phi[A] = p.tied_hands * s[COMMITMENTS, n] - exposure
    phi[N] = f[STATED_COMPLIANCE, n]
    phi[R] = 0.0


@part
def spread(base, slope, intensity, out):
    """The rule over the three levels, each of which brings its part of the slope."""
    tilted = 0.5 * intensity * slope
    half = exp(-abs(tilted))
    if tilted <= 0.0:
        out[0], out[1], out[2] = base[0], base[1] * half, base[2] * half * half
    else:
        out[0], out[1], out[2] = base[0] * half * half, base[1] * half, base[2]
    total = out[0] + out[1] + out[2]
    out[0] /= total
    out[1] /= total
    out[2] /= total


@part
def persistence(level, stickiness, base):
    """π(c) ∝ exp(-k |c - level|) over none, half and full."""
    gaps = (level, abs(0.5 - level), 1.0 - level)
    least = min(gaps[0], min(gaps[1], gaps[2]))
    total = 0.0
    for k in range(LEVELS):
        base[k] = exp(-stickiness * (gaps[k] - least))
        total += base[k]
    for k in range(LEVELS):
        base[k] = max(LEAST, base[k] / total)


@part
def standing(now, who, n, room, ratios):
    """φ_R of each level, and how much likelier a sincere state is to choose it, as each audience sees it.

    σ(rest + log ratio) = ratio / (ratio + e^{-rest}), so that no logarithm is needed before a level is chosen.
    """
    base, sincere, gamer, out = room[BASE], room[SINCERE], room[GAMER], room[REPUTATION]
    out[0] = out[1] = out[2] = 0.0
    for audience in range(2):
        seen = observed(audience, now.p)
        current = believed(audience, now, n)
        doubt = exp(-resting(audience, now, n))
        value = value_of(audience, now, who, n)
        for k in range(LEVELS):
            unseen = (1.0 - seen) * base[k] + TINY
            ratio = (seen * sincere[k] + unseen) / (seen * gamer[k] + unseen)
            ratios[audience, k] = ratio
            out[k] += value * (ratio / (ratio + doubt) - current)


@part
def chance_of(base, slope, reputation, weight, intensity, out):
    """The rule over the three levels, reputation included."""
    if intensity == 0.0:
        copy(base, out)
        return
    peak = -np.inf
    for k in range(LEVELS):
        out[k] = intensity * (0.5 * k * slope + weight * reputation[k])
        peak = max(peak, out[k])
    total = 0.0
    for k in range(LEVELS):
        out[k] = base[k] * exp(out[k] - peak)
        total += out[k]
    for k in range(LEVELS):
        out[k] /= total


@part
def levels(now, who, by, room, n):
    """The chances of the three levels, into `room`; what the choice tells each audience into `by.told`, as ratios."""
    w, d, phi, intensity = by.w, by.divisors[M_COMPLIANCE], by.phi, now.p.choice_intensity
    base = room[BASE]
    slopes(now, n, phi)
    persistence(now.s[COMPLIANCE, n], now.p.compliance_stickiness, base)
    alike = w[0, S] * phi[S] / d[S] + w[0, D] * phi[D] / d[D] + w[0, A] * phi[A] / d[A]
    spread(base, alike + w[1, E] * phi[E] / d[E] + w[1, N] * phi[N] / d[N], intensity, room[SINCERE])
    spread(base, alike + w[2, E] * phi[E] / d[E] + w[2, N] * phi[N] / d[N], intensity, room[GAMER])
    standing(now, who, n, room, by.told)
    slope = alike + w[0, E] * phi[E] / d[E] + w[0, N] * phi[N] / d[N]
    chance_of(base, slope, room[REPUTATION], w[0, R] / d[R], intensity, room[CHANCE])


@jit
def compliance(now, given, who, by, room):
    """Choose enforcement for the month; the level moves a part of the way to it. Into NEXT_COMPLIANCE."""
    s, flow, p, told = now.s, now.flow, now.p, by.told
    for n in range(s.shape[1]):
        level, chance = s[COMPLIANCE, n], room[CHANCE]
        levels(now, who, by, room, n)
        lot = now.shock[U_COMPLIANCE, n]
        chosen = (1 if lot >= chance[0] else 0) + (1 if lot >= chance[0] + chance[1] else 0)
        if s[JOINED, n] > 0:
            chosen = 2
        ordered = given[G_ENFORCEMENT, now.month, n]
        fixed = not np.isnan(ordered)
        if fixed:
            chosen = int(np.rint(2.0 * ordered))
        aim = ordered if fixed else 0.5 * chosen
        gap = (aim - level) * now.f[PENALISABLE, n]
        flow[NEXT_COMPLIANCE, n] = aim if fixed else level + p.compliance_speed * gap
        flow[STRICTER, n] = max(gap, 0.0)
        flow[EVIDENCE_SANCTIONER, n] += log(told[0, chosen])
        flow[EVIDENCE_TARGET, n] += log(told[1, chosen])
        if n == who.focus:
            explain(by, room, p.choice_intensity)


@part
def explain(by, room, intensity):
    """Why the focus actor enforces in full rather than not at all."""
    base, reputation = room[BASE], room[REPUTATION]
    table, phi, d = by.reasons[W_COMPLIANCE], by.phi, by.divisors[M_COMPLIANCE]
    table[BASE_ROW] += log(base[2]) - log(base[0])
    phi[R] = reputation[2] - reputation[0]
    for a in range(6):
        table[1 + a] += intensity * by.w[0, a] * phi[a] / d[a]


@jit
def penalty(now, given):
    """The sanctioner may impose secondary sanctions, and lift them from who enforces. Into NEXT_PENALISED."""
    s, flow, f, shock, p = now.s, now.flow, now.f, now.shock, now.p
    for n in range(s.shape[1]):
        chance = hazard(now, n, flow[EVASION, n] * f[GDP, n] / 100.0)
        if s[SENT, n] > 0:
            chance = tilt(chance, p.troops_penalty * s[SENT, n], p.choice_intensity)
        chance *= f[PENALISABLE, n] * (1.0 - s[JOINED, n])
        ordered = given[G_SECONDARY, now.month, n]
        imposed = max(1.0 if shock[U_PENALTY, n] < chance else 0.0, ordered) * (1.0 - s[PENALISED, n])
        relief = p.penalty_relief * s[COMPLIANCE, n] * (1.0 - ordered)
        kept = s[PENALISED, n] * (0.0 if shock[U_RELIEF, n] < relief else 1.0)
        flow[NEXT_PENALISED, n] = kept + imposed
