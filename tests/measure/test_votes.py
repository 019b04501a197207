from __future__ import annotations

import datetime
import os
from dataclasses import FrozenInstanceError
from pathlib import Path

import numpy as np
import pytest
from tests.measure.rollcalls import CALLS, LIBRARY, VOETEN, VOTES, r_files

from tightrope.errors import MeasureError
from tightrope.measure import cache
from tightrope.measure.votes import ABSENT, ABSTAIN, MISSING, NO, YES, RollCalls, read_votes

ROOT = Path(__file__).resolve().parents[2]
UNGA = Path(os.environ.get("TIGHTROPE_SHARED", ROOT / ".." / "shared")) / "data" / "unga"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIGHTROPE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def put(folder: Path, text: str, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def answers(rolls: RollCalls, state: str) -> list[int]:
    return rolls.choice[:, rolls.states.index(state)].tolist()


def test_the_r_files_tell_absent_from_no_member(tmp_path: Path) -> None:
    rolls = read_votes(r_files(tmp_path))

    assert rolls.items == ("1", "2", "3")
    assert rolls.title == ("first", "second", "third")
    assert rolls.session.tolist() == [30, 60, 61]
    assert rolls.issues == (("nu",), (), ("hr",))
    assert answers(rolls, "USA") == [NO, NO, YES]
    assert answers(rolls, "RUS") == [YES, ABSTAIN, ABSENT]
    assert answers(rolls, "NAM") == [MISSING, YES, ABSTAIN]
    assert "absences" in rolls.notes[0]


def test_yugoslavia_ends_and_serbia_takes_the_seat_of_2000(tmp_path: Path) -> None:
    rolls = read_votes(r_files(tmp_path))

    assert answers(rolls, "YUG") == [YES, MISSING, MISSING]
    assert answers(rolls, "SRB") == [MISSING, NO, ABSENT]


def test_a_day_that_is_only_a_weekday_becomes_the_end_of_its_month(tmp_path: Path) -> None:
    rolls = read_votes(r_files(tmp_path))

    assert rolls.date.astype(str).tolist() == ["1975-11-30", "2005-11-08", "2006-11-08"]


def test_what_was_read_once_is_kept_and_a_damaged_cache_is_read_past(
    tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import rdata

    paths = r_files(tmp_path)
    first = read_votes(paths)
    kept = sorted(own_cache.iterdir())
    assert len(kept) == 3
    with monkeypatch.context() as without:
        without.setattr(rdata, "read_rda", lambda path: pytest.fail("read again"))
        second = read_votes(paths)
    kept[0].write_bytes(b"half")
    third = read_votes(paths)

    for other in (second, third):
        assert (other.choice == first.choice).all()
        assert other.states == first.states


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = put(tmp_path, "a file", "blocked")
    monkeypatch.setenv("TIGHTROPE_CACHE", str(blocked / "cache"))

    assert len(read_votes(r_files(tmp_path))) == 3
    assert cache.folder() == blocked / "cache"


def test_the_digital_librarys_csv(tmp_path: Path) -> None:
    rolls = read_votes(put(tmp_path, LIBRARY))

    assert rolls.items == ("A/RES/40/100", "A/RES/ES-11/1")
    assert rolls.session.tolist() == [40, 76]
    assert answers(rolls, "RUS") == [YES, NO]
    assert answers(rolls, "DEU") == [ABSTAIN, MISSING]
    assert answers(rolls, "UZB") == [MISSING, ABSENT]
    assert answers(rolls, "NAM") == [MISSING, ABSTAIN]
    assert rolls.issues == (("di", "nu"), ())


def test_its_first_edition_named_columns_otherwise(tmp_path: Path) -> None:
    head, _, body = LIBRARY.partition("\n")
    for name in ("ms_code", "ms_name", "ms_vote", "resolution"):
        head = head.replace(name, name + "s")

    assert read_votes(put(tmp_path, f"{head}\n{body}")).items == ("A/RES/40/100", "A/RES/ES-11/1")


def test_voetens_csv_with_identical_resolutions(tmp_path: Path) -> None:
    bridges = put(tmp_path, "v1,rcid1,rcid2\n1,7,8\n2,8,99\n", "matches.csv")
    rolls = read_votes([put(tmp_path, VOETEN), bridges])

    assert rolls.items == ("8", "7")
    assert rolls.bridge[0] == rolls.bridge[1]
    assert answers(rolls, "KAZ") == [ABSTAIN, NO]
    assert answers(rolls, "SRB") == [YES, ABSENT]
    assert rolls.title == ("Human rights in Crimea", "CRIMEA")
    assert rolls.issues == (("hr",), ("hr",))


def test_chains_of_bridges_share_one_label(tmp_path: Path) -> None:
    lines = ["rcid,ccode,vote,session"] + [f"{rcid},2,1,{rcid}" for rcid in range(1, 6)]
    votes = put(tmp_path, "\n".join(lines) + "\n")
    bridges = put(tmp_path, "v1,rcid1,rcid2\n1,1,2\n2,3,5\n3,2,3\n", "matches.csv")
    rolls = read_votes([votes, bridges])

    assert len(set(rolls.bridge[[0, 1, 2, 4]].tolist())) == 1
    assert rolls.bridge[3] != rolls.bridge[0]
    assert rolls.date.astype(str).tolist()[0] == "1947-12-31"


def test_a_vote_given_in_two_ways_is_missing_and_said(tmp_path: Path) -> None:
    rolls = read_votes(put(tmp_path, VOETEN + "7,2,1,74,2019-12-18,R/74/168,CRIMEA,,0,0,0,1,0,0\n"))

    assert answers(rolls, "USA") == [YES, MISSING]
    assert any("twice" in note for note in rolls.notes)


def test_known_by_leaves_nothing_of_what_came_later(tmp_path: Path) -> None:
    rolls = read_votes(r_files(tmp_path))
    known = rolls.known_by("2005-12-31")

    assert known.items == ("1", "2")
    assert known.date.max() <= np.datetime64("2005-12-31")
    assert known.choice.shape == (2, len(known.states))
    assert rolls.known_by(datetime.date(2006, 11, 8)).items == rolls.items
    assert rolls.known_by(datetime.datetime(2005, 12, 31, 23, 59)).items == ("1", "2")


def test_a_state_that_had_not_voted_yet_is_not_known(tmp_path: Path) -> None:
    assert "NAM" not in read_votes(r_files(tmp_path)).known_by("1980-01-01").states


def test_later_votes_change_nothing_of_what_was_known_before(tmp_path: Path) -> None:
    """Absence and membership are told from the past only: the same with and without the later files' rows."""
    (tmp_path / "early").mkdir()
    early = [vote for vote in VOTES if vote[0] < 3]
    alone = read_votes(r_files(tmp_path / "early", early, CALLS[:2]))
    known = read_votes(r_files(tmp_path)).known_by("2005-12-31")

    assert known.states == alone.states
    assert (known.choice == alone.choice).all()


def test_what_is_read_cannot_be_changed(tmp_path: Path) -> None:
    rolls = read_votes(r_files(tmp_path))
    known = rolls.known_by("2005-12-31")

    for each in (rolls, known):
        with pytest.raises(ValueError, match="read-only"):
            each.choice[0, 0] = YES
        with pytest.raises(FrozenInstanceError):
            each.items = ()  # type: ignore[misc]


def test_selecting_by_session_day_and_kind(tmp_path: Path) -> None:
    rolls = read_votes(r_files(tmp_path))

    assert rolls.select(sessions=range(60, 62)).items == ("2", "3")
    assert rolls.select(since="2005-01-01", until="2005-12-31").items == ("2",)
    assert rolls.select(issues=["hr"]).items == ("3",)
    assert rolls.select(states=["USA", "NAM"]).states == ("NAM", "USA")
    assert rolls.sessions == (30, 60, 61)
    assert rolls.votes == 9


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"sessions": [99]}, "no roll call is left"),
        ({"issues": ["peace"]}, "no kind of roll call is called 'peace'"),
        ({"states": ["XXX"]}, "XXX: no vote of theirs"),
        ({"since": "soon"}, "'soon' is no day"),
    ],
)
def test_selecting_nothing_is_said(tmp_path: Path, asked: dict[str, object], said: str) -> None:
    with pytest.raises(MeasureError, match=said):
        read_votes(r_files(tmp_path)).select(**asked)  # type: ignore[arg-type]
    with pytest.raises(MeasureError, match="no roll call is known by 1900-01-01"):
        read_votes(r_files(tmp_path)).known_by("1900-01-01")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("a\x00b", "no text"),
        ("iso3,vote\nKAZ,yes\n", "begins with 'iso3,vote'"),
        (LIBRARY.replace("KAZ,KAZAKHSTAN", "QQQ,NOWHERE"), "votes.csv:3: ms_code is 'QQQ'"),
        (LIBRARY.replace(",A,", ",maybe,"), "votes.csv:3: 'maybe' is no vote"),
        (LIBRARY.replace("1985-12-12", "12 Dec 85"), "votes.csv:7: date is '12 Dec 85', no day"),
        (VOETEN.replace("7,705,3", "7,999,3"), "votes.csv:3: ccode is '999'"),
        (VOETEN.replace("7,705,3", "7,705,5"), "votes.csv:3: '5' is no vote"),
        (VOETEN.replace("7,705,3", "x,705,3"), "votes.csv:3: rcid is 'x', no whole number"),
        (VOETEN.partition("\n")[0] + "\n", "no row below the header"),
        ("v1,rcid1,rcid2\n1,7,8\n", "only a list of identical resolutions"),
        ('rcid,ccode,vote,session\n1,2,1,"1\n', "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MeasureError) as refused:
        read_votes(put(tmp_path, text))
    assert said in str(refused.value)


def test_one_half_of_the_r_files_is_not_enough(tmp_path: Path) -> None:
    votes, calls, kinds = r_files(tmp_path)

    with pytest.raises(MeasureError, match="give the file with un_roll_calls beside it"):
        read_votes([votes, kinds])
    with pytest.raises(MeasureError, match="give the file with un_votes beside it"):
        read_votes(calls)
    calls.write_bytes(calls.read_bytes()[:60])
    with pytest.raises(MeasureError, match="cannot be read"):
        read_votes([votes, calls])


def test_other_r_objects_and_unknown_countries_are_refused(tmp_path: Path) -> None:
    import pandas as pd
    import rdata

    rdata.write_rda(tmp_path / "x.rda", {"mtcars": pd.DataFrame({"a": [1]}, index=pd.RangeIndex(1))})
    with pytest.raises(MeasureError, match="holds mtcars"):
        read_votes(tmp_path / "x.rda")
    with pytest.raises(MeasureError, match="the country 'Atlantis'"):
        read_votes(r_files(tmp_path, [*VOTES, (3, "Atlantis", "AX", "yes")]))
    with pytest.raises(MeasureError, match="holds the vote 'maybe'"):
        read_votes(r_files(tmp_path, [*VOTES, (3, "Russia", "RU", "maybe")]))
    with pytest.raises(MeasureError, match="lacks roll call 9"):
        read_votes(r_files(tmp_path, [*VOTES, (9, "Russia", "RU", "yes")]))


def test_two_sources_of_votes_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="one source of votes at a time"):
        read_votes([put(tmp_path, LIBRARY), put(tmp_path, VOETEN, "other.csv")])
    with pytest.raises(MeasureError, match="is a folder"):
        read_votes(tmp_path)
    with pytest.raises(MeasureError, match="cannot be read"):
        read_votes(tmp_path / "none.csv")
    with pytest.raises(MeasureError, match="no file was given"):
        read_votes([])


@pytest.mark.shared
def test_all_votes_of_the_package_unvotes(monkeypatch: pytest.MonkeyPatch) -> None:
    if not UNGA.is_dir():
        pytest.skip(f"no votes at {UNGA}; set TIGHTROPE_SHARED to the folder that holds data/")
    monkeypatch.delenv("TIGHTROPE_CACHE")
    names = ("unvotes_un_votes.rda", "unvotes_un_roll_calls.rda", "unvotes_un_roll_call_issues.rda")
    rolls = read_votes([*(UNGA / name for name in names), UNGA / "voeten_resolution_matches.csv"])

    assert rolls.votes == 870_109
    assert rolls.choice.shape == (6203, 199)
    assert rolls.sessions == tuple(range(1, 75))
    assert len(np.unique(rolls.bridge)) == 6203 - 947
    for state, first, last in (
        ("SRB", 55, 74),
        ("YUG", 1, 47),
        ("NAM", 45, 74),
        ("YMD", 22, 44),
        ("KAZ", 47, 74),
    ):
        voted = np.isin(rolls.choice[:, rolls.states.index(state)], (YES, ABSTAIN, NO))
        assert (rolls.session[voted].min(), rolls.session[voted].max()) == (first, last)
    apartheid = answers(rolls.select(sessions=range(30, 48)), "USA")
    assert ABSENT in apartheid
    assert "ZAF" not in rolls.select(sessions=range(30, 48)).states
    assert rolls.known_by("2019-12-31").date.max() == np.datetime64("2019-12-27")
