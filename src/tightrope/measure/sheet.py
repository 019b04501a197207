"""A CSV file of many rows, read column by column: words as they stand (Namibia's NA included), numbers, days."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tightrope.errors import MeasureError

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$")


def sheet(path: Path, used: Collection[str], needed: Collection[str] | None = None) -> Any:
    """A pandas table of the columns in `used`, each a category of words; its index counts lines of data from 0.

    UTF-8, or Windows-1252 where it is not. Column names are compared in small letters. No word is taken for a
    missing value.

    Raises:
        MeasureError: no CSV, a damaged one, or one without a column that is needed.
    """
    import pandas as pd

    for encoding in ("utf-8-sig", "cp1252"):
        try:
            table = pd.read_csv(
                path, dtype="category", keep_default_na=False, na_filter=False, encoding=encoding,
                usecols=lambda name: name.strip().lower() in used, on_bad_lines="error",
                low_memory=False,
            )  # fmt: skip
            break
        except UnicodeDecodeError:
            continue
        except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError, OSError) as error:
            raise MeasureError(f"{path}: this CSV cannot be read ({' '.join(str(error).split())})") from None
    else:
        raise MeasureError(f"{path}: neither UTF-8 nor Windows-1252 text; save it as UTF-8")
    table.columns = [str(name).strip().lower() for name in table.columns]
    if len(set(table.columns)) != len(table.columns):
        raise MeasureError(f"{path}: two columns have one name; each needs a name of its own")
    for name in table.columns:  # pandas takes a column of numerals for numbers
        table[name] = table[name].cat.rename_categories([str(word) for word in table[name].cat.categories])
    lacking = sorted(set(needed if needed is not None else used) - set(table.columns))
    if lacking:
        raise MeasureError(
            f"{path}: there is no column {', '.join(lacking)}; the file needs {', '.join(used)}"
        )
    if not len(table):
        raise MeasureError(f"{path}: there is no row below the header")
    return table


def line_of(table: Any, column: str, word: str) -> int:
    """The line, counted from 1 with the header, on which the word first stands."""
    return int(table.index[(table[column] == word).to_numpy().argmax()]) + 2


def whole(path: Path, table: Any, column: str) -> NDArray[np.int64]:
    """The column as whole numbers; "7.0" is one."""

    def number(word: str) -> int:
        try:
            value = float(word)
            if value == int(value):
                return int(value)
        except (ValueError, OverflowError):
            pass
        raise MeasureError(f"{path}:{line_of(table, column, word)}: {column} is {word!r}, no whole number")

    return _each(table, column, number).astype(np.int64)


def days(path: Path, table: Any, column: str) -> NDArray[np.datetime64]:
    """The column as days, from 2022-03-02, 20220302 or 2022-03-02T00:00:00."""

    def day(word: str) -> np.datetime64:
        try:
            if found := _DAY.match(word.strip()):
                return np.datetime64("-".join(found.groups()), "D")
        except ValueError:
            pass
        raise MeasureError(
            f"{path}:{line_of(table, column, word)}: {column} is {word!r}, no day; days are written 2022-03-02"
        )

    return _each(table, column, day).astype("datetime64[D]")


def places(
    path: Path, table: Any, column: str, meant: Callable[[str], str | None]
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """What the words of a column mean, each once, and the place of each row's; a word that means nothing is refused."""
    codes = []
    for word in _used(table, column):
        state = meant(word)
        if state is None:
            at = line_of(table, column, word)
            raise MeasureError(f"{path}:{at}: {column} is {word!r}, which is no state that has had a seat")
        codes.append(state)
    unique = tuple(dict.fromkeys(codes))
    place = np.array([unique.index(code) for code in codes], np.int64)
    return unique, place[table[column].cat.remove_unused_categories().cat.codes.to_numpy()]


def _used(table: Any, column: str) -> list[str]:
    return [str(word) for word in table[column].cat.remove_unused_categories().cat.categories]


def _each(table: Any, column: str, meant: Callable[[str], Any]) -> NDArray[Any]:
    values = np.array([meant(word) for word in _used(table, column)])
    place: NDArray[np.int64] = table[column].cat.remove_unused_categories().cat.codes.to_numpy()
    return values[place]
