"""Stages 7 and 8 of a single run: beliefs, tied hands, the rule against force, rupture (see `belief`, `rule`)."""

from __future__ import annotations

from tightrope.model.rupture import BROKEN, YEAR
from tightrope.model.single.layout import (
    BELIEF_SANCTIONER,
    BELIEF_TARGET,
    COMMITMENTS,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    FORCE,
    LEFT_ECONOMIC,
    LEFT_SECURITY,
    ODDS_SANCTIONER,
    ODDS_TARGET,
    PATIENCE,
    PLEDGED,
    PLEDGED_SANCTIONS,
    RETALIATED,
    RULE,
    RUPTURE,
    STANDS,
    STRICTER,
    USUAL_SHARE,
    WAR,
)
from tightrope.model.single.rules import by_war, jit, logistic, part, resting

FURTHEST = 20.0


@jit
def belief(now):
    """Update both audiences' log-odds with the evidence of the month."""
    s, flow = now.s, now.flow
    for n in range(s.shape[1]):
        first = resting(0, now, n) + flow[EVIDENCE_SANCTIONER, n]
        second = resting(1, now, n) + flow[EVIDENCE_TARGET, n]
        s[ODDS_SANCTIONER, n] = min(FURTHEST, max(-FURTHEST, first))
        s[ODDS_TARGET, n] = min(FURTHEST, max(-FURTHEST, second))
    beliefs(s)


@part
def beliefs(s):
    """How far each audience believes each state sincere."""
    for n in range(s.shape[1]):
        s[BELIEF_SANCTIONER, n], s[BELIEF_TARGET, n] = (
            logistic(s[ODDS_SANCTIONER, n]),
            logistic(s[ODDS_TARGET, n]),
        )


@jit
def commitment(now):
    """Let commitments decay, and add what stricter enforcement and pledges tie."""
    s, flow, p = now.s, now.flow, now.p
    for n in range(s.shape[1]):
        tied = p.commitment_gain * flow[STRICTER, n]
        s[COMMITMENTS, n] = s[COMMITMENTS, n] * p.kept_commitments + tied + flow[PLEDGED_SANCTIONS, n]
        s[STANDS, n] = s[STANDS, n] * p.kept_commitments + flow[PLEDGED, n]


@jit
def rule(now):
    """Move the rule against force one month, and say what patience restraint then needs."""
    flow, world, p = now.flow, now.world, now.p
    stands = world[WAR]
    punished = by_war(stands, p.punished_share, 1.0, 0.0, p.punished_share)
    at_war = p.at_war * by_war(stands, 1.0, 1.0, 1.0, 0.5)
    force = 0.0
    for n in range(flow.shape[1]):
        force += flow[FORCE, n]
    eroded = p.rule_erosion * at_war * (1.0 - punished) + p.rule_force * force
    after = world[RULE] + p.rule_recovery * (1.0 - world[RULE]) - eroded
    world[RULE] = min(1.0, max(0.0, after))
    prize = 1.0 - punished
    world[PATIENCE] = prize / (prize + max(world[RULE], 1e-6))


@jit
def rupture(now, target):
    """Measure this month's break with the target and let the old one fade; what is worse counts."""
    s, flow, share, p = now.s, now.flow, now.share, now.p
    even = 1.0 / share.shape[0]
    for n in range(s.shape[1]):
        usual, present = s[USUAL_SHARE, n], share[target, n]
        gap = max(0.0, usual - present) / max(usual, even)
        broken = (
            min(1.0, gap / p.rupture_fall)
            + s[RETALIATED, n]
            + flow[LEFT_SECURITY, n]
            + flow[LEFT_ECONOMIC, n]
        )
        s[RUPTURE, n] = min(1.0, max(s[RUPTURE, n] * p.kept_rupture, broken))
        s[USUAL_SHARE, n] = usual + (present - usual) / YEAR


@part
def is_broken(s, n):
    """Whether ties with the target have broken."""
    return s[RUPTURE, n] > BROKEN
