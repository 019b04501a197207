"""Results carry labels, units and the sentence that stands beside every one of them."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from tests.engine.situation import made, situation

RESULT = made(situation(), 50)


def test_dims_and_labels() -> None:
    data = RESULT.dataset()
    assert data["alignment"].dims == ("pole", "actor", "month", "run")
    assert data["alignment"].sel(pole="own", actor="BBB").shape == (6, 50)
    assert data["vote"].dims == ("resolution", "actor", "run")
    assert data["why_vote"].dims == ("resolution", "account", "run")
    assert list(data["audience"].values) == ["WEST", "RUS"]


def test_months_are_first_days() -> None:
    months = RESULT.dataset()["month"].values
    assert months.dtype == np.dtype("datetime64[ns]")
    assert str(months[0])[:10] == "2022-07-01"
    assert str(months[-1])[:10] == "2022-12-01"


def test_attributes() -> None:
    data = RESULT.dataset()
    assert data.attrs["note"] == (
        "Conditional scenario. Frequencies describe the model; "
        "they describe the world only where a score is shown."
    )
    assert {"case", "as_of", "seed", "runs", "months", "scenario", "versions"} <= data.attrs.keys()
    assert all(data[name].attrs["units"] for name in data.data_vars)


def test_alignment_shares_add_up_to_one() -> None:
    assert np.allclose(RESULT.dataset()["alignment"].sum("pole"), 1.0, atol=1e-6)


def test_xarray_is_imported_only_when_it_is_asked_for() -> None:
    code = "import tightrope.engine.output, sys; print('xarray' in sys.modules, 'pandas' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False"]
