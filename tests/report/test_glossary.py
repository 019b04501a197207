"""Every word is defined once, in short sentences, and the views it names are views of the app."""

from __future__ import annotations

import re
from pathlib import Path

import tightrope
from tightrope.model.parameters import table
from tightrope.report import words
from tightrope.report.glossary import words_of_the_model

EVERY = [word for group in words_of_the_model() for word in group.words]
VIEWS = Path(tightrope.__file__).parent / "report" / "static" / "app" / "views.js"


def test_a_word_is_defined_once() -> None:
    terms = [word.term for word in EVERY]
    assert len(terms) == len(set(terms))
    assert all(word.said.endswith(".") for word in EVERY)


def test_the_views_that_a_word_names_are_there() -> None:
    known = set(re.findall(r"id: '(\w+)'", VIEWS.read_text(encoding="utf-8")))
    assert {view for word in EVERY for view in word.views} <= known


def test_the_words_of_probability_are_those_of_the_scale() -> None:
    said = next(word.said for word in EVERY if word.term == "Probability words")
    assert all(name in said.lower() for name, _, _ in words.SCALE)
    assert "5 to 20 of 100" in said


def test_what_a_reader_sees_of_a_parameter_is_free_of_the_model_builders_words() -> None:
    assert not [name for name, row in table().items() if re.search(r"knob|identified", row.note)]
