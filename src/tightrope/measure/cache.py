"""Arrays that are slow to read, kept in the user's cache folder under the SHA-256 of the file they come from."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def folder() -> Path:
    """Where this user's cache lies: `TIGHTROPE_CACHE`, or what the system uses for caches."""
    if named := os.environ.get("TIGHTROPE_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "tightrope" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "tightrope"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "tightrope"


def digest(path: Path) -> str:
    """SHA-256 of the file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load(kind: str, path: Path) -> dict[str, NDArray[Any]] | None:
    """The arrays kept for that file, or `None`: never kept, or damaged since."""
    try:
        with np.load(_place(kind, path), allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        return None


def keep(kind: str, path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep the arrays, whole or not at all; where the folder cannot be written, go on without."""
    place = _place(kind, path)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(file, **dict(arrays))  # type: ignore[arg-type]
            os.replace(draft, place)
        finally:
            Path(draft).unlink(missing_ok=True)


def _place(kind: str, path: Path) -> Path:
    return folder() / f"{kind}-{digest(path)}.npz"
