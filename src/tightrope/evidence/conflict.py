"""Conflicts: passages tied by what they tell and by whom it is about that cannot both be read at face value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from typing import Any

from tightrope.evidence.disagreement import (
    Disagreement,
    Kind,
    of_issues,
    of_names,
    of_pair,
    of_stances,
    of_traits,
)
from tightrope.evidence.found import Conflict, Findings
from tightrope.evidence.index import Index, index_of, key, text
from tightrope.evidence.link import opposites, tied

# So many conflicts are kept of two passages, whoever tells them again, and so many of one with earlier ones.
OF_TWO, OF_ONE = 3, 12
_KINDS: tuple[Kind, ...] = ("polarity", "number", "date", "attribution", "interpretation", "wording")
_RANK = "salience desc, kind, score desc, a, start_a, end_a, b, start_b, end_b, number"
_KEPT = "where number not in (select number from dropped)"


def conflicts(findings: Iterable[Findings] | Index) -> tuple[Conflict, ...]:
    """Where the reports disagree, with each other and within one of them; what matters most comes first."""
    return tuple(conflicting(findings if isinstance(findings, Index) else index_of(findings)))


def conflicting(index: Index) -> Iterator[Conflict]:
    """The conflicts, one at a time; how many lesser ones there are besides is left in the index."""
    base = index.base
    base.execute("delete from apart")
    base.execute("delete from dropped")
    asked = f"insert into apart values ({', '.join('?' * 13)})"
    base.executemany(asked, (_row(number, one) for number, one in enumerate(_found(index))))
    drop = "insert into dropped values (?)"
    base.executemany(drop, [(number,) for number in _again(index)])
    index.left_out["conflicts"] = 0
    for columns, most in (("first_a, first_b", OF_TWO), ("first_b", OF_ONE)):
        for number in _beyond(index, columns, most):
            index.left_out["conflicts"] += 1
            base.execute(drop, (number,))
    for row in base.execute(f"select * from apart {_KEPT} order by {_RANK}"):
        yield _conflict(row)


def _found(index: Index) -> Iterator[Disagreement]:
    """All disagreements: of passages that are linked, of acts that are each other's opposite, and of all reports."""
    for pair in chain(tied(index), opposites(index)):
        index.compared += 1
        yield from of_pair(index, pair)
    for rule in (of_issues, of_stances, of_names, of_traits):
        yield from rule(index)


def _row(number: int, one: Disagreement) -> tuple[object, ...]:
    a, b = one.a, one.b
    rank = (one.salience, _KINDS.index(one.kind), one.score)
    places = (a.start, a.end, b.start, b.end, a.first, b.first)
    return (number, key(a.doc), key(b.doc), *rank, *places, key(one.why))


def _again(index: Index) -> Iterator[int]:
    """The numbers of those that touch the same two places as one that matters more."""
    asked = f"select a, b, number, start_a, end_a, start_b, end_b from apart order by a, b, {_RANK}"
    for _, rows in groupby(index.base.execute(asked), key=lambda row: row[:2]):
        kept: list[tuple[int, ...]] = []
        for _, _, number, *places in rows:
            if any(_touch(places, other) for other in kept):
                yield number
            else:
                kept.append(tuple(places))


def _touch(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two conflicts have both places in common, in whole or in part."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _beyond(index: Index, columns: str, most: int) -> Iterator[int]:
    """The numbers of those that come after so many graver ones of the same passages."""
    several = f"first_b is not null order by {columns}, {_RANK}"
    rows = index.base.execute(f"select number, {columns} from apart {_KEPT} and {several}")
    for _, group in groupby(rows, key=lambda row: row[1:]):
        yield from (number for number, *_ in islice(group, most, None))


def _conflict(row: Sequence[Any]) -> Conflict:
    _, a, b, salience, kind, _, start_a, end_a, start_b, end_b, _, _, why = row
    one, two = (text(a), start_a, end_a), (text(b), start_b, end_b)
    return Conflict(*one, *two, _KINDS[kind], salience, text(why))
