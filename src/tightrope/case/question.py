"""A question: a dated yes/no or numeric outcome that the model answers."""

from __future__ import annotations

from typing import Literal

from tightrope.evidence.period import Day
from tightrope.evidence.record import Identifier, Record, Text


class Question(Record):
    """What is asked, by when, and which outcome of a result answers it."""

    id: Identifier
    text: Text
    outcome: Identifier
    answer: Literal["probability", "number"]
    by: Day
    resolves: Text
