"""The one switch between NumPy and compiled array functions.

Compiled where numba is installed (the `fast` extra), unless the environment says TIGHTROPE_FAST=0. Nothing of the
model is written there twice: only functions that are as generic as those of NumPy, and slow in it.
"""

from __future__ import annotations

import importlib
import os
from types import ModuleType


def chosen(module: str, wish: str | None = None) -> ModuleType | None:
    """The compiled functions of a module, or None.

    None where they are unwanted (`wish`, by default what the environment says, is "0") or numba cannot be used here.
    """
    if (os.environ.get("TIGHTROPE_FAST", "") if wish is None else wish) == "0":
        return None
    try:
        return importlib.import_module(module)
    except (ImportError, RuntimeError):  # the latter where numba finds no folder for what it compiles
        return None
