from __future__ import annotations

import re

import numpy as np
import pytest

from tightrope.report import chart
from tightrope.report.fan import Band, Fan
from tightrope.report.findings import Findings


def fan(*rows: tuple[float, float, float, float, float], **options: float) -> Fan:
    months = tuple(f"January {2022 + number}" for number in range(len(rows)))
    return Fan("x", "Title", "unit", months, (Band("x", rows),), **options)  # type: ignore[arg-type]


def places(path: str) -> list[tuple[float, float]]:
    """The points of a path that goes from each to the next by steps."""
    numbers = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", path)]
    steps = np.array(numbers).reshape(-1, 2)
    return [(float(x), float(y)) for x, y in steps.cumsum(axis=0)]


def test_a_chart_stays_in_its_box_whatever_the_values() -> None:
    drawn = chart.draw(fan((-5, -1, 0, 1, 900), (0, 1, 2, 3, 4), floor=0.0, ceiling=100.0))
    xs, ys = zip(*places(drawn.outer), strict=True)
    assert len(xs) == 4
    assert chart.LEFT <= min(xs) <= max(xs) <= drawn.width - chart.RIGHT
    assert chart.TOP <= min(ys) <= max(ys) <= drawn.bottom


def test_a_path_of_steps_comes_back_to_its_points() -> None:
    rows = [(0, 1, value, 3, 4.0) for value in (0.0, 2.5, 2.5, 1.0, 3.9)]
    drawn = chart.draw(fan(*rows, floor=0.0, ceiling=4.0))
    height = drawn.bottom - chart.TOP
    wanted = [drawn.bottom - value / 4.0 * height for _, _, value, _, _ in rows]
    np.testing.assert_allclose([y for _, y in places(drawn.middle)], wanted, atol=0.25)


@pytest.mark.parametrize("value", [0.0, -3.0, 1e-9, 12345.0])
def test_a_flat_series_can_be_drawn(value: float) -> None:
    row = (value,) * 5
    drawn = chart.draw(fan(row, row))
    assert len(drawn.y) >= 2
    assert drawn.middle.startswith("M")


def test_one_month_can_be_drawn() -> None:
    assert chart.draw(fan((1, 2, 3, 4, 5))).rows == (("January 2022", "1.0", "2.0", "3.0", "4.0", "5.0"),)


def test_the_waterfall_ends_at_its_sum(findings: Findings) -> None:
    for why in findings.whys:
        bars, zero = chart.waterfall(why)
        assert len(bars) == len(why.rows) + 1
        assert all(0 <= bar.start <= bar.start + bar.length <= 100.5 for bar in bars)
        last = bars[-1]
        assert zero in (pytest.approx(last.start, abs=0.5), pytest.approx(last.start + last.length, abs=0.5))


def test_stacked_shares_fill_the_track(findings: Findings) -> None:
    bars = chart.stacked(findings.ballots[0].shares)
    assert bars[0].start == 0
    assert bars[-1].start + bars[-1].length == pytest.approx(100, abs=0.05)


def test_a_difference_beyond_the_axis_gets_an_arrow(findings: Findings) -> None:
    contrast = next(one for one in findings.contrasts if one.id == "secondary_sanctions")
    found, limit = chart.dots(contrast)
    assert limit == chart.WIDEST
    shown = [gap.name for gap in contrast.gaps if gap.points and gap.large]
    assert len(found) == len(shown)
    assert found[shown.index("kaz.secondary_sanctions")].off == "right"
    assert all(0 <= dot.low <= dot.high <= 100 for dot in found)
