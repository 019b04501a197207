"""What was said, where and by whom, in the clean text: what rules find before it becomes a statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tightrope.evidence.quotation import Unit
from tightrope.evidence.saying import Cue
from tightrope.evidence.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, by whom, and the rule that tells so; `kind` as in `Statement`, `unit` the number of its unit."""

    start: int
    end: int
    kind: Literal["direct", "mixed", "indirect"]
    speaker: Speaker | None
    pattern: str
    cue: Cue | None = None
    unit: int = 0

    def by(self, speaker: Speaker, pattern: str) -> Said:
        """The same words with a speaker that another rule found."""
        return replace(self, speaker=speaker, pattern=pattern)

    def fills(self, unit: Unit) -> bool:
        """Whether nothing but this stands in a unit, marks aside."""
        return self.start - 1 <= unit.start and self.end + 2 >= unit.end
