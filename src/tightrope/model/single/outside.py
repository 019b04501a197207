"""Stage 1 of a single run: how the war stands, and what comes from outside (see `war`, `world`)."""

from __future__ import annotations

import numpy as np

from tightrope.model.single.lanes import pick
from tightrope.model.single.layout import (
    COORDINATED,
    FUEL,
    FUEL_BEFORE,
    G_CAP,
    G_COORDINATION,
    G_FUEL,
    G_OUTSIDE,
    G_ROUTE,
    G_THREAT,
    G_TIED,
    MENACE,
    NEIGHBOUR,
    OIL,
    OUTSIDE,
    OUTSIDE_THREAT,
    PRICE_CAP,
    ROUBLE,
    ROUTE_CLOSED,
    SANCTIONS,
    U_RHETORIC,
    WAR,
)
from tightrope.model.single.rules import by_war, drawn, exp, jit, part


@jit
def war(now, lots):
    """Let the war end in the month that the run has drawn."""
    world, p = now.world, now.p
    scale = max(1.0, p.war_defeat + p.war_victory + p.war_settlement)
    first = p.war_defeat / scale
    second = first + p.war_victory / scale
    third = second + p.war_settlement / scale
    lot = lots[0]
    code = 1.0 + pick(lot >= first, 1.0, 0.0) + pick(lot >= second, 1.0, 0.0)
    # The month drawn is a whole one: before it, the next one is later than the lot.
    over = (lots[1] * p.war_window < now.month + 1.0) & (lot < third)
    world[WAR] = pick(over, code * p.at_war, 0.0)


@jit
def world_now(now, given, target, common):
    """Read the calendar and draw the month's outside shocks, also those that all share; threats add to menace."""
    world, tied, p = now.world, now.tied, now.p
    stands = world[WAR]
    loud = by_war(stands, 1.0, p.defeat_rhetoric, p.victory_rhetoric, 1.0)
    speaks = 1.0 - exp(-p.rhetoric_rate * loud)
    world[ROUBLE], world[OIL] = p.rouble_sd * common[0], p.oil_sd * common[1]
    world[SANCTIONS] = p.sanctions_on * (1.0 - by_war(stands, 0.0, 0.0, 0.0, p.settlement_relief))
    beaten = p.tied_down + p.defeat_loss * (1.0 - p.tied_down)
    halfway = 0.5 * (p.tied_down + p.tied_down_reference)
    bound = by_war(stands, p.tied_down, beaten, p.tied_down_reference, halfway)
    world[COORDINATED] = 0.0
    for pole in range(tied.shape[0]):
        ordered = given.poles[G_TIED, now.month, pole]
        usual = p.at_war * bound + (1.0 - p.at_war) * p.tied_down_reference
        tied[pole] = pick(np.isnan(ordered), pick(pole == target, usual, 0.0), ordered)
        world[COORDINATED] = max(world[COORDINATED], given.poles[G_COORDINATION, now.month, pole])
    neighbours(now, given.states, speaks)


@part
def neighbours(now, given, speaks):
    """What the month brings to each decider; `speaks` is the chance of a threat."""
    s, flow, f, p, month = now.s, now.flow, now.f, now.p, now.month
    for n in range(s.shape[1]):
        mark = pick(drawn(now, U_RHETORIC, n) < speaks, 1.0, 0.0)
        threat = mark * p.rhetoric_strength * f[NEIGHBOUR, n] + given[G_THREAT, month, n]
        s[MENACE, n] = s[MENACE, n] * p.kept_menace + threat
        outside = given[G_OUTSIDE, month, n]
        flow[OUTSIDE, n] = pick(np.isnan(outside), f[OUTSIDE_THREAT, n], outside)
        flow[FUEL, n] = given[G_FUEL, month, n]
        flow[FUEL_BEFORE, n] = given[G_FUEL, month - 1, n] if month > 0 else 0.0
        flow[PRICE_CAP, n] = given[G_CAP, month, n]
        flow[ROUTE_CLOSED, n] = given[G_ROUTE, month, n]
