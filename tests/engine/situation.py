"""A small made-up blueprint and its results, so that the engine is tested without any case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tightrope.engine.ensemble import ensemble
from tightrope.engine.manifest import Origin
from tightrope.engine.record import Stored
from tightrope.engine.result import Result, result
from tightrope.model.blueprint import Blueprint, DatedAct, Entity, MenuAct, Stock
from tightrope.model.parameters import Range, table
from tightrope.model.state import Schedule, Vote, nothing_given
from tightrope.model.vote import level

POLES = ("RUS", "CHN", "WEST", "TUR")

# Ranges of each decider's figures, from which `situation` cuts a narrower one by the decider's id.
FIGURES = {
    "gdp": (10.0, 200.0),
    "ideal_point": (-1.0, 1.0),
    "detour": (1.2, 2.0),
    "exports_total": (20.0, 40.0),
    "ethnic_russians": (0.0, 20.0),
    "capability": (0.005, 0.05),
    "selectorate_ratio": (0.2, 0.8),
    "resource_rents": (0.0, 20.0),
    "route_dependence": (0.0, 30.0),
    "sanctioned": (0.0, 0.0),
    "import_ceiling": (60.0, 60.0),
    "secession_exposure": (0.0, 0.4),
    "outside_threat": (0.0, 0.4),
    "remittances_rus": (0.0, 5.0),
    "energy_dependence_rus": (0.0, 60.0),
    "inequality": (25.0, 40.0),
    "exports_west": (2.0, 15.0),
    "exports_rus": (2.0, 15.0),
    **{f"trade_{pole.lower()}": (2.0, 30.0) for pole in POLES},
    **{f"imports_{pole.lower()}": (1.0, 10.0) for pole in POLES},
}


def situation(deciders: tuple[str, ...] = ("AAA", "BBB", "CCC"), months: int = 6) -> Blueprint:
    """A blueprint of these deciders; what each one is depends on its id and not on its place."""
    ranges = {name: row.range for name, row in table().items()}
    ranges["request_base_rate"], ranges["grant_base_rate"] = (Range(3.0, 2.0, shape="counted"),) * 2
    figures = {
        "west.exports_rus": Range(80.0, 120.0),
        "world.further_claims": Range(300.0, 400.0),
        "isle.recognisers": Range(20.0, 120.0),
    }
    for place, pole in enumerate(POLES):
        figures[f"{pole.lower()}.gdp"] = Range(1000.0 + 500.0 * place, 2000.0 + 500.0 * place)
        figures[f"world.trade_{pole.lower()}"] = Range(2.0, 20.0)
        figures[f"{pole.lower()}.capability"] = Range(0.5, 2.0)
        figures[f"{pole.lower()}.ideal_point"] = Range(-1.0 + 0.5 * place, -0.9 + 0.5 * place)
    for decider in deciders:
        figures |= {
            f"{decider.lower()}.{name}": _cut(low, high, decider) for name, (low, high) in FIGURES.items()
        }
    places = range(len(deciders))
    kinds = {"economy": Range(-0.2, 0.1), "principle": Range(0.0, 1.0)}
    return Blueprint(
        deciders=deciders,
        poles=POLES,
        target=0,
        sanctioner=2,
        focus=deciders.index("AAA"),
        start=(2022, 7),
        months=months,
        parameters=ranges,
        figures=figures,
        positions={(place, "war"): _cut(-1.0, 0.0, deciders[place]) for place in places},
        opinions={},
        distances={"war": -1.0},
        voices={deciders.index("AAA"): {"Abe": Range(-1.0, -0.5), "Bea": Range(0.2, 0.8)}},
        events={
            ("intervention", place): Stock(place, "intervention", 5.0, Range(1.0, 1.0)) for place in places
        },
        acts=(DatedAct(deciders.index("AAA"), "parade", 2.0, 0.3, kinds),),
        commitments=tuple(Stock(place, f"word {deciders[place]}", 1.0, Range(0.2, 0.8)) for place in places),
        stands=(),
        threats=(Stock(deciders.index("AAA"), "rant", 2.0, Range(0.1, 0.5), "legislator"),),
        allied=frozenset((place, 0) for place in places),
        preferred=frozenset((place, 0) for place in places),
        rivals=frozenset(place for place in places if deciders[place] == "BBB"),
        conditions=frozenset({"western_sanctions", "invasion"}),
        entities=(Entity("isle", "CHN", "recognise_isle"),),
        recognitions={("RUS", "isle"): 1.0, ("WEST", "isle"): 0.5},
        decided={place: (1, 3) for place, name in enumerate(deciders) if name == "AAA"},
        cohort=frozenset(place for place, name in enumerate(deciders) if name < "CCC"),
        menu=(MenuAct("words", 0.1, kinds, Range(0.0, 0.2)),),
        schedule=_schedule(deciders),
    )


def _cut(low: float, high: float, decider: str) -> Range:
    place = (sum(map(ord, decider)) % 7) / 10.0
    return Range(low + place * (high - low), low + (place + 0.3) * (high - low))


def _schedule(deciders: tuple[str, ...]) -> Schedule:
    given = nothing_given(60, len(deciders), len(POLES))
    given["fuel_step"][2:5] = 0.6
    lean = np.array([(sum(map(ord, decider)) % 5) / 5.0 - 0.5 for decider in deciders])
    stance = np.array([-1.0, 0.0, 1.0, 1.0])
    votes = [
        Vote(name, "usual", month, level(0.5, -0.5, -1.0), lean, stance)
        for name, month in (("first", 1), ("late", 8))
    ]
    return Schedule(given, tuple(votes))


def sanctioned(blueprint: Blueprint) -> Blueprint:
    """The same with secondary sanctions ordered on the first decider from the third month on."""
    given = dict(blueprint.schedule.given)
    given["secondary_sanctions"] = given["secondary_sanctions"].copy()
    given["secondary_sanctions"][2:, 0] = 1.0
    return replace(blueprint, schedule=replace(blueprint.schedule, given=given), origin=blueprint)


def unchanged(blueprint: Blueprint) -> Blueprint:
    """A scenario that changes nothing."""
    return replace(blueprint, origin=blueprint)


def origin(scenario: str = "baseline") -> Origin:
    """An origin of a made-up case."""
    return Origin("made-up", "0" * 64, "2022-06-30", scenario, names={"AAA": "Aland"})


def made(blueprint: Blueprint, runs: int = 700, seed: int = 3, scenario: str = "baseline") -> Result:
    """Run a blueprint in this thread and label it."""
    return result(ensemble(blueprint, runs, seed), blueprint, origin(scenario))


def same(one: Mapping[str, Stored], other: Mapping[str, Stored], runs: slice = slice(None)) -> bool:
    """Whether all arrays have the same bits, over some runs of the second."""
    return one.keys() == other.keys() and all(
        one[name].tobytes() == other[name][..., runs].tobytes() for name in one
    )
