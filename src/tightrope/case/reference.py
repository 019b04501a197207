"""Whether everything that a case refers to is there, once, and could have been known when it was said."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from tightrope.case.document import Path
from tightrope.case.draft import Draft
from tightrope.case.iso import CODES
from tightrope.case.remedy import nearest
from tightrope.evidence.claim import Act, Event

# Entries in one group may not share an id; institutions may share one with the actor they also are.
GROUPS = (
    ("sources",),
    ("actors", "entities"),
    ("ties",),
    ("institutions",),
    ("issues",),
    ("acts",),
    ("figures",),
    ("resolutions",),
    ("precedents",),
    ("questions",),
    ("claims",),
    ("conflicts",),
    ("scenarios",),
)

# Where a name stands (`*`: each entry, `@`: each key), and which list it must be in.
REFERENCES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("claims", "*", "source"), "source"),
    (("figures", "*", "claims", "*", "source"), "source"),
    (("ties", "*", "claims", "*", "source"), "source"),
    (("institutions", "*", "claims", "*", "source"), "source"),
    (("resolutions", "*", "claims", "*", "source"), "source"),
    (("precedents", "*", "claims", "*", "source"), "source"),
    (("about", "*", "focus"), "actor"),
    (("about", "*", "deciders", "*"), "actor"),
    (("about", "*", "poles", "*"), "actor"),
    (("about", "*", "target"), "actor"),
    (("about", "*", "sanctioner"), "actor"),
    (("about", "*", "cohort"), "actor"),
    (("actors", "*", "of"), "actor"),
    (("actors", "*", "members", "*"), "state"),
    (("entities", "*", "parent"), "actor"),
    (("entities", "*", "patron"), "actor"),
    (("entities", "*", "issue"), "issue"),
    (("ties", "*", "from"), "actor or entity"),
    (("ties", "*", "to"), "actor or entity"),
    (("institutions", "*", "members", "*", "actor"), "actor"),
    (("figures", "*", "about"), "subject"),
    (("precedents", "*", "about"), "subject"),
    (("resolutions", "*", "votes", "@"), "actor"),
    (("claims", "*", "about"), "subject"),
    (("claims", "*", "by"), "actor or entity"),
    (("claims", "*", "act"), "kind of act"),
    (("claims", "*", "issue"), "issue"),
    (("conflicts", "*", "claims", "*"), "claim"),
    (("scenarios", "*", "suggested_by", "*"), "claim"),
    (("scenarios", "*", "against"), "scenario"),
    (("scenarios", "*", "happenings", "*", "about"), "subject or tie"),
)

_LISTED_IN = {
    "source": ("sources",),
    "actor": ("actors",),
    "actor or entity": ("actors", "entities"),
    "subject": ("actors", "entities", "institutions"),
    "subject or tie": ("actors", "entities", "institutions", "ties"),
    "kind of act": ("acts",),
    "issue": ("issues",),
    "figure": ("figures",),
    "scenario": ("scenarios",),
}


def check_references(draft: Draft, parameters: Collection[str] | None = None) -> None:
    """Add to the draft's faults what is named twice, what is named and missing, and what came too early.

    `parameters`: the names that scenarios may set; without it those paths are not checked.
    """
    if not draft.complete:
        return
    names = _Names(draft)
    _doubled(draft)
    for steps, noun in REFERENCES:
        _missing(draft, names, steps, noun)
    _roles(draft)
    _leaders(draft)
    _too_early(draft)
    _settings(draft, names, parameters)


class _Names:
    """The names of each kind that the case defines."""

    def __init__(self, draft: Draft) -> None:
        self._by_noun = {noun: {name for name, _ in draft.names(*keys)} for noun, keys in _LISTED_IN.items()}
        self._by_noun["claim"] = {name for name, _ in _claim_names(draft)}

    def of(self, noun: str) -> set[str]:
        return self._by_noun["actor" if noun == "state" else noun]

    def has(self, noun: str, name: str) -> bool:
        return name in self.of(noun) or (noun == "state" and name in CODES)


def _claim_names(draft: Draft) -> Iterator[tuple[str, Path]]:
    """Ids of claims, and of the readings of figures that have one."""
    yield from draft.names("claims")
    for path, name in _texts(draft, ("figures", "*", "claims", "*", "id")):
        yield name, path


def _doubled(draft: Draft) -> None:
    for group in GROUPS:
        seen: dict[str, Path] = {}
        found = _claim_names(draft) if group == ("claims",) else draft.names(*group)
        for name, path in found:
            if name in seen:
                first = draft.spot(seen[name])
                draft.fault(
                    path, f"the id {name!r:.60} is taken, first in {first}", "give each entry its own"
                )
            seen.setdefault(name, path)


def _missing(draft: Draft, names: _Names, steps: tuple[str, ...], noun: str) -> None:
    for path, name in _texts(draft, steps):
        if draft.full:
            return
        if not names.has(noun, name):
            right = nearest(name, names.of(noun), "there are")
            if noun == "state":
                right += " or give an ISO 3166-1 alpha-3 code"
            where = " or ".join(
                "scenarios/" if key == "scenarios" else f"{key}.yaml" for key in _LISTED_IN.get(noun, ())
            )
            wrong = _unknown(noun, name) + (f" in {where}" if where else "")
            draft.fault(path, wrong, right, key=steps[-1] == "@")


def _unknown(noun: str, name: str) -> str:
    said = {"subject": "actor, entity or institution", "subject or tie": "actor, entity, institution or tie"}
    return f"there is no {said.get(noun, noun)} {name!r:.60}"


def _roles(draft: Draft) -> None:
    """The focus decides; target and sanctioner are two poles; nobody is named twice, or is of both sides."""
    about = draft.about
    if about is None:
        return
    if about.focus not in about.deciders:
        draft.fault(("about", "focus"), f"the focus {about.focus!r} is no decider", "add it to deciders")
    for role in ("target", "sanctioner"):
        name = getattr(about, role)
        if name not in about.poles:
            draft.fault(
                ("about", role), f"the {role} {name!r} is no pole", nearest(name, about.poles, "poles")
            )
    for role in ("deciders", "poles"):
        listed = getattr(about, role)
        for index, name in enumerate(listed):
            if name in listed[:index]:
                draft.fault(("about", role, index), f"{name!r} is listed twice", "remove one")
    for index, name in enumerate(about.poles):
        if name in about.deciders:
            wrong = f"the pole {name!r} is a decider too"
            draft.fault(("about", "poles", index), wrong, "keep it in one of the two lists")
    if about.sanctioner == about.target:
        wrong = f"the sanctioner {about.sanctioner!r} is the target too"
        draft.fault(("about", "sanctioner"), wrong, "name the pole that sanctions the other")


def _leaders(draft: Draft) -> None:
    """Who leads a security or economic institution is a pole: the model reads protection and preferences from it."""
    about = draft.about
    if about is None:
        return
    for index, institution in draft.records.get("institutions", {}).items():
        leader, role = institution.leader, institution.role
        if leader is not None and leader not in about.poles:
            wrong = f"the leader {leader!r} of a {role} institution is no pole"
            draft.fault(("institutions", index, "leader"), wrong, nearest(leader, about.poles, "poles"))


def _too_early(draft: Draft) -> None:
    """No source tells of an act or event that comes after the source."""
    sources = {source.id: source for source in draft.records.get("sources", {}).values()}
    for index, claim in draft.records.get("claims", {}).items():
        source = sources.get(claim.source)
        if source is None or not isinstance(claim, Act | Event):
            continue
        if claim.date.earliest > source.published.latest:
            wrong = f"it happens {claim.date}, after its source {source.id!r} came out ({source.published})"
            right = "correct the date, or cite a later source"
            draft.fault(("claims", index, "date"), wrong, right)


def _settings(draft: Draft, names: _Names, parameters: Collection[str] | None) -> None:
    for path, name in _texts(draft, ("scenarios", "*", "settings", "*", "path")):
        if draft.full:
            return
        kind, _, rest = name.partition(".")
        if kind not in ("figures", "parameters"):
            draft.fault(
                path, f"{name!r:.60} is no path", "write figures.<id of a figure> or parameters.<name>"
            )
        elif kind == "figures" and not names.has("figure", rest):
            draft.fault(
                path, f"there is no figure {rest!r:.60}", nearest(rest, names.of("figure"), "there are")
            )
        elif kind == "parameters" and parameters is not None and rest not in parameters:
            draft.fault(path, f"there is no parameter {rest!r:.60}", nearest(rest, parameters, "there are"))


def _texts(draft: Draft, steps: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """Every text at `steps`, with its path, in entries that are valid and in those that are not."""
    root = steps[0]
    if root == "about":
        found: list[tuple[Path, Any]] = [(("about",), body) for body in draft.items.get("about", [])]
        yield from _walk(found, steps[2:])
    else:
        yield from _walk([((root,), draft.items.get(root, []))], steps[1:])


def _walk(found: list[tuple[Path, Any]], steps: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    for step in steps:
        found = [part for path, value in found for part in _parts(path, value, step)]
    for path, value in found:
        if isinstance(value, str):
            yield path, value


def _parts(path: Path, value: Any, step: str) -> list[tuple[Path, Any]]:
    if step == "*":
        return [((*path, index), part) for index, part in enumerate(value)] if isinstance(value, list) else []
    if not isinstance(value, dict):
        return []
    if step == "@":
        return [((*path, key), key) for key in value]
    return [((*path, step), value[step])] if step in value else []
