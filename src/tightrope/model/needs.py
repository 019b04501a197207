"""The figures that the model needs of deciders, poles and entities, and what stands in where a case gives none."""

from __future__ import annotations

from collections.abc import Mapping

from tightrope.case.case import Case
from tightrope.errors import ModelError
from tightrope.model.parameters import Range

# What a decider needs, and the range used where no claim is known; None: the case must give it. A range
# of one value is what holds unless a case says otherwise, and no gap in its knowledge.
REQUIRED: Mapping[str, tuple[float, float] | None] = {
    "gdp": None,
    "ideal_point": None,
    "detour": None,
    "exports_total": None,
    "ethnic_russians": (0.0, 10.0),
    "capability": (0.005, 0.05),
    "selectorate_ratio": (0.2, 0.8),
    "resource_rents": (0.0, 20.0),
    "route_dependence": (0.0, 30.0),
    "sanctioned": (0.0, 0.0),
    "import_ceiling": (60.0, 60.0),
    "secession_exposure": (0.0, 0.3),
    "outside_threat": (0.0, 0.3),
    "inequality": (25.0, 45.0),
}
# What ties a decider to the target beyond trade; their names end in the target's.
OF_TARGET: Mapping[str, tuple[float, float]] = {"remittances": (0.0, 2.0), "energy_dependence": (0.0, 30.0)}
# Of each pole but the target, whose own is 1: its military spending as a ratio to the target's.
POLE_CAPABILITY = (0.05, 5.0)


def known_figures(case: Case) -> tuple[dict[str, Range], tuple[str, ...]]:
    """Ranges by figure id, and the names of those that only a wide range stands in for.

    Raises:
        ModelError: a figure without which nothing can be run is missing.
    """
    ranges = {figure.id: Range(*figure.hull) for figure in case.figures if figure.hull is not None}
    filled, missing = [], []
    poles = [pole.lower() for pole in case.about.poles]
    wanted = {f"trade_{pole}": None for pole in poles} | {f"imports_{pole}": None for pole in poles}
    wanted |= {f"exports_{side.lower()}": None for side in (case.about.sanctioner, case.about.target)}
    usual = {**REQUIRED, **{f"{name}_{case.about.target.lower()}": held for name, held in OF_TARGET.items()}}
    for decider in case.about.deciders:
        for name, fallback in {**usual, **wanted}.items():
            figure = f"{decider.lower()}.{name}"
            if figure in ranges:
                continue
            if fallback is None:
                missing.append(figure)
            else:
                filled += _fill(ranges, figure, fallback)
    for pole in poles:
        if pole != case.about.target.lower():
            filled += _fill(ranges, f"{pole}.capability", POLE_CAPABILITY)
    for entity in case.entities:
        _fill(ranges, f"{entity.id}.recognisers", (0.0, 0.0))
    _fill(ranges, "world.further_claims", (0.0, 0.0))
    flow = f"{case.about.sanctioner.lower()}.exports_{case.about.target.lower()}"
    needed = [flow, *(f"world.trade_{pole}" for pole in poles)] + [
        f"{pole}.{name}" for pole in poles for name in ("ideal_point", "gdp")
    ]
    missing += [figure for figure in needed if figure not in ranges]
    if missing:
        raise ModelError(
            f"no known claim gives {', '.join(missing)}; add a figure with a source published by as_of"
        )
    return ranges, tuple(filled)


def _fill(ranges: dict[str, Range], figure: str, fallback: tuple[float, float]) -> list[str]:
    """Put in a fallback where the case gives nothing; the figure's name if that leaves a gap in its knowledge."""
    if figure in ranges:
        return []
    ranges[figure] = Range(*fallback)
    return [figure] if fallback[0] < fallback[1] else []
