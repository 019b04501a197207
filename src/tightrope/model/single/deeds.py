"""Stage 5 of a single run: symbolic acts, and memberships left or joined (see `acts`, `membership`)."""

from __future__ import annotations

from math import exp, log

import numpy as np

from tightrope.model.acts import MOST
from tightrope.model.choice import TINY
from tightrope.model.single.comply import hazard, twelve
from tightrope.model.single.home import displeasure
from tightrope.model.single.layout import (
    ACT,
    ALLY,
    BASE_ROW,
    COHORT,
    COMMITMENTS,
    DEBT,
    EVASION,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    EXPORTS_TARGET,
    EXPORTS_WEST,
    G_JOIN,
    G_LEAVE_ECONOMIC,
    G_LEAVE_SECURITY,
    G_TROOPS,
    GDP,
    JOINED,
    LEFT_ECONOMIC,
    LEFT_SECURITY,
    M_JOIN,
    M_LEAVE_ECONOMIC,
    M_LEAVE_SECURITY,
    M_TROOPS,
    MEDIATION,
    MEDIATION_ACCEPTED,
    MENACE,
    NEXT_ALLY,
    NEXT_JOINED,
    NEXT_SENT,
    NEXT_UNION,
    ODDS_SANCTIONER,
    ODDS_TARGET,
    PENALISABLE,
    PENALISED,
    PLEDGED,
    PLEDGED_SANCTIONS,
    REMITTANCES,
    RULE,
    SENT,
    STANDS,
    STATED_JOINING,
    STATED_LEAVING,
    STATED_TROOPS,
    STRENGTH,
    TIMES_ROW,
    TRADE_TARGET,
    U_ACCEPTED,
    U_ACTS,
    U_JOIN,
    U_LEAVE_ECONOMIC,
    U_LEAVE_SECURITY,
    U_TROOPS,
    UNION,
    W_ACTS,
    W_JOIN,
    W_LEAVE_ECONOMIC,
    W_LEAVE_SECURITY,
    W_TROOPS,
    WAR,
    A,
    D,
    E,
    N,
    R,
    S,
)
from tightrope.model.single.lean import needed, trusted
from tightrope.model.single.rules import (
    add_evidence,
    add_reasons,
    by_war,
    jit,
    logistic,
    logit,
    part,
    resting,
    standing_gained,
    tilt,
    told,
    value_of,
    worth,
)

# Columns of an act on the menu: monthly chance, whether it is mediation, on which stock it pledges, who may, its needs.
MONTHLY, MEDIATES, ON_SANCTIONS, OPEN_TO, NEEDS = range(5)
ALL, ALLIES, OF_COHORT = range(3)
NOTHING, NEEDS_WAR, NEEDS_SANCTIONS = range(3)
PLEDGE = 6


@jit
def is_open(s, f, world, n, act, p):
    """1 where a state may do this kind of act now."""
    found = 1.0
    if act[OPEN_TO] == ALLIES:
        found = 1.0 if s[ALLY, n] > 0 else 0.0
    elif act[OPEN_TO] == OF_COHORT:
        found = f[COHORT, n]
    if act[MEDIATES] > 0 or act[NEEDS] == NEEDS_WAR:
        found *= p.at_war * (1.0 if world[WAR] == 0.0 else 0.0)
    elif act[NEEDS] == NEEDS_SANCTIONS:
        found *= p.sanctions_on
    return found


@jit
def rule_over(base, utility, intensity, out):
    """The rule over the kinds of act."""
    if intensity == 0.0:
        out[:] = base
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


@jit
def acts(
    s, flow, f, share, world, shock, menu, drawn, why, target, sanctioner, focus, unit, p, w, room, table
):
    """Let every state with an occasion do one of the kinds on the menu, or nothing.

    `menu` (K, 5) what the kinds are, `drawn` (K, 7) their accounts and pledge in this run; `table` (K + 1, 6) scratch.
    """
    kinds = menu.shape[0]
    base, utility, sincere, gamer, chance = room[0], room[1], room[2], room[3], room[4]
    for n in range(s.shape[1]):
        flow[ACT, n] = flow[MEDIATION, n] = flow[MEDIATION_ACCEPTED, n] = 0.0
        flow[PLEDGED, n] = flow[PLEDGED_SANCTIONS, n] = 0.0
        if kinds == 0 or shock[U_ACTS, n] >= p.act_rate:
            continue
        lot = shock[U_ACTS, n] / p.act_rate
        total = 0.0
        for k in range(kinds):
            base[k + 1] = menu[k, MONTHLY] / p.act_rate * is_open(s, f, world, n, menu[k], p)
            total += base[k + 1]
        scale = MOST / max(total, MOST)
        total = 0.0
        for k in range(kinds):
            base[k + 1] *= scale
            total += base[k + 1]
        base[0] = 1.0 - total
        tie, trade = max(s[ALLY, n], share[target, n]), f[TRADE_TARGET, n] / p.act_trade_reference
        bound = p.tied_hands * (s[COMMITMENTS, n] + s[STANDS, n])
        trust = min(logistic(s[ODDS_SANCTIONER, n]), logistic(-s[ODDS_TARGET, n]))
        table[:] = 0.0
        utility[0] = sincere[0] = gamer[0] = 0.0
        for k in range(1, kinds + 1):
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
            if menu[k - 1, MEDIATES] > 0:
                table[k, R] += p.mediation_value * trust
        rule_over(base[: kinds + 1], sincere[: kinds + 1], p.choice_intensity, room[5][: kinds + 1])
        rule_over(base[: kinds + 1], gamer[: kinds + 1], p.choice_intensity, room[6][: kinds + 1])
        for audience in range(2):
            seen = p.observability_sanctioner if audience == 0 else p.observability_target
            now = logistic(s[ODDS_SANCTIONER if audience == 0 else ODDS_TARGET, n])
            value = value_of(audience, share[sanctioner, n], share[target, n], p) / unit
            doubt = exp(-resting(audience, s, f, n, p))
            for k in range(kinds + 1):
                unseen = (1.0 - seen) * base[k] + TINY
                ratio = (seen * room[5, k] + unseen) / (seen * room[6, k] + unseen)
                room[7 + audience, k] = ratio
                table[k, R] += value * (ratio / (ratio + doubt) - now)
        for k in range(kinds + 1):
            utility[k] += table[k, R] * w[0, R]
        rule_over(base[: kinds + 1], utility[: kinds + 1], p.choice_intensity, chance[: kinds + 1])
        chosen, edge = 0, 0.0
        for k in range(kinds):
            edge += chance[k]
            if lot >= edge:
                chosen += 1
        flow[ACT, n] = chosen
        flow[EVIDENCE_SANCTIONER, n] += log(room[7, chosen])
        flow[EVIDENCE_TARGET, n] += log(room[8, chosen])
        pledged = pledged_sanctions = 0.0
        if chosen > 0:
            if menu[chosen - 1, ON_SANCTIONS] > 0:
                pledged_sanctions = drawn[chosen - 1, PLEDGE]
            else:
                pledged = drawn[chosen - 1, PLEDGE]
            if menu[chosen - 1, MEDIATES] > 0:
                flow[MEDIATION, n] = 1.0
                both = logistic(s[ODDS_SANCTIONER, n]) * logistic(-s[ODDS_TARGET, n])
                flow[MEDIATION_ACCEPTED, n] = (
                    1.0 if shock[U_ACCEPTED, n] < p.mediation_acceptance * both else 0.0
                )
            if n == focus:
                why[W_ACTS, BASE_ROW] += log(base[chosen] / base[0])
                for a in range(6):
                    why[W_ACTS, 1 + a] += p.choice_intensity * w[0, a] * (table[chosen, a] - table[0, a])
                why[W_ACTS, TIMES_ROW] += 1.0
        flow[PLEDGED, n] = max(pledged, -s[STANDS, n] * p.kept_commitments)
        flow[PLEDGED_SANCTIONS, n] = max(pledged_sanctions, -s[COMMITMENTS, n] * p.kept_commitments)


@part
def feared(s, world, n, p):
    """Menace by the target, as far as the rule against force does not hold it back."""
    return p.menace_weight * s[MENACE, n] * (1.0 - world[RULE])


@jit
def decide(
    s,
    flow,
    f,
    share,
    n,
    ordered,
    up,
    base,
    menu,
    table,
    focus,
    target,
    sanctioner,
    p,
    phi,
    w,
    divisors,
    told_,
    lot,
):
    """One decision on membership: done or not; evidence and the focus actor's table are added."""
    if not up:
        return 0.0
    d = divisors[menu]
    phi[R] = 0.0
    told(base, phi, w, d, p, told_)
    phi[R] = standing_gained(told_, s, f, share, n, sanctioner, target, p)
    chance = tilt(base, worth(phi, w[0], d), p.choice_intensity)
    done = 1.0 if lot < chance or ordered else 0.0
    add_evidence(flow, n, told_, 1 if done > 0 else 0)
    if n == focus and not ordered:
        add_reasons(table, logit(base), phi, w[0], d, p.choice_intensity)
    return done


@jit
def membership(
    s,
    flow,
    f,
    share,
    tied,
    world,
    given,
    month,
    shock,
    why,
    target,
    sanctioner,
    focus,
    p,
    phi,
    w,
    divisors,
    told_,
):
    """Leave the alliance or the union, join the sanctions, send troops; into the NEXT_ rows."""
    fighting = p.at_war > 0 and world[WAR] == 0.0
    for n in range(s.shape[1]):
        flow[LEFT_SECURITY, n] = flow[LEFT_ECONOMIC, n] = 0.0
        flow[NEXT_ALLY, n], flow[NEXT_UNION, n], flow[NEXT_JOINED, n] = s[ALLY, n], s[UNION, n], s[JOINED, n]
        flow[NEXT_SENT, n] = s[SENT, n] if fighting else 0.0
        summoned = (
            given[G_LEAVE_SECURITY, month, n] + given[G_LEAVE_ECONOMIC, month, n] + given[G_JOIN, month, n]
        )
        drawn = shock[U_LEAVE_SECURITY, n] < p.review_rate or shock[U_LEAVE_ECONOMIC, n] < p.review_rate
        drawn = drawn or shock[U_JOIN, n] < p.join_rate or shock[U_TROOPS, n] < p.troops_request_rate
        if not drawn and summoned + given[G_TROOPS, month, n] <= 0.0:
            continue
        dislike = displeasure(s, f, n, p)
        exposure = p.debt_weight * s[DEBT, n] + f[TRADE_TARGET, n] / 100.0
        phi[:] = 0.0
        ordered = given[G_LEAVE_SECURITY, month, n] > 0
        up = s[ALLY, n] > 0 and (ordered or shock[U_LEAVE_SECURITY, n] < p.review_rate)
        if up:
            phi[S] = feared(s, world, n, p) - needed(s, flow, f, n, p) * trusted(s, tied, n, target, p)
            phi[D], phi[A], phi[N] = dislike, f[STRENGTH, n] - exposure, f[STATED_LEAVING, n]
        lot = 0.0 if ordered else shock[U_LEAVE_SECURITY, n] / p.review_rate
        left = decide(s, flow, f, share, n, ordered, up, p.leave_security_base_rate, M_LEAVE_SECURITY,
                      why[W_LEAVE_SECURITY], focus, target, sanctioner, p, phi, w, divisors, told_, lot)  # fmt: skip
        flow[LEFT_SECURITY, n], flow[NEXT_ALLY, n] = left, 0.0 if left > 0 else s[ALLY, n]

        phi[:] = 0.0
        ordered = given[G_LEAVE_ECONOMIC, month, n] > 0
        up = s[UNION, n] > 0 and (ordered or shock[U_LEAVE_ECONOMIC, n] < p.review_rate)
        if up:
            phi[E] = -p.preference_margin * f[TRADE_TARGET, n] - p.migration_loss * f[REMITTANCES, n]
            phi[D], phi[A], phi[N] = dislike, f[STRENGTH, n] - exposure, f[STATED_LEAVING, n]
        lot = 0.0 if ordered else shock[U_LEAVE_ECONOMIC, n] / p.review_rate
        left = decide(s, flow, f, share, n, ordered, up, p.leave_economic_base_rate, M_LEAVE_ECONOMIC,
                      why[W_LEAVE_ECONOMIC], focus, target, sanctioner, p, phi, w, divisors, told_, lot)  # fmt: skip
        flow[LEFT_ECONOMIC, n], flow[NEXT_UNION, n] = left, 0.0 if left > 0 else s[UNION, n]

        phi[:] = 0.0
        ordered = given[G_JOIN, month, n] > 0
        asked = p.sanctions_on > 0 and f[PENALISABLE, n] > 0 and shock[U_JOIN, n] < p.join_rate
        up = s[JOINED, n] == 0.0 and (ordered or asked)
        if up:
            joining(s, flow, f, share, world, n, sanctioner, p, phi, dislike, exposure)
        lot = 0.0 if ordered else shock[U_JOIN, n] / p.join_rate
        done = decide(s, flow, f, share, n, ordered, up, p.join_base_rate, M_JOIN, why[W_JOIN], focus, target,
                      sanctioner, p, phi, w, divisors, told_, lot)  # fmt: skip
        flow[NEXT_JOINED, n] = 1.0 if done > 0 else s[JOINED, n]

        phi[:] = 0.0
        ordered = given[G_TROOPS, month, n] > 0
        asked = s[ALLY, n] > 0 and shock[U_TROOPS, n] < p.troops_request_rate
        up = s[SENT, n] == 0.0 and fighting and (ordered or asked)
        if up:
            phi[E] = -p.penalty_loss * f[EXPORTS_WEST, n] * f[PENALISABLE, n]
            phi[S] = p.troops_thanks * trusted(s, tied, n, target, p) - p.army_share * needed(
                s, flow, f, n, p
            )
            phi[D] = -dislike
            phi[A] = p.debt_weight * s[DEBT, n] - p.tied_hands * (s[COMMITMENTS, n] + s[STANDS, n])
            phi[N] = f[STATED_TROOPS, n] - world[RULE]
        lot = 0.0 if ordered else shock[U_TROOPS, n] / p.troops_request_rate
        done = decide(s, flow, f, share, n, ordered, up, p.troops_base_rate, M_TROOPS, why[W_TROOPS], focus, target,
                      sanctioner, p, phi, w, divisors, told_, lot)  # fmt: skip
        flow[NEXT_SENT, n] = (1.0 if done > 0 else s[SENT, n]) * (1.0 if fighting else 0.0)


@jit
def joining(s, flow, f, share, world, n, sanctioner, p, phi, dislike, exposure):
    """What joining the sanctions brings rather than standing aside."""
    chance = 1.0 if s[PENALISED, n] > 0 else hazard(s, n, flow[EVASION, n] * f[GDP, n] / 100.0, p)
    avoided = (1.0 - twelve(1.0 - chance)) * p.penalty_loss * f[EXPORTS_WEST, n]
    broken = world[RULE] * p.at_war * by_war(world[WAR], 1.0, 0.0, 1.0, 0.5)
    phi[E] = -p.joining_loss * f[EXPORTS_TARGET, n] - p.rent_share * flow[EVASION, n] + avoided
    phi[S] = -feared(s, world, n, p)
    phi[D], phi[A] = dislike, share[sanctioner, n] - exposure
    phi[N] = f[STATED_JOINING, n] + broken
