"""What stays fixed through each run, as the compiled month reads it, packed anew only where it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tightrope.model.choice import Array
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
# Values by row, runs last; and by the name of a field of `Figures`.
Rows = Mapping[int, Array]
Values = Mapping[str, Rows]


@dataclass(frozen=True)
class Packed:
    """Values, and what they became when they were packed."""

    values: Values
    fields: Mapping[str, Array]

    @property
    def figures(self) -> Figures:
        """As the month reads them: what is of one row is without that axis."""
        alone = {name: self.fields[name][:, 0] for name in ALONE}
        return Figures(**{**self.fields, **alone})


def packed(setting: Setting, before: Packed | None = None) -> Packed:
    """Pack what is fixed; of rows that are what they were in another setting of as many runs, that one's are taken."""
    runs, deciders, poles = setting.runs, len(setting.deciders), len(setting.poles)
    shapes = {
        "f": (layout.FIGURE_ROWS, deciders),
        "fp": (layout.POLE_FIGURE_ROWS, poles, deciders),
        "q": (2, poles),
        "anchor": (1, poles + 1, deciders),
        "steady": (1, poles + 1, deciders),
        "w": (3, len(ACCOUNTS)),
        "drawn": (len(setting.menu), len(ACCOUNTS) + 1),
        "stated": (len(setting.entities), deciders),
        "recognisers": (1, len(setting.entities)),
    }
    values = {"f": _of_deciders(setting), "fp": _with_poles(setting), **_others(setting)}
    fields = {}
    for name, shape in shapes.items():
        known, were = (before.fields[name], before.values[name]) if before else (None, {})
        fields[name] = _rows(values[name], runs, shape, known, were)
    return Packed(values, fields)


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


def _others(setting: Setting) -> dict[str, dict[int, Array]]:
    """What is not by decider alone: of poles, weights, the menu, and entities."""
    found = setting.figures
    weights = (setting.weights, setting.sincere, setting.gamer)
    return {
        "q": {
            layout.BUDGET: found["pole_budget"][:, 0],
            layout.POLE_CAPABILITY: found["pole_capability"][:, 0],
        },
        "anchor": {0: found["anchor"]},
        "steady": {0: _steady(setting)},
        "w": {row: np.stack([one[name] for name in ACCOUNTS]) for row, one in enumerate(weights)},
        "drawn": _drawn(setting),
        "stated": dict(enumerate(found["stated_recognition"])),
        "recognisers": {0: found["recognisers"][:, 0]},
    }


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
