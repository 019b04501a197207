"""An invented report and what a reader would find in it, for tests of what is made of findings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tightrope.evidence.found import (
    Event,
    Figure,
    Findings,
    Mention,
    Position,
    Report,
    Sentence,
    Statement,
)

TEXT = (
    "A made-up report. Kazakhstan will not help Russia around the sanctions, Timur Suleimenov told us in March. "
    "It abstained when the UN Assembly voted. "
    "Vladimir Putin threatened Kazakhstan. "
    "All this is a mere show, said the invented observer Ada Beispiel of Kazakhstan. "
    "Ethnic Russians make up 27 percent of the population of Kazakhstan. "
    "The weather was fair, said Roman Vasilenko."
)
DOC = "made_up"


def at(words: str) -> tuple[int, int]:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return start, start + len(words)


def report(**more: Any) -> Report:
    """The report, clean as it stands."""
    sentence = Sentence(0, len(TEXT), 0)
    made = Report(
        DOC, TEXT, TEXT, range(len(TEXT)), (sentence,), "A made-up report", "2022-06-20", None, "Nobody"
    )
    return replace(made, **more)


def findings(**more: Any) -> Findings:
    """All that stands in the report."""
    evade = at("Kazakhstan will not help Russia around the sanctions")
    return Findings(
        report=report(**more),
        mentions=(Mention(*at("Ada Beispiel of Kazakhstan"), "Kazakhstan", "state", code="KAZ"),),
        statements=(
            Statement(DOC, *evade, "indirect", "Timur Suleimenov", "told", 0.9, date="2022-03"),
            Statement(DOC, *at("All this is a mere show"), "indirect", "Ada Beispiel", "said", 0.9),
            Statement(DOC, *at("The weather was fair"), "indirect", "Roman Vasilenko", "said", 0.4),
        ),
        events=(
            Event(
                DOC, *at("It abstained when the UN Assembly voted"), "abstain", "happened", "Kazakhstan", None
            ),
            Event(
                DOC,
                *at("Vladimir Putin threatened Kazakhstan"),
                "threaten",
                "happened",
                "Vladimir Putin",
                "Kazakhstan",
            ),
        ),
        positions=(
            Position(DOC, *evade, "Kazakhstan", "help_evade_sanctions", "against", 0.9, "Timur Suleimenov"),
        ),
        figures=(
            Figure(DOC, *at("27 percent"), 27, "percent", "quantity", None, "ethnic Russians", "Kazakhstan"),
        ),
    )
