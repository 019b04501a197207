"""Stage 5 of a single run: votes in the General Assembly, and recognition of entities (see `vote`, `recognition`)."""

from __future__ import annotations

from math import exp, log

import numpy as np

from tightrope.model.choice import TINY
from tightrope.model.single.home import displeasure
from tightrope.model.single.layout import (
    ALLY,
    BASE_ROW,
    BEYOND_WORLD,
    DEBT,
    DECIDED_NO,
    DECIDED_YES,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    IDEAL_POINT,
    M_RECOGNITION,
    ODDS_SANCTIONER,
    ODDS_TARGET,
    SECESSION,
    STATED_VOTE,
    STATES,
    U_ENTITY,
    U_RECOGNITION,
    W_RECOGNITION,
    A,
    D,
    E,
    N,
    R,
    S,
)
from tightrope.model.single.rules import (
    add_evidence,
    add_reasons,
    jit,
    logistic,
    logit,
    part,
    resting,
    tilt,
    told,
    value_of,
    worth,
)
from tightrope.model.vote import ABSENT

OPTIONS = 4


@part
def softmax(base, utility, intensity, out):
    """The rule over the four options."""
    if intensity == 0.0:
        out[:] = base
        return
    peak = -np.inf
    for k in range(OPTIONS):
        out[k] = intensity * utility[k]
        peak = max(peak, out[k])
    total = 0.0
    for k in range(OPTIONS):
        out[k] = base[k] * exp(out[k] - peak)
        total += out[k]
    for k in range(OPTIONS):
        out[k] /= total


@part
def options(pull, torn, weights, d, out):
    """Utility of each option: the score times the pulls; staying away relieves who is torn."""
    step = 0.0
    for a in range(5):
        step += weights[a] * pull[a] / d[a]
    for k in range(OPTIONS):
        out[k] = step * (k if k < ABSENT else 1)
    out[ABSENT] += weights[A] * torn / d[A]


@part
def vote(
    s,
    flow,
    f,
    fp,
    share,
    n,
    stance,
    precedent,
    level,
    lot,
    target,
    sanctioner,
    focus,
    p,
    phi,
    w,
    d,
    room,
    why,
):
    """One state's vote on one text; its table of Abstain against Yes goes to `why`. The option chosen."""
    phi[:] = 0.0
    for pole in range(stance.shape[0]):
        phi[E] += fp[BEYOND_WORLD, pole, n] / 100.0 * stance[pole]
    phi[S] = s[ALLY, n] * share[target, n] * stance[target]
    phi[D] = displeasure(s, f, n, p)
    phi[A] = -p.debt_weight * s[DEBT, n]
    phi[N] = f[IDEAL_POINT, n] + p.precedent_weight * precedent[n] + f[STATED_VOTE, n]
    torn = p.cross_pressure * 4.0 * share[target, n] * share[sanctioner, n]
    base, utility, sincere, gamer, chance = room[0], room[1], room[2], room[3], room[4]
    peak = max(max(level[0], level[1]), max(level[2], level[3]))
    total = 0.0
    for k in range(OPTIONS):
        base[k] = exp(level[k] - peak)
        total += base[k]
    for k in range(OPTIONS):
        base[k] /= total
    options(phi, torn, w[1], d, utility)
    softmax(base, utility, p.choice_intensity, sincere)
    options(phi, torn, w[2], d, utility)
    softmax(base, utility, p.choice_intensity, gamer)
    options(phi, torn, w[0], d, utility)
    evidence, standing = room[5:7], room[7]
    standing[:] = 0.0
    for audience in range(2):
        seen = p.observability_sanctioner if audience == 0 else p.observability_target
        now = logistic(s[ODDS_SANCTIONER if audience == 0 else ODDS_TARGET, n])
        rest, value = (
            resting(audience, s, f, n, p),
            value_of(audience, share[sanctioner, n], share[target, n], p),
        )
        for k in range(OPTIONS):
            unseen = (1.0 - seen) * base[k] + TINY
            evidence[audience, k] = log((seen * sincere[k] + unseen) / (seen * gamer[k] + unseen))
            standing[k] += value * (logistic(rest + evidence[audience, k]) - now)
    for k in range(OPTIONS):
        utility[k] += w[0, R] * standing[k] / d[R]
    softmax(base, utility, p.choice_intensity, chance)
    chosen, edge = 0, 0.0
    for k in range(OPTIONS - 1):
        edge += chance[k]
        if lot >= edge:
            chosen += 1
    if n == focus:
        why[BASE_ROW] += log(base[1]) - log(base[2])
        phi[R] = -(standing[1] - standing[2])
        for a in range(6):
            why[1 + a] -= p.choice_intensity * w[0, a] * phi[a] / d[a]
    flow[EVIDENCE_SANCTIONER, n] += evidence[0, chosen]
    flow[EVIDENCE_TARGET, n] += evidence[1, chosen]
    return chosen


@part
def recognition_account(
    s, f, share, recognised, first, stated, poles_recognise, parent, n, e, target, p, phi
):
    """What recognising an entity brings a state rather than not."""
    entities, deciders = recognised.shape
    phi[:] = 0.0
    yes, no, company = f[DECIDED_YES, n], f[DECIDED_NO, n], 0.0
    for other in range(entities):
        if other != e:
            yes += recognised[other, n] * (1.0 - first[other, n])
            no += (1.0 - recognised[other, n]) * first[other, n]
    for other in range(deciders):
        company += recognised[e, other]
    precedent = (0.5 * p.precedent_prior + yes) / (p.precedent_prior + yes + no)
    consistent = p.precedent_strength * (2.0 * precedent - 1.0) + stated[e, n]
    reprisal = standing = 0.0
    for pole in range(poles_recognise.shape[0]):
        standing += share[pole, n] * (2.0 * poles_recognise[pole, e] - 1.0)
        reprisal += share[pole, n] * parent[pole, e]
    others = (2.0 * (company - recognised[e, n]) - (deciders - 1)) / max(deciders - 1, 1)
    phi[S] = (
        s[ALLY, n] * poles_recognise[target, e]
        - p.parent_reprisal * reprisal
        + p.recognition_coordination * others
    )
    phi[D] = -f[SECESSION, n]
    phi[N] = (1.0 - p.self_determination) * consistent + p.self_determination * p.precedent_strength
    phi[R] = standing


@jit
def recognition(
    s,
    flow,
    f,
    share,
    recognised,
    after,
    first,
    stated,
    own_land,
    poles_recognise,
    parent,
    shock,
    why,
    target,
    focus,
    p,
    phi,
    w,
    divisors,
    evidence,
):
    """Recognise, or withdraw, where the month brings an opportunity; into `after`."""
    entities = recognised.shape[0]
    after[:] = recognised
    for n in range(s.shape[1]):
        if entities == 0 or shock[U_RECOGNITION, n] >= p.recognition_rate:
            continue
        e = int(shock[U_ENTITY, n] * entities)
        if own_land[e, n] != 0.0:
            continue
        recognition_account(
            s, f, share, recognised, first, stated, poles_recognise, parent, n, e, target, p, phi
        )
        now = recognised[e, n]
        base = p.withdraw_base_rate if now > 0 else p.recognition_base_rate
        for a in range(6):
            phi[a] *= 1.0 - 2.0 * now
        d = divisors[M_RECOGNITION]
        told(base, phi, w, d, p, evidence)
        done = shock[U_RECOGNITION, n] / p.recognition_rate < tilt(
            base, worth(phi, w[0], d), p.choice_intensity
        )
        if n == focus:
            add_reasons(why[W_RECOGNITION], logit(base), phi, w[0], d, p.choice_intensity)
        add_evidence(flow, n, evidence, 1 if done else 0)
        if done:
            after[e, n] = abs(now - 1.0)


@jit
def states(recognised, first, recognisers, world, p):
    """How many states there are: members, and entities that more than half of them recognise."""
    entities, deciders = recognised.shape
    counted = 0.0
    for e in range(entities):
        new = mean = 0.0
        for n in range(deciders):
            new += recognised[e, n] - first[e, n]
            mean += recognised[e, n] / deciders
        outside = max(p.world_members - deciders - recognisers[e], 0.0)
        if recognisers[e] + new + p.self_determination * outside * mean > 0.5 * p.world_members:
            counted += 1.0
    world[STATES] = p.world_members + counted + p.self_determination * p.further_claims
