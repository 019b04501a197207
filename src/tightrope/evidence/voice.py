"""Who "we" is in what somebody says: the state that the speaker belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from tightrope.evidence.found import Mention, Report, Statement
from tightrope.evidence.gazetteer import gazetteer, key

_SIDED = re.compile(r"\b(?:[Aa]nti|[Pp]ro)[-‑–]([A-Z]\w+)")
_NEAR = 70
_WE = re.compile(r"\b(?:we|us|our|ours|ourselves)\b", re.I)


def spoken(
    report: Report, mentions: Sequence[Mention], statements: Sequence[Statement]
) -> tuple[Mention, ...]:
    """The mentions of `report` in order, with whom "we" stands for in a quotation and whom "anti-" and "pro-" name."""
    states: dict[str | None, str] = {
        one.code: one.actor for one in mentions if one.kind == "state" and one.code
    }
    home = {one.actor: one.code or _near(report, mentions, one) for one in mentions if one.kind == "person"}
    home |= {one.actor: one.code for one in mentions if one.kind == "person" and one.code}
    told = Counter(one.code for one in mentions if one.code in states and one.form != "pronoun")
    main = told.most_common(1)[0][0] if told else None
    extra = [*_we(report, statements, states, home, main), *_sided(report)]
    return tuple(sorted((*mentions, *extra), key=lambda one: one.start)) if extra else tuple(mentions)


def _near(report: Report, mentions: Sequence[Mention], person: Mention) -> str | None:
    """The state named shortly before a person of whom none is told: in "the aide of Poland's president, Nowak"."""
    before = [one for one in mentions if one.code and person.start - _NEAR <= one.end <= person.start]
    return before[-1].code if before and "." not in report.text[before[-1].end : person.start] else None


def _sided(report: Report) -> Iterator[Mention]:
    for match in _SIDED.finditer(report.text):
        known = gazetteer().match([key(match[1])], 0)
        if known is not None:
            entry = known[1]
            yield Mention(match.start(1), match.end(1), entry.actor, entry.kind, "demonym", entry.code)


def _we(
    report: Report,
    statements: Sequence[Statement],
    states: dict[str | None, str],
    home: dict[str, str | None],
    main: str | None,
) -> Iterator[Mention]:
    for match in _WE.finditer(report.text):
        if match[0] == "US":
            continue
        place = report.origin[match.start()]
        speaker = next(
            (one.speaker for one in statements if one.start <= place < one.end and one.kind != "indirect"),
            None,
        )
        if speaker is None and statements:
            continue
        code = home.get(speaker or "") or main
        if code in states:
            yield Mention(match.start(), match.end(), states[code], "state", "pronoun", code)


def place_of(report: Report, raw: int) -> int:
    """The character of the clean text that stands for character `raw` of the text as it was, or the next after it."""
    return bisect_left(report.origin, raw)
