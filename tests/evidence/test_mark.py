"""Quotation marks of every shape, told from apostrophes and repaired."""

from __future__ import annotations

import pytest

from tightrope.evidence.text import Printed, report_of


def clean(raw: str) -> str:
    return report_of(Printed("a", raw)).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('"We are late," he said.', "“We are late,” he said."),
        ("«We are late», he said.", "“We are late”, he said."),
        ("„We are late“, he said.", "“We are late”, he said."),
        ("»We are late«, he said.", "“We are late”, he said."),
        ("``We are late,'' he said.", "“We are late,” he said."),
        ("‘We aren’t late,’ he said.", "‘We aren't late,’ he said."),
        ("'We aren't late,' he said.", "‘We aren't late,’ he said."),
        ("The ministers’ cars were late.", "The ministers' cars were late."),
        ("It was the ’90s, and ’tis over.", "It was the '90s, and 'tis over."),
        ("The pipe is 6\" wide.", "The pipe is 6\" wide."),
        ("“He said ‘no’ twice,” she said.", "“He said ‘no’ twice,” she said."),
        ('"He said "no" twice," she said.', "“He said ‘no’ twice,” she said."),
        ('" We do n\'t wait , " he said .', "“We don't wait,” he said."),
        ("`` We are late , '' he said .", "“We are late,” he said."),
        ("“ We are late , ” Ito 's driver said . “ Now . ”", "“We are late,” Ito's driver said. “Now.”"),
    ],
)  # fmt: skip
def test_marks_take_one_shape(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # turned round, of the wrong kind, missing at the beginning, missing at the end
        ("“We are late“, he said.", "“We are late”, he said."),
        ("“We are late,’ said Ito.", "“We are late,” said Ito."),
        ("We are late,” Ito said.", "“We are late,” Ito said."),
        ("It rained. We are late,” Ito said.", "It rained. “We are late,” Ito said."),
        ("“We are late, Ito said.", "“We are late,” Ito said."),
        ("He called it “a bad day. It rained.", "He called it “a bad day”. It rained."),
        ("“We are late.\n\nIt rained.", "“We are late.”\nIt rained."),
    ],
)
def test_unbalanced_marks_are_repaired(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_a_quotation_that_goes_on_in_the_next_paragraph_stays_open() -> None:
    assert clean("“We are late.\n\n“And it rains,” she said.") == "“We are late.\n“And it rains,” she said."


def test_the_text_as_it_stands_keeps_its_marks() -> None:
    report = report_of(Printed("a", "We are late,” Ito said."))
    start, end = report.spot(report.text.index("We"), report.text.index(","))
    assert report.raw[start:end] == "We are late"
