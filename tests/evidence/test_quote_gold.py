"""Statements and speakers on the gold rows, by the scorer that lies beside them; and what is dropped of reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tightrope.evidence.corpus import read_corpus
from tightrope.evidence.text import report_from

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TIGHTROPE_SHARED", ROOT / ".." / "shared"))
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (SHARED / "gold").is_dir(), reason=f"no gold rows at {SHARED}; set TIGHTROPE_SHARED"
    ),
]


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    out = tmp_path_factory.mktemp("read") / "found"
    read_corpus([SHARED / "reports"], out)
    scorer = [sys.executable, str(SHARED / "gold" / "score.py"), str(out), str(SHARED / "gold"), "--json"]
    done = subprocess.run(scorer, capture_output=True, check=True, text=True)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def test_statements(scores: dict[str, dict[str, float]]) -> None:
    assert scores["direct quotations"]["f1"] >= 0.9, scores
    assert scores["speaker of direct quotations"]["accuracy"] >= 0.85, scores
    assert scores["statements"]["f1"] >= 0.6, scores


def test_what_is_no_part_of_a_report_is_dropped_and_its_metadata_kept() -> None:
    reports = {path.stem: report_from(path) for path in (SHARED / "reports").glob("*.txt")}
    for row in rows("boilerplate"):
        assert row["span"] not in reports[row["doc"]].text.split("\n")
    by_number = {doc[:3]: report for doc, report in reports.items()}
    assert by_number["001"].published == "2022-04-27"
    assert by_number["003"].author == "Basel Hajj Jasem"
    assert "arrow-line" not in by_number["004"].text
    assert by_number["004"].author == "Saif Islam"
