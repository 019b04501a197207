"""Stage 3 of a single run: opinion, the map of unrest, and its twin (see `opinion`, `stability`, `twin`)."""

from __future__ import annotations

from math import erf, sqrt

import numpy as np

from tightrope.model.fast import column
from tightrope.model.single.lanes import pick
from tightrope.model.single.layout import (
    CALM,
    CAPPED,
    CONCEDED,
    ELITE,
    EMERGENCY,
    FUEL,
    GRIEVANCE,
    HARDSHIP,
    INEQUALITY,
    MASS,
    MENACE,
    MINORITY,
    OPINION_MAJORITY,
    OPINION_MINORITY,
    PRICE_CAP,
    PULL_MASS,
    PURGED,
    RENTS,
    REPRESSED,
    REPRESSION,
    RUPTURE,
    SELECTORATE,
    TROOPS,
    TWIN_POINT,
    TWIN_RISK,
    UNSETTLED,
    USUAL_MAJORITY,
    USUAL_MENACE,
    USUAL_MINORITY,
    Z_GRIEVANCE,
)
from tightrope.model.single.rules import drawn, exp, jit, logistic, part
from tightrope.model.stability import EXTREME, LIMIT, LIMITS


@part
def displeasure(now, n):
    """How displeased the people are with the target's war, -1 to 1."""
    s, minority = now.s, now.f[MINORITY, n]
    return ((1.0 - minority) * s[OPINION_MAJORITY, n] + minority * s[OPINION_MINORITY, n]) * now.p.at_war


@jit
def opinion(now):
    """Both groups drift back to where they stood; more threats than usual move the majority."""
    s, f, p = now.s, now.f, now.p
    for n in range(s.shape[1]):
        majority, minority = s[OPINION_MAJORITY, n], s[OPINION_MINORITY, n]
        majority += p.opinion_speed * (f[USUAL_MAJORITY, n] - majority)
        majority += p.opinion_menace * (s[MENACE, n] - f[USUAL_MENACE, n])
        minority += p.opinion_speed * (f[USUAL_MINORITY, n] - minority)
        s[OPINION_MAJORITY, n] = min(1.0, max(-1.0, majority))
        s[OPINION_MINORITY, n] = min(1.0, max(-1.0, minority))


@part
def pulls(now, n):
    """The pulls of mass and elite without passing grievance."""
    s, flow, f, p = now.s, now.flow, now.f, now.p
    cap = max(flow[PRICE_CAP, n], pick(s[CAPPED, n] > 0, 1.0, 0.0))
    felt = p.price_grievance * s[HARDSHIP, n]
    fuel = p.fuel_grievance * flow[FUEL, n] * (1.0 - p.cap_strength * cap)
    unequal = p.inequality_grievance * (f[INEQUALITY, n] - p.inequality_reference) / 10.0
    broken = p.north_grievance * f[MINORITY, n]
    held_down = p.repression_effect * (f[REPRESSION, n] + s[REPRESSED, n])
    relief = p.cap_relief * cap + held_down + s[CONCEDED, n]
    mass = p.mass_pull + f[CALM, n] + felt + fuel + unequal + broken * s[RUPTURE, n] - relief
    closed = p.selectorate_effect * (1.0 - f[SELECTORATE, n])
    held = p.rents_effect * f[RENTS, n] + p.troops_effect * s[TROOPS, n]
    return mass, p.elite_pull - closed - held - p.purge_effect * s[PURGED, n]


@part
def settle(level, pull, p):
    """Iterate the map from where the groups stand to its next fixed point; whether it had not settled comes third."""
    tau = p.threshold_spread
    mass, elite = min(EXTREME, max(-EXTREME, pull[0] / tau)), min(EXTREME, max(-EXTREME, pull[1] / tau))
    coupling = (p.mass_coupling / tau, p.elite_to_mass / tau, p.mass_to_elite / tau, p.elite_coupling / tau)
    return column(level, (mass, elite), coupling, LIMITS, LIMIT)


@jit
def stability(now):
    """Move grievance, let both groups settle, and flag an emergency."""
    s, flow, world, p = now.s, now.flow, now.world, now.p
    world[UNSETTLED] = 0.0
    for n in range(s.shape[1]):
        before = s[MASS, n]
        grievance = p.grievance_memory * s[GRIEVANCE, n] + p.grievance_sd * drawn(now, Z_GRIEVANCE, n)
        grievance -= p.exhaustion * before
        mass, elite = pulls(now, n)
        mass += grievance
        s[GRIEVANCE, n] = grievance
        flow[PULL_MASS, n] = mass
        s[MASS, n], s[ELITE, n], loose = settle((before, s[ELITE, n]), (mass, elite), p)
        world[UNSETTLED] += pick(loose, 1.0, 0.0)
        flow[EMERGENCY, n] = pick((s[MASS, n] > 0.5) & (before <= 0.5), 1.0, 0.0)


@part
def normal(x):
    """Φ, the normal distribution."""
    return 0.5 * (1.0 + erf(x / sqrt(2.0)))


@part
def normal_at(x):
    """φ, the normal density."""
    return exp(-0.5 * x * x) / sqrt(2.0 * np.pi)


@part
def threshold(prior, slope, shift, point):
    """θ*: Halley's steps from `point`, kept between 0 and 1 by halving; `shift` is √(1 + α/β) Φ⁻¹(c)."""
    low, high = 0.0, 1.0
    for _ in range(100):
        argument = slope * (point - prior) - shift
        gap = normal(argument) - point
        if gap > 0:
            low = point
        elif gap < 0:
            high = point
        steep = slope * normal_at(argument)
        newton = gap / (1.0 - steep)
        step = newton / (1.0 + 0.5 * newton * steep * slope * argument / (1.0 - steep))
        if abs(step) <= 1e-14 or high - low <= 1e-14:
            break
        after = point + step
        point = after if low < after < high else 0.5 * (low + high)
    return point


@jit
def twin(now, focus):
    """The monthly risk of the focus actor's unrest by the global game."""
    p = now.p
    _, elite = pulls(now, focus)
    alone = logistic(elite / p.threshold_spread)
    pull = now.flow[PULL_MASS, focus] - p.mass_pull
    prior = p.twin_strength - p.twin_scale * pull - p.twin_elite * alone
    point = threshold(prior, p.twin_slope, p.twin_shift, now.world[TWIN_POINT])
    now.world[TWIN_POINT] = point
    now.world[TWIN_RISK] = normal(sqrt(p.public_precision) * (point - prior))
