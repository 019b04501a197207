"""The UN Digital Library's CSV of the Assembly's votes (Dag Hammarskjöld Library, record 4060887).

One row per resolution and member: `undl_id`, `ms_code` (three letters, also of states that ended), `ms_name`,
`ms_vote` (Y yes, A abstain, N no, X or NV not voting), `date`, `session` (a number, or ES-11 and the like),
`resolution`, `title`, `subjects`. The first edition wrote `ms_codes`, `ms_names`, `ms_votes` and `resolutions`; both
are read. It holds adopted resolutions only: no votes on paragraphs, none on drafts that failed. The kinds of a roll
call are not in it; they are told from words in its title and subjects, as Voeten's are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tightrope.errors import MeasureError
from tightrope.measure.ballot import Ballots
from tightrope.measure.country import state_of
from tightrope.measure.sheet import days, line_of, sheet
from tightrope.measure.votes import ABSENT, ABSTAIN, NO, YES

_ALSO = {"ms_codes": "ms_code", "ms_names": "ms_name", "ms_votes": "ms_vote", "resolutions": "resolution"}
NEEDED = ("ms_code", "ms_vote", "resolution", "date")
_USED = (*NEEDED, "undl_id", "ms_name", "session", "title", "subjects", *_ALSO)
_CHOICE = {"Y": YES, "A": ABSTAIN, "N": NO, "X": ABSENT, "NV": ABSENT, "": ABSENT}
_KINDS = {
    "me": "palestin|israel|occupied arab|syrian golan|middle east",
    "nu": "nuclear",
    "di": "disarmament|arms race|arms control|weapon|missile|mines",
    "hr": "human rights|racis|torture|refugee|freedom of religion",
    "co": "coloni|self-determination|non-self-governing|trust territor",
    "ec": "economic|development|trade|globalization|debt",
}


def is_header(header: Sequence[str]) -> bool:
    """Whether these column names are those of the Digital Library's file."""
    return set(NEEDED) <= {_ALSO.get(name, name) for name in header}


def ballots(path: Path) -> Ballots:
    """The votes of the file.

    Raises:
        MeasureError: a column, a vote, a date or a state that is not known, with its line.
    """
    table = sheet(path, _USED, ()).rename(columns=_ALSO)
    names, first, item = _calls(table)
    calls = table.iloc[first]
    date = days(path, calls, "date")
    codes, state = _states(path, table)
    text = [
        f"{title} {subjects}"
        for title, subjects in zip(_texts(calls, "title"), _texts(calls, "subjects"), strict=True)
    ]
    return Ballots(
        item=item,
        state=state,
        choice=_choices(path, table),
        codes=codes,
        id=names,
        session=_sessions(calls, date),
        date=date,
        title=tuple(title.strip()[:300] for title in _texts(calls, "title")),
        resolution=_texts(calls, "resolution"),
        issues=tuple(_kinds(each) for each in text),
        rcid=np.full(len(names), -1, np.int64),
        absences=True,
        notes=("The file holds adopted resolutions only: no votes on paragraphs or on drafts that failed.",),
    )  # fmt: skip


def _kinds(text: str) -> tuple[str, ...]:
    return tuple(sorted(kind for kind, words in _KINDS.items() if re.search(words, text.lower())))


def _calls(table: Any) -> tuple[tuple[str, ...], NDArray[np.int64], NDArray[np.int64]]:
    """Name of each roll call, its first row, and the roll call of each row.

    A roll call is called by its resolution's symbol; where that stands for two, or there is none, its number is added.
    """
    first, item = _pairs(table, "resolution", "undl_id")
    calls = table.iloc[first]
    numbers = _texts(calls, "undl_id")
    symbols = _texts(calls, "resolution")
    often = Counter(symbols)
    names = tuple(
        symbol if symbol and often[symbol] == 1 else f"{symbol} #{number}".strip()
        for symbol, number in zip(symbols, numbers, strict=True)
    )
    return names, first, item


def _states(path: Path, table: Any) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Seats from code and name together; a code that is not known is told by the name."""
    first, place = _pairs(table, "ms_code", "ms_name")
    rows = table.iloc[first]
    codes = []
    for row, code, name in zip(first, _texts(rows, "ms_code"), _texts(rows, "ms_name"), strict=True):
        state = state_of(code.strip(), name)
        if state is None:
            raise MeasureError(
                f"{path}:{int(row) + 2}: ms_code is {code!r} ({name}), which is no state that has had a seat"
            )
        codes.append(state)
    return tuple(codes), place


def _pairs(table: Any, column: str, other: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first row of each pair of words in two columns, and the pair of each row; the second column may lack."""
    key = table[column].cat.codes.to_numpy().astype(np.int64)
    if other in table.columns:
        key = key * len(table[other].cat.categories) + table[other].cat.codes.to_numpy()
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    return first.astype(np.int64), place.astype(np.int64)


def _choices(path: Path, table: Any) -> NDArray[np.int8]:
    answers = table["ms_vote"].cat.categories
    for answer in answers:
        if answer.strip().upper() not in _CHOICE:
            at = line_of(table, "ms_vote", answer)
            raise MeasureError(f"{path}:{at}: {answer!r} is no vote; votes are Y, A, N, and X for not voting")
    code = np.array([_CHOICE[answer.strip().upper()] for answer in answers], np.int8)
    place: NDArray[np.int8] = table["ms_vote"].cat.codes.to_numpy()
    return code[place]


def _sessions(calls: Any, date: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """The number of the session; an (emergency) special one counts to the regular session that its day falls into."""
    year = date.astype("datetime64[Y]").astype(int) + 1970
    month = date.astype("datetime64[M]").astype(int) % 12 + 1
    regular = np.where(month >= 9, year - 1945, year - 1946)
    words = _texts(calls, "session")
    return np.array(
        [int(word) if word.isdecimal() else own for word, own in zip(words, regular, strict=True)], np.int64
    )


def _texts(calls: Any, column: str) -> tuple[str, ...]:
    return tuple(str(text) for text in calls[column]) if column in calls.columns else ("",) * len(calls)
