"""Many runs: the same bits however they are run, and what is finished is kept on Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from tests.engine.situation import same, situation

from tightrope.engine import ensemble as module
from tightrope.engine.chunk import run_chunk
from tightrope.engine.ensemble import ensemble
from tightrope.errors import ModelError

ROOT = Path(__file__).parents[2]
FEW = situation(("AAA", "BBB"), 3)


def interrupt_at(runs: int) -> Callable[[int, int], None]:
    def progress(done: int, asked: int) -> None:
        if done >= runs:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("kind", ["thread", "process"])
def test_two_workers_give_the_bits_of_one(kind: Literal["thread", "process"]) -> None:
    serial = ensemble(FEW, 1700, 5)
    shared = ensemble(FEW, 1700, 5, 2, kind)
    assert same(serial.arrays, shared.arrays)
    assert serial.unsettled == shared.unsettled
    assert (shared.runs, shared.interrupted) == (1700, False)


def test_chunks_in_another_order_give_the_same_bits() -> None:
    serial = ensemble(FEW, 1000, 5)
    last, first = run_chunk(FEW, 5, 1), run_chunk(FEW, 5, 0)
    for name, values in serial.arrays.items():
        assert np.array_equal(values, np.concatenate([first.arrays[name], last.arrays[name]], axis=-1))


def test_the_first_runs_of_many_are_the_runs_of_few() -> None:
    assert same(ensemble(FEW, 700, 5).arrays, ensemble(FEW, 1000, 5).arrays, slice(700))


def test_the_first_months_of_many_are_the_months_of_few() -> None:
    short, long = ensemble(situation(months=4), 500, 5), ensemble(situation(months=6), 500, 5)
    for name in ("alignment", "compliance", "exchange", "defection", "belief", "emergency", "evasion"):
        assert np.array_equal(short.arrays[name], long.arrays[name][..., :4, :]), name


def test_progress_is_told_after_each_chunk() -> None:
    told: list[tuple[int, int]] = []
    ensemble(FEW, 1200, 5, progress=lambda done, asked: told.append((done, asked)))
    assert told == [(500, 1200), (1000, 1200), (1200, 1200)]


@pytest.mark.parametrize(("workers", "kind"), [(1, "thread"), (2, "thread"), (2, "process")])
def test_an_interrupt_keeps_the_finished_runs(workers: int, kind: Literal["thread", "process"]) -> None:
    stopped = ensemble(FEW, 5000, 5, workers, kind, interrupt_at(1000))
    assert (stopped.runs, stopped.asked, stopped.interrupted) == (1000, 5000, True)
    assert same(stopped.arrays, ensemble(FEW, 1000, 5).arrays)


def test_an_interrupt_before_anything_is_finished_is_raised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "in_order", lambda *_: (stopped() for _ in range(2)))
    with pytest.raises(KeyboardInterrupt):
        ensemble(FEW, 1000, 5)


SCRIPT = """
    from tests.engine.situation import situation
    from tightrope.engine.ensemble import ensemble

    if __name__ == "__main__":
        told = lambda done, asked: print("done", done, flush=True)
        found = ensemble(situation(months=12), 200_000, 1, {workers}, {kind!r}, told)
        print("kept", found.runs, found.interrupted, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups to send Ctrl-C to")
@pytest.mark.parametrize(("workers", "kind"), [(1, "thread"), (2, "thread"), (2, "process")])
def test_ctrl_c_at_the_terminal_keeps_what_is_finished_and_says_nothing(
    tmp_path: Path, workers: int, kind: str
) -> None:
    """The signal goes to the whole process group, workers included, as a terminal sends it."""
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT.format(workers=workers, kind=kind)))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    with subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "done 500\n"
        os.killpg(child.pid, signal.SIGINT)
        said, complaints = child.communicate(timeout=120)
    assert child.returncode == 0, complaints
    last = said.splitlines()[-1].split()
    assert (last[0], last[2]) == ("kept", "True")
    assert int(last[1]) >= 500
    assert complaints == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((0, 1), "0 runs cannot be run"),
        ((10, -1), "the seed -1 is below 0"),
        ((10, 1, 0), "0 workers cannot work"),
        ((10, 1, 1, "cluster"), "no kind of worker is called 'cluster'"),
        ((10**12, 1), r"need \d+ GB; give \d+ or fewer"),
    ],
)
def test_impossible_wishes_are_refused(arguments: tuple[int, ...], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        ensemble(FEW, *arguments)


def test_a_case_without_votes_runs() -> None:
    found = ensemble(situation(months=1), 10, 1)
    assert found.arrays["vote"].shape == (0, 3, 10)


@pytest.mark.parametrize(("name", "value", "fits"), [
    ("exchange", 79.0, True), ("exchange", 81.0, False), ("prices", 1e5, False), ("prices", -1e5, True),
    ("alignment", 81.0, True), ("alignment", float("nan"), False), ("exchange", float("inf"), False),
])  # fmt: skip
def test_what_cannot_be_told_in_percent_is_refused(name: str, value: float, fits: bool) -> None:
    arrays = {name: np.array([0.0, value])}
    if fits:
        module.check_finite(arrays)
    else:
        with pytest.raises(ModelError, match=f"{name} is no number in some runs"):
            module.check_finite(arrays)
