"""Stage 5 of a single run: symbolic acts (see `acts`)."""

from __future__ import annotations

from math import exp, log

import numpy as np

from tightrope.model.acts import MOST
from tightrope.model.choice import TINY
from tightrope.model.single.layout import (
    ACT,
    ALLY,
    BASE_ROW,
    COHORT,
    COMMITMENTS,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    MEDIATION,
    MEDIATION_ACCEPTED,
    ODDS_SANCTIONER,
    ODDS_TARGET,
    PLEDGED,
    PLEDGED_SANCTIONS,
    STANDS,
    TIMES_ROW,
    TRADE_TARGET,
    U_ACCEPTED,
    U_ACTS,
    W_ACTS,
    WAR,
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
    value_of,
)

# Columns of an act on the menu: monthly chance, whether it is mediation, on which stock it pledges, who may, its needs.
MONTHLY, MEDIATES, ON_SANCTIONS, OPEN_TO, NEEDS = range(5)
ALL, ALLIES, OF_COHORT = range(3)
NOTHING, NEEDS_WAR, NEEDS_SANCTIONS = range(3)
PLEDGE = 6
# Rows of the scratch room; what a sincere state and a gamer would do, and what an act tells each audience, by kind.
BASE, UTILITY, SINCERE, GAMER, CHANCE, BY_SINCERE, BY_GAMER, RATIO = range(8)


@jit
def is_open(now, n, act):
    """1 where a state may do this kind of act now."""
    p = now.p
    found = 1.0
    if act[OPEN_TO] == ALLIES:
        found = 1.0 if now.s[ALLY, n] > 0 else 0.0
    elif act[OPEN_TO] == OF_COHORT:
        found = now.f[COHORT, n]
    if act[MEDIATES] > 0 or act[NEEDS] == NEEDS_WAR:
        found *= p.at_war * (1.0 if now.world[WAR] == 0.0 else 0.0)
    elif act[NEEDS] == NEEDS_SANCTIONS:
        found *= p.sanctions_on
    return found


@jit
def rule_over(base, utility, intensity, out):
    """The rule over the kinds of act."""
    if intensity == 0.0:
        copy(base, out)
        return
    peak = -np.inf
    for k in range(base.shape[0]):
        out[k] = intensity * utility[k]
        peak = max(peak, out[k])
    total = 0.0
    for k in range(base.shape[0]):
        out[k] = base[k] * exp(out[k] - peak)
        total += out[k]
    for k in range(base.shape[0]):
        out[k] /= total


@part
def occasions(now, menu, base, n):
    """Base rates of nothing and of each kind, where there is an occasion."""
    kinds, rate = menu.kinds.shape[0], now.p.act_rate
    total = 0.0
    for k in range(kinds):
        base[k + 1] = menu.kinds[k, MONTHLY] / rate * is_open(now, n, menu.kinds[k])
        total += base[k + 1]
    scale = MOST / max(total, MOST)
    total = 0.0
    for k in range(kinds):
        base[k + 1] *= scale
        total += base[k + 1]
    base[0] = 1.0 - total


@part
def weigh(now, who, menu, w, desk, n):
    """Accounts of each kind, into `desk.table`; what they are worth to the state, a sincere one and a gamer."""
    s, p, drawn, table = now.s, now.p, menu.drawn, desk.table
    utility, sincere, gamer = desk.room[UTILITY], desk.room[SINCERE], desk.room[GAMER]
    tie, trade = max(s[ALLY, n], now.share[who.target, n]), now.f[TRADE_TARGET, n] / p.act_trade_reference
    bound = p.tied_hands * (s[COMMITMENTS, n] + s[STANDS, n])
    trust = min(logistic(s[ODDS_SANCTIONER, n]), logistic(-s[ODDS_TARGET, n]))
    table[:] = 0.0
    utility[0] = sincere[0] = gamer[0] = 0.0
    for k in range(1, drawn.shape[0] + 1):
        for a in range(6):
            table[k, a] = drawn[k - 1, a]
        table[k, S] *= tie
        table[k, E] *= trade
        if drawn[k - 1, PLEDGE] < 0:
            table[k, A] -= bound
        mine = table[k, S] * w[0, S] + table[k, D] * w[0, D] + table[k, A] * w[0, A]
        utility[k] = mine + table[k, E] * w[0, E] + table[k, N] * w[0, N]
        sincere[k] = mine + table[k, E] * w[1, E] + table[k, N] * w[1, N]
        gamer[k] = mine + table[k, E] * w[2, E] + table[k, N] * w[2, N]
        if menu.kinds[k - 1, MEDIATES] > 0:
            table[k, R] += p.mediation_value * trust


@part
def read(now, who, unit, desk, n):
    """What each kind tells each audience, as a ratio, and what that is worth, added to the accounts."""
    base, room, table = desk.room[BASE], desk.room, desk.table
    for audience in range(2):
        seen = observed(audience, now.p)
        current = believed(audience, now, n)
        value = value_of(audience, now, who, n) / unit
        doubt = exp(-resting(audience, now, n))
        for k in range(table.shape[0]):
            unseen = (1.0 - seen) * base[k] + TINY
            ratio = (seen * room[BY_SINCERE, k] + unseen) / (seen * room[BY_GAMER, k] + unseen)
            room[RATIO + audience, k] = ratio
            table[k, R] += value * (ratio / (ratio + doubt) - current)


@part
def choose(now, who, menu, by, desk, n):
    """The kind of act that the draw falls on, 0 for none."""
    room, intensity, count = desk.room, now.p.choice_intensity, desk.table.shape[0]
    base, utility, chance = room[BASE][:count], room[UTILITY][:count], room[CHANCE][:count]
    occasions(now, menu, base, n)
    weigh(now, who, menu, by.w, desk, n)
    rule_over(base, room[SINCERE][:count], intensity, room[BY_SINCERE][:count])
    rule_over(base, room[GAMER][:count], intensity, room[BY_GAMER][:count])
    read(now, who, menu.unit, desk, n)
    for k in range(count):
        utility[k] += desk.table[k, R] * by.w[0, R]
    rule_over(base, utility, intensity, chance)
    lot = now.shock[U_ACTS, n] / now.p.act_rate
    chosen, edge = 0, 0.0
    for k in range(count - 1):
        edge += chance[k]
        if lot >= edge:
            chosen += 1
    return chosen


@part
def mediate(now, n):
    """Offer to mediate; both audiences accept by how far they believe the state theirs."""
    s, flow = now.s, now.flow
    flow[MEDIATION, n] = 1.0
    both = logistic(s[ODDS_SANCTIONER, n]) * logistic(-s[ODDS_TARGET, n])
    accepted = now.shock[U_ACCEPTED, n] < now.p.mediation_acceptance * both
    flow[MEDIATION_ACCEPTED, n] = 1.0 if accepted else 0.0


@part
def explain(by, desk, chosen, intensity):
    """Why the focus actor did this rather than nothing."""
    why, base, table = by.reasons[W_ACTS], desk.room[BASE], desk.table
    why[BASE_ROW] += log(base[chosen] / base[0])
    for a in range(6):
        why[1 + a] += intensity * by.w[0, a] * (table[chosen, a] - table[0, a])
    why[TIMES_ROW] += 1.0


@jit
def acts(now, who, menu, by, desk):
    """Let every state with an occasion do one of the kinds on the menu, or nothing."""
    s, flow, p = now.s, now.flow, now.p
    for n in range(s.shape[1]):
        flow[ACT, n] = flow[MEDIATION, n] = flow[MEDIATION_ACCEPTED, n] = 0.0
        flow[PLEDGED, n] = flow[PLEDGED_SANCTIONS, n] = 0.0
        if menu.kinds.shape[0] == 0 or now.shock[U_ACTS, n] >= p.act_rate:
            continue
        chosen = choose(now, who, menu, by, desk, n)
        flow[ACT, n] = chosen
        flow[EVIDENCE_SANCTIONER, n] += log(desk.room[RATIO, chosen])
        flow[EVIDENCE_TARGET, n] += log(desk.room[RATIO + 1, chosen])
        pledged = pledged_sanctions = 0.0
        if chosen > 0:
            if menu.kinds[chosen - 1, ON_SANCTIONS] > 0:
                pledged_sanctions = menu.drawn[chosen - 1, PLEDGE]
            else:
                pledged = menu.drawn[chosen - 1, PLEDGE]
            if menu.kinds[chosen - 1, MEDIATES] > 0:
                mediate(now, n)
            if n == who.focus:
                explain(by, desk, chosen, p.choice_intensity)
        flow[PLEDGED, n] = max(pledged, -s[STANDS, n] * p.kept_commitments)
        flow[PLEDGED_SANCTIONS, n] = max(pledged_sanctions, -s[COMMITMENTS, n] * p.kept_commitments)
