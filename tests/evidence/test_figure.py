"""Figures: value, unit, comparator, kind. No sentence is one of a report."""

import re

import pytest

from tightrope.evidence.figure import figures
from tightrope.evidence.found import Mention, Report, Sentence


def report(text: str, published: str | None = None) -> Report:
    ends = [match.end() for match in re.finditer(r"[.!?](?:\s+|$)", text)] or [len(text)]
    starts = [0, *ends[:-1]]
    sentences = tuple(Sentence(start, end, 0) for start, end in zip(starts, ends, strict=True))
    return Report("doc", text, text, range(len(text)), sentences, published=published)


def told(text: str) -> list[tuple[str, object, str, str | None]]:
    found = figures(report(text), ())
    return [(text[one.start : one.end], one.value, one.unit, one.comparator) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prices rose by 12 percent.", ("12 percent", 12, "percent", None)),
        ("Prices rose by 3.5% in a month.", ("3.5%", 3.5, "percent", None)),
        (
            "At least 40 percent of voters stayed at home.",
            ("At least 40 percent of voters", 40, "percent", ">="),
        ),
        ("More than 2,500 soldiers crossed the river.", ("More than 2,500 soldiers", 2500, "soldiers", ">")),
        ("Nearly nine million people live there.", ("Nearly nine million people", 9_000_000, "people", "<")),
        ("Up to 300 tanks were seen.", ("Up to 300 tanks", 300, "tanks", "<=")),
        ("They paid about $1.2 billion for it.", ("about $1.2 billion", 1_200_000_000, "USD", "~")),
        ("They paid €40m for it.", ("€40m", 40_000_000, "EUR", None)),
        ("It is three times the size of Spain.", ("three times the size of Spain", 3, "times", None)),
        ("A 1,200-kilometre pipeline runs there.", ("1,200-kilometre", 1200, "km", None)),
        ("The G20 condemned it.", ("G20", 20, "member states", None)),
        ("Seventeen countries abstained.", ("Seventeen countries", 17, "countries", None)),
        ("A two-day visit ended.", ("two-day", 2, "days", None)),
        ("Two thirds of the deputies left.", ("Two thirds of the deputies", 0.667, "share", None)),
        ("Hundreds of thousands fled.", ("Hundreds of thousands", None, "", None)),
        ("The “four islands” stayed calm.", ("four islands", 4, "islands", None)),
        ("It was the second time he lied.", ("second time", 2, "time", None)),
    ],
)
def test_a_quantity(text, expected):
    assert told(text)[0] == expected


def test_a_unit_is_taken_over_within_a_comparison():
    assert told("Instead of 40 members, the club would have more than 90.")[1][1:] == (90, "members", ">")


@pytest.mark.parametrize(
    "text",
    [
        "No one from the ministry came.",
        "One of the reasons is fear.",
        "Covid-19 struck.",
        "They took S-300 missiles.",
    ],
)
def test_what_is_no_figure(text):
    assert told(text) == []


def test_dates_are_figures_as_printed():
    (found,) = figures(report("It fell on August 9.", "2021-09-01"), ())
    assert (found.kind, found.value) == ("date", "2021-08-09")


def test_about_whom_is_the_actor_named_nearest():
    text = "Norway has 5 million people and Sweden has twice that."
    mentions = (Mention(0, 6, "Norway", "state"), Mention(32, 38, "Sweden", "state"))
    assert figures(report(text), mentions)[0].about == "Norway"


def test_a_dateline_that_was_set_aside_is_still_a_figure():
    raw = "Monday, 6 March 2023\nIt rained."
    kept = raw.index("It rained")
    text = raw[kept:]
    given = Report(
        "doc", raw, text, range(kept, len(raw)), (Sentence(0, len(text), 0),), published="2023-03-06"
    )
    (found,) = figures(given, ())
    assert (raw[found.start : found.end], found.value) == ("Monday, 6 March 2023", "2023-03-06")


def test_what_a_figure_measures_is_told_from_the_first_word_of_a_text_on():
    text = "Norway sent 12 trucks, and nobody asked."
    assert figures(report(text), ())[0].what == "Norway sent 12 trucks"
