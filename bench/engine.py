"""Seconds and memory of 16 states × 24 months × 10,000 runs on one thread, and what each mechanism takes."""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict

from _measure import answer, measured, peak_megabytes

STATES, MONTHS, RUNS = 16, 24, 10_000
GOAL_SECONDS, GOAL_MEGABYTES = 3.0, 700
REPEATS = 3


def main() -> None:
    whole = [measured(__file__, "whole") for _ in range(REPEATS)]
    seconds = statistics.median(each["seconds"] for each in whole)
    memory = statistics.median(each["megabytes"] for each in whole)
    print(
        f"engine: {STATES} states × {MONTHS} months × {RUNS} runs, one thread, median of {REPEATS}: "
        f"{seconds:.2f} s (goal {GOAL_SECONDS:g}), peak {memory:.0f} MB (goal {GOAL_MEGABYTES})"
    )
    parts = [measured(__file__, "parts")["parts"] for _ in range(REPEATS)]
    for name in sorted(parts[0], key=lambda name: -parts[0][name]):
        print(f"  {name:12} {statistics.median(each[name] for each in parts):5.2f} s")


def whole() -> dict:
    from _replica import replica

    from tightrope.engine.ensemble import ensemble

    finished = ensemble(replica(STATES, MONTHS), RUNS, 1)
    return {"seconds": finished.seconds, "megabytes": peak_megabytes()}


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
