"""The page of votes in a browser: nothing loaded, nothing for axe to find, fits a phone, themes by button."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.report.votes_example import STATES, about, estimates, rolls

from tightrope.report.votes_page import write

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
pytestmark = pytest.mark.browser
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(rolls(), estimates(), STATES, about(), tmp_path_factory.mktemp("page")).as_uri()


@pytest.fixture
def visit(browser: playwright.Browser, address: str) -> Iterator[object]:
    """Opens the page; at the end checks that it asked for nothing else and said nothing."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def opened(width: int = 1280, scheme: str = "light") -> playwright.Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []
    assert {url for url in asked if not url.startswith("data:")} <= {address}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(visit, width: int, scheme: str) -> None:  # type: ignore[no-untyped-def]
    page = visit(width, scheme)
    page.evaluate(OPEN_ALL)
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_it_does_not_scroll_sideways(visit, width: int) -> None:  # type: ignore[no-untyped-def]
    page = visit(width)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "size"), [(360, "narrow"), (1280, "wide")])
def test_one_of_two_drawings_is_shown(visit, width: int, size: str) -> None:  # type: ignore[no-untyped-def]
    page = visit(width)
    shown = page.locator("#map svg:visible")
    assert shown.count() == 1
    assert f"only-{size}" in (shown.get_attribute("class") or "")


def test_hostile_words_stay_words(visit) -> None:  # type: ignore[no-untyped-def]
    page = visit()
    assert page.title().startswith("Where states stand")
    assert page.locator("img").count() == 0


def test_the_theme_changes_by_button(visit) -> None:  # type: ignore[no-untyped-def]
    page = visit()
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
