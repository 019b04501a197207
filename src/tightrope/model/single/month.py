"""One month of a single run, stage by stage as in `step`, and the loop over months and runs.

A stage's mechanisms all read the state as it stood before the stage: what two of them could disturb is written to NEXT_
rows first and put in place when the stage is over.
"""

from __future__ import annotations

from numba import njit

from tightrope.model.single import sources
from tightrope.model.single.after import belief, commitment, rule, rupture
from tightrope.model.single.ballot import recognition, states, vote
from tightrope.model.single.bare import bare
from tightrope.model.single.comply import compliance, penalty
from tightrope.model.single.deeds import acts, membership
from tightrope.model.single.home import opinion, stability, twin
from tightrope.model.single.layout import (
    ALLY,
    COMPLIANCE,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    GRIEVANCE,
    HARDSHIP,
    JOINED,
    M_VOTE,
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
    SENT,
    UNION,
    UNSETTLED,
)
from tightrope.model.single.lean import alignment, contest
from tightrope.model.single.organ import security
from tightrope.model.single.outside import war, world_now
from tightrope.model.single.quarrel import crisis, retaliation
from tightrope.model.single.record import record, record_once
from tightrope.model.single.ruler import reform
from tightrope.model.single.rules import jit, part
from tightrope.model.single.trade import LAGS, economy, routing


@part
def put(s, to, flow, from_):
    """Put a NEXT_ row in place."""
    for n in range(s.shape[1]):
        s[to, n] = flow[from_, n]


@jit
def votes(
    s,
    flow,
    f,
    fp,
    share,
    month,
    ballot,
    r,
    cast,
    why_vote,
    target,
    sanctioner,
    focus,
    p,
    phi,
    w,
    divisors,
    room,
):
    """Hold the votes of this month; `ballot` is (month, stance, precedent, level, habit, format and own draws)."""
    when, stance, precedent, level, habit, of_format, own = ballot
    for item in range(when.shape[0]):
        if when[item] != month:
            continue
        for n in range(s.shape[1]):
            lot = of_format[item, n, r] if habit[item, n, r] < p.vote_habit else own[item, n, r]
            cast[item, n] = vote(
                s,
                flow,
                f,
                fp,
                share,
                n,
                stance[item],
                precedent[item],
                level[item, :, r],
                lot,
                target,
                sanctioner,
                focus,
                p,
                phi,
                w,
                divisors[M_VOTE],
                room,
                why_vote[item],
            )


def _looped(digest):
    """The loop, compiled; kept on disk under the digest that it closes over."""

    def loop(
        first,
        last,
        months,
        sides,
        p_all,
        start,
        fixed,
        calendar,
        shocks,
        ballot,
        menu,
        divisors,
        unit,
        cov,
        wanted,
        out,
        scratch,
    ):
        """Run the runs from `first` to `last`; `sides` is target, sanctioner, focus, and how the organ decides."""
        if not digest:
            return -1
        target, sanctioner, focus, organ = sides
        state0, share0, lags0 = bare(start[0]), bare(start[1]), bare(start[2])
        rec0, world0 = bare(start[3]), bare(start[4])
        f_all, fp_all, q_all, anchor_all = bare(fixed[0]), bare(fixed[1]), bare(fixed[2]), bare(fixed[3])
        weights_all, first_rec, stated, own_land = (
            bare(fixed[4]),
            bare(fixed[5]),
            bare(fixed[6]),
            bare(fixed[7]),
        )
        poles_recognise, parent, recognisers = bare(fixed[8]), bare(fixed[9]), bare(fixed[10])
        drawn, steady = bare(fixed[11]), bare(fixed[12])
        given, poles, menu = bare(calendar[0]), bare(calendar[1]), bare(menu)
        divisors, cov, wanted = bare(divisors), bare(cov), bare(wanted)
        shock_all, common_all, lots_all = bare(shocks[0]), bare(shocks[1]), bare(shocks[2])
        ballot = (bare(ballot[0]), bare(ballot[1]), bare(ballot[2]), bare(ballot[3]), bare(ballot[4]),
                  bare(ballot[5]), bare(ballot[6]))  # fmt: skip
        out = (bare(out[0]), bare(out[1]), bare(out[2]), bare(out[3]), bare(out[4]), bare(out[5]), bare(out[6]),
               bare(out[7]), bare(out[8]))  # fmt: skip
        s, share, lags, rec = bare(scratch[0]), bare(scratch[1]), bare(scratch[2]), bare(scratch[3])
        flow, world, offer, tied = bare(scratch[4]), bare(scratch[5]), bare(scratch[6]), bare(scratch[7])
        phi, after, rec_after, room = bare(scratch[8]), bare(scratch[9]), bare(scratch[10]), bare(scratch[11])
        told, work, table, theirs = bare(scratch[12]), bare(scratch[13]), bare(scratch[14]), bare(scratch[15])
        ours, five, why = bare(scratch[16]), bare(scratch[17]), bare(scratch[18])
        why_vote, cast = bare(scratch[19]), bare(scratch[20])
        items = ballot[0].shape[0]
        unsettled = 0
        for r in range(first, last):
            p = p_all[r]
            s[:] = state0[r]
            share[:] = share0[r]
            lags[:] = lags0[r]
            rec[:] = rec0[r]
            f, fp, q, anchor, w = f_all[r], fp_all[r], q_all[r], anchor_all[r], weights_all[r]
            world[:] = 0.0
            world[:2] = world0[r]
            why[:] = 0.0
            why_vote[:] = 0.0
            cast[:] = -1.0
            for month in range(months):
                shock, common = shock_all[r, month], common_all[r, month]
                flow[EVIDENCE_SANCTIONER] = 0.0
                flow[EVIDENCE_TARGET] = 0.0
                war(world, month, lots_all[r], p)
                world_now(s, flow, world, tied, f, shock, common, given, poles, month, target, p)
                routing(s, flow, f, world, work, p)
                economy(s, lags, flow, f, fp, world, shock, LAGS - 1 - month % LAGS, sanctioner, p)
                opinion(s, f, p)
                stability(s, flow, f, world, shock, p)
                unsettled += int(world[UNSETTLED])
                twin(s, flow, f, world, focus, p)
                security(
                    s, flow, f, share, tied, world, shock, why, target, focus, organ, p, phi, w, divisors
                )
                contest(s, offer, fp, q, tied, world, poles, month, target, sanctioner, p, work)
                alignment(
                    s,
                    flow,
                    f,
                    fp,
                    anchor,
                    steady[r],
                    offer,
                    share,
                    after,
                    tied,
                    world,
                    why,
                    target,
                    sanctioner,
                    focus,
                    p,
                    phi,
                    w,
                    divisors,
                    cov,
                )
                compliance(
                    s,
                    flow,
                    f,
                    share,
                    given,
                    month,
                    shock,
                    why,
                    sanctioner,
                    target,
                    focus,
                    p,
                    phi,
                    w,
                    divisors,
                    room[:5, :3],
                    told,
                )
                if items:
                    votes(
                        s,
                        flow,
                        f,
                        fp,
                        share,
                        month,
                        ballot,
                        r,
                        cast,
                        why_vote,
                        target,
                        sanctioner,
                        focus,
                        p,
                        phi,
                        w,
                        divisors,
                        room[:, :4],
                    )
                recognition(
                    s,
                    flow,
                    f,
                    share,
                    rec,
                    rec_after,
                    first_rec,
                    stated[r],
                    own_land,
                    poles_recognise,
                    parent,
                    shock,
                    why,
                    target,
                    focus,
                    p,
                    phi,
                    w,
                    divisors,
                    told,
                )
                states(rec_after, first_rec, recognisers[r], world, p)
                acts(
                    s,
                    flow,
                    f,
                    share,
                    world,
                    shock,
                    menu,
                    drawn[r],
                    why,
                    target,
                    sanctioner,
                    focus,
                    unit,
                    p,
                    w,
                    room,
                    table,
                )
                membership(
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
                    told,
                )
                reform(s, flow, f, shock, why, focus, p, w, divisors, room, five)
                share[:] = after
                rec[:] = rec_after
                put(s, COMPLIANCE, flow, NEXT_COMPLIANCE)
                put(s, ALLY, flow, NEXT_ALLY)
                put(s, UNION, flow, NEXT_UNION)
                put(s, JOINED, flow, NEXT_JOINED)
                put(s, SENT, flow, NEXT_SENT)
                penalty(s, flow, f, given, month, shock, p)
                crisis(
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
                    told,
                    theirs,
                    ours,
                    room,
                )
                retaliation(
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
                    told,
                    theirs,
                    ours,
                    room,
                )
                put(s, COMPLIANCE, flow, NEXT_COMPLIANCE)
                put(s, PENALISED, flow, NEXT_PENALISED)
                put(s, MENACE, flow, NEXT_MENACE)
                put(s, GRIEVANCE, flow, NEXT_GRIEVANCE)
                put(s, HARDSHIP, flow, NEXT_HARDSHIP)
                belief(s, flow, f, p)
                commitment(s, flow, p)
                rule(flow, world, p)
                rupture(s, flow, share, target, p)
                record(s, flow, f, share, world, month, r, target, wanted, p, out)
            record_once(rec, why, why_vote, cast, r, months, wanted, out)
        return unsettled

    return njit(cache=True, nogil=True, error_model="numpy")(loop)


loop = _looped(sources())
