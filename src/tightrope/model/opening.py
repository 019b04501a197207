"""The opening of one chunk of runs: parameters and figures drawn, the start set, the anchor fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tightrope.errors import ModelError
from tightrope.model.account import utility
from tightrope.model.alignment import alignment_accounts
from tightrope.model.belief import APART
from tightrope.model.blueprint import Blueprint
from tightrope.model.choice import Array
from tightrope.model.contest import contest
from tightrope.model.draws import Draws, Kept
from tightrope.model.figures import figures
from tightrope.model.parameters import draw_all
from tightrope.model.routing import routing
from tightrope.model.start import calm, quiet_groups, start
from tightrope.model.state import ACCOUNTS, Act, Schedule, Setting, State
from tightrope.model.stream import CHUNK
from tightrope.model.tally import level_of
from tightrope.model.world import sanctions, usual_menace, usual_ties

Scales = Mapping[str, Mapping[str, float]]


class _Still:
    """A month in which nothing is drawn, for looking at the start."""

    index = 0

    def uniform(self, kind: str) -> Array:
        raise NotImplementedError(kind)

    normal = world = lot = uniform


def opened(
    blueprint: Blueprint, seed: int, chunk: int, divisors: Scales, kept: Kept | None = None
) -> tuple[State, Setting]:
    """The start and the setting of one chunk of 500 runs, on given scales (none: 1); scenarios are `draw`'s affair."""
    draws = Draws(blueprint, seed, chunk, draw_all(blueprint.parameters, seed, chunk, kept), kept)
    setting = _setting(blueprint, draws, divisors)
    state = start(blueprint, draws, setting)
    setting = replace(setting, figures={**setting.figures, "calm": calm(state, setting)})
    state = replace(state, defection=quiet_groups(state, setting))
    anchor = _anchor(state, setting)
    return state, replace(setting, figures={**setting.figures, "anchor": anchor})


def surrounded(
    blueprint: Blueprint, seed: int, chunk: int, divisors: Scales, kept: Kept | None = None
) -> Setting:
    """The setting alone, its calm and anchor blank: for who has a start already."""
    draws = Draws(blueprint, seed, chunk, draw_all(blueprint.parameters, seed, chunk, kept), kept)
    return _setting(blueprint, draws, divisors)


def _setting(blueprint: Blueprint, draws: Draws, divisors: Scales) -> Setting:
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
        figures=figures(draws),
        weights=weights,
        sincere=_type(weights, draws.parameters, "sincere"),
        gamer=_type(weights, draws.parameters, "gamer"),
        divisors=divisors,
        covariance=_covariance(len(blueprint.poles), draws.parameters["relation_correlation"]),
        schedule=_levelled(blueprint.schedule, draws.parameters, weights),
        entities=tuple(one.id for one in blueprint.entities),
        menu=_menu(blueprint, draws),
        organ=blueprint.organ,
    )


def _menu(blueprint: Blueprint, draws: Draws) -> tuple[Act, ...]:
    """The symbolic acts on the menu, their accounts drawn; the same draws as those of the past acts of a kind."""
    return tuple(
        Act(
            kind.id,
            kind.monthly,
            {name: draws.one(found, "act", kind.id, name) for name, found in kind.accounts.items()},
            draws.one(kind.pledge, "pledge", kind.id),
            kind.mediation,
            kind.pledge_on,
            kind.open_to,
            kind.needs,
        )
        for kind in blueprint.menu
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
    accounts = alignment_accounts(state, quiet(state, setting), setting)
    reward = utility(accounts, setting.weights, setting.divisors.get("alignment", {}))
    risk = setting["risk_aversion"] * np.tensordot(setting.covariance, state.share, axes=1)
    gap = risk - reward
    anchor: Array = setting["anchoring"] * (gap - gap.mean(axis=0))
    return anchor


def quiet(state: State, setting: Setting) -> dict[str, Array]:
    """The month's quantities that the accounts read, as they are at the start without any shock."""
    flow: dict[str, Array] = {
        "tied_down": usual_ties(state, setting),
        "sanctions": sanctions(state, setting),
        "outside_threat": setting.figures["outside_threat"],
        "effort": np.ones((len(setting.poles), 1, 1)),
        "coordination": np.zeros((len(setting.poles), 1, 1)),
    }
    flow.update(contest(state, flow, setting, _Still()).flow)
    flow.update(routing(state, flow, setting, _Still()).flow)
    return flow
