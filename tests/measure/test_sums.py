"""Sums over cells, plain and compiled."""

from __future__ import annotations

import numpy as np
import pytest

from tightrope.kernel import chosen
from tightrope.measure import sums

TABLE = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0]])
AT, GROUP = np.array([0, 1, 1, 2]), np.array([1, 0, 1, 1])


@pytest.mark.parametrize("wish", ["0", ""])
def test_worked_by_hand(wish: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "compiled", chosen("tightrope.measure.fast", wish))
    assert sums.dots(TABLE, AT, TABLE, np.array([1, 1, 0, 2])) == pytest.approx([1, 10, 1, 0.25])
    first, second = sums.moments(TABLE, AT, GROUP, 3, np.array([1.0, 2.0, 3.0, 4.0]))
    assert first == pytest.approx(np.array([[6, -2], [1 + 9 + 2, 2 - 3], [0, 0]]))
    assert second[0] == pytest.approx(np.array([[9, -3], [-3, 1]]))
    assert second[1] == pytest.approx(np.array([[1 + 9 + 0.25, 2 - 3], [2 - 3, 4 + 1]]))
    _, weighted = sums.moments(TABLE, AT, GROUP, 3, np.zeros(4), np.array([1.0, 5.0, 0.0, 0.0]))
    assert weighted[0, 0, 0] == pytest.approx(45)
