"""Stage 5 of a single run: symbolic acts (see `acts`)."""

from __future__ import annotations

from tightrope.model.acts import MOST
from tightrope.model.choice import TINY
from tightrope.model.single.lanes import WIDTH, any_of, marked, pick
from tightrope.model.single.layout import (
    ACT,
    ALLY,
    BASE_ROW,
    BELIEF_SANCTIONER,
    BELIEF_TARGET,
    COHORT,
    COMMITMENTS,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    MEDIATION,
    MEDIATION_ACCEPTED,
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
    exp,
    jit,
    log,
    observed,
    part,
    resting,
    value_of,
)
from tightrope.model.single.views import lane

# Columns of an act on the menu: monthly chance, whether it is mediation, on which stock it pledges, who may, its needs.
MONTHLY, MEDIATES, ON_SANCTIONS, OPEN_TO, NEEDS = range(5)
ALL, ALLIES, OF_COHORT = range(3)
NOTHING, NEEDS_WAR, NEEDS_SANCTIONS = range(3)
PLEDGE = 6
# Rows of the scratch room; what a sincere state and a gamer would do, and what an act tells each audience, by kind.
BASE, UTILITY, SINCERE, GAMER, CHANCE, BY_SINCERE, BY_GAMER, RATIO = range(8)


@part
def is_open(now, n, act):
    """1 where a state may do this kind of act now."""
    p = now.p
    found = pick(act[OPEN_TO] == OF_COHORT, now.f[COHORT, n], 1.0)
    if act[OPEN_TO] == ALLIES:
        found = pick(now.s[ALLY, n] > 0.0, 1.0, 0.0)
    if act[MEDIATES] > 0 or act[NEEDS] == NEEDS_WAR:
        found *= p.at_war * pick(now.world[WAR] == 0.0, 1.0, 0.0)
    elif act[NEEDS] == NEEDS_SANCTIONS:
        found *= p.sanctions_on
    return found


@part
def rule_over(base, utility, intensity, out):
    """The rule over the kinds of act, each against doing nothing."""
    total = base[0]
    out[0] = base[0]
    for k in range(1, base.shape[0]):
        out[k] = base[k] * exp(intensity * (utility[k] - utility[0]))
        total += out[k]
    each = 1.0 / total
    for k in range(base.shape[0]):
        out[k] *= each


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
def weigh(now, who, menu, w, table, room, n):
    """Accounts of each kind, into `table`; what they are worth to the state, a sincere one and a gamer."""
    s, p, drawn = now.s, now.p, menu.drawn
    utility, sincere, gamer = room[UTILITY], room[SINCERE], room[GAMER]
    tie, trade = max(s[ALLY, n], now.share[who.target, n]), now.f[TRADE_TARGET, n] / p.act_trade_reference
    bound = p.tied_hands * (s[COMMITMENTS, n] + s[STANDS, n])
    trust = min(s[BELIEF_SANCTIONER, n], 1.0 - s[BELIEF_TARGET, n])
    for a in range(6):
        table[0, a] = 0.0
    utility[0] = sincere[0] = gamer[0] = 0.0
    for k in range(1, drawn.shape[0] + 1):
        for a in range(6):
            table[k, a] = drawn[k - 1, a]
        table[k, S] *= tie
        table[k, E] *= trade
        table[k, A] -= pick(drawn[k - 1, PLEDGE] < 0.0, bound, 0.0)
        mine = table[k, S] * w[0, S] + table[k, D] * w[0, D] + table[k, A] * w[0, A]
        utility[k] = mine + table[k, E] * w[0, E] + table[k, N] * w[0, N]
        sincere[k] = mine + table[k, E] * w[1, E] + table[k, N] * w[1, N]
        gamer[k] = mine + table[k, E] * w[2, E] + table[k, N] * w[2, N]
        if menu.kinds[k - 1, MEDIATES] > 0:
            table[k, R] += p.mediation_value * trust


@part
def read(now, who, unit, table, room, n):
    """What each kind tells each audience, as a ratio, and what that is worth, added to the accounts."""
    base = room[BASE]
    for audience in range(2):
        seen = observed(audience, now.p)
        current, value = believed(audience, now, n), value_of(audience, now, who, n) / unit
        doubt = exp(-resting(audience, now, n))
        for k in range(table.shape[0]):
            unseen = (1.0 - seen) * base[k] + TINY
            ratio = (seen * room[BY_SINCERE, k] + unseen) / (seen * room[BY_GAMER, k] + unseen)
            room[RATIO + audience, k] = ratio
            table[k, R] += value * (ratio / (ratio + doubt) - current)


@part
def chances(now, who, menu, by, table, room, n):
    """The chances of each kind of act and of none, into `room`."""
    intensity, count = now.p.choice_intensity, table.shape[0]
    base, utility = room[BASE][:count], room[UTILITY][:count]
    occasions(now, menu, base, n)
    weigh(now, who, menu, by.w, table, room, n)
    rule_over(base, room[SINCERE][:count], intensity, room[BY_SINCERE][:count])
    rule_over(base, room[GAMER][:count], intensity, room[BY_GAMER][:count])
    read(now, who, menu.unit, table, room, n)
    for k in range(count):
        utility[k] += table[k, R] * by.w[0, R]
    rule_over(base, utility, intensity, room[CHANCE][:count])


@part
def choose(now, menu, room, up, n):
    """The kind of act that the draw falls on, 0 for none; what it tells, pledges and is, where there is an occasion."""
    flow, chance = now.flow, room[CHANCE]
    lot = now.shock[U_ACTS, n] / now.p.act_rate
    chosen = pledged = on_sanctions = mediation = edge = lot * 0.0
    first, second = room[RATIO, 0], room[RATIO + 1, 0]
    for k in range(menu.kinds.shape[0]):
        edge += chance[k]
        further, kind, pledge = lot >= edge, menu.kinds[k], menu.drawn[k, PLEDGE]
        chosen = pick(further, k + 1.0, chosen)
        first, second = (
            pick(further, room[RATIO, k + 1], first),
            pick(further, room[RATIO + 1, k + 1], second),
        )
        pledged = pick(further, pick(kind[ON_SANCTIONS] > 0, 0.0, pledge), pledged)
        on_sanctions = pick(further, pick(kind[ON_SANCTIONS] > 0, pledge, 0.0), on_sanctions)
        mediation = pick(further, pick(kind[MEDIATES] > 0, 1.0, 0.0), mediation)
    flow[ACT, n], flow[MEDIATION, n] = pick(up, chosen, 0.0), pick(up, mediation, 0.0)
    flow[EVIDENCE_SANCTIONER, n] += pick(up, log(first), 0.0)
    flow[EVIDENCE_TARGET, n] += pick(up, log(second), 0.0)
    pledge_no_less(now, pledged, on_sanctions, up, n)


@part
def pledge_no_less(now, pledged, on_sanctions, up, n):
    """Pledges may take back no more than stands."""
    s, flow, kept = now.s, now.flow, now.p.kept_commitments
    flow[PLEDGED, n] = pick(up, max(pledged, -s[STANDS, n] * kept), 0.0)
    flow[PLEDGED_SANCTIONS, n] = pick(up, max(on_sanctions, -s[COMMITMENTS, n] * kept), 0.0)


@part
def mediate(now, n):
    """Both audiences take up an offer to mediate by how far they believe the state theirs."""
    s, flow = now.s, now.flow
    both = s[BELIEF_SANCTIONER, n] * (1.0 - s[BELIEF_TARGET, n])
    accepted = now.shock[U_ACCEPTED, n] < now.p.mediation_acceptance * both
    flow[MEDIATION_ACCEPTED, n] = pick(accepted, flow[MEDIATION, n], 0.0)


@jit
def explain(now, by, table, room, n):
    """Why the focus actor did this rather than nothing."""
    why, base, chosen = by.reasons[W_ACTS], room[BASE], int(now.flow[ACT, n])
    why[BASE_ROW] += log(base[chosen] / base[0])
    for a in range(6):
        why[1 + a] += now.p.choice_intensity * by.w[0, a] * (table[chosen, a] - table[0, a])
    why[TIMES_ROW] += 1.0


@jit
def acts(now, who, menu, by, room, table):
    """Let every state with an occasion do one of the kinds on the menu, or nothing."""
    flow = now.flow
    for n in range(flow.shape[1]):
        flow[ACT, n] = flow[MEDIATION, n] = flow[MEDIATION_ACCEPTED, n] = 0.0
        flow[PLEDGED, n] = flow[PLEDGED_SANCTIONS, n] = 0.0
        up = now.shock[U_ACTS, n] < now.p.act_rate
        if menu.kinds.shape[0] == 0 or not any_of(up):
            continue
        chances(now, who, menu, by, table, room, n)
        choose(now, menu, room, up, n)
        mediate(now, n)
        if n == who.focus:
            for r in range(WIDTH):
                if marked(flow[ACT, n] > 0.0, r):
                    explain(lane(now, r), lane(by, r), lane(table, r), lane(room, r), n)
