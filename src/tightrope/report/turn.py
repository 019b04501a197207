"""Whose turn it is: a few computations at a time, the latest wish of each client before its earlier ones.

Whoever drags a lever asks many times a second and wants only the last answer. A wish that a later one of the same
client has overtaken is dropped, waiting or half done.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock
from time import monotonic

from tightrope.errors import TightropeError

CLIENTS = 10_000


class Overtaken(TightropeError):
    """A later wish of the same client has come in; nobody waits for this answer any more."""


class Busy(TightropeError):
    """Too many wait already; try again in a moment."""


class Turns:
    """At most `together` computations at a time and `most` that wait; those of lower `rank` come first."""

    def __init__(self, together: int = 1, most: int = 64) -> None:
        self._together, self._most = together, most
        self._latest: OrderedDict[str, int] = OrderedDict()
        self._lock, self._changed = Lock(), Condition()
        self._working, self._arrived = 0, 0
        self._waiting: list[tuple[int, int]] = []

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    def latest(self, client: str, serial: int) -> Callable[[], bool]:
        """Note a client's wish; the answer tells whether a later one has overtaken it. No name: never."""
        if not client:
            return lambda: False
        with self._lock:
            self._latest[client] = max(serial, self._latest.get(client, 0))
            self._latest.move_to_end(client)
            if len(self._latest) > CLIENTS:
                self._latest.popitem(last=False)
        return lambda: self._latest.get(client, 0) > serial

    @contextmanager
    def turn(
        self, overtaken: Callable[[], bool] = lambda: False, rank: int = 0, patience: float = 60.0
    ) -> Iterator[None]:
        """Wait for a turn, compute, and leave it to the next.

        Raises:
            Overtaken: the client wants something else by now. Busy: too many wait, or for longer than `patience` s.
        """
        with self._changed:
            if len(self._waiting) >= self._most:
                raise Busy(f"{self._most} computations wait already; try again in a moment")
            self._arrived += 1
            mine = (rank, self._arrived)
            self._waiting.append(mine)
            try:
                self._wait(mine, overtaken, monotonic() + patience)
            finally:
                self._waiting.remove(mine)
                self._changed.notify_all()
            self._working += 1
        try:
            yield
        finally:
            with self._changed:
                self._working -= 1
                self._changed.notify_all()

    def _wait(self, mine: tuple[int, int], overtaken: Callable[[], bool], end: float) -> None:
        while self._working >= self._together or min(self._waiting) != mine:
            if overtaken():
                raise Overtaken("a later request of this client took its place")
            if monotonic() > end:
                raise Busy("it waited too long for its turn; try again in a moment")
            self._changed.wait(0.05)
        if overtaken():
            raise Overtaken("a later request of this client took its place")
