"""The calendar: votes at their level, happenings in their months, and what cannot happen."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.model.shipped import case, changed, happening, plain, shipped

from tightrope.errors import ModelError
from tightrope.model.schedule import HORIZON, months_from
from tightrope.model.state import BY_DECIDER, BY_POLE

KINDS = (*BY_POLE, *BY_DECIDER)


def test_months_from_the_start() -> None:
    assert months_from((2022, 7), date(2022, 7, 31)) == 0
    assert months_from((2022, 7), date(2023, 1, 1)) == 6
    assert months_from((2022, 7), date(2022, 6, 30)) == -1


def test_without_a_scenario_the_calendar_is_empty_but_for_the_cap() -> None:
    schedule = plain().schedule
    for kind, usual in {**BY_POLE, **BY_DECIDER}.items():
        if kind != "price_cap":
            assert np.array_equal(schedule[kind], np.full_like(schedule[kind], usual), equal_nan=True), kind
    hull = next(figure.hull for figure in case().figures if figure.id == "kaz.price_cap_months")
    assert hull is not None
    months = round(sum(hull) / 2.0)
    assert schedule["price_cap"][:months, 0].all()
    assert not schedule["price_cap"][months:].any()
    assert not schedule["price_cap"][:, 1:].any()


@pytest.mark.parametrize(
    ("kind", "about", "column"),
    [
        *(
            (kind, pole, place)
            for place, (kind, pole) in enumerate(zip(BY_POLE, plain().poles, strict=False))
        ),
        *(
            (kind, who, place)
            for place, (kind, who) in enumerate(zip(BY_DECIDER, plain().deciders, strict=False))
        ),
    ],
)
def test_a_happening_is_written_into_its_own_months(kind: str, about: str, column: int) -> None:
    schedule = changed(happening(kind, about, 0.7, "2022-09-01", 3)).schedule
    before = plain().schedule
    assert schedule[kind][2:5, column].tolist() == [0.7, 0.7, 0.7]
    for name in KINDS:
        old, new = before[name].copy(), schedule[name]
        if name == kind:
            old[2:5, column] = 0.7
        assert np.array_equal(old, new, equal_nan=True), name


def test_a_happening_without_months_lasts_to_the_end() -> None:
    schedule = changed(happening("route_closed", "KAZ", 1.0, "2022-09-01")).schedule
    assert schedule["route_closed"][:, 0].sum() == HORIZON - 2


def test_the_two_fuel_shocks_differ_in_the_cap_alone() -> None:
    """For the six months of the step, on Kazakhstan; before and after, both are as the outlook is."""
    capped, free = (changed(shipped(name)).schedule for name in ("fuel_shock", "fuel_shock_without_cap"))
    for name in KINDS:
        if name != "price_cap":
            assert np.array_equal(capped[name], free[name], equal_nan=True), name
    assert capped["fuel_step"][:, 0].nonzero()[0].tolist() == list(range(6, 12))
    gap = capped["price_cap"] - free["price_cap"]
    assert gap[6:12, 0].tolist() == [1.0] * 6
    gap[6:12, 0] = 0.0
    assert not gap.any()
    assert np.array_equal(free["price_cap"], plain().schedule["price_cap"])


def test_what_cannot_happen_is_refused() -> None:
    with pytest.raises(ModelError, match="cannot be about USA; one of KAZ"):
        changed(happening("fuel_step", "USA", 1.0))
    with pytest.raises(ModelError, match="one of RUS, CHN, WEST, TUR"):
        changed(happening("tied_down", "KAZ", 1.0))
    with pytest.raises(ModelError, match="can start from 2022-07 on"):
        changed(happening("fuel_step", "KAZ", 1.0, "2022-06-01"))


def test_votes_are_in_order_and_after_the_start() -> None:
    votes = plain().schedule.votes
    assert [vote.month for vote in votes] == sorted(vote.month for vote in votes)
    dates = {item.id: item.date for item in case().resolutions if item.tally is None}
    assert {vote.id: vote.month for vote in votes} == {
        name: months_from((2022, 7), day) for name, day in dates.items() if day > date(2022, 6, 30)
    }
    assert len(votes) > 5


def past(format_: str) -> list:  # type: ignore[type-arg]
    return [
        item
        for item in case().resolutions
        if item.tally is not None and item.format == format_ and item.date <= date(2022, 6, 30)
    ]


@pytest.mark.parametrize("vote", plain().schedule.votes, ids=lambda one: one.id)
def test_a_vote_takes_its_level_from_the_last_of_its_format(vote: object) -> None:
    """The tally plus half a vote for each option, as a share; a decider's precedent, and each pole's side."""
    format_ = next(item.format for item in case().resolutions if item.id == vote.id)  # type: ignore[attr-defined]
    assert vote.format == format_  # type: ignore[attr-defined]
    like = past(format_) or [
        item
        for kind in ("territorial", "human_rights", "militarisation", "membership", "reparations")
        for item in past(kind)
    ]
    latest = max(like, key=lambda item: item.date)
    counts = np.array([latest.tally.get(option, 0) for option in ("no", "abstain", "yes", "absent")]) + 0.5
    assert np.exp(vote.log_base) == pytest.approx(counts / counts.sum())  # type: ignore[attr-defined]
    score = {"no": 0.0, "abstain": 1.0, "yes": 2.0}
    gaps = []
    for item in like:
        if item.votes.get("KAZ", "absent") != "absent":
            cast = {option: item.tally.get(option, 0) for option in score}
            mean = sum(score[option] * count for option, count in cast.items()) / sum(cast.values())
            gaps.append(score[item.votes["KAZ"]] - mean)
    assert vote.precedent[0] == pytest.approx(np.mean(gaps) if gaps else 0.0)  # type: ignore[attr-defined]
    assert vote.stance[0] == -1.0  # Russia has said no to every such text  # type: ignore[attr-defined]
    assert set(vote.stance) <= {-1.0, 0.0, 1.0}  # type: ignore[attr-defined]
