"""Reading: a report into its findings, and a folder of reports into files, one report at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tightrope.evidence.backend import Backend
from tightrope.evidence.event import events
from tightrope.evidence.figure import figures
from tightrope.evidence.found import Findings, Report
from tightrope.evidence.gazetteer import Gazetteer
from tightrope.evidence.mention import mentions
from tightrope.evidence.position import positions
from tightrope.evidence.quote import statements
from tightrope.evidence.text import report_from


def read(path: Path | str) -> Findings:
    """What a report holds: a file of text, HTML, PDF, or the first entry of a feed.

    Raises:
        EvidenceError: the file cannot be read as a report.
    """
    return read_report(path)


def read_report(
    given: Report | Path | str, known: Gazetteer | None = None, aids: Sequence[Backend] = ()
) -> Findings:
    """All that a report holds, by what `known` names; a report in another language than English holds nothing.

    Back ends (`aids`) add names before the rules look, and findings afterwards.

    Raises:
        EvidenceError: the file cannot be read as a report.
    """
    report = given if isinstance(given, Report) else report_from(given)
    if report.language != "en":
        return Findings(report, (), (), (), (), ())
    named = mentions(report, known)
    for aid in aids:
        named = aid.mentions(report, named)
    said = statements(report, named)
    done = events(report, named, said)
    stands = positions(report, named, said, done)
    found = Findings(report, named, said, done, stands, figures(report, named))
    for aid in aids:
        found = aid.findings(found)
    return found
