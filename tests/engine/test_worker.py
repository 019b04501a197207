"""Workers: their end is an error that says what to do."""

from __future__ import annotations

import os
import sys

import pytest
from tests.engine.situation import situation

from tightrope.engine import worker
from tightrope.errors import ModelError


def die(*_: int) -> None:
    os._exit(1)


@pytest.mark.skipif(sys.platform == "win32", reason="processes end otherwise there")
def test_a_worker_that_dies_is_an_error_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_work", die)
    with pytest.raises(ModelError, match=r"a worker process died.*fewer workers"):
        list(worker.in_order(situation(("AAA",), 1), 1, 3, 2, "process"))


def test_closing_early_ends_the_workers() -> None:
    chunks = worker.in_order(situation(("AAA",), 1), 1, 50, 2, "thread")
    next(chunks)
    chunks.close()
    assert list(chunks) == []
