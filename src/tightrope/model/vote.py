"""Stage 5, General Assembly votes: an ordered choice with absence apart (equation 10).

U_No = 0, U_Abstain = a (x - b1), U_Yes = a (2x - b1 - b2), U_Absent = a x + κ0 + κ1 4 s_target s_sanctioner:
absence has its own constant, set against abstention, whose place on the scale it shares (see `tally.py`).
The level (a b1, a b2, κ0) is the log-baseline: that of a state without leaning in the last vote of the same
format known at `as_of`, solved from its tally (`tally.py`); the state's own leaning x, measured from the mean
of all states, is the tilt, split into the accounts and multiplied by the score 0, 1, 2.

Sources: adjacent-category logit Masters 1982; ideal points Bailey, Strezhnev & Voeten 2017.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.account import explain, utility
from tightrope.model.belief import acts_evidence, reputation, seen
from tightrope.model.choice import Array, choice, pick
from tightrope.model.opinion import displeasure
from tightrope.model.state import Change, Flow, Month, Setting, State, Vote
from tightrope.model.tally import SCORE

OPTIONS = ("no", "abstain", "yes", "absent")
ABSENT = 3


def level(first: float, second: float, absent: float, discrimination: float = 1.0) -> Array:
    """The log-baseline [0, -a b1, -a (b1 + b2), κ0] of thresholds b1 and b2."""
    return np.array([0.0, -discrimination * first, -discrimination * (first + second), absent])


def leaning(state: State, setting: Setting, item: Vote) -> dict[str, Array]:
    """The parts of x by account, (N, R): how far each pulls towards Yes by one step of the score.

    Economy: pressure of trade partners beyond that on the mean state, Σ_p (trade_p - world's) stance_p.
    Security: pressure of the ally, its share of alignment times its stance. Domestic: opinion on the war.
    Autonomy: debt to the patron. Principle: ideal point, precedent of the format and the stated position.
    """
    figures, stance = setting.figures, item.stance[:, None, None]
    own = (
        figures["ideal_point"]
        + setting["precedent_weight"] * item.precedent[:, None]
        + figures["stated_vote"]
    )
    return {
        "economy": ((figures["trade"] - figures["world_trade"]) / 100.0 * stance).sum(axis=0),
        "security": state.ally * state.share[setting.target] * item.stance[setting.target],
        "domestic": displeasure(state, setting),
        "autonomy": -setting["debt_weight"] * state.debt,
        "principle": np.broadcast_to(own, state.debt.shape),
    }


def vote_accounts(state: State, setting: Setting, item: Vote) -> dict[str, Array]:
    """Each account of the four options, (4, N, R); staying away relieves who is pulled both ways."""
    score = SCORE[:, None, None]
    accounts = {name: score * pull for name, pull in leaning(state, setting, item).items()}
    torn = 4.0 * state.share[setting.target] * state.share[setting.sanctioner]
    accounts["autonomy"][ABSENT] += setting["cross_pressure"] * torn
    return accounts


def _draw(item: Vote, setting: Setting, month: Month) -> Array:
    """The vote's uniform draw: mostly the one that the state keeps for this format, else one of its own.

    What no account holds, a foreign ministry's habit, lasts from vote to vote of one format.
    """
    kept = month.uniform(f"habit.{item.id}") < setting["vote_habit"]
    return np.where(kept, month.uniform(f"vote.{item.format}"), month.uniform(f"vote.{item.id}"))


def baseline(item: Vote, shape: tuple[int, ...]) -> Array:
    """The probabilities of a state without leaning, spread over deciders and runs (4, N, R)."""
    level = item.log_base if item.log_base.ndim > 1 else item.log_base[:, None]
    chance = np.exp(level - level.max(axis=0))
    chance /= chance.sum(axis=0)
    return np.broadcast_to(chance[:, None, :], shape)


def vote(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Hold the votes scheduled for this month.

    Flow for each vote: `vote.ID` the option chosen (N, R), `why_vote.ID` the table of Abstain against
    Yes for the focus actor (7, R); and `evidence_vote` summed over the month's votes (A, N, R).
    """
    found: dict[str, Array] = {}
    for item in setting.schedule.votes:
        if item.month != month.index:
            continue
        accounts = vote_accounts(state, setting, item)
        base = baseline(item, accounts["security"].shape)
        ratio = acts_evidence(base, accounts, setting, "vote")
        accounts["reputation"] = reputation(state, ratio, setting)
        chance = choice(
            base,
            utility(accounts, setting.weights, setting.divisors.get("vote", {})),
            setting["choice_intensity"],
        )
        chosen = pick(chance, _draw(item, setting, month))
        found[f"vote.{item.id}"] = chosen.astype(float)
        found[f"why_vote.{item.id}"] = explain(base, accounts, setting, "vote", 1, 2)
        told = seen(ratio, chosen)
        found["evidence_vote"] = found["evidence_vote"] + told if "evidence_vote" in found else told
    return Change(flow=found)
