from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from tests.measure.standins import standing

from tightrope.measure.standing import Standing
from tightrope.report import tracks

CHOSEN = ("CHN", "KAZ", "USA")


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_track_runs_through_its_sessions_within_the_field(size: str) -> None:
    plot = tracks.tracks(standing(), CHOSEN, 0, size)
    lines = {mark.state: places(mark.path) for mark in plot.marks}

    assert {state: len(line) for state, line in lines.items()} == {"CHN": 2, "KAZ": 3, "USA": 3}
    for mark in plot.marks:
        assert len(places(mark.band)) == 2 * len(lines[mark.state])
        for x, y in [*lines[mark.state], *places(mark.band)]:
            assert plot.left <= x <= plot.right
            assert tracks.TOP - 0.1 <= y <= plot.bottom + 0.1
    assert lines["USA"][0][1] < lines["KAZ"][0][1]


def test_labels_keep_apart_and_within() -> None:
    states = ("KAZ", "KGZ", "UZB", "TJK", "TKM", "RUS")
    mean = np.linspace(0.0, 0.01, len(states))[None, :, None] * np.ones((2, 1, 1))
    plot = tracks.tracks(Standing((73, 74), states, mean, mean - 1.0, mean + 1.0), states, 0, "wide")
    labels = sorted(mark.label_y for mark in plot.marks)

    assert all(after - before >= tracks.APART - 0.2 for before, after in pairwise(labels))
    assert labels[-1] <= plot.bottom
    assert any(mark.lead for mark in plot.marks)


def test_the_map_names_the_chosen_and_dots_the_rest() -> None:
    plot = tracks.world(standing(), CHOSEN, 74, "wide")

    assert {mark.state for mark in plot.marks} == set(CHOSEN)
    assert [dot.name for dot in plot.dots] == ["Russia"]
    assert len(places(plot.marks[0].path)) == 4  # two arms
    assert "4 states" in plot.description
    assert tracks.world(standing(), CHOSEN, 72, "wide").description.startswith("3 states")


def test_in_one_dimension_states_are_heaped() -> None:
    states = ("KAZ", "KGZ", "UZB")
    mean = np.zeros((1, 3, 1))
    plot = tracks.world(Standing((74,), states, mean, mean - 1, mean + 1), ("KAZ",), 74, "narrow")

    assert plot.y == ()
    assert len({dot.y for dot in plot.dots} | {plot.marks[0].y}) == 3
    assert len({dot.x for dot in plot.dots} | {plot.marks[0].x}) == 1


def test_labels_of_the_map_do_not_cover_each_other() -> None:
    states = ("KAZ", "KGZ", "UZB", "RUS", "CHN", "USA")
    mean = np.random.default_rng(2).normal(0.0, 0.01, (1, 6, 2))
    mean[0, 5] = 5.0
    plot = tracks.world(Standing((74,), states, mean, mean - 0.1, mean + 0.1), states, 74, "wide")
    for one in plot.marks:
        for other in plot.marks:
            apart = abs(one.label_x - other.label_x) >= tracks.LABEL or abs(one.label_y - other.label_y) >= 12
            assert one is other or apart


def test_the_year_of_a_session() -> None:
    assert tracks.year(1) == 1946
    assert [tick.label for tick in tracks.tracks(standing(), CHOSEN, 0, "wide").x] == ["2017", "2018", "2019"]
    assert "Kazakhstan from" in tracks.tracks(standing(), CHOSEN, 0, "wide").description
