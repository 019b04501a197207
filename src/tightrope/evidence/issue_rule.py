"""The rules that say which events and which words bear on which issue, read from issues.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

Stance = Literal["for", "against", "abstain", "mixed"]


@dataclass(frozen=True, slots=True)
class EventRule:
    """An event of some type with such words (in lower case), source and target shows this stance."""

    text: re.Pattern[str] | None
    not_text: re.Pattern[str] | None
    target: frozenset[str]
    not_target: frozenset[str]
    source: frozenset[str]
    source_not: frozenset[str]
    realis: Mapping[str, Stance | Literal["none"]]
    stance: Stance
    strength: float


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """Words that show this stance of whom `actor` tells: subject, owner, first, speaker, lead, claimant or western.

    `denied` is the stance where a "not" or a "refuses to" stands before them, `asserted` leaves out what is only asked
    for or supposed, nobody of `actor_not` holds it; a `negative` one begins with a "not" or its like. A phrase lies in
    one sentence, `across` in more than one. All patterns are for a text in lower case.
    """

    cues: tuple[str, ...]
    text: re.Pattern[str]
    needs: re.Pattern[str] | None
    near: re.Pattern[str] | None
    actor: str
    stance: Stance
    strength: float
    statements_only: bool
    denied: Stance | Literal["none"] | None
    asserted: bool
    actor_not: frozenset[str]
    across: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Issues:
    """Rules by event type and of phrases; whose recognition is an issue; what issues say of each other.

    `facts` are issues on which two voices cannot both be right, `names` loaded names of one thing, `steady` and
    `changed` words for a conduct that goes on or turns; `cues` the numbers of the phrases for which each is a cue,
    `begun` the cues by the four letters that they begin with, with as much of each as a word must begin with for it to
    stand in a text; those that begin with no word stand under no letters.
    """

    by_type: Mapping[str, tuple[tuple[str, EventRule], ...]]
    phrases: tuple[tuple[str, PhraseRule], ...]
    cues: Mapping[str, tuple[int, ...]]
    begun: Mapping[str, tuple[tuple[str, str], ...]]
    entities: Mapping[str, str]
    relations: tuple[Mapping[str, Any], ...]
    facts: frozenset[str]
    names: tuple[tuple[str, ...], ...]
    steady: re.Pattern[str]
    changed: re.Pattern[str]
    negative: re.Pattern[str]


@lru_cache(maxsize=1)
def issues() -> Issues:
    """The issues as shipped."""
    return extended(())


def extended(more: Iterable[Mapping[str, Any]]) -> Issues:
    """The issues as shipped with further ones in the same form: `id`, and `events` or `phrases`."""
    held = _table()
    by_type: dict[str, list[tuple[str, EventRule]]] = {}
    phrases: list[tuple[str, PhraseRule]] = []
    for issue in (*held["issues"], *more):
        for row in issue.get("events", ()):
            for kind in row["type"]:
                by_type.setdefault(kind, []).append((issue["id"], _event_rule(row, held["classes"])))
        phrases += [(issue["id"], _phrase_rule(row, held["classes"])) for row in issue.get("phrases", ())]
    cues: dict[str, list[int]] = {}
    for number, (_, rule) in enumerate(phrases):
        for cue in rule.cues:
            cues.setdefault(cue, []).append(number)
    return Issues(
        MappingProxyType({kind: tuple(rows) for kind, rows in by_type.items()}),
        tuple(phrases),
        MappingProxyType({cue: tuple(numbers) for cue, numbers in cues.items()}),
        MappingProxyType(_begun(cues)),
        MappingProxyType(dict(held["entities"])),
        tuple(held["relations"]),
        frozenset(held["facts"]),
        tuple(tuple(row) for row in held["names"]),
        re.compile(held["steady"], re.IGNORECASE),
        re.compile(held["changed"], re.IGNORECASE),
        re.compile(rf"\b{held['classes']['neg']}\b"),
    )


def _begun(cues: Iterable[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for cue in cues:
        begin = cue[:6] if cue[:6].isalpha() else cue[:4]
        told = len(begin) > 3 and begin.isalpha()
        found.setdefault(begin[:4] if told else "", []).append((begin, cue))
    return {letters: tuple(rows) for letters, rows in found.items()}


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    from ruamel.yaml import YAML

    text = files("tightrope.evidence").joinpath("issues.yaml").read_text(encoding="utf-8")
    held: Mapping[str, Any] = YAML(typ="safe").load(text)
    return held


def _event_rule(row: Mapping[str, Any], classes: Mapping[str, str]) -> EventRule:
    return EventRule(
        text=_optional(row.get("text"), classes),
        not_text=_optional(row.get("not_text"), classes),
        target=frozenset(row.get("target", ())),
        not_target=frozenset(row.get("not_target", ())),
        source=frozenset(row.get("source", ())),
        source_not=frozenset(row.get("source_not", row.get("not_source", ()))),
        realis=MappingProxyType(dict(row.get("realis", {}))),
        stance=row["stance"],
        strength=float(row["strength"]),
    )


def _phrase_rule(row: Mapping[str, Any], classes: Mapping[str, str]) -> PhraseRule:
    return PhraseRule(
        cues=tuple(row["cues"]),
        text=_lower(row["text"], classes),
        needs=_optional(row.get("needs"), classes),
        near=_optional(row.get("near"), classes),
        actor=row["actor"],
        stance=row["stance"],
        strength=float(row["strength"]),
        statements_only=bool(row.get("statements_only")),
        denied=row.get("denied"),
        asserted=bool(row.get("asserted")),
        actor_not=frozenset(row.get("actor_not", ())),
        across=bool(row.get("across")),
        negative=row["text"].startswith("{neg}") and not _alternates(row["text"]),
    )


def _alternates(text: str) -> bool:
    """Whether a pattern has a bar outside its brackets."""
    flat = re.sub(r"\[[^\]]*\]", "", text)
    return any(mark == "|" and flat[:at].count("(") == flat[:at].count(")") for at, mark in enumerate(flat))


def _optional(text: str | None, classes: Mapping[str, str]) -> re.Pattern[str] | None:
    return None if text is None else _lower(text, classes)


def _lower(text: str, classes: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern for texts in lower case, in which a search is quicker than one that heeds no case."""
    return re.compile(re.sub(r"(?<!\\)[A-Z]", lambda match: match[0].lower(), _filled(text, classes)))


def _filled(text: str, classes: Mapping[str, str]) -> str:
    filled = re.sub(r"\{([a-z]+)\}", lambda match: classes[match[1]], text)
    return rf"\b(?:{filled})" if filled[0].isalpha() or filled[0] == "(" else filled
