from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.measure.standins import standing

from tightrope.errors import MeasureError
from tightrope.measure.standing import Standing, read, written

HEAD = "session,iso3,dim,mean,p05,p95\n"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    first = standing()
    (tmp_path / "ideal_points.csv").write_text(written(first))
    second = read(tmp_path / "ideal_points.csv")

    assert (second.sessions, second.states, second.dims) == (first.sessions, first.states, 2)
    for name in ("mean", "p05", "p95"):
        assert np.allclose(getattr(second, name), getattr(first, name), atol=1e-4, equal_nan=True)


def test_a_state_without_an_estimate_has_no_row() -> None:
    text = written(standing())

    assert text.startswith(HEAD)
    assert "\n72,CHN," not in text
    assert standing().at(72, "CHN") is None
    assert standing().at(99, "KAZ") is None
    assert standing().seen(72) == ("KAZ", "RUS", "USA")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("iso3,mean\n", ":1: columns are 'iso3,mean'"),
        (HEAD, "no row below"),
        (HEAD + "74,KAZ,1,0.5\n", ":2: '74,KAZ,1,0.5'; a row has"),
        (HEAD + "74,XXX,1,0,0,0\n", ":2: iso3 is 'XXX'"),
        (HEAD + "74,KAZ,9,0,0,0\n", ":2: dim is 9"),
        (HEAD + "0,KAZ,1,0,0,0\n", ":2: session is 0"),
        (HEAD + "74,KAZ,1,1,2,3\n", ":2: mean, p05, p95 are 1, 2, 3"),
        (HEAD + "74,KAZ,1,0,-inf,inf\n", ":2: numbers must be finite"),
        (HEAD + "74,KAZ,1,0,0,0\n74,KAZ,1,0,0,0\n", ":3: session 74, KAZ, dimension 1 stands twice"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "ideal_points.csv"
    path.write_text(text)
    with pytest.raises(MeasureError) as refused:
        read(path)
    assert said in str(refused.value)


def test_no_file_and_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="cannot be read"):
        read(tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MeasureError, match="cannot be read"):
        read(tmp_path / "bytes.csv")


def test_arrays_of_another_shape_are_refused() -> None:
    with pytest.raises(MeasureError, match="p05 is"):
        Standing((74,), ("KAZ",), np.zeros((1, 1, 1)), np.zeros((1, 2, 1)), np.zeros((1, 1, 1)))
