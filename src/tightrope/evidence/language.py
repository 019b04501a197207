"""The language that a text is written in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 3000
_ENGLISH = frozenset(
    "the of and to in a is that for it was on with as he be at by this had not are but from or have an they which his she said"
    .split()
)


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language of a text; `en` for one too short to tell."""
    words = text[:_SAMPLE].lower().split()
    # Plain English is told by its small words, a hundred times quicker than by statistics.
    if len(words) >= 20 and sum(word in _ENGLISH for word in words) >= 0.2 * len(words):
        return "en"
    letters = sum(character.isalpha() for character in text[:_SAMPLE])
    if letters < 40:
        return "en"
    code, _ = _identifier().classify(text[:_SAMPLE])
    return str(code)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE)
