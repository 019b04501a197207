"""Quotations without a speaker of their own: they go on with those around them, or are words held at arm's length."""

from __future__ import annotations

from collections.abc import Sequence

from tightrope.evidence.quotation import Unit
from tightrope.evidence.said import Said
from tightrope.evidence.speaker import Speakers

# A quotation shorter than this, in characters, goes on with none; one of fewer words is a word held at arm's length.
_SHORT, _FEW, _FEWEST = 25, 7, 2


def is_scare(text: str, one: Said, alone: bool) -> bool:
    """Whether a quotation without attribution is too short to be a statement; `alone`: it fills its sentence."""
    return len(text[one.start : one.end].split()) < (_FEWEST if alone else _FEW)


def inherit(found: Sequence[Said], units: Sequence[Unit], speakers: Speakers) -> list[Said]:
    """Give quotations without attribution the speaker of those around them, where one is plain."""
    done: list[Said] = []
    for number, one in enumerate(found):
        if one.speaker is None and one.kind == "direct":
            following = found[number + 1] if number + 1 < len(found) else None
            last = done[-1] if done else None
            one = (
                _from_before(one, last, units)
                or _from_after(one, following, units)
                or _from_sentence(one, units, speakers)
                or one
            )
        done.append(one)
    return done


def _from_before(one: Said, last: Said | None, units: Sequence[Unit]) -> Said | None:
    """“…,” said X. “…”: in the same paragraph, or a whole paragraph right after."""
    unit = units[one.unit]
    if last is None or last.speaker is None:
        return None
    whole = one.fills(unit)
    long = one.end - one.start >= _SHORT
    if units[last.unit].paragraph == unit.paragraph and (whole or (last.unit == one.unit and long)):
        return one.by(last.speaker, "broken")
    if whole and unit.first and units[last.unit].paragraph == unit.paragraph - 1:
        return one.by(last.speaker, "continued")
    return None


def _from_after(one: Said, following: Said | None, units: Sequence[Unit]) -> Said | None:
    """A whole quotation before one that is attributed: in its paragraph, or in the next where it stays open."""
    unit = units[one.unit]
    if following is None or following.speaker is None or not one.fills(unit):
        return None
    stays_open = bool(unit.quotations) and unit.quotations[-1].left_open
    if (stays_open and following.unit == one.unit + 1) or units[following.unit].paragraph == unit.paragraph:
        return one.by(following.speaker, "before its attribution")
    return None


def _from_sentence(one: Said, units: Sequence[Unit], speakers: Speakers) -> Said | None:
    """The person of whom the sentence before tells, in the same paragraph."""
    unit = units[one.unit]
    if not one.unit or not one.fills(unit):
        return None
    before = units[one.unit - 1]
    subject = speakers.subject(before.start, before.end)
    if subject and subject.kind == "person" and before.paragraph == unit.paragraph:
        return one.by(subject, "sentence before")
    return None
