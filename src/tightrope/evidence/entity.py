"""People, places and bodies that a spaCy model finds and the gazetteer does not know."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tightrope.errors import EvidenceError
from tightrope.evidence.backend import Backend, library
from tightrope.evidence.found import Kind, Mention, Report

# Labels of the usual English models; a place that the gazetteer does not know is no state.
KINDS: Mapping[str, Kind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "institution",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
_LONGEST = 80


class Entities(Backend):
    """A spaCy model that is installed, by its name or its folder."""

    def __init__(self, model: str) -> None:
        """Load the model.

        Raises:
            EvidenceError: spaCy is not installed, or there is no such model.
        """
        self.name = f"spacy:{Path(model).name}"
        spacy = library("spacy", "--spacy", "spacy")
        try:
            self._model: Any = spacy.load(model)
        except (OSError, ValueError) as error:
            first = str(error).splitlines()[0]
            raise EvidenceError(
                f"there is no spaCy model {model!r} ({first:.120}); install one, or give its folder"
            ) from None

    def mentions(self, report: Report, named: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The known mentions, and those entities that touch none of them."""
        taken = bytearray(len(report.text))
        for one in named:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
        found = [
            Mention(entity.start_char, entity.end_char, " ".join(entity.text.split()), KINDS[entity.label_])
            for entity in self._entities(report)
            if not any(taken[entity.start_char : entity.end_char])
        ]
        return tuple(sorted([*named, *found], key=lambda one: (one.start, one.end)))

    def _entities(self, report: Report) -> list[Any]:
        if len(report.text) > self._model.max_length:
            return []
        return [
            entity
            for entity in self._model(report.text).ents
            if entity.label_ in KINDS and 1 < len(entity.text.strip()) <= _LONGEST
        ]
