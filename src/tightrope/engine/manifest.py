"""Where a result comes from and how it was made: everything one needs to make it again."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from tightrope import __version__
from tightrope.case.knowledge import Known
from tightrope.case.scenario import Scenario
from tightrope.engine.ensemble import Ensemble
from tightrope.model.blueprint import Blueprint
from tightrope.model.scale import scales

FORMAT = 1
BASELINE = "baseline"
PACKAGES = ("numpy", "pandas", "xarray", "h5netcdf", "h5py", "pydantic", "ruamel.yaml")


# How the skeleton of a new case marks what nobody has looked up.
PLACEHOLDER = "EXAMPLE"


@dataclass(frozen=True)
class Origin:
    """Of which case, as known when, and changed how, a result is.

    `digest` is the SHA-256 of the case as known; `dropped` counts by source what was left out; `names`
    gives the name of each actor.
    """

    case: str
    digest: str
    as_of: str
    scenario: str = BASELINE
    settings: Mapping[str, float] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    placeholders: int = 0


@dataclass(frozen=True)
class Manifest:
    """An origin, the run made of it, and the machine it was made on.

    `start` is (year, month) of the first month; `divisors` one prior standard deviation of each menu's
    accounts; `filled` the figures that no known claim gave; `seconds` of wall time.
    """

    origin: Origin
    start: tuple[int, int]
    months: int
    seed: int
    runs: int
    asked: int
    focus: str
    filled: tuple[str, ...] = ()
    divisors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    unsettled: int = 0
    seconds: float = 0.0
    python: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    cpu: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON, the origin's fields beside the others."""
        data = asdict(self)
        return {"format": FORMAT, **data.pop("origin"), **data}


def origin(
    known: Known, scenario: Scenario | None = None, settings: Mapping[str, float] | None = None
) -> Origin:
    """The origin of a result of this case, scenario and settings."""
    case = known.case
    return Origin(
        case=case.about.id,
        digest=hashlib.sha256(case.model_dump_json().encode()).hexdigest(),
        as_of=known.as_of.isoformat(),
        scenario=scenario.id if scenario else BASELINE,
        settings=dict(settings or {}),
        without=known.without,
        dropped=dict(known.dropped),
        names=case.names,
        placeholders=sum((figure.why or "").startswith(PLACEHOLDER) for figure in case.figures),
    )


def manifest(finished: Ensemble, blueprint: Blueprint, source: Origin) -> Manifest:
    """The manifest of finished runs."""
    return Manifest(
        origin=source,
        start=blueprint.start,
        months=blueprint.months,
        seed=finished.seed,
        runs=finished.runs,
        asked=finished.asked,
        focus=blueprint.deciders[blueprint.focus],
        filled=blueprint.filled,
        divisors={menu: dict(found) for menu, found in scales(blueprint.origin or blueprint).items()},
        unsettled=finished.unsettled,
        seconds=round(finished.seconds, 3),
        python=platform.python_version(),
        versions=_versions(),
        cpu=_cpu(),
        warnings=tuple(_warnings(finished, blueprint, source)),
    )


def from_data(data: Mapping[str, Any]) -> Manifest:
    """The inverse of `as_data`; KeyError, TypeError or ValueError where the data are another thing's."""
    if data["format"] != FORMAT:
        raise ValueError(f"its format is {data['format']}; this version reads {FORMAT}")
    of_origin = {each.name for each in fields(Origin)}
    source = Origin(**{name: _frozen(value) for name, value in data.items() if name in of_origin})
    others = {
        name: _frozen(value) for name, value in data.items() if name not in of_origin and name != "format"
    }
    return Manifest(origin=source, **others)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _warnings(finished: Ensemble, blueprint: Blueprint, source: Origin) -> list[str]:
    said = []
    if finished.interrupted:
        said.append(f"interrupted: {finished.runs} of {finished.asked} runs finished")
    if blueprint.filled:
        said.append(f"no known claim gives {', '.join(blueprint.filled)}; wide ranges stand in")
    if source.placeholders:
        said.append(f"{source.placeholders} figures still say {PLACEHOLDER}: they are placeholders, no facts")
    if source.dropped:
        count = sum(source.dropped.values())
        said.append(f"{count} claims, readings and citations were not known on {source.as_of} or left out")
    if finished.unsettled:
        total = finished.runs * blueprint.months * len(blueprint.deciders)
        said.append(
            f"near a tipping point: domestic order unsettled in {finished.unsettled} of {total} state-months"
        )
    return said


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    found = {"tightrope": __version__}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


@lru_cache(maxsize=1)
def _cpu() -> tuple[str, ...]:
    """The machine and what numpy uses of it: equal bits are promised only where this is equal."""
    config: Any = np.show_config(mode="dicts")
    found = config.get("SIMD Extensions", {})
    return (platform.machine(), *found.get("baseline", []), *found.get("found", []))
