"""What the terminal shows of a report obeys nothing in it, and a difference of nothing is said to be exactly that."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from tightrope.report.shift import NOTHING, gap, show_claim, show_effect
from tightrope.report.suggestion import Suggestion

NONE = {"mean": 0.0, "low": 0.0, "high": 0.0, "turned": 0}
SIDE = {"word": "unlikely", "frequency": 0.25, "low": 0.2, "high": 0.3, "statement": "x", "range": "x"}


def told(**more: Any) -> dict[str, Any]:
    judgement = {"id": "one", "title": "[red]Title[/red]", "before": SIDE, "after": SIDE, "gap": NONE}
    plain = {"accepted": 0, "runs": 10, "months": 3, "as_of": "2022-06-30", "same": True, "left": []}
    return {**plain, "judgements": [judgement], "movers": {}, "others": [], **more}


def shown(work: Any, *given: Any) -> str:
    into = StringIO()
    work(*given, Console(file=into, width=200, force_terminal=True, color_system=None))
    return into.getvalue()


def test_a_passage_is_text_and_nothing_else() -> None:
    data = {
        "id": "x.y",
        "kind": "context",
        "about": "KAZ",
        "date": "2022",
        "paraphrase": "[bold]plain[/bold]",
        "at": {"start": 1, "end": 9},
    }
    text = shown(
        show_claim, Suggestion(data, "a\x1b[31mred\nb\u202e", "nothing: background", ("hedged",)), 1, 1
    )
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "“a�[31mred b�”" in text
    assert "[bold]plain[/bold]" in text
    assert "Low confidence: hedged." in text


def test_nothing_that_changed_is_said_to_be_nothing() -> None:
    text = shown(show_effect, told())
    assert NOTHING in text
    assert "exactly 0" in text
    assert "[red]Title[/red]" in text


def test_only_so_many_movers_are_named() -> None:
    moved = {"mean": 0.1, "low": 0.05, "high": 0.15, "turned": 3}
    movers = {f"claim{place}.x": {"one": {**moved, "mean": place / 100}} for place in range(1, 8)}
    text = shown(show_effect, told(same=False, accepted=7, movers=movers, left=["more.x"]))
    assert "claim7.x" in text
    assert "claim3.x" not in text
    assert "and 3 that moved it less" in text
    assert "Not measured: more.x." in text


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (NONE, "0"),
        ({"mean": -0.031, "low": -0.05, "high": 0.01, "turned": 2}, "−3.1"),
        ({"mean": 0.2, "low": 0.1, "high": 0.3, "turned": 2}, "+20.0"),
    ],
)
def test_points_of_a_hundred_runs(found: dict[str, float], text: str) -> None:
    assert gap(found).plain == text
