"""What carries a judgement says on which runs it was measured, and how these stand to all."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("fastapi", reason="fastapi is not installed")

from tightrope.report.leverage import Leverage
from tightrope.report.views.judgements import measured_on


def test_fewer_runs_than_the_page_shows_are_told_apart() -> None:
    happened = np.arange(1000) % 2 == 0
    happened[:500] |= np.arange(500) % 25 == 1
    assert measured_on(Leverage(500, {}, {}), happened) == (
        "Measured in the baseline, without the levers, on 500 of its 1,000 runs: 52 of 100 there, 51 of 100 on all"
    )


def test_the_same_runs_need_no_second_number() -> None:
    said = measured_on(Leverage(40, {}, {}), np.ones(40, dtype=bool))
    assert said == "Measured in the baseline, without the levers, on its 40 runs: 100 of 100"
    assert measured_on(None, np.ones(40, dtype=bool)) is None
