"""Chances of the three answers."""

from __future__ import annotations

import numpy as np
import pytest

from tightrope.measure.ordinal import ABSTAIN, NO, YES, chances


def test_worked_by_hand() -> None:
    found = chances(np.array([0.0, 1.0]), np.array([[-1.0, 0.0], [0.0, 1.0]]))
    assert found[0] == pytest.approx([0.158655, 0.341345, 0.5], abs=1e-6)
    assert found[1] == pytest.approx([0.158655, 0.341345, 0.5], abs=1e-6)


def test_chances_add_up_and_lean_to_yes() -> None:
    lean = np.linspace(-9, 9, 40)
    found = chances(lean, np.array([[-0.5, 0.7]]))
    assert found.sum(1) == pytest.approx(np.ones(40))
    assert (np.diff(found[:, YES]) >= 0).all()
    assert (np.diff(found[:, NO]) <= 0).all()
    assert lean[found[:, ABSTAIN].argmax()] == pytest.approx(0.1, abs=0.25)
