"""What was said, where and by whom, in the clean text: what rules find before it becomes a statement."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tightrope.evidence.quotation import Unit
from tightrope.evidence.saying import Cue
from tightrope.evidence.speaker import Speaker


class Said(NamedTuple):
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
        return self._replace(speaker=speaker, pattern=pattern)

    def fills(self, unit: Unit) -> bool:
        """Whether nothing but this stands in a unit, marks aside."""
        return self.start - 1 <= unit.start and self.end + 2 >= unit.end
