"""The base of everything read from a case file: frozen, and closed to unknown keys."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

# Strict: `yes`, "3.5" and true are no numbers, and "no" is no truth value.
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Count = Annotated[int, Field(strict=True, ge=0)]
Truth = Annotated[bool, Field(strict=True)]


class Record(BaseModel):
    """A frozen record; a key that it does not name is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
