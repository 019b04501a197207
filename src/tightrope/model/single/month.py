"""One month of a few runs side by side, stage by stage as in `step`, and the loop over months and runs.

A stage's mechanisms all read the state as it stood before the stage: what two of them could disturb is written to NEXT_
rows first and put in place when the stage is over.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from tightrope.model.single import sources
from tightrope.model.single.after import belief, beliefs, commitment, rule, rupture
from tightrope.model.single.ballot import recognition, states, votes
from tightrope.model.single.comply import compliance, penalty
from tightrope.model.single.deeds import acts
from tightrope.model.single.home import opinion, stability, twin
from tightrope.model.single.lanes import WIDTH, added_up
from tightrope.model.single.layout import (
    ALLY,
    COMPLIANCE,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    GRIEVANCE,
    HARDSHIP,
    JOINED,
    MENACE,
    NEXT_ALLY,
    NEXT_COMPLIANCE,
    NEXT_GRIEVANCE,
    NEXT_HARDSHIP,
    NEXT_JOINED,
    NEXT_MENACE,
    NEXT_PENALISED,
    NEXT_SENT,
    NEXT_UNION,
    PENALISED,
    RULE,
    SENT,
    TWIN_POINT,
    UNION,
    UNSETTLED,
    WAR,
)
from tightrope.model.single.lean import alignment, contest
from tightrope.model.single.member import membership
from tightrope.model.single.organ import security
from tightrope.model.single.outside import war, world_now
from tightrope.model.single.quarrel import crisis, retaliation
from tightrope.model.single.record import record, record_once
from tightrope.model.single.ruler import reform
from tightrope.model.single.rules import OPTIONS, copy, jit, part
from tightrope.model.single.run import Ballot, By, Land, Menu, Now, Poles, Run
from tightrope.model.single.trade import economy, routing
from tightrope.model.single.views import lane, side_by_side


@part
def put(now, to, from_):
    """Put a NEXT_ row in place."""
    for n in range(now.s.shape[1]):
        now.s[to, n] = now.flow[from_, n]


@part
def events(now, run, lots, common):
    """Stages 1 to 4: what comes from outside, trade, the people, the organ, and what poles offer."""
    who, given, poles, work = run.who, run.given, run.poles, run.work
    war(now, lots)
    world_now(now, given, who.target, common)
    routing(now, work)
    economy(now, run.lags, poles.fp, who.sanctioner)
    opinion(now)
    stability(now)
    for r in range(WIDTH):
        twin(lane(now, r), who.focus)
    security(now, who, run.by)
    contest(now, poles, given.poles, who, work)


@part
def decisions(now, run):
    """Stage 5: what states decide, each by what was so before the stage."""
    who, given, poles, land, by, desk = run.who, run.given.states, run.poles, run.land, run.by, run.desk
    alignment(now, poles, who, by)
    compliance(now, given, who, by)
    votes(now, run)
    changed = recognition(now, land, who, by)
    if changed or now.month == 0:
        states(now, land)
    acts(now, who, run.menu, by, run.room, run.table, run.one)
    membership(now, given, who, by)
    reform(now, who, by, desk)
    copy(poles.after, now.share)
    if changed:
        copy(land.after, land.recognised)
    put(now, COMPLIANCE, NEXT_COMPLIANCE)
    put(now, ALLY, NEXT_ALLY)
    put(now, UNION, NEXT_UNION)
    put(now, JOINED, NEXT_JOINED)
    put(now, SENT, NEXT_SENT)


@part
def games(now, run):
    """Stage 6: what the powers do to states."""
    who, given, poles, by, desk = run.who, run.given.states, run.poles, run.by, run.desk
    penalty(now, given)
    crisis(now, given, poles, who, by, desk)
    retaliation(now, given, poles, who, by, desk)
    put(now, COMPLIANCE, NEXT_COMPLIANCE)
    put(now, PENALISED, NEXT_PENALISED)
    put(now, MENACE, NEXT_MENACE)
    put(now, GRIEVANCE, NEXT_GRIEVANCE)
    put(now, HARDSHIP, NEXT_HARDSHIP)


@part
def begin(b, start, scratch):
    """Put a block of runs where they start."""
    copy(start.s[b], scratch.s)
    copy(start.share[b], scratch.share)
    copy(start.lags[b], scratch.lags)
    copy(start.recognised[b], scratch.recognised)
    copy(start.recognised[b], scratch.recognised_after)
    scratch.world[:] = 0.0
    scratch.world[TWIN_POINT] = 0.5
    scratch.world[WAR], scratch.world[RULE] = start.world[b, 0], start.world[b, 1]
    scratch.reasons[:] = 0.0
    scratch.leaning[:] = 0.0
    scratch.cast.reasons[:] = 0.0
    scratch.cast.options[:] = -1.0
    beliefs(scratch.s)


@part
def ballots(b, ballot):
    """The votes of a block of runs."""
    return Ballot(
        ballot.when,
        ballot.stance,
        ballot.precedent,
        side_by_side(ballot.level)[b],
        side_by_side(ballot.habit)[b],
        side_by_side(ballot.of_format)[b],
        side_by_side(ballot.own)[b],
    )


@part
def laid_out(b, who, whole, figures, scratch, desk):
    """What stays at hand through all months of a block of runs."""
    scales = whole.scales
    return Run(
        who,
        whole.given,
        Poles(
            figures.fp[b], figures.q[b], figures.anchor[b], figures.steady[b],
            scales.cov, scratch.offer, scratch.after,
        ),
        Land(
            scratch.recognised, scratch.recognised_after, scales.first, figures.stated[b],
            scales.own_land, scales.recognising, scales.parent, figures.recognisers[b],
        ),
        Menu(scales.kinds, figures.drawn[b], scales.unit),
        ballots(b, whole.ballot),
        scratch.cast,
        By(figures.w[b], scales.per, scratch.phi, scratch.told, scratch.reasons, scratch.leaning),
        desk,
        scratch.work,
        scratch.room,
        scratch.table,
        scratch.one,
        scratch.lags,
    )  # fmt: skip


@jit
def some(b, span, who, whole, kept, scratch, desk):
    """Run a block of runs; how many times order at home had not settled."""
    figures, shocks = side_by_side(whole.figures), side_by_side(whole.shocks)
    begin(b, side_by_side(whole.start), scratch)
    run = laid_out(b, who, whole, figures, scratch, desk)
    p, f, own, common, lots = (
        side_by_side(whole.p[b]),
        figures.f[b],
        shocks.own[b],
        shocks.common[b],
        shocks.lots[b],
    )
    s, flow, share, tied, world = scratch.s, scratch.flow, scratch.share, scratch.tied, scratch.world
    unsettled = 0.0
    for month in range(span.months):
        now = Now(month, p, s, flow, f, share, tied, world, own[month])
        flow[EVIDENCE_SANCTIONER] = 0.0
        flow[EVIDENCE_TARGET] = 0.0
        events(now, run, lots, common[month])
        unsettled += added_up(world[UNSETTLED])
        decisions(now, run)
        games(now, run)
        belief(now)
        commitment(now)
        rule(now)
        rupture(now, who.target)
        record(now, who.target, b * WIDTH, span.wanted, kept)
    record_once(run, b * WIDTH, span, kept)
    return int(unsettled)


def _looped(digest):
    """The loop, compiled; kept on disk under the digest that it closes over."""

    def loop(span, who, whole, kept, scratch, desk):
        """Run the runs of a span, which lie in bundles of `run`; how often order at home had not settled."""
        if not digest:
            return -1
        unsettled = 0
        for b in range(span.first, span.last):
            unsettled += some(b, span, who, whole, kept, side_by_side(scratch), desk)
        return unsettled

    compiled: Any = njit(cache=True, **{**OPTIONS, "no_cpython_wrapper": False})(loop)
    return compiled


loop = _looped(sources())
