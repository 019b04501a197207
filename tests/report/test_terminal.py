from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tightrope.engine.pairing import Difference
from tightrope.engine.result import CAVEAT
from tightrope.report.findings import Findings
from tightrope.report.terminal import show, show_comparison


def printed(findings: Findings, width: int) -> str:
    console = Console(width=width, file=StringIO())
    show(findings, Path("runs/x-1-1"), console)
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_judgements_come_first_and_the_caveat_and_files_last(findings: Findings, width: int) -> None:
    text = " ".join(printed(findings, width).split())
    assert text.index(findings.judgements[0].statement) < text.index("Outcome") < text.index(CAVEAT)
    assert text.index(CAVEAT) < text.index("report.html")
    assert findings.judgements[1].range in text


def test_what_the_case_says_is_not_markup(hostile: Findings) -> None:
    assert "pwned" in printed(hostile, 200)


def test_a_comparison_lists_what_differs(
    comparisons: Mapping[str, Mapping[str, Difference]], capsys: pytest.CaptureFixture[str]
) -> None:
    show_comparison(comparisons, "kaz")
    some = capsys.readouterr().out
    show_comparison(comparisons, "kaz", every=True)
    assert "secondary_sanctions less baseline" in some
    assert CAVEAT.split(".")[0] in some
    assert len(some) < len(capsys.readouterr().out)
