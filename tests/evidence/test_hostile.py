"""Whatever a file holds, it ends in an error of its own or in a report, and no text takes more than its time."""

from __future__ import annotations

import gzip
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.test_format import FEED, PAGE, WORDS, pdf_of

from tightrope.errors import EvidenceError
from tightrope.evidence.corpus import read_corpus
from tightrope.evidence.reader import read_report
from tightrope.evidence.text import Printed, report_from, report_of

GOOD = "“We are late,” said Ana Ito on Monday. The train will leave at noon.\n"
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WHOLE = {"txt": GOOD.encode(), "html": PAGE.encode(), "pdf": pdf_of(WORDS), "xml": FEED.encode()}


def read_bytes(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.write_bytes(data)
    with suppress(EvidenceError):
        report = report_from(path)
        assert all(0 <= one.start < one.end <= len(report.text) for one in report.sentences)
        found = read_report(report)
        assert all(0 <= one.start < one.end <= len(report.raw) for one in found.statements)


@QUICK
@given(data=st.binary(max_size=2_000), ending=st.sampled_from(sorted(WHOLE)))
def test_any_bytes_end_well(tmp_path: Path, data: bytes, ending: str) -> None:
    read_bytes(tmp_path, f"a.{ending}", data)


@QUICK
@given(
    text=st.text(
        alphabet=st.sampled_from(list("ab A.,:;“”\"'‘’«»\n–—-()[]¤said\u202e\u200b\x00é中ق")), max_size=400
    )
)
def test_any_text_ends_well(tmp_path: Path, text: str) -> None:
    read_bytes(tmp_path, "a.txt", text.encode("utf-8", "replace"))


@QUICK
@given(cut=st.floats(0, 1), ending=st.sampled_from(sorted(WHOLE)), noise=st.binary(max_size=20))
def test_files_cut_short_and_damaged_end_well(tmp_path: Path, cut: float, ending: str, noise: bytes) -> None:
    whole = WHOLE[ending]
    place = int(cut * len(whole))
    read_bytes(tmp_path, f"a.{ending}", whole[:place] + noise)
    read_bytes(tmp_path, f"a.{ending}", whole[:place] + noise + whole[place + len(noise) :])


def test_hostile_files_are_named_while_the_others_are_read(tmp_path: Path) -> None:
    reports = tmp_path / "in"
    reports.mkdir()
    (reports / "good.txt").write_text(GOOD)
    (reports / "line.txt").write_bytes(b"word " * 10_000_000)
    (reports / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * 60_000_000))
    (reports / "bomb.pdf").write_bytes(pdf_of(b"BT (a) Tj ET " * 3_000_000))
    (reports / "control.txt").write_bytes(bytes(range(32)) * 500)
    (reports / "marks.txt").write_text('" ' * 100_000)
    (reports / "cut.html").write_text(PAGE[:300])
    (reports / "rtl.txt").write_text("قال الرئيس إن المفاوضات ستستأنف يوم الاثنين في العاصمة. " * 20)
    told: list[str] = []
    corpus = read_corpus([reports], tmp_path / "out", tell=told.append)
    assert {"good", "rtl"} <= corpus.docs.keys()
    assert corpus.aside == {"rtl": "ar"}
    assert {Path(file).name for file in corpus.faults} == {
        "line.txt", "bomb.txt.gz", "bomb.pdf", "control.txt", "marks.txt", "cut.html",
    }  # fmt: skip
    assert len(told) == 6
    assert all(";" in line for line in told)


@pytest.mark.parametrize(
    "piece",
    ["said ", "he said, ", "According to ", "Ab Cd ", "the ", "A. ", "I'm “ ", "President of the ", "word, ",
     "“a b c d e f g,” said ", "one thousand ", "May 5 ", "that ", "(a ", "x" * 50 + " ", "and recognised "],
)  # fmt: skip
def test_time_grows_no_faster_than_a_text(piece: str) -> None:
    def seconds(size: int) -> float:
        raw = piece * (size // len(piece))
        began = time.process_time()
        with suppress(EvidenceError):
            read_report(report_of(Printed("a", raw)))
        return time.process_time() - began

    seconds(2_000)
    small, large = seconds(20_000), seconds(160_000)
    # Eight times as much text; a rule that looks back over all of it would take sixty-four times as long.
    assert large < 40 * max(small, 0.02)
