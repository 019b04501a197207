"""A folder of reports read into a folder of findings: whole or not at all, again from where it ended, one at a time."""

from __future__ import annotations

import json
import random
import tracemalloc
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import tightrope
from tightrope.errors import EvidenceError, OutputError
from tightrope.evidence import corpus as module
from tightrope.evidence.corpus import read_corpus, stored
from tightrope.evidence.reader import read_report

TEXT = "“We are late, {n},” said Ana Ito on 5 May 2021. Norway promised {n} trains. Then the talks in Oslo failed.\n"
FILES = (
    "reports",
    "mentions",
    "statements",
    "events",
    "positions",
    "figures",
    "links",
    "conflicts",
    "faults",
)


def reports(folder: Path, many: int) -> Path:
    folder.mkdir()
    for n in range(many):
        (folder / f"r{n:03}.txt").write_text(TEXT.format(n=n))
    return folder


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_a_report_is_read_by_the_public_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT.format(n=3))
    found = tightrope.read(tmp_path / "a.txt")
    assert [one.speaker for one in found.statements if one.kind == "direct"] == ["Ana Ito"]


def test_every_file_is_there_and_offsets_are_those_of_the_texts(tmp_path: Path) -> None:
    out = tmp_path / "out"
    read_corpus([reports(tmp_path / "in", 3)], out)
    assert all((out / f"{name}.jsonl").is_file() for name in FILES)
    one = next(row for row in rows(out, "statements") if row["kind"] == "direct")
    text = (out / "texts" / f"{one['doc']}.txt").read_bytes().decode()
    assert text[one["start"] : one["end"]] == "We are late, 0"
    header = rows(out, "reports")[0]
    assert header["text_sha256"] == sha256(text.encode()).hexdigest()
    assert not list(out.rglob("*.part"))


def test_findings_come_back_as_they_were(tmp_path: Path) -> None:
    folder, out = reports(tmp_path / "in", 2), tmp_path / "out"
    read_corpus([folder], out)
    assert list(stored(out)) == [read_report(path) for path in sorted(folder.iterdir())]


def test_a_second_call_reads_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = reports(tmp_path / "in", 3), tmp_path / "out"
    read_corpus([folder], out)
    (folder / "r999.txt").write_text("“It rained,” said Tom Hale.")
    (folder / "r000.txt").write_text("“It snowed,” said Tom Hale.")
    read: list[str] = []

    def watched(report: Any, *rest: Any) -> Any:
        read.append(report.doc)
        return read_report(report, *rest)

    monkeypatch.setattr(module, "read_report", watched)
    corpus = read_corpus([folder], out)
    assert read == ["r000", "r999"]
    assert (len(corpus.docs), corpus.known_before) == (4, 2)
    assert "It snowed" in (out / "texts" / "r000.txt").read_text()


def test_a_crash_loses_no_finished_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = reports(tmp_path / "in", 5), tmp_path / "out"

    def crash(report: Any, *rest: Any) -> Any:
        if report.doc == "r003":
            raise KeyboardInterrupt
        return read_report(report, *rest)

    monkeypatch.setattr(module, "read_report", crash)
    with pytest.raises(KeyboardInterrupt):
        read_corpus([folder], out)
    assert sorted(path.stem for path in (out / "reports").iterdir()) == ["r000", "r001", "r002"]
    monkeypatch.undo()
    corpus = read_corpus([folder], out)
    assert corpus.known_before == 3
    whole = tmp_path / "whole"
    read_corpus([folder], whole)
    assert all(rows(out, name) == rows(whole, name) for name in FILES)


def test_a_fault_of_ours_in_one_report_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(report: Any, *rest: Any) -> Any:
        if report.doc == "r001":
            raise RuntimeError("odd")
        return read_report(report, *rest)

    monkeypatch.setattr(module, "read_report", faulty)
    corpus = read_corpus([reports(tmp_path / "in", 3)], tmp_path / "out")
    assert list(corpus.docs) == ["r000", "r002"]
    assert [why.split(";")[0] for why in corpus.faults.values()] == ["a fault of ours (RuntimeError: odd)"]


def test_a_report_whose_file_was_cut_is_read_again(tmp_path: Path) -> None:
    folder, out = reports(tmp_path / "in", 2), tmp_path / "out"
    read_corpus([folder], out)
    kept = out / "reports" / "r001.jsonl"
    kept.write_bytes(kept.read_bytes()[:-30])
    assert read_corpus([folder], out).known_before == 1


def test_two_files_of_one_name_get_two_names(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.txt").write_text(f"Talks in {name} failed on Monday.")
    corpus = read_corpus([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    assert list(corpus.docs) == ["same", "same~2"]
    assert list(read_corpus([tmp_path / "a", tmp_path / "b"], tmp_path / "out").docs) == ["same", "same~2"]


def test_other_names_read_all_again(tmp_path: Path) -> None:
    from tightrope.evidence.gazetteer import extended

    folder, out = reports(tmp_path / "in", 2), tmp_path / "out"
    read_corpus([folder], out)
    assert read_corpus([folder], out, extended([{"name": "Herons", "kind": "group"}])).known_before == 0


def test_a_report_in_another_language_is_named_and_set_aside(tmp_path: Path) -> None:
    folder = reports(tmp_path / "in", 1)
    german = (
        "Der Minister sagte am Freitag, die Verhandlungen seien gescheitert und würden nicht fortgesetzt. "
        * 3
    )
    (folder / "de.txt").write_text(german)
    corpus = read_corpus([folder], tmp_path / "out")
    assert corpus.aside == {"de": "de"}
    assert not [row for row in rows(tmp_path / "out", "mentions") if row["doc"] == "de"]
    assert any("its language is 'de'" in line for line in corpus.as_text())


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds something else; name another folder"):
        read_corpus([reports(tmp_path / "in", 1)], tmp_path)


def test_nothing_to_read_says_what_would_be_right(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(EvidenceError, match=r"no report in .*; give files that end in"):
        read_corpus([tmp_path / "in"], tmp_path / "out")
    with pytest.raises(EvidenceError, match="none of 1 files could be read"):
        read_corpus([tmp_path / "none.txt"], tmp_path / "out")


def different(folder: Path, many: int) -> Path:
    """Reports that tell nothing of each other."""
    folder.mkdir()
    for n in range(many):
        draw = random.Random(n)
        names = ["".join(draw.choices("bdfgklmnprst", k=7)).title() for _ in range(60)]
        told = (f"“I was with the {one} at the {one},” said Ana {one} of the town." for one in names)
        (folder / f"r{n:03}.txt").write_text("\n".join(told))
    return folder


def test_memory_does_not_grow_with_the_number_of_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Comparing is measured by itself, in test_index.py.
    monkeypatch.setattr(module, "_compare", lambda *_: None)
    few, many = different(tmp_path / "few", 10), different(tmp_path / "many", 40)
    read_corpus([many], tmp_path / "warm")  # what is kept of names in general is bounded

    def peak(folder: Path, out: Path) -> int:
        tracemalloc.start()
        read_corpus([folder], out)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    # Python's own table of names that it has met doubles now and then, by 2 MB: not twice running.
    small = peak(few, tmp_path / "out_few")
    large = min(peak(many, tmp_path / out) for out in ("out_many", "out_again"))
    assert large - small < 30 * 10_000
