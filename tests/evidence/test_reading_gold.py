"""Events, positions, figures, links and conflicts on the gold rows, with the scorer that lies beside them."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from tightrope.evidence.conflict import conflicts
from tightrope.evidence.index import index_of
from tightrope.evidence.link import links
from tightrope.evidence.reader import read

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TIGHTROPE_SHARED", ROOT / ".." / "shared"))
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (SHARED / "gold").is_dir(), reason=f"no gold rows at {SHARED}; set TIGHTROPE_SHARED"
    ),
]
DOCS = ("000", "001", "003")


@pytest.fixture(scope="module")
def everything():
    return [read(path) for path in sorted((SHARED / "reports").glob("*.txt"))]


@pytest.fixture(scope="module")
def scores(everything, tmp_path_factory):
    folder = tmp_path_factory.mktemp("predicted")
    found = [one for one in everything if one.report.doc[:3] in DOCS]
    rows = {
        name: [row for one in found for row in getattr(one, name)]
        for name in ("events", "positions", "figures")
    }
    index = index_of(found)
    rows |= {"links": links(index), "conflicts": conflicts(index)}
    for name, held in rows.items():
        lines = (json.dumps(asdict(row)) + "\n" for row in held)
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    scorer = [sys.executable, str(SHARED / "gold" / "score.py"), str(folder), str(SHARED / "gold"), "--json"]
    return json.loads(subprocess.run(scorer, capture_output=True, check=True, text=True).stdout)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("events (span and type)", 0.85),
        ("positions (actor, issue, stance)", 0.8),
        ("figures", 0.9),
        ("links", 0.65),
    ],
)
def test_f1(scores, name, least):
    assert scores[name]["f1"] >= least, scores[name]


def test_conflicts_that_must_be_found(scores):
    told = scores["conflicts (salience 3)"]
    assert told["recall"] >= 0.7, told
    assert told["precision"] >= 0.6, told


def test_the_sentence_that_two_reports_print_with_and_without_not_comes_first(everything):
    first = conflicts(everything)[0]
    raw = {one.report.doc: one.report.raw for one in everything}
    told = [raw[first.doc_a][first.start_a : first.end_a], raw[first.doc_b][first.start_b : first.end_b]]
    assert (first.kind, first.salience) == ("polarity", 3)
    assert {first.doc_a[:3], first.doc_b[:3]} == {"002", "003"}
    assert all("Taiwan" in passage for passage in told)
    assert sum("not" in passage for passage in told) == 1


def test_every_record_stands_where_it_says(everything):
    for one in everything:
        for row in (*one.events, *one.positions, *one.figures):
            assert 0 <= row.start < row.end <= len(one.report.raw)
            assert one.report.raw[row.start : row.end].strip()
