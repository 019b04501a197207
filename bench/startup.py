"""How long a fresh process takes to import the package, and to print the help; median of five."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

REPEATS = 5
GOALS = {
    "python alone": (None, ["-c", "pass"]),
    "import tightrope": (0.1, ["-c", "import tightrope"]),
    "tightrope --help": (0.5, ["-m", "tightrope", "--help"]),
}


def main() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    for name, (goal, arguments) in GOALS.items():
        taken = statistics.median(seconds([sys.executable, *arguments], environment) for _ in range(REPEATS))
        print(f"startup: {name:18} {taken:.3f} s{'' if goal is None else f' (goal {goal:g})'}")


def seconds(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
