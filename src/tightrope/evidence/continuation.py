"""Quotations without a speaker of their own: they go on with those around them, or are words held at arm's length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tightrope.evidence.gazetteer import gazetteer
from tightrope.evidence.quotation import Unit
from tightrope.evidence.said import Said
from tightrope.evidence.speaker import Speaker, Speakers
from tightrope.evidence.speech_words import PASTS

# A quotation shorter than this, in characters, goes on with none; one of fewer words is a word held at arm's length.
_SHORT, _FEW, _FEWEST = 25, 7, 2
# So many sentences between two quotations of one speaker may tell about him.
_FAR = 5
# A name that stands alone where a sentence begins, in the stretch of so many characters before a pronoun.
_NAME_FIRST = re.compile(
    rf"(?:^|(?<=[.!?”] )|(?<=\n))([A-Z][a-z]+) (?:[a-z]+(?:ed|s)|{'|'.join(sorted(PASTS))})\b", re.M
)
_NEAR = 400
_IMPERSONAL = re.compile(r"\b(?:is|was|be|been|can|could|may|must|should)\b")
# Whether a person or a body speaks that is called so.
_STANDS = {"he": "person", "she": "person", "it": "body", "they": "body"}
# What somebody does beside what he says: he nodded. “…”
_BEAT = re.compile(
    r"\b(?:shook|nodded|shakes|nods|shrugged|shrugs|smiled|smiles|grinned|grins|laughed|laughs|sighed|sighs|paused|pauses|frowned"
    r"|pointed|points|folded|folds|leaned|leans|looked|looks|winced|wept|gestured|hesitated|hesitates|rolled|raised|turned|blushed)\b"
)


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
                _answer(one, done, units, speakers.text)
                or _from_beat(one, last, units, speakers)
                or _from_before(one, last, units, speakers)
                or _from_after(one, following, units)
                or _from_sentence(one, units, speakers)
                or _from_beat_after(one, units, speakers)
                or one
            )
        done.append(one)
    return done


def taken_up(found: Iterable[Said], text: str) -> Iterator[Said]:
    """What is said by a pronoun for which nobody was found: by whoever spoke last, where the two can be one."""
    last: dict[str, Said] = {}
    for one in found:
        speaker = one.speaker
        word = text[speaker.start : speaker.end].lower() if speaker and speaker.actor is None else ""
        if speaker and one.cue and word == "it" and _IMPERSONAL.search(text, speaker.end, one.cue.start):
            word, one = "", one._replace(speaker=None)
        before = last.get(_STANDS.get(word, ""))
        if one.speaker and speaker and before and before.speaker and one.unit - before.unit <= _FAR:
            one = one._replace(speaker=speaker._replace(actor=before.speaker.actor, kind=before.speaker.kind))
        elif one.speaker and speaker and word in ("he", "she") and (named := _opener(text, speaker.start)):
            one = one._replace(speaker=speaker._replace(actor=named))
            last["person"] = one
        elif speaker and speaker.actor:
            last["body" if speaker.kind not in ("person", "unknown") else "person"] = one
            if speaker.kind == "unknown":
                last["body"] = one
        yield one


def _opener(text: str, place: int) -> str | None:
    """The last name with which a sentence before a place begins, in its paragraph: Mehta shrugged."""
    begin = max(text.rfind("\n", 0, place) + 1, place - _NEAR)
    openers = gazetteer().words["openers"]
    named = [found[1] for found in _NAME_FIRST.finditer(text, begin, place) if found[1] not in openers]
    return named[-1] if named else None


def _answer(one: Said, done: Sequence[Said], units: Sequence[Unit], text: str) -> Said | None:
    """What follows a question as a paragraph of its own, in talk between two: by the other of them."""
    unit = units[one.unit]
    last = done[-1] if done else None
    if (
        last is None
        or last.speaker is None
        or text[last.end - 1] != "?"
        or not unit.first
        or not one.fills(unit)
    ):
        return None
    if units[last.unit].paragraph != unit.paragraph - 1:
        return None
    near = (each.speaker for each in reversed(done[-_FAR:]) if one.unit - each.unit <= _FAR and each.speaker)
    other = next((each for each in near if each.actor != last.speaker.actor), None)
    return one.by(other, "continued") if other else None


def _from_beat(one: Said, last: Said | None, units: Sequence[Unit], speakers: Speakers) -> Said | None:
    """She nodded. “…”: whoever moves in the sentence before, where nobody is quoted in it."""
    adjoins = last is not None and last.unit + 1 >= one.unit
    if adjoins or not one.unit or not _BEAT.search(units[one.unit - 1].masked):
        return None
    return _from_sentence(one, units, speakers)


def _from_beat_after(one: Said, units: Sequence[Unit], speakers: Speakers) -> Said | None:
    """“…” She points at the wall: whoever moves in the sentence after, where it begins with the name."""
    if one.unit + 1 >= len(units) or not one.fills(units[one.unit]):
        return None
    unit = units[one.unit + 1]
    if unit.paragraph != units[one.unit].paragraph or unit.quotations or not _BEAT.search(unit.masked):
        return None
    subject = speakers.subject(unit.start, unit.end)
    begins = subject is not None and subject.kind == "person" and subject.start == unit.start
    return one.by(subject, "sentence before") if subject and begins else None


def _from_before(one: Said, last: Said | None, units: Sequence[Unit], speakers: Speakers) -> Said | None:
    """“…,” said X. “…”: in the same paragraph, or a whole paragraph right after, or after one about X."""
    unit = units[one.unit]
    if last is None or last.speaker is None:
        return None
    whole = one.fills(unit)
    between = last.cue is not None and last.end <= last.cue.start < one.start
    long = one.end - one.start >= _SHORT or (between and speakers.text.startswith(", ", one.start - 3))
    if units[last.unit].paragraph == unit.paragraph and (whole or (last.unit == one.unit and long)):
        return one.by(last.speaker, "broken")
    if whole and unit.first and units[last.unit].paragraph == unit.paragraph - 1:
        return one.by(last.speaker, "continued")
    if whole and unit.first and _is_about(last.speaker, last.unit + 1, one.unit, units, speakers):
        return one.by(last.speaker, "continued")
    return None


def _is_about(speaker: Speaker, first: int, last: int, units: Sequence[Unit], speakers: Speakers) -> bool:
    """Whether the few sentences between two quotations name the speaker and no other person."""
    if not 0 < last - first <= _FAR:
        return False
    named = {
        one.actor for one in speakers.between(units[first].start, units[last].start) if one.kind == "person"
    }
    return named == {speaker.actor}


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
    if before.masked.endswith("?"):
        return None
    subject = speakers.subject(before.start, before.end)
    if subject and subject.kind == "person" and before.paragraph == unit.paragraph:
        return one.by(subject, "sentence before")
    return None
