"""The R files of the package `unvotes` (David Robinson): `un_votes`, `un_roll_calls`, `un_roll_call_issues`.

What is wrong with them, and what is done about it:

* Absences are not in them. Whoever was a member and could vote, but is not listed, counts as absent.
* Serbia is filed as Yugoslavia, to this day: see `country`.
* Up to session 58 the day of most dates is the day of the week (1 to 7), the month is right. Those dates are set to
  the end of their month, so that nothing counts as known before it happened.
* Reading `un_votes` is slow and large, so what it held is kept: see `cache`.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tightrope.errors import MeasureError
from tightrope.measure import cache
from tightrope.measure.ballot import Ballots
from tightrope.measure.country import state_of
from tightrope.measure.votes import ABSTAIN, ISSUES, NO, YES

VOTES, CALLS, KINDS = "un_votes", "un_roll_calls", "un_roll_call_issues"
_COLUMNS = {
    VOTES: ("rcid", "country", "country_code", "vote"),
    CALLS: ("rcid", "session", "date"),
    KINDS: ("rcid", "short_name"),
}
_CHOICE = {"yes": YES, "abstain": ABSTAIN, "no": NO}
_LAST_WITHOUT_DAYS = 58
Table = Mapping[str, NDArray[Any]]


def is_r_file(start: bytes) -> bool:
    """Whether a file that begins so was written by R's `save`, compressed or not."""
    return (
        start[:3] in (b"BZh", b"\xfd7z")
        or start[:2] == b"\x1f\x8b"
        or start[:4] in (b"RDX2", b"RDX3", b"RDA3")
    )


def tables(path: Path) -> dict[str, Table]:
    """The tables of one R file as plain columns, from the cache where they have been read before.

    Raises:
        MeasureError: no R file, a damaged one, or one that holds other objects.
    """
    kept = cache.load("unvotes-1", path)
    if kept is None:
        kept = {
            f"{name}.{column}": values
            for name, table in _parsed(path).items()
            for column, values in table.items()
        }
        cache.keep("unvotes-1", path, kept)
    found: dict[str, dict[str, NDArray[Any]]] = {}
    for key, values in kept.items():
        name, _, column = key.partition(".")
        found.setdefault(name, {})[column] = values
    return dict(found)


def _parsed(path: Path) -> dict[str, Table]:
    import rdata

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # rdata does not know R's class of dates; we do
            objects = rdata.read_rda(path)
    except MemoryError:
        raise MeasureError(f"{path}: reading needs about 1.2 GB of memory; free some") from None
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise MeasureError(f"{path}: this R file cannot be read ({error}); download it again") from None
    known = {name: table for name, table in objects.items() if name in _COLUMNS}
    if not known:
        held = ", ".join(str(name) for name in list(objects)[:5]) or "nothing"
        raise MeasureError(
            f"{path}: holds {held}; needed are {VOTES}, {CALLS} or {KINDS} of the package unvotes"
        )
    return {name: _columns(path, name, table) for name, table in known.items()}


def _columns(path: Path, name: str, table: Any) -> Table:
    lacking = [column for column in _COLUMNS[name] if column not in getattr(table, "columns", ())]
    if lacking:
        raise MeasureError(
            f"{path}: {name} has no column {lacking[0]!r}; it needs {', '.join(_COLUMNS[name])}"
        )
    try:
        if name == VOTES:
            return _votes(table)
        if name == KINDS:
            return {"rcid": _numbers(table["rcid"]), "short_name": _words(table["short_name"])}
        title = next((column for column in ("short", "descr") if column in table.columns), None)
        titles = _words(table[title]) if title else np.full(len(table), "", "U1")
        if title == "short" and "descr" in table.columns:
            titles = np.where(titles == "", _words(table["descr"]), titles)
        symbol = _words(table["unres"]) if "unres" in table.columns else np.full(len(table), "", "U1")
        return {
            "rcid": _numbers(table["rcid"]), "session": _numbers(table["session"]),
            "date": _numbers(table["date"]), "title": titles, "resolution": symbol,
        }  # fmt: skip
    except (ValueError, TypeError) as error:
        raise MeasureError(f"{path}: a column of {name} is not what it should be ({error})") from None


def _numbers(column: Any) -> NDArray[np.int64]:
    return np.asarray(column.astype("float64")).astype(np.int64)


def _words(column: Any) -> NDArray[np.str_]:
    return np.array([str(word)[:300] for word in column.astype("object").fillna("")], dtype=np.str_)


def _votes(table: Any) -> Table:
    """The rows with countries and votes as places in a list of names: small enough to keep."""
    country = table["country"].astype("object").fillna("").astype("category")
    code = table["country_code"].astype("object").fillna("").groupby(country, observed=True).first()
    vote = table["vote"].astype("object").fillna("").astype("category")
    names = [str(name) for name in country.cat.categories]
    return {
        "rcid": _numbers(table["rcid"]).astype(np.int32),
        "country": country.cat.codes.to_numpy().astype(np.int16),
        "vote": vote.cat.codes.to_numpy().astype(np.int8),
        "countries": np.array(names, dtype=np.str_),
        "codes": np.array([str(code.loc[name]) for name in names], dtype=np.str_),
        "answers": np.array([str(word) for word in vote.cat.categories], dtype=np.str_),
    }


def ballots(found: Mapping[str, Table], where: str) -> Ballots:
    """The votes of the tables together.

    Raises:
        MeasureError: `un_votes` or `un_roll_calls` is lacking; a country, a vote or a roll call is unknown.
    """
    for name, other in ((VOTES, CALLS), (CALLS, VOTES)):
        if name not in found:
            raise MeasureError(f"{where}: {other} alone is not enough; give the file with {name} beside it")
    votes, calls = found[VOTES], found[CALLS]
    place = {int(rcid): at for at, rcid in enumerate(calls["rcid"])}
    used, item = np.unique(votes["rcid"], return_inverse=True)
    unknown = [int(rcid) for rcid in used if int(rcid) not in place]
    if unknown:
        raise MeasureError(
            f"{where}: {CALLS} lacks roll call {unknown[0]} of {VOTES}; take both from one version"
        )
    issues: dict[int, list[str]] = {}
    for rcid, kind in (
        zip(*(found[KINDS][key] for key in ("rcid", "short_name")), strict=True) if KINDS in found else ()
    ):
        if str(kind) in ISSUES:
            issues.setdefault(int(rcid), []).append(str(kind))
    return Ballots(
        item=np.array([place[int(rcid)] for rcid in used], np.int64)[item],
        state=votes["country"].astype(np.int64),
        choice=_choices(votes, where),
        codes=_codes(votes, where),
        id=tuple(str(int(rcid)) for rcid in calls["rcid"]),
        session=calls["session"],
        date=_days(calls["date"], calls["session"]),
        title=tuple(str(title).strip() for title in calls["title"]),
        resolution=tuple(str(symbol) for symbol in calls["resolution"]),
        issues=tuple(tuple(sorted(issues.get(int(rcid), ()))) for rcid in calls["rcid"]),
        rcid=calls["rcid"],
        absences=False,
        notes=(
            "The file leaves absences out: a member that could vote and is not listed counts as absent.",
            "Serbia's votes are filed there as Yugoslavia's; those from November 2000 on count as Serbia's.",
        ),
    )  # fmt: skip


def _choices(votes: Table, where: str) -> NDArray[np.int8]:
    for answer in votes["answers"]:
        if str(answer) not in _CHOICE:
            raise MeasureError(
                f"{where}: {VOTES} holds the vote {str(answer)!r}; votes are {', '.join(_CHOICE)}"
            )
    return np.array([_CHOICE[str(answer)] for answer in votes["answers"]], np.int8)[votes["vote"]]


def _codes(votes: Table, where: str) -> tuple[str, ...]:
    found = []
    for code, name in zip(votes["codes"], votes["countries"], strict=True):
        state = state_of("", str(name)) or state_of(str(code), str(name))
        if state is None:
            raise MeasureError(
                f"{where}: {VOTES} names the country {str(name)!r} ({code}), which has no seat we know"
            )
        found.append(state)
    return tuple(found)


def _days(date: NDArray[np.int64], session: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Day numbers since 1970 as days; where only the month is right, the last day of it."""
    day = date.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    weekday_only = (session <= _LAST_WITHOUT_DAYS) & ((day - month.astype("datetime64[D]")).astype(int) < 7)
    last = (month + 1).astype("datetime64[D]") - 1
    return np.where(weekday_only, last, day)
