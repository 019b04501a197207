from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tightrope.case.case import Case
from tightrope.engine.result import CAVEAT
from tightrope.engine.simulate import plan, run
from tightrope.errors import OutputError
from tightrope.report.findings import Findings, find
from tightrope.report.page import page, write_page


class _Outline(HTMLParser):
    """Tags with their attributes, headings, ids and links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def outline(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Outline()
    parser.feed(text)
    return parser.tags


@pytest.fixture(scope="module")
def text(findings: Findings) -> str:
    return page(findings)


def test_the_caveat_comes_before_the_first_judgement(text: str, findings: Findings) -> None:
    assert text.index(CAVEAT) < text.index('id="judgements"') < text.index('id="outcomes"')
    for line in findings.caveats:
        assert line in text


def test_sections_come_in_the_order_of_the_design(text: str) -> None:
    order = ["judgements", "outcomes", "questions", "subjects", "time", "votes", "sincerity", "readings"]
    order += ["scenarios", "why", "evidence", "method"]
    places = [text.index(f'<section id="{name}"') for name in order]
    assert places == sorted(places)


def test_nothing_is_loaded_from_anywhere(text: str) -> None:
    for tag, attributes in outline(text):
        assert tag not in ("iframe", "object", "embed", "base")
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        href = attributes.get("href")
        assert href is None or href.startswith("#") or href == "data:,"
    assert "url(" not in text
    assert "@import" not in text
    assert len(text.encode()) < 500_000


def test_every_link_leads_somewhere_and_no_id_stands_twice(text: str) -> None:
    tags = outline(text)
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = {str(a["href"])[1:] for _, a in tags if str(a.get("href", "")).startswith("#")}
    assert wanted <= set(ids)
    labels = {name for _, a in tags for name in str(a.get("aria-labelledby") or "").split()}
    assert labels <= set(ids)


def test_every_claim_chart_and_scenario_is_there(text: str, findings: Findings) -> None:
    for claim in findings.claims:
        assert f'id="claim-{claim.id}"' in text
    charts = sum(len(group.fans) for group in findings.fans)
    charts += sum(len(subject.fans) for subject in findings.subjects)
    assert text.count('<figure class="fan">') == charts == text.count("<desc ")
    for contrast in findings.contrasts:
        assert f'id="contrast-{contrast.id}"' in text
    assert findings.making.command in text


def test_hostile_text_stays_text(hostile: Findings) -> None:
    text = page(hostile)
    assert "<img" not in text
    assert text.count("<script") == 1
    assert "{{ 7*7 }}" in text
    assert len(re.findall("</style>", text)) == 1
    assert {tag for tag, _ in outline(text)}.isdisjoint({"img", "iframe", "object"})


def test_a_case_without_reports_or_scenarios_still_gives_a_page(case: Case) -> None:
    early = plan(case, as_of=date(2021, 12, 31))
    found = find(run(early, 10, 1), {}, early.known, early.blueprint, claims=None)
    text = page(found)
    assert "No claim known at this date bears on it." in text
    assert '<section id="scenarios"' not in text


def test_the_page_is_written_whole_or_not_at_all(findings: Findings, tmp_path: Path) -> None:
    path = write_page(findings, tmp_path)
    assert path.read_text("utf-8") == page(findings)
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(OutputError):
        write_page(findings, tmp_path / "gone")
