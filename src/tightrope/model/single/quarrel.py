"""Stage 6 of a single run: claims and threats, played by backward induction (see `crisis`, `retaliation`)."""

from __future__ import annotations

import numpy as np

from tightrope.model.crisis import EVEN, PERCENT, TENTHS
from tightrope.model.retaliation import LEAST
from tightrope.model.security import ALL_TIED
from tightrope.model.single.comply import slopes
from tightrope.model.single.home import displeasure
from tightrope.model.single.lanes import WIDTH, any_of, marked, pick
from tightrope.model.single.layout import (
    ALLY,
    BUDGET,
    CAPABILITY,
    CHALLENGE,
    COMPLIANCE,
    CONCESSION,
    EVASION,
    EVASION_FREE,
    FIRST_ALLY,
    FIRST_UNION,
    FORCE,
    G_CLAIM,
    G_RETALIATION,
    GAVE_IN,
    GDP,
    GRIEVANCE,
    HARDSHIP,
    IMPORTS,
    IMPOSED,
    JOINED,
    M_CLAIM,
    M_CRISIS,
    M_DESIGNATION,
    M_RETALIATION,
    M_THREAT,
    MENACE,
    NAMED,
    NEIGHBOUR,
    NEXT_COMPLIANCE,
    NEXT_GRIEVANCE,
    NEXT_HARDSHIP,
    NEXT_MENACE,
    PENALISABLE,
    POLE_CAPABILITY,
    RETALIATED,
    RETALIATION_LOSS,
    RULE,
    SANCTIONS,
    STANDS,
    TRADE_ALL,
    TRADE_TARGET,
    U_CLAIM,
    U_DEFIANCE,
    U_DESIGNATION,
    U_DISPLEASURE,
    U_END,
    U_FORCE,
    U_IMPOSE,
    U_STAND,
    UNFRIENDLY,
    UNION,
    USUAL_SHARE,
    W_CRISIS,
    W_RETALIATION,
    A,
    D,
    E,
    N,
    R,
    S,
)
from tightrope.model.single.rules import add_evidence, add_reasons, drawn, jit, part, tell, tilt, value, worth
from tightrope.model.single.views import lane

# Outcomes other than that nothing happens: the other gives way, the challenger does not follow up, or it does.
CONCEDED, BACKED_DOWN, FORCED = range(3)
# What the other's move is called among the menus, and where its reasons lie.
CLAIMS, THREATS = (M_CRISIS, W_CRISIS), (M_RETALIATION, W_RETALIATION)


@jit
def values(table, weights, d, out):
    """Σ_f θ_f φ_f / d_f of the three outcomes, (3, 6) → (3,), nats, against nothing happening."""
    for k in range(3):
        out[k] = worth(table[k], weights, d)


@part
def expected(first, second, chance):
    """What comes of standing firm: force with this chance, else the challenger's retreat."""
    return chance * first + (1.0 - chance) * second


@jit
def firm(table, chance, phi):
    """What standing firm brings rather than giving way, account by account."""
    for a in range(6):
        phi[a] = expected(table[FORCED, a], table[BACKED_DOWN, a], chance) - table[CONCEDED, a]


@jit
def begun(theirs, ours, base, force_base, intensity):
    """p_C, the chance that the challenger begins at all, and that of force where the other stands firm."""
    force = tilt(force_base, theirs[FORCED] - theirs[BACKED_DOWN], intensity)
    resist = tilt(EVEN, expected(ours[FORCED], ours[BACKED_DOWN], force) - ours[CONCEDED], intensity)
    value = resist * expected(theirs[FORCED], theirs[BACKED_DOWN], force) + (1.0 - resist) * theirs[CONCEDED]
    return tilt(base, value, intensity), force


@jit
def winning(now, q, n, target):
    """The target's chance to take what it claims by force."""
    share, tied, p = now.share, now.tied, now.p
    lent = 0.0
    for pole in range(tied.shape[0]):
        if pole != target:
            lent += share[pole, n] * q[POLE_CAPABILITY, pole] * (1.0 - min(tied[pole], ALL_TIED))
    own = q[POLE_CAPABILITY, target] * (1.0 - min(tied[target], ALL_TIED))
    return own / (own + now.f[CAPABILITY, n] / TENTHS + p.help_share * lent)


@jit
def claim_tables(now, q, n, target, theirs, ours):
    """What the outcomes of a claim are worth to the target, and to the state that is challenged, (3, 6) each.

    Returns how deep the state's people feel it.
    """
    s, world, p = now.s, now.world, now.p
    theirs[:] = 0.0
    ours[:] = 0.0
    stake, chance = now.f[NEIGHBOUR, n], winning(now, q, n, target)
    free = 1.0 - min(now.tied[target], ALL_TIED)
    to_come = 1.0 - world[SANCTIONS] * p.sanctioned_fraction
    theirs[FORCED, E] = -(p.force_cost / free + to_come)
    theirs[CONCEDED, S], theirs[FORCED, S] = stake, chance * stake
    theirs[FORCED, N] = -world[RULE]
    theirs[BACKED_DOWN, R] = -(1.0 + s[MENACE, n])
    feeling = p.humiliation * (1.0 + displeasure(now, n))
    ours[FORCED, E] = -PERCENT * p.force_hardship
    ours[CONCEDED, S], ours[FORCED, S] = -stake, -chance * stake
    ours[CONCEDED, D], ours[BACKED_DOWN, D], ours[FORCED, D] = -feeling, feeling, feeling
    ours[CONCEDED, N] = -world[RULE]
    ours[CONCEDED, R] = -(1.0 + s[STANDS, n])
    return feeling


@jit
def stand(now, who, by, ours, kind, n, force, lot):
    """The challenged one's move: 1 where it stands firm."""
    (menu, row), intensity = kind, now.p.choice_intensity
    firm(ours, force, by.phi)
    chance = tilt(EVEN, value(by, menu), intensity)
    stood = 1.0 if lot < chance else 0.0
    tell(now.p, by, menu, EVEN)
    add_evidence(now.flow, by.told, n, 1 if stood > 0 else 0)
    if n == who.focus:
        add_reasons(by, row, menu, 0.0, intensity)
    return stood


@part
def most_claims(now, n):
    """At most so likely a claim comes up: 1 - e^{-x} is no more than x."""
    return now.p.claim_rate * now.f[NEIGHBOUR, n] * (1.0 + now.s[MENACE, n])


@jit
def claim(now, ordered, poles, who, by, desk, n):
    """Play the game, if a claim does come up."""
    flow, shock, p = now.flow, now.shock, now.p
    rate = 1.0 if ordered else -np.expm1(-most_claims(now, n))
    if shock[U_CLAIM, n] >= rate:
        return
    theirs, ours = desk.room[0], desk.room[1]
    feeling = claim_tables(now, poles.q, n, who.target, desk.theirs, desk.ours)
    values(desk.theirs, by.w[0], by.per[M_CLAIM], theirs)
    values(desk.ours, by.w[0], by.per[M_CRISIS], ours)
    chance, force = begun(theirs, ours, p.claim_base_rate, p.force_base_rate, p.choice_intensity)
    if not ordered and shock[U_CLAIM, n] / rate >= chance:
        return
    stood = stand(now, who, by, desk.ours, CLAIMS, n, force, shock[U_STAND, n])
    forced = stood * (1.0 if shock[U_FORCE, n] < force else 0.0)
    flow[CHALLENGE, n], flow[CONCESSION, n], flow[FORCE, n] = 1.0, 1.0 - stood, forced
    flow[NEXT_GRIEVANCE, n] += feeling * (1.0 - 2.0 * stood)
    flow[NEXT_MENACE, n] += p.claim_menace * (1.0 - stood) + p.force_menace * forced
    flow[NEXT_HARDSHIP, n] += p.force_hardship * forced


@jit
def crisis(now, given, poles, who, by, desk):
    """Play the game where a claim comes up; into the NEXT_ rows of menace, grievance and hardship."""
    s, flow = now.s, now.flow
    for n in range(s.shape[1]):
        flow[CHALLENGE, n] = flow[CONCESSION, n] = flow[FORCE, n] = 0.0
        flow[NEXT_MENACE, n], flow[NEXT_GRIEVANCE, n] = s[MENACE, n], s[GRIEVANCE, n]
        flow[NEXT_HARDSHIP, n] = s[HARDSHIP, n]
        ordered, up = given[G_CLAIM, now.month, n] > 0, drawn(now, U_CLAIM, n) < most_claims(now, n)
        if ordered or any_of(up):
            for r in range(WIDTH):
                if ordered or marked(up, r):
                    claim(lane(now, r), ordered, lane(poles, r), who, lane(by, r), desk, n)


@part
def offence(now, n, target):
    """How much a state displeases the target, 0 to about 4."""
    s, f = now.s, now.f
    left = max(f[FIRST_ALLY, n] - s[ALLY, n], 0.0) + max(f[FIRST_UNION, n] - s[UNION, n], 0.0)
    fallen = 1.0 - now.share[target, n] / max(s[USUAL_SHARE, n], LEAST)
    return max(s[JOINED, n], s[COMPLIANCE, n] * f[PENALISABLE, n]) + left + max(fallen, 0.0)


@jit
def threat_tables(now, poles, n, target, wrong, phi, desk):
    """What the outcomes of a threat are worth to the target, and to the state that is threatened, (3, 6) each."""
    s, flow, f, p, theirs, ours = now.s, now.flow, now.f, now.p, desk.theirs, desk.ours
    theirs[:] = 0.0
    ours[:] = 0.0
    size = f[GDP, n] / poles.q[BUDGET, target]
    theirs[CONCEDED, E] = p.relent * (flow[EVASION_FREE, n] - flow[EVASION, n]) * size
    theirs[FORCED, E] = -p.retaliation_trade * poles.fp[IMPORTS, target, n] * size
    dependence = f[TRADE_TARGET, n] / f[TRADE_ALL, n]
    lever = min(1.0, f[RETALIATION_LOSS, n] / p.retaliation_lever)
    theirs[CONCEDED, S], theirs[FORCED, S] = wrong, wrong * dependence * lever
    theirs[FORCED, N] = -s[UNION, n]
    theirs[BACKED_DOWN, R] = -(1.0 + s[MENACE, n])
    slopes(now, n, phi)
    part = p.relent * s[COMPLIANCE, n]
    for a in (E, D, A, N):
        ours[CONCEDED, a] = -part * phi[a]
    ours[FORCED, E] -= f[RETALIATION_LOSS, n]
    ours[CONCEDED, R] = -(1.0 + s[MENACE, n])


@jit
def threat(now, poles, who, by, desk, n):
    """Play the game of a threat, if it does come up: whether the target imposes, and whether the state gives in."""
    flow, shock, p, lot = now.flow, now.shock, now.p, now.shock[U_DISPLEASURE, n]
    wrong = offence(now, n, who.target)
    rate = -np.expm1(-p.displeasure_rate * wrong)
    if lot >= rate:
        return
    theirs, ours = desk.room[0], desk.room[1]
    threat_tables(now, poles, n, who.target, wrong, by.phi, desk)
    values(desk.theirs, by.w[0], by.per[M_THREAT], theirs)
    values(desk.ours, by.w[0], by.per[M_RETALIATION], ours)
    chance, force = begun(theirs, ours, EVEN, p.retaliation_base_rate, p.choice_intensity)
    if lot / rate >= chance:
        return
    stood = stand(now, who, by, desk.ours, THREATS, n, force, shock[U_DEFIANCE, n])
    flow[IMPOSED, n], flow[GAVE_IN, n] = stood * (1.0 if shock[U_IMPOSE, n] < force else 0.0), 1.0 - stood


@jit
def designated(now, by, n):
    """Whether the target names a state unfriendly that has joined the sanctions."""
    s, p, phi = now.s, now.p, by.phi
    phi[:] = 0.0
    phi[S], phi[R] = s[COMPLIANCE, n] * now.f[PENALISABLE, n], -s[ALLY, n]
    chance = tilt(p.unfriendly_rate, value(by, M_DESIGNATION), p.choice_intensity)
    now.flow[NAMED, n] = 1.0 if now.shock[U_DESIGNATION, n] < chance else 0.0


@part
def provoked(now, poles, who, by, desk, n):
    """Threats, where nothing is imposed yet and one may come up (1 - e^{-x} is no more than x); names, only once."""
    s, flow = now.s, now.flow
    flow[IMPOSED, n] = flow[GAVE_IN, n] = flow[NAMED, n] = 0.0
    most = now.p.displeasure_rate * offence(now, n, who.target)
    up = (s[RETALIATED, n] == 0.0) & (drawn(now, U_DISPLEASURE, n) < most)
    new = (s[JOINED, n] != 0.0) & (s[UNFRIENDLY, n] == 0.0)
    if any_of(up | new):
        for r in range(WIDTH):
            if marked(up, r):
                threat(lane(now, r), lane(poles, r), who, lane(by, r), desk, n)
            if marked(new, r):
                designated(lane(now, r), lane(by, r), n)


@jit
def retaliation(now, given, poles, who, by, desk):
    """Threaten, give in or stand firm, impose or not; let what is in force end; name who has joined unfriendly."""
    s, flow, p, month = now.s, now.flow, now.p, now.month
    for n in range(s.shape[1]):
        ordered = given[G_RETALIATION, month, n]
        before = given[G_RETALIATION, month - 1, n] if month > 0 else 0.0
        provoked(now, poles, who, by, desk, n)
        lifted = 1.0 if before > ordered and month > 0 else 0.0
        ends = pick(drawn(now, U_END, n) < p.retaliation_end, 1.0, lifted)
        kept = s[RETALIATED, n] * (1.0 - ends)
        flow[NEXT_COMPLIANCE, n] = s[COMPLIANCE, n] - p.relent * s[COMPLIANCE, n] * flow[GAVE_IN, n]
        s[RETALIATED, n] = max(kept + flow[IMPOSED, n], ordered)
        s[UNFRIENDLY, n] = max(s[UNFRIENDLY, n], flow[NAMED, n])
