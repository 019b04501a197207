"""What was made of some mappings, with all that was read for it: made again only where something read differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tightrope.model.parameters import Range

Value = TypeVar("Value")
# The values read, by the place of the mapping among those given, and their key.
Reads = dict[tuple[int, str], Any]


class Heard(Mapping[str, Any]):
    """A mapping that notes which of its values are read."""

    def __init__(self, mapping: Mapping[str, Any], place: int, reads: Reads) -> None:
        self._mapping, self._place, self._reads = mapping, place, reads

    def __getitem__(self, key: str) -> Any:
        found = self._reads[self._place, key] = self._mapping[key]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._mapping)

    def __len__(self) -> int:
        return len(self._mapping)


def alike(one: object, other: object) -> bool:
    """Whether two are the very same, or equal ranges: a scenario says a range anew each time."""
    return one is other or (isinstance(one, Range) and one == other)


@dataclass(frozen=True)
class Made(Generic[Value]):
    """Something made, and the values that were read for it."""

    what: Value
    reads: Reads

    def holds(self, *mappings: Mapping[str, Any]) -> bool:
        """Whether it would be made of the same values again."""
        return all(alike(mappings[place].get(key), value) for (place, key), value in self.reads.items())


def made(make: Callable[..., Value], *mappings: Mapping[str, Any]) -> Made[Value]:
    """What `make` gives of these mappings, of which it must read by key alone."""
    reads: Reads = {}
    what = make(*(Heard(one, place, reads) for place, one in enumerate(mappings)))
    return Made(what, reads)
