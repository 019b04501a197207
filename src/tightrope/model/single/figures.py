"""What stays fixed through each run, as the compiled month reads it, packed anew only where it differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.heard import Made, made
from tightrope.model.retaliation import loss
from tightrope.model.routing import route_weight
from tightrope.model.single import layout
from tightrope.model.single.lanes import WIDTH
from tightrope.model.single.pack import blank, blocks, by_block
from tightrope.model.single.run import Figures
from tightrope.model.state import ACCOUNTS, Setting
from tightrope.model.world import usual_menace

# Fields of `Figures` that are of one row.
ALONE = ("anchor", "steady", "recognisers")
# Values by row, runs last.
Rows = Mapping[int, Array]


@dataclass(frozen=True)
class Packed:
    """Values with what was read for them, and what they became when they were packed, by field."""

    values: Mapping[str, Made[Rows]]
    fields: Mapping[str, Array]

    @property
    def figures(self) -> Figures:
        """As the month reads them: what is of one row is without that axis."""
        alone = {name: self.fields[name][:, 0] for name in ALONE}
        return Figures(**{**self.fields, **alone})


def packed(setting: Setting, before: Packed | None = None) -> Packed:
    """Pack what is fixed; of rows that are what they were in another setting of as many runs, that one's are taken."""
    read = (setting.figures, setting.parameters, setting.weights, setting.sincere, setting.gamer)
    values, fields = {}, {}
    for name, (make, shape) in _parts(setting).items():
        known = before.values[name] if before else None
        if before and known and name != "drawn" and known.holds(*read):
            values[name], fields[name] = known, before.fields[name]
            continue
        new = values[name] = made(lambda *all_, make=make: make(_reading(setting, *all_)), *read)
        old = (before.fields[name], known.what) if before and known else (None, {})
        fields[name] = _rows(new.what, setting.runs, shape, *old)
    return Packed(values, fields)


def _reading(setting: Setting, figures: Any, parameters: Any, *weights: Any) -> Setting:
    """The same setting, of mappings that note what is read."""
    own, sincere, gamer = weights
    return replace(setting, figures=figures, parameters=parameters, weights=own, sincere=sincere, gamer=gamer)


def _parts(setting: Setting) -> dict[str, tuple[Callable[[Setting], Rows], tuple[int, ...]]]:
    """What each field is made by, and its shape without blocks and runs."""
    deciders, poles, entities = len(setting.deciders), len(setting.poles), len(setting.entities)
    return {
        "f": (_of_deciders, (layout.FIGURE_ROWS, deciders)),
        "fp": (_with_poles, (layout.POLE_FIGURE_ROWS, poles, deciders)),
        "q": (_of_poles, (2, poles)),
        "anchor": (lambda one: {0: one.figures["anchor"]}, (1, poles + 1, deciders)),
        "steady": (lambda one: {0: _steady(one)}, (1, poles + 1, deciders)),
        "w": (_weights, (3, len(ACCOUNTS))),
        "drawn": (_drawn, (len(setting.menu), len(ACCOUNTS) + 1)),
        "stated": (lambda one: dict(enumerate(one.figures["stated_recognition"])), (entities, deciders)),
        "recognisers": (lambda one: {0: one.figures["recognisers"][:, 0]}, (1, entities)),
    }


def _rows(values: Rows, runs: int, shape: tuple[int, ...], known: Array | None, were: Rows) -> Array:
    """Rows as blocks (B, rows, ..., L), out of those `known` where values are what they `were`."""
    changed = [row for row, found in values.items() if known is None or not _same(found, were[row])]
    if known is not None and not changed:
        return known
    rows = blank(blocks(runs), *shape, WIDTH)
    if known is not None:
        rows[...] = known
    for row in changed:
        rows[:, row] = by_block(values[row], runs, *shape[1:])
    return rows


def _same(one: Array, other: Array) -> bool:
    return one is other or (one.shape == other.shape and np.array_equal(one, other))


def _of_deciders(setting: Setting) -> dict[int, Array]:
    """Figures of deciders, and what follows from figures alone and would be worked out again in every month."""
    found, elasticity = setting.figures, setting["routing_elasticity"]
    size = (found["gdp"] / 100.0) ** setting["hub_size_elasticity"]
    way = found["detour"] ** setting["distance_elasticity"]
    cost = setting["sanction_cost"] * found["sanctions_on"]
    eased = cost * (1.0 - setting["settlement_relief"])
    inside, outside = 1.0 + setting["transit_cost"], 1.0 + setting["transit_cost"] + setting["border_cost"]
    return {row: found[name] for name, row in layout.FIGURES} | {
        layout.USUAL_MAJORITY: found["opinion"][0],
        layout.USUAL_MINORITY: found["opinion"][1],
        layout.WAY_INSIDE: size * route_weight(way * inside, elasticity),
        layout.WAY_OUTSIDE: size * route_weight(way * outside, elasticity),
        layout.OPENED: route_weight(1.0 + cost * found["sanctioned"], elasticity),
        layout.OPENED_EASED: route_weight(1.0 + eased * found["sanctioned"], elasticity),
        layout.USUAL_MENACE: usual_menace(setting),
        layout.RETALIATION_LOSS: loss(setting),
        layout.TRADE_TARGET: found["trade"][setting.target],
        layout.TRADE_ALL: found["trade"].sum(axis=0),
    }


def _with_poles(setting: Setting) -> dict[int, Array]:
    """Figures of deciders with poles; what trade with each weighs in a contest, and how far it is beyond the mean's."""
    found = setting.figures
    value = found["trade"] + setting["contest_floor"]
    part = (value / value.sum(axis=1, keepdims=True)) ** setting["contest_decisiveness"]
    return {row: found[name] for name, row in layout.WITH_POLES} | {
        layout.VALUE: part,
        layout.BEYOND_WORLD: found["trade"] - found["world_trade"],
    }


def _of_poles(setting: Setting) -> dict[int, Array]:
    """Figures of poles themselves."""
    found = setting.figures
    return {
        layout.BUDGET: found["pole_budget"][:, 0],
        layout.POLE_CAPABILITY: found["pole_capability"][:, 0],
    }


def _weights(setting: Setting) -> dict[int, Array]:
    """The weights of the state, of a sincere one and of a gamer."""
    kinds = (setting.weights, setting.sincere, setting.gamer)
    return {row: np.stack([one[name] for name in ACCOUNTS]) for row, one in enumerate(kinds)}


def _steady(setting: Setting) -> Array:
    """What months do not change of the reward of leaning to each pole, anchor included (P+1, N, R)."""
    poles, deciders = len(setting.poles), len(setting.deciders)
    found, scales = setting.figures, setting.divisors.get("alignment", {})
    weight = {
        name: setting.weights[name] / scales.get(name, 1.0) for name in ("economy", "autonomy", "principle")
    }
    steady = np.array(np.broadcast_to(found["anchor"], (poles + 1, deciders, setting.runs)))
    steady[:-1] += (
        weight["economy"] * found["trade"] * found["preference"] + weight["principle"] * found["affinity"]
    )
    steady[-1] += weight["autonomy"] * found["strength"]
    return steady


def _drawn(setting: Setting) -> dict[int, Array]:
    """The accounts of each kind of act and its pledge, as drawn (7, R)."""
    nothing = np.zeros(setting.runs)
    return {
        row: np.stack([*(one.accounts.get(name, nothing) for name in ACCOUNTS), one.pledge])
        for row, one in enumerate(setting.menu)
    }
