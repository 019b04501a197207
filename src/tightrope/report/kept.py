"""What is kept in memory because it is likely to be asked for again: the last used stays, within a limit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by key, together no heavier than `most`; the one that was used longest ago goes first.

    Two that ask for the same key at once wait for one making of it. A value that cannot be made is not kept.
    """

    def __init__(self, most: float, weight: Callable[[Value], float] = lambda value: 1.0) -> None:
        self._most, self._weight = most, weight
        self._values: OrderedDict[Hashable, tuple[Value, float]] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made if it is not kept."""
        found = self.find(key)
        if found is not None:
            return found
        with self._lock:
            turn = self._making.setdefault(key, Lock())
        with turn:
            found = self.find(key)
            if found is None:
                try:
                    found = self.put(key, make())
                finally:
                    with self._lock:
                        self._making.pop(key, None)
        return found

    def find(self, key: Hashable) -> Value | None:
        """The value of a key if it is kept; it counts as used."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def take(self, key: Hashable) -> Value | None:
        """The value of a key if it is kept, which it is no longer."""
        with self._lock:
            return self._values.pop(key, (None, 0.0))[0]

    def put(self, key: Hashable, value: Value) -> Value:
        """Keep a value; the same is given back."""
        with self._lock:
            self._values[key] = (value, self._weight(value))
            while len(self._values) > 1 and sum(weight for _, weight in self._values.values()) > self._most:
                self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
