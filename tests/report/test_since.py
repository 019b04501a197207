"""What changed on a watch list, on arrays written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engine.situation import made, situation

from tightrope.engine.result import Result
from tightrope.report.alert import of_runs
from tightrope.report.since import Listed, changes, is_paired


def hit(runs: range, start: tuple[int, int] = (2022, 7)) -> Listed:
    """A hundred runs of fourteen months; in the fifth month of `runs` AAA has unrest, and nothing else is watched."""
    result: Result = made(situation(months=14), runs=100)
    arrays = {
        name: values * 0 if values.dtype.kind == "i" else values for name, values in result.arrays.items()
    }
    arrays["emergency"][0, 4, runs.start : runs.stop] = 1
    result = replace(result, arrays=arrays, manifest=replace(result.manifest, start=start))
    return Listed(result, tuple(one for one in of_runs(result, _Empty()) if one.actor == "AAA"))  # type: ignore[arg-type]


class _Empty:
    """A case without claims."""

    claims = ()
    actors = ()


def word(now: Listed, then: Listed) -> str:
    return changes(now, then)["AAA.unrest"].word


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (range(30), range(30), "same"),
        (range(30), range(60), "rose"),
        (range(60), range(30), "fell"),
        (range(1), range(30), "new"),
        (range(30), range(1), "gone"),
        (range(30), range(31), "same"),
    ],
)
def test_the_same_runs_are_compared_run_by_run(before: range, after: range, said: str) -> None:
    assert word(hit(after), hit(before)) == said


def test_what_is_gone_keeps_its_numbers() -> None:
    found = changes(hit(range(1)), hit(range(30)))["AAA.unrest"]
    assert (found.before, found.mean) == (pytest.approx(0.30), pytest.approx(-0.29))
    assert found.low is not None
    assert found.low < -0.29


def test_pairs_see_what_shares_alone_do_not() -> None:
    """Ten runs more of the same hundred are more than chance; of another hundred they are not."""
    now, then = hit(range(40)), hit(range(30))
    later = hit(range(30), start=(2022, 8))
    assert is_paired(now.result, then.result)
    assert word(now, then) == "rose"
    assert not is_paired(now.result, later.result)
    assert word(now, later) == "same"
    assert word(hit(range(60)), later) == "rose"
