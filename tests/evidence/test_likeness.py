"""A back end adds links between passages of different reports that it finds alike, and none where rules have one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tests.evidence.test_backend import report

from tightrope.evidence.backend import Alike, Backend
from tightrope.evidence.found import Findings, Link, Statement
from tightrope.evidence.index import index_of
from tightrope.evidence.likeness import likened

FIRST = "The harbour will stay open for every ship."
SECOND = "No vessel is going to be turned away from the port."


class Twins(Backend):
    """Finds everything alike."""

    name = "twins"

    def alike(self, first: Sequence[str], second: Sequence[str]) -> Alike:
        return np.full((len(first), len(second)), 0.9)


def found(doc: str, text: str) -> Findings:
    from dataclasses import replace

    said = Statement(doc, 0, len(text), "indirect", "Ada Beispiel", "told", 0.9)
    return Findings(replace(report(text), doc=doc), (), (said,), (), (), ())


def test_it_links_what_no_word_ties() -> None:
    index = index_of([found("one", FIRST), found("two", SECOND)])
    (link,) = likened(index, (), [Twins()])
    assert (link.doc_a, link.doc_b, link.level, link.fact, link.score) == (
        "one",
        "two",
        "paraphrase",
        "statement",
        0.9,
    )


def test_what_the_rules_tie_stays_as_it_is() -> None:
    index = index_of([found("one", FIRST), found("two", SECOND)])
    known = Link("two", 0, 5, "one", 0, 5, "related", "statement", 0.5)
    assert tuple(likened(index, [known], [Twins()])) == (known,)


def test_without_a_back_end_nothing_is_added() -> None:
    index = index_of([found("one", FIRST), found("two", SECOND)])
    assert tuple(likened(index, (), [])) == ()
    assert tuple(likened(index, (), [Backend()])) == ()


def test_a_report_is_not_linked_with_itself() -> None:
    assert tuple(likened(index_of([found("one", FIRST), found("one", FIRST)]), (), [Twins()])) == ()
