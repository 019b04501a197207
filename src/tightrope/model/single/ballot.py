"""Stage 5 of a single run: votes in the General Assembly, and recognition of entities (see `vote`, `recognition`)."""

from __future__ import annotations

from tightrope.model.choice import TINY
from tightrope.model.single.home import displeasure
from tightrope.model.single.lanes import WIDTH, any_of, marked, pick
from tightrope.model.single.layout import (
    ALLY,
    BASE_ROW,
    BEYOND_WORLD,
    DEBT,
    DECIDED_NO,
    DECIDED_YES,
    EVIDENCE_SANCTIONER,
    EVIDENCE_TARGET,
    IDEAL_POINT,
    M_RECOGNITION,
    M_VOTE,
    SECESSION,
    STATED_VOTE,
    STATES,
    U_ENTITY,
    U_RECOGNITION,
    W_RECOGNITION,
    A,
    D,
    E,
    N,
    R,
    S,
)
from tightrope.model.single.rules import (
    add_evidence,
    add_reasons,
    believed,
    drawn,
    either,
    exp,
    jit,
    log,
    logit,
    observed,
    part,
    resting,
    tell,
    tilt,
    value,
    value_of,
)
from tightrope.model.single.views import lane, soon
from tightrope.model.vote import ABSENT

OPTIONS = 4
# Rows of the scratch room; the last four say how likely each audience sees a sincere state, or a gamer, do it.
BASE, UTILITY, SINCERE, GAMER, CHANCE, STANDING_ROW, OURS, _, THEIRS = range(9)


@part
def softmax(base, utility, intensity, out):
    """The rule over the four options, each against the first."""
    out[0] = base[0]
    total = base[0]
    for k in range(1, OPTIONS):
        out[k] = base[k] * exp(intensity * (utility[k] - utility[0]))
        total += out[k]
    each = 1.0 / total
    for k in range(OPTIONS):
        out[k] *= each


@part
def options(pull, torn, weights, d, out):
    """Utility of each option: the score times the pulls; staying away relieves who is torn."""
    step = 0.0
    for a in range(5):
        step += weights[a] * pull[a] * d[a]
    for k in range(OPTIONS):
        out[k] = step * (1.0 * k if k < ABSENT else 1.0)
    out[ABSENT] += weights[A] * torn * d[A]


@part
def pulls(now, poles, ballot, who, item, n, phi):
    """What a state gains by each account from a text, into `phi`; how torn it is between the two sides."""
    s, f, share, p = now.s, now.f, now.share, now.p
    stance = ballot.stance[item]
    phi[:] = 0.0
    for pole in range(stance.shape[0]):
        phi[E] += poles.fp[BEYOND_WORLD, pole, n] / 100.0 * stance[pole]
    phi[S] = s[ALLY, n] * share[who.target, n] * stance[who.target]
    phi[D] = displeasure(now, n)
    phi[A] = -p.debt_weight * s[DEBT, n]
    phi[N] = f[IDEAL_POINT, n] + p.precedent_weight * ballot.precedent[item, n] + f[STATED_VOTE, n]
    return p.cross_pressure * 4.0 * share[who.target, n] * share[who.sanctioner, n]


@part
def habits(level, base):
    """π of the four options."""
    total = level[0] * 0.0
    for k in range(OPTIONS):
        base[k] = exp(level[k] - level[0])
        total += base[k]
    each = 1.0 / total
    for k in range(OPTIONS):
        base[k] *= each


@part
def told_by(now, who, room, n):
    """What each option tells each audience, and what that is worth, into `room`."""
    base, sincere, gamer, standing = room[BASE], room[SINCERE], room[GAMER], room[STANDING_ROW]
    standing[:] = 0.0
    for audience in range(2):
        seen, ours, theirs = observed(audience, now.p), room[OURS + audience], room[THEIRS + audience]
        current, value = believed(audience, now, n), value_of(audience, now, who, n)
        doubt = exp(-resting(audience, now, n))
        for k in range(OPTIONS):
            unseen = (1.0 - seen) * base[k] + TINY
            ours[k], theirs[k] = seen * sincere[k] + unseen, seen * gamer[k] + unseen
            standing[k] += value * (ours[k] / (ours[k] + doubt * theirs[k]) - current)


@part
def vote(now, who, by, room, torn, lot, n):
    """One state's vote, with its accounts in `by.phi` and its base rates in `room`: the option chosen."""
    w, d, phi, intensity = by.w, by.per[M_VOTE], by.phi, now.p.choice_intensity
    base, utility, chance = room[BASE], room[UTILITY], room[CHANCE]
    options(phi, torn, w[1], d, utility)
    softmax(base, utility, intensity, room[SINCERE])
    options(phi, torn, w[2], d, utility)
    softmax(base, utility, intensity, room[GAMER])
    options(phi, torn, w[0], d, utility)
    told_by(now, who, room, n)
    for k in range(OPTIONS):
        utility[k] += w[0, R] * room[STANDING_ROW, k] * d[R]
    softmax(base, utility, intensity, chance)
    chosen = edge = lot * 0.0
    ours, theirs = (room[OURS, 0], room[OURS + 1, 0]), (room[THEIRS, 0], room[THEIRS + 1, 0])
    for k in range(OPTIONS - 1):
        edge += chance[k]
        further = lot >= edge
        chosen += pick(further, 1.0, 0.0)
        ours = either(further, room[OURS, k + 1], room[OURS + 1, k + 1], ours)
        theirs = either(further, room[THEIRS, k + 1], room[THEIRS + 1, k + 1], theirs)
    now.flow[EVIDENCE_SANCTIONER, n] += log(ours[0] / theirs[0])
    now.flow[EVIDENCE_TARGET, n] += log(ours[1] / theirs[1])
    return chosen


@part
def explain(by, room, why, intensity):
    """Add Abstain against Yes of the focus actor to its table."""
    phi, d = by.phi, by.per[M_VOTE]
    why[BASE_ROW] += log(room[BASE, 1]) - log(room[BASE, 2])
    phi[R] = -(room[STANDING_ROW, 1] - room[STANDING_ROW, 2])
    for a in range(6):
        why[1 + a] -= intensity * by.w[0, a] * phi[a] * d[a]


@jit
def votes(now, run):
    """Hold the votes of this month."""
    poles, ballot, who, by, room = run.poles, run.ballot, run.who, run.by, run.room
    p, cast = now.p, run.cast
    for item in range(ballot.when.shape[0]):
        if ballot.when[item] != now.month:
            continue
        for n in range(now.s.shape[1]):
            as_format = ballot.habit[item, n] < p.vote_habit
            lot = pick(as_format, ballot.of_format[item, n], ballot.own[item, n])
            torn = pulls(now, poles, ballot, who, item, n, by.phi)
            habits(ballot.level[item], room[BASE])
            cast.options[item, n] = vote(now, who, by, room, torn, lot, n)
            if n == who.focus:
                explain(by, room, cast.reasons[item], p.choice_intensity)


@part
def precedents(now, land, n, e):
    """How far recognising would be in line with what the state has decided before and said."""
    p, recognised, first = now.p, land.recognised, land.first
    yes, no = now.f[DECIDED_YES, n], now.f[DECIDED_NO, n]
    for other in range(recognised.shape[0]):
        if other != e:
            yes += recognised[other, n] * (1.0 - first[other, n])
            no += (1.0 - recognised[other, n]) * first[other, n]
    precedent = (0.5 * p.precedent_prior + yes) / (p.precedent_prior + yes + no)
    return p.precedent_strength * (2.0 * precedent - 1.0) + land.stated[e, n]


@part
def recognition_account(now, land, target, n, e, phi):
    """What recognising an entity brings a state rather than not, into `phi`."""
    share, p, recognised = now.share, now.p, land.recognised
    deciders = recognised.shape[1]
    phi[:] = 0.0
    company = reprisal = standing = 0.0
    for other in range(deciders):
        company += recognised[e, other]
    for pole in range(land.poles.shape[0]):
        standing += share[pole, n] * (2.0 * land.poles[pole, e] - 1.0)
        reprisal += share[pole, n] * land.parent[pole, e]
    others = (2.0 * (company - recognised[e, n]) - (deciders - 1)) / max(deciders - 1, 1)
    phi[S] = (
        now.s[ALLY, n] * land.poles[target, e]
        - p.parent_reprisal * reprisal
        + p.recognition_coordination * others
    )
    phi[D] = -now.f[SECESSION, n]
    consistent = precedents(now, land, n, e)
    phi[N] = (1.0 - p.self_determination) * consistent + p.self_determination * p.precedent_strength
    phi[R] = standing


@jit
def consider(now, land, who, by, n):
    """Recognise, or withdraw, on an occasion; into `land.after`. Says whether it did."""
    p, shock, phi = now.p, now.shock, by.phi
    e = int(shock[U_ENTITY, n] * land.recognised.shape[0])
    if land.own[e, n] != 0.0:
        return False
    recognition_account(now, land, who.target, n, e, phi)
    before = land.recognised[e, n]
    base = p.withdraw_base_rate if before > 0 else p.recognition_base_rate
    for a in range(6):
        phi[a] *= 1.0 - 2.0 * before
    tell(p, by, M_RECOGNITION, base)
    chance = tilt(base, value(by, M_RECOGNITION), p.choice_intensity)
    done = shock[U_RECOGNITION, n] / p.recognition_rate < chance
    if n == who.focus:
        add_reasons(by, W_RECOGNITION, M_RECOGNITION, logit(base), p.choice_intensity)
    add_evidence(now.flow, by.told, n, 1 if done else 0)
    if done:
        land.after[e, n] = abs(before - 1.0)
    return done


@jit
def recognition(now, land, who, by):
    """Recognise, or withdraw, where the month brings an opportunity; says whether any state did."""
    changed = False
    for n in range(now.s.shape[1]):
        soon(now.shock, U_ENTITY, n)
        up = drawn(now, U_RECOGNITION, n) < now.p.recognition_rate
        if land.recognised.shape[0] > 0 and any_of(up):
            for r in range(WIDTH):
                if marked(up, r):
                    changed |= consider(lane(now, r), lane(land, r), who, lane(by, r), n)
    return changed


@jit
def states(now, land):
    """How many states there are: members, and entities that more than half of them recognise."""
    recognised, recognisers, p = land.after, land.recognisers, now.p
    entities, deciders = recognised.shape
    counted = now.world[STATES] * 0.0
    for e in range(entities):
        new = mean = counted * 0.0
        for n in range(deciders):
            new += recognised[e, n] - land.first[e, n]
            mean += recognised[e, n]
        outside = max(p.world_members - deciders - recognisers[e], 0.0)
        all_told = recognisers[e] + new + p.self_determination * outside * (mean / deciders)
        counted += pick(all_told > 0.5 * p.world_members, 1.0, 0.0)
    now.world[STATES] = p.world_members + counted + p.self_determination * p.further_claims
