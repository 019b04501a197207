"""A case's files with accepted claims added to them; what stands there already stays as it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tightrope.case.document import read_document
from tightrope.report import widening
from tightrope.report.revised import revised


def amended(files: Mapping[str, bytes], source: Any, claims: Sequence[Any]) -> dict[str, bytes]:
    """The files with the claims, further readings under their figures, and the source where it is a new one."""
    plain = [one for one in claims if not widening.is_reading(one)]
    readings = [one for one in claims if widening.is_reading(one)]
    changed = {}
    if plain:
        changed["claims.yaml"] = _longer(files, "claims", plain)
    if isinstance(source, dict):
        changed["sources.yaml"] = _longer(files, "sources", [source])
    if readings:
        changed["figures.yaml"] = _read_further(files.get("figures.yaml", b"").decode(), readings)
    return {**files, **{name: text.encode() for name, text in changed.items()}}


def _longer(files: Mapping[str, bytes], key: str, items: list[Any]) -> str:
    return revised(files.get(f"{key}.yaml", b"").decode(), key, {}, items)


def _read_further(text: str, readings: Sequence[Mapping[str, Any]]) -> str:
    """The figures with each reading at the end of its figure's claims."""
    figures = read_document("figures.yaml", text).data["figures"]
    places = {one["id"]: place for place, one in enumerate(figures)}
    changes: dict[int, Any] = {}
    for one in readings:
        place = places[one["figure"]]
        figure = changes.get(place, figures[place])
        changes[place] = {**figure, "claims": [*figure.get("claims", []), widening.reading(one)]}
    return revised(text, "figures", changes)
