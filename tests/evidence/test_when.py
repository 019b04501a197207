"""Dates in prose: what they come to and on what that rests. No sentence is one of a report."""

import calendar

import pytest

from tightrope.evidence.when import When, dates

WEDNESDAY = "2023-03-15"


def one(text: str, published: str | None = None) -> When:
    (when,) = dates(text, published)
    return when


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        ("They met on 2019-11-05.", "2019-11-05", "stated"),
        ("They met on 5 November 2019.", "2019-11-05", "stated"),
        ("They met on Tuesday, 5th of November, 2019.", "2019-11-05", "stated"),
        ("They met on November 5, 2019.", "2019-11-05", "stated"),
        ("They met on 05.11.2019.", "2019-11-05", "stated"),
        ("They met on 25/11/2019.", "2019-11-25", "stated"),
        ("They met on 5/11/2019.", "2019", "stated"),  # a day and a month that may be either
        ("In October 2018 it closed.", "2018-10", "stated"),
        ("It closed in mid-October 2018.", "2018-10", "stated"),
        ("In 1997 the pact was signed.", "1997", "stated"),
        ("It began in the late 1980s.", "198X", "stated"),
        ("It began in the summer of 2008.", "2008", "stated"),
    ],
)
def test_what_the_words_alone_give(text, value, basis):
    when = one(text)
    assert (when.value, when.basis) == (value, basis)


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        ("The envoy left yesterday.", "2023-03-14", "relative"),
        ("The envoy left last Friday.", "2023-03-10", "relative"),
        ("The envoy left on Monday.", "2023-03-13", "relative"),
        ("The envoy leaves next Monday.", "2023-03-20", "relative"),
        ("The envoy left last week.", "2023-03", "relative"),
        ("The envoy left last month.", "2023-02", "relative"),
        ("The envoy left last year.", "2022", "relative"),
        ("The envoy left last November.", "2022-11", "relative"),
        ("The envoy left in early March.", "2023-03", "stated_partial"),
        ("The envoy left in December.", "2022-12", "stated_partial"),
        ("The envoy will leave in December.", "2023-12", "stated_partial"),
        ("The envoy left on 9 January.", "2023-01-09", "stated_partial"),
        ("The envoy left three days ago.", "2023-03-12", "relative"),
        ("The envoy left two months ago.", "2023-01", "relative"),
        ("The envoy left five years ago.", "2018", "relative"),
    ],
)
def test_against_the_day_of_publication(text, value, basis):
    when = one(text, WEDNESDAY)
    assert (when.value, when.basis) == (value, basis)


@pytest.mark.parametrize(
    "text", ["The envoy left last Friday.", "He came a few months ago.", "It fell last week."]
)
def test_no_date_is_made_up(text):
    when = one(text)
    assert when.value is None
    assert when.basis == "relative"


def test_counted_from_the_last_date_of_the_story():
    text = "The lease ended in May 2003. Two years later the base reopened, and a year later it closed."
    assert [when.value for when in dates(text)] == ["2003-05", "2005", "2006"]


def test_a_date_in_an_aside_is_not_where_the_story_stands():
    text = "Talks began in 2010. Petrov, who resigned in 1999, was absent. Six years later they ended."
    assert [when.value for when in dates(text)] == ["2010", "1999", "2016"]


def test_an_offset_that_dates_what_follows_it():
    first, second = dates("The port closed on March 3, 2011, two days before the storm came.")
    assert (first.value, second.value, second.forward) == ("2011-03-03", "2011-03-05", True)


def test_the_only_year_of_a_text_completes_a_day():
    first, second = dates("On June 4 they struck. In May 2015 they had spoken.")
    assert (first.value, first.bare, first.sure) == ("2015-06-04", "06-04", False)
    assert second.value == "2015-05"


@pytest.mark.parametrize(
    "text",
    [
        "They may march again.",
        "More than 2000 people came.",
        "It cost $2015 and weighed 1900 km.",
        "Nothing is dated here.",
    ],
)
def test_what_is_no_date(text):
    assert dates(text) == ()


def test_a_day_that_does_not_exist_is_left_out():
    assert [when.value for when in dates("It was due on 31.02.2020.")] == []


_MANY = [
    "few",
    "several",
    "some",
    "many",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
]
_SIDES = ["last", "this", "next", "past", "coming", "same", "previous", "preceding", "following"]


@pytest.mark.parametrize(
    "text",
    [
        *(f"{month} 2019" for month in calendar.month_name[1:]),
        *(f"{month}. 2019" for month in calendar.month_abbr[1:] if month != "May"),
        *(f"on {day}" for day in calendar.day_name),
        *("Yesterday", "yesterday", "Tomorrow"),
        *(f"{many} years ago" for many in ("a few", "A couple of", "an", "12", "SEVERAL")),
        *(f"{way(many)} years ago" for many in _MANY for way in (str.lower, str.title)),
        *(f"{way(side)} week" for side in _SIDES for way in (str.lower, str.title)),
        *(f"this {season}" for season in ("spring", "Summer", "autumn", "Winter")),
        *(
            f"{edge} May 2019"
            for edge in ("early", "very early", "mid", "late", "the start of", "beginning of")
        ),
        *(
            "end of May",
            "middle of March",
            "the very early 1990s",
            "Autumn 2019",
            "winter 2019",
            "Spring 2019",
        ),
        *("the 5th of May", "2019-11-05", "05.11.2019", "in 2019", "1500", "12 May"),
    ],
)
def test_no_first_letter_of_a_date_is_passed_over(text: str) -> None:
    assert len(dates(f"It closed, {text}, and opened.", WEDNESDAY)) == 1
