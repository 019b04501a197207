"""The words around a number: comparators, units, currencies, and the pattern of a number in prose."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from tightrope.evidence.number import DIGITS, FRACTIONS, ORDINALS, WORDS

_each = str.split  # a row of words reads better than a list of them

_COMPARATORS = {
    ">": "more than|over|above|in excess of|upwards of|greater than|well over",
    ">=": "at least|no fewer than|no less than|not less than|a minimum of",
    "<": "almost|nearly|fewer than|less than|under|below|close to|not quite|just under",
    "<=": "up to|at most|no more than|as many as|as much as|a maximum of",
    "~": "about|around|approximately|roughly|some|circa|an estimated",
}
COMPARE = MappingProxyType({word: mark for mark, row in _COMPARATORS.items() for word in row.split("|")})
COMPARED = re.compile(
    rf"\b({'|'.join(sorted(COMPARE, key=len, reverse=True))})(?:\s+(?:the|a|an|its))?\s+$", re.I
)
_UNITS = {
    "percent": "% percent per\u00a0cent pct",
    "percentage points": "percentage\u00a0points",
    "km": "km kilometer kilometre kilometers kilometres",
    "km2": "square\u00a0kilometers square\u00a0kilometres",
    "USD": "dollar dollars",
    "EUR": "euro euros",
    "RUB": "rouble roubles ruble rubles",
    "KZT": "tenge",
    "CNY": "yuan",
    "GBP": "pound pounds",
    "TRY": "lira liras",
}
UNITS = MappingProxyType(
    {word.replace("\u00a0", " "): unit for unit, row in _UNITS.items() for word in row.split(" ")}
)
SYMBOLS = MappingProxyType(
    {
        "$": "USD",
        "US$": "USD",
        "€": "EUR",
        "£": "GBP",
        "¥": "JPY",
        "₽": "RUB",
        "₸": "KZT",
        "₴": "UAH",
        "₺": "TRY",
    }
)
# Words that may follow a number without being what it counts, nor standing between it and that.
NO_UNIT = frozenset(
    _each(
        "a an the and or but of in on at to for from by with as than that which who whom is are was "
        "were will would has have had be been per since until while when if so also now this these "
        "those it they he she we you i may could can must should might did do does not never took take "
        "takes came come said say says went go each both then there later ago earlier before after "
        "during between against into over under sat met agreed held made"
    )
)
PLURALS = frozenset(_each("people men women troops children forces personnel police percent"))
TIMES = frozenset(_each("year month week day hour minute decade century time"))
GROUP = re.compile(r"\b(?:EU|G|E|P|V|BRICS|OPEC)[-–]?(?P<size>\d{1,3})\b")
CLOCK = re.compile(r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b")
_CLASSES = (
    "time|president|prime minister|term|round|half|quarter|largest|biggest|anniversary|century|summit|package"
)
# For texts in lower case, in which it is quicker than a pattern that heeds no case.
KEY = re.compile(
    r"\d+|(?:us)?[$€£¥₽₸₴₺]\s?\d|\b(?:"
    r"a(?:n?[ -](?:hundred|thousand|million|billion|trillion|dozen)\b| (?:few|couple|half|third|quarter|fifth|tenth))"
    r"|half(?: a[ -](?:hundred|thousand|million|billion|trillion|dozen))?\b|hundred|thousand|million|billion|dozen"
    r"|one|two|three|four|five|six|seven|eigh|nine|ten|eleven|twelve|thir|fort|fif|twent"
    r"|tens\b|scores\b|quarter|several|few|first|second|nin)"
)


@lru_cache(maxsize=1)
def number() -> re.Pattern[str]:
    """The pattern of a number where it begins; the named group that matched tells its form."""
    return re.compile(
        rf"""(?P<money>(?:US)?[$€£¥₽₸₴₺]\s?)?
        (?:(?P<share>{FRACTIONS})
        |(?P<digits>{DIGITS})(?![\d/:]|[.,]\d|st\b|nd\b|rd\b|th\b|[a-z](?<![km%]))
          (?:[\s\u00a0-]?(?P<scale>thousand|million|billion|trillion|mn|bn|tn|m)\b)?
        |(?P<words>{WORDS})(?![’'])
        |(?P<vague>(?:tens|hundreds|thousands|millions|billions|dozens|scores)\b
            (?:\ of\ (?:thousands|millions|billions)\b)?
          |(?:several|a\ few|a\ couple\ of)(?=\ (?:days|weeks|months|years|decades|hours)\b))
        |(?P<ordinal>(?:{"|".join(ORDINALS)})|\d+(?:st|nd|rd|th))(?=[\s-](?:{_CLASSES})\b))
        (?P<percent>\s?%|\ per\ ?cent(?:age\ points?)?\b)?""",
        re.VERBOSE | re.I,
    )
