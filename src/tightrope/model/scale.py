"""The common scale of accounts: one prior standard deviation of each, over made-up reference states."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from tightrope.model import crisis, retaliation
from tightrope.model.account import Accounts, spread
from tightrope.model.alignment import alignment_accounts
from tightrope.model.belief import acts_evidence, reputation
from tightrope.model.blueprint import Blueprint, Content, Key
from tightrope.model.choice import Array
from tightrope.model.compliance import compliance_accounts, persistence
from tightrope.model.council import veto_accounts
from tightrope.model.membership import DECISIONS
from tightrope.model.opening import Scales, opened, quiet
from tightrope.model.recognition import company, recognition_accounts
from tightrope.model.reference import SEED, reference, unsettled
from tightrope.model.reform import reform_accounts
from tightrope.model.security import client_accounts, patron_accounts, standing
from tightrope.model.state import Setting, State
from tightrope.model.stream import stream
from tightrope.model.vote import baseline, leaning, vote_accounts


@lru_cache(maxsize=32)
def _scales(key: Key) -> Scales:
    return _of_reference(Content(reference(key.blueprint)))


@lru_cache(maxsize=32)
def _of_reference(key: Content) -> Scales:
    """By content: what a case knows of its own deciders changes nothing, so that many cases have one scale."""
    calm_state, setting = opened(key.blueprint, SEED, 0, {})
    state, streets = unsettled(calm_state), unsettled(calm_state, emergency=True)
    flow = quiet(state, setting)
    remembered = {**flow, "standing": standing(strained(state), setting)}
    patron = _doing(patron_accounts(streets, remembered, setting))
    helped, refused = client_accounts(streets, setting)
    client = _doing({**helped, **refused})
    level = persistence(state.compliance, setting["compliance_stickiness"])
    comply = compliance_accounts(state, flow, setting)
    divisors = {
        "alignment": spread(alignment_accounts(state, flow, setting)),
        "intervene": spread(patron),
        "request": spread(client),
        "veto": spread(_doing(veto_accounts(state, flow, setting))),
        "compliance": _with_reputation(comply, level, state, setting, "compliance"),
        "vote": _vote_scales(state, setting),
        "recognition": spread(_doing(recognition_accounts(state, {**flow, **company(state)}, setting))),
        "reform": spread(reform_accounts(streets, {**flow, **_at_home(state)}, setting)),
        "claim": spread(crisis.challenger_accounts(state, flow, setting)),
        "crisis": spread(crisis.decider_accounts(state, flow, setting)),
        "threat": spread(retaliation.challenger_accounts(state, flow, setting)),
        "retaliation": spread(retaliation.decider_accounts(state, flow, setting)),
        "designation": spread(_doing(retaliation.designation_accounts(state, flow, setting))),
    }
    for decision in DECISIONS:
        accounts = _whole(decision.accounts(state, flow, setting), state)
        base = np.broadcast_to(setting[decision.base], state.ally.shape)
        both = np.stack([1.0 - base, base])
        divisors[decision.menu] = _with_reputation(_doing(accounts), both, state, setting, decision.menu)
    return divisors


def _at_home(state: State) -> dict[str, Array]:
    """What a month without a price step gives to those who think of reform."""
    blank = np.zeros_like(state.debt)
    return {"fuel_step": blank, "price_cap": blank}


def _whole(accounts: Accounts, state: State) -> dict[str, Array]:
    return {name: np.broadcast_to(phi, state.debt.shape) for name, phi in accounts.items()}


def _vote_scales(state: State, setting: Setting) -> dict[str, float]:
    """One prior standard deviation of each account of the leaning x, by one step of the score."""
    item = setting.schedule.votes[0]
    pulls = {name: _against_nothing(phi[None]) for name, phi in leaning(state, setting, item).items()}
    plain = spread(pulls)
    accounts = vote_accounts(state, setting, item)
    base = baseline(item, accounts["security"].shape)
    scaled = replace(setting, divisors={"vote": plain})
    told = reputation(state, acts_evidence(base, accounts, scaled, "vote"), scaled)
    return {**plain, **spread({"reputation": _against_nothing(told[1:2])})}


def strained(state: State) -> State:
    """The reference states in organs that some have left or been refused by, as likely as not."""
    left, refused = (
        stream(SEED, 0, "reference", name).uniform(size=state.ally.shape) for name in ("ally", "abandoned")
    )
    return replace(state, ally=state.ally * (left < 0.5), abandoned=refused)


def _doing(accounts: Accounts) -> dict[str, Array]:
    """Accounts of doing something rather than not as those of the two alternatives, (2, N, R)."""
    return {name: _against_nothing(phi[None]) for name, phi in accounts.items()}


def _against_nothing(phi: Array) -> Array:
    return np.concatenate([np.zeros_like(phi), phi])


def _with_reputation(
    accounts: Accounts, base: Array, state: State, setting: Setting, menu: str
) -> dict[str, float]:
    plain = spread(accounts)
    scaled = replace(setting, divisors={menu: plain})
    ratio = acts_evidence(base, accounts, scaled, menu)
    return {**plain, **spread({"reputation": reputation(state, ratio, scaled)})}


def scales(blueprint: Blueprint) -> Scales:
    """The divisors d_f of every menu: one prior standard deviation of each account over reference states.

    Prior-predictive: 500 draws of parameters and of made-up states between the same poles (`reference.py`),
    in an emergency for requests, interventions and reforms. Written to the manifest.
    """
    return _scales(Key(blueprint))
