"""What a stronger back end may add to the rules, behind one small interface; without any the rules stand alone."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.errors import EvidenceError
from tightrope.evidence.found import Findings, Mention, Report

Alike = npt.NDArray[np.float64]


class Backend:
    """A back end: each method leaves things as they are, unless a back end knows better.

    `name` tells back ends apart in a folder of findings: another one reads the reports again.
    """

    name = "rules"

    def mentions(self, report: Report, named: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The mentions that the rules found, and further ones, in order and apart from each other."""
        return named

    def findings(self, found: Findings) -> Findings:
        """What the rules found, and more."""
        return found

    def alike(self, first: Sequence[str], second: Sequence[str]) -> Alike | None:
        """How alike each passage of `first` (rows) is to each of `second`, from -1 to 1; None where it cannot tell."""
        return None


@dataclass(frozen=True)
class Wanted:
    """The back ends that a user asks for: a folder with a model, the name of one, an address."""

    embed: Path | None = None
    spacy: str | None = None
    address: str | None = None
    model: str = "default"
    timeout: float = 60.0


def backends(wanted: Wanted) -> tuple[Backend, ...]:
    """Load what is asked for; what is not asked for is not even imported.

    Raises:
        EvidenceError: a library is not installed, or a model cannot be loaded; says which, and the remedy.
    """
    found: list[Backend] = []
    if wanted.spacy is not None:
        from tightrope.evidence.entity import Entities

        found.append(Entities(wanted.spacy))
    if wanted.address is not None:
        from tightrope.evidence.language_model import LanguageModel

        found.append(LanguageModel(wanted.address, wanted.model, wanted.timeout))
    if wanted.embed is not None:
        from tightrope.evidence.embedding import Embedding

        found.append(Embedding(wanted.embed))
    return tuple(found)


def names(found: Iterable[Backend]) -> list[str]:
    """The names of back ends in their order."""
    return [one.name for one in found]


def alike(found: Iterable[Backend], first: Sequence[str], second: Sequence[str]) -> Alike | None:
    """How alike passages are, by the first back end that can tell."""
    for one in found:
        told = one.alike(first, second)
        if told is not None:
            return told
    return None


def library(name: str, option: str, extra: str) -> Any:
    """An optional library, imported.

    Raises:
        EvidenceError: it is not installed; says how to install it.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        raise EvidenceError(
            f"{option} needs {name}, which is not installed; pip install 'tightrope[{extra}]'"
        ) from None
