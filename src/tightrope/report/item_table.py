"""`items.csv`: the parameters of every roll call that divided the states, with what it was about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tightrope.measure.ideal_points import ItemEstimates
from tightrope.measure.votes import RollCalls

TOLD = ("item", "session", "date", "resolution", "same_as")
PARTS = ("", "_p05", "_p95")


def written(rolls: RollCalls, items: ItemEstimates) -> str:
    """The text of `items.csv`, in order of date.

    A roll call has a slope in each dimension (how much more likely yes is for a state that stands higher) and two cuts:
    below `cut_no` on the line slope·point a state says no, above `cut_yes` yes, between them it abstains. Each has its
    mean and 90 % interval. Identical resolutions share theirs: `same_as` names the first of them.
    """
    dims = items.slope.shape[1]
    names = [*(f"slope_{dim + 1}" for dim in range(dims)), "cut_no", "cut_yes"]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*TOLD, *(f"{name}{part}" for name in names for part in PARTS), "title"])
    rows = list(_rows(rolls, items))
    rows.sort(key=lambda row: (row[2], row[0]))
    table.writerows(rows)
    return text.getvalue()


def _rows(rolls: RollCalls, items: ItemEstimates) -> Iterator[list[str]]:
    place = {item: at for at, item in enumerate(rolls.items)}
    for at, ids in enumerate(items.ids):
        numbers = [f"{value:.4f}" for three in (*items.slope[at], *items.cut[at]) for value in three]
        for item in ids:
            row = place[item]
            session, day = str(int(rolls.session[row])), str(rolls.date[row])
            told = [_plain(item), session, day, _plain(rolls.resolution[row]), _plain(ids[0])]
            yield [*told, *numbers, _plain(rolls.title[row])]


def _plain(text: str) -> str:
    """Text on one line that a spreadsheet does not take for a formula."""
    text = " ".join(text.split())
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
