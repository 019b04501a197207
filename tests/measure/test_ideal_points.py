"""The estimator as a whole: truth found again, intervals that hold it, and what it does at the edges."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from tests.measure.simulated import rolls, simulated

from tightrope.errors import MeasureError
from tightrope.measure import normal, sums
from tightrope.measure.ideal_points import Estimates, fit
from tightrope.measure.identify import turned
from tightrope.measure.votes import read_votes

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("TIGHTROPE_SHARED", ROOT / ".." / "shared")) / "data" / "unga"
ANCHORS = ("S00", "S01")


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    both = np.isfinite(one) & np.isfinite(other)
    return float(np.corrcoef(one[both], other[both])[0, 1])


@pytest.mark.parametrize("dims", [1, 2, 3])
def test_the_truth_is_found_again(dims: int) -> None:
    truth = simulated(dims=dims, each=60, sessions=3)
    found = fit(truth.rolls, dims, ANCHORS, draws=60, burn=40)
    there = np.ones(found.mean.shape[:2], bool)
    true = truth.point @ turned(truth.point, found.mean, there)
    assert [correlation(found.mean[..., dim], true[..., dim]) > 0.95 for dim in range(dims)] == [True] * dims


def test_ninety_per_cent_intervals_hold_the_truth_in_85_to_95() -> None:
    inside = []
    for seed in range(4):
        truth = simulated(seed, sessions=4, states=40, each=40)
        found = fit(truth.rolls, 1, ANCHORS, draws=250, burn=80, seed=seed)
        sign = np.sign(correlation(truth.point, found.mean))
        inside.append((found.p05 <= sign * truth.point) & (sign * truth.point <= found.p95))
    assert 0.85 <= np.mean(inside) <= 0.95


def test_the_first_anchor_is_on_the_positive_side() -> None:
    truth = simulated()
    one = fit(truth.rolls, 1, ("S00", "S01"), draws=30, burn=10)
    other = fit(truth.rolls, 1, ("S01", "S00"), draws=30, burn=10)
    assert np.nanmean(one.mean[:, 0] - one.mean[:, 1]) > 0
    assert correlation(one.mean, other.mean) < -0.97


def test_directions_and_points_belong_together() -> None:
    """Who leans far to yes says yes: β·θ is higher for those who did, on nearly every roll call."""
    truth = simulated(dims=2)
    found = fit(truth.rolls, 2, ANCHORS, draws=30, burn=10)
    assert found.items.slope.shape[1:] == (2, 3)
    right = []
    for place, ids in enumerate(found.items.ids):
        row = truth.rolls.items.index(ids[0])
        lean = found.mean[truth.rolls.session[row] - 1] @ found.items.slope[place, :, 0]
        yes = truth.rolls.choice[row] == 1
        if 3 < yes.sum() < 37:
            right.append(lean[yes].mean() > lean[~yes].mean())
    assert np.mean(right) > 0.97


def test_scale_and_origin_are_fixed() -> None:
    found = fit(simulated(dims=2).rolls, 2, ANCHORS, draws=40, burn=20)
    assert np.nanmean(found.mean, axis=(0, 1)) == pytest.approx([0, 0], abs=1e-6)
    assert np.nanstd(found.mean, axis=(0, 1)) == pytest.approx([1, 1], abs=0.08)
    assert (found.p05 <= found.mean).all()
    assert (found.mean <= found.p95).all()


def test_a_seed_gives_the_same_estimates_and_another_seed_others() -> None:
    truth = simulated(sessions=2)
    one, same, other = (fit(truth.rolls, 1, ANCHORS, draws=20, burn=5, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.mean, same.mean)
    assert not np.array_equal(one.mean, other.mean)


def test_without_numba_the_estimates_are_the_same_but_for_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    truth = simulated(sessions=2, each=50)
    fast = fit(truth.rolls, 1, ANCHORS, draws=60, burn=20)
    monkeypatch.setattr(normal, "compiled", None)
    monkeypatch.setattr(sums, "compiled", None)
    assert correlation(fast.mean, fit(truth.rolls, 1, ANCHORS, draws=60, burn=20).mean) > 0.995


def test_identical_resolutions_tie_sessions_together() -> None:
    truth = simulated(3, sessions=3, each=40, step=0.8, bridged=True)
    found = fit(truth.rolls, 1, ANCHORS, draws=80, burn=40)
    assert len(found.items.ids) == 40
    assert found.items.ids[0] == ("i0", "i40", "i80")
    assert abs(correlation(found.mean, truth.point)) > 0.97


def test_unanimous_votes_change_nothing() -> None:
    truth = simulated(sessions=2)
    choice = np.concatenate([truth.rolls.choice, np.ones((3, 40), np.int8)])
    more = rolls(choice, np.append(truth.rolls.session, [2, 2, 2]))
    one, other = (fit(each, 1, ANCHORS, draws=10, burn=5) for each in (truth.rolls, more))
    assert np.array_equal(one.mean, other.mean)


def narrowed(choice: np.ndarray) -> Estimates:
    return fit(rolls(choice, np.repeat([1, 2, 3, 4], 30)), 1, ANCHORS, draws=60, burn=20)


def test_a_state_with_a_single_vote_has_a_wide_interval_and_no_estimate_elsewhere() -> None:
    choice = simulated().rolls.choice.copy()
    choice[:, 39] = 0
    choice[35, 39] = 1
    found = narrowed(choice)
    width = (found.p95 - found.p05)[..., 0]
    assert np.isnan(found.mean[[0, 2, 3], 39]).all()
    assert width[1, 39] > 2 * np.nanmedian(width)


def test_a_new_state_starts_with_its_first_vote() -> None:
    choice = simulated().rolls.choice.copy()
    choice[:60, 39] = 0
    found = narrowed(choice)
    assert np.isnan(found.mean[:2, 39]).all()
    assert np.isfinite(found.mean[2:, 39]).all()


def test_absence_is_estimated_where_asked() -> None:
    choice = simulated().rolls.choice.copy()
    choice[np.arange(0, 120, 2), 5] = 4
    made = rolls(choice, np.repeat([1, 2, 3, 4], 30))
    found = fit(made, 1, ANCHORS, absence=True, draws=10, burn=5)
    assert found.absences is not None
    assert found.absences[:, 5, 0] == pytest.approx([0.5] * 4, abs=0.1)
    assert found.absences[:, :5, 0].max() < 0.1
    assert (found.absences[:, 5, 1] < 0.5).all()
    assert (found.absences[:, 5, 2] > 0.5).all()
    assert fit(made, 1, ANCHORS, draws=10, burn=5).absences is None


@pytest.mark.parametrize(
    ("dims", "anchors", "said"),
    [
        (0, ANCHORS, "1 to 3 dimensions"),
        (4, ANCHORS, "1 to 3 dimensions"),
        (1, (), "0 anchors for 1 dimension; name one to 2"),
        (1, ("S00", "S01", "S02"), "3 anchors for 1 dimension"),
        (2, ("S00", "S00"), "named twice"),
        (1, ("S00", "XXX"), "anchor XXX has no vote"),
    ],
)
def test_what_cannot_be_estimated_is_refused(dims: int, anchors: tuple[str, ...], said: str) -> None:
    with pytest.raises(MeasureError, match=said):
        fit(simulated(sessions=1, each=5).rolls, dims, anchors)


def test_too_few_states_are_refused() -> None:
    with pytest.raises(MeasureError, match="2 states and 1 divided roll calls are too few"):
        fit(rolls([[1, 3]], [1]), 1, ANCHORS)


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="shared/ does not lie beside the checkout")
@pytest.mark.filterwarnings("ignore")
def test_published_estimates_are_met() -> None:
    """Four sessions only, so that it is quick: bench/votes.py has all of them, and the goal."""
    names = ("unvotes_un_votes.rda", "unvotes_un_roll_calls.rda", "voeten_resolution_matches.csv")
    some = read_votes([DATA / name for name in names]).select(sessions=range(69, 73))
    found = fit(some, draws=60, burn=40)
    theirs = np.full(found.mean.shape[:2], np.nan)
    with (DATA / "IdealpointestimatesAll_Apr2020.csv").open(encoding="latin-1") as lines:
        for row in csv.DictReader(lines):
            if int(row["session"]) in found.sessions and row["iso3c"] in found.states:
                place = found.sessions.index(int(row["session"])), found.states.index(row["iso3c"])
                theirs[place] = float(row["IdealPoint"])
    assert np.isfinite(theirs).sum() > 700
    assert correlation(found.mean[..., 0], theirs) > 0.97
