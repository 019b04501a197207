"""Comparing many reports: near-duplicates are tied to their first telling, and neither work nor memory explodes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.evidence.made import findings
from tests.evidence.test_corpus import different, rows

from tightrope.evidence import conflict, link
from tightrope.evidence.corpus import read_corpus
from tightrope.evidence.found import Findings
from tightrope.evidence.index import Index, index_of, packed, unpacked
from tightrope.evidence.passage import passages

AGAIN = "In 2014, Chad asked France for military help."
STATES = ("Chad", "Kenya", "Sudan", "Serbia", "Moldova", "Georgia")


def mixed(many: int) -> list[Findings]:
    """Reports that are made of the same few sentences with other names and numbers."""
    found = []
    for number in range(many):
        states = [STATES[(number * step) % 6] for step in (1, 5)]
        text = f"In 2014, {states[0]} sent {200 + number % 9 * 100} soldiers to {states[1]}. {AGAIN}"
        found.append(findings(text, doc=f"d{number:04}"))
    return found


def test_a_passage_comes_back_as_it_was() -> None:
    found = findings(
        "Chad recognised Kosovo. “We sent 200 men to Sudan,” it said.", (("We sent 200 men", "Ana"),)
    )
    for passage in passages(found):
        assert unpacked(packed(passage)) == passage


def test_what_is_told_again_is_linked_to_its_first_telling_alone() -> None:
    found = [findings(AGAIN, doc=doc) for doc in "abcdef"]
    assert [(one.doc_a, one.doc_b) for one in link.links(found)] == [("a", doc) for doc in "bcdef"]


def test_a_passage_has_a_few_links_and_the_others_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        f"In 2014, Chad asked France for {what} help." for what in ("much", "quick", "more", "some", "great")
    ]
    found = [findings(text, doc=doc) for text, doc in zip(texts, "abcde", strict=True)]
    whole = index_of(found)
    assert len(list(link.linked(whole))) == 10
    assert not whole.left_out["links"]
    monkeypatch.setattr(link, "MOST", 2)
    few = index_of(found)
    assert max(Counter(one.doc_b for one in link.linked(few)).values()) == 2
    assert few.left_out["links"] == 3


def test_two_passages_have_a_few_conflicts_and_the_gravest_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    one = findings("Chad sent 200 soldiers and 30 trucks to Sudan in May 2006.", doc="a")
    two = findings("In May 2006 Chad sent 900 soldiers and 70 trucks to Sudan.", doc="b")
    whole = conflict.conflicts([one, two])
    assert len(whole) == 2
    monkeypatch.setattr(conflict, "OF_TWO", 1)
    few = index_of([one, two])
    assert conflict.conflicts(few) == whole[:1]
    assert few.left_out["conflicts"] == 1


def test_asked_again_the_answer_is_the_same() -> None:
    held = index_of(mixed(12))
    first = link.links(held), conflict.conflicts(held), held.left_out.copy()
    assert (link.links(held), conflict.conflicts(held), held.left_out) == first


def test_comparisons_and_findings_grow_no_faster_than_the_reports() -> None:
    made = []
    for many in (60, 240):
        held = index_of(mixed(many))
        made.append((len(link.links(held)), len(conflict.conflicts(held)), held.compared))
    few, more = made
    assert all(after <= 4.4 * before for before, after in zip(few, more, strict=True))
    assert more[0] <= 240 * 8


def test_a_corpus_says_what_is_left_out_and_leaves_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "MOST", 1)
    (tmp_path / "in").mkdir()
    for number, one in enumerate(("much", "quick", "more", "some")):
        (tmp_path / "in" / f"{number}.txt").write_text(f"In 2014, Chad asked France for {one} help.")
    out = tmp_path / "out"
    corpus = read_corpus([tmp_path / "in"], out)
    assert corpus.left_out["links"] == corpus.as_data()["left_out"]["links"] > 0
    assert any("left out" in line for line in corpus.as_text())
    assert not list(out.glob(".*"))
    assert corpus.rows["links"] == len(rows(out, "links"))


PEAKS = """
import sys, tracemalloc
from pathlib import Path
from tightrope.evidence import index
from tightrope.evidence.corpus import Corpus, _compare
from tightrope.evidence.store import Store
index.CACHED = index.WEIGHED = 64
tracemalloc.start()
for folder in map(Path, sys.argv[1:]):
    docs = dict.fromkeys(path.stem for path in sorted((folder / "reports").iterdir()))
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    _compare(Store(folder), Corpus(folder, docs=docs), ())
    print(tracemalloc.get_traced_memory()[1] - before)
"""


def test_memory_of_comparing_does_not_grow_with_the_number_of_reports(tmp_path: Path) -> None:
    made = [
        read_corpus([different(tmp_path / f"in{many}", many)], tmp_path / f"out{many}") for many in (10, 40)
    ]
    few, more = (str(corpus.folder) for corpus in made)
    # In a process of its own, in which nothing else was traced; what is loaded once is loaded first.
    command = [sys.executable, "-c", PEAKS, few, few, more]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=paths, check=True, stdout=subprocess.PIPE, text=True)
    _, small, large = map(int, done.stdout.split())
    assert large - small < 30 * 1_000


def test_an_index_in_a_named_file_is_gone_with_it(tmp_path: Path) -> None:
    held = Index(tmp_path / "kept")
    held.add(findings(AGAIN))
    assert len(held) == len(list(held)) > 0
    held.close()
    assert (tmp_path / "kept").exists()
