"""Stage 2 of a single run: detours of sanctioned trade, currency, prices and income (see `routing`, `economy`)."""

from __future__ import annotations

from tightrope.model.single.lanes import any_of, pick
from tightrope.model.single.layout import (
    CAP_COST,
    CAPPED,
    COMPLIANCE,
    EVASION,
    EVASION_FREE,
    EVASION_FREE_VALUE,
    EXCHANGE,
    EXPORTS_TARGET,
    EXPORTS_TOTAL,
    EXPORTS_WEST,
    FIRST_UNION,
    FUEL,
    FUEL_BEFORE,
    GDP,
    HARDSHIP,
    IMPORT_PRICE,
    IMPORTS,
    INCOME_LOSS,
    INFLATION,
    JOINED,
    OIL,
    OPENED,
    OPENED_EASED,
    PENALISED,
    PRICE_CAP,
    PRICES,
    REMITTANCES,
    RENTS,
    RETALIATED,
    RETALIATION_LOSS,
    ROUBLE,
    ROUTE_CLOSED,
    ROUTE_DEPENDENCE,
    SUPPRESSED,
    TRADE_TARGET,
    UNION,
    WAR,
    WAY_INSIDE,
    WAY_OUTSIDE,
    Z_EXCHANGE,
)
from tightrope.model.single.rules import drawn, exp, jit, log, part

LAGS = 12
SETTLED = 3.0


@part
def left_of(weight, before, power):
    """Fraction of the trade left when the routes' total weight falls, at most 1."""
    return exp(power * log(min(1.0, weight / before)))


@jit
def routing(now, work):
    """Evasion through each decider, at last month's compliance; `work` holds usual, open and passing weights."""
    eased, p = now.world[WAR] == SETTLED, now.p
    s, flow, f = now.s, now.flow, now.f
    deciders = s.shape[1]
    usual_sum = via_sum = usual_passing = 0.0
    for n in range(deciders):
        # Who has left the union has a border to cross; ways are worked out for both.
        usual = pick(s[UNION, n] == 1.0, f[WAY_INSIDE, n], f[WAY_OUTSIDE, n])
        opened = usual * pick(eased, f[OPENED_EASED, n], f[OPENED, n])
        passing = exp(-p.compliance_friction * s[COMPLIANCE, n])
        work[0, n], work[1, n], work[2, n] = usual, opened, passing
        usual_sum += usual
        via_sum += opened * passing
        usual_passing += usual * passing
    before = 1.0 + p.elsewhere + usual_sum
    total = pick(eased, p.direct_eased, p.direct) + p.elsewhere + via_sum
    usual_total = 1.0 + p.elsewhere + usual_passing
    left = left_of(total, before, p.trade_power) / total
    then = left_of(usual_total, before, p.trade_power) / usual_total
    for n in range(deciders):
        usual, opened, passing = work[0, n], work[1, n], work[2, n]
        held = 1.0 - passing
        evasion = max(0.0, opened * passing * left - usual * passing * then)
        wide, plain = total + opened * held, usual_total + usual * held
        free = opened / wide * left_of(wide, before, p.trade_power) - usual / plain * left_of(
            plain, before, p.trade_power
        )
        free = max(evasion, free)
        percent = 100.0 * p.volume / f[GDP, n]
        flow[EVASION, n], flow[EVASION_FREE, n] = percent * evasion, percent * free
        flow[EVASION_FREE_VALUE, n] = p.volume * free


@part
def income_loss(now, n):
    """Percent of GDP a year lost through closed routes, retaliation, penalties, and the state's own steps."""
    s, flow, f, p = now.s, now.flow, now.f, now.p
    route = flow[ROUTE_CLOSED, n] * f[ROUTE_DEPENDENCE, n] * f[EXPORTS_TOTAL, n] / 100.0
    barred = s[PENALISED, n] * p.penalty_loss * f[EXPORTS_WEST, n]
    withheld = max(route, s[RETALIATED, n] * f[RETALIATION_LOSS, n])
    forgone = p.joining_loss * f[EXPORTS_TARGET, n] * s[JOINED, n]
    left = max(f[FIRST_UNION, n] - s[UNION, n], 0.0)
    terms = p.preference_margin * f[TRADE_TARGET, n] + p.migration_loss * f[REMITTANCES, n]
    return withheld + barred + forgone + left * terms


@part
def import_index(s, fp, n, sanctioner, p):
    """Log change of import prices where a penalty makes the sanctioner's goods dearer."""
    index = s[PENALISED, n] * 0.0
    if any_of(s[PENALISED, n] != 0.0):
        share, cost = fp[IMPORTS, sanctioner, n] / 100.0, 1.0 + p.penalty_cost * s[PENALISED, n]
        total = 1.0 - share + share * exp(-p.trade_elasticity * log(cost))
        index = -log(total) / p.trade_elasticity
    return index


@jit
def economy(now, lags, fp, sanctioner):
    """Move currency, prices and hardship one month; the newest currency change takes the oldest one's place."""
    s, flow, world, p = now.s, now.flow, now.world, now.p
    head = LAGS - 1 - now.month % LAGS
    later = (p.pass_through_year - p.pass_through_impact) / (LAGS - 1)
    for n in range(s.shape[1]):
        beta = p.oil_beta * min(now.f[RENTS, n], 1.0)
        change = p.rouble_beta * world[ROUBLE] + beta * world[OIL] + p.exchange_sd * drawn(now, Z_EXCHANGE, n)
        older = 0.0
        for place in range(LAGS):
            older += lags[place, n]
        older -= lags[head, n]
        lags[head, n] = change
        index = import_index(s, fp, n, sanctioner, p)
        raw = p.pass_through_impact * change + later * older + index - s[IMPORT_PRICE, n]
        raw += p.fuel_weight * (flow[FUEL, n] - flow[FUEL_BEFORE, n])
        cap = max(flow[PRICE_CAP, n], pick(s[CAPPED, n] > 0, 1.0, 0.0))
        before = s[SUPPRESSED, n]
        held = max(0.0, before + p.cap_strength * raw)
        after = pick(cap > 0, cap * held + (1.0 - cap) * before, before * (1.0 - p.cap_release))
        inflation = raw - (after - before)
        lost = income_loss(now, n)
        newly = p.income_weight * (lost - s[INCOME_LOSS, n]) / 100.0
        s[EXCHANGE, n] += change
        s[IMPORT_PRICE, n] = index
        s[SUPPRESSED, n] = after
        s[PRICES, n] += inflation
        s[INCOME_LOSS, n] = lost
        s[HARDSHIP, n] = s[HARDSHIP, n] * p.kept_prices + inflation + newly
        flow[INFLATION, n] = inflation
        flow[CAP_COST, n] = 100.0 * after * p.cap_fiscal_share * p.capped_spending
