"""What a result says of each decider and of the world: one value for each run, not yet summed up.

One row a kind of outcome; a row is a name, how it counts, its unit, its label and how to read it off the arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tightrope.engine.result import Result
from tightrope.model.reform import REFORMS
from tightrope.model.vote import OPTIONS
from tightrope.model.war import OUTCOMES

Kind = Literal["number", "probability"]
Values = npt.NDArray[Any]
YEAR = 12


@dataclass(frozen=True)
class Measure:
    """An outcome of a result before it is summed up: `values()` gives one value for each run (R,).

    Where it is `conditional`, a run in which the condition does not hold has NaN and does not count.
    """

    name: str
    kind: Kind
    unit: str
    label: str
    values: Callable[[], Values]
    conditional: bool = False


Row = tuple[str, Kind, str, str, Callable[[], Values]]

# Whether it happens at all: name, variable, label.
EVENTS: tuple[tuple[str, str, str], ...] = (
    ("unrest", "emergency", "mass unrest in at least one month"),
    ("request", "request", "asks its patron for troops at least once"),
    ("intervention", "intervention", "its patron's troops come at least once"),
    ("secondary_sanctions", "penalised", "under secondary sanctions in at least one month"),
    ("leaves_alliance", "left_security", "leaves the security alliance that {target} leads"),
    ("leaves_union", "left_economic", "leaves the economic union that {target} leads"),
    ("joins_sanctions", "joined", "joins the sanctions on {target}"),
    ("sends_troops", "sent", "sends troops to fight beside {target}"),
    ("unfriendly", "unfriendly", "is designated as unfriendly by {target}"),
    ("retaliation", "retaliated", "{target} retaliates against it by trade, transit or energy"),
    ("territorial_crisis", "challenge", "{target} presses a claim on its land"),
    ("concession_to_claim", "concession", "gives in to a claim of {target}"),
    ("force", "force", "{target} uses force against it"),
    (
        "rupture",
        "rupture",
        "ties with {target} break: the share falls by about a quarter, retaliation, or a bloc is left",
    ),
    ("mediation", "mediation", "offers to mediate at least once"),
    ("mediation_accepted", "mediation_accepted", "mediates with both sides' consent"),
)

# Numbers in the last month: name, variable, unit, label.
LAST: tuple[tuple[str, str, str, str], ...] = (
    (
        "compliance",
        "compliance",
        "0 to 1",
        "enforcement of the sanctions in the last month, 0 none to 1 full",
    ),
    (
        "income_loss",
        "income_loss",
        "% of GDP a year",
        "income lost to closed routes, retaliation and sanctions, in the last month",
    ),
    ("debt", "debt", "interventions", "debt to its patron after interventions, in the last month"),
    ("menace", "menace", "strength", "threats heard, decaying, in the last month"),
    ("commitments", "commitments", "strength", "hands tied by public commitments, in the last month"),
    (
        "displeasure",
        "displeasure",
        "-1 to 1",
        "displeasure of its people with {target}'s war, in the last month",
    ),
)


def measures(result: Result) -> dict[str, Measure]:
    """Every outcome of a result before it is summed up, by name; nothing is computed yet."""
    names = result.manifest.origin.names
    target = result.axes["audience"][1]
    found = {}
    for place, actor in enumerate(result.axes["actor"]):
        for suffix, kind, unit, label, values in _of_actor(result, place):
            name = f"{actor.lower()}.{suffix}"
            said = label.format(target=names.get(target, target))
            found[name] = Measure(name, kind, unit, f"{names.get(actor, actor)}: {said}", values)
        found |= _after_rupture(result, place, actor)
    for name, kind, unit, label, values in _of_world(result):
        said = label.format(target=names.get(target, target))
        found[f"world.{name}"] = Measure(f"world.{name}", kind, unit, said, values)
    return found


def _of_actor(result: Result, place: int) -> Iterator[Row]:
    yield from _leaning(result, place)
    for suffix, name, label in EVENTS:
        yield suffix, "probability", "probability", label, _ever(result, name, place)
    yield from _chosen(result, place)
    yield from _evaded(result, place)
    for suffix, name, unit, label in LAST:
        yield suffix, "number", unit, label, _last(result, name, place)
    yield from _prices(result, place)
    yield from _recognised(result, place)
    yield from _votes(result, place)


def _leaning(result: Result, place: int) -> Iterator[Row]:
    for row, pole in enumerate(result.axes["pole"]):
        what = "its own strength" if pole == "own" else _name(result, pole)
        label = f"share of alignment with {what} in the last month"
        yield f"alignment.{pole}", "number", "share", label, _last(result, "alignment", row, place)
    label = "hedging index in the last month, the number of equal poles that would be as spread out"
    yield "hedging_index", "number", "poles", label, _last(result, "hedging_index", place)
    for row, audience in enumerate(result.axes["audience"]):
        label = f"belief of {_name(result, audience)} that it sincerely keeps its distance, in the last month"
        yield f"belief.{audience}", "number", "probability", label, _last(result, "belief", row, place)


def _chosen(result: Result, place: int) -> Iterator[Row]:
    """Reforms and symbolic acts: whether each kind is chosen at least once."""
    for code, reform in enumerate(REFORMS):
        if code:
            label = f"answers unrest or alarm so at least once: {reform}"
            yield (
                f"reform.{reform}",
                "probability",
                "probability",
                label,
                _coded(result, "reform", place, code),
            )
    for code, act in enumerate(result.axes["kind_of_act"], start=1):
        label = f"does this at least once: {act}"
        yield f"act.{act}", "probability", "probability", label, _coded(result, "act", place, code)


def _evaded(result: Result, place: int) -> Iterator[Row]:
    label = "sanctioned trade routed through it, mean of the last twelve months"
    yield "evasion_flow", "number", "bn USD a year", label, _year(result, "evasion_value", place)
    yield "evasion_share_gdp", "number", "% of GDP a year", label, _year(result, "evasion", place)


def _prices(result: Result, place: int) -> Iterator[Row]:
    label = "change of the national currency's price of a dollar over the horizon; above 0 the currency fell"
    yield "currency", "number", "percent", label, _percent(result, "exchange", place)
    label = "consumer prices over the horizon, the part that the model explains"
    yield "prices", "number", "percent", label, _percent(result, "prices", place)


def _recognised(result: Result, place: int) -> Iterator[Row]:
    for row, entity in enumerate(result.axes["entity"]):
        label = f"recognises {_name(result, entity)} in the last month"
        yield f"recognises.{entity}", "probability", "probability", label, _state_of(result, row, place)


def _votes(result: Result, place: int) -> Iterator[Row]:
    words = {"no": "votes no", "abstain": "abstains", "yes": "votes yes", "absent": "is absent"}
    for row, resolution in enumerate(result.axes["resolution"]):
        for code, option in enumerate(OPTIONS):
            label = f"{words[option]} on {resolution}"
            values = _cast(result, row, place, code)
            yield f"vote.{resolution}.{option}", "probability", "probability", label, values


def _of_world(result: Result) -> Iterator[Row]:
    label = "states in the world in the last month: UN members, and entities that more than half of them recognise"
    yield "states", "number", "states", label, _last(result, "states")
    label = "strength of the rule against force in the last month"
    yield "rule", "number", "0 to 1", label, _last(result, "rule")
    label = "patience that restraint needs under it: 0 any, 1 none is enough"
    yield "patience_needed", "number", "discount factor", label, _last(result, "patience_needed")
    label = "mean share of the cohort that leans to {target}, in the last month"
    yield "cohesion", "number", "share", label, _last(result, "cohesion")
    for code, ending in enumerate(OUTCOMES):
        label = f"{{target}}'s war stands so in the last month: {ending}"
        yield f"war.{ending}", "probability", "probability", label, _stands(result, code)
    focus = _name(result, result.manifest.focus)
    label = f"{focus}: mass unrest in at least one month, by the global game instead of the map"
    yield (
        "unrest_by_twin",
        "number",
        "probability",
        label,
        lambda: 1.0 - np.prod(1.0 - result.arrays["twin_risk"].astype(float), axis=0),
    )


def _after_rupture(result: Result, place: int, actor: str) -> dict[str, Measure]:
    """P(unrest | rupture): unrest within a year from the month in which ties broke, and in like months without.

    Runs whose ties hold are looked at over windows that start in the same months as the ruptures did, so that the two
    differ in the rupture and not in the time of the run.
    """
    who, target = _name(result, actor), _name(result, result.axes["audience"][1])
    rows = (
        ("unrest_after_rupture", True, f"mass unrest within a year of a rupture with {target}"),
        ("unrest_without_rupture", False, f"mass unrest within a like year without a rupture with {target}"),
    )
    return {
        f"{actor.lower()}.{suffix}": Measure(
            f"{actor.lower()}.{suffix}",
            "probability",
            "probability",
            f"{who}: {label}",
            lambda broken=broken: unrest_within_a_year(  # type: ignore[misc]
                result.arrays["emergency"][place], result.arrays["rupture"][place], broken
            ),
            True,
        )
        for suffix, broken, label in rows
    }


def unrest_within_a_year(emergency: Values, rupture: Values, broken: bool) -> Values:
    """1 or 0 for each run that counts, NaN for the others: `emergency` and `rupture` (M, R) → (R,).

    After a rupture: from the month after it for a year. Without one: each run is given the month of some rupture, in
    turn, and counts if its ties had not broken by then, whatever came later; so nobody is sorted by what is still
    to come.
    """
    months, runs = rupture.shape
    ever = rupture.any(axis=0)
    first = np.where(ever, rupture.argmax(axis=0), months)
    begins = np.sort(first[ever])
    if not begins.size:
        return np.full(runs, np.nan)
    given = first if broken else begins[np.arange(runs) % begins.size]
    counts = ever if broken else first > given
    since = np.arange(months)[:, None] - given
    within = (emergency.astype(bool) & (since >= 1) & (since <= YEAR)).any(axis=0)
    return np.where(counts, within.astype(float), np.nan)


def _last(result: Result, name: str, *where: int) -> Callable[[], Values]:
    return lambda: result.arrays[name][(*where, -1)]


def _ever(result: Result, name: str, place: int) -> Callable[[], Values]:
    return lambda: result.arrays[name][place].any(axis=0)


def _coded(result: Result, name: str, place: int, code: int) -> Callable[[], Values]:
    return lambda: (result.arrays[name][place] == code).any(axis=0)


def _stands(result: Result, code: int) -> Callable[[], Values]:
    return lambda: result.arrays["war"][-1] == code


def _year(result: Result, name: str, place: int) -> Callable[[], Values]:
    return lambda: result.arrays[name][place, -YEAR:].mean(axis=0, dtype=float)


def _percent(result: Result, name: str, place: int) -> Callable[[], Values]:
    return lambda: 100.0 * np.expm1(result.arrays[name][place, -1].astype(float))


def _state_of(result: Result, row: int, place: int) -> Callable[[], Values]:
    return lambda: result.arrays["recognised"][row, place] == 1


def _cast(result: Result, row: int, place: int, code: int) -> Callable[[], Values]:
    return lambda: result.arrays["vote"][row, place] == code


def _name(result: Result, actor: str) -> str:
    return result.manifest.origin.names.get(actor, actor)
