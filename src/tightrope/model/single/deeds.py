"""Stage 5 of a single run: symbolic acts (see `acts`)."""

from __future__ import annotations

from tightrope.model.acts import MOST
from tightrope.model.choice import TINY
from tightrope.model.single.lanes import WIDTH, pick
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
    ODDS_SANCTIONER,
    ODDS_TARGET,
    PLEDGED,
    PLEDGED_SANCTIONS,
    SINCERITY_PRIOR,
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
    either,
    exp,
    jit,
    log,
    observed,
    part,
    resting,
    value_of,
)
from tightrope.model.single.run import Now
from tightrope.model.single.views import lane, soon

# Columns of an act on the menu: monthly chance, whether it is mediation, on which stock it pledges, who may, its needs.
MONTHLY, MEDIATES, ON_SANCTIONS, OPEN_TO, NEEDS = range(5)
ALL, ALLIES, OF_COHORT = range(3)
NOTHING, NEEDS_WAR, NEEDS_SANCTIONS = range(3)
PLEDGE = 6
# Rows of the scratch room; what a sincere state and a gamer would do, and how likely each audience sees either do it.
BASE, UTILITY, SINCERE, GAMER, CHANCE, BY_SINCERE, BY_GAMER, OURS, _, THEIRS = range(10)
# What is read of a state that has an occasion, and what is written of it.
OF_STATE = (ALLY, COMMITMENTS, STANDS, BELIEF_SANCTIONER, BELIEF_TARGET, ODDS_SANCTIONER, ODDS_TARGET)
OF_FIGURES = (COHORT, TRADE_TARGET, SINCERITY_PRIOR)
OF_SHOCKS = (U_ACTS, U_ACCEPTED)
WRITTEN = (ACT, MEDIATION, MEDIATION_ACCEPTED, PLEDGED, PLEDGED_SANCTIONS)
TOLD = (EVIDENCE_SANCTIONER, EVIDENCE_TARGET)


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
    """What each kind tells each audience, and what that is worth, added to the accounts.

    σ(rest + log ratio) = 1 / (1 + e^{-rest} / ratio), so that no ratio is needed before a kind is chosen.
    """
    base = room[BASE]
    for audience in range(2):
        seen, ours, theirs = observed(audience, now.p), room[OURS + audience], room[THEIRS + audience]
        current, value = believed(audience, now, n), value_of(audience, now, who, n) / unit
        doubt = exp(-resting(audience, now, n))
        for k in range(table.shape[0]):
            unseen = (1.0 - seen) * base[k] + TINY
            ours[k] = seen * room[BY_SINCERE, k] + unseen
            theirs[k] = seen * room[BY_GAMER, k] + unseen
            table[k, R] += value * (ours[k] / (ours[k] + doubt * theirs[k]) - current)


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
def choose(now, menu, room, n):
    """The kind of act that the draw falls on, 0 for none; what it tells, pledges and is."""
    flow, chance = now.flow, room[CHANCE]
    lot = now.shock[U_ACTS, n] / now.p.act_rate
    chosen = pledged = on_sanctions = mediation = edge = lot * 0.0
    ours, theirs = (room[OURS, 0], room[OURS + 1, 0]), (room[THEIRS, 0], room[THEIRS + 1, 0])
    for k in range(menu.kinds.shape[0]):
        edge += chance[k]
        further, kind, pledge = lot >= edge, menu.kinds[k], menu.drawn[k, PLEDGE]
        chosen = pick(further, k + 1.0, chosen)
        ours = either(further, room[OURS, k + 1], room[OURS + 1, k + 1], ours)
        theirs = either(further, room[THEIRS, k + 1], room[THEIRS + 1, k + 1], theirs)
        pledged = pick(further, pick(kind[ON_SANCTIONS] > 0, 0.0, pledge), pledged)
        on_sanctions = pick(further, pick(kind[ON_SANCTIONS] > 0, pledge, 0.0), on_sanctions)
        mediation = pick(further, pick(kind[MEDIATES] > 0, 1.0, 0.0), mediation)
    flow[ACT, n], flow[MEDIATION, n] = chosen, mediation
    flow[EVIDENCE_SANCTIONER, n], flow[EVIDENCE_TARGET, n] = (
        log(ours[0] / theirs[0]),
        log(ours[1] / theirs[1]),
    )
    pledge_no_less(now, pledged, on_sanctions, n)


@part
def pledge_no_less(now, pledged, on_sanctions, n):
    """Pledges may take back no more than stands."""
    s, flow, kept = now.s, now.flow, now.p.kept_commitments
    flow[PLEDGED, n] = max(pledged, -s[STANDS, n] * kept)
    flow[PLEDGED_SANCTIONS, n] = max(on_sanctions, -s[COMMITMENTS, n] * kept)


@part
def mediate(now, n):
    """Both audiences take up an offer to mediate by how far they believe the state theirs."""
    s, flow = now.s, now.flow
    both = s[BELIEF_SANCTIONER, n] * (1.0 - s[BELIEF_TARGET, n])
    accepted = now.shock[U_ACCEPTED, n] < now.p.mediation_acceptance * both
    flow[MEDIATION_ACCEPTED, n] = pick(accepted, flow[MEDIATION, n], 0.0)


@part
def explain(now, by, table, room):
    """Why the focus actor did this rather than nothing."""
    why, base, chosen = by.reasons[W_ACTS], room[BASE], int(now.flow[ACT, 0])
    why[BASE_ROW] += log(base[chosen] / base[0])
    for a in range(6):
        why[1 + a] += now.p.choice_intensity * by.w[0, a] * (table[chosen, a] - table[0, a])
    why[TIMES_ROW] += 1.0


@part
def fetch(now, one, who, n):
    """Put what is read of a state of one run where that of one state lies."""
    for row in OF_STATE:
        one.s[row, 0] = now.s[row, n]
    for row in OF_FIGURES:
        one.f[row, 0] = now.f[row, n]
    for row in OF_SHOCKS:
        one.shock[row, 0] = now.shock[row, n]
    one.share[who.target, 0], one.share[who.sanctioner, 0] = (
        now.share[who.target, n],
        now.share[who.sanctioner, n],
    )


@part
def bring(now, one, n):
    """Put what came of it back."""
    for row in WRITTEN:
        now.flow[row, n] = one.flow[row, 0]
    for row in TOLD:
        now.flow[row, n] += one.flow[row, 0]


@jit
def next_ones(now, who, one, due):
    """Of each run the next state that has an occasion, from the place in `due` on, which is moved to it."""
    count, found = now.s.shape[1], False
    for r in range(WIDTH):
        here, n = lane(now, r), due[r] + 1
        while n < count and here.shock[U_ACTS, n] >= here.p.act_rate:
            n += 1
        due[r] = n
        if n < count:
            found = True
            fetch(here, lane(one, r), who, n)
    return found


@jit
def acts(now, who, menu, by, room, table, one):
    """Let every state with an occasion do one of the kinds on the menu, or nothing.

    Side by side stand not the same states of several runs but the first that has an occasion in each, then the next.
    """
    count, due = now.s.shape[1], one.due
    for row in WRITTEN:
        for n in range(count):
            now.flow[row, n] = 0.0
    for row in OF_SHOCKS:
        for n in range(count):
            soon(now.shock, row, n)
    if menu.kinds.shape[0] == 0:
        return
    due[:] = -1
    alone = Now(now.month, now.p, one.s, one.flow, one.f, one.share, now.tied, now.world, one.shock)
    while next_ones(now, who, alone, due):
        chances(alone, who, menu, by, table, room, 0)
        choose(alone, menu, room, 0)
        mediate(alone, 0)
        for r in range(WIDTH):
            if due[r] < count:
                mine = lane(alone, r)
                bring(lane(now, r), mine, due[r])
                if due[r] == who.focus and mine.flow[ACT, 0] > 0.0:
                    explain(mine, lane(by, r), lane(table, r), lane(room, r))
