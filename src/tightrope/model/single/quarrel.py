"""Stage 6 of a single run: claims and threats, played by backward induction (see `crisis`, `retaliation`)."""

from __future__ import annotations

import numpy as np

from tightrope.model.crisis import EVEN, PERCENT, TENTHS
from tightrope.model.retaliation import LEAST
from tightrope.model.security import ALL_TIED
from tightrope.model.single.comply import slopes
from tightrope.model.single.home import displeasure
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
    GDP,
    GRIEVANCE,
    HARDSHIP,
    IMPORTS,
    JOINED,
    M_CLAIM,
    M_CRISIS,
    M_DESIGNATION,
    M_RETALIATION,
    M_THREAT,
    MENACE,
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
from tightrope.model.single.rules import add_evidence, add_reasons, jit, part, tilt, told, worth

# Outcomes other than that nothing happens: the other gives way, the challenger does not follow up, or it does.
CONCEDED, BACKED_DOWN, FORCED = range(3)


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
    """p_C, the chance that the challenger begins at all."""
    force = tilt(force_base, theirs[FORCED] - theirs[BACKED_DOWN], intensity)
    resist = tilt(EVEN, expected(ours[FORCED], ours[BACKED_DOWN], force) - ours[CONCEDED], intensity)
    value = resist * expected(theirs[FORCED], theirs[BACKED_DOWN], force) + (1.0 - resist) * theirs[CONCEDED]
    return tilt(base, value, intensity)


@jit
def winning(f, share, q, tied, n, target, p):
    """The target's chance to take what it claims by force."""
    lent = 0.0
    for pole in range(tied.shape[0]):
        if pole != target:
            lent += share[pole, n] * q[POLE_CAPABILITY, pole] * (1.0 - min(tied[pole], ALL_TIED))
    own = q[POLE_CAPABILITY, target] * (1.0 - min(tied[target], ALL_TIED))
    return own / (own + f[CAPABILITY, n] / TENTHS + p.help_share * lent)


@jit
def claim_tables(s, f, share, q, tied, world, n, target, p, theirs, ours):
    """What the outcomes of a claim are worth to the target, and to the state that is challenged, (3, 6) each."""
    theirs[:] = 0.0
    ours[:] = 0.0
    stake, chance = f[NEIGHBOUR, n], winning(f, share, q, tied, n, target, p)
    free = 1.0 - min(tied[target], ALL_TIED)
    to_come = 1.0 - world[SANCTIONS] * p.sanctioned_fraction
    theirs[FORCED, E] = -(p.force_cost / free + to_come)
    theirs[CONCEDED, S], theirs[FORCED, S] = stake, chance * stake
    theirs[FORCED, N] = -world[RULE]
    theirs[BACKED_DOWN, R] = -(1.0 + s[MENACE, n])
    feeling = p.humiliation * (1.0 + displeasure(s, f, n, p))
    ours[FORCED, E] = -PERCENT * p.force_hardship
    ours[CONCEDED, S], ours[FORCED, S] = -stake, -chance * stake
    ours[CONCEDED, D], ours[BACKED_DOWN, D], ours[FORCED, D] = -feeling, feeling, feeling
    ours[CONCEDED, N] = -world[RULE]
    ours[CONCEDED, R] = -(1.0 + s[STANDS, n])
    return feeling


@jit
def stand(flow, n, ours, force, menu, table, focus, lot, p, phi, w, divisors, evidence):
    """The challenged one's move: 1 where it stands firm."""
    firm(ours, force, phi)
    d = divisors[menu]
    chance = tilt(EVEN, worth(phi, w[0], d), p.choice_intensity)
    stood = 1.0 if lot < chance else 0.0
    told(EVEN, phi, w, d, p, evidence)
    add_evidence(flow, n, evidence, 1 if stood > 0 else 0)
    if n == focus:
        add_reasons(table, 0.0, phi, w[0], d, p.choice_intensity)
    return stood


@jit
def crisis(
    s,
    flow,
    f,
    share,
    q,
    tied,
    world,
    given,
    month,
    shock,
    why,
    target,
    focus,
    p,
    phi,
    w,
    divisors,
    evidence,
    theirs,
    ours,
    room,
):
    """Play the game where a claim comes up; into the NEXT_ rows of menace, grievance and hardship."""
    for n in range(s.shape[1]):
        flow[CHALLENGE, n] = flow[CONCESSION, n] = flow[FORCE, n] = 0.0
        flow[NEXT_MENACE, n], flow[NEXT_GRIEVANCE, n], flow[NEXT_HARDSHIP, n] = (
            s[MENACE, n],
            s[GRIEVANCE, n],
            s[HARDSHIP, n],
        )
        ordered = given[G_CLAIM, month, n] > 0
        most = p.claim_rate * f[NEIGHBOUR, n] * (1.0 + s[MENACE, n])
        if not ordered and shock[U_CLAIM, n] >= most:  # 1 - e^{-x} is no more than x
            continue
        rate = 1.0 if ordered else -np.expm1(-most)
        if shock[U_CLAIM, n] >= rate:
            continue
        feeling = claim_tables(s, f, share, q, tied, world, n, target, p, theirs, ours)
        values(theirs, w[0], divisors[M_CLAIM], room[0])
        values(ours, w[0], divisors[M_CRISIS], room[1])
        chance = begun(room[0], room[1], p.claim_base_rate, p.force_base_rate, p.choice_intensity)
        if not ordered and shock[U_CLAIM, n] / rate >= chance:
            continue
        force = tilt(p.force_base_rate, room[0, FORCED] - room[0, BACKED_DOWN], p.choice_intensity)
        stood = stand(
            flow,
            n,
            ours,
            force,
            M_CRISIS,
            why[W_CRISIS],
            focus,
            shock[U_STAND, n],
            p,
            phi,
            w,
            divisors,
            evidence,
        )
        forced = stood * (1.0 if shock[U_FORCE, n] < force else 0.0)
        flow[CHALLENGE, n], flow[CONCESSION, n], flow[FORCE, n] = 1.0, 1.0 - stood, forced
        flow[NEXT_GRIEVANCE, n] += feeling * (1.0 - 2.0 * stood)
        flow[NEXT_MENACE, n] += p.claim_menace * (1.0 - stood) + p.force_menace * forced
        flow[NEXT_HARDSHIP, n] += p.force_hardship * forced


@part
def offence(s, f, share, n, target):
    """How much a state displeases the target, 0 to about 4."""
    left = max(f[FIRST_ALLY, n] - s[ALLY, n], 0.0) + max(f[FIRST_UNION, n] - s[UNION, n], 0.0)
    fallen = 1.0 - share[target, n] / max(s[USUAL_SHARE, n], LEAST)
    return max(s[JOINED, n], s[COMPLIANCE, n] * f[PENALISABLE, n]) + left + max(fallen, 0.0)


@jit
def threat_tables(s, flow, f, fp, share, q, n, target, given_offence, p, phi, theirs, ours):
    """What the outcomes of a threat are worth to the target, and to the state that is threatened, (3, 6) each."""
    theirs[:] = 0.0
    ours[:] = 0.0
    size = f[GDP, n] / q[BUDGET, target]
    theirs[CONCEDED, E] = p.relent * (flow[EVASION_FREE, n] - flow[EVASION, n]) * size
    theirs[FORCED, E] = -p.retaliation_trade * fp[IMPORTS, target, n] * size
    dependence = f[TRADE_TARGET, n] / f[TRADE_ALL, n]
    lever = min(1.0, f[RETALIATION_LOSS, n] / p.retaliation_lever)
    theirs[CONCEDED, S], theirs[FORCED, S] = given_offence, given_offence * dependence * lever
    theirs[FORCED, N] = -s[UNION, n]
    theirs[BACKED_DOWN, R] = -(1.0 + s[MENACE, n])
    slopes(s, flow, f, n, p, phi)
    part = p.relent * s[COMPLIANCE, n]
    for a in (E, D, A, N):
        ours[CONCEDED, a] = -part * phi[a]
    ours[FORCED, E] -= f[RETALIATION_LOSS, n]
    ours[CONCEDED, R] = -(1.0 + s[MENACE, n])


@jit
def retaliation(
    s,
    flow,
    f,
    fp,
    share,
    q,
    given,
    month,
    shock,
    why,
    target,
    focus,
    p,
    phi,
    w,
    divisors,
    evidence,
    theirs,
    ours,
    room,
):
    """Threaten, give in or stand firm, impose or not; let what is in force end; name who has joined unfriendly."""
    for n in range(s.shape[1]):
        ordered = given[G_RETALIATION, month, n]
        before = given[G_RETALIATION, month - 1, n] if month > 0 else 0.0
        imposed = gave_in = 0.0
        if s[RETALIATED, n] == 0.0:
            wrong = offence(s, f, share, n, target)
            most = p.displeasure_rate * wrong  # 1 - e^{-x} is no more than x
            rate = -np.expm1(-most) if shock[U_DISPLEASURE, n] < most else 0.0
            if shock[U_DISPLEASURE, n] < rate:
                threat_tables(s, flow, f, fp, share, q, n, target, wrong, p, phi, theirs, ours)
                values(theirs, w[0], divisors[M_THREAT], room[0])
                values(ours, w[0], divisors[M_RETALIATION], room[1])
                chance = begun(room[0], room[1], EVEN, p.retaliation_base_rate, p.choice_intensity)
                if shock[U_DISPLEASURE, n] / rate < chance:
                    force = tilt(
                        p.retaliation_base_rate, room[0, FORCED] - room[0, BACKED_DOWN], p.choice_intensity
                    )
                    stood = stand(
                        flow,
                        n,
                        ours,
                        force,
                        M_RETALIATION,
                        why[W_RETALIATION],
                        focus,
                        shock[U_DEFIANCE, n],
                        p,
                        phi,
                        w,
                        divisors,
                        evidence,
                    )
                    imposed = stood * (1.0 if shock[U_IMPOSE, n] < force else 0.0)
                    gave_in = 1.0 - stood
        named = designated(s, f, n, shock, p, phi, w, divisors)
        lifted = 1.0 if before > ordered and month > 0 else 0.0
        ends = 1.0 if shock[U_END, n] < p.retaliation_end else 0.0
        kept = s[RETALIATED, n] * (1.0 - max(ends, lifted))
        flow[NEXT_COMPLIANCE, n] = s[COMPLIANCE, n] - p.relent * s[COMPLIANCE, n] * gave_in
        s[RETALIATED, n] = max(kept + imposed, ordered)
        s[UNFRIENDLY, n] = max(s[UNFRIENDLY, n], named)


@jit
def designated(s, f, n, shock, p, phi, w, divisors):
    """1 where the target names a state unfriendly this month: only who has joined, and only once."""
    if s[JOINED, n] == 0.0 or s[UNFRIENDLY, n] != 0.0:
        return 0.0
    phi[:] = 0.0
    phi[S], phi[R] = s[COMPLIANCE, n] * f[PENALISABLE, n], -s[ALLY, n]
    chance = tilt(p.unfriendly_rate, worth(phi, w[0], divisors[M_DESIGNATION]), p.choice_intensity)
    return 1.0 if shock[U_DESIGNATION, n] < chance else 0.0
