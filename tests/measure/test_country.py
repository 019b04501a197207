from __future__ import annotations

import numpy as np
import pytest

from tightrope.measure.country import BY_NUMBER, could_vote, name_of, seat, state_of


@pytest.mark.parametrize(
    ("code", "name", "state"),
    [
        ("KZ", "", "KAZ"),
        ("NA", "", "NAM"),
        ("namibia", "", None),
        ("", "Namibia", "NAM"),
        ("705", "", "KAZ"),
        ("SUN", "USSR", "RUS"),
        ("GER", "", "DEU"),
        ("260", "", "DEU"),
        ("678", "", "YEM"),
        ("680", "", "YMD"),
        ("", "Côte d’Ivoire", "CIV"),
        ("", "Bosnia & Herzegovina", "BIH"),
        ("XKX", "Kosovo", None),
        ("347", "", None),
        ("", "", None),
    ],
)
def test_what_sources_call_a_seat(code: str, name: str, state: str | None) -> None:
    assert state_of(code, name) == state


def test_serbia_is_told_by_the_day() -> None:
    assert seat("YUG", np.datetime64("2000-10-31")) == "YUG"
    assert seat("YUG", np.datetime64("2000-11-01")) == "SRB"
    assert seat("KAZ", np.datetime64("2000-11-01")) == "KAZ"


def test_who_was_kept_from_voting_could_not_vote() -> None:
    days = np.array(["1974-10-01", "1980-01-01", "1994-07-01"], "datetime64[D]")

    assert could_vote("ZAF", days).tolist() == [True, False, True]
    assert could_vote("KAZ", days).all()


def test_every_seat_has_a_name() -> None:
    for state in set(BY_NUMBER.values()):
        assert name_of(state) != state
