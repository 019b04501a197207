"""Statements: the rules one by one, and how much they find of passages that were marked by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.evidence import sayings

from tightrope.evidence.found import Statement
from tightrope.evidence.mention import mentions
from tightrope.evidence.quote import CONFIDENCE, statements
from tightrope.evidence.text import Printed, report_of

UNSEEN = sayings.HOME.with_name("sayings_unseen.txt")
RARE = sayings.HOME.with_name("sayings_rare.txt")


def read(raw: str) -> tuple[Statement, ...]:
    report = report_of(Printed("a", raw))
    return statements(report, mentions(report))


def found(raw: str) -> list[tuple[str, str | None, str]]:
    return [(one.kind, one.speaker, raw[one.start : one.end]) for one in read(raw)]


def read_all(path: Path) -> Iterator[tuple[sayings.Passage, tuple[Statement, ...]]]:
    for passage in sayings.passages(path):
        yield passage, read(passage.text)


@pytest.mark.parametrize(
    ("path", "every", "direct", "speakers"),
    [(sayings.HOME, 0.95, 0.97, 0.95), (UNSEEN, 0.9, 0.95, 0.9), (RARE, 0.95, 0.95, 0.95)],
    ids=["seen", "unseen", "rare"],
)
def test_most_of_what_is_said_is_found(path: Path, every: float, direct: float, speakers: float) -> None:
    pairs = list(read_all(path))
    assert sayings.tally(pairs).f1 >= every
    assert sayings.tally(pairs, direct=True).f1 >= direct
    assert sayings.tally(pairs, direct=True).speakers >= speakers


def test_there_are_enough_passages() -> None:
    assert len(sayings.passages()) >= 80
    assert len(sayings.passages(UNSEEN)) >= 40


@pytest.mark.parametrize(
    ("raw", "pattern"),
    [
        ("“We are late,” said Ana Ito.", "quote-verb-speaker"),
        ("“We are late,” Ana Ito said.", "quote-speaker-verb"),
        ("Ana Ito said, “We are late.”", "speaker-verb-quote"),
        ("Ana Ito said: “We are late.”", "colon"),
        ("Ana Ito said that they “are late”.", "that-clause"),
        ("Ana Ito said they “are late”.", "speaker-verb-clause"),
        ("According to Ana Ito, “we are late”.", "according to"),
        ("In the words of Ana Ito, “we are late”.", "in the words of"),
        ("Ana Ito: “We are late.”", "transcript"),
        ("“We are late.” Ana Ito said.", "next sentence"),
        ("Ana Ito's claim that “we are always late” is false.", "noun-that"),
        ("Ana Ito called it “the worst delay in years”.", "described"),
        ("“We are late”: the words were written by Ana Ito.", "passive"),
        ("Ana Ito said that they were late.", "that-clause"),
        ("Ana Ito said they were late.", "clause"),
        ("They were late, Ana Ito said.", "clause-speaker"),
        ("The train, Ana Ito said, was late.", "parenthesis"),
        ("Ana Ito promised to be on time.", "promise"),
        ("Ana Ito called for an inquiry.", "call"),
        ("The train was late again. This was stated by Ana Ito.", "stated by"),
    ],
)
def test_each_rule_names_the_speaker(raw: str, pattern: str) -> None:
    assert [(one.speaker, one.pattern) for one in read(raw)] == [("Ana Ito", pattern)]


def test_the_confidence_of_each_rule_is_as_measured() -> None:
    finds, right = Counter[str](), Counter[str]()
    for path in sorted(sayings.HOME.parent.glob("sayings*.txt")):
        for passage, said in read_all(path):
            pairs = {id(one): other for one, other in sayings.matched(said, passage.sayings)}
            for one in said:
                other = pairs.get(id(one))
                if other is None or other.core:
                    finds[one.pattern] += 1
                    right[one.pattern] += other is not None and sayings.same_name(one.speaker, other.speaker)
    measured = {name: (right[name] + 1) / (finds[name] + 2) for name in CONFIDENCE}
    assert measured == pytest.approx(CONFIDENCE, abs=0.06)
    assert finds.keys() <= CONFIDENCE.keys()


@pytest.mark.parametrize(
    "raw",
    [
        "The so-called “reform” went ahead.",
        "Her film, “The Long Way”, opened in May.",
        "They met in the “House of Friends” and ate.",
        "The minister spoke for an hour.",
    ],
)
def test_words_at_arms_length_and_titles_are_no_statements(raw: str) -> None:
    assert read(raw) == ()


def test_a_direct_quotation_is_cut_inside_its_marks() -> None:
    assert found("“We are late,” said Ana Ito.") == [("direct", "Ana Ito", "We are late")]
    assert found("Ana Ito asked: “Are we late?”") == [("direct", "Ana Ito", "Are we late?")]


def test_a_mixed_statement_keeps_the_marks_inside_it() -> None:
    raw = "Ana Ito said the train was “never on time” in May."
    assert found(raw) == [("mixed", "Ana Ito", "the train was “never on time” in May")]


def test_what_follows_a_conjunction_is_told_by_the_same_speaker() -> None:
    raw = "“We are late,” Ana Ito told reporters, but the driver “is not to blame for that.”"
    assert found(raw)[1] == ("mixed", "Ana Ito", "the driver “is not to blame for that.”")


def test_quotations_go_on_with_those_around_them() -> None:
    raw = "“We are late,” said Ana Ito. “It rained.”\n\n“The road was closed as well.”"
    assert [one.speaker for one in read(raw)] == ["Ana Ito"] * 3


def test_an_unknown_speaker_is_none_rather_than_a_guess() -> None:
    raw = "Rain fell on the town.\n\n“Nobody told us that the road was closed.”\n\nThe road is open now."
    assert [(one.speaker, one.pattern) for one in read(raw)] == [(None, "unknown")]


def test_when_it_was_said_is_no_date_of_what_was_said() -> None:
    assert read("On 5 May 2021 Ana Ito said that the line will open in 2030.")[0].date == "2021-05-05"
    assert read("Ana Ito said that the line will open in 2030.")[0].date is None


def test_whom_and_through_what_is_told() -> None:
    one = read("“We are late,” Ana Ito told Reuters.")[0]
    assert one.outlet == "Reuters"
    one = read("“We are late,” Ana Ito told Tom Hale.")[0]
    assert one.addressee == "Tom Hale"


@pytest.mark.parametrize(
    ("raw", "speaker"),
    [
        ("“We are late,” the agency Norwire quoted Ana Ito as saying.", "Ana Ito"),
        ("OSLO, May 5 — “We are late,” said Ana Ito.", "Ana Ito"),
        ("OSLO (Norwire) - “We are late,” said Ana Ito.", "Ana Ito"),
        ("Transport Minister Ana Ito came.\n\n“We are late,” the minister said.", "Ana Ito"),
        ("Ana Ito, who spoke to reporters after the talks, said: “We are late.”", "Ana Ito"),
        ("Asked by Tom Hale about the train, Ana Ito said: “We are late.”", "Ana Ito"),
        ("“We are late,” said the driver's lawyer, Ana Ito.", "Ana Ito"),
    ],
)
def test_the_speaker_is_found_behind_other_names(raw: str, speaker: str) -> None:
    assert [(one.kind, one.speaker) for one in read(raw)] == [("direct", speaker)]


@pytest.mark.parametrize(
    "wrap",
    [str, lambda raw: raw.replace(" ", "\u00a0 "), lambda raw: raw.replace("“", "„").replace("”", "“")],
)
def test_offsets_are_of_the_text_as_it_stands(wrap: Callable[[str], str]) -> None:
    raw = wrap("The day was long. “We are late again,” said Ana Ito of the union.")
    one = read(raw)[0]
    assert raw[one.start : one.end].split() == ["We", "are", "late", "again"]
    assert one.speaker_start is not None
    assert raw[one.speaker_start : one.speaker_end].split() == ["Ana", "Ito"]
