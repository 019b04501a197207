"""Sentences that speak to the reader of a page, and sentences of reports that hold the same words."""

import pytest

from tightrope.evidence.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "text",
    [
        "Sign up below and get all our updates by mail.",
        "Subscribe to the newsletter.",
        "We use cookies to make this page better.",
        "Accept all cookies to go on.",
        "Please enable JavaScript.",
        "JavaScript is disabled here.",
        "Follow us on every network.",
        "Join us on the channel.",
        "Join our channel.",
        "Like us on the network.",
        "Download the app today.",
        "Support our journalism.",
        "Click here to go on.",
        "This article was originally published on another page.",
        "For more information, visit the archive.",
        "Please log in.",
        "Your browser does not show this film.",
        "Already a subscriber?",
        "Save my name, email and address.",
        "Get our free letter.",
    ],
)
def test_a_sentence_of_the_page_is_told_in_any_case(text: str) -> None:
    assert is_boilerplate(text)
    assert is_boilerplate(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "The minister asked them to please come back.",
        "They would support our envoy, he said, and follow us.",
        "Information on the talks is scarce.",
    ],
)
def test_a_sentence_of_the_report_with_such_words_is_kept(text: str) -> None:
    assert not is_boilerplate(text)
