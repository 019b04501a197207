"""One measurement in a fresh process with one BLAS thread, and its answer as a line of JSON."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}


def measured(script: str, what: str, fast: bool = True) -> Any:
    """What `script what` answers; without the compiled functions unless `fast`."""
    source = str(Path(__file__).parents[1] / "src")
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": source, "TIGHTROPE_FAST": "1" if fast else "0"}
    command = [sys.executable, script, what]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def answer(ways: Mapping[str, Callable[[], Any]]) -> None:
    """Measure what the command line names, and print it."""
    print(json.dumps(ways[sys.argv[1]]()))


def peak_megabytes() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 / 1024 if sys.platform != "darwin" else 1e6)
