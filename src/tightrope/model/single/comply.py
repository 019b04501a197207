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
    ODDS_TARGET,
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
from tightrope.model.single.rules import jit, logistic, part, resting, tilt, value_of

LEVELS = 3


@part
def hazard(s, n, evasion, p):
    """P_sec: monthly probability of secondary sanctions at an evasion in bn USD a year that belief doubts."""
    doubt = 1.0 - logistic(s[ODDS_SANCTIONER, n])
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
def slopes(s, flow, f, n, p, phi):
    """What enforcing in full brings rather than none, by account: each account is linear in the level."""
    chance = hazard(s, n, flow[EVASION_FREE_VALUE, n], p)
    avoidable = p.penalty_relief if s[PENALISED, n] > 0 else chance * f[PENALISABLE, n]
    lost = (1.0 - twelve(1.0 - avoidable)) * p.penalty_loss * f[EXPORTS_WEST, n]
    exposure = p.debt_weight * s[DEBT, n] + f[TRADE_TARGET, n] / 100.0
    phi[E] = -(p.rent_share * flow[EVASION_FREE, n] - lost)
    phi[S] = -p.retaliation * f[EXPORTS_TARGET, n] * (1.0 + s[MENACE, n])
    phi[D] = displeasure(s, f, n, p)
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
def standing(s, f, share, n, sanctioner, target, p, base, sincere, gamer, ratios, out):
    """φ_R of each level, and how much likelier a sincere state is to choose it, as each audience sees it.

    σ(rest + log ratio) = ratio / (ratio + e^{-rest}), so that no logarithm is needed before a level is chosen.
    """
    out[0] = out[1] = out[2] = 0.0
    for audience in range(2):
        seen = p.observability_sanctioner if audience == 0 else p.observability_target
        now = logistic(s[ODDS_SANCTIONER if audience == 0 else ODDS_TARGET, n])
        doubt = exp(-resting(audience, s, f, n, p))
        value = value_of(audience, share[sanctioner, n], share[target, n], p)
        for k in range(LEVELS):
            unseen = (1.0 - seen) * base[k] + TINY
            ratio = (seen * sincere[k] + unseen) / (seen * gamer[k] + unseen)
            ratios[audience, k] = ratio
            out[k] += value * (ratio / (ratio + doubt) - now)


@part
def chance_of(base, slope, reputation, weight, intensity, out):
    """The rule over the three levels, reputation included."""
    if intensity == 0.0:
        out[:] = base
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


@jit
def compliance(
    s, flow, f, share, given, month, shock, why, sanctioner, target, focus, p, phi, w, divisors, room, told
):
    """Choose enforcement for the month; the level moves a part of the way to it. Into NEXT_COMPLIANCE."""
    d = divisors[M_COMPLIANCE]
    base, sincere, gamer, reputation, chance = room[0], room[1], room[2], room[3], room[4]
    for n in range(s.shape[1]):
        level = s[COMPLIANCE, n]
        slopes(s, flow, f, n, p, phi)
        persistence(level, p.compliance_stickiness, base)
        alike = w[0, S] * phi[S] / d[S] + w[0, D] * phi[D] / d[D] + w[0, A] * phi[A] / d[A]
        spread(base, alike + w[1, E] * phi[E] / d[E] + w[1, N] * phi[N] / d[N], p.choice_intensity, sincere)
        spread(base, alike + w[2, E] * phi[E] / d[E] + w[2, N] * phi[N] / d[N], p.choice_intensity, gamer)
        standing(s, f, share, n, sanctioner, target, p, base, sincere, gamer, told, reputation)
        slope = alike + w[0, E] * phi[E] / d[E] + w[0, N] * phi[N] / d[N]
        chance_of(base, slope, reputation, w[0, R] / d[R], p.choice_intensity, chance)
        lot = shock[U_COMPLIANCE, n]
        chosen = (1 if lot >= chance[0] else 0) + (1 if lot >= chance[0] + chance[1] else 0)
        if s[JOINED, n] > 0:
            chosen = 2
        ordered = given[G_ENFORCEMENT, month, n]
        fixed = not np.isnan(ordered)
        if fixed:
            chosen = int(np.rint(2.0 * ordered))
        aim = ordered if fixed else 0.5 * chosen
        gap = (aim - level) * f[PENALISABLE, n]
        flow[NEXT_COMPLIANCE, n] = aim if fixed else level + p.compliance_speed * gap
        flow[STRICTER, n] = max(gap, 0.0)
        flow[EVIDENCE_SANCTIONER, n] += log(told[0, chosen])
        flow[EVIDENCE_TARGET, n] += log(told[1, chosen])
        if n == focus:
            table = why[W_COMPLIANCE]
            table[BASE_ROW] += log(base[2]) - log(base[0])
            phi[R] = reputation[2] - reputation[0]
            for a in range(6):
                table[1 + a] += p.choice_intensity * w[0, a] * phi[a] / d[a]


@jit
def penalty(s, flow, f, given, month, shock, p):
    """The sanctioner may impose secondary sanctions, and lift them from who enforces. Into NEXT_PENALISED."""
    for n in range(s.shape[1]):
        chance = hazard(s, n, flow[EVASION, n] * f[GDP, n] / 100.0, p)
        if s[SENT, n] > 0:
            chance = tilt(chance, p.troops_penalty * s[SENT, n], p.choice_intensity)
        chance *= f[PENALISABLE, n] * (1.0 - s[JOINED, n])
        ordered = given[G_SECONDARY, month, n]
        imposed = max(1.0 if shock[U_PENALTY, n] < chance else 0.0, ordered) * (1.0 - s[PENALISED, n])
        relief = p.penalty_relief * s[COMPLIANCE, n] * (1.0 - ordered)
        kept = s[PENALISED, n] * (0.0 if shock[U_RELIEF, n] < relief else 1.0)
        flow[NEXT_PENALISED, n] = kept + imposed
