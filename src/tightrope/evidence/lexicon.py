"""The words that carry an event and those that place an actor on an issue, read from lexicon.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tightrope.evidence.found import Realis

_CONSONANT_END = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")
_ROOM = r"(?:[^\s,.;:!?]+\s+){0,5}?"
_MAYBE = r"(?:[^.;:!?]{1,60}?\s)?"
_ACTOR = r"(?P<actor>(?!how\b|whether\b|what\b|when\b|why\b|if\b|about\b)[^.;:!?]{1,200}?)\s"


@dataclass(frozen=True, slots=True)
class Verb:
    """A reading of a verb as an event: what must follow it, and where the other side is named."""

    type: str
    lemma: str
    particles: str
    tails: tuple[str, ...]
    not_tail: str | None
    subject: str | None
    target: tuple[str, ...]
    need: str
    passive: bool
    active: bool
    assurance: bool
    denied_only: bool
    realis: Realis | None
    planned: bool


@dataclass(frozen=True, slots=True)
class Noun:
    """A reading of a noun as an event: what must stand before and after it, and who is named where."""

    type: str
    head: str | None
    tail: str | None
    not_before: str | None
    need: str
    of: str
    possessor: str
    demonym: str
    adjective: str | None
    realis: Realis | None
    plural_only: bool
    whence: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs and nouns by every form they take; `shape` of a form is base, s, past, part or ing."""

    verbs: Mapping[str, tuple[tuple[str, Verb], ...]]
    nouns: Mapping[str, tuple[Noun, ...]]


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    """What lexicon.yaml holds."""
    from ruamel.yaml import YAML

    text = files("tightrope.evidence").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    held: Mapping[str, Any] = YAML(typ="safe").load(text)
    return held


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of events, by form."""
    held = table()
    verbs: dict[str, list[tuple[str, Verb]]] = {}
    for verb in _verbs(held):
        for form, shape in forms(verb.lemma, held["irregular"]):
            verbs.setdefault(form, []).append((shape, verb))
    nouns: dict[str, list[Noun]] = {}
    for lemma, noun in _nouns(held):
        for form in (plural(lemma),) if noun.plural_only else (lemma, plural(lemma)):
            nouns.setdefault(form, []).append(noun)
    return Lexicon(
        # A reading that asks for more is tried first.
        MappingProxyType({form: tuple(sorted(row, key=_plainness)) for form, row in verbs.items()}),
        MappingProxyType({form: tuple(row) for form, row in nouns.items()}),
    )


def _plainness(row: tuple[str, Verb]) -> bool:
    return not row[1].tails and row[1].subject is None


def _verbs(held: Mapping[str, Any]) -> Iterator[Verb]:
    for kind, rows in held["verbs"].items():
        for row in rows:
            target = row.get("target", ["object"])
            planned = str(row.get("planned_of", "")).split()
            for lemma in row["verbs"].split():
                head, *particles = lemma.split("_")
                yield Verb(
                    type=kind,
                    lemma=head,
                    particles=" ".join(particles),
                    tails=tuple(_tails(row.get("tail"), held["classes"])),
                    not_tail=_filled(row.get("not_tail"), held["classes"]),
                    subject=_filled(row.get("subject"), held["classes"]),
                    target=tuple(target),
                    need=row.get("need", "either"),
                    passive=bool(row.get("passive")),
                    active=bool(row.get("active")),
                    assurance=bool(row.get("assurance")),
                    denied_only=bool(row.get("denied_only")),
                    realis=row.get("realis"),
                    planned=lemma in planned,
                )


def _nouns(held: Mapping[str, Any]) -> Iterator[tuple[str, Noun]]:
    for kind, rows in held["nouns"].items():
        for row in rows:
            noun = Noun(
                type=kind,
                head=_filled(row.get("head"), held["classes"]),
                tail=_filled(row.get("tail"), held["classes"]),
                not_before=row.get("not_before"),
                need=row.get("need", "any"),
                of=row.get("of", "target"),
                possessor=row.get("possessor", "source"),
                demonym=row.get("demonym", row.get("possessor", "source")),
                adjective=row.get("adjective"),
                realis=row.get("realis"),
                plural_only=bool(row.get("plural")),
                whence=row.get("from", "source"),
            )
            for lemma in row["nouns"].split():
                yield lemma.replace("_", " "), noun


def _tails(tail: str | None, classes: Mapping[str, str]) -> Iterator[str]:
    """A tail as regular expressions; one that may be an actor among other things is tried without the actor first."""
    if tail is None:
        return
    without = tail.replace("|@", "").replace("@|", "")
    for one in (without, tail) if without != tail else (tail,):
        filled = _filled(one, classes)
        if filled is not None:
            yield filled


def _filled(tail: str | None, classes: Mapping[str, str]) -> str | None:
    """A tail as a regular expression: classes put in, @ and .. replaced by room for an actor and for words."""
    if tail is None:
        return None
    tail = re.sub(r"\{([a-z]+)\}", lambda match: classes[match[1]], tail)
    tail = re.sub(r"\(\?:\.\. ?\)\??", lambda _: _ROOM, tail)
    tail = tail.replace("(?:@ )?", _MAYBE)
    return re.sub(r"@ ?", lambda _: _ACTOR, tail, count=1).replace("@ ", r"\S+\s").replace("@", r"\S+")


@lru_cache(maxsize=1024)
def compiled(tail: str) -> re.Pattern[str]:
    """A tail, compiled once."""
    return re.compile(tail, re.IGNORECASE)


def forms(lemma: str, irregular: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The forms of a verb, each with its shape: base, s, past, part or ing.

    >>> dict(forms("deny", {}))
    {'deny': 'base', 'denies': 's', 'denying': 'ing', 'denied': 'past'}
    """
    if lemma == "be":
        yield from ((form, "past") for form in ("be", "is", "are", "was", "were", "been", "being"))
        return
    yield lemma, "base"
    yield _with_s(lemma), "s"
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) else _doubled(lemma)
    yield stem + "ing", "ing"
    past = irregular.get(lemma)
    if past is not None:
        told = [past] if isinstance(past, str) else list(past)
        yield told[0], "past"
        if len(told) > 1:
            yield told[1], "part"
    elif lemma.endswith("e"):
        yield lemma + "d", "past"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        yield lemma[:-1] + "ied", "past"
    else:
        yield _doubled(lemma) + "ed", "past"
        if lemma.endswith("el"):  # cancelled here, canceled there
            yield lemma + "led", "past"
            yield lemma + "ling", "ing"


def _doubled(lemma: str) -> str:
    """The stem before -ed and -ing: the last consonant doubled where the stress falls on it."""
    short = len(re.findall(r"[aeiou]+", lemma)) == 1
    stressed = lemma.endswith(("mit", "pel", "bel", "cur", "refer", "sfer", "nfer", "control")) or (
        short and len(lemma) < 7
    )
    return lemma + lemma[-1] if stressed and _CONSONANT_END.search(lemma) else lemma


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "do", "go")) else "s")


def plural(noun: str) -> str:
    """The plural of a noun.

    >>> plural("treaty"), plural("crisis"), plural("attack")
    ('treaties', 'crises', 'attacks')
    """
    if noun.endswith("is"):
        return noun[:-2] + "es"
    return _with_s(noun)
