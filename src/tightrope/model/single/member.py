"""Stage 5 of a single run: memberships left or joined, and troops sent (see `membership`)."""

from __future__ import annotations

from tightrope.model.single.comply import hazard, twelve
from tightrope.model.single.home import displeasure
from tightrope.model.single.lanes import WIDTH, any_of, marked, pick
from tightrope.model.single.layout import (
    ALLY,
    COMMITMENTS,
    DEBT,
    EVASION,
    EXPORTS_TARGET,
    EXPORTS_WEST,
    G_JOIN,
    G_LEAVE_ECONOMIC,
    G_LEAVE_SECURITY,
    G_TROOPS,
    GDP,
    JOINED,
    LEFT_ECONOMIC,
    LEFT_SECURITY,
    M_JOIN,
    M_LEAVE_ECONOMIC,
    M_LEAVE_SECURITY,
    M_TROOPS,
    MENACE,
    NEXT_ALLY,
    NEXT_JOINED,
    NEXT_SENT,
    NEXT_UNION,
    PENALISABLE,
    PENALISED,
    REMITTANCES,
    RULE,
    SENT,
    STANDS,
    STATED_JOINING,
    STATED_LEAVING,
    STATED_TROOPS,
    STRENGTH,
    TRADE_TARGET,
    U_JOIN,
    U_LEAVE_ECONOMIC,
    U_LEAVE_SECURITY,
    U_TROOPS,
    UNION,
    W_JOIN,
    W_LEAVE_ECONOMIC,
    W_LEAVE_SECURITY,
    W_TROOPS,
    WAR,
    A,
    D,
    E,
    N,
    R,
    S,
)
from tightrope.model.single.lean import needed, trusted
from tightrope.model.single.rules import (
    add_evidence,
    add_reasons,
    by_war,
    drawn,
    jit,
    logit,
    part,
    standing_gained,
    tell,
    tilt,
    value,
)
from tightrope.model.single.views import lane

# What a decision is called among the menus, and where its reasons lie.
LEAVING_SECURITY = (M_LEAVE_SECURITY, W_LEAVE_SECURITY)
LEAVING_ECONOMIC = (M_LEAVE_ECONOMIC, W_LEAVE_ECONOMIC)
JOINING, SENDING = (M_JOIN, W_JOIN), (M_TROOPS, W_TROOPS)


@part
def feared(now, n):
    """Menace by the target, as far as the rule against force does not hold it back."""
    return now.p.menace_weight * now.s[MENACE, n] * (1.0 - now.world[RULE])


@part
def exposed(now, n):
    """What binds a state to the target: debt, and trade."""
    return now.p.debt_weight * now.s[DEBT, n] + now.f[TRADE_TARGET, n] / 100.0


@jit
def decide(now, who, by, kind, base, n, ordered, lot):
    """One decision on membership, its accounts in `by.phi`: done or not; evidence and reasons are added."""
    (menu, row), phi, p = kind, by.phi, now.p
    phi[R] = 0.0
    tell(p, by, menu, base)
    phi[R] = standing_gained(now, who, by.told, n)
    chance = tilt(base, value(by, menu), p.choice_intensity)
    done = 1.0 if lot < chance or ordered else 0.0
    add_evidence(now.flow, by.told, n, 1 if done > 0 else 0)
    if n == who.focus and not ordered:
        add_reasons(by, row, menu, logit(base), p.choice_intensity)
    return done


@part
def comes_up(now, n):
    """Whether any decision on membership comes up for a state by occasion."""
    p = now.p
    leaving = (drawn(now, U_LEAVE_SECURITY, n) < p.review_rate) | (
        drawn(now, U_LEAVE_ECONOMIC, n) < p.review_rate
    )
    return leaving | (drawn(now, U_JOIN, n) < p.join_rate) | (drawn(now, U_TROOPS, n) < p.troops_request_rate)


@part
def summoned(given, month, n):
    """Whether any is ordered."""
    leaving = given[G_LEAVE_SECURITY, month, n] + given[G_LEAVE_ECONOMIC, month, n]
    return leaving + given[G_JOIN, month, n] + given[G_TROOPS, month, n] > 0.0


@part
def fighting(now):
    """Whether the target's war goes on."""
    return (now.p.at_war > 0.0) & (now.world[WAR] == 0.0)


@jit
def review(now, given, who, by, n):
    """What has come up for a state."""
    leave_security(now, given, who, by, n)
    leave_economic(now, given, who, by, n)
    join(now, given, who, by, n)
    if fighting(now):
        send(now, given, who, by, n)


@jit
def membership(now, given, who, by):
    """Leave the alliance or the union, join the sanctions, send troops; into the NEXT_ rows."""
    s, flow, war = now.s, now.flow, fighting(now)
    for n in range(s.shape[1]):
        flow[LEFT_SECURITY, n] = flow[LEFT_ECONOMIC, n] = 0.0
        flow[NEXT_ALLY, n], flow[NEXT_UNION, n], flow[NEXT_JOINED, n] = s[ALLY, n], s[UNION, n], s[JOINED, n]
        flow[NEXT_SENT, n] = pick(war, s[SENT, n], 0.0)
        ordered, up = summoned(given, now.month, n), comes_up(now, n)
        if ordered or any_of(up):
            for r in range(WIDTH):
                if ordered or marked(up, r):
                    review(lane(now, r), given, who, lane(by, r), n)


@part
def principles(now, phi, n):
    """Accounts that leaving the alliance and leaving the union share."""
    phi[D], phi[A] = displeasure(now, n), now.f[STRENGTH, n] - exposed(now, n)
    phi[N] = now.f[STATED_LEAVING, n]


@part
def leave_security(now, given, who, by, n):
    """Leave the alliance where that comes up."""
    s, flow, p, phi, lot = now.s, now.flow, now.p, by.phi, now.shock[U_LEAVE_SECURITY, n]
    ordered = given[G_LEAVE_SECURITY, now.month, n] > 0
    if s[ALLY, n] > 0 and (ordered or lot < p.review_rate):
        phi[:] = 0.0
        phi[S] = feared(now, n) - needed(now, n) * trusted(now, n, who.target)
        principles(now, phi, n)
        base = p.leave_security_base_rate
        left = decide(now, who, by, LEAVING_SECURITY, base, n, ordered, lot / p.review_rate)
        flow[LEFT_SECURITY, n], flow[NEXT_ALLY, n] = left, 0.0 if left > 0 else s[ALLY, n]


@part
def leave_economic(now, given, who, by, n):
    """Leave the union where that comes up."""
    s, flow, f, p, phi, lot = now.s, now.flow, now.f, now.p, by.phi, now.shock[U_LEAVE_ECONOMIC, n]
    ordered = given[G_LEAVE_ECONOMIC, now.month, n] > 0
    if s[UNION, n] > 0 and (ordered or lot < p.review_rate):
        phi[:] = 0.0
        phi[E] = -p.preference_margin * f[TRADE_TARGET, n] - p.migration_loss * f[REMITTANCES, n]
        principles(now, phi, n)
        base = p.leave_economic_base_rate
        left = decide(now, who, by, LEAVING_ECONOMIC, base, n, ordered, lot / p.review_rate)
        flow[LEFT_ECONOMIC, n], flow[NEXT_UNION, n] = left, 0.0 if left > 0 else s[UNION, n]


@part
def join(now, given, who, by, n):
    """Join the sanctions where that comes up."""
    s, p, lot = now.s, now.p, now.shock[U_JOIN, n]
    ordered = given[G_JOIN, now.month, n] > 0
    asked = p.sanctions_on > 0 and now.f[PENALISABLE, n] > 0 and lot < p.join_rate
    if s[JOINED, n] == 0.0 and (ordered or asked):
        joining(now, who.sanctioner, by.phi, n)
        done = decide(now, who, by, JOINING, p.join_base_rate, n, ordered, lot / p.join_rate)
        now.flow[NEXT_JOINED, n] = 1.0 if done > 0 else s[JOINED, n]


@jit
def joining(now, sanctioner, phi, n):
    """What joining the sanctions brings rather than standing aside, into `phi`."""
    s, flow, f, world, p = now.s, now.flow, now.f, now.world, now.p
    chance = 1.0 if s[PENALISED, n] > 0 else hazard(now, n, flow[EVASION, n] * f[GDP, n] / 100.0)
    avoided = (1.0 - twelve(1.0 - chance)) * p.penalty_loss * f[EXPORTS_WEST, n]
    broken = world[RULE] * p.at_war * by_war(world[WAR], 1.0, 0.0, 1.0, 0.5)
    phi[:] = 0.0
    phi[E] = -p.joining_loss * f[EXPORTS_TARGET, n] - p.rent_share * flow[EVASION, n] + avoided
    phi[S] = -feared(now, n)
    phi[D], phi[A] = displeasure(now, n), now.share[sanctioner, n] - exposed(now, n)
    phi[N] = f[STATED_JOINING, n] + broken


@part
def send(now, given, who, by, n):
    """Send troops to the war that goes on, where that comes up."""
    s, f, p, phi, lot = now.s, now.f, now.p, by.phi, now.shock[U_TROOPS, n]
    ordered = given[G_TROOPS, now.month, n] > 0
    asked = s[ALLY, n] > 0 and lot < p.troops_request_rate
    if s[SENT, n] == 0.0 and (ordered or asked):
        phi[:] = 0.0
        phi[E] = -p.penalty_loss * f[EXPORTS_WEST, n] * f[PENALISABLE, n]
        phi[S] = p.troops_thanks * trusted(now, n, who.target) - p.army_share * needed(now, n)
        phi[D] = -displeasure(now, n)
        phi[A] = p.debt_weight * s[DEBT, n] - p.tied_hands * (s[COMMITMENTS, n] + s[STANDS, n])
        phi[N] = f[STATED_TROOPS, n] - now.world[RULE]
        done = decide(now, who, by, SENDING, p.troops_base_rate, n, ordered, lot / p.troops_request_rate)
        now.flow[NEXT_SENT, n] = 1.0 if done > 0 else s[SENT, n]
