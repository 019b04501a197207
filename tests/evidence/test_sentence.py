"""Where sentences end, and where a stop does not end one."""

from __future__ import annotations

import pytest

from tightrope.evidence.sentence import LONGEST
from tightrope.evidence.text import Printed, report_of


def split(raw: str) -> list[str]:
    report = report_of(Printed("a", raw))
    return [report.text[one.start : one.end] for one in report.sentences]


@pytest.mark.parametrize(
    "one",
    [
        "Mr. Ito met Dr. J. R. Hale of St. Mary's on Jan. 5.",
        "The U.S. Senate voted on Tuesday.",
        "Prices rose 3.5 percent, i.e. A lot.",
        "“Are you sure?” Ito asked.",
        "“It is over!” a woman in the crowd shouted.",
        "We waited … And nobody came.",
        "He works for Harcourt Inc. in Oslo.",
    ],
)
def test_a_stop_within_a_sentence_does_not_end_it(one: str) -> None:
    assert split(one) == [one]


@pytest.mark.parametrize(
    "two",
    [
        ["It rained.", "Then it snowed."],
        ["He left the U.S.", "The others stayed."],
        ["“We are late.”", "The door closed."],
        ["Why?", "Nobody knows."],
        ["She lives in Oslo (and in Rome).", "He does not."],
        ["They sold 40 cars.", "12 were red."],
    ],
)
def test_two_sentences_are_two(two: list[str]) -> None:
    assert split(" ".join(two)) == two


def test_sentences_know_their_paragraph() -> None:
    report = report_of(Printed("a", "One is here. Two is here.\n\nThree is there."))
    assert [one.paragraph for one in report.sentences] == [0, 0, 1]


def test_no_sentence_is_longer_than_rules_can_bear() -> None:
    report = report_of(Printed("a", "word " * 5_000))
    assert max(one.end - one.start for one in report.sentences) <= LONGEST
