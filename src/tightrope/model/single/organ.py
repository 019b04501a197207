"""Stage 3 of a single run: requests for troops and the organ that grants them (see `security`, `council`)."""

from __future__ import annotations

from tightrope.model.choice import TINY
from tightrope.model.council import LEADER
from tightrope.model.security import ALL_TIED, TYPICAL
from tightrope.model.single.lanes import WIDTH, any_of, marked, pick
from tightrope.model.single.layout import (
    ABANDONED,
    ALLY,
    CAPABILITY,
    DEBT,
    ELITE,
    EMERGENCY,
    FIRST_ALLY,
    INTERVENTION,
    M_INTERVENE,
    M_REQUEST,
    M_VETO,
    MASS,
    MENACE,
    OUTSIDE,
    REQUEST,
    RULE,
    STRENGTH,
    TROOPS,
    U_INTERVENTION,
    U_REQUEST,
    U_WITHDRAWAL,
    W_REQUEST,
    A,
    D,
    N,
    R,
    S,
)
from tightrope.model.single.rules import add_reasons, drawn, jit, log, logit, part, tilt, value
from tightrope.model.single.views import lane

CONSENSUS, MAJORITY, LEADER_ALONE = range(3)


@part
def standing(s, f, p):
    """What the organ's standing has lost since the start, at most 0."""
    count = left = refused = 0.0
    for n in range(s.shape[1]):
        count += f[FIRST_ALLY, n]
        left += f[FIRST_ALLY, n] * s[ALLY, n]
        refused += f[FIRST_ALLY, n] * s[ABANDONED, n]
    count = max(count, 1.0)
    return p.organ_standing * (left / count - 1.0) - refused / count


@part
def veto(now, by, n):
    """What a veto is worth to a member when another asks for troops, nats."""
    s, phi = now.s, by.phi
    phi[:] = 0.0
    phi[S] = -(s[MASS, n] + now.flow[OUTSIDE, n])
    phi[A] = now.f[STRENGTH, n] + now.p.veto_precedent * s[MENACE, n]
    phi[N] = now.world[RULE] - 0.5
    return value(by, M_VETO)


@part
def council(now, by, asker, leader, organ):
    """P(sent | asked), and that where all decide at their base rates."""
    s, f, p = now.s, now.f, now.p
    base, intensity = p.grant_base_rate, p.choice_intensity
    granted = tilt(base, leader, intensity)
    if organ == LEADER_ALONE:
        return granted, base
    usual, pro, contra = base, max(leader, 0.0) * LEADER, max(-leader, 0.0) * LEADER
    for n in range(s.shape[1]):
        if n == asker or s[ALLY, n] == 0.0:
            continue
        against = veto(now, by, n)
        if organ == CONSENSUS:
            granted *= 1.0 - tilt(p.veto_base_rate, against, intensity)
            usual *= 1.0 - p.veto_base_rate
        else:
            pro += f[CAPABILITY, n] * max(-against, 0.0)
            contra += f[CAPABILITY, n] * max(against, 0.0)
    if organ == CONSENSUS:
        return granted, usual
    pull = p.council_decisiveness * (log(max(pro, TINY)) - log(max(contra, TINY)))
    return tilt(base, pull, intensity), base


@part
def asked(now, who, by, n):
    """P(sent | asked) of a request; what asking is worth against the cases counted comes into `by.phi`."""
    share, p, phi = now.share, now.p, by.phi
    phi[:] = 0.0
    bound = min(now.tied[who.target], ALL_TIED)
    stake = p.patron_stake * (share[who.target, n] - 1.0 / share.shape[0])
    cost = p.intervention_cost * (1.0 / (1.0 - bound) - 1.0 / (1.0 - p.tied_down_reference))
    phi[S], phi[R] = stake - cost, standing(now.s, now.f, p)
    help_, usual = council(now, by, n, value(by, M_INTERVENE), who.organ)
    phi[:] = 0.0
    unrest, strength = now.s[MASS, n], now.f[STRENGTH, n] + now.s[DEBT, n]
    phi[S] = help_ * p.help_value * unrest - usual * p.help_value * TYPICAL[0]
    phi[A] = -help_ * p.autonomy_loss * strength + usual * p.autonomy_loss * TYPICAL[1]
    phi[D] = -(1.0 - help_) * p.refusal_cost * unrest + (1.0 - usual) * p.refusal_cost * TYPICAL[0]
    return help_


@jit
def request(now, who, by, n):
    """Ask for troops, or not, where an emergency began."""
    flow, shock, p = now.flow, now.shock, now.p
    help_ = asked(now, who, by, n)
    base = p.request_base_rate
    chance = tilt(base, value(by, M_REQUEST), p.choice_intensity)
    if n == who.focus:
        add_reasons(by, W_REQUEST, M_REQUEST, logit(base), p.choice_intensity)
    if shock[U_REQUEST, n] < chance:
        flow[REQUEST, n] = 1.0
        flow[INTERVENTION, n] = 1.0 if shock[U_INTERVENTION, n] < help_ else 0.0


@jit
def security(now, who, by):
    """Play the game where an emergency began; let troops leave; let debt and refusals be forgotten."""
    s, flow = now.s, now.flow
    for n in range(s.shape[1]):
        flow[REQUEST, n] = flow[INTERVENTION, n] = 0.0
        up = (flow[EMERGENCY, n] != 0.0) & (s[ALLY, n] != 0.0) & (s[TROOPS, n] == 0.0)
        if any_of(up):
            for r in range(WIDTH):
                if marked(up, r):
                    request(lane(now, r), who, lane(by, r), n)
    for n in range(s.shape[1]):
        calm(now, n)


@part
def calm(now, n):
    """Troops sent bring order, those that are there may leave, and debt and refusals are forgotten."""
    s, flow, p = now.s, now.flow, now.p
    sent = flow[INTERVENTION, n]
    hazard = p.withdrawal_base + p.withdrawal_calm * (1.0 - s[MASS, n])
    stay = pick(drawn(now, U_WITHDRAWAL, n) < hazard, 0.0, 1.0)
    s[MASS, n] *= 1.0 - p.intervention_effect * sent
    s[ELITE, n] *= 1.0 - p.intervention_effect * sent
    s[DEBT, n] = s[DEBT, n] * p.kept_debt + sent
    s[TROOPS, n] = s[TROOPS, n] * stay * (1.0 - sent) + sent
    s[ABANDONED, n] = s[ABANDONED, n] * p.kept_abandoned + flow[REQUEST, n] - sent
