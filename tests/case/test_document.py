"""One YAML file: plain data, places, and the same answer with the C parser and without it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tightrope.case import document
from tightrope.case.document import Document, Mark, read_document
from tightrope.errors import CaseError

compiled = pytest.mark.skipif(find_spec("_ruamel_yaml") is None, reason="the C parser is not installed")


def read(text: str, pure: bool = True) -> Any:
    return read_document("x.yaml", text, pure).data


@pytest.mark.parametrize("pure", [True, False])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("Off", "Off"), ("y", "y"),
        ("true", True), ("False", False), ("tRUE",
        "tRUE"), ("null", None), ("~", None), ("", None), ("nUll", "nUll"),
        ("12", 12), ("-3", -3), ("+3", 3), ("007", 7), ("0o17", 15), ("0x1F", 31), ("1_000", "1_000"),
        ("1.5", 1.5), ("-.5", -0.5), ("1.", 1.0), ("1e3", 1000.0), ("12:30:45", "12:30:45"), ("1.2.3",
        "1.2.3"),
        (".inf", float("inf")), ("-.INF", float("-inf")), ("1e999", float("inf")),
        ("2022-01-05", "2022-01-05"), ("2022-02", "2022-02"), ("2022", 2022), ("'2022'",
        "2022"), ('"true"', "true"),
        ("0b11", "0b11"), (".", "."), ("-", [None]), ("+", "+"), ("=", "="),
    ],
)  # fmt: skip
def test_scalars_follow_the_core_schema_of_yaml_1_2(text: str, value: object, pure: bool) -> None:
    assert read(f"a: {text}" if text != "-" else "a:\n - ", pure) == {"a": value}


def test_not_a_number_is_a_number_that_validation_refuses() -> None:
    value = read("a: .nan")["a"]
    assert value != value


def test_keys_are_always_text() -> None:
    assert read("{NO: 1, 2022: 2, true: 3, null: 4}") == {"NO": 1, "2022": 2, "true": 3, "null": 4}


TEXT = """\
figures:
  - id: a
    claims:
      - {value: 1, date: 2022}
  - id: b
"""


def test_places_of_values_keys_and_what_is_absent() -> None:
    found = read_document("x.yaml", TEXT)
    assert found.place(("figures", 0, "claims", 0, "date")) == (4, 26)
    assert found.place(("figures", 0, "claims", 0, "date"), key=True) == (4, 20)
    assert found.place(("figures", 0, "claims", 0, "source")) == (4, 9)
    assert found.place(("figures", 1, "unit", "x")) == (5, 5)
    assert found.place(()) == (1, 1)


def test_every_refusal_in_a_file_is_told_at_once() -> None:
    with pytest.raises(CaseError) as caught:
        read("a: &x 1\nb: *x\nc: !t 2\na: 3\n<<: {}\n")
    assert [fault.line for fault in caught.value.faults] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("pure", [True, False])
@pytest.mark.parametrize("escape", [r"\e", r"\x9b", r"\0", r"\u202d", r"\u2068", r"\L", r"\ufeff", r"\ud800"])
def test_what_is_hidden_is_refused_as_an_escape_too(escape: str, pure: bool) -> None:
    with pytest.raises(CaseError) as caught:
        read(f'a:\n  - "x{escape}"\n  - "{escape}y": z\n', pure)
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(2, 5), (3, 5)]


def test_line_ends_and_tabs_may_be_escaped() -> None:
    assert read(r'{"a": "\r\n\t\u200d"}') == {"a": "\r\n\t\u200d"}


def marks(mark: Mark) -> Any:
    return mark.place, mark.keys, {step: marks(part) for step, part in mark.parts.items()}


def outcome(text: str, pure: bool) -> Any:
    try:
        found = read_document("x.yaml", text, pure)
    except CaseError as error:
        return str(error)
    return repr(found.data), marks(found.mark)


PIECES = st.lists(
    st.sampled_from(
        [*"[]{}:,-?&*!|>'\"%@`#~ \n=\\/+.0", "a", "KAZ", ": ", "- ", "\n  ", "\n- ", "\n    ", "? ", ", ",
         "# x",
         "'b'", '"c"', '"\\n"', '"\\x41', "|\n  x\n", ">-\n  y\n", "ä", "\U0001f600", "\u00a0", "--- ",
         "...\n", "<<",
         "https://x.y?z=1", "a:b", "?x", "{", "}", "[", "]", "x?,", "!t ", "&a ", "*a ", "%YAML"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@compiled
@settings(max_examples=1500, deadline=None, derandomize=True)
@given(text=PIECES)
def test_the_c_parser_changes_nothing_but_the_time(text: str) -> None:
    assert outcome(text, pure=False) == outcome(text, pure=True)


@compiled
@pytest.mark.parametrize(
    "text",
    [TEXT, "{text: Does it leave?, outcome: x}", "[a:b, c ?d, https://x/?q]", "a: 'it''s'\nb: \"\\u00e4\"\n",
     "a: |\n  x\n\n  y\nb: >-\n  p\n  q\n", "- - - a\n  - b\n", "a: x # no\n", "{a: [1, {b: c}], d: }",
     "[a, , b]"],
)  # fmt: skip
def test_the_c_parser_reads_what_the_other_reads(text: str) -> None:
    assert outcome(text, pure=False) == outcome(text, pure=True)


def test_without_the_c_parser_all_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    there = read_document("x.yaml", TEXT)
    monkeypatch.setattr(document, "_compiled", lambda: False)
    assert read_document("x.yaml", TEXT) == there
    assert isinstance(there, Document)


@pytest.mark.parametrize("pure", [True, False])
@pytest.mark.parametrize(
    "text",
    ["[" * 5000 + "]" * 5000, "{a: " * 5000, "- " * 5000, "? " * 5000, "[\n" * 5000, '"' * 5001,
     "'" * 100_001,
     "a: " * 5000, "!" * 50_000, "&" * 50_000, "*a " * 5000, "a: [" + "{}," * 100_000 + "]",
     "- a\n" * 100_000,
     "a" * 1_900_000, "# " * 900_000, "\n" * 1_900_000, "a: |\n" + "  x\n" * 400_000, "%" * 100_000],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_no_text_takes_long(text: str, pure: bool) -> None:
    outcome(text, pure)
