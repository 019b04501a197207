"""How to cite this version, as text and as BibTeX."""

from __future__ import annotations

from tightrope import __version__

YEAR = 2026


def citation() -> str:
    """One line for a list of references."""
    return f"The Tightrope developers ({YEAR}). Tightrope, version {__version__}. Software, MIT licence."


def bibtex() -> str:
    """The same as an entry for BibTeX."""
    return (
        "@software{tightrope,\n  author = {{The Tightrope developers}},\n  title = {Tightrope},\n"
        f"  version = {{{__version__}}},\n  year = {{{YEAR}}},\n  license = {{MIT}}\n}}"
    )
