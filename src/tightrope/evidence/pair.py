"""Whom "the former" and "the latter" are: the two that were last named side by side."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tightrope.evidence.clause_words import AUXILIARIES, VERBS
from tightrope.evidence.found import Mention, Report

# Before a noun it is an adjective: "the former president", "the latter part".
_ONE = re.compile(r"\b[Tt]he (?P<which>former|latter)(?=[,;.:]|[’']s\b| (?P<next>\w+))")
_MOST, _FAR = 8, 300


def pairs(report: Report, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions that "the former" and "the latter" make."""
    if "former" not in report.text and "latter" not in report.text:
        return
    starts = [one.start for one in mentions]
    for match in _ONE.finditer(report.text):
        following = match["next"]
        if following and not (following in AUXILIARIES or following in VERBS or following.endswith("ed")):
            continue
        at = bisect_left(starts, match.start())
        near = [one for one in mentions[max(at - _MOST, 0) : at] if match.start() - one.start <= _FAR]
        named = [one for one in near if one.form in ("name", "metonym")]
        both = [pair for pair in pairwise(named) if report.text[pair[0].end : pair[1].start] == " and "]
        if both:
            one = both[-1][match["which"] == "latter"]
            yield replace(one, start=match.start(), end=match.end("which"), form="pronoun")
