"""What is stored of a single run: the compiled twin of `engine.record.note`."""

from __future__ import annotations

from tightrope.model.single.after import is_broken
from tightrope.model.single.home import displeasure
from tightrope.model.single.layout import (
    ACT,
    BELIEF_SANCTIONER,
    BELIEF_TARGET,
    CAP_COST,
    CHALLENGE,
    COHORT,
    COMMITMENTS,
    COMPLIANCE,
    CONCESSION,
    DEBT,
    ELITE,
    EMERGENCY,
    EVASION,
    EXCHANGE,
    FORCE,
    GDP,
    INCOME_LOSS,
    INTERVENTION,
    JOINED,
    LEFT_ECONOMIC,
    LEFT_SECURITY,
    MASS,
    MEDIATION,
    MEDIATION_ACCEPTED,
    MENACE,
    O_ALIGNMENT,
    O_BELIEF_SANCTIONER,
    O_BELIEF_TARGET,
    O_CAP_COST,
    O_COMMITMENTS,
    O_COMPLIANCE,
    O_DEBT,
    O_DISPLEASURE,
    O_ELITE,
    O_EVASION,
    O_EVASION_VALUE,
    O_EXCHANGE,
    O_HEDGING,
    O_INCOME_LOSS,
    O_MASS,
    O_MENACE,
    O_PRICES,
    PATIENCE,
    PENALISED,
    PRICES,
    REFORM,
    REQUEST,
    RETALIATED,
    RULE,
    SENT,
    STATES,
    TIMES_ROW,
    TROOPS,
    TWIN_RISK,
    UNFRIENDLY,
    W_ALIGNMENT,
    WAR,
)
from tightrope.model.single.rules import jit, part
from tightrope.model.single.views import keep


@jit
def record(now, target, r, wanted, kept):
    """Write one month of the runs from `r` on: numbers, flags and the world."""
    s, flow, share, month, numbers = now.s, now.flow, now.share, now.month, kept.numbers
    kinds = share.shape[0]
    for place in range(wanted.shape[0]):
        n = wanted[place]
        squares = 0.0
        for pole in range(kinds):
            squares += share[pole, n] * share[pole, n]
            keep(numbers[O_ALIGNMENT + pole, place, month], r, share[pole, n])
        keep(numbers[O_HEDGING, place, month], r, 1.0 / squares)
        keep(numbers[O_COMPLIANCE, place, month], r, s[COMPLIANCE, n])
        keep(numbers[O_EXCHANGE, place, month], r, s[EXCHANGE, n])
        keep(numbers[O_PRICES, place, month], r, s[PRICES, n])
        keep(numbers[O_MASS, place, month], r, s[MASS, n])
        keep(numbers[O_ELITE, place, month], r, s[ELITE, n])
        keep(numbers[O_BELIEF_SANCTIONER, place, month], r, s[BELIEF_SANCTIONER, n])
        keep(numbers[O_BELIEF_TARGET, place, month], r, s[BELIEF_TARGET, n])
        keep(numbers[O_DEBT, place, month], r, s[DEBT, n])
        keep(numbers[O_MENACE, place, month], r, s[MENACE, n])
        keep(numbers[O_COMMITMENTS, place, month], r, s[COMMITMENTS, n])
        keep(numbers[O_EVASION, place, month], r, flow[EVASION, n])
        keep(numbers[O_EVASION_VALUE, place, month], r, flow[EVASION, n] * now.f[GDP, n] / 100.0)
        keep(numbers[O_INCOME_LOSS, place, month], r, s[INCOME_LOSS, n])
        keep(numbers[O_CAP_COST, place, month], r, flow[CAP_COST, n])
        keep(numbers[O_DISPLEASURE, place, month], r, displeasure(now, n))
        flag(now, n, kept.flags, place, r)
    cohere(now, target, r, kept)


@part
def cohere(now, target, r, kept):
    """Write the world, and how the cohort leans to the target."""
    f, share, world, month, of_world = now.f, now.share, now.world, now.month, kept.world
    cohort = leaning = 0.0
    for n in range(f.shape[1]):
        cohort += f[COHORT, n]
        leaning += f[COHORT, n] * share[target, n]
    keep(of_world[0, month], r, world[TWIN_RISK])
    keep(of_world[1, month], r, world[RULE])
    keep(of_world[2, month], r, world[PATIENCE])
    keep(of_world[3, month], r, leaning / max(1.0, cohort))
    keep(of_world[4, month], r, world[STATES])
    keep(kept.war[month], r, world[WAR])


@part
def flag(now, n, flags, place, r):
    """Write what is either so or not, and codes, in the order of `layout.FLAGS`."""
    s, flow, month = now.s, now.flow, now.month
    keep(flags[0, place, month], r, s[TROOPS, n] > 0.5)
    keep(flags[1, place, month], r, s[PENALISED, n] > 0.5)
    keep(flags[2, place, month], r, flow[EMERGENCY, n] > 0.5)
    keep(flags[3, place, month], r, flow[REQUEST, n] > 0.5)
    keep(flags[4, place, month], r, flow[INTERVENTION, n] > 0.5)
    keep(flags[5, place, month], r, is_broken(s, n))
    keep(flags[6, place, month], r, flow[LEFT_SECURITY, n] > 0.5)
    keep(flags[7, place, month], r, flow[LEFT_ECONOMIC, n] > 0.5)
    keep(flags[8, place, month], r, s[JOINED, n] > 0.5)
    keep(flags[9, place, month], r, s[SENT, n] > 0.5)
    keep(flags[10, place, month], r, s[UNFRIENDLY, n] > 0.5)
    keep(flags[11, place, month], r, s[RETALIATED, n] > 0.5)
    keep(flags[12, place, month], r, flow[CHALLENGE, n] > 0.5)
    keep(flags[13, place, month], r, flow[CONCESSION, n] > 0.5)
    keep(flags[14, place, month], r, flow[FORCE, n] > 0.5)
    keep(flags[15, place, month], r, flow[ACT, n])
    keep(flags[16, place, month], r, flow[MEDIATION, n] > 0.5)
    keep(flags[17, place, month], r, flow[MEDIATION_ACCEPTED, n] > 0.5)
    keep(flags[18, place, month], r, flow[REFORM, n])


@jit
def record_once(run, r, span, kept):
    """Write what is stored once a run: recognition, votes, and the tables of reasons."""
    recognised, options, why, leaning = run.land.recognised, run.cast.options, run.by.reasons, run.by.leaning
    wanted = span.wanted
    for place in range(wanted.shape[0]):
        n = wanted[place]
        for e in range(recognised.shape[0]):
            keep(kept.recognised[e, place], r, recognised[e, n] > 0.5)
        for item in range(options.shape[0]):
            keep(kept.cast[item, place], r, options[item, n])
    for menu in range(why.shape[0]):
        scale = 1.0 if menu < W_ALIGNMENT else 1.0 / span.months
        for row in range(TIMES_ROW):
            keep(kept.reasons[menu, row], r, why[menu, row] * scale)
        keep(kept.times[menu], r, why[menu, TIMES_ROW])
    for pole in range(leaning.shape[0]):
        for row in range(TIMES_ROW):
            keep(kept.leaning[pole, row], r, leaning[pole, row])
    for item in range(options.shape[0]):
        for row in range(TIMES_ROW):
            keep(kept.of_votes[item, row], r, run.cast.reasons[item, row])
