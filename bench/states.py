"""Seconds and memory of all 190 states × 24 months × 1,000 runs on one thread."""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

from _measure import answer, measured, peak_megabytes
from _replica import replica

from tightrope.engine.ensemble import ensemble

STATES, MONTHS, RUNS = 190, 24, 1_000
GOAL_SECONDS = 15.0
REPEATS = 3


def main() -> None:
    found = [measured(__file__, "whole", fast=False) for _ in range(REPEATS)]
    seconds, busy, memory = (
        statistics.median(each[name] for each in found) for name in ("seconds", "busy", "megabytes")
    )
    print(
        f"states: {STATES} states × {MONTHS} months × {RUNS} runs, one thread, NumPy alone, "
        f"median of {REPEATS}: {seconds:.2f} s (goal {GOAL_SECONDS:g}; {busy:.2f} s of the processor), "
        f"peak {memory:.0f} MB"
    )


def whole() -> dict[str, Any]:
    blueprint = replica(STATES, MONTHS)
    began = time.process_time()
    finished = ensemble(blueprint, RUNS, 1)
    busy = time.process_time() - began
    return {"seconds": finished.seconds, "busy": busy, "megabytes": peak_megabytes()}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        answer({"whole": whole})
    else:
        main()
