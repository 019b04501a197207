"""The one switch between NumPy and compiled array functions: `compiled` is the module `fast`, or None.

Compiled where numba is installed (the `fast` extra), unless the environment says TIGHTROPE_FAST=0. Nothing of the
model is written there twice: only functions that are as generic as those of NumPy, and slow in it.
"""

from __future__ import annotations

import importlib
import os
from types import ModuleType


def chosen(wish: str) -> ModuleType | None:
    """The compiled functions, unless they are unwanted (`wish` is "0") or numba cannot be used here."""
    if wish == "0":
        return None
    try:
        return importlib.import_module("tightrope.model.fast")
    except (ImportError, RuntimeError):  # the latter where numba finds no folder for what it compiles
        return None


compiled = chosen(os.environ.get("TIGHTROPE_FAST", ""))
