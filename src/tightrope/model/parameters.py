"""The one table of parameters: every symbol with unit, range and source; and how runs draw from it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from tightrope.errors import ModelError
from tightrope.model.choice import Array
from tightrope.model.remembered import remembered
from tightrope.model.stream import CHUNK, stream

# What these divide by, or are a power of, must not be nothing.
POSITIVE = frozenset(
    {
        "trade_elasticity",
        "routing_elasticity",
        "threshold_spread",
        "mass_coupling",
        "other_route_cost",
        "private_precision",
        "rupture_fall",
    }
)
SMALL, LARGE = 1e-3, 1e5


@dataclass(frozen=True)
class Range:
    """What a chunk of runs draws from.

    Uniform between `low` and `high`; triangular if `mode` is given; |normal| of scale 1 (`half_normal`);
    or Beta(1 + `low`, 1 + `high`) where these count successes and failures (`counted`).
    """

    low: float
    high: float
    mode: float | None = None
    shape: str = "uniform"

    def draw(self, generator: np.random.Generator, runs: int = CHUNK) -> Array:
        """Independent draws, one for each run (R,)."""
        if self.shape == "half_normal":
            return np.abs(generator.standard_normal(runs))
        if self.shape == "counted":
            return generator.beta(1.0 + self.low, 1.0 + self.high, runs)
        if self.low == self.high:
            return np.full(runs, self.low)
        if self.mode is None:
            return generator.uniform(self.low, self.high, runs)
        return generator.triangular(self.low, self.mode, self.high, runs)


@dataclass(frozen=True)
class Parameter:
    """One row of parameters.yaml. `source` is None for an assumption (`scenario: true`)."""

    name: str
    symbol: str
    unit: str
    module: str
    note: str
    range: Range
    source: str | None

    def check(self, found: Range) -> None:
        """Refuse a value that the parameter cannot have, by its unit and the sign of its range.

        Raises:
            ModelError: a fraction, share or probability outside 0 to 1, or a wrong sign.
        """
        lowest, highest = self._bounds()
        if not lowest <= found.low <= found.high <= highest:
            wrong = found.high if lowest <= found.low <= highest else found.low
            upper = f" to {highest:g}" if highest < LARGE or found.high > highest else " on"
            raise ModelError(
                f"parameters.{self.name} cannot be {wrong:g}; its unit is {self.unit}, "
                f"give a value from {lowest:g}{upper}"
            )

    def _bounds(self) -> tuple[float, float]:
        """The least and the greatest possible value."""
        part = (
            self.unit.split()[0] in ("fraction", "share", "probability") and self.unit != "fraction of cost"
        )
        highest = 1.0 if part or self.unit == "per month" else LARGE
        if self.range.shape == "counted":
            return SMALL, 1.0 - SMALL
        if self.range.low < 0:
            return -LARGE, highest
        return (SMALL if self.unit == "months" or self.name in POSITIVE else 0.0), highest


@lru_cache(maxsize=1)
def table() -> Mapping[str, Parameter]:
    """The rows of parameters.yaml by name."""
    from ruamel.yaml import YAML

    text = files("tightrope.model").joinpath("parameters.yaml").read_text(encoding="utf-8")
    return {row["name"]: _parameter(row) for row in YAML(typ="safe", pure=True).load(text)["parameters"]}


def _parameter(row: Mapping[str, str | float]) -> Parameter:
    shape = str(row.get("shape", "triangular"))
    low, high, mode = (float(row.get(name, 0.0)) for name in ("low", "high", "mode"))
    source = row.get("source")
    return Parameter(
        name=str(row["name"]),
        symbol=str(row["symbol"]),
        unit=str(row["unit"]),
        module=str(row["module"]),
        note=str(row["note"]),
        range=Range(low, high, mode if shape == "triangular" else None, shape),
        source=None if source is None else str(source),
    )


def draw_all(
    ranges: Mapping[str, Range], seed: int, chunk: int, kept: dict[Hashable, Any] | None = None
) -> dict[str, Array]:
    """Draw every named range for one chunk, each from its own stream; `kept` holds what was drawn before."""
    if kept is None:
        return {name: found.draw(stream(seed, chunk, "parameter", name)) for name, found in ranges.items()}
    return {name: _once(found, seed, chunk, name, kept) for name, found in ranges.items()}


def _once(found: Range, seed: int, chunk: int, name: str, kept: dict[Hashable, Any]) -> Array:
    drawn: Array = remembered(
        kept.setdefault(("parameter", name), []),
        lambda other: bool(other == found),
        lambda: (found, found.draw(stream(seed, chunk, "parameter", name))),
    )
    return drawn


def need(name: str) -> Parameter:
    """The row of that name.

    Raises:
        ModelError: there is none; names the nearest.
    """
    from difflib import get_close_matches

    rows = table()
    if name not in rows:
        near = get_close_matches(name, rows, 3)
        hint = f"did you mean {', '.join(near)}?" if near else "docs/reference/parameters.md lists them"
        raise ModelError(f"there is no parameter {name!r}; {hint}")
    return rows[name]
