"""What moved a share: parts in points that add up to the difference of every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.engine.result import Result
from tightrope.model.alignment import LEAST
from tightrope.model.choice import Array
from tightrope.report.pull import between, chief, chiefs, logs, of_runs, pulls, split
from tightrope.report.why import leanings


def tables(seed: int, runs: int = 20) -> tuple[Array, Array]:
    """What five accounts add to four shares, twice."""
    draw = np.random.default_rng(seed).normal
    return draw(size=(4, 5, runs)), draw(size=(4, 5, runs))


def test_the_logarithmic_mean_by_hand() -> None:
    found = between(np.log([2.0, 0.3]), np.log([1.0, 0.3]))
    assert found == pytest.approx([1.0 / np.log(2.0), 0.3])


@given(st.integers(0, 10_000))
def test_the_logarithmic_mean_lies_between_geometric_and_arithmetic(seed: int) -> None:
    one, other = np.random.default_rng(seed).uniform(1e-9, 1.0, size=(2, 50))
    found = between(np.log(one), np.log(other))
    assert (np.sqrt(one * other) <= found * (1 + 1e-12)).all()
    assert (found <= (one + other) / 2 * (1 + 1e-12)).all()


@given(st.integers(0, 10_000))
def test_parts_add_up_to_the_difference_of_every_share_in_every_run(seed: int) -> None:
    now, was = tables(seed)
    own, others = split(now, was)
    assert (own + others).sum(axis=1) == pytest.approx(
        100.0 * (np.exp(logs(now)) - np.exp(logs(was))), abs=1e-10
    )


def test_a_share_too_small_to_tell_moves_by_what_there_is() -> None:
    """Levers at their ends can leave a power less than any number: no warning, no remainder."""
    now, was = tables(5)
    now[2, 1] -= 2000.0
    was[3, 1] -= 2000.0
    own, others = split(now, was)
    assert np.isfinite(own).all()
    assert np.isfinite(others).all()
    gap = 100.0 * (np.exp(logs(now)) - np.exp(logs(was)))
    assert (own + others).sum(axis=1) == pytest.approx(gap, abs=1e-9)


@given(st.integers(0, 10_000), st.floats(-5.0, 5.0))
def test_what_is_added_to_all_alike_moves_nothing(seed: int, more: float) -> None:
    now, was = tables(seed)
    raised = now.copy()
    raised[:, 2] += more
    plain, other = (sum(split(each, was)) for each in (now, raised))
    assert other == pytest.approx(plain, abs=1e-10)


def test_what_one_pole_alone_changes_is_its_own_for_it_and_the_others_for_them() -> None:
    _, was = tables(3)
    now = was.copy()
    now[1, 0] += 0.7
    own, others = split(now, was)
    assert (own[1, 0] > 0).all()
    assert not others[1].any()
    assert not np.delete(own, 1, axis=0).any()
    assert (np.delete(others, 1, axis=0)[:, 0] < 0).all()
    assert not (own + others)[:, 1:].any()


def test_turned_round_the_parts_change_sign() -> None:
    now, was = tables(4)
    forth, back = (sum(split(*each)) for each in ((now, was), (was, now)))
    assert back == pytest.approx(-forth, abs=1e-12)


def test_the_chief_reason_needs_half_and_speaks_for_the_change() -> None:
    names = ["economy", "security", "risk"]
    nothing = np.zeros(3)
    assert chief(names, np.array([3.0, 1.0, -2.0]), nothing) == "chiefly trade and offers"
    assert chief(names, np.array([1.0, -3.0, 0.0]), nothing) == "chiefly protection and threats"
    assert chief(names, nothing, np.array([-2.0, 0.0, 0.5])) == "chiefly the others’ trade and offers"
    both = chief(["economy", "security", "risk", "anchor"], np.array([1.0, 0.9, 0.8, 0.0]), np.zeros(4))
    assert both == "by trade and offers, and by protection and threats"
    assert chief(names, nothing, nothing) == ""


def test_shares_are_those_of_the_last_month(result: Result) -> None:
    place = result.axes["actor"].index(result.manifest.focus)
    last = result.arrays["alignment"][:, place, -1].astype(float)
    assert np.exp(logs(of_runs(result))) == pytest.approx(last, abs=2e-5)


def test_every_share_of_a_scenario_is_explained(result: Result, others: Mapping[str, Result]) -> None:
    other = others["secondary_sanctions"]
    place = result.axes["actor"].index(result.manifest.focus)
    found = pulls(other, result)
    assert [one.id for one in found] == [name.lower() for name in result.axes["pole"]]
    for row, one in enumerate(found):
        gap = 100.0 * (other.arrays["alignment"][row, place, -1] - result.arrays["alignment"][row, place, -1])
        assert one.total == pytest.approx(float(gap.mean()), abs=1e-3)
        assert sum(part.mean for part in one.parts) == pytest.approx(one.total, abs=1e-9)
        for part in one.parts:
            assert part.own + part.others == pytest.approx(part.mean, abs=1e-9)
    assert sum(one.total for one in found) == pytest.approx(0.0, abs=1e-9)
    assert chiefs(other, result) == tuple(one.chief for one in found)
    assert "economy" in {part.account for part in found[0].parts}


def test_nothing_moved_has_no_reason(result: Result) -> None:
    assert set(chiefs(result, result)) == {""}
    same = replace(result)
    assert set(chiefs(same, result)) == {""}
    assert all(one.parts == () and one.total == 0.0 for one in pulls(same, result))


def test_tables_power_by_power_sum_to_the_odds_against_own_strength(result: Result) -> None:
    """Of runs in which no share was held at the least there is (`alignment.LEAST`)."""
    place = result.axes["actor"].index(result.manifest.focus)
    free = result.arrays["alignment"][:, place].min(axis=(0, 1)) > 2.0 * LEAST
    assert free.mean() > 0.95
    result = replace(result, arrays={name: values[..., free] for name, values in result.arrays.items()})
    last = np.log(result.arrays["alignment"][:, place, -1].astype(float))
    found = leanings(result)
    assert [one.id for one in found] == [f"leaning-{name.lower()}" for name in result.axes["pole"][:-1]]
    for row, one in enumerate(found):
        assert one.total == pytest.approx(float((last[row] - last[-1]).mean()), abs=1e-3)
        assert sum(each.mean for each in one.rows) == pytest.approx(one.total, abs=1e-9)


def test_the_table_of_two_powers_is_the_difference_of_theirs(result: Result) -> None:
    """Its accounts are means over months, theirs sums; its first row is that of the months before, theirs the start."""
    whole = of_runs(result)
    west, target = (result.axes["pole"].index(name) for name in ("WEST", "RUS"))
    between_ = (whole[west] - whole[target]) / result.manifest.months
    assert between_[1:] == pytest.approx(result.arrays["why_alignment"][1:].astype(float), abs=1e-5)
