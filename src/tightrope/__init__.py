"""Tightrope: a state between great powers, from what is reported to what may follow.

>>> import tightrope
>>> case = tightrope.load_case("kazakhstan-2022")
>>> case.about.focus
'KAZ'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tightrope.case.load import load_case
    from tightrope.engine.simulate import simulate
    from tightrope.evidence.reader import read
    from tightrope.report.page import write_report

__version__ = "0.1.0"
__all__ = ["load_case", "read", "simulate", "write_report"]

_HOMES = {
    "load_case": "tightrope.case.load",
    "read": "tightrope.evidence.reader",
    "simulate": "tightrope.engine.simulate",
    "write_report": "tightrope.report.page",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays quick."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'tightrope' has no attribute {name!r}")
