"""The watch list: severity by its written scale, who comes first, and levers that move a warning."""

from __future__ import annotations

import pytest
from tests.engine.situation import made, situation
from tests.model.shipped import changed, shipped

from tightrope.engine.ensemble import ensemble
from tightrope.engine.manifest import Origin
from tightrope.engine.result import Result, result
from tightrope.report.watch import GRAVITY, LIKELY, SEVERITY, Warned, watch_list


def run(scenario: str | None = None) -> Result:
    blueprint = changed(shipped(scenario) if scenario else None)
    return result(
        ensemble(blueprint, 500, 11), blueprint, Origin("kazakhstan_2022", "0" * 64, "2022-06-30", "x")
    )


def about(found: tuple[Warned, ...], event: str, actor: str = "KAZ") -> Warned | None:
    return next((one for one in found if (one.actor, one.event) == (actor, event)), None)


def test_the_scale_by_hand() -> None:
    """Arrays written by hand: 30 of 100 within the year is 3 times likely, so unrest is an alarm."""
    base = made(situation(months=14), runs=100)
    emergency = base.arrays["emergency"]
    emergency[:] = 0
    emergency[0, 4, :30] = 1
    emergency[1, 2, :9] = 1
    emergency[2, 13, :] = 1
    found = watch_list(base)
    first, second = about(found, "unrest", "AAA"), about(found, "unrest", "BBB")
    assert first is not None
    assert second is not None
    assert (first.severity, first.score, first.runs, first.frequency) == ("alarm", 9, 30, 0.3)
    assert first.month == str(base.months[4])[:7]
    assert (second.severity, second.score) == ("warning", 3)
    assert about(found, "unrest", "CCC") is None  # it comes after the year


def test_the_focus_comes_first_and_of_each_the_gravest() -> None:
    found = watch_list(run())
    mine = [one.actor == "KAZ" for one in found]
    assert mine == sorted(mine, reverse=True)
    for own in (True, False):
        scores = [one.score for one in found if (one.actor == "KAZ") == own]
        assert scores
        assert scores == sorted(scores, reverse=True)
    assert all(one.frequency >= LIKELY[0] and one.event in GRAVITY for one in found)
    assert {one.severity for one in found} <= {word for _, word in SEVERITY}
    assert all(one.low <= one.frequency <= one.high for one in found)


@pytest.mark.parametrize(
    ("scenario", "event"),
    [
        ("fuel_shock_without_cap", "unrest"),
        ("secondary_sanctions", "secondary_sanctions"),
        ("threat_to_the_north", "territorial_crisis"),
        ("csto_left", "leaves_alliance"),
    ],
)
def test_a_lever_raises_its_warning(scenario: str, event: str) -> None:
    before, after = about(watch_list(run()), event), about(watch_list(run(scenario)), event)
    assert after is not None
    assert after.score > (before.score if before else 0)
