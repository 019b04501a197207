"""What each finding of the reader would be as a claim of a case: one module of rules for each kind of finding."""

from __future__ import annotations

from collections.abc import Iterator

from tightrope.case.case import Case
from tightrope.evidence.found import Findings
from tightrope.report.deed import of_event
from tightrope.report.ground import Derived, Ground
from tightrope.report.measurement import readings
from tightrope.report.roster import Roster
from tightrope.report.stand import of_position
from tightrope.report.voice import background, opinions


def derived(case: Case, roster: Roster, findings: Findings) -> Iterator[Derived]:
    """Every claim that the findings would make, in no order."""
    ground = Ground(case, roster, findings)
    found = [
        *(claim for one in findings.positions for claim in of_position(ground, one)),
        *(claim for one in findings.events for claim in of_event(ground, one)),
        *(claim for one in findings.statements for claim in opinions(ground, one)),
    ]
    yield from found
    for one in findings.statements:
        if not any(claim.at.start < one.end and one.start < claim.at.end for claim in found):
            yield from background(ground, one)
    for figure, data, text, at in readings(case, roster, findings):
        name = figure.id.rsplit(".", 1)[-1]
        yield Derived(name, data, text, ("figure", figure.id), at, ("matched by its words and unit",))
