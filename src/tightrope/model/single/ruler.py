"""Stage 5 of a single run: what a ruler under pressure does (see `reform`)."""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import TINY
from tightrope.model.reform import CAP, CONCEDE, PURGE, REPRESS
from tightrope.model.single.lanes import WIDTH, any_of, marked, pick
from tightrope.model.single.layout import (
    BASE_ROW,
    CAPPED,
    CONCEDED,
    ELITE,
    EMERGENCY,
    FUEL,
    GRIEVANCE,
    INEQUALITY,
    M_REFORM,
    MASS,
    PRICE_CAP,
    PURGED,
    REFORM,
    RELIEF,
    RENTS,
    REPRESSED,
    SELECTORATE,
    TIMES_ROW,
    U_REFORM,
    W_REFORM,
    D,
    E,
    R,
)
from tightrope.model.single.rules import drawn, exp, jit, log, part
from tightrope.model.single.views import lane

KINDS = 5


@part
def believed(purged, f, n, p):
    """How far a reform is believed, 0 to 1, where a purge of this strength has gathered power."""
    gathered = (1.0 - f[SELECTORATE, n]) * (1.0 + purged)
    unequal = max(0.0, f[INEQUALITY, n] - p.inequality_reference) / 10.0
    return exp(-p.reform_doubt * (gathered + unequal))


@part
def base_rates(base, p):
    """π of nothing and the four reforms."""
    base[1], base[2], base[3], base[4] = (
        p.concession_base_rate,
        p.purge_rate,
        p.cap_rate,
        p.repression_base_rate,
    )
    base[0] = max(1.0 - (base[1] + base[2] + base[3] + base[4]), p.inaction_rate)
    total = base[0] + base[1] + base[2] + base[3] + base[4]
    for k in range(KINDS):
        base[k] /= total


@part
def accounts(now, n, done, table):
    """Economy, domestic and reputation of the five, (5, 6), the other accounts 0.

    `done` says what conceding, purging and repressing add.
    """
    s, flow, f, p = now.s, now.flow, now.f, now.p
    relief, purged, repressed = done
    table[:] = 0.0
    mass, elite = s[MASS, n], s[ELITE, n]
    uncapped = (1.0 - flow[PRICE_CAP, n]) * (1.0 if s[CAPPED, n] <= 0 else 0.0)
    cap = p.cap_relief + p.cap_strength * p.fuel_grievance * flow[FUEL, n]
    rents, trust = p.elite_fear * f[RENTS, n], believed(s[PURGED, n], f, n, p)
    table[CONCEDE, E], table[CAP, E] = -p.concession_cost, -p.cap_budget * uncapped
    table[CONCEDE, D] = mass * relief - rents * trust
    table[PURGE, D] = (elite * p.purge_effect - rents) * purged
    table[CAP, D] = mass * cap * uncapped
    table[REPRESS, D] = (mass * p.repression_effect - p.backlash) * repressed
    table[CONCEDE, R], table[PURGE, R] = trust - 0.5, believed(1.0, f, n, p) - 0.5


@part
def choose(table, base, weights, d, intensity, lot, chance):
    """The alternative that the draw falls on."""
    peak = -np.inf
    for k in range(KINDS):
        chance[k] = intensity * (
            weights[E] * table[k, E] * d[E]
            + weights[D] * table[k, D] * d[D]
            + weights[R] * table[k, R] * d[R]
        )
        peak = max(peak, chance[k])
    total = 0.0
    for k in range(KINDS):
        chance[k] = base[k] * exp(chance[k] - peak)
        total += chance[k]
    chosen, edge = 0, 0.0
    for k in range(KINDS - 1):
        edge += chance[k] / total
        if lot >= edge:
            chosen += 1
    return chosen


@part
def pressing(now, n):
    """The chance of an occasion to reform."""
    p = now.p
    alarmed = (now.s[MASS, n] > p.reform_alarm) | (now.flow[EMERGENCY, n] > 0)
    return pick(alarmed, p.reform_urgency, p.reform_rate)


@jit
def decide(now, who, by, desk, n):
    """Choose a reform, or none; what a concession would relieve is noted beside it."""
    s, flow, f, p = now.s, now.flow, now.f, now.p
    base, chance, table = desk.room[0], desk.room[1], desk.five
    weights, d = by.w[0], by.per[M_REFORM]
    base_rates(base, p)
    relief = believed(s[PURGED, n], f, n, p) * max(0.0, p.concession_relief - s[CONCEDED, n])
    accounts(now, n, (relief, max(0.0, 1.0 - s[PURGED, n]), max(0.0, 1.0 - s[REPRESSED, n])), table)
    lot = now.shock[U_REFORM, n] / pressing(now, n)
    code = choose(table, base, weights, d, p.choice_intensity, lot, chance)
    flow[REFORM, n], flow[RELIEF, n] = code, relief
    if n == who.focus and code > 0:
        why = by.reasons[W_REFORM]
        why[BASE_ROW] += log(base[code]) - log(max(base[0], TINY))
        for a in (E, D, R):
            why[1 + a] += p.choice_intensity * weights[a] * (table[code, a] - table[0, a]) * d[a]
        why[TIMES_ROW] += 1.0


@jit
def reform(now, who, by, desk):
    """Let the stocks fade, and choose where an occasion comes."""
    for n in range(now.s.shape[1]):
        now.flow[REFORM, n] = now.flow[RELIEF, n] = 0.0
        up = drawn(now, U_REFORM, n) < pressing(now, n)
        if any_of(up):
            for r in range(WIDTH):
                if marked(up, r):
                    decide(lane(now, r), who, lane(by, r), desk, n)
        effects(now, n)


@part
def effects(now, n):
    """The stocks after a month in which this reform was chosen, or none."""
    s, p, code = now.s, now.p, now.flow[REFORM, n]
    eased = s[REPRESSED, n] * p.kept_repression
    purged, repressed = max(0.0, 1.0 - s[PURGED, n]), max(0.0, 1.0 - s[REPRESSED, n])
    s[GRIEVANCE, n] += p.backlash * (s[REPRESSED, n] - eased)
    s[CONCEDED, n] = s[CONCEDED, n] * p.kept_concession + pick(code == CONCEDE, now.flow[RELIEF, n], 0.0)
    s[PURGED, n] = s[PURGED, n] * p.kept_purge + pick(code == PURGE, purged, 0.0)
    s[REPRESSED, n] = eased + pick(code == REPRESS, repressed, 0.0)
    s[CAPPED, n] = pick(code == CAP, p.cap_duration, max(0.0, s[CAPPED, n] - 1.0))
