"""A result: all runs, labelled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tightrope.engine.ensemble import Ensemble
from tightrope.engine.manifest import Manifest, Origin, manifest
from tightrope.engine.record import Labels, Stored, described, dims_of
from tightrope.model.blueprint import Blueprint
from tightrope.model.vote import OPTIONS

if TYPE_CHECKING:
    import xarray

CAVEAT = (
    "Conditional scenario. "
    "Frequencies describe the model; they describe the world only where a score is shown."
)


@dataclass(frozen=True)
class Result:
    """All finished runs: arrays by variable, run axis last; labels by axis; and where they come from."""

    arrays: Mapping[str, Stored]
    axes: Labels
    manifest: Manifest

    @property
    def months(self) -> npt.NDArray[np.datetime64]:
        """The first day of each month of the run (M,)."""
        year, month = self.manifest.start
        first = np.datetime64(f"{year:04d}-{month:02d}", "M")
        days: npt.NDArray[np.datetime64] = (first + np.arange(self.manifest.months)).astype("datetime64[ns]")
        return days

    def dataset(self) -> xarray.Dataset:
        """The same as an xarray dataset with dims, coordinates, units and attributes; shares the memory."""
        import xarray

        variables = {
            name: (dims_of(name), values, self.described(name)) for name, values in self.arrays.items()
        }
        coordinates = {dim: (dim, np.array(found, dtype=object)) for dim, found in self.axes.items()}
        coordinates["month"] = ("month", self.months)
        coordinates["run"] = ("run", np.arange(self.manifest.runs))
        return xarray.Dataset(variables, coordinates, self.attributes())

    def described(self, name: str) -> dict[str, str]:
        """Unit and meaning of a variable, as attributes."""
        unit, meaning = described(name)
        about = {"units": unit, "long_name": meaning}
        return {**about, "flag_meanings": " ".join(OPTIONS)} if name == "vote" else about

    def attributes(self) -> dict[str, str | int]:
        """What the data set as a whole is, and the sentence that stands beside every result."""
        made = self.manifest
        return {
            "note": CAVEAT,
            "case": made.origin.case,
            "case_digest": made.origin.digest,
            "as_of": made.origin.as_of,
            "scenario": made.origin.scenario,
            "settings": json.dumps(dict(made.origin.settings)),
            "seed": made.seed,
            "runs": made.runs,
            "months": made.months,
            "versions": json.dumps(dict(made.versions)),
        }


def result(finished: Ensemble, blueprint: Blueprint, source: Origin) -> Result:
    """Label finished runs."""
    return Result(finished.arrays, finished.axes, manifest(finished, blueprint, source))
