"""Numbers in words and digits: what "7,644", "twenty-five", "1.2 million" and "two thirds" are worth."""

from __future__ import annotations

import re
from types import MappingProxyType

_each = str.split  # a row of words reads better than a list of them

_ONES = _each(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = _each("twenty thirty forty fifty sixty seventy eighty ninety")
SCALES = MappingProxyType(
    {
        "hundred": 100,
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "dozen": 12,
        "mn": 10**6,
        "bn": 10**9,
        "tn": 10**12,
    }
)
SMALL = MappingProxyType(
    {word: value for value, word in enumerate(_ONES)}
    | {word: 10 * place for place, word in enumerate(_TENS, start=2)}
)
_PARTS = MappingProxyType({"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10})
ORDINALS = MappingProxyType(
    {
        word: place
        for place, word in enumerate(
            _each("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"),
            start=1,
        )
    }
)

_WORD = "|".join(sorted(SMALL, key=len, reverse=True))
_SCALE = "|".join(SCALES)
DIGITS = r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
WORDS = (
    rf"(?:a|an|half\ a|{_WORD})[\ -](?:{_SCALE})\b(?:(?:\ and\ |[\ -])(?:{_WORD}|{_SCALE})\b)*"
    rf"|(?:{_WORD})\b(?:(?:\ and\ |[\ -])(?:{_WORD}|{_SCALE})\b)*"
)
FRACTIONS = r"(?:(?:a|one|two|three|four)[\ -])?(?:half|thirds?|quarters?|fifths?|tenths?)(?=\ of\b)"
_SPLIT = re.compile(r"[\s-]+|\band\b")


def digits(text: str) -> float | int:
    """The number that the digits of `text` stand for, marks of thousands left out.

    >>> digits("7,644"), digits("2.5")
    (7644, 2.5)
    """
    plain = re.sub(r"[,\u202f\u00a0]", "", text)
    return float(plain) if "." in plain else int(plain)


def words(text: str) -> float | int | None:
    """The number that the words of `text` stand for, None where they are no number.

    >>> words("two hundred and fifty thousand"), words("twenty-five"), words("half a million")
    (250000, 25, 500000)
    """
    total, part, seen = 0.0, 0.0, False
    for word in (word for word in _SPLIT.split(text.lower()) if word):
        if word in SMALL:
            part, seen = part + SMALL[word], True
        elif word in SCALES:
            part = (part or 1.0) * SCALES[word]
            seen = True
            if SCALES[word] > 100:
                total, part = total + part, 0.0
        elif word == "half":
            part = 0.5
        elif word not in ("a", "an"):
            return None
    if not seen:
        return None
    value = total + part
    return int(value) if value == int(value) else value


def fraction(text: str) -> float | None:
    """The share that `text` names: "two-thirds" is 0.667, "half" 0.5; None where it names none."""
    head, _, tail = text.lower().replace("-", " ").rpartition(" ")
    part = _PARTS.get(tail.removesuffix("s"))
    if part is None:
        return None
    return round((SMALL.get(head, 1) if head not in ("a", "an", "") else 1) / part, 3)
