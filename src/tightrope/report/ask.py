"""What a page asks for: a case as known when, a scenario, moved levers, and how many runs; under limits."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tightrope.errors import ModelError
from tightrope.report.lever import MOST

NAME = r"^[a-z0-9][a-z0-9-]{0,63}$"
# A source's or a scenario's id, a lever's path: words of a case, never a path of a file.
WORD = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$"
DEFAULT, PREVIEW = "kazakhstan-2022", 200
RUNS, MONTHS, SOURCES = 2000, 120, 100

Name = Annotated[str, Field(pattern=NAME)]
Word = Annotated[str, Field(pattern=WORD)]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]


class Wanted(BaseModel):
    """A case as it was known on a day, without some sources."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: Name = DEFAULT
    as_of: date | None = None
    without: Annotated[tuple[Word, ...], Field(max_length=SOURCES)] = ()

    @field_validator("as_of")
    @classmethod
    def _in_reach(cls, when: date | None) -> date | None:
        if when is not None and not 1900 <= when.year <= 2200:
            raise ValueError("give a day between 1900 and 2200")
        return when


class Ask(Wanted):
    """What is to be run.

    `base` is a scenario of the case or one that was saved, `levers` values over it by the lever's id. The latest
    `serial` of a `client` wins: what it asked before is dropped.
    """

    base: Word | None = None
    levers: Annotated[dict[Word, Number], Field(max_length=MOST)] = {}
    runs: Annotated[int, Field(ge=1, le=RUNS)] = 1000
    months: Annotated[int, Field(ge=1, le=MONTHS)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 1
    client: Annotated[str, Field(max_length=64)] = ""
    serial: Annotated[int, Field(ge=0, le=2**53)] = 0

    def key(self) -> Hashable:
        """What decides the numbers: everything but who asks."""
        levers = tuple(sorted(self.levers.items()))
        return (self.base, levers, self.runs, self.months, self.seed)

    @property
    def plain(self) -> Ask:
        """The same without scenario and levers."""
        return self.model_copy(update={"base": None, "levers": {}})


def wanted(case: str = DEFAULT, as_of: str = "", without: str = "") -> Wanted:
    """The same from the query of an address; `without` is a list with commas.

    Raises:
        ModelError: a name or a day that is none.
    """
    from pydantic import ValidationError

    names = tuple(word for word in without.split(",") if word)
    try:
        return Wanted.model_validate({"case": case, "as_of": as_of or None, "without": names})
    except ValidationError as error:
        first = error.errors()[0]
        raise ModelError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
