"""Names of a report find their actor in the case or nobody; posts say for whom somebody speaks, and how weightily."""

from __future__ import annotations

import pytest

from tightrope.case.case import Case
from tightrope.report.roster import Roster


@pytest.fixture(scope="module")
def roster(case: Case) -> Roster:
    return Roster(case)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Kazakhstan", "KAZ"),
        ("the Kremlin", "RUS"),
        ("Kassym-Jomart Tokayev", "tokayev"),
        ("Tokaev", "tokayev"),
        ("Putin", "putin"),
        ("CSTO", "CSTO"),
        ("Donetsk and Luhansk people's republics", "dnr"),
        ("Ruritania", None),
        ("", None),
        (None, None),
        ("the president", None),
    ],
)
def test_a_name_finds_its_actor(roster: Roster, name: str | None, actor: str | None) -> None:
    assert roster.find(name) == actor


def test_officials_speak_for_their_state_and_others_for_themselves(roster: Roster) -> None:
    assert roster.speaks_for("tokayev") == "KAZ"
    assert roster.speaks_for("suleimenov") == "KAZ"
    assert roster.speaks_for("zatulin") == "zatulin"
    assert roster.speaks_for("alzhanov") == "alzhanov"
    assert roster.speaks_for("nazarbayev") == "nazarbayev"
    assert roster.speaks_for("KAZ") == "KAZ"


@pytest.mark.parametrize(
    ("actor", "rank"),
    [
        ("putin", "president"),
        ("RUS", "president"),
        ("lavrov", "minister"),
        ("zatulin", "legislator"),
        ("keosayan", "television"),
        ("luzin", "commentator"),
        ("nobody", "commentator"),
    ],
)
def test_a_post_gives_the_rank(roster: Roster, actor: str, rank: str) -> None:
    assert roster.rank(actor) == rank
