"""The page of a corpus: conflicts first, each passage in its place, and whatever a report says stays text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.report.conftest import HOSTILE
from tests.report.report_text import TEXT, at, findings, report

from tightrope.evidence.found import Conflict, Findings, Link, Position, Statement
from tightrope.report.corpus import gathered, page, write_corpus, write_corpus_of
from tightrope.report.marked import Find, dropped, excerpt, pieces


def other() -> Findings:
    """The same text as another report."""
    found = findings()
    return replace(found, report=report(doc="other", title="Another report"))


def conflict(salience: int, why: str) -> Conflict:
    first, second = at("It abstained"), at("The weather was fair")
    return Conflict("made_up", *first, "other", *second, "polarity", salience, why)  # type: ignore[arg-type]


def link() -> Link:
    return Link("made_up", *at("It abstained"), "other", *at("It abstained"), "paraphrase", "event", 0.8)


def test_conflicts_come_first_and_the_weightiest_before_others() -> None:
    html = page(gathered([findings(), other()], [link()], [conflict(1, "Minor."), conflict(3, "Grave.")]))
    order = [html.index(text) for text in ("Grave.", "Minor.", 'id="reports"', 'id="links"')]
    assert order == sorted(order)


def test_every_find_is_marked_where_it_stands() -> None:
    corpus = gathered([findings()], [], [])
    sheet = corpus.sheets[0]
    assert "".join(piece.text for piece in sheet.pieces) == TEXT
    for find in sheet.finds:
        marked = "".join(piece.text for piece in sheet.pieces if find.id in piece.finds)
        assert marked == TEXT[find.start : find.end]
    assert {find.id for find in sheet.finds} == {name for piece in sheet.pieces for name in piece.anchors}


def test_overlapping_finds_share_a_piece() -> None:
    finds = [Find("a", "event", 0, 10, ""), Find("b", "position", 5, 15, "")]
    shared = [piece for piece in pieces(report(), finds) if piece.finds == ("a", "b")]
    assert [piece.text for piece in shared] == [TEXT[5:10]]
    assert shared[0].kinds == ("event", "position")


def test_what_the_reader_left_out_is_told_apart() -> None:
    kept = [*range(20), *range(60, len(TEXT))]
    assert dropped(report(origin=kept)) == ((20, 60),)
    cut = pieces(report(origin=kept), [])
    assert [piece.dropped for piece in cut] == [False, True, False]


def test_an_excerpt_is_cut_at_words() -> None:
    start, end = at("threatened")
    before, passage, after = excerpt(TEXT, start, end, 30)
    assert passage == "threatened"
    assert before.startswith("… ")
    assert after.endswith(" …")


def test_what_a_report_says_is_never_markup() -> None:
    raw = f"{HOSTILE} {TEXT}"
    found = findings(raw=raw, text=raw, origin=range(len(raw)), title=HOSTILE, author=HOSTILE, doc="hostile")
    speaker = Statement("hostile", 0, 10, "direct", HOSTILE, "x", 0.9, addressee='" onmouseover="alert(1)')
    stand = Position("hostile", 3, 9, HOSTILE, "x y", "for", 1.0, HOSTILE)
    found = replace(found, statements=(speaker,), positions=(stand,))
    html = page(gathered([found], [], [replace(conflict(3, HOSTILE), doc_a="hostile", doc_b="hostile")]))
    assert "<img" not in html
    assert html.count("<script>") == 1
    assert 'onmouseover="alert' not in html


def test_a_large_corpus_shows_the_reports_in_conflicts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tightrope.report.corpus.REPORTS", 3)
    many = [findings(doc=f"doc{number:02}") for number in range(10)]
    corpus = gathered(many, [], [replace(conflict(3, "Grave."), doc_a="doc08", doc_b="doc09")])
    assert [sheet.doc for sheet in corpus.sheets] == ["doc00", "doc08", "doc09"]
    assert corpus.counts["reports"] == 10
    assert "Shown: 3 of 10 reports" in page(corpus)
    assert len(corpus.conflicts) == 1


def test_nothing_is_fetched_and_nothing_is_missing(tmp_path: Path) -> None:
    path = write_corpus(
        [findings(), other()], [link()], [conflict(3, "Grave.")], tmp_path, [("x.bin", "no text")]
    )
    html = path.read_text("utf-8")
    assert path.name == "corpus.html"
    assert "http://" not in html
    assert "https://" not in html
    assert "x.bin" in html
    assert [one.name for one in tmp_path.iterdir()] == ["corpus.html"]


def test_an_empty_corpus_is_a_page_too() -> None:
    assert "0 reports" in page(gathered([], [], []))


def test_a_folder_of_findings_becomes_a_page(tmp_path: Path) -> None:
    from tightrope.evidence.corpus import read_corpus

    (tmp_path / "one.txt").write_text(f"{TEXT}\n")
    (tmp_path / "two.txt").write_text(f"{TEXT} And so on.\n")
    read = read_corpus([tmp_path / "one.txt", tmp_path / "two.txt"], tmp_path / "found")
    html = write_corpus_of(read.folder).read_text("utf-8")
    assert "2 reports, and where they disagree" in html
    assert html.count('class="sheet"') == 2
