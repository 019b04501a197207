"""The base of everything read from a case file: frozen, and closed to unknown keys."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticKnownError

LARGEST = 1e12

_SPACE = re.compile(r"[ \t\r\n]+")


def _on_one_line(value: Any) -> Any:
    return _SPACE.sub(" ", value) if isinstance(value, str) else value


def _only(kind: type, expected: str) -> BeforeValidator:
    """Leaves values of just this type to a literal, which by itself takes 1, 1.0 and true for the same."""

    def alike(value: Any) -> Any:
        if type(value) is not kind:
            raise PydanticKnownError("literal_error", {"expected": expected})
        return value

    return BeforeValidator(alike)


Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]*$", max_length=80)]
# One line: line ends and repeated spaces within become a space.
Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000, strip_whitespace=True),
    BeforeValidator(_on_one_line),
]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

# Strict: `yes`, "3.5" and true are no numbers, and "no" is no truth value.
Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
Count = Annotated[int, Field(strict=True, ge=0)]
Truth = Annotated[bool, Field(strict=True)]
Yes = Annotated[Literal[True], _only(bool, "True")]
One = Annotated[Literal[1], _only(int, "1")]
Salience = Annotated[Literal[1, 2, 3], _only(int, "1, 2 or 3")]


class Record(BaseModel):
    """A frozen record; a key that it does not name is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
