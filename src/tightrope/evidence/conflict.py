"""Conflicts: passages tied by what they tell and by whom it is about that cannot both be read at face value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tightrope.evidence.disagreement import Disagreement, of_issues, of_names, of_pair, of_stances, of_traits
from tightrope.evidence.found import Conflict, Findings
from tightrope.evidence.link import Pair, chosen, opposites, pairs
from tightrope.evidence.passage import Index, index_of

_ORDER = ("polarity", "number", "date", "attribution", "interpretation", "wording")


def conflicts(findings: Iterable[Findings] | Index) -> tuple[Conflict, ...]:
    """Where the reports disagree, with each other and within one of them; what matters most comes first."""
    index = findings if isinstance(findings, Index) else index_of(findings)
    found: list[Disagreement] = []
    for pair in _tied(index):
        found += of_pair(index, pair)
    for rule in (of_issues, of_stances, of_names, of_traits):
        found += rule(index)
    return tuple(_conflict(one) for one in _once(found))


def _tied(index: Index) -> Iterator[Pair]:
    """The pairs of passages worth a close look: those linked, and acts that are each other's opposite."""
    tied = list(pairs(index))
    yield from chosen(tied)
    yield from opposites(index)


def _once(found: Iterable[Disagreement]) -> Iterator[Disagreement]:
    """Each disagreement once: of two on the same places, the one that matters more."""
    kept: dict[tuple[str, str], list[Disagreement]] = defaultdict(list)
    ranked = sorted(found, key=lambda one: (-one.salience, _ORDER.index(one.kind), -one.score, one.a, one.b))
    for one in ranked:
        others = kept[one.a[0], one.b[0]]
        if any(_same_places(one, other) for other in others):
            continue
        others.append(one)
        yield one


def _same_places(one: Disagreement, other: Disagreement) -> bool:
    touch = [
        mine[1] < theirs[2] and theirs[1] < mine[2] for mine, theirs in ((one.a, other.a), (one.b, other.b))
    ]
    return all(touch)


def _conflict(one: Disagreement) -> Conflict:
    return Conflict(*one.a, *one.b, one.kind, one.salience, one.why)
