"""Roll calls of the UN General Assembly: who voted how on what, when, and what was known by a date.

Five answers are told apart, because they are five different things: yes, abstain, no, *absent* (a member that did not
vote) and *missing* (no member, kept from voting, or nothing known). An absence is a choice; a missing vote is not.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tightrope.errors import MeasureError

MISSING, YES, ABSTAIN, NO, ABSENT = 0, 1, 2, 3, 4
CHOICES = {"yes": YES, "abstain": ABSTAIN, "no": NO, "absent": ABSENT}

Day = datetime.date | str | np.datetime64

ISSUES = {
    "me": "Palestine and Israel",
    "nu": "nuclear weapons and material",
    "di": "arms control and disarmament",
    "hr": "human rights",
    "co": "colonialism",
    "ec": "economic development",
}


@dataclass(frozen=True, eq=False)
class RollCalls:
    """Roll calls in order of date; I items, S states.

    Attributes:
        states: ISO 3166 code of each seat (S); see `country` for dissolved and renamed states.
        items: id of each roll call (I), unique; the number or symbol that its file gives it.
        session: regular session that it belongs to (I); a special session counts to the regular one of its date.
        date: day of the vote (I), `datetime64[D]`; never earlier than the vote was, see `unvotes`.
        choice: what each state answered (I, S), `int8`: MISSING, YES, ABSTAIN, NO or ABSENT.
        bridge: a label (I), equal for resolutions that are identical word for word from year to year, and only
            for those. It is a label, not a place: it stays what it is when roll calls are left out.
        title: what it was about (I), as the file says it.
        issues: the kinds that it belongs to (I), keys of `ISSUES`; empty where none is known.
        resolution: symbol of the resolution (I), as the file writes it, or empty.
        notes: what reading did on purpose, in sentences.
    """

    states: tuple[str, ...]
    items: tuple[str, ...]
    session: NDArray[np.int64]
    date: NDArray[np.datetime64]
    choice: NDArray[np.int8]
    bridge: NDArray[np.int64]
    title: tuple[str, ...]
    issues: tuple[tuple[str, ...], ...]
    resolution: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        count = len(self.items)
        if not self.resolution:
            object.__setattr__(self, "resolution", ("",) * count)
        for name in ("session", "date", "bridge", "title", "issues", "resolution"):
            if len(getattr(self, name)) != count:
                raise MeasureError(f"{name} has {len(getattr(self, name))} entries for {count} roll calls")
        if self.choice.shape != (count, len(self.states)):
            raise MeasureError(
                f"choice is {self.choice.shape}; {count} roll calls of {len(self.states)} states need "
                f"{(count, len(self.states))}"
            )
        for name in ("session", "date", "choice", "bridge"):
            getattr(self, name).flags.writeable = False

    def __len__(self) -> int:
        return len(self.items)

    @property
    def sessions(self) -> tuple[int, ...]:
        """The sessions that roll calls are here from, in order."""
        return tuple(int(number) for number in np.unique(self.session))

    @property
    def votes(self) -> int:
        """How many answers were given: yes, abstain or no."""
        return int(np.isin(self.choice, (YES, ABSTAIN, NO)).sum())

    def known_by(self, day: Day) -> RollCalls:
        """What was known at the end of that day: later roll calls are gone, and states that had not voted yet.

        Raises:
            MeasureError: no roll call is that old.
        """
        kept = self.keep(self.date <= _day(day))
        if not len(kept):
            raise MeasureError(
                f"no roll call is known by {day}; the first of these is of {self.date.min()}"
                if len(self)
                else "there are no roll calls"
            )
        return kept.of_states(kept._voting())

    def select(
        self,
        sessions: Collection[int] | None = None,
        since: Day | None = None,
        until: Day | None = None,
        issues: Collection[str] | None = None,
        states: Collection[str] | None = None,
    ) -> RollCalls:
        """The roll calls of these sessions, between these days (both included), of any of these kinds.

        States that have no answer left, absence included, are left out too.

        Raises:
            MeasureError: an unknown kind or state, or nothing is left.
        """
        unknown = sorted(set(issues or ()) - set(ISSUES))
        if unknown:
            raise MeasureError(f"no kind of roll call is called {unknown[0]!r}; kinds: {', '.join(ISSUES)}")
        row = np.ones(len(self), bool)
        if sessions is not None:
            row &= np.isin(self.session, sorted(sessions))
        if since is not None:
            row &= self.date >= _day(since)
        if until is not None:
            row &= self.date <= _day(until)
        if issues is not None:
            row &= np.array([bool(set(issues) & set(own)) for own in self.issues], bool)
        kept = self.keep(row)
        if not len(kept):
            raise MeasureError(f"no roll call is left of {len(self)}; {self._span()}")
        return kept.of_states(kept._voting() if states is None else states)

    def keep(self, row: NDArray[np.bool_]) -> RollCalls:
        """These roll calls only; `row` is booleans (I)."""
        place = np.flatnonzero(row)
        taken: dict[str, Any] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in ("states", "notes"):
                continue
            taken[each.name] = (
                value[place] if isinstance(value, np.ndarray) else tuple(value[at] for at in place)
            )
        return replace(self, **taken)

    def of_states(self, states: Iterable[str]) -> RollCalls:
        """These states only, in the order that they have here.

        Raises:
            MeasureError: a state that has no vote here.
        """
        wanted = set(states)
        unknown = sorted(wanted - set(self.states))
        if unknown:
            raise MeasureError(
                f"{', '.join(unknown)}: no vote of theirs is here; states are given as ISO codes such as KAZ"
            )
        column = [place for place, state in enumerate(self.states) if state in wanted]
        return replace(
            self, states=tuple(self.states[place] for place in column), choice=self.choice[:, column].copy()
        )

    def _voting(self) -> list[str]:
        found = np.asarray(np.isin(self.choice, (YES, ABSTAIN, NO)).any(0))
        return [state for state, votes in zip(self.states, found.tolist(), strict=True) if votes]

    def _span(self) -> str:
        if not len(self):
            return "there were none to begin with"
        return f"these are sessions {self.session.min()}–{self.session.max()}, {self.date.min()} to {self.date.max()}"


def _day(day: Day) -> np.datetime64:
    try:
        return np.datetime64(str(day), "D")
    except ValueError:
        raise MeasureError(f"{day!r} is no day; days are written 2019-12-31") from None


def read_votes(paths: Path | str | Sequence[Path | str]) -> RollCalls:
    """Read roll calls from a file or from several that belong together.

    What a file is, is told from what it holds, not from its name:

    * the R files of the package `unvotes`: `un_votes` with `un_roll_calls` (both needed), `un_roll_call_issues`;
    * the UN Digital Library's CSV of member states' votes;
    * Voeten's CSV of roll calls (`rcid`, `ccode`, `vote` from 1 to 9);
    * beside any that number roll calls by `rcid`, Voeten's list of identical resolutions (`v1`, `rcid1`, `rcid2`).

    Reading `un_votes` takes half a minute and about 1.2 GB once; what it held is kept in the user's cache folder,
    under the file's SHA-256 (`TIGHTROPE_CACHE` names another folder).

    Raises:
        MeasureError: a file that is none of these, is damaged or lacks its counterpart; a state or vote that is
            not known. It says where, and what would be right.
    """
    from tightrope.measure.rollcall_file import read

    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not given:
        raise MeasureError("no file was given; give the R files of unvotes, or a CSV of roll calls")
    return read([Path(path) for path in given])
