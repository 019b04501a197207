"""What is told by taking up what was told before: "Chad did the same", "Mali followed suit", "Togo did not"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tightrope.evidence.act import Act, governed
from tightrope.evidence.clause import Words
from tightrope.evidence.found import Mention
from tightrope.evidence.subject import main_subject

_SAME = (
    ("did", "so"),
    ("did", "too"),
    ("did", "the", "same"),
    ("did", "likewise"),
    ("has", "done", "so"),
    ("has", "done", "the", "same"),
    ("have", "done", "the", "same"),
    ("followed", "suit"),
    ("followed", "its", "example"),
)
_INVERTED = (("so", "did"), ("as", "did"), ("nor", "did"), ("so", "has"), ("as", "has"), ("nor", "has"))
_NOT = (
    ("refused", "to"),
    ("declined", "to"),
    ("refused",),
    ("declined",),
    ("did", "not"),
    ("didn't",),
    ("has", "not"),
    ("hasn't",),
    ("have", "not"),
)
_ENDS = frozenset((".", ",", ";", "!", "–", "—"))
# What may stand behind the first word of each.
_FIRST = {
    row[0]: frozenset(one[1] for one in (*_SAME, *_NOT, *_INVERTED) if one[0] == row[0] and len(one) > 1)
    | (_ENDS if (row[0],) in _NOT else frozenset())
    for row in (*_SAME, *_NOT, *_INVERTED)
}
# What is taken up stands in the sentence before, or in the same one: no further back than so many words.
_BACK, _MOST = 50, 20


class Echo(NamedTuple):
    """Words `first` to `last` (excluded) say that `who` did, or did not do (`denied`), what was told before."""

    first: int
    last: int
    who: Mention
    denied: bool

    def takes_up(self, end: int, actor: str | None) -> bool:
        """Whether it may mean what ends before word `end` and is told of an actor."""
        return actor not in (None, self.who.actor) and end <= self.first and self.first - end <= _BACK


@lru_cache(maxsize=1)
def echoes(words: Words) -> tuple[Echo, ...]:
    """Where a text says that somebody did the same, or did not."""
    return tuple(_echoes(words))


def _echoes(words: Words) -> Iterator[Echo]:
    for number in words.those_in(_FIRST):
        if words.word(number + 1) not in _FIRST[words.low[number]]:
            continue
        same, denied = _found(words, number, _SAME), _found(words, number, _NOT)
        inverted = _found(words, number, _INVERTED)
        last = number + (inverted or same or denied)
        if last > number and not (denied and not same and words.word(last) not in _ENDS):
            row = _behind(words, last) if inverted else _ahead(words, number)
            if row is not None and _acts(words, *row):
                end = _end(words, row[0]) if inverted else last
                yield Echo(min(row[0], number), end, row[1], bool(denied) and not same)


def _behind(words: Words, number: int) -> tuple[int, Mention] | None:
    """Who follows an inverted verb: Chad in "so did Chad"."""
    rows = words.named(number, number + 2)
    closed = bool(rows) and (
        words.word(_end(words, rows[0][0])) in _ENDS or _end(words, rows[0][0]) == len(words)
    )
    return rows[0] if closed else None


def _ahead(words: Words, number: int) -> tuple[int, Mention] | None:
    """Who stands before the verb: the last name that no preposition governs, or what a relative clause hangs on."""
    floor, _ = words.sentence(number)
    floor = next((at for at in range(number, floor, -1) if words.low[at] in (";", ":")), floor)
    rows = words.named(floor, number)
    free = [row for row in rows if governed(words, row[0]) is None]
    if {"which", "who"} & set(words.low[floor:number]):
        who = main_subject(words, floor, number)
        free = [row for row in rows if row[1] is who]
    return free[-1] if free else None


def _acts(words: Words, number: int, one: Mention) -> bool:
    return one.form != "demonym" and (one.form != "pronoun" or words.low[number] in ("he", "she"))


def _end(words: Words, number: int) -> int:
    mention = words.mention[number]
    while number < len(words) and words.mention[number] is mention:
        number += 1
    return number


def echoed(words: Words, acts: Sequence[Act]) -> Iterator[Act]:
    """The acts that are only taken up, of a text whose other acts, in order, are `acts`."""
    firsts = [act.first for act in acts]
    for one in echoes(words):
        at = bisect_left(firsts, one.first)
        near = reversed(acts[max(at - _MOST, 0) : at])
        told = next((act for act in near if act.last <= one.first and not act.nominal), None)
        if told is not None and told.source is not None and one.takes_up(told.last, told.source.actor):
            act = _undone(told) if one.denied else told
            yield act._replace(first=one.first, last=one.last, head=one.last - 1, source=one.who)


def _found(words: Words, number: int, rows: Sequence[tuple[str, ...]]) -> int:
    return next((len(row) for row in rows if tuple(words.low[number : number + len(row)]) == row), 0)


def _undone(act: Act) -> Act:
    """The act as one that was not done."""
    if act.type == "recognise" and act.realis == "happened":
        return act._replace(type="refuse_recognition")
    return act._replace(realis="denied") if act.realis == "happened" else act
