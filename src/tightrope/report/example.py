"""A made-up proposal for a case, to try the page with; everything in it says that it is an example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tightrope.case.case import Case
from tightrope.evidence.claim import Position
from tightrope.report.written import entries, mapping

SOURCE = "example_report"
TITLE = "EXAMPLE: a made-up report to try this page with"
TEMPLATE = """\
# Claims of a new report, in the format of a case: a source as in sources.yaml, claims as in claims.yaml.
# Write each claim in your own words; `at` may give the place of its passage. Claims without `source` are of this one.
# Of a source that the case has already, write its id alone: `source: report_002`.
source:
  id: my_report
  title: "Its title"
  publisher: "Who published it"
  kind: news  # report, news, analysis, official, dataset, paper, treaty, reference
  published: {day}
claims:
  - id: no_part.my_report
    kind: position  # act, commitment, threat, interpretation, position, event, context
    about: {focus}
    issue: {issue}
    stance: -0.5  # from against (-1) to for (+1)
    date: {day}
    paraphrase: "What it says, in your own words."
"""


def template(case: Case, day: str) -> str:
    """A proposal to be filled in, with names that this case has."""
    return TEMPLATE.format(day=day, focus=case.about.focus, issue=_issue(case))


def example(case: Case, day: str) -> str:
    """A proposal of claims that each set something, and one that sets nothing."""
    source = {
        "id": SOURCE,
        "title": TITLE,
        "publisher": "EXAMPLE: nobody; none of this was reported",
        "kind": "news",
        "published": day,
    }
    lines = [
        "# EXAMPLE: made up from beginning to end, to show what this page does. Nobody has reported any of it.",
        "source:",
        *mapping(source, "  "),
        "claims:",
        *entries(list(_claims(case, day))),
    ]
    return "\n".join(lines) + "\n"


def _issue(case: Case) -> str:
    """The issue that says most about where the state leans."""
    telling = sorted(case.issues, key=lambda issue: -abs(issue.distance or 0.0))
    return telling[0].id if telling else "issue"


def _usual(case: Case, issue: str) -> float:
    """Where known claims put the state on an issue, on average."""
    found = [
        one.stance
        for one in case.claims
        if isinstance(one, Position) and one.about == case.about.focus and one.issue == issue
    ]
    return sum(found) / len(found) if found else 0.0


def _claims(case: Case, day: str) -> Iterator[dict[str, Any]]:
    focus, rival, issue = case.about.focus, case.about.target, _issue(case)
    issues = [one.id for one in case.issues]
    if issues:
        stance = -0.9 if _usual(case, issue) > 0 else 0.9
        text = "EXAMPLE: It now says the opposite of what was known of it."
        yield _claim("turn", day, focus, "position", text, issue=issue, stance=stance)
    if "help_evade_sanctions" in issues:
        text = "EXAMPLE: It now says that it will help goods past the sanctions."
        yield _claim("detour", day, focus, "position", text, issue="help_evade_sanctions", stance=0.9)
    yield _claim(
        "threat",
        day,
        focus,
        "threat",
        "EXAMPLE: A flat threat is heard.",
        by=rival,
        rank="president",
        strength=1.0,
    )
    yield _claim(
        "game",
        day,
        focus,
        "interpretation",
        "EXAMPLE: One voice calls all of it a game.",
        voice="EXAMPLE voice",
        stance=-0.9,
    )
    yield _claim("colour", day, focus, "context", "EXAMPLE: Background, which sets nothing in the model.")


def _claim(name: str, day: str, about: str, kind: str, paraphrase: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{name}.{SOURCE}",
        "kind": kind,
        "about": about,
        **more,
        "source": SOURCE,
        "date": day,
        "paraphrase": paraphrase,
    }
