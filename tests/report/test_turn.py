"""The latest wish of a client wins, previews come before full answers, and too many are told so."""

from __future__ import annotations

from threading import Event, Thread
from time import sleep

import pytest

from tightrope.report.turn import Busy, Overtaken, Turns


def test_a_later_wish_overtakes_an_earlier_one() -> None:
    turns = Turns()
    first = turns.latest("one", 1)
    assert not first()
    second = turns.latest("one", 2)
    assert first()
    assert not second()


def test_another_clients_wish_does_not() -> None:
    turns = Turns()
    first = turns.latest("one", 1)
    turns.latest("two", 9)
    assert not first()


def test_who_gives_no_name_is_never_overtaken() -> None:
    turns = Turns()
    first = turns.latest("", 1)
    turns.latest("", 2)
    assert not first()


def test_an_old_wish_that_comes_late_is_overtaken_at_once() -> None:
    turns = Turns()
    turns.latest("one", 5)
    with pytest.raises(Overtaken), turns.turn(turns.latest("one", 4)):
        pass


def held(turns: Turns) -> tuple[Thread, Event]:
    """A computation that holds its turn until the event is set."""
    begun, end = Event(), Event()

    def work() -> None:
        with turns.turn():
            begun.set()
            end.wait(5)

    thread = Thread(target=work)
    thread.start()
    begun.wait(5)
    return thread, end


def test_previews_go_before_full_answers() -> None:
    turns, order = Turns(), []
    holder, end = held(turns)

    def work(name: str, rank: int) -> None:
        with turns.turn(rank=rank):
            order.append(name)

    threads = []
    for name, rank in (("full", 1), ("preview", 0)):
        threads.append(Thread(target=work, args=(name, rank)))
        threads[-1].start()
        while turns.waiting < len(threads):
            sleep(0.005)
    end.set()
    for thread in (*threads, holder):
        thread.join()
    assert order == ["preview", "full"]


def test_one_at_a_time() -> None:
    turns, inside, most = Turns(), [], []

    def work() -> None:
        with turns.turn():
            inside.append(1)
            most.append(len(inside))
            sleep(0.005)
            inside.pop()

    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 6


def test_a_wish_that_waits_can_be_overtaken() -> None:
    turns, seen = Turns(), []
    holder, end = held(turns)

    def work() -> None:
        try:
            with turns.turn(turns.latest("one", 1)):
                seen.append("computed")
        except Overtaken:
            seen.append("overtaken")

    thread = Thread(target=work)
    thread.start()
    while not turns.waiting:
        sleep(0.005)
    turns.latest("one", 2)
    thread.join(5)
    end.set()
    holder.join()
    assert seen == ["overtaken"]


def test_too_many_are_told_so() -> None:
    turns = Turns(most=0)
    with pytest.raises(Busy, match="try again"), turns.turn():
        pass


def test_nobody_waits_for_ever() -> None:
    turns = Turns()
    holder, end = held(turns)
    with pytest.raises(Busy, match="too long"), turns.turn(patience=0.01):
        pass
    end.set()
    holder.join()


def test_a_failure_gives_the_turn_back() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    with turns.turn(patience=0.1):
        pass
