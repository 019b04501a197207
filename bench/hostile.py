"""How long it takes to refuse a hostile case file: goal 1 s each, a fresh process not counted."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

GOAL = 1.0
SOURCES = "sources: []\n"


def main() -> None:
    for name, write in HOSTILE.items():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder) / "case.yaml")
            (Path(folder) / "sources.yaml").write_text(SOURCES)
            print(f"hostile: {name}: {refused(Path(folder)):.3f} s (goal {GOAL:g})")


def refused(folder: Path) -> float:
    from tightrope.case.load import load_case
    from tightrope.errors import CaseError

    start = time.perf_counter()
    try:
        load_case(folder)
    except CaseError:
        return time.perf_counter() - start
    raise AssertionError(f"{folder} was not refused")


def _bomb(path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    path.write_text("\n".join(rows))


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


HOSTILE = {
    "alias bomb": _bomb,
    "nesting of 5,000": lambda path: path.write_text("[" * 5000 + "]" * 5000),
    "100 MB": _large,
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 4000),
    "60,000 values": lambda path: path.write_text("about: [" + "1, " * 60_000 + "1]"),
}

if __name__ == "__main__":
    main()
