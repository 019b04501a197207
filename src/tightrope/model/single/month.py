"""One month of a single run, stage by stage as in `step`, and the loop over months and runs.

A stage's mechanisms all read the state as it stood before the stage: what two of them could disturb is written to NEXT_
rows first and put in place when the stage is over.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from tightrope.model.single import sources
from tightrope.model.single.after import belief, commitment, rule, rupture
from tightrope.model.single.ballot import recognition, states, votes
from tightrope.model.single.comply import compliance, penalty
from tightrope.model.single.deeds import acts
from tightrope.model.single.home import opinion, stability, twin
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


@part
def put(now, to, from_):
    """Put a NEXT_ row in place."""
    for n in range(now.s.shape[1]):
        now.s[to, n] = now.flow[from_, n]


@part
def events(now, run, lots, common):
    """Stages 1 to 4: what comes from outside, trade, the people, the organ, and what poles offer."""
    who, given, poles, work = run.who, run.given, run.poles, run.desk.work
    war(now, lots)
    world_now(now, given, who.target, common)
    routing(now, work)
    economy(now, run.lags, poles.fp, who.sanctioner)
    opinion(now)
    stability(now)
    twin(now, who.focus)
    security(now, who, run.by)
    contest(now, poles, given.poles, who, work)


@part
def decisions(now, run):
    """Stage 5: what states decide, each by what was so before the stage."""
    who, given, poles, land, by, desk = run.who, run.given.states, run.poles, run.land, run.by, run.desk
    alignment(now, poles, who, by)
    compliance(now, given, who, by, desk.room)
    votes(now, run)
    recognition(now, land, who, by)
    states(now, land)
    acts(now, who, run.menu, by, desk)
    membership(now, given, who, by)
    reform(now, who, by, desk)
    copy(poles.after, now.share)
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
def begin(r, start, scratch):
    """Put a run where it starts."""
    copy(start.s[r], scratch.s)
    copy(start.share[r], scratch.share)
    copy(start.lags[r], scratch.lags)
    copy(start.recognised[r], scratch.recognised)
    scratch.world[:] = 0.0
    scratch.world[WAR], scratch.world[RULE] = start.world[r, 0], start.world[r, 1]
    scratch.reasons[:] = 0.0
    scratch.cast.reasons[:] = 0.0
    scratch.cast.options[:] = -1.0


@part
def laid_out(r, who, whole, scratch):
    """What stays at hand through all months of a run."""
    figures, scales, ballot = whole.figures, whole.scales, whole.ballot
    return Run(
        who,
        whole.given,
        Poles(
            figures.fp[r], figures.q[r], figures.anchor[r], figures.steady[r],
            scales.cov, scratch.offer, scratch.after,
        ),
        Land(
            scratch.recognised, scratch.recognised_after, figures.first, figures.stated[r],
            figures.own_land, figures.recognising, figures.parent, figures.recognisers[r],
        ),
        Menu(scales.kinds, figures.drawn[r], scales.unit),
        Ballot(
            ballot.when, ballot.stance, ballot.precedent, ballot.level[:, :, r],
            ballot.habit[:, :, r], ballot.of_format[:, :, r], ballot.own[:, :, r],
        ),
        scratch.cast,
        By(figures.w[r], scales.divisors, scratch.phi, scratch.told, scratch.reasons),
        scratch.desk,
        scratch.lags,
    )  # fmt: skip


@jit
def one(r, span, who, whole, kept, scratch):
    """Run one run; how many times order at home had not settled."""
    begin(r, whole.start, scratch)
    run, shocks = laid_out(r, who, whole, scratch), whole.shocks
    p, f, own, common, lots = whole.p[r], whole.figures.f[r], shocks.own[r], shocks.common[r], shocks.lots[r]
    s, flow, share, tied, world = scratch.s, scratch.flow, scratch.share, scratch.tied, scratch.world
    unsettled = 0
    for month in range(span.months):
        now = Now(month, p, s, flow, f, share, tied, world, own[month])
        flow[EVIDENCE_SANCTIONER] = 0.0
        flow[EVIDENCE_TARGET] = 0.0
        events(now, run, lots, common[month])
        unsettled += int(world[UNSETTLED])
        decisions(now, run)
        games(now, run)
        belief(now)
        commitment(now)
        rule(now)
        rupture(now, who.target)
        record(now, who.target, r, span.wanted, kept)
    record_once(run, r, span, kept)
    return unsettled


def _looped(digest):
    """The loop, compiled; kept on disk under the digest that it closes over."""

    def loop(span, who, whole, kept, scratch):
        """Run the runs of a span, which lie in bundles of `run`; how often order at home had not settled."""
        if not digest:
            return -1
        unsettled = 0
        for r in range(span.first, span.last):
            unsettled += one(r, span, who, whole, kept, scratch)
        return unsettled

    compiled: Any = njit(cache=True, **{**OPTIONS, "no_cpython_wrapper": False})(loop)
    return compiled


loop = _looped(sources())
