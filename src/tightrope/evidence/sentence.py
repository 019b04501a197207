"""Sentences of a clean text: not cut at abbreviations, initials, decimals, or a mark before who said it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tightrope.evidence.clean import Paragraph
from tightrope.evidence.found import Sentence
from tightrope.evidence.saying import verbs

# A stop behind so many letters shortens no word.
_LETTERS = 7
# No sentence is longer; what is, is no prose, and is cut so that rules stay quick.
LONGEST = 3_000

_END = re.compile(r"(?:[.!?]+|…)[”’)\]]*(?= +[“‘(\[—–-]*[A-Z0-9À-ÖØ-ÞА-Я]|(?<!\.\.) “|$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“‘\[-])(?:Mr|Mrs|Ms|Mx|Messrs|Dr|Prof|Gen|Col|Lt|Maj|Capt|Cpl|Sgt|Cmdr|Adm|Brig|Gov|Sen|Rep|Reps|Sens|Rev"
    r"|Hon|Pres|Supt|Insp|Det|Amb|Sec|Atty|St|Ste|Mt|Ft|vs|v|No|Nos|Art|cf|approx|ca|c|al|etc|e\.g|i\.e|Fig|Vol|pp|p"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|[A-Z]|(?:[A-Z]\.)+[A-Z])\.$"
)
_MAY_END = re.compile(r"(?:^|[\s(“‘])(?:Inc|Ltd|Corp|Co|Bros|Jr|Sr|etc|[ap]\.m|(?:[A-Z]\.)+[A-Z])\.$")
_STARTS_SENTENCE = re.compile(
    r" +[“‘(]*(?:The|A|An|In|On|At|It|He|She|They|We|I|But|And|This|That|These|Those|There|When|While|After"
    r"|For|As|If|Its|His|Her|Their|Our|However|Some|Many)\b"
)


@cache
def _said() -> re.Pattern[str]:
    """Who said it, right behind a question or an exclamation: that goes on with the sentence."""
    forms = "|".join(form for form in verbs() if " " not in form)
    return re.compile(
        r" +(?:(?:[A-Z][\w'.-]* +){1,4}|(?:[Tt]he|[Aa]|[Aa]n|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er) (?:[\w'-]+ +){1,4})"
        rf"(?:{forms})\b"
    )


def sentences(text: str, paragraphs: Iterable[Paragraph]) -> tuple[Sentence, ...]:
    """The sentences of each paragraph, in order, with the paragraph's number."""
    return tuple(
        Sentence(start, end, number)
        for number, paragraph in enumerate(paragraphs)
        for start, end in _within(text, paragraph)
    )


def _within(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    start = paragraph.start
    for found in _END.finditer(text, paragraph.start, paragraph.end):
        if found.end() < paragraph.end and not _ends(text, start, found):
            continue
        yield from _cut(text, start, found.end())
        start = found.end()
        while start < paragraph.end and text[start] == " ":
            start += 1
    if start < paragraph.end:
        yield from _cut(text, start, paragraph.end)


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a stop that a capital follows ends its sentence."""
    mark = found.group()
    before = text[max(start, found.start() - 14) : found.end()]
    if mark == "." and not (len(before) > _LETTERS and before[-_LETTERS - 1 : -1].isalpha()):
        if _MAY_END.search(before):
            return bool(_STARTS_SENTENCE.match(text, found.end()))
        if _ABBREVIATION.search(before):
            return False
    if mark == "…":  # a pause, unless much stands before it
        return found.start() - start > 40
    return not (mark[-1] in "”’" and mark[0] != "." and _said().match(text, found.end(), found.end() + 80))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = space if space > 0 else start + LONGEST
        yield start, middle
        start = middle
        while start < end and text[start] == " ":
            start += 1
    if start < end:
        yield start, end
