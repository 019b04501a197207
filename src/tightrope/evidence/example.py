"""Examples by which a text says who did what it tells in general: "as happened with Chad in 1990 and Mali in 2013"."""

from __future__ import annotations

from collections.abc import Iterator

from tightrope.evidence.act import Act, trimmed
from tightrope.evidence.clause import Words
from tightrope.evidence.clause_words import BREAKS

_LEADS = (
    ("as", "happened", "with"),
    ("as", "happened", "to"),
    ("as", "was", "the", "case", "with"),
    ("as", "was", "the", "case", "for"),
    ("as", "occurred", "with"),
)


def with_examples(words: Words, act: Act) -> Iterator[Act]:
    """The act as told; where examples follow, one act for each of them, by whom it names."""
    at = act.last + 1 if words.word(act.last) == "," else act.last
    lead = 0 if act.nominal or words.word(at) != "as" else _lead(words, at)
    if not lead:
        yield act
        return
    _, ceiling = words.sentence(act.head)
    end = next((place for place in range(at + lead, ceiling) if words.word(place) in BREAKS), ceiling)
    held = [
        row
        for row in words.named(at + lead, end)
        if row[1].kind in ("state", "person", "entity", "institution")
    ]
    if not held:
        yield act
    for number, (first, mention) in enumerate(held):
        last = held[number + 1][0] if number + 1 < len(held) else end
        while last > first and words.word(last - 1) in ("and", "or", ","):
            last -= 1
        begin, close = trimmed(words, act.first if number == 0 else first, last)
        yield act._replace(first=begin, last=close, source=mention)


def _lead(words: Words, at: int) -> int:
    """How many words from word `at` on lead up to examples."""
    return next((len(lead) for lead in _LEADS if tuple(words.low[at : at + len(lead)]) == lead), 0)
