"""Verbs of saying (speech.yaml): where they stand in a text, and what they may be followed by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tightrope.evidence.speech_words import NOUNISH, SAME_AS_NOUN

CLASSES = ("say", "quote", "describe", "think", "that", "bare", "to", "whom_to", "noun")


class Cue(NamedTuple):
    """A verb of saying in a text: its place, its classes, and whether it is a participle (saying, adding)."""

    start: int
    end: int
    text: str
    classes: frozenset[str]
    participle: bool

    def moved(self, by: int) -> Cue:
        """The same verb in a text that begins so many characters earlier."""
        return self._replace(start=self.start + by, end=self.end + by)


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
def _by_first() -> dict[str, tuple[str, ...]]:
    """The forms that begin with each word, the longest first."""
    found: dict[str, list[str]] = {}
    for form in sorted(verbs(), key=len, reverse=True):
        found.setdefault(form.split()[0], []).append(form)
    return {first: tuple(forms) for first, forms in found.items()}


_LETTERS = re.compile("[a-z]+")
_WORD = re.compile(r"(?<![\w'-])[a-z]++(?![\w'-])")
# Verbs that tell of something said only with `that` behind them, or at the end of their clause.
_ONLY_THAT = frozenset(("that",))
_GOES_ON = re.compile(r" that\b|[.,;]|$")
_OWNED = re.compile(r"(?:'s|s'|\b(?:his|her|its|their|the|a|an)) (?:[\w-]+ ){0,2}$")


def cues(masked: str) -> Iterator[Cue]:
    """The verbs of saying in a text whose quotations are masked, in order."""
    known, by_first = verbs(), _by_first()
    # Most words are no verb of saying: which ones are is asked of all of them at once.
    present = by_first.keys() & set(_LETTERS.findall(masked))
    if not present:
        return
    past = 0
    for found in _WORD.finditer(masked):
        if (word := found.group()) not in present or found.start() < past:
            continue
        text = next((form for form in by_first[word] if _stands(masked, form, found.start())), None)
        if text is None or _is_noun(masked, text, found.start()):
            continue
        past = found.start() + len(text)
        if known[text] == _ONLY_THAT and not _GOES_ON.match(masked, past):
            continue
        yield Cue(found.start(), past, text, known[text], text.split()[0].endswith("ing"))


def _stands(masked: str, form: str, start: int) -> bool:
    end = start + len(form)
    return masked.startswith(form, start) and not (
        masked[end : end + 1].isalnum() or masked[end : end + 1] in ("'", "-")
    )


def _is_noun(masked: str, text: str, start: int) -> bool:
    """Whether a form is no finite verb here: his claim, to say, be told."""
    before = masked[max(start - 16, 0) : start].split()
    last = before[-1].lower() if before else ""
    owned = not text.endswith("ing") and _OWNED.search(masked, max(start - 30, 0), start)
    if text in ("read", "reads") and masked.startswith((":", ", “"), start + len(text)):
        return False
    if text in SAME_AS_NOUN and (last in NOUNISH or owned):
        return True
    if last == "to" and len(before) > 1 and before[-2] in ("used", "likes", "like", "liked", "on", "heard"):
        return False
    return last in ("to", "be", "been", "being") and text != "said"
