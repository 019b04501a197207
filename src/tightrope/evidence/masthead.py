"""What a report says of itself above its text: title, author, date, outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b\.?,? (\d{{4}})\b", re.I)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.I)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:T[\d:.+Z-]*)?\b")
_MONTH_ONLY = re.compile(rf"\b({_MONTH}),? (\d{{4}})\b", re.I)
_NUMERIC = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_DATE_WORDS = re.compile(
    rf"\b(?:published|posted|updated|last|modified|on|date|created|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri"
    rf"|sat(?:ur)?|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|at|am|pm|a\.m|p\.m|gmt|utc|cet|est"
    rf"|edt|bst|ist|{_MONTH}|\d+(?:st|nd|rd|th)?|t|z)\b|[\s,.:;|/•·–—()+-]",
    re.I,
)
_BY = re.compile(r"^(?:(?:written|story|report|analysis|opinion|words) )?by:? +(.{2,80})$", re.I)
_CAPITAL = r"(?:al-|el-|d'|de-)?[A-ZÀ-ÖØ-Þ](?:[\w'’-]*\w)?\.?"
_NAME = rf"{_CAPITAL}(?: (?:(?:de|da|di|del|von|van|van der|bin|ibn|la|le) )?{_CAPITAL}){{1,3}}"
_NAME_ALONE = re.compile(rf"^{_NAME}$")
_WRITES = re.compile(rf",? (?:writes|argues) ({_NAME}?)\.?$")
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Za-zÀ-ÿ'. -]{2,40}(?:, [A-Z][A-Za-z. -]{2,30})?)"
    rf"(?:,? (?P<date>(?:{_MONTH})\.? \d{{1,2}}(?:, \d{{4}})?))? ?(?:\((?P<agency>[A-Z][\w. "
    rf"]{{1,30}})\))? ?[–—-]{{1,2}} ?(?=[“A-Z])",
    re.I,
)
_AGENCY = re.compile(
    r"\((AP|AFP|Reuters|Bloomberg|TASS|Xinhua|dpa|UPI|IANS|ANI|PTI|Interfax|RIA Novosti|Anadolu|AA|KUNA"
    r"|EFE|ANSA|Kyodo|Yonhap)\) ?[–—-]"
)
_ENDS = re.compile(r"[.!?…:][”’\")\]]*$")
_HEAD = 8


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a report says of itself; `lines` are the paragraphs that say nothing else."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    outlet: str | None = None
    lines: frozenset[int] = frozenset()


NOTHING_SAID = Masthead()


def masthead(texts: list[str], keep: list[bool]) -> Masthead:
    """Read the first paragraphs of a report that are kept, and its last ones for a date."""
    found = NOTHING_SAID
    short = sum(
        keep[number] and len(text) < 60 and not _ENDS.search(text) for number, text in enumerate(texts)
    )
    head = [number for number in range(len(texts)) if keep[number]][:_HEAD]
    for place, number in enumerate(head):
        found = _read(found, place, number, texts[number], short)
    if found.title is None and head and _is_title(texts[head[0]]):
        found = replace(found, title=texts[head[0]])
    return found


def _read(found: Masthead, place: int, number: int, text: str, short: int) -> Masthead:
    alone = found.lines | {number}
    if len(text) <= 120 and (date := dated(text)) and not _DATE_WORDS.sub("", _undated(text)):
        return replace(found, published=found.published or date, lines=alone)
    if by := _BY.match(text):
        name, date = _byline(by.group(1))
        if name:
            return replace(found, author=found.author or name, published=found.published or date, lines=alone)
    if found.title is None and place <= 1 and _is_title(text):
        return replace(found, title=text)
    if place and found.author is None and _is_name(text) and (place == 1 or (place <= 3 and short <= 2)):
        return replace(found, author=text, lines=alone)
    if found.author is None and place <= 3 and (writes := _WRITES.search(text)):
        return replace(found, author=writes.group(1).rstrip("."))
    if found.outlet is None and (agency := _AGENCY.search(text[:80])):
        return replace(found, outlet=agency.group(1))
    return found


def _byline(text: str) -> tuple[str | None, str | None]:
    """The name and the date of a byline."""
    date = dated(text)
    name = re.split(r" *(?:[|•·–—,(]| on | in |\d)", text, maxsplit=1)[0].strip(" .")
    return (name if re.fullmatch(rf"{_CAPITAL}|{_NAME}(?: and {_NAME})*", name) else None), date


def _is_title(text: str) -> bool:
    return 8 <= len(text) <= 220 and not text.endswith((".", ":", ";", ",", "…")) and text[:1] not in '“"‘'


def _is_name(text: str) -> bool:
    """Whether a paragraph is two or three capitalised words and nothing else: a byline without its By."""
    words = text.split()
    return 2 <= len(words) <= 4 and len(text) <= 50 and bool(_NAME_ALONE.match(text)) and not text.isupper()


def _undated(text: str) -> str:
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _NUMERIC, _MONTH_ONLY):
        text = pattern.sub("", text)
    return text


def dated(text: str) -> str | None:
    """The first date in a text as ISO, or as year and month.

    >>> dated("Wednesday, 27 April, 2022 - 16:25"), dated("Published June 2022"), dated("soon")
    ('2022-04-27', '2022-06', None)
    """
    if found := _ISO.search(text):
        return _iso(found[1], found[2], found[3])
    if found := _DAY_FIRST.search(text):
        return _iso(found[3], str(MONTHS[found[2].lower()]), found[1])
    if found := re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH}),? (\d{{4}})", text, re.I):
        return _iso(found[3], str(MONTHS[found[2].lower()]), found[1])
    if found := _MONTH_FIRST.search(text):
        return _iso(found[3], str(MONTHS[found[1].lower()]), found[2])
    if found := _NUMERIC.search(text):  # 27.04.2022 and 04/27/2022 are plain, 04/05/2022 is not
        one, other = int(found[1]), int(found[2])
        if one > 12 or "." in found.group():
            return _iso(found[3], found[2], found[1])
        return _iso(found[3], found[1], found[2]) if other > 12 or one == other else found[3]
    if found := _MONTH_ONLY.search(text):
        return f"{found[2]}-{MONTHS[found[1].lower()]:02}"
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 and 1500 <= int(year) <= 2200:
        return f"{year}-{int(month):02}-{int(day):02}"
    return None
