"""Stage 5, memberships: leave the target's alliance or its union, join the sanctions, fight beside the target.

P = σ(logit π + λ Σ_f θ_f φ_f / d_f) on an occasion, φ being what doing it brings rather than not

Four decisions, one table. An occasion is a summit, a call to join, or a request for troops; between occasions nothing
is decided, and what is left or joined stays so. Source of the form: model equation (1), a base rate and its tilt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tightrope.model.account import Accounts
from tightrope.model.belief import acts_evidence, reputation, seen
from tightrope.model.choice import Array, Boolean, logit
from tightrope.model.compliance import hazard_now
from tightrope.model.occasion import decide, occasions, reasons
from tightrope.model.opinion import displeasure
from tightrope.model.protection import needed, protection, trusted
from tightrope.model.state import AUDIENCES, Change, Flow, Month, Setting, State
from tightrope.model.war import ONGOING, share_of


def feared(state: State, setting: Setting) -> Array:
    """Menace by the target, as far as the rule against force does not hold it back (N, R) or (M,)."""
    fear: Array = setting["menace_weight"] * state.menace * (1.0 - state.rule)
    return fear


def leave_security_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """Leaving the alliance rather than staying: (N, R) or (M,) each, reputation left out.

    Security: protection lost, against a protector who menaces. Domestic: opinion on the war. Autonomy: strength to
    stand alone, less the exposure to the target and the debt to it that make the exit hard. Principle: what was said
    on leaving.
    """
    return {
        "security": feared(state, setting) - protection(state, flow, setting),
        "domestic": displeasure(state, setting),
        "autonomy": _released(state, setting),
        "principle": setting.figures["stated_leaving"],
    }


def leave_economic_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """Leaving the union rather than staying: (N, R) or (M,) each, reputation left out.

    Economy, % of GDP a year: preferences on trade with the target, and the remittances that free movement of labour
    carries. A union protects from nothing, so that there is no security account. The rest as for the alliance.
    """
    figures = setting.figures
    preferences = setting["preference_margin"] * figures["trade"][setting.target]
    return {
        "economy": -preferences - setting["migration_loss"] * figures["remittances"],
        "domestic": displeasure(state, setting),
        "autonomy": _released(state, setting),
        "principle": figures["stated_leaving"],
    }


def avoided(state: State, flow: Flow, setting: Setting) -> Array:
    """Secondary sanctions that joining rules out, percent of GDP expected over a year (N, R) or (M,)."""
    hazard = hazard_now(state, flow["evasion"] * setting.figures["gdp"] / 100.0, setting)
    year: Array = 1.0 - (1.0 - np.where(state.penalised > 0, 1.0, hazard)) ** 12
    return year * setting["penalty_loss"] * setting.figures["exports_west"]


def join_sanctions_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """Joining the sanctions rather than standing aside: (N, R) or (M,) each, reputation left out.

    Economy, % of GDP a year: exports to the target and the rents of transit, against the secondary sanctions that it
    rules out. Security: what the target threatens with. Autonomy: leaning to the sanctioner, less debt and exposure to
    the target. Principle: what was said on joining, and the rule against force while a war, or a conquest that
    stands, breaks it. A promise not to help evasion is none to join.
    """
    figures = setting.figures
    exposure = setting["debt_weight"] * state.debt + figures["trade"][setting.target] / 100.0
    rents = setting["rent_share"] * flow["evasion"]
    broken = state.rule * figures["at_war"] * share_of(state, (1.0, 0.0, 1.0, 0.5))
    return {
        "economy": -setting["joining_loss"] * figures["exports_target"]
        - rents
        + avoided(state, flow, setting),
        "security": -feared(state, setting),
        "domestic": displeasure(state, setting),
        "autonomy": state.share[setting.sanctioner] - exposure,
        "principle": figures["stated_joining"] + broken,
    }


def send_troops_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """Sending troops to fight beside the target rather than not: (N, R) or (M,) each, reputation left out.

    Economy, % of GDP a year: exports that secondary sanctions would cost, where there is any left to punish. Security:
    the ally's thanks, as far as its word is worth something, less the part of the army that the need at home then
    lacks. Domestic: against opinion on the war. Autonomy: a debt repaid, against pledges
    broken. Principle: what was said on troops, less the rule against force.
    """
    figures = setting.figures
    return {
        "economy": -setting["penalty_loss"] * figures["exports_west"] * figures["penalisable"],
        "security": setting["troops_thanks"] * trusted(state, flow, setting)
        - setting["army_share"] * needed(state, flow, setting),
        "domestic": -displeasure(state, setting),
        "autonomy": setting["debt_weight"] * state.debt
        - setting["tied_hands"] * (state.commitments + state.stands),
        "principle": figures["stated_troops"] - state.rule,
    }


def _released(state: State, setting: Setting) -> Array:
    exposure = setting["debt_weight"] * state.debt + setting.figures["trade"][setting.target] / 100.0
    freed: Array = setting.figures["strength"] - exposure
    return freed


def fighting(state: State, setting: Setting) -> Boolean:
    """Whether the target's war is known and goes on (1, R)."""
    war: Boolean = (setting.figures["at_war"] > 0) & (state.war == ONGOING)
    return war


@dataclass(frozen=True)
class Decision:
    """One of the four: its menu (also its kind in the calendar), what it changes, when it is up, and what it brings.

    `field` of the state becomes `after`; `told` is the month's quantity; `rate` and `base` name the parameters that
    say how often an occasion comes and how often it was done in the reference class; `possible` says where it can
    happen at all, `asked` where, besides, the state faces the question without the calendar.
    """

    menu: str
    field: str
    after: float
    told: str
    rate: str
    base: str
    accounts: Callable[[State, Flow, Setting], dict[str, Array]]
    possible: Callable[[State, Setting], Boolean]
    asked: Callable[[State, Setting], Boolean]


DECISIONS = (
    Decision(
        "leave_security", "ally", 0.0, "left_security", "review_rate", "leave_security_base_rate",
        leave_security_accounts,
        lambda state, setting: state.ally > 0,
        lambda state, setting: state.ally > 0,
    ),
    Decision(
        "leave_economic", "union", 0.0, "left_economic", "review_rate", "leave_economic_base_rate",
        leave_economic_accounts,
        lambda state, setting: state.union > 0,
        lambda state, setting: state.union > 0,
    ),
    Decision(
        "join_sanctions", "joined", 1.0, "joined_now", "join_rate", "join_base_rate",
        join_sanctions_accounts,
        lambda state, setting: state.joined == 0,
        lambda state, setting: (setting.figures["sanctions_on"] > 0) & (setting.figures["penalisable"] > 0),
    ),
    Decision(
        "send_troops", "sent", 1.0, "sent_now", "troops_request_rate", "troops_base_rate",
        send_troops_accounts,
        lambda state, setting: (state.sent == 0) & fighting(state, setting),
        lambda state, setting: state.ally > 0,
    ),
)  # fmt: skip


def membership(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Take the month's decisions, all on what is known before them; troops come home when the war is over.

    What the calendar orders happens where it can, and audiences see it like any other act. Flow: `left_security`,
    `left_economic`, `joined_now`, `sent_now` 1 in the month it is done (N, R); `evidence_membership` (A, N, R); and
    `reasons.` with each menu's name, the focus actor's table (8, R), of its own decisions only.
    """
    after: dict[str, Array] = {}
    told: dict[str, Array] = {}
    evidence = np.zeros((len(AUDIENCES), *state.ally.shape))
    for decision in DECISIONS:
        done, ratio, why = _decided(decision, state, flow, setting, month)
        after[decision.field] = np.where(done > 0, decision.after, getattr(state, decision.field))
        told |= {decision.told: done, f"reasons.{decision.menu}": why}
        evidence += ratio
    after["sent"] = after["sent"] * fighting(state, setting)
    return Change(state=after, flow={**told, "evidence_membership": evidence})


def _decided(
    decision: Decision, state: State, flow: Flow, setting: Setting, month: Month
) -> tuple[Array, Array, Array]:
    """One decision for all: done or not (N, R), what it told the audiences (A, N, R), and the focus actor's table."""
    ordered = setting.schedule[decision.menu][month.index][:, None] > 0
    possible = decision.possible(state, setting)
    asked = possible & (ordered | decision.asked(state, setting))
    # What is ordered is up for sure, whatever the draw.
    uniform = np.where(ordered, 0.0, month.uniform(decision.menu))
    occasion = occasions(uniform, np.where(ordered, 1.0, setting[decision.rate]), asked)
    near, now, then = occasion.setting(setting), occasion.state(state), occasion.flow(flow)
    base = np.broadcast_to(near[decision.base], occasion.run.shape)
    accounts, ratio = weighed(decision, now, then, near, base)
    done, _ = decide(occasion, base, accounts, near, decision.menu)
    done = np.maximum(done, occasion.at(ordered.astype(float)))
    why = reasons(occasion, logit(base), accounts, near, decision.menu)
    return (
        occasion.spread(done),
        occasion.spread(seen(ratio, done.astype(np.intp))),
        why * (1.0 - ordered[setting.focus]),
    )


def weighed(
    decision: Decision, state: State, flow: Flow, setting: Setting, base: Array
) -> tuple[Accounts, Array]:
    """All accounts of doing it rather than not, reputation included, and what each alternative would tell (A, 2, ...).

    Shapes: those of `base`, (N, R) for whole arrays or (M,) for columns; alternative 0 is not to do it.
    """
    accounts = {
        name: np.broadcast_to(phi, base.shape)
        for name, phi in decision.accounts(state, flow, setting).items()
    }
    both = {name: np.stack([np.zeros_like(phi), phi]) for name, phi in accounts.items()}
    ratio = acts_evidence(np.stack([1.0 - base, base]), both, setting, decision.menu)
    standing = reputation(state, ratio, setting)
    return {**accounts, "reputation": standing[1] - standing[0]}, ratio
