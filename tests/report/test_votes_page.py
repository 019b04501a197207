from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.report.conftest import HOSTILE
from tests.report.votes_example import STATES, about, estimates, rolls

from tightrope.errors import OutputError
from tightrope.report import votes_folder, votes_page
from tightrope.report.votes_page import html, write


def made() -> votes_folder.Making:
    return votes_folder.Making((("votes.csv", "0" * 64),), {"anchors": ["USA", "RUS"], "seed": 1}, 1.0)


@pytest.mark.parametrize("dims", [1, 2, 3])
def test_every_chart_has_its_table(dims: int) -> None:
    text = html(rolls(), estimates(dims), STATES, about(dims))

    assert text.count("<svg") == 2 + 2 * dims
    assert text.count("<h3>Dimension") == dims
    assert text.count("<caption>Kazakhstan") == 1
    assert "Session 74 (2019): 4 roll calls" in text
    assert "Sessions 72–74: 12 roll calls" in text


def test_words_of_files_are_never_markup() -> None:
    text = html(rolls(), estimates(), STATES, about())

    assert "<script>document.title" not in text
    assert "<img src=x" not in text
    assert text.count("&lt;script&gt;document.title") >= 2
    assert HOSTILE not in text


def test_states_without_a_vote_are_named() -> None:
    text = html(rolls(), estimates(), ("KAZ", "SRB", "CSK"), about())

    assert "No vote of theirs is in these files: Serbia, Czechoslovakia." in text


def test_agreement_is_counted(tmp_path: Path) -> None:
    text = write(rolls(), estimates(), ("KAZ", "USA"), about(), tmp_path).read_text()

    assert text.count("itself") == 4
    assert "Who voted most alike in session 74" in text
    assert "within the intervals" in text


def test_a_folder_is_written_whole(tmp_path: Path) -> None:
    files = votes_folder.write(rolls(), estimates(), {"items.csv": "item\n"}, STATES, made(), tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == set(files)
    told = json.loads((tmp_path / "manifest.json").read_text())
    assert (told["sessions"], told["dims"], told["last_vote"]) == ([72, 74], 2, "2019-12-01")
    assert (tmp_path / "ideal_points.csv").read_text().startswith("session,iso3,dim,mean,p05,p95\n")


def test_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    whole = votes_folder.write_text

    def full(path: Path, text: str) -> None:
        if path.name == votes_page.PAGE:
            raise OutputError("disk full")
        whole(path, text)

    monkeypatch.setattr(votes_folder, "write_text", full)
    with pytest.raises(OutputError, match="disk full"):
        votes_folder.write(rolls(), estimates(), {"items.csv": "item\n"}, STATES, made(), folder)
    assert not folder.exists()
