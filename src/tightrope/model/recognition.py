"""Stage 5, recognition of entities whose statehood is disputed (equation 9).

log-odds = logit π + λ Σ_f θ_f φ_f / d_f of recognising e, φ being what it brings rather than not:
φ_N = χ (2 q - 1) + stated stance, q = (κ/2 + recognised) / (κ + decided);   φ_D = -ω, exposure to secession;
φ_S = the ally's pressure - the parent's reprisal + J mean_j (2 r_j - 1);    φ_R = Σ_p s_p (2 r_p - 1).

The schedule is part of the model: in a month a state has an opportunity with chance `recognition_rate`, on one
entity drawn uniformly, and sees the others as they stood before the month. Rare opportunities come one at a time.
Where only the states' own choices move, that is log-linear learning: with `withdraw_base_rate` = 1 - π an exact
potential game, whose stationary law is ∝ exp(Φ); at a rate of 1 the law is another one.

Sources: Coggins 2011; Blume 1993; Monderer & Shapley 1996; Marden & Shamma 2012 on what hangs on the schedule.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.account import Accounts, utility
from tightrope.model.belief import acts_evidence, seen
from tightrope.model.choice import Array, Boolean, Index, logit, tilt_odds
from tightrope.model.occasion import Occasion, decide, occasions, reasons
from tightrope.model.state import ACCOUNTS, AUDIENCES, Change, Flow, Month, Setting, State

MENU = "recognition"


def company(state: State) -> dict[str, Array]:
    """How many deciders recognise each entity, (E, 1, R), as the flow `recognising`."""
    return {"recognising": state.recognised.sum(axis=1, keepdims=True)}


def precedent(state: State, setting: Setting) -> Array:
    """q: how readily the state recognised in other cases, from its past and from this run (E, N, R), 0 to 1.

    q = (κ/2 + recognised) / (κ + decided), κ = `precedent_prior`. An entity is no precedent for itself: what the
    run decided counts for the others only.
    """
    figures, weight = setting.figures, setting["precedent_prior"]
    new = state.recognised * (1.0 - figures["recognises"])
    withdrawn = (1.0 - state.recognised) * figures["recognises"]
    yes = figures["decided_yes"] + new.sum(axis=0) - new
    no = figures["decided_no"] + withdrawn.sum(axis=0) - withdrawn
    share: Array = (0.5 * weight + yes) / (weight + yes + no)
    return share


def recognition_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What recognising each entity brings rather than not, (E, N, R), or (E, M) on occasions.

    Under `self_determination` the right to secede goes before borders: precedent and stance give way to χ.
    """
    figures = setting.figures
    strength, right = setting["precedent_strength"], setting["self_determination"]
    consistent = strength * (2.0 * precedent(state, setting) - 1.0) + figures["stated_recognition"]
    shares = state.share[:-1, None]
    poles = (shares * (2.0 * figures["pole_recognises"] - 1.0)).sum(axis=0)
    reprisal = setting["parent_reprisal"] * (shares * figures["parent"]).sum(axis=0)
    pressure = state.ally * figures["pole_recognises"][setting.target]
    coordination = setting["recognition_coordination"] * _others(state, flow, setting)
    exposure: Array = -np.broadcast_to(figures["secession_exposure"], poles.shape)
    return {
        "security": pressure - reprisal + coordination,
        "domestic": exposure,
        "principle": (1.0 - right) * consistent + right * strength,
        "reputation": poles,
    }


def _others(state: State, flow: Flow, setting: Setting) -> Array:
    """Mean over the other deciders of 2 r - 1, -1 to 1; nothing if there are none."""
    count = len(setting.deciders) - 1
    mean: Array = (2.0 * (flow["recognising"] - state.recognised) - count) / max(count, 1)
    return mean


def change_of_mind(recognised: Array, accounts: Accounts, setting: Setting) -> tuple[Array, dict[str, Array]]:
    """The baseline of changing what one recognises, and the accounts of it: withdrawing is the reverse act."""
    base = np.where(recognised > 0, setting["withdraw_base_rate"], setting["recognition_base_rate"])
    return base, {name: (1.0 - 2.0 * recognised) * phi for name, phi in accounts.items()}


def chance_of_change(recognised: Array, accounts: Accounts, setting: Setting) -> Array:
    """Probability, at an opportunity, of recognising what one does not, or of withdrawing what one does."""
    base, worth = change_of_mind(recognised, accounts, setting)
    value = utility(worth, setting.weights, setting.divisors.get(MENU, {}))
    return tilt_odds(base, value, setting["choice_intensity"])


def recognition(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Recognise, or withdraw, where the month brings an opportunity; nobody recognises what is cut from it.

    Flow: `recognised_now` and `withdrawn_now` (0/1) (N, R); `states` how many there are in the world (1, R);
    `evidence_recognition` (A, N, R); `reasons.recognition` the focus actor's change of mind (8, R).
    """
    entities = len(setting.entities)
    shape = state.share.shape[1:]
    if not entities:
        return Change(flow=_blank(shape) | {"states": states(state.recognised, setting)})
    entity = (month.uniform("recognition_entity") * entities).astype(np.intp)
    occasion = occasions(month.uniform(MENU), setting["recognition_rate"], _not_own(entity, setting))
    if not occasion.run.size:
        return Change(flow=_blank(shape) | {"states": states(state.recognised, setting)})
    where = entity[occasion.decider, occasion.run]
    changed, found = _decided(state, {**flow, **company(state)}, setting, occasion, where)
    after = state.recognised.copy()
    before = after[where, occasion.decider, occasion.run]
    after[where, occasion.decider, occasion.run] = np.abs(before - changed)
    return Change(
        state={"recognised": after},
        flow={
            "recognised_now": occasion.spread(changed * (1.0 - before)),
            "withdrawn_now": occasion.spread(changed * before),
            "states": states(after, setting),
            **found,
        },
    )


def _decided(
    state: State, flow: Flow, setting: Setting, occasion: Occasion, where: Index
) -> tuple[Array, dict[str, Array]]:
    """Whether each opportunity changes what is recognised, 0 or 1 (M,); with evidence and explanation."""
    local = occasion.setting(setting)
    view = occasion.state(state)
    every = recognition_accounts(view, occasion.flow(flow), local)
    columns = np.arange(where.size)
    base, accounts = change_of_mind(
        view.recognised[where, columns], {name: phi[where, columns] for name, phi in every.items()}, local
    )
    done, _ = decide(occasion, base, accounts, local, MENU)
    both = {name: np.stack([np.zeros_like(phi), phi]) for name, phi in accounts.items()}
    told = acts_evidence(np.stack([1.0 - base, base]), both, local, MENU)
    return done, {
        "evidence_recognition": occasion.spread(seen(told, done.astype(np.intp))),
        "reasons.recognition": reasons(occasion, logit(base), accounts, local, MENU),
    }


def states(recognised: Array, setting: Setting) -> Array:
    """How many states there are: members of the United Nations, and entities that more than half of them recognise.

    Under `self_determination` states outside the model follow the deciders in proportion, and the further claims
    count as well. Shapes: `recognised` (E, N, R); returns (1, R).
    """
    figures, members, right = setting.figures, setting["world_members"], setting["self_determination"]
    at_start, deciders = figures["recognisers"][:, 0], len(setting.deciders)
    new = recognised.sum(axis=1) - np.broadcast_to(figures["recognises"], recognised.shape).sum(axis=1)
    outside = np.maximum(members - deciders - at_start, 0.0)
    following = right * outside * recognised.mean(axis=1)
    counted = (at_start + new + following > 0.5 * members).sum(axis=0)
    total: Array = members + counted + right * figures["further_claims"]
    return total


def _not_own(entity: Index, setting: Setting) -> Boolean:
    """Where the entity that is up was not cut out of the state's own land, (N, R)."""
    own = setting.figures["own_land"][..., 0]
    allowed: Boolean = own[entity, np.arange(len(entity))[:, None]] == 0
    return allowed


def _blank(shape: tuple[int, ...]) -> dict[str, Array]:
    return {
        "recognised_now": np.zeros(shape),
        "withdrawn_now": np.zeros(shape),
        "evidence_recognition": np.zeros((len(AUDIENCES), *shape)),
        "reasons.recognition": np.zeros((len(ACCOUNTS) + 2, shape[-1])),
    }
