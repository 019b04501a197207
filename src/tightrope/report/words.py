"""Calibrated words for probabilities, and numbers rounded as a reader wants them.

The scale is the one that the analytic standards of the United States' intelligence services print
(ICD 203, 2015), with its boundaries: one word for each stretch of probability, and no other words.
"""

from __future__ import annotations

from datetime import date
from math import floor, isfinite, log10

SCALE: tuple[tuple[str, float, float], ...] = (
    ("almost no chance", 0.0, 0.05),
    ("very unlikely", 0.05, 0.20),
    ("unlikely", 0.20, 0.45),
    ("roughly even", 0.45, 0.55),
    ("likely", 0.55, 0.80),
    ("very likely", 0.80, 0.95),
    ("almost certain", 0.95, 1.0),
)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def word(probability: float) -> str:
    """The word of the scale for a probability; a boundary belongs to the word above it.

    The probability counts in whole percent, as it is printed, so that no number stands beside two words.

    >>> word(0.2), word(0.548), word(1.0)
    ('unlikely', 'likely', 'almost certain')
    """
    if not 0.0 <= probability <= 1.0:
        raise ValueError(f"{probability} is no probability; give 0 to 1")
    probability = round(probability, 2)
    return next((name for name, _, high in SCALE if probability < high), SCALE[-1][0])


def sentence(probability: float, clause: str) -> str:
    """The clause said with the word of its probability, as one sentence.

    >>> sentence(0.1, "it rains")
    'It is very unlikely that it rains.'
    """
    said = word(probability)
    opening = {"almost no chance": "There is almost no chance", "roughly even": "The chance is roughly even"}
    return f"{opening.get(said, f'It is {said}')} that {clause}."


def hundred(probability: float) -> str:
    """A probability as runs of 100, whole; what is rare or nearly sure is not rounded away.

    >>> hundred(0.124), hundred(0.002), hundred(0.0)
    ('12', 'fewer than 1', '0')
    """
    if 0.0 < probability < 0.005:
        return "fewer than 1"
    if 0.995 < probability < 1.0:
        return "more than 99"
    return f"{100.0 * probability:.0f}"


def ends(low: float, high: float) -> tuple[int, int]:
    """The ends of a range of probabilities in runs of 100, rounded outwards."""
    return floor(100.0 * low + 1e-9), -floor(-100.0 * high + 1e-9)


def of_100(low: float, high: float) -> str:
    """A range of probabilities in runs of 100, its ends rounded outwards.

    >>> of_100(0.081, 0.187)
    '8–19 of 100 runs'
    """
    bottom, top = ends(low, high)
    return f"{bottom} of 100 runs" if bottom == top else f"{bottom}–{top} of 100 runs"


def number(value: float, digits: int = 2) -> str:
    """A number with so many significant digits, a true minus sign and thousands apart.

    >>> number(0.01234), number(-12345.6), number(3.0)
    ('0.012', '−12,346', '3.0')
    """
    if not isfinite(value):
        return "–"
    if value == 0:
        return "0"
    places = max(0, digits - 1 - floor(log10(abs(value))))
    text = f"{value:,.{min(places, 6)}f}"
    return "0" if not text.strip("-0.,") else text.replace("-", "−")


def amount(value: float, unit: str, signed: bool = False) -> str:
    """A value in the reader's unit: shares and probabilities as percent or runs of 100, others plain."""
    scale, digits = SCALES.get(unit, (1.0, None))
    scaled = value * scale
    text = number(scaled) if digits is None else f"{scaled:,.{digits}f}".replace("-", "−")
    if text.strip("−0.,") == "":
        text = text.replace("−", "")
    return f"+{text}" if signed and value > 0 and text.strip("0.,") else text


# How a stored unit is shown: factor and decimals; and under which heading.
SCALES: dict[str, tuple[float, int | None]] = {
    "share": (100.0, 0),
    "probability": (100.0, 0),
    "percent": (1.0, 0),
    "percentage points": (1.0, 1),
    "poles": (1.0, 1),
    "0 to 1": (1.0, 2),
    "bn USD a year": (1.0, 2),
    "% of GDP a year": (1.0, 2),
}
_SHOWN = {
    "share": "%",
    "probability": "%",
    "percent": "%",
    "percentage points": "points",
    "% of GDP a year": "% of GDP a year",
    "poles": "poles",
    "0 to 1": "0 none – 1 full",
}


def signed(value: float, places: int = 2) -> str:
    """A number with its sign, so many decimals, and no sign where it rounds to nothing.

    >>> signed(-0.123), signed(0.001)
    ('−0.12', '0.00')
    """
    text = f"{value:+.{places}f}".replace("-", "−")
    return text if text.strip("+−0.") else text[1:]


def unit_shown(unit: str) -> str:
    """The heading for a unit once `amount` has scaled its values."""
    return _SHOWN.get(unit, unit)


def day(value: date) -> str:
    """A day as people write it.

    >>> day(date(2022, 6, 3))
    '3 June 2022'
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(year: int, number_: int) -> str:
    """A month as people write it; `number_` counts on from January of `year` and may exceed 12.

    >>> month(2022, 13)
    'January 2023'
    """
    return f"{MONTHS[(number_ - 1) % 12]} {year + (number_ - 1) // 12}"


def month_id(year: int, number_: int) -> str:
    """A month as files and the app's answers write it; `number_` counts on as in `month`.

    >>> month_id(2022, 13)
    '2023-01'
    """
    return f"{year + (number_ - 1) // 12}-{(number_ - 1) % 12 + 1:02d}"


def listed(items: list[str] | tuple[str, ...]) -> str:
    """Words in a row: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def initial(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The text with a small letter first, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def thousands(count: float) -> str:
    """A count with its thousands apart.

    >>> thousands(12345.0)
    '12,345'
    """
    return f"{count:,.0f}"
