"""The clean copy of a text: lines unwrapped, characters of one shape, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.evidence.clean import cleaned, paragraphs, plain
from tightrope.evidence.copy import lowered, whole


def lines(raw: str) -> list[str]:
    copy = plain(raw)
    return cleaned(copy, paragraphs(copy.text))[0].text.split("\n")


def test_a_sentence_cut_by_line_ends_becomes_one_line() -> None:
    raw = (
        "The ministers of both states met for the third time this week, and they\nsigned nothing\nat all."
        "\n\nThen they left."
    )
    assert lines(raw) == [
        "The ministers of both states met for the third time this week, and they signed nothing at all.",
        "Then they left.",
    ]


def test_a_line_that_ends_a_sentence_ends_a_paragraph() -> None:
    assert lines("Talks failed.\nNobody was surprised.") == ["Talks failed.", "Nobody was surprised."]


def test_lines_of_one_width_are_one_paragraph_though_a_sentence_ends_there() -> None:
    words = "The two sides will meet again. " * 12
    wrapped = "\n".join(words[at : at + 62].strip() for at in range(0, len(words), 62))
    assert len(lines(wrapped)) == 1


def test_a_short_line_without_a_stop_stands_for_itself() -> None:
    assert lines("A heading\nThe report begins here.") == ["A heading", "The report begins here."]


def test_items_of_a_list_stay_apart() -> None:
    raw = "The minister named three conditions for any further talks with his neighbours\n- a truce\n- a date"
    assert len(lines(raw)) == 3


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\u00a0\u00a0b", "a b"),
        ("non\u00adsense", "nonsense"),
        ("\ufeffTalks", "Talks"),
        ("\u202eTalks\u202c", "Talks"),
        ("of\ufb01ce", "office"),
        ("self–determination", "self-determination"),
        ("wait...", "wait…"),
        ("a\x00b\x07", "ab"),
        ("one\r\n\r\ntwo", "one\ntwo"),
    ],
)
def test_characters_are_made_plain(raw: str, clean: str) -> None:
    assert "\n".join(lines(raw)) == clean


@given(st.text(max_size=300))
def test_every_character_knows_where_it_came_from(raw: str) -> None:
    copy = plain(raw)
    clean, found = cleaned(copy, paragraphs(copy.text))
    assert len(clean.text) == len(clean.origin)
    assert list(clean.origin) == sorted(clean.origin)
    assert all(0 <= place < max(len(raw), 1) for place in clean.origin)
    for place, character in enumerate(clean.text):
        if character.isalnum() and raw[clean.origin[place]].isalnum() and raw.isascii():
            assert raw[clean.origin[place]] == character
    assert all(clean.text[one.start : one.end].strip() for one in found)


def test_a_line_of_megabytes_is_cut() -> None:
    copy = whole("a" * 100_000)
    assert len(paragraphs(copy.text)) == 5


def test_a_letter_that_grows_in_lower_case_leaves_the_others_where_they_stood() -> None:
    assert lowered("İN OSLO") == "İn oslo"
