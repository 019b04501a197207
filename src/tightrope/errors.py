"""What can go wrong through no fault of ours: one base error, and the place it points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def one_line(text: str) -> str:
    r"""The text with every character that does not print, line ends included, written as an escape.

    >>> one_line("a\nb")
    'a\\nb'
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


class TightropeError(Exception):
    """A mistake in what the user gave; the command line prints it without a traceback and exits 1."""


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake in a file: where it is, what is wrong, and what would be right.

    `line` and `column` count from 1; 0 means the fault concerns the file as a whole. As text it is one line,
    whatever the file's name and the values that it quotes hold.
    """

    file: str
    line: int
    column: int
    path: str
    wrong: str
    right: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        path = f" {self.path}:" if self.path else ""
        remedy = f"; {self.right}" if self.right else ""
        return one_line(f"{place}:{path} {self.wrong}{remedy}")


class CaseError(TightropeError):
    """A case that does not load: every fault at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class EvidenceError(TightropeError):
    """A source or a claim that cannot be used as asked."""


class ModelError(TightropeError):
    """A setting that the model cannot run: an unknown name, an impossible number."""


class MeasureError(TightropeError):
    """Data that a measure cannot be taken from: a file of another kind, an unknown state, a damaged line."""


class OutputError(TightropeError):
    """A file or folder that cannot be written; nothing half-written is left behind."""
