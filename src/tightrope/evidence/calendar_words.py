"""The words of a calendar, and the pattern by which a date is found in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from types import MappingProxyType

_each = str.split  # a row of words reads better than a list of them

MONTHS = MappingProxyType(
    {
        name: place
        for place, name in enumerate(_each("jan feb mar apr may jun jul aug sep oct nov dec"), start=1)
    }
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = MappingProxyType({"day": 1, "week": 7, "month": 1, "year": 1, "decade": 10, "century": 100})

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.|Jul\.|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.)"
)
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_EDGE = r"(?:(?:very|the)\s+)?(?:early|mid|late|(?:start|beginning|middle|end)\s+of)"
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"

# What one of the words begins with that a date begins with: at all others, the pattern need not be tried.
_FIRST = r"""(?:\d|[aA](?:[nN]?\s|ut|pr|ug)|beg|[cC][oO][mM]|Dec|[eE](?:a|n|[iI]|[lL])
  |[fF](?:eb|ri|[eE][wW]|[iI][vVfF]|[oO][uUlLrR])|J[au]|[lL][aA][tTsS]|[mM](?:ar|ay|on|id|[aA][nN])
  |[nN](?:ov|[eE][xX]|[iI])|[oO](?:ct|[nN][eE])|[pP](?:[aA][sS]|[rR][eE])
  |[sS](?:[aA][tTmM]|[eE][pPvV]|u|p|ta|[iI][xX]|[oO][mM])|[tT](?:ue|[hH][eEiIrRu]|[eE][nN]|[wW]|[oO][mM])
  |ve|[wW](?:ed|in)|[yY])"""
_DATE = rf"""\b(?={_FIRST})(?:
  (?P<iso>\b\d{{4}}-\d\d-\d\d\b)
| (?P<numeric>\b(?P<n1>\d{{1,2}})(?P<mark>[./])(?P<n2>\d{{1,2}})[./](?P<ny>{_YEAR})\b)
| (?P<daymonth>(?:\b{_WEEKDAY},?\s+)?(?:the\s+)?\b(?P<day_a>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+
    (?P<mon_a>{_MONTH})\b(?:,?\s+(?P<year_a>{_YEAR})\b)?)
| (?P<monthday>(?:\b{_WEEKDAY},?\s+)?\b(?P<mon_b>{_MONTH})\s+(?:the\s+)?(?P<day_b>\d{{1,2}})(?:st|nd|rd|th)?
    (?![\d:,.]*\d|\s*(?:percent|%))(?:,?\s+(?P<year_b>{_YEAR})\b)?)
| (?P<decade>(?:\b(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?)\b(?P<dec>(?:1[5-9]|20)\d0)s\b)
| (?P<season>\b(?:the\s+)?(?:(?P<side_s>last|this|next|past|early|late)\s+)?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)
    (?:\s+of)?(?:\s+(?P<year_s>{_YEAR}))?\b)
| (?P<month>\b(?:(?P<edge_c>{_EDGE})[\s-]+)?(?:(?P<side_c>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|coming)\s+)?
    (?P<mon_c>{_MONTH})(?![\w’'-])(?:,?\s+(?:of\s+)?(?P<year_c>{_YEAR})\b)?)
| (?P<offset>\b(?P<num_o>(?i:an?\s+(?:few|couple\s+of)|few|several|some|many|an?|\d+|{_SMALL}))\s+
    (?P<unit_o>days?|weeks?|months?|years?|decades?|centur(?:y|ies))\s+
    (?P<way>ago|later|earlier|before|after|afterwards?|prior)\b)
| (?P<deictic>\b(?P<side_d>(?i:last|this|next|past|coming|same|(?:previous|preceding|following)(?=\s)))\s+
    (?P<unit_d>day|week|month|year|decade)\b)
| (?P<weekday>\b(?:(?P<side_w>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|coming)\s+)?(?P<wday>{_WEEKDAY})\b)
| (?P<near>\b(?i:yesterday|tomorrow)\b)
| (?P<year>(?<![\d,.$€£-])\b{_YEAR}\b(?![\d,]*\d|%|-?(?:km|kilomet)))
)"""


# A word without which there is no date, and how far from it one can reach.
_KEY = re.compile(
    r"\b(?=[\dADFJMNOSTWYacdmstwy])(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|"
    r"\d{4}|(?:19|20)\d0s|\d\d?[./]\d|days?\b|weeks?\b|months?\b|years?\b|decade|centur|"
    r"[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|[Yy]esterday|[Tt]omorrow)"
)
_REACH = 45


def found(text: str) -> Iterator[re.Match[str]]:
    """Every date in `text`; only the neighbourhood of words that a date needs is searched closely."""
    start = end = 0
    for key in _KEY.finditer(text):
        if key.start() > end:
            yield from _pattern().finditer(text, start, end)
            start = _edge(text, max(end, key.start() - _REACH))
        end = _edge(text, min(len(text), key.end() + _REACH))
    yield from _pattern().finditer(text, start, end)


def _edge(text: str, place: int) -> int:
    """`place`, moved on to the end of the word that it stands in."""
    limit = min(len(text), place + 40)
    while 0 < place < limit and text[place].isalnum() and text[place - 1].isalnum():
        place += 1
    return place


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """The pattern of a date in prose; the named group that matched tells its form."""
    return re.compile(_DATE, re.VERBOSE)
