"""A report's text in the app: read, its claims accepted by keyboard alone, the judgements before and after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

from tests.browser.test_app import Visit, address, visit  # noqa: E402, F401
from tests.report.views.test_proposals_read import TEXT  # noqa: E402

pytestmark = pytest.mark.browser


def read(page: Any, text: str = TEXT, day: str = "2022-06-20") -> None:
    page.locator("#report-text").fill(text)
    page.locator("#report-when").fill(day)
    page.get_by_role("button", name="Read it").click()


def opened(visit: Visit, **more: Any) -> Any:  # noqa: F811
    page = visit("view=report", **more)
    page.locator("#report-text").wait_for()
    return page


def test_a_report_is_read_and_every_claim_is_refused_at_first(visit: Visit) -> None:  # noqa: F811
    page = opened(visit)
    read(page, f"{TEXT}\n\nDmitry Peskov said Kazakhstan supports Russia’s war in Ukraine.")
    page.locator(".proposed .passage").first.wait_for()
    claims = page.locator(".proposed").count()
    assert claims > 1
    assert page.locator("input[value=refuse]:checked").count() == claims
    assert "threatened Kazakhstan" in page.locator(".proposed .passage").all_inner_texts()[0]
    assert page.locator(".proposed .sets").first.inner_text().startswith("Sets ")
    assert "told by Dmitry Peskov" in " ".join(page.locator(".proposed .doubt").all_inner_texts())


def test_refusing_all_changes_nothing_and_accepting_by_keyboard_does(visit: Visit) -> None:  # noqa: F811
    page = opened(visit)
    read(page)
    go = page.get_by_role("button", name="What does it change?")
    go.click()
    page.locator(".notice", has_text="Nothing changes: every run comes out exactly as before.").wait_for()
    page.locator("input[value=refuse]").first.focus()
    page.keyboard.press("ArrowUp")
    assert page.locator("input[value=accept]").first.is_checked()
    go.click()
    page.get_by_text("Which claim moved each").wait_for()
    assert page.get_by_text("1 claim accepted.").count() == 1


def test_a_file_is_read(visit: Visit, tmp_path: Path) -> None:  # noqa: F811
    page = opened(visit)
    (tmp_path / "paper.html").write_text(f"<html><body><article><p>{TEXT}</p></article></body></html>")
    page.locator("#report-when").fill("2022-06-20")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "paper.html")
    page.locator(".proposed").first.wait_for()
    assert page.get_by_text("paper.html").count() == 1


def test_what_is_missing_is_said_where_it_is_missing(visit: Visit) -> None:  # noqa: F811
    page = opened(visit)
    said = visit.said  # type: ignore[attr-defined]
    read(page, day="")
    page.get_by_role("alert").get_by_text("nothing in it says when it was published").wait_for()
    # The browser itself notes an answer of 400.
    assert all("400" in one for one in said)
    said.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_among_claims(visit: Visit, scheme: str) -> None:  # noqa: F811
    page = opened(visit, scheme=scheme)
    read(page)
    page.locator(".proposed").first.wait_for()
    page.locator(".by-hand > summary").click()
    assert visit.said == []  # type: ignore[attr-defined]
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    visit.said.clear()  # type: ignore[attr-defined]  # axe itself tries styles that the page's policy forbids


def test_claims_do_not_scroll_sideways_on_a_phone(visit: Visit) -> None:  # noqa: F811
    page = opened(visit, width=360)
    read(page)
    page.locator(".proposed").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
