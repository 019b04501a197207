"""What is kept stays while it fits, the last used longest, and is made once."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from tightrope.report.kept import Kept


def test_a_value_is_made_once() -> None:
    kept: Kept[list[int]] = Kept(10)
    made = []
    for _ in range(3):
        kept.get("key", lambda: made.append(1) or [1])  # type: ignore[func-returns-value]
    assert made == [1]


def test_what_was_used_longest_ago_goes_first() -> None:
    kept: Kept[str] = Kept(2)
    for name in "ab":
        kept.get(name, lambda name=name: name)  # type: ignore[misc]
    kept.get("a", lambda: "again")
    kept.get("c", lambda: "c")
    assert [kept.find(name) for name in "abc"] == ["a", None, "c"]


def test_weights_count_and_one_too_heavy_stays_alone() -> None:
    kept: Kept[str] = Kept(5, len)
    for word in ("four", "two", "too heavy"):
        kept.get(word, lambda word=word: word)  # type: ignore[misc]
    assert [kept.find(word) for word in ("four", "two", "too heavy")] == [None, None, "too heavy"]


def test_a_failure_is_not_kept() -> None:
    kept: Kept[int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 // 0)
    assert kept.get("key", lambda: 7) == 7


def test_two_at_once_wait_for_one_making() -> None:
    kept: Kept[int] = Kept(2)
    start, made = Barrier(8), []

    def ask() -> None:
        start.wait()
        kept.get("key", lambda: made.append(1) or 1)  # type: ignore[func-returns-value]

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_what_is_taken_is_kept_no_longer() -> None:
    kept: Kept[str] = Kept(2)
    assert kept.put("key", "value") == "value"
    assert [kept.take("key"), kept.take("key"), kept.find("key")] == ["value", None, None]
