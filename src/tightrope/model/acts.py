"""Stage 5, symbolic acts: calling off a rite, sending relief, words of distance or loyalty, offering to mediate.

Menu {nothing, kinds of the case}; on an occasion π(kind) = monthly chance / `act_rate`, nothing the rest, so that
without theory (λ = 0) a month brings each kind with exactly its chance where it is open, and never where it is not:
some are for allies of the target or for its cohort alone, some need its war or sanctions on it. An act is its
accounts, drawn in prior standard deviations (no divisors), and no mechanism of its own:
φ_S in full for an ally of the target, else by the share leaning to it; φ_E by trade with the target; φ_A less the
undertakings that the act contradicts, for both types alike; φ_R the change of the audiences' beliefs at level 0, and
for an offer to mediate v min(belief of the sanctioner, 1 - belief of the target): both must trust the mediator.

Sources: Fearon 1997; Kydd 2003, where each side believes only a mediator whom it thinks its own. That both must
is an assumption of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tightrope.model.account import utility
from tightrope.model.belief import acts_evidence, reputation, seen
from tightrope.model.choice import Array, Index, choice, logistic, pick
from tightrope.model.occasion import Gathered, Occasion, occasions, reasons
from tightrope.model.state import ACCOUNTS, AUDIENCES, Act, Change, Flow, Month, Setting, State, occurred

MENU = "acts"
# However much is usual, nothing may happen: the chances of all kinds on an occasion sum to this at most.
MOST = 0.95


def open_now(act: Act, state: State, setting: Setting) -> Array:
    """1 where a state may do this kind of act, 0 where it may not, or there is no occasion for it, (N, R) or (M,)."""
    open_: Array = np.ones(state.ally.shape)
    if act.open_to == "allies":
        open_ = open_ * (state.ally > 0)
    elif act.open_to == "cohort":
        open_ = open_ * setting.figures["cohort"]
    if act.mediation or act.needs == "war":
        open_ = open_ * setting.figures["at_war"] * (state.war == 0)
    elif act.needs == "sanctions":
        open_ = open_ * setting.figures["sanctions_on"]
    return open_


def baseline(state: State, setting: Setting) -> Array:
    """π on an occasion: nothing first, then the kinds, (K, N, R) or (K, M); 0 for a kind that is not open."""
    shape = state.ally.shape
    base = np.empty((1 + len(setting.menu), *shape))
    kinds = base[1:]
    for usual, act in zip(kinds, setting.menu, strict=True):
        usual[...] = act.monthly / setting["act_rate"] * open_now(act, state, setting)
    kinds *= MOST / np.maximum(kinds.sum(axis=0), MOST)
    base[0] = 1.0 - kinds.sum(axis=0)
    return base


def acts_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What nothing, and each kind, brings: (K, N, R), or (K, M) on occasions; beliefs left out."""
    shape = state.ally.shape
    tie = np.maximum(state.ally, state.share[setting.target])
    trade = setting.figures["trade"][setting.target] / setting["act_trade_reference"]
    scale: dict[str, Array | float] = {"security": tie, "economy": trade}
    found = {name: np.zeros((1 + len(setting.menu), *shape)) for name in ACCOUNTS}
    for place, act in enumerate(setting.menu, 1):
        for name, drawn in act.accounts.items():
            np.multiply(drawn, scale.get(name, 1.0), out=found[name][place])
    bound = setting["tied_hands"] * (state.commitments + state.stands)
    trusted = setting["mediation_value"] * trust(state.log_odds).min(axis=0)
    for place, act in enumerate(setting.menu, 1):
        if (act.pledge < 0).any():
            found["autonomy"][place] -= bound * (act.pledge < 0)
        if act.mediation:
            found["reputation"][place] += trusted
    return found


def _with_nothing(kinds: list[Array], shape: tuple[int, ...]) -> Array:
    """The kinds below each other, and above them the zeros of doing nothing (K, ...)."""
    return np.stack([np.zeros(shape), *(np.broadcast_to(kind, shape) for kind in kinds)])


def trust(log_odds: Array) -> Array:
    """How far each audience trusts a mediator: the sanctioner its distance, the target its loyalty (A, ...)."""
    return logistic(log_odds * np.reshape([1.0, -1.0], (-1, *[1] * (log_odds.ndim - 1))))


def weighed(
    state: State, flow: Flow, setting: Setting, base: Array, scale: float = 1.0
) -> tuple[dict[str, Array], Array]:
    """The accounts with the beliefs that each act would change, in units of `scale`; and what it tells (A, K, ...)."""
    accounts = acts_accounts(state, flow, setting)
    told = acts_evidence(base, accounts, setting, MENU)
    accounts["reputation"] = accounts["reputation"] + reputation(state, told, setting) / scale
    return accounts, told


def acts(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Let every state that has an occasion do one of the kinds on the menu, or nothing.

    Flow: `act` 0 nothing, else the place of the kind on the menu from 1; `pledged_sanctions` and `pledged` what it
    adds to, or takes from, what the state has undertaken on the sanctions, and otherwise; `mediation` an offer to
    mediate (0/1) and `mediation_accepted` by both sides (0/1), each (N, R); `evidence_acts` (A, N, R);
    `reasons.acts` what the focus actor did against nothing (8, R).
    """
    shape = state.share.shape[1:]
    if not setting.menu:
        return Change(flow=_blank(shape))
    occasion = occasions(month.uniform(MENU), setting["act_rate"])
    if not occasion.run.size:
        return Change(flow=_blank(shape))
    local, view = _menu_of(occasion, setting), occasion.state(state)
    base = baseline(view, local)
    # Beliefs are measured in the standard deviation that the same account has in the compliance menu.
    unit = setting.divisors.get("compliance", {}).get("reputation", 1.0)
    accounts, told = weighed(view, occasion.flow(flow), local, base, unit)
    chance = choice(base, utility(accounts, local.weights, {}), local["choice_intensity"])
    chosen = pick(chance, occasion.lot)
    offered = occasion.spread(np.array([0.0, *(float(act.mediation) for act in setting.menu)])[chosen])
    accepted = setting["mediation_acceptance"] * trust(state.log_odds).prod(axis=0)
    return Change(
        flow={
            "act": occasion.spread(chosen.astype(float)),
            "pledged": occasion.spread(_pledged(view.stands, "other", local, chosen)),
            "pledged_sanctions": occasion.spread(_pledged(view.commitments, "sanctions", local, chosen)),
            "mediation": offered,
            "mediation_accepted": offered * occurred(month.uniform("mediation_accepted"), accepted),
            "evidence_acts": occasion.spread(seen(told, chosen)),
            "reasons.acts": _reasons(occasion, chosen, base, accounts, setting),
        }
    )


def _menu_of(occasion: Occasion, setting: Setting) -> Setting:
    """The setting as the columns of an occasion see it, with what was drawn for the kinds on the menu."""
    menu = tuple(
        replace(act, accounts=Gathered(act.accounts, occasion), pledge=occasion.at(act.pledge))
        for act in setting.menu
    )
    return replace(occasion.setting(setting), menu=menu)


def _pledged(stock: Array, matter: str, setting: Setting, chosen: Index) -> Array:
    """What the chosen act adds to its stock; nobody takes back more than is left at the month's end (M,)."""
    pledges = _with_nothing([act.pledge * (act.pledge_on == matter) for act in setting.menu], stock.shape)
    left = stock * 0.5 ** (1.0 / setting["commitment_half_life"])
    pledged: Array = np.maximum(_taken(pledges, chosen), -left)
    return pledged


def _taken(values: Array, chosen: Index) -> Array:
    taken: Array = values[chosen, np.arange(chosen.size)]
    return taken


def _reasons(
    occasion: Occasion,
    chosen: Index,
    base: Array,
    accounts: Mapping[str, Array],
    setting: Setting,
) -> Array:
    """The table of the acts that the focus actor did, each against doing nothing."""
    done = np.flatnonzero((chosen > 0) & (occasion.decider == setting.focus))
    act = chosen[done]
    acted = Occasion(occasion.decider[done], occasion.run[done], occasion.lot[done], occasion.shape)
    phi = {name: values[act, done] - values[0, done] for name, values in accounts.items()}
    log_odds = np.log(base[act, done] / base[0, done])
    return reasons(acted, log_odds, phi, acted.setting(setting), MENU)


def _blank(shape: tuple[int, ...]) -> dict[str, Array]:
    names = ("act", "pledged", "pledged_sanctions", "mediation", "mediation_accepted")
    return {name: np.zeros(shape) for name in names} | {
        "evidence_acts": np.zeros((len(AUDIENCES), *shape)),
        "reasons.acts": np.zeros((len(ACCOUNTS) + 2, shape[-1])),
    }
