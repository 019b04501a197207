"""Runs as a NetCDF file, written so that a full disk or Ctrl-C is an error like any other.

HDF5 crashes the whole process some time after a write of its own has failed. So it writes to memory, from which the
file is written in one go; what is too large for that it writes through a file that never tells it of a failure and
tells us instead. Both in a thread of its own, which Ctrl-C does not reach.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from tightrope.engine.record import Stored, dims_of
from tightrope.engine.result import Result

DAYS = "days since 1970-01-01"
# Results up to this size are put together in memory, bytes.
IN_MEMORY = 2**28


def write_runs(result: Result, path: Path) -> None:
    """Write all variables with labels, units and attributes, as they lie in memory; raises OSError."""
    size = sum(values.nbytes for values in result.arrays.values())
    with ThreadPoolExecutor(1) as pool, _Patient(path, "w+") as file:
        if size <= IN_MEMORY:
            whole = io.BytesIO()
            pool.submit(_fill, whole, result).result()
            file.write(whole.getbuffer())
        else:
            pool.submit(_fill, file, result).result()
    if file.failure is not None:
        raise file.failure


def read_runs(path: Path) -> tuple[dict[str, Stored], dict[str, tuple[str, ...]]]:
    """The arrays by variable and the labels by axis; raises OSError, KeyError or ValueError."""
    import h5netcdf

    with h5netcdf.File(path, "r", decode_vlen_strings=True) as store:
        axes = {
            dim: tuple(str(label) for label in store.variables[dim][...])
            for dim in store.dimensions
            if dim not in ("month", "run")
        }
        named = (name for name in store.variables if name not in store.dimensions)
        return {name: store.variables[name][...] for name in named}, axes


class _Patient(io.FileIO):
    """A file whose writes never fail for who writes; `failure` holds the first that did."""

    failure: OSError | None = None

    def put(self, data: memoryview) -> int:
        """Write as much of the data as goes at once; how much that was."""
        return super().write(data) or 0

    def write(self, data: Any, /) -> int:
        """Write all of the data, or say that it was done."""
        left = memoryview(data).cast("B")
        size = len(left)
        try:
            while self.failure is None and left:
                left = left[self.put(left) :]
        except OSError as error:
            self.failure = error
        return size

    def truncate(self, size: int | None = None, /) -> int:
        """Cut the file, or say that it was done."""
        try:
            return super().truncate(size)
        except OSError as error:
            self.failure = self.failure or error
            return size or 0


def _fill(file: _Patient | io.BytesIO, result: Result) -> None:
    import h5netcdf
    import h5py

    with h5netcdf.File(file, "w") as store:
        sizes = {dim: len(labels) for dim, labels in result.axes.items()}
        store.dimensions = {**sizes, "month": result.manifest.months, "run": result.manifest.runs}
        store.attrs.update(result.attributes())
        for dim, labels in result.axes.items():
            text = np.array(labels, dtype=object)
            _put(store, dim, (dim,), text, {}, dtype=h5py.string_dtype())
        days = result.months.astype("datetime64[D]").astype(np.int64)
        _put(store, "month", ("month",), days, {"units": DAYS, "calendar": "proleptic_gregorian"})
        _put(store, "run", ("run",), np.arange(result.manifest.runs), {})
        for name, values in result.arrays.items():
            _put(store, name, dims_of(name), values, result.described(name))


def _put(
    store: Any, name: str, dims: tuple[str, ...], values: Stored, about: Mapping[str, str], **kind: Any
) -> None:
    variable = store.create_variable(name, dims, kind.get("dtype", values.dtype))
    if values.size:
        variable[...] = values
    variable.attrs.update(about)
