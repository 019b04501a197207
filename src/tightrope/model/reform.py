"""Stage 5, reform: a ruler under pressure does nothing, concedes, purges, caps prices, or represses.

P(k) ∝ π(k) exp(λ Σ_f θ_f φ_f(k) / d_f),   π(k) = r_k / T,  π(nothing) = e / T,   e = max(1 - Σ r, e_0),  T = Σ r + e
credibility = exp(-δ [(1 - W/S)(1 + purged) + unequal])                  power grabbed is a promise not believed

The rates r of concession and repression are counted; where all four fit together with the least inaction e_0, π is
the rates themselves. Report 004: reforms by a ruler who gathers power are taken for cosmetic, and inequality stays.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.account import utility
from tightrope.model.choice import TINY, Array, ArrayLike, choice, pick
from tightrope.model.occasion import occasions, reasons
from tightrope.model.state import Change, Flow, Month, Setting, State

NOTHING, CONCEDE, PURGE, CAP, REPRESS = range(5)
REFORMS = ("nothing", "concede", "purge", "cap", "repress")


def base_rates(setting: Setting) -> Array:
    """π of the five (5, R) or (5, M): the rates of the four reforms, and inaction with what they leave."""
    rates = np.stack(
        [
            setting["concession_base_rate"],
            setting["purge_rate"],
            setting["cap_rate"],
            setting["repression_base_rate"],
        ]
    )
    idle = np.maximum(1.0 - rates.sum(axis=0), setting["inaction_rate"])
    weight = np.concatenate([idle[None], rates])
    base: Array = weight / weight.sum(axis=0)
    return base


def credibility(purged: ArrayLike, setting: Setting) -> Array:
    """How far a reform is believed, 0 to 1 (N, R) or (M,), where a purge of this strength has gathered power.

    Less where few choose the ruler, the less so the more was purged, and less by inequality in tens of points above
    its reference: a reform that leaves it alone is taken for cosmetic.
    """
    figures = setting.figures
    gathered = (1.0 - figures["selectorate_ratio"]) * (1.0 + purged)
    unequal = np.maximum(0.0, figures["inequality"] - setting["inequality_reference"]) / 10.0
    believed: Array = np.exp(-setting["reform_doubt"] * (gathered + unequal))
    return believed


def added(state: State, setting: Setting) -> tuple[Array, Array, Array]:
    """What conceding, purging and repressing would each add to its stock: the less, the fuller the stock.

    Conceding: `concession_relief` (logit units) less what relief still holds, as far as it is believed. A purge and
    repression: what is missing to full strength 1.
    """
    short = np.maximum(0.0, setting["concession_relief"] - state.conceded)
    return (
        credibility(state.purged, setting) * short,
        np.maximum(0.0, 1.0 - state.purged),
        np.maximum(0.0, 1.0 - state.repressed),
    )


def reform_accounts(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """What each of the five brings (5, N, R) or (5, M).

    Economy, % of GDP a year: what a concession and a cap cost the budget. Domestic, logit units: relief of each
    group's pull, by how many of the group are in the streets; less the rents that the elite fears to lose, and the
    grievance that repression leaves behind. Reputation: a reform is worth having been announced if it is rather
    believed than not.
    """
    figures, (mass, elite) = setting.figures, state.defection
    relief, purged, repressed = added(state, setting)
    uncapped = (1.0 - flow["price_cap"]) * (state.capped <= 0)
    cap = setting["cap_relief"] + setting["cap_strength"] * setting["fuel_grievance"] * flow["fuel_step"]
    rents = setting["elite_fear"] * figures["rents"]
    believed = credibility(state.purged, setting)
    shape = state.purged.shape
    return {
        "economy": _menu(shape, concede=-setting["concession_cost"], cap=-setting["cap_budget"] * uncapped),
        "domestic": _menu(
            shape,
            concede=mass * relief - rents * believed,
            purge=(elite * setting["purge_effect"] - rents) * purged,
            cap=mass * cap * uncapped,
            repress=(mass * setting["repression_effect"] - setting["backlash"]) * repressed,
        ),
        "reputation": _menu(shape, concede=believed - 0.5, purge=credibility(1.0, setting) - 0.5),
    }


def _menu(shape: tuple[int, ...], **given: Array) -> Array:
    """One account of the five alternatives, 0 where nothing is given (5, ...)."""
    return np.stack([np.broadcast_to(given.get(name, np.zeros(1)), shape) for name in REFORMS])


def reform(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Let the stocks fade, and choose where an occasion comes.

    Concessions, purge and repression halve with their half-lives; repression that fades comes back as passing
    grievance; a cap runs out by the month. An occasion comes with `reform_rate` a month, with `reform_urgency` while
    mass defection exceeds `reform_alarm` or an emergency broke out. It is no evidence for audiences abroad: what the
    two types weigh differently are rents from the target, and a budget at home is no such rent. Flow: `reform` what
    was chosen, 0 to 4 as in `REFORMS` (N, R); `reasons.reform` the focus actor's table of what it did against nothing
    (8, R), blank where it did nothing.
    """
    alarmed = (state.defection[0] > setting["reform_alarm"]) | (flow["emergency"] > 0)
    rate = np.where(alarmed, setting["reform_urgency"], setting["reform_rate"])
    occasion = occasions(month.uniform("reform"), rate)
    now, then, near = occasion.state(state), occasion.flow(flow), occasion.setting(setting)
    accounts = reform_accounts(now, then, near)
    base = np.broadcast_to(base_rates(near), accounts["domestic"].shape)
    worth = utility(accounts, near.weights, near.divisors.get("reform", {}))
    chosen = pick(choice(base, worth, near["choice_intensity"]), occasion.lot)

    def drawn(values: Array) -> Array:
        """Values of the alternative that was chosen (5, M) → (M,)."""
        picked: Array = np.take_along_axis(values, chosen[None], axis=0)[0]
        return picked

    # A base rate may be set to nothing; the table must stay numbers.
    log_odds = np.log(drawn(base)) - np.log(np.maximum(base[NOTHING], TINY))
    against = {name: drawn(phi) - phi[NOTHING] for name, phi in accounts.items()}
    code = occasion.spread(chosen.astype(float))
    why = reasons(occasion, log_odds, against, near, "reform") * (code[setting.focus] > 0)
    return Change(state=_effects(state, code, setting), flow={"reform": code, "reasons.reform": why})


def _effects(state: State, code: Array, setting: Setting) -> dict[str, Array]:
    """The stocks after a month in which these reforms were chosen."""
    relief, purged, repressed = added(state, setting)
    eased = _faded(state.repressed, setting["repression_half_life"])
    resented = setting["backlash"] * (state.repressed - eased)
    left = np.maximum(0.0, state.capped - 1.0)
    return {
        "conceded": _faded(state.conceded, setting["concession_half_life"]) + relief * (code == CONCEDE),
        "purged": _faded(state.purged, setting["purge_half_life"]) + purged * (code == PURGE),
        "repressed": eased + repressed * (code == REPRESS),
        "capped": np.where(code == CAP, setting["cap_duration"], left),
        "grievance": state.grievance + resented,
    }


def _faded(stock: Array, half_life: Array) -> Array:
    kept: Array = stock * 0.5 ** (1.0 / half_life)
    return kept
