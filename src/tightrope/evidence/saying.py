"""Verbs of saying (speech.yaml): where they stand in a text, and what they may be followed by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CLASSES = ("say", "quote", "describe", "think", "bare", "to", "whom_to", "noun")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying in a text: its place, its classes, and whether it is a participle (saying, adding)."""

    start: int
    end: int
    text: str
    classes: frozenset[str]
    participle: bool


@cache
def verbs() -> dict[str, frozenset[str]]:
    """Every form of every verb of saying, and its classes."""
    from ruamel.yaml import YAML

    data = YAML(typ="safe").load(files("tightrope.evidence").joinpath("speech.yaml").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for name in CLASSES:
        for row in data[name]:
            for form in _forms(row.split()):
                found.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in found.items()}


def _forms(given: list[str]) -> Iterable[str]:
    if len(given) > 1:
        return [form.replace("-", " ") for form in given]
    base, dash, rest = given[0].partition("-")
    tail = f" {rest}" if dash else ""
    stem = base.removesuffix("e")
    third = f"{base}es" if base.endswith(("s", "sh", "ch", "x")) else f"{base}s"
    return [base + tail, third + tail, f"{stem}ed{tail}", f"{stem}ing{tail}"]


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(verbs(), key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, forms))})(?![\w'-])")


_OWNED = re.compile(r"(?:'s|s'|\b(?:his|her|its|their|the|a|an)) (?:[\w-]+ ){0,2}$")
# Before these a form is a noun: his claim, the report, a promise.
_NOUNISH = frozenset("a an the this that these those his her its their our my your no any some every such of many several few some all both most other two three four five new recent first last member 's own same by in on for with from".split())
SAME_AS_NOUN = frozenset(
    "claim claims state states report reports comment comments note notes post posts tweet tweets offer offers demand demands promise promises pledge pledges answer answers reply replies charge charges"
    " quote quotes start finish read put reads puts hope hopes fear fears doubt doubts estimate estimates remark remarks proposal vow vows cry cries laugh laughs smile smiles sigh question urge urges voice voices warning saying writing beginning meaning stress recall appeal suggestion call calls rule rules object objects protest protests term terms label labels brand brands press rage thought held hold echo".split()
)


def cues(masked: str) -> Iterator[Cue]:
    """The verbs of saying in a text whose quotations are masked, in order."""
    known = verbs()
    for found in _pattern().finditer(masked):
        text = found.group()
        before = masked[max(found.start() - 16, 0) : found.start()].split()
        last = before[-1].lower() if before else ""
        if text in SAME_AS_NOUN and (last in _NOUNISH or _OWNED.search(masked, max(found.start() - 30, 0), found.start())):
            continue
        if last in ("to", "be", "been", "being") and text != "said":
            continue
        yield Cue(found.start(), found.end(), text, known[text], text.split()[0].endswith("ing"))
