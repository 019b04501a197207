"""A case's files without some sources, as if nobody had ever read them: what rested on one alone goes with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from tightrope.case.document import read_document
from tightrope.errors import CaseError
from tightrope.report.revised import GONE, revised
from tightrope.report.written import mapping

_SUGGESTED = re.compile(r"^suggested_by: \[[^\]]*\]\n", re.MULTILINE)
# Lists whose entries cite sources under `claims`.
_CITING = ("figures", "ties", "institutions", "resolutions", "precedents")


def pruned(files: Mapping[str, bytes], sources: Collection[str]) -> dict[str, bytes]:
    """The files without the sources of these ids and without all that only they say.

    A figure, tie, institution, vote or precedent goes with its last claim, a conflict with all but one of its sides.
    """
    if not sources:
        return dict(files)
    found = dict(files)
    gone: set[str] = set()
    for key in ("sources", "claims", *_CITING):
        name = f"{key}.yaml"
        if name in files:
            text = files[name].decode()
            found[name] = revised(text, key, _changes(key, text, sources, gone)).encode()
    if "conflicts.yaml" in files:
        text = files["conflicts.yaml"].decode()
        found["conflicts.yaml"] = revised(text, "conflicts", _sides(text, gone)).encode()
    for name in files:
        if name.startswith("scenarios/"):
            found[name] = _scenario(files[name], gone)
    return found


def _changes(key: str, text: str, sources: Collection[str], gone: set[str]) -> dict[int, Any]:
    """What changes in one list; ids of claims that are left out join `gone`."""
    changes: dict[int, Any] = {}
    for place, one in enumerate(read_document(key, text).data[key] or []):
        if key == "sources":
            if one["id"] in sources:
                changes[place] = GONE
        elif key == "claims":
            if one["source"] in sources:
                changes[place] = GONE
                gone.add(one["id"])
        else:
            claims = one.get("claims") or []
            kept = [claim for claim in claims if claim["source"] not in sources]
            if len(kept) < len(claims):
                gone.update(claim["id"] for claim in claims if claim not in kept and "id" in claim)
                changes[place] = {**one, "claims": kept} if kept else GONE
    return changes


def _sides(text: str, gone: Collection[str]) -> dict[int, Any]:
    """The conflicts that lose a side, or end with it."""
    changes: dict[int, Any] = {}
    for place, one in enumerate(read_document("conflicts", text).data["conflicts"] or []):
        kept = [name for name in one["claims"] if name not in gone]
        if len(kept) < len(one["claims"]):
            changes[place] = {**one, "claims": kept} if len(kept) > 1 else GONE
    return changes


def _scenario(raw: bytes, gone: Collection[str]) -> bytes:
    """A scenario that no longer names claims that are gone."""
    data = read_document("scenario", raw.decode()).data
    named = data.get("suggested_by") or []
    kept = [name for name in named if name not in gone]
    if len(kept) == len(named):
        return raw
    lean = {name: value for name, value in data.items() if name != "suggested_by"}
    wanted = {**data, "suggested_by": kept} if kept else lean
    shorter = _SUGGESTED.sub(f"suggested_by: [{', '.join(kept)}]\n" if kept else "", raw.decode())
    if _read(shorter) == wanted:
        return shorter.encode()
    return ("\n".join(mapping(wanted)) + "\n").encode()


def _read(text: str) -> Any:
    try:
        return read_document("scenario", text).data
    except CaseError:
        return None
