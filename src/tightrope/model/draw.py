"""From a blueprint to one chunk of runs: draw parameters and figures, set the start, fix the scales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from tightrope.errors import ModelError
from tightrope.model.account import Accounts, spread, utility
from tightrope.model.alignment import alignment_accounts
from tightrope.model.belief import APART, acts_evidence, reputation
from tightrope.model.blueprint import Blueprint, Key
from tightrope.model.choice import Array
from tightrope.model.compliance import compliance_accounts, persistence
from tightrope.model.contest import contest
from tightrope.model.parameters import draw_all
from tightrope.model.reference import SEED, reference, unsettled
from tightrope.model.routing import routing
from tightrope.model.security import client_accounts, patron_accounts
from tightrope.model.start import Draws, calm, start
from tightrope.model.state import ACCOUNTS, Schedule, Setting, State
from tightrope.model.stream import CHUNK
from tightrope.model.tally import level_of
from tightrope.model.vote import baseline, leaning, vote_accounts
from tightrope.model.world import tied_down, usual_menace


class _Still:
    """A month in which nothing is drawn, for looking at the start."""

    index = 0

    def uniform(self, kind: str) -> Array:
        raise NotImplementedError(kind)

    normal = world = uniform


def draw(blueprint: Blueprint, seed: int, chunk: int) -> tuple[State, Setting]:
    """The start and the setting of one chunk of 500 runs.

    A scenario changes parameters, figures and the calendar from now on; the start, the anchor of
    alignment and the scales come from the blueprint before it, so that what is known stays known.
    """
    origin = blueprint.origin or blueprint
    divisors = scales(origin)
    state, known = _drawn(origin, seed, chunk, divisors)
    if blueprint.origin is None:
        return state, known
    _, changed = _drawn(blueprint, seed, chunk, divisors)
    kept = {name: known.figures[name] for name in ("anchor", "calm", "sincerity_prior")}
    return state, replace(changed, figures={**changed.figures, **kept})


def _drawn(
    blueprint: Blueprint, seed: int, chunk: int, divisors: Mapping[str, Mapping[str, float]]
) -> tuple[State, Setting]:
    draws = Draws(blueprint, seed, chunk, draw_all(blueprint.parameters, seed, chunk))
    setting = _setting(blueprint, draws, divisors)
    setting = replace(setting, figures={**setting.figures, "calm": calm(setting)})
    state = start(blueprint, draws, setting)
    anchor = _anchor(state, setting)
    return state, replace(setting, figures={**setting.figures, "anchor": anchor})


def _setting(blueprint: Blueprint, draws: Draws, divisors: Mapping[str, Mapping[str, float]]) -> Setting:
    weights = {name: draws.parameters[f"weight_{name}"] for name in ACCOUNTS}
    return Setting(
        deciders=blueprint.deciders,
        poles=blueprint.poles,
        target=blueprint.target,
        sanctioner=blueprint.sanctioner,
        focus=blueprint.focus,
        runs=CHUNK,
        months=blueprint.months,
        parameters=draws.parameters,
        figures=draws.figures(),
        weights=weights,
        sincere=_type(weights, draws.parameters, "sincere"),
        gamer=_type(weights, draws.parameters, "gamer"),
        divisors=divisors,
        covariance=_covariance(len(blueprint.poles), draws.parameters["relation_correlation"]),
        schedule=_levelled(blueprint.schedule, draws.parameters, weights),
    )


def _levelled(schedule: Schedule, parameters: Mapping[str, Array], weights: Mapping[str, Array]) -> Schedule:
    """The schedule with each vote's level: that of a state without leaning, given how far leanings spread.

    Each account counts one standard deviation over all states, so the spread is λ √Σ_f θ_f²; λ = 0 gives the
    tally itself.
    """
    spread = parameters["choice_intensity"] * np.sqrt(sum(weight**2 for weight in weights.values()))
    votes = tuple(replace(item, log_base=level_of(np.exp(item.log_base), spread)) for item in schedule.votes)
    return replace(schedule, votes=votes)


def _type(weights: Mapping[str, Array], parameters: Mapping[str, Array], name: str) -> dict[str, Array]:
    changed = dict(weights)
    for account in APART:
        changed[account] = weights[account] * parameters[f"{name}_{account}"]
    return changed


def _covariance(poles: int, correlation: Array) -> Array:
    """Σ: unit variance for each pole, a common correlation, and own strength nearly riskless.

    Raises:
        ModelError: the correlation is a range; one matrix serves all runs.
    """
    if np.ptp(correlation) > 0:
        raise ModelError(
            "relation_correlation is one number for all runs, as only γΣ is identified; give a value"
        )
    covariance = np.full((poles + 1, poles + 1), correlation[0])
    np.fill_diagonal(covariance, 1.0)
    covariance[-1, :] = covariance[:, -1] = 0.0
    covariance[-1, -1] = 0.05
    return covariance


def _anchor(state: State, setting: Setting) -> Array:
    """The constant that would make the start a resting point of (3), times `anchoring` (P+1, N, R).

    A resting point in the long run: with the debt forgotten and menace at the level that usual rhetoric
    keeps up. A debt or a threat that is fresh at the start then pulls for as long as it lasts.
    """
    state = replace(state, debt=np.zeros_like(state.debt), menace=usual_menace(setting))
    accounts = alignment_accounts(state, _quiet(state, setting), setting)
    reward = utility(accounts, setting.weights, setting.divisors.get("alignment", {}))
    risk = setting["risk_aversion"] * np.tensordot(setting.covariance, state.share, axes=1)
    gap = risk - reward
    anchor: Array = setting["anchoring"] * (gap - gap.mean(axis=0))
    return anchor


def _quiet(state: State, setting: Setting) -> dict[str, Array]:
    """The month's quantities that the accounts read, as they are at the start without any shock."""
    tied = np.zeros((len(setting.poles), setting.runs))
    tied[setting.target] = tied_down(setting)
    flow: dict[str, Array] = {"tied_down": tied}
    flow.update(contest(state, flow, setting, _Still()).flow)
    flow.update(routing(state, flow, setting, _Still()).flow)
    return flow


@lru_cache(maxsize=32)
def _scales(key: Key) -> Mapping[str, Mapping[str, float]]:
    calm_state, setting = _drawn(reference(key.blueprint), SEED, 0, {})
    state, streets = unsettled(calm_state), unsettled(calm_state, emergency=True)
    flow = _quiet(state, setting)
    patron = {name: _against_nothing(phi) for name, phi in patron_accounts(streets, flow, setting).items()}
    helped, refused = client_accounts(streets, setting)
    client = {name: _against_nothing(phi) for name, phi in {**helped, **refused}.items()}
    level = persistence(state.compliance, setting["compliance_stickiness"])
    comply = compliance_accounts(state, flow, setting)
    return {
        "alignment": spread(alignment_accounts(state, flow, setting)),
        "intervene": spread(patron),
        "request": spread(client),
        "compliance": _with_reputation(comply, level, state, setting, "compliance"),
        "vote": _vote_scales(state, setting),
    }


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


def _against_nothing(phi: Array) -> Array:
    return np.concatenate([np.zeros_like(phi), phi])


def _with_reputation(
    accounts: Accounts, base: Array, state: State, setting: Setting, menu: str
) -> dict[str, float]:
    plain = spread(accounts)
    scaled = replace(setting, divisors={menu: plain})
    ratio = acts_evidence(base, accounts, scaled, menu)
    return {**plain, **spread({"reputation": reputation(state, ratio, scaled)})}


def scales(blueprint: Blueprint) -> Mapping[str, Mapping[str, float]]:
    """The divisors d_f of every menu: one prior standard deviation of each account over reference states.

    Prior-predictive: 500 draws of parameters and of made-up states between the same poles (`reference.py`),
    in an emergency for requests and interventions. Written to the manifest.
    """
    return _scales(Key(blueprint))
