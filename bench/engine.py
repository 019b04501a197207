"""Seconds and memory of 16 states × 24 months × 10,000 runs on one thread, and what each mechanism takes.

By NumPy alone, and with the `fast` extra where numba is installed; compiling, done once and kept, is told apart.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from importlib.util import find_spec

from _measure import answer, measured, peak_megabytes

STATES, MONTHS, RUNS = 16, 24, 10_000
GOAL_SECONDS, GOAL_FAST_SECONDS, GOAL_MEGABYTES = 3.0, 1.0, 700
REPEATS = 3


def main() -> None:
    report("NumPy alone", False, GOAL_SECONDS)
    if find_spec("numba") is None:
        print("engine: numba is not installed, so the `fast` extra is not measured")
    else:
        report("with the `fast` extra", True, GOAL_FAST_SECONDS)


def report(how: str, fast: bool, goal: float) -> None:
    found = [measured(__file__, "whole", fast) for _ in range(REPEATS)]
    seconds, busy, compiling, memory = (
        statistics.median(each[name] for each in found)
        for name in ("seconds", "busy", "compiling", "megabytes")
    )
    print(
        f"engine: {STATES} states × {MONTHS} months × {RUNS} runs, one thread, {how}, median of {REPEATS}: "
        f"{seconds:.2f} s (goal {goal:g}; {busy:.2f} s of the processor), "
        f"peak {memory:.0f} MB (goal {GOAL_MEGABYTES})" + (f", {compiling:.1f} s to load or compile" * fast)
    )
    parts = [measured(__file__, "parts", fast)["parts"] for _ in range(REPEATS)]
    for name in sorted(parts[0], key=lambda name: -parts[0][name]):
        print(f"  {name:12} {statistics.median(each[name] for each in parts):5.2f} s")


def whole() -> dict:
    """Wall seconds, seconds that the processor was busy, seconds before that to have the functions compiled."""
    from _replica import replica

    from tightrope.engine.ensemble import ensemble

    small, plain = replica(STATES, 1), replica(STATES, MONTHS)
    began = time.perf_counter()
    ensemble(small, 1, 1)
    compiling = time.perf_counter() - began
    began = time.process_time()
    finished = ensemble(plain, RUNS, 1)
    busy = time.process_time() - began
    return {
        "seconds": finished.seconds,
        "busy": busy,
        "compiling": compiling,
        "megabytes": peak_megabytes(),
    }


def parts() -> dict:
    """The same with a clock around each mechanism, the draws and the recording."""
    from _replica import replica

    from tightrope.engine import chunk, ensemble
    from tightrope.engine.shock import Shocks
    from tightrope.model import step

    spent: dict[str, float] = defaultdict(float)

    def clocked(name, function):
        def timed(*arguments, **named):
            began = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                spent[name] += time.perf_counter() - began

        return timed

    stages = tuple(tuple(clocked(each.__name__, each) for each in stage) for stage in step.STAGES)
    plain = step.step
    chunk.step = lambda state, setting, month: plain(state, setting, month, stages)
    chunk.draw, chunk.note = clocked("draw", chunk.draw), clocked("record", chunk.note)
    chunk.joined = clocked("join", chunk.joined)
    Shocks.of = clocked("shocks", Shocks.of)
    finished = ensemble.ensemble(replica(STATES, MONTHS), RUNS, 1)
    mechanisms = {each.__name__ for stage in step.STAGES for each in stage}
    for name in mechanisms:  # they draw their shocks when they first ask for them
        spent[name] += 0.0
    spent["whole"] = finished.seconds
    return {"parts": dict(spent)}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        answer({"whole": whole, "parts": parts})
    else:
        main()
