from __future__ import annotations

import numpy as np
import pytest
from tests.measure.standins import standing

from tightrope.errors import MeasureError
from tightrope.report.cited_points import (
    Point,
    claims,
    point,
    rewritten,
    standardised,
    wanted,
    with_source,
    without_unused,
)

FIGURES = """\
figures:
  # Kazakhstan
  - id: kaz.ideal_point
    about: KAZ
    unit: standard deviations
    claims:
      - {value: -0.6, source: old, date: 2019}
      - {value: -0.5, source: old, date: 2018}
  - id: kaz.gdp
    about: KAZ
    claims:
      - {value: 180, source: other, date: 2019}
"""


def test_standardised_estimates_have_mean_nought_and_spread_one() -> None:
    found = standardised(standing())

    assert found.dims == 1
    assert np.nanmean(found.mean, axis=1) == pytest.approx(np.zeros((3, 1)), abs=1e-12)
    assert np.nanstd(found.mean, axis=1) == pytest.approx(np.ones((3, 1)))
    assert (found.p95 - found.p05)[1] == pytest.approx(0.4 / np.nanstd(standing().mean[1, :, 0]))


def test_a_bloc_is_the_mean_of_its_members() -> None:
    single = [point(standing(), [state], 74) for state in ("KAZ", "RUS")]
    both = point(standing(), ["KAZ", "RUS", "XXX"], 74)

    assert both.mean == pytest.approx((single[0].mean + single[1].mean) / 2)
    assert both.high - both.mean == pytest.approx(0.2 * 2**0.5 / 2)
    assert (both.members, both.states) == (2, 4)
    with pytest.raises(MeasureError, match="no vote of theirs is in session 72"):
        point(standing(), ["CHN"], 72)


def test_only_the_claims_of_the_figure_are_replaced() -> None:
    points = [Point(73, 0.1, 0.0, 0.2, 193), Point(74, 0.2, 0.1, 0.3, 193)]
    text = rewritten(FIGURES, {"kaz.ideal_point": points}, "ours")

    assert "source: old" not in text
    assert text.count("source: ours") == 4
    assert text.index("date: 2019, note") < text.index("date: 2018, note")
    for line in FIGURES.splitlines():
        assert line in text or "source: old" in line
    assert rewritten(text, {"kaz.ideal_point": points}, "ours") == text


def test_the_last_session_gives_a_mean_and_two_limits() -> None:
    lines = claims([Point(73, -0.5, -0.7, -0.3, 193, 19), Point(74, -0.6894, -0.8, -0.58, 193, 19)], "ours")

    assert "value: -0.500, bound: about" in lines.pop()
    assert [line.split("bound: ")[1].split(",")[0] for line in lines] == ["about", "lower", "upper"]
    assert "value: -0.689" in lines[0]
    assert "unweighted mean of 19 states" in lines[0]


def test_a_figure_that_is_not_there_is_said() -> None:
    with pytest.raises(MeasureError, match=r"no entry `- id: xxx\.ideal_point`"):
        rewritten(FIGURES, {"xxx.ideal_point": []}, "ours")


def test_a_source_is_added_once() -> None:
    text = "sources:\n  - {id: a, title: A}\n  - id: b\n    title: B\n"
    once = with_source(text, "ours", "  - {id: ours, title: O}")

    assert once.splitlines()[2] == "  - {id: ours, title: O}"
    assert with_source(once, "ours", "  - {id: ours, title: P}").count("ours") == 1


def test_who_stands_for_whom() -> None:
    figures = {
        "kaz.ideal_point": "KAZ",
        "west.ideal_point": "WEST",
        "arab.ideal_point": "ARAB",
        "kaz.gdp": "KAZ",
    }

    assert wanted(figures, {"ARAB": ("EGY", "SAU")}, {"WEST": "USA"}) == {
        "kaz.ideal_point": ("KAZ",),
        "west.ideal_point": ("USA",),
        "arab.ideal_point": ("EGY", "SAU"),
    }
    with pytest.raises(MeasureError, match="--for WEST=USA"):
        wanted(figures, {"ARAB": ("EGY",)}, {})
    with pytest.raises(MeasureError, match="has no figure"):
        wanted({"kaz.gdp": "KAZ"}, {}, {})


def test_an_assumption_becomes_a_citation() -> None:
    assumed = FIGURES.replace(
        "    claims:\n      - {value: -0.6, source: old, date: 2019}\n      - {value: -0.5, source: old, date: 2018}\n",
        "    scenario: true\n    low: -1\n    high: 1\n    why: >-\n      EXAMPLE, no source:\n      a placeholder\n",
    )
    text = rewritten(assumed, {"kaz.ideal_point": [Point(74, 0.2, 0.1, 0.3, 193)]}, "ours")

    for word in ("scenario", "low: -1", "why", "EXAMPLE", "placeholder"):
        assert word not in text
    assert text.count("claims:") == 2
    assert text.index("source: ours") < text.index("kaz.gdp")


def test_a_source_that_nothing_cites_any_more_is_taken_out() -> None:
    sources = "sources:\n  - {id: old, title: O}\n  - {id: other, title: P}\n  - {id: never, title: N}\n"
    after = FIGURES.replace("source: old", "source: ours")

    assert without_unused(sources, FIGURES, [after]) == sources.replace("  - {id: old, title: O}\n", "")
    assert without_unused(sources, FIGURES, [after, "source: old"]) == sources
