"""How sure a change is: the mean with its error, the spread over runs, and what is drawn that moves it."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest

from tightrope.case.load import load_case
from tightrope.engine.result import Result
from tightrope.engine.simulate import Plan, plan, run
from tightrope.report.certainty import MOST, Certainty, certainties
from tightrope.report.frame import leanings
from tightrope.report.series import shares
from tightrope.report.spread import draws_of

RUNS = 400


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, Plan]:
    case = load_case("kazakhstan-2022")
    return plan(case), plan(case, "china_steps_in")


@pytest.fixture(scope="module")
def pair(plans: tuple[Plan, Plan]) -> tuple[Result, Result]:
    first, second = (run(one, RUNS, 1) for one in plans)
    return first, second


@pytest.fixture(scope="module")
def found(plans: tuple[Plan, Plan], pair: tuple[Result, Result]) -> tuple[Certainty, ...]:
    return certainties(pair[1], pair[0], plans[1].known.case, plans[1].blueprint)


def change(pair: tuple[Result, Result], name: str) -> Any:
    before, after = (next(one for one in shares(each) if one.id == name).values()[-1] for each in pair)
    return after.astype(float) - before


def test_every_power_has_the_numbers_of_the_strip(found: Any, pair: Any) -> None:
    for one, told in zip(found, leanings(pair[1], pair[0]), strict=True):
        assert (one.id, [one.mean, one.low, one.high]) == (told["id"], told["gap"])
        assert [one.quantiles[0], one.quantiles[-1]] == told["spread"]
        assert one.share - one.before == pytest.approx(one.mean, abs=1e-4)


def test_the_error_of_the_mean_is_far_narrower_than_the_runs(found: Any, pair: Any) -> None:
    china = next(one for one in found if one.id == "share-chn")
    differs = change(pair, "share-chn")
    assert china.high - china.low == pytest.approx(2 * 1.645 * differs.std() / sqrt(RUNS), rel=0.01)
    assert china.quantiles[-1] - china.quantiles[0] > 5 * (china.high - china.low)
    assert china.rises == pytest.approx((differs > 0).mean())
    assert china.falls == pytest.approx((differs < 0).mean())


def test_what_moves_it_is_the_mean_of_thirds_of_the_runs(found: Any, pair: Any, plans: Any) -> None:
    china = next(one for one in found if one.id == "share-chn")
    assert 0 < len(china.assumptions) <= MOST
    sizes = [abs(one.high - one.low) for one in china.assumptions]
    assert sizes == sorted(sizes, reverse=True)
    differs, third, thirds = change(pair, "share-chn"), RUNS // 3, []
    for drawn in draws_of(pair[1], plans[1].blueprint).values():
        order = np.argsort(drawn, kind="stable")
        thirds.append((differs[order[:third]].mean(), differs[order[-third:]].mean()))
    first = china.assumptions[0]
    assert any((first.low, first.high) == pytest.approx(each) for each in thirds)
    assert first.meaning == "Weight of the economy account in every decision"


def test_it_is_told_over_the_wire(client: Any) -> None:
    asked = {"base": "china_steps_in", "runs": 60, "months": 8}
    told = client.post("/api/certainty", json=asked).json()
    assert told["runs"] == 60
    assert [one["id"] for one in told["shares"]][:2] == ["share-rus", "share-chn"]
    still = client.post("/api/certainty", json={"runs": 60, "months": 8}).json()
    assert all((one["mean"], one["rises"], one["assumptions"]) == (0.0, 0.0, []) for one in still["shares"])
