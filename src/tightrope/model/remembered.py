"""What was made first and what was made latest: of a lever that is moved a thousand times no more is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Of = TypeVar("Of")
Value = TypeVar("Value")


def remembered(
    kept: list[tuple[Of, Value]], same: Callable[[Of], bool], make: Callable[[], tuple[Of, Value]]
) -> Value:
    """The value whose `Of` is the `same`, out of those `kept`; else what `make` gives, which takes the latest's place.

    May be used by several threads at once.
    """
    for of, value in tuple(kept):
        if same(of):
            return value
    new = make()
    kept[1:] = [new]
    return new[1]
