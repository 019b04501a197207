"""The corpus, as a page and in the app: nothing loaded, nothing for axe to find, filters and places by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

from tests.browser.test_app import Visit, address, visit  # noqa: E402, F401
from tests.report.report_text import findings  # noqa: E402
from tests.report.test_corpus import conflict, link, other  # noqa: E402

from tightrope.report.corpus import write_corpus  # noqa: E402

pytestmark = pytest.mark.browser
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture(scope="module")
def page_of_corpus(tmp_path_factory: pytest.TempPathFactory) -> str:
    third = findings(doc="third", title="A third report")
    reports = [findings(), other(), third]
    folder = tmp_path_factory.mktemp("corpus")
    found = [conflict(3, "One says that it abstained."), conflict(1, "A minor matter.")]
    return write_corpus(reports, [link()], found, folder, [("x.bin", "it holds no text")]).as_uri()


@pytest.fixture
def opened(browser: Any, page_of_corpus: str) -> Iterator[Any]:
    """Opens the page; at the end checks that it kept to itself and said nothing."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_page(width: int = 1280, scheme: str = "light", script: bool = True, place: str = "") -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
        page.goto(f"{page_of_corpus}{place}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
    assert {url for url in asked if not url.startswith("data:")} <= {page_of_corpus}


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(opened: Any, scheme: str, width: int) -> None:
    page = opened(width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = axe.Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_reports_stand_side_by_side_and_others_can_be_chosen(opened: Any) -> None:
    page = opened()
    assert page.locator(".sheet:visible h3").all_inner_texts() == ["A made-up report", "Another report"]
    page.locator("#right").select_option(label="A third report")
    assert page.locator(".sheet:visible h3").all_inner_texts() == ["A made-up report", "A third report"]


def test_filters_leave_what_fits(opened: Any) -> None:
    page = opened()
    every = page.locator("#count").inner_text()
    page.locator("#actor").select_option(value="Vladimir Putin")
    assert page.locator("#count").inner_text() == f"3 of {every}"
    page.locator("input[name=kind][value=event]").uncheck()
    assert page.locator("#count").inner_text() == f"0 of {every}"
    assert page.locator("mark[data-f]:not(.off)").count() == 0
    page.locator("#actor").select_option(value="")
    page.locator("#words").fill("abstain")
    assert page.locator("#count").inner_text() == f"0 of {every}"


def test_a_conflict_leads_to_its_place_by_keyboard(opened: Any) -> None:
    page = opened()
    page.locator("#right").select_option(label="A third report")
    page.locator("#conflicts .side a", has_text="Another report").first.focus()
    page.keyboard.press("Enter")
    page.locator("mark.now").first.wait_for()
    assert page.locator(".sheet:visible h3").all_inner_texts() == ["A made-up report", "Another report"]


def test_an_address_with_a_place_opens_there(opened: Any) -> None:
    assert opened(place="#r1e0").locator("mark.now").count() >= 1


def test_without_script_everything_can_be_read(opened: Any) -> None:
    page = opened(script=False)
    assert page.locator(".sheet:visible").count() == 3
    assert page.locator(".pair").first.is_visible()
    assert not page.locator("#filters").is_visible()


def test_the_app_compares_files_that_are_chosen(visit: Visit, tmp_path: Path) -> None:  # noqa: F811
    first = "Russia recognised Abkhazia in 2008, the minister of Georgia said on 3 May 2022 in the capital."
    (tmp_path / "one.txt").write_text(first)
    (tmp_path / "two.txt").write_text(first.replace("recognised", "did not recognise"))
    page = visit("view=corpus")
    page.locator("text=No reports are open yet").wait_for()
    page.locator(".corpus input[type=file]").set_input_files([tmp_path / "one.txt", tmp_path / "two.txt"])
    page.locator(".corpus .text").first.wait_for()
    assert page.locator(".corpus .text").count() == 2
    assert page.locator(".corpus mark[data-f]").count() >= 2
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    visit.said.clear()  # type: ignore[attr-defined]  # axe itself tries styles that the page's policy forbids
