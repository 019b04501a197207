"""Further links from a back end that tells how alike passages are: paraphrases in which hardly a word is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from tightrope.evidence.backend import Backend, alike
from tightrope.evidence.found import Link
from tightrope.evidence.index import Index
from tightrope.evidence.passage import Fact, Passage

# Passages this much alike tell the same; so many are compared, so many at a time, and so few words are too few.
ALIKE, MOST, BLOCK, SHORTEST = 0.8, 4_000, 256, 4


def likened(index: Index, known: Iterable[Link], aids: Sequence[Backend]) -> Iterator[Link]:
    """The links, and those that a back end adds between statements and between events of different reports."""
    if not aids:
        yield from known
        return
    facts = [_asked(index, fact) for fact in ("statement", "event")]
    docs = {one.doc for passages in facts for one in passages}
    taken: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in known:
        if link.doc_a in docs and link.doc_b in docs:
            taken[link.doc_a, link.doc_b].append(link)
        yield link
    found = [link for passages in facts for link in _alike(passages, aids, taken)]
    yield from sorted(
        found, key=lambda link: (-link.score, link.doc_a, link.start_a, link.doc_b, link.start_b)
    )


def _asked(index: Index, fact: Fact) -> list[Passage]:
    """The passages that a back end compares; what is told again in the same words is tied already."""
    rows = (one for one in index.firsts(fact) if len(one.text.split()) >= SHORTEST)
    return list(islice(rows, MOST))


def _alike(
    passages: Sequence[Passage], aids: Sequence[Backend], taken: dict[tuple[str, str], list[Link]]
) -> Iterator[Link]:
    texts = [one.text for one in passages]
    for start in range(0, len(passages), BLOCK):
        scores = alike(aids, texts[start : start + BLOCK], texts)
        if scores is None:
            return
        rows, columns = np.nonzero(scores >= ALIKE)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            one, two = passages[start + row], passages[column]
            if start + row < column and one.doc != two.doc and not _linked(one, two, taken):
                yield _link(one, two, float(scores[row, column]))


def _link(one: Passage, two: Passage, score: float) -> Link:
    places = (one.doc, one.start, one.end, two.doc, two.start, two.end)
    return Link(*places, "paraphrase", one.fact, round(min(score, 1.0), 3))


def _linked(one: Passage, two: Passage, taken: dict[tuple[str, str], list[Link]]) -> bool:
    """Whether the rules tie the two places already, in either order."""
    for first, second in ((one, two), (two, one)):
        for link in taken.get((first.doc, second.doc), ()):
            if (
                link.start_a < first.end
                and first.start < link.end_a
                and link.start_b < second.end
                and second.start < link.end_b
            ):
                return True
    return False
