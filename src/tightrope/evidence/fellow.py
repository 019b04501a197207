"""Who acts together with somebody: the others of a list that is one subject, as in "Chad, Niger and Togo abstained"."""

from __future__ import annotations

from collections.abc import Iterator

from tightrope.evidence.act import governed
from tightrope.evidence.clause import Words
from tightrope.evidence.found import Mention

_TIES = frozenset(("and", "nor"))
_BETWEEN = _TIES | {",", "the"}
_KINDS = frozenset(("state", "capital", "entity", "institution", "person"))
_MOST = 12


def fellows(words: Words, number: int) -> list[Mention]:
    """The others of the list in which the name at word `number` stands, none where it is no subject."""
    if governed(words, number) is not None or _owns(words, _end(words, number)):
        return []
    before, after = list(_before(words, number)), list(_after(words, number))
    edges = [at for at, _ in (*before, (number, words.mention[number]), *after)]
    tied = any(word in _TIES for word in words.low[min(edges) : max(edges)])
    return [mention for _, mention in (*reversed(before), *after)] if tied else []


def _before(words: Words, number: int) -> Iterator[tuple[int, Mention]]:
    """The names of the list before word `number`, the nearest first, up to one that is no subject."""
    for _ in range(_MOST):
        at = number - 1
        while at >= 0 and words.low[at] in _BETWEEN:
            at -= 1
        mention = words.mention[at] if 0 <= at < number - 1 else None
        if mention is None or not _named(mention):
            return
        while at > 0 and words.mention[at - 1] is mention:
            at -= 1
        if governed(words, at) is not None:
            return
        yield at, mention
        number = at


def _after(words: Words, number: int) -> Iterator[tuple[int, Mention]]:
    """The names of the list after the one at word `number`."""
    for _ in range(_MOST):
        end = at = _end(words, number)
        while at < len(words) and words.low[at] in _BETWEEN:
            at += 1
        mention = words.mention[at] if end < at < len(words) else None
        if mention is None or not _named(mention) or _owns(words, _end(words, at)):
            return
        yield at, mention
        number = at


def _named(mention: Mention) -> bool:
    return mention.kind in _KINDS and mention.form in ("name", "metonym")


def _end(words: Words, number: int) -> int:
    mention = words.mention[number]
    while number < len(words) and words.mention[number] is mention:
        number += 1
    return number


def _owns(words: Words, at: int) -> bool:
    return words.word(at) == "'s"
